"""What stands behind a figure: the noun it counts, and what that noun does or undergoes.

`245户|企业|做“法治体检”` → 企业 + 做“法治体检”; `3项|重点任务` → 重点任务.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.ingest.lexicon import Tag, Token
from bot.ingest.phrases import EDGE, Phrases
from bot.ingest.sentences import depths

_ONE_OF = "之一"
_CLOSING = re.compile(r"等[^、，]{0,4}$")
_AMONG = re.compile(r"^([^，的]{1,12}?)(?:之中|当中|中)(?:仍|尚|还|有|已|均|都|共)")
_WITHIN = re.compile(r"(?:之中|中|里|内)$")
_WAY = re.compile(r"^(?:通过|以|采取|采用|按照?)[^，]*(?:方式|形式|途径|渠道|措施)$")
_EXAMPLES = re.compile(r"(?:《[^》]*》[、和]?)+等?$")
_NO_NOUN = "达占，,"
_MAX_DEED = 26
_QUOTATION = re.compile(r"“[^”]*”|《[^》]*》")
_BODY_UNITS = ("个", "家", "户", "支")
_TITLES = ("“", "《")


@dataclass(frozen=True, slots=True)
class Right:
    """The words behind a figure."""

    noun: str
    """What is counted."""
    deed: str
    """What it does or what is done to it."""


def read_right(text: str, unit: str, open_slot: bool, phrases: Phrases) -> Right:
    """Split the words behind a figure; *open_slot*: nothing before it says what happens."""
    text = phrases.clean(text).removeprefix("的")
    open_slot = open_slot and unit not in phrases.wording.event_units
    text = _WITHIN.sub("", _CLOSING.sub("", text.split(_ONE_OF)[0]).strip(EDGE))
    members = _AMONG.match(text)
    if members:
        return Right(members[1], "")
    if not text or text[0] in _NO_NOUN:
        return Right("", "")
    noun, deed = _split(text, unit, open_slot, phrases)
    return Right(noun.strip(EDGE), _deed(deed, phrases))


def _split(text: str, unit: str, open_slot: bool, phrases: Phrases) -> tuple[str, str]:
    tokens = phrases.lexicon.tokens(text)
    heads = _Heads(phrases)
    owned = _owned(text, tokens, heads)
    if owned and unit not in phrases.wording.event_units:
        return owned
    at = _deed_start(text, tokens, open_slot, heads)
    if at > 0 and unit in phrases.wording.event_units:
        return text, ""
    if at == 0:
        return "", text
    if at > 0:
        noun, deed = text[:at], text[at:]
        head = heads.first_body(noun) if unit in _BODY_UNITS else heads.first(noun)
        split = open_slot and 0 < head < len(noun)
        if split and (unit in _BODY_UNITS or not heads.ends(noun[head:])):
            return noun[:head], noun[head:] + deed
        return noun, deed
    head = heads.first(text) if open_slot else 0
    if 0 < head < len(text) and not heads.ends(text[head:]) and not _joined(text[head:]):
        return text[:head], text[head:]
    return text, ""


def _owned(text: str, tokens: tuple[Token, ...], heads: _Heads) -> tuple[str, str] | None:
    """`45个|单位|的党政主要负责人述法`, `25家|职能部门|《权责清单》`: the owner is counted."""
    for token in tokens:
        if token.start and (token.text == "的" or token.text[0] in _TITLES):
            owner = text[: token.start]
            if heads.ends(owner) and len(owner) <= 10:
                return owner, text[token.start :].removeprefix("的")
            return None
    return None


def _deed_start(text: str, tokens: tuple[Token, ...], open_slot: bool, heads: _Heads) -> int:
    """Where the noun ends and a deed begins; -1 when there is none."""
    level = depths(text)
    for token in tokens:
        begins = token.opens_deed if open_slot else token.is_(Tag.DEED)
        if not begins or level[token.start]:
            continue
        if token.is_(Tag.DEED) or not token.start or heads.ends(text[: token.start]):
            return token.start
    return -1


def _joined(text: str) -> bool:
    return text[0] in "和及与、或（("


def _deed(text: str, phrases: Phrases) -> str:
    """The deed as it can stand in front of 的: without helpers, not too long."""
    deed = phrases.clean(text)
    deed = "" if _WAY.match(deed) or deed in phrases.wording.composed else deed
    for word in phrases.wording.light_verbs:
        rest = deed.removeprefix(word)
        if rest != deed and phrases.is_noun(rest):
            deed = rest.lstrip("了")
            break
    if len(deed) > _MAX_DEED:
        level = depths(deed)
        cuts = [
            i for i, c in enumerate(deed) if c in "并、，" and not level[i] and 4 <= i <= _MAX_DEED
        ]
        deed = deed[: cuts[-1]] if cuts else ""
    return deed


def is_open(left: str, phrases: Phrases) -> bool:
    """True when the words before a figure leave open what happens: 对|137份|通告实行…."""
    tokens = phrases.lexicon.tokens(left)
    if not tokens or _is_slot(tokens[-1], phrases):
        return True
    verbs = (t for t in tokens if t.text not in phrases.wording.light_verbs)
    return not any(t.is_(Tag.VERB, Tag.DEED, Tag.NOUN_VERB) for t in verbs)


def without_slot(left: str, phrases: Phrases) -> str:
    """Without examples and prepositions right before the figure: 律师为 → 律师."""
    text = left = _EXAMPLES.sub("", left)
    for _ in range(2):
        tokens = phrases.lexicon.tokens(text)
        if tokens and tokens[-1].text in phrases.wording.prepositions:
            text = text[: tokens[-1].start].rstrip("并")
    return text


def without_causative(left: str, phrases: Phrases) -> str:
    """Without the slot and without who sets others to work: 组织律师为 → 律师."""
    text = without_slot(left, phrases)
    if text == left and left not in phrases.wording.causatives:
        return text
    first = next((w for w in phrases.wording.causatives if text.startswith(w)), "")
    return text.removeprefix(first)


def _is_slot(token: Token, phrases: Phrases) -> bool:
    words = phrases.wording
    return token.text in words.prepositions or token.text in words.causatives


class _Heads:
    """Nouns that units count, as the end of a noun."""

    def __init__(self, phrases: Phrases) -> None:
        words = phrases.wording
        self._bodies = words.bodies
        self._all = (*words.bodies, *words.persons, *words.things)

    def ends(self, text: str) -> bool:
        """True when the text ends with a head noun (a bracket behind it aside)."""
        return re.sub(r"[（(][^（()）]*[）)]$", "", text).endswith(self._all)

    def first(self, text: str) -> int:
        """End of the first head noun, 0 when there is none."""
        return _first_end(text, self._all)

    def first_body(self, text: str) -> int:
        """End of the first body (单位, 街道 …) or of the bodies listed together."""
        return _first_end(text, self._bodies)


def _find(text: str, word: str) -> int:
    """Where a head noun stands; a single character only where a noun can end (not 区|直部门)."""
    at = text.find(word)
    while (
        at >= 0
        and len(word) == 1
        and text[at + 1 : at + 2] not in ("", "、", "和", "及", "(", "（")
    ):
        at = text.find(word, at + 1)
    return at


def _first_end(text: str, words: tuple[str, ...]) -> int:
    """End of the first of *words*, of those joined to it, and of a bracket behind them."""
    plain = _QUOTATION.sub(lambda m: "\0" * len(m[0]), text)
    found = [(at, -len(w)) for w in words if (at := _find(plain, w)) >= 0]
    if not found:
        return 0
    at, size = min(found)
    end = at - size
    bracket = re.match(r"[（(][^（()）]*[）)]", text[end:])
    end += bracket.end() if bracket else 0
    more = _first_end(text[end + 1 :], words) if text[end : end + 1] in ("和", "及", "、") else 0
    return end + 1 + more if more else end
