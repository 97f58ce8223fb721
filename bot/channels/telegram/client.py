"""Requests to the Bot API over aiohttp: a fifth of the work of the library's own HTTP client.

What matters to the sender is whether a request may have reached Telegram, so that is what the
errors tell apart: `Unreached` has not, `TimedOut` may have, anything else of the network probably
has not: a connection that breaks is mostly a kept one that the server had just closed, unread.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import quote, urlencode

import aiohttp
from telegram import error, request


class Unreached(error.NetworkError):
    """No connection was made: nothing can have arrived."""


class TooLarge(Exception):
    """A file is larger than it may be."""


class AioRequest(request.BaseRequest):
    """The library's door to the network. Times are in seconds."""

    def __init__(
        self, *, connections: int = 256, connect: float = 10.0, read: float = 20.0,
        proxied: bool = False,
    ) -> None:  # fmt: skip
        self._connections = connections
        self._proxied = proxied
        """Whether HTTPS_PROXY and its like are heeded."""
        self._connect = connect
        self._read = read
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer is waited for."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=self._proxied,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: request.RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Send one request; the status and the body of the answer."""
        session = self._session
        if session is None:
            raise RuntimeError("the request is not initialized")
        read = read_timeout if isinstance(read_timeout, int | float) else self._read
        limits = aiohttp.ClientTimeout(
            total=self._connect + 2 * read, sock_connect=self._connect, sock_read=read
        )
        body, headers = _body(request_data)
        try:
            async with session.request(
                method, url, data=body, headers=headers, timeout=limits
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as failure:
            raise Unreached(type(failure).__name__) from None
        except TimeoutError:
            raise error.TimedOut from None
        except aiohttp.ClientError as failure:
            raise error.NetworkError(type(failure).__name__) from None

    async def fetch(self, url: str, most: int) -> bytes:
        """A file, as far as it has at most so many bytes; else TooLarge."""
        if self._session is None:
            raise RuntimeError("the request is not initialized")
        got = bytearray()
        try:
            async with self._session.get(url, timeout=_FETCHING) as response:
                if response.status != 200:
                    raise error.NetworkError(f"HTTP {response.status}")
                async for chunk in response.content.iter_chunked(1 << 16):
                    got += chunk
                    if len(got) > most:
                        raise TooLarge
        except TimeoutError:
            raise error.TimedOut from None
        except aiohttp.ClientError as failure:
            raise error.NetworkError(type(failure).__name__) from None
        return bytes(got)


_FETCHING = aiohttp.ClientTimeout(total=120, sock_connect=10, sock_read=20)
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _body(
    data: request.RequestData | None,
) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), _FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, part in data.multipart_data.items():
        filename, content, kind = part
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


class Parameters:
    """Parameters as `RequestData` has them, for calls whose raw result is wanted."""

    def __init__(self, parameters: Mapping[str, object], files: Mapping[str, bytes]) -> None:
        self.json_parameters = {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in parameters.items()
            if value is not None
        }
        self.contains_files = bool(files)
        self.multipart_data = {n: (f"{n}.png", b, "image/png") for n, b in files.items()}


class Api:
    """The methods that are called for every answer, without the library's objects around them.

    They are most of the work of a busy bot; errors are the library's.
    """

    def __init__(self, door: AioRequest, base_url: str, file_url: str = "") -> None:
        self._door = door
        self._base_url = base_url
        self._file_url = file_url

    async def call(
        self, method: str, *, files: Mapping[str, bytes] | None = None,
        read_timeout: float | None = None, **parameters: object,
    ) -> Any:  # fmt: skip
        """Call a method; what is None is left out. The raw result."""
        data = cast(request.RequestData, Parameters(parameters, files or {}))
        url = f"{self._base_url}/{method}"
        if read_timeout is None:
            return await self._door.post(url, data)
        return await self._door.post(url, data, read_timeout=read_timeout)

    async def download(self, file: str, most: int) -> bytes:
        """The content of a file that somebody sent; TooLarge when it has more bytes than that."""
        try:
            found = await self.call("getFile", file_id=file)
        except error.BadRequest as failure:
            if "too big" in failure.message.lower():
                raise TooLarge from None
            raise
        if int(found.get("file_size") or 0) > most:
            raise TooLarge
        return await self._door.fetch(f"{self._file_url}/{quote(str(found['file_path']))}", most)
