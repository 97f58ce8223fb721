"""What the channel remembers besides updates: what it has shown, whom it knows, what they rated.

Buttons outlive a restart, since what they stand for is on disk; the last ones are at hand, too. All
of one person can be forgotten.
"""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.channels.telegram.inbox import now
from bot.channels.telegram.store import Store
from bot.messages import About, Option

_AT_HAND = 2_000


@dataclass(frozen=True, slots=True)
class Content:
    """What stands under and behind a message that was sent."""

    options: tuple[Option, ...] = ()
    actions: tuple[Option, ...] = ()
    rated: bool = False
    """Whether it may still be rated."""
    about: About | None = None
    pages: tuple[str, ...] = ()
    """All pages as HTML, when there are several."""
    page: int = 0
    picture: int | None = None
    """The message that shows its chart."""


@dataclass(frozen=True, slots=True)
class _Shown:
    content: Content
    person: int | None
    asked: int | None = None


class Memory:
    """Remembers, on disk."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._shown: OrderedDict[tuple[int, int], _Shown] = OrderedDict()
        self._answers: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._languages: dict[int, str] = {}
        self.blocked: set[int] = set()

    async def load(self) -> None:
        """Read what is known of people; few of them choose a language or block the bot."""

        def work(db: sqlite3.Connection) -> list[tuple[int, str, int]]:
            return db.execute("SELECT id, language, blocked FROM person").fetchall()

        for person, language, blocked in await self._store.write(work):
            if language:
                self._languages[person] = language
            if blocked:
                self.blocked.add(person)

    # -- messages that were sent -------------------------------------------------------------

    def show(
        self, chat: int, message: int, person: int | None, asked: int | None, content: Content
    ) -> None:
        """A message was sent, in answer to the message *asked*."""
        self._keep(chat, message, _Shown(content, person, asked))
        row = (chat, message, person, now(), asked, _written(content))
        sql = "INSERT OR REPLACE INTO shown VALUES (?,?,?,?,?,?)"
        self._store.later(lambda db: db.execute(sql, row))

    def _keep(self, chat: int, message: int, shown: _Shown) -> None:
        self._shown[chat, message] = shown
        if len(self._shown) > _AT_HAND:
            self._shown.popitem(last=False)
        if shown.asked is not None:
            self._answers[chat, shown.asked] = message
            if len(self._answers) > _AT_HAND:
                self._answers.popitem(last=False)

    async def content(self, chat: int, message: int) -> Content | None:
        """What stands behind a message; None when that is forgotten."""
        shown = self._shown.get((chat, message))
        if shown is None:
            sql = "SELECT person, asked, content FROM shown WHERE chat = ? AND message = ?"

            def work(db: sqlite3.Connection) -> tuple[int, int, str] | None:
                found: tuple[int, int, str] | None = db.execute(sql, (chat, message)).fetchone()
                return found

            row = await self._store.write(work)
            if row is None:
                return None
            shown = _Shown(_read(row[2]), row[0], row[1])
            self._keep(chat, message, shown)
        return shown.content

    def change(self, chat: int, message: int, content: Content) -> None:
        """The message was edited."""
        if old := self._shown.get((chat, message)):
            self._shown[chat, message] = replace(old, content=content)
        row = (_written(content), chat, message)
        sql = "UPDATE shown SET content = ? WHERE chat = ? AND message = ?"
        self._store.later(lambda db: db.execute(sql, row))

    async def answer_to(self, chat: int, asked: int) -> int | None:
        """The message that answered a message."""
        if (chat, asked) in self._answers:
            return self._answers[chat, asked]
        sql = "SELECT message FROM shown WHERE chat = ? AND asked = ?"
        row = await self._store.write(lambda db: db.execute(sql, (chat, asked)).fetchone())
        return row[0] if row else None

    # -- people ------------------------------------------------------------------------------

    def language(self, person: int) -> str:
        """The language somebody has chosen, or ""."""
        return self._languages.get(person, "")

    def choose(self, person: int, language: str) -> None:
        """Somebody has chosen a language."""
        self._languages[person] = language
        sql = (
            "INSERT INTO person (id, language) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET language = excluded.language"
        )
        self._store.later(lambda db: db.execute(sql, (person, language)))

    def block(self, person: int, blocked: bool) -> None:
        """Somebody has blocked the bot, or has let it in again."""
        if blocked == (person in self.blocked):
            return
        (self.blocked.add if blocked else self.blocked.discard)(person)
        sql = (
            "INSERT INTO person (id, blocked) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET blocked = excluded.blocked"
        )
        self._store.later(lambda db: db.execute(sql, (person, int(blocked))))

    def rate(self, person: int, chat: int, message: int, good: bool, about: About | None) -> None:
        """Somebody has rated an answer."""
        told = json.dumps(asdict(about), ensure_ascii=False) if about else None
        row = (now(), person, chat, message, 1 if good else -1, told)
        sql = "INSERT INTO feedback (at, person, chat, message, rating, about) VALUES (?,?,?,?,?,?)"
        self._store.later(lambda db: db.execute(sql, row))

    def feedback(self, person: int, words: str) -> None:
        """Somebody has something to say to those who run the bot."""
        sql = "INSERT INTO feedback (at, person, words) VALUES (?,?,?)"
        self._store.later(lambda db: db.execute(sql, (now(), person, words)))

    async def forget(self, person: int) -> None:
        """Delete everything of somebody, and overwrite where it stood."""
        for place in [k for k, s in self._shown.items() if person in (k[0], s.person)]:
            del self._shown[place]
        for asked in [k for k in self._answers if k[0] == person]:
            del self._answers[asked]
        self._languages.pop(person, None)
        self.blocked.discard(person)

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM shown WHERE person = ?1 OR chat = ?1", (person,))
            db.execute("DELETE FROM feedback WHERE person = ?", (person,))
            db.execute("DELETE FROM person WHERE id = ?", (person,))
            db.execute("DELETE FROM inbox WHERE person = ? AND state = 2", (person,))

        await self._store.write(work)
        await self._store.tidy()

    def migrate(self, old: int, new: int) -> None:
        """A group has become another chat; its messages there have other numbers."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM shown WHERE chat = ?", (old,))
            db.execute("UPDATE inbox SET chat = ? WHERE chat = ?", (new, old))

        self._store.later(work)

    # -- the menu ----------------------------------------------------------------------------

    async def menu(self) -> dict[str, str]:
        """What was last set on the server, by name, as hashes."""
        sql = "SELECT name, hash FROM menu"
        return dict(await self._store.write(lambda db: db.execute(sql).fetchall()))

    def menu_is_set(self, name: str, hashed: str) -> None:
        """Something was set on the server."""
        sql = "INSERT OR REPLACE INTO menu VALUES (?, ?)"
        self._store.later(lambda db: db.execute(sql, (name, hashed)))


def _written(content: Content) -> str:
    told: dict[str, object] = {
        "options": [(o.label, o.say, o.in_place) for o in content.options],
        "actions": [(o.label, o.say) for o in content.actions],
        "rated": content.rated,
        "about": asdict(content.about) if content.about and content.rated else None,
        "pages": content.pages,
        "page": content.page,
        "picture": content.picture,
    }
    return json.dumps({k: v for k, v in told.items() if v}, ensure_ascii=False)


def _read(text: str) -> Content:
    told: dict[str, Any] = json.loads(text)
    for name in ("options", "actions"):
        told[name] = tuple(Option(*option) for option in told.get(name, ()))
    if about := told.get("about"):
        told["about"] = About(**(about | {"facts": tuple(about["facts"])}))
    told["pages"] = tuple(told.get("pages", ()))
    return Content(**told)
