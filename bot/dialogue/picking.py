"""Options of a question asked back: which one a message means, now or a few turns later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from bot.dialogue.session import Session
from bot.messages import Option
from intents.cues import load_cues
from intents.text import any_of, plain_of

_NUMBER = "(?:第|头)?(?P<number>[一二三四五六七八1-8])(?:个|项|条|号|种)?"
_ORDINAL = re.compile(rf"^(?:那|选|要|就)?{_NUMBER}(?:吧|呢|的)*[。.?？!！]*$")
_LAST = re.compile(
    r"^(?:最后|末尾|最末)(?:那|一|那一)?(?:个|项|条)[吧呢。.]?$|^(?:the )?last(?: one)?$", re.I
)
_THAT = re.compile("那一?[个项种类条]的?[吧呢。.]?$")
_CLEAR = 3
"""Characters in a row that one option must share more than the others."""
_NTH = ("第", "那第")
_PAIR = 2
_DIGITS = "一二三四五六七八"
_PLACE_LABEL = re.compile(r" \d{4}年$")
"""Options that differ by place: what was asked since then is asked of the other place."""
_ELLIPTIC = "{}呢"


@dataclass(frozen=True, slots=True)
class Picked:
    """What a message means beside what was asked back."""

    says: tuple[str, ...]
    """The questions that the picked options stand for, as if they had been typed; one as a rule."""
    option: str = ""
    """The option that was picked, by what it stands for."""


def picked(said: str, session: Session) -> Picked:
    """A question asked back, answered by label, by ordinal or by what is left."""
    if not (session.pending or session.picked):
        return Picked((said,))
    text = plain_of(said.strip())
    option = _of_pending(text, session.pending) or _of_offered(text, session)
    if option is not None:
        gone_on = not session.pending and _PLACE_LABEL.search(option.label)
        return Picked((_ELLIPTIC.format(option.label) if gone_on else option.say,), option.say)
    pair = _set_beside(text, session) or _both(text, session) or _left(text, session)
    return Picked(tuple(o.say for o in pair)) if pair else Picked((said,))


def _of_pending(text: str, pending: Sequence[Option]) -> Option | None:
    if not pending:
        return None
    bare = _patterns()[3].sub("", text).strip("的那个吧啊呢。.！!？? ")
    held = [o for o in pending if len(bare) > 1 and bare in plain_of(o.label)]
    held = held or (_likest(bare, pending) if _THAT.search(text) else [])
    exact = next((o for o in pending if plain_of(o.label) == text), None)
    if exact or len(held) == 1:
        return exact or held[0]
    numbered = _ORDINAL.match(text) or _ORDINAL.match(_patterns()[3].sub("", text))  # 看第二个吧
    return pending[-1] if _LAST.match(text) else _numbered(numbered, pending)


def _likest(said: str, pending: Sequence[Option]) -> list[Option]:
    """宪法宣传周那个, of 宪法宣传材料 and others: what shares far more in a row."""
    shared = [
        SequenceMatcher(None, said, plain_of(o.label), autojunk=False).find_longest_match().size
        for o in pending
    ]
    most = max(shared)
    rest = sorted(shared)[-2] if len(shared) > 1 else 0
    return [pending[shared.index(most)]] if most - rest >= _CLEAR else []


def _of_offered(text: str, session: Session) -> Option | None:
    """After one was told: 第一个呢, 另外那个呢."""
    if session.pending or not session.picked:
        return None
    left = [o for o in session.offered if o.say != session.picked]
    if len(left) == 1 and _patterns()[0].match(text):
        return left[0]
    ordinal = _ORDINAL.match(text) if text.startswith(_NTH) else None  # a bare 2 was answered once
    return _numbered(ordinal, session.offered)


def _set_beside(text: str, session: Session) -> tuple[Option, ...]:
    """比第一个多吗, after the second was told: both."""
    told = [o for o in session.offered if o.say == session.picked]
    match = _patterns()[1].match(text) if told and not session.pending else None
    if match is None:
        return ()
    left = [o for o in session.offered if o.say != session.picked]
    other = _numbered(match, session.offered) if match["number"] else None
    if other is None and len(left) == 1:
        other = left[0]
    return (told[0], other) if other is not None and other != told[0] else ()


def _both(text: str, session: Session) -> tuple[Option, ...]:
    """这两个地方谁列得多, after one of two places was told: both."""
    places = [o for o in session.offered if _PLACE_LABEL.search(o.label)]
    two = len(places) == len(session.offered) == _PAIR
    gone_on = session.picked and not session.pending and len(session.facts) < _PAIR
    both = any(word in text for word in load_cues().both_places) or _patterns()[4].match(text)
    return session.offered if two and gone_on and both else ()


def _left(text: str, session: Session) -> tuple[Option, ...]:
    """另外两个呢, after one of three was told: the others."""
    left = tuple(o for o in session.offered if o.say != session.picked)
    rest = bool(session.picked) and not session.pending and _patterns()[2].match(text)
    return left if rest and len(left) > 1 else ()


def _numbered(match: re.Match[str] | None, options: Sequence[Option]) -> Option | None:
    if match is None:
        return None
    digit = match["number"]
    number = int(digit) if digit.isdigit() else _DIGITS.index(digit) + 1
    return options[number - 1] if number <= len(options) else None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """另外那个呢; 比第一个多吗; 另外两个呢; 先说 in 先说余姚的."""
    cues = load_cues()
    kinds, places = "个|种|项|条|类|样|份", "地方|地|区|县|市"
    other = f"(?:{'|'.join(cues.the_other)})的?(?:那|一|那一)?(?:{kinds})?(?:{places})?的?"
    ends = f"(?:呢|嘞|是|有|多少|的|吧|啊|呀|{'|'.join(cues.wanted_too)})*[?？。!！]*"
    sides = "|".join(cues.comparing_ends)
    beside = (
        f"^(?:那|它|这个|这)?(?:{'|'.join((*cues.than, *cues.joining))})(?:{other}|{_NUMBER})"
        f"(?:相?比|比起来)?(?:哪个|谁)?更?(?:{sides})?(?:多少|些)?(?:吗|嘛|么|呢|吧)*[?？。!！]*$"
    )
    start = "^(?:那|那么|还有)?"
    several = f"(?:{'|'.join(cues.the_other)})的?[两几三四五](?:{kinds})?(?:{places})?"
    leads = f"^(?:.{{,4}}?{any_of(cues.picking)}+(?=第)|{any_of(cues.picking)}+)"  # 妈妈选第二个
    who = "|".join(cues.who_of_two)
    two, laid = any_of(cues.the_two), any_of(cues.laid_beside)
    which = (
        f"^(?:那|那么)?(?:{two}(?:{laid})?[，, ]?)?(?:{who})(?:的)?更?(?:{sides})(?:些|一点|点)?"
    )
    every = (f"{start}{other}{ends}$", beside, f"{start}{several}{ends}$", leads, f"{which}{ends}$")
    return tuple(map(re.compile, every))
