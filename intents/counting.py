"""What a question counts: the noun that its question word belongs to, 社区 in 多少个社区."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from intents.cues import load_cues
from intents.question_words import ASK_UNIT
from intents.sounds import syllable, toned
from intents.tagger import Token
from intents.text import any_of
from intents.vocabulary import ASPECTS, Entry, Sort, Vocabulary, WordKind, nouns_of

SCALES = "十百千万"
_TOTAL = "数量"
STAFF = "人员"
"""The concept of those who are counted in people."""
HEADS = frozenset({"person", "attendance"})
"""Units of those who are counted, each once or each time."""
_DOINGS = frozenset({Sort.STATE, Sort.ACT, Sort.LIGHT})
_ASK = Entry(WordKind.ASK)
_VAGUE = Entry(WordKind.NOISE)
_ENDS = "[了啊呀呢吧嘛哦哈呐的?!,.，。！？ ~、]"
_STRANGE = frozenset({WordKind.UNKNOWN, WordKind.NOISE})
_NOT_COUNTED = frozenset({"money", "ratio", "point"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted, as far as the words around the question word say it."""

    behind: str = ""
    """The noun right behind the question word: 社区 in 多少个社区."""
    before: str = ""
    """The noun right before it, if nothing of its own is: 执法主体 in 执法主体有多少个."""
    nouns: frozenset[str] = frozenset()
    """What the last of the nouns behind it means: 部门 in 多少家审批部门."""
    nouns_before: frozenset[str] = frozenset()
    """What the one before it means."""
    strange: str = ""
    """The noun behind the question word where no vocabulary knows it: 组 in 多少个组."""


class UnitAsks:
    """Question words of two parts that no list can hold: 多少|万次, 几十|场, 占|多少件, and those
    whose unit is written as it sounds: 几其 for 几期."""

    def __init__(self, families: Mapping[str, str]) -> None:
        units = (u for u, family in families.items() if family not in _NOT_COUNTED)
        unit = any_of(units)
        ask = "(?:多少|几|好多|几多)"
        spent = "|".join(f"(?<=占{end}){ask}{unit}" for end in ("", *load_cues().particles, "到"))
        task = f"(?!名|位){unit}"  # 排了多少名 asks for a rank
        set_out = "|".join(f"(?<={verb}){ask}{task}" for verb in load_cues().arranging)
        done = "|".join(f"(?<={verb}掉了){ask}(?:{unit})?" for verb in load_cues().disposing)
        fallen = f"(?<=掉了){ask}(?!个?点|个?百分){unit}"  # 办掉了多少件 counts what was done
        self._pattern = re.compile(
            f"{ask}[{SCALES}]+(?!块){unit}|几多(?![人名位号]){unit}|{spent}|{set_out}|{fallen}|{done}"
        )
        merging, at_last = "|".join(load_cues().merging), any_of(load_cues().at_last)
        later = f"[^。？?]*{ask}"
        any_unit = f"(?:{unit}|{'|'.join(load_cues().kinds_counted)})"
        several = f"几[{SCALES}]*{any_unit}(?:[^,，。？?]{{0,6}}|[^。？?]{{0,16}}{at_last})"
        self._later = re.compile(f"几(?![{SCALES}]|个?百分)")  # 几十个单位…分成几组
        self._merged = re.compile(f"{several}(?:{merging})[成为](?={later})")
        self._slip = re.compile(f"({ask})(?!{unit})([\u4e00-\u9fff])(?={_ENDS}|$)")
        sounds = [u for u in load_cues().misheard if u in families]
        self._sounds = {sound(u): u for sound in (syllable, toned) for u in reversed(sounds)}

    def find(self, text: str) -> Iterator[Token]:
        """They ask for a count, whatever their first part means alone (多少万: money)."""
        for match in self._pattern.finditer(text):
            tens = re.match(f"几[{SCALES}]", match[0]) is not None
            bare = any(a in text for a in load_cues().asking_ends)  # 几十个单位…多少个组
            again = bare or self._later.search(text, match.end()) is not None
            vague = tens and (again or self._merged.search(text) is not None)
            yield Token(match.start(), match.end(), match[0], _VAGUE if vague else _ASK)
        for match in self._slip.finditer(text):
            unit = self._sounds.get(toned(match[2])) or self._sounds.get(syllable(match[2]))
            if unit is not None and match[2] not in load_cues().never_misheard:
                yield Token(match.start(), match.end(), match[1] + unit, _ASK)

    def merged(self, text: str) -> Iterator[Token]:
        """几个窗口并成: what only became something else, where how many is asked behind it."""
        for match in self._merged.finditer(text):
            yield Token(match.start(), match.end(), match[0], _VAGUE)


NOTHING_COUNTED = Counted()


def counted_by(tokens: Sequence[Token], vocabulary: Vocabulary) -> Counted:
    """What one part of a question counts; nothing where it has no 多少 or 几 with a unit."""
    last = _word_before(tokens, vocabulary)
    if last is not None and any(_behind_bare(tokens)):
        last = None  # 调解了多少|纠纷 counts no 调解
    before = _concept(last) if last else ""
    nouns = _meant(last, vocabulary) if last else frozenset()
    at = next((n for n, t in enumerate(tokens) if _asks_for_noun(tokens, n)), None)
    behind = _attributed(tokens, vocabulary) if at is None else _run(tokens[at], tokens[at + 1 :])
    if behind and behind[0].text in (STAFF, *load_cues().idle_nouns):
        behind = []  # 多少位人员 says no more than 多少位
    return Counted(
        _concept(behind[0]) if behind else "",
        before,
        _last_noun(behind, vocabulary),
        nouns,
        behind[0].text if behind and behind[0].kind in _STRANGE else "",
    )


def cases_behind(tokens: Sequence[Token]) -> frozenset[str]:
    """The unit of cases where 多少 without a unit asks for them: 多少纠纷, 多少案子."""
    cases = any(t.text.endswith(load_cues().case_ends) for t in _behind_bare(tokens))
    return frozenset({"case"}) if cases else frozenset()


def _behind_bare(tokens: Sequence[Token]) -> Iterator[Token]:
    """The words right behind a 多少 without a unit."""
    for ask, noun in pairwise(tokens):
        bare = ask.text in load_cues().asking_ends and ask.end == noun.start
        if bare and noun.kind is WordKind.CONCEPT:
            yield noun


def people_behind(tokens: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """The units of people where 多少 without a unit asks for them (多少志愿者, not 多少律师函), or
    a number of them is all that is asked (执法人员数)."""
    for n, (ask, noun) in enumerate(pairwise(tokens)):
        bare = ask.text in load_cues().asking_ends and ask.end == noun.start
        ends = noun.kind is WordKind.CONCEPT and noun.text.endswith(load_cues().people_ends)
        behind = next((t for t in tokens[n + 2 :] if t.start == noun.end), noun)
        if bare and ends and (behind is noun or behind.kind is not WordKind.CONCEPT):
            return HEADS
    return _people_numbered(tokens, vocabulary)


def _people_numbered(tokens: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    cues = load_cues()
    ends = tuple(of + number for of in cues.people_ends for number in cues.number_ends)
    last = [t for t in tokens if t.kind not in (WordKind.NOISE, WordKind.BREAK)][-1:]
    told = [t for t in last if t.kind is WordKind.CONCEPT and t.text.endswith(ends)]
    said = (t.entry.concepts for t in tokens if t.kind is WordKind.CONCEPT)
    sides = {vocabulary.sort(c) for concepts in said for c in concepts}
    return HEADS if told and sides.isdisjoint(ASPECTS) else frozenset()


def says_count(tokens: Sequence[Token]) -> bool:
    """True when the last word of a clause asks for a number of things: 事项数, 事项|数是多少."""
    last = [t for t in tokens if t.kind not in (WordKind.NOISE, WordKind.ASK, WordKind.BREAK)][-1:]
    ends = load_cues().number_ends
    if any(t.kind is WordKind.CONCEPT and t.text.endswith(ends) for t in last):
        return True
    asked = ((b, t) for b, t in pairwise(tokens) if t.kind is WordKind.ASK)
    return any(b.kind is WordKind.CONCEPT and t.text.startswith(ends) for b, t in asked)


def _word_before(tokens: Sequence[Token], vocabulary: Vocabulary) -> Token | None:
    """The word before the question word that is none of the small ones: 领域 in 领域共有几个.

    Before a bare one (人员总量是多少) a mere number (件数是多少) tells nothing.
    """
    ask = next((n for n, t in enumerate(tokens) if _asks(t)), None)
    bare = ask is None
    if ask is None:
        ask = next((n for n, t in enumerate(tokens) if t.kind is WordKind.ASK), 0)
    last = next((t for t in reversed(tokens[:ask]) if not _is_small(t, vocabulary)), None)
    number = last is not None and last.text.endswith(load_cues().number_ends)
    return None if bare and number else last


def _attributed(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """证书 in 培训后发的证书呢: the last noun, where what is done with it stands before it."""
    if any(t.kind is WordKind.ASK for t in tokens):
        return []
    words = [t for t in tokens if t.kind is WordKind.CONCEPT]
    if len(words) < 2 or words[-1].start != words[-2].end:
        return []
    done = any(vocabulary.sort(c) in _DOINGS for c in words[-2].entry.concepts)
    return words[-1:] if done and words[-2].text.endswith(load_cues().linking) else []


def _is_small(token: Token, vocabulary: Vocabulary) -> bool:
    if token.kind in (WordKind.NOISE, WordKind.PLACE):
        return True
    concepts = token.entry.concepts if token.kind is WordKind.CONCEPT else ()
    done = token.text.endswith(load_cues().particles)  # 批了 is a verb, whatever its noun is
    small = all(c == _TOTAL or vocabulary.sort(c) is Sort.LIGHT for c in concepts)
    return bool(concepts) and (done or small)


def _run(ask: Token, behind: Sequence[Token]) -> list[Token]:
    """The words that follow the question word without a gap; blanks part no English words."""
    if ask.text.isascii():
        return [
            t
            for t in takewhile(lambda t: t.text.isascii(), behind)
            if t.text not in load_cues().gaps
        ]
    if behind and behind[0].text in load_cues().copulas:
        ask, behind = behind[0], behind[1:]  # 有多少是合同
    return list(behind) if behind and ask.end == behind[0].start else []


def _last_noun(tokens: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """The meaning of the last noun of those that follow one another."""
    last: frozenset[str] = frozenset()
    for token in tokens:
        own = _meant(token, vocabulary)
        if token.text in load_cues().linking:
            continue  # 多少件街道的法律事项
        if not own:
            break
        last = own
    return last


def _meant(token: Token, vocabulary: Vocabulary) -> frozenset[str]:
    """The nouns that a word means, broader ones too; none for 调成, which says what was done."""
    concepts = token.entry.concepts if _concept(token) else ()
    own = nouns_of(concepts, vocabulary)
    if any(vocabulary.sort(c) in _DOINGS for c in concepts):
        return frozenset()
    return frozenset(up for c in own for up in vocabulary.upward(c))


def _concept(token: Token) -> str:
    return token.text if token.kind is WordKind.CONCEPT else ""


def _asks(token: Token) -> bool:
    return token.kind is WordKind.ASK and ASK_UNIT.match(token.text) is not None


def _asks_for_noun(tokens: Sequence[Token], at: int) -> bool:
    """True for a question word with a unit, or a bare one that 是 parts from what it counts."""
    token, behind = tokens[at], tokens[at + 1 : at + 2]
    parted = token.kind is WordKind.ASK and any(t.text in load_cues().copulas for t in behind)
    cases = bool(cases_behind(tokens[at : at + 2]))
    one = token.text in load_cues().loose_asks and any(
        t.kind is WordKind.UNKNOWN and len(t.text) == 1 and t.start == token.end for t in behind
    )  # 分成几组
    return _asks(token) or _asks_in_english(token) or parted or cases or one


def _asks_in_english(token: Token) -> bool:
    return token.text.isascii() and token.text in load_cues().count_asks
