"""Runs the readers of web pages, Word documents and PDFs in a process that can be ended.

A file gets SECONDS and BYTES; one that needs more is refused, and the next gets a fresh process.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType

from bot.errors import ReportError
from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.kinds import Format

SECONDS = 10.0
BYTES = 500 << 20
_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TZ")
"""All that the process may know of the environment; a token is none of it."""
_ROOT = Path(__file__).parents[3]


class Sandbox:
    """Reads files one at a time, in a process of its own; use it as a context manager."""

    def __init__(self, seconds: float = SECONDS, memory: int = BYTES) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    pipe.close()

    def read(self, form: Format, data: bytes) -> Extracted:
        """The text of a file; ReportError when it cannot be read within the limits."""
        process = self._running()
        deadline = time.monotonic() + self._seconds
        writing = threading.Thread(target=_send, args=(process, form, data), daemon=True)
        writing.start()
        body = _receive(process, deadline)
        late = time.monotonic() >= deadline
        if body is None:
            self.close()
            writing.join()
            raise ReportError(self._why(late=late))
        writing.join()
        told = json.loads(body)
        if told.get("last"):
            self.close()
        if "error" in told:
            raise ReportError(str(told["error"]))
        details = tuple((str(label), str(value)) for label, value in told["details"])
        return Extracted(str(told["text"]), tuple(told["titles"]), details)

    def _why(self, *, late: bool) -> str:
        if late:
            return f"读了 {self._seconds:g} 秒还没读完，不予读取；请另存为 .txt（UTF-8）后再放进来"
        megabytes = self._memory >> 20
        return f"读取时出错中断（可能超过 {megabytes} MB 内存）；请另存为 .txt（UTF-8）后再放进来"

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.ingest.formats.worker", str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={name: os.environ[name] for name in _KEPT if name in os.environ},
            )
        return self._process


def _send(process: subprocess.Popen[bytes], form: Format, data: bytes) -> None:
    try:
        if process.stdin:
            process.stdin.write(f"{form.value} {len(data)}\n".encode() + data)
            process.stdin.flush()
    except (OSError, ValueError):
        return  # the process is gone; reading finds out


def _receive(process: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """The answer; None when the process ends or time runs out before it is whole."""
    received = b""
    while process.stdout:
        size, mark, body = received.partition(b"\n")
        if mark and len(body) >= int(size):
            return body[: int(size)]
        left = deadline - time.monotonic()
        ready = left > 0 and select.select([process.stdout], [], [], left)[0]
        chunk = os.read(process.stdout.fileno(), 1 << 20) if ready else b""
        if not chunk:
            return None
        received += chunk
    return None
