"""Admins in tests: their bot over one copy of the invented reports, what they say and tap."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.app import Bot
from bot.knowledge import Knowledge
from bot.messages import Message, Reply
from bot.release.scripts import Failure, Played
from bot.settings import Settings

Office = Callable[..., Bot]

ADMIN, OTHER = "7", "9"
ASKED = "德清县2023年行政复议收到多少件"


def player(settings: Settings) -> Callable[[Sequence[Path], Knowledge], Played]:
    """Plays scripts of lines `question => figure`."""

    def play(scripts: Sequence[Path], knowledge: Knowledge) -> Played:
        failures, turns = [], 0
        for path in scripts:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                question, _, figure = line.partition(" => ")
                turns += 1
                said = Bot(settings, knowledge).answer(Message(question, "script"))
                if figure not in said.reply.plain:
                    failures.append(Failure(path.name, number, f"{question}: {figure}"))
        return Played(turns, tuple(failures))

    return play


def ask(bot: Bot, text: str, user: str = "", session: str = "s") -> str:
    return bot.answer(Message(text, session, user)).reply.plain


def admin(bot: Bot, text: str, user: str = ADMIN) -> Reply:
    return bot.answer(Message(text, user, user)).reply


def change(bot: Bot, old: str = "97件", new: str = "98件", name: str = "deqing-2023.txt") -> None:
    path = bot.settings.seeds / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def script(bot: Bot, *lines: str) -> None:
    folder = bot.settings.data_dir / "config" / "dialogues"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ours.dialogue.yaml").write_text("\n".join(lines), encoding="utf-8")


def option(reply: Reply, label: str) -> str:
    [said] = [o.say for o in reply.options if label in o.label]
    return said
