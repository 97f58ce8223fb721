"""Where a question is cut, so that each part asks for one thing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from intents.catalog import strong_of
from intents.cues import load_cues
from intents.money import only_spent, spent_on
from intents.question_words import ASK_UNIT, asks_how_many
from intents.tagger import Token
from intents.vocabulary import ASPECTS, Sort, Vocabulary, WordKind

_MAX_FRAMES = 6
_SPLIT = frozenset((*",，;；?？。!！、 和又跟与及\n", "and"))
_WHO = frozenset({Sort.LEVEL, Sort.OFFICE, Sort.GENERIC, Sort.WEAK})
_STOPS = frozenset(",，;；?？。!！\n")
_VERBS = frozenset({Sort.ACT, Sort.LIGHT})
_JOINERS = _SPLIT - _STOPS - {" "}


class Segmenter:
    """Cuts a question into what it asks for; immutable."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._cues = load_cues()
        self._aspects = frozenset(n for n, c in vocabulary.concepts.items() if c.sort in ASPECTS)

    def is_aspect(self, token: Token) -> bool:
        """True for a word that names a side: a rate, money, growth."""
        concept = token.kind is WordKind.CONCEPT
        return concept and not self._aspects.isdisjoint(token.entry.concepts)

    def asks_for_any(self, token: Token) -> bool:
        """True for a question word that counts whatever there is: 多少个."""
        if token.text in self._cues.count_asks:
            return True
        match = ASK_UNIT.match(token.text) if token.kind is WordKind.ASK else None
        return match is not None and match[1] in self._cues.any_counter

    def segments(self, tokens: tuple[Token, ...]) -> list[list[Token]]:
        """Cut between asked clauses, so that each part asks for one thing."""
        asks = self._asks(tokens)
        segments: list[list[Token]] = []
        begin = 0
        for (first, last), (following, _) in pairwise(asks):
            parts = [n for n in range(last + 1, following) if self._parts(tokens, n)]
            cut = parts[0] if parts else None
            if cut is None and tokens[first].text.isascii():
                continue  # what is the rate of: one question in two words
            if cut is None:
                named = any(self.says([t]) for t in tokens[begin:first])
                cut = last + 1 if named else following
            segments.append(list(tokens[begin:cut]))
            begin = cut
            for one, other in pairwise(parts):
                if tokens[one].text in _JOINERS and self.says(list(tokens[one:other])):
                    segments.append(list(tokens[one:other]))  # 多少资料和礼品，多少人: three things
                    begin = other
        segments.append(list(tokens[begin:]))
        while len(segments) > 1 and not self.says(segments[0]):
            segments[:2] = [segments[0] + segments[1]]
        return self.with_rank(segments, (Sort.RANK, Sort.GROWTH))[:_MAX_FRAMES]

    def counts(self, tokens: tuple[Token, ...]) -> int:
        """How many question words count something; those side by side count one thing."""
        runs = (tokens[first : last + 1] for first, last in self._asks(tokens))
        return sum(any(asks_how_many(t) for t in run) for run in runs)

    def says(self, segment: list[Token]) -> bool:
        """True when words hold something to look for."""
        return any(
            t.kind is WordKind.CONCEPT and strong_of(t.entry.concepts, self._vocabulary)
            for t in segment
        )

    def with_rank(
        self, segments: list[list[Token]], sides: tuple[Sort, ...] = (Sort.RANK,)
    ) -> list[list[Token]]:
        """满意率呢，排第几: where nothing asks for the rate itself its other *sides* are asked."""
        joined: list[list[Token]] = []
        for segment in segments:
            asks = not joined or any(t.kind is WordKind.ASK for t in joined[-1])
            of = {side for t in segment for side in sides if self._is_of(side, t)}
            # 收案数呢，涨了多少: what ends so is what the rest is asked of
            topic = bool(joined) and joined[-1][-1].text in self._cues.elliptic
            apart = bool(segment) and segment[0].text in _JOINERS and Sort.RANK not in of
            apart = apart and not topic
            if of and not (asks or apart or self.says(segment)):
                joined[-1] = [*joined[-1], *segment]
            else:
                joined.append(segment)
        return joined

    def dealt(self, tokens: tuple[Token, ...]) -> list[list[Token]]:
        """甲、乙、丙各多少 → the words of each of them, with what they share."""
        if not self.deals(tokens):
            return []
        runs: list[list[list[Token]]] = [[]]
        joined = False
        marked = any(t.text == "、" for t in tokens)
        joiners = set(self._cues.joining) - ({",", "，"} if marked else set())
        for n, token in enumerate(tokens):
            if self.says([token]) and not self._governs(tokens, n):
                if runs[-1] and not joined and not self._alike(runs[-1][-1][-1], token):
                    runs.append([])
                runs[-1].append([*self._verb_before(tokens, n), token])
                joined = False
            elif token.text in joiners and runs[-1]:
                joined = True
            elif token.kind not in (WordKind.NOISE, WordKind.BREAK) and not self._is_generic(token):
                joined = joined and self._governs(tokens, n)
        if self._asks_for_kinds(tokens):
            runs = [run for run in runs if not self._only_who([item[-1] for item in run])]
        longest = max(runs, key=len, default=[])
        if len(longest) < 2:
            return []
        shared = [t for t in tokens if not any(t in item for item in longest)]
        return [[*shared, *item] for item in longest]

    def deals(self, tokens: Sequence[Token]) -> bool:
        """True where something is asked of each: 各有多少."""
        return any(self._deals(tuple(tokens), n) for n in range(len(tokens)))

    def _governs(self, tokens: Sequence[Token], n: int) -> bool:
        """True for a verb right before what it is done to: 发|资料, 发|的|资料."""
        token, linked = tokens[n], [t.text for t in tokens[n + 1 : n + 2]]
        end = n + 1 + any(text in self._cues.linking for text in linked)
        behind = tokens[end : end + 1]
        said = token.entry.concepts if token.kind is WordKind.CONCEPT else ()
        verb = bool(said) and {self._vocabulary.sort(c) for c in said} <= _VERBS
        return verb and any(t.start - token.end <= end - n - 1 and self.says([t]) for t in behind)

    def _verb_before(self, tokens: Sequence[Token], n: int) -> Sequence[Token]:
        return tokens[n - 1 : n] if n and self._governs(tokens, n - 1) else ()

    def _asks_for_kinds(self, tokens: tuple[Token, ...]) -> bool:
        """True for 哪几类|文件，各多少: its kinds are dealt out; not for 哪些|数字."""
        for token, behind in pairwise(tokens):
            named = behind.kind is WordKind.CONCEPT and not self.is_aspect(behind)
            counted = behind.text.endswith(self._cues.count_ends)
            if token.text in self._cues.which_several and named and not counted:
                return True
        return False

    def _only_who(self, tokens: list[Token]) -> bool:
        """True for 部门和镇街: who did it."""
        sorts = {self._vocabulary.sort(c) for t in tokens for c in t.entry.concepts}
        return sorts <= _WHO

    def paired(self, tokens: tuple[Token, ...]) -> list[tuple[Token, ...]]:
        """进口出口各要多久: once with each of two opposites side by side; else as it is."""
        for n, one in enumerate(tokens[:-1]):
            joined = len(tokens) > n + 2 and tokens[n + 1].text in self._cues.joining
            last = n + 1 + joined  # 进口出口, 进口、出口
            if self._opposed(one, tokens[last]) and (
                not joined or self._dealt_behind(tokens[last:])
            ):
                return [(*tokens[: n + 1], *tokens[last + 1 :]), (*tokens[:n], *tokens[last:])]
        return [tokens]

    def _dealt_behind(self, tokens: tuple[Token, ...]) -> bool:
        """True where more than one thing is asked of each: 进口、出口各要多久，各少了几成."""
        return sum(self._deals(tokens, n) for n in range(len(tokens))) > 1

    def _opposed(self, one: Token, other: Token) -> bool:
        said = set(other.entry.concepts) if other.kind is WordKind.CONCEPT else set()
        own = one.entry.concepts if one.kind is WordKind.CONCEPT else ()
        return any(said & self._vocabulary.opposites(c) for c in own)

    def _asks(self, tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
        """Runs of question words (占比 … 多少) as first and last index."""
        runs: list[tuple[int, int]] = []
        for n, token in enumerate(tokens):
            asks = token.kind is WordKind.ASK or asks_how_many(token)
            if not asks and not self.is_aspect(token):
                continue
            if (
                only_spent(tokens, n, self._vocabulary)
                or spent_on(tokens, n, self._vocabulary)
                or self._only_several(tokens, n)
                or self._only_pointed(tokens, n)
                or _ends_in_numeral(tokens[n - 1 : n])
            ):
                continue
            between = tokens[runs[-1][1] + 1 : n] if runs else ()
            if runs and all(map(self._silent, between)) and not _both_count(tokens, runs[-1][1], n):
                runs[-1] = (runs[-1][0], n)
            else:
                runs.append((n, n))
        return runs

    def asks_for_growth(self, tokens: list[Token]) -> bool:
        """True for 比上年降了多少."""
        return any(self._is_of(Sort.GROWTH, t) for t in tokens)

    def _is_of(self, sort: Sort, token: Token) -> bool:
        if token.kind is not WordKind.CONCEPT:
            return False
        return any(self._vocabulary.sort(c) is sort for c in token.entry.concepts)

    def without_several(self, tokens: tuple[Token, ...]) -> list[Token]:
        """Without what only says that there are several: 几个 in 几个部门联合…多少家."""
        return [
            t
            for n, t in enumerate(tokens)
            if not (self._only_several(tokens, n) or self._only_pointed(tokens, n))
        ]

    def _only_several(self, tokens: tuple[Token, ...], n: int) -> bool:
        """True for 几个部门联合…多少家: what is loose asks nothing where something firm asks.

        In a clause of its own it asks (几个板块、几个应用), unless it is who acts (由几个) or was
        heard (听说几个…).
        """
        token, behind = tokens[n], tokens[n + 1 :]
        if token.kind is not WordKind.ASK or not token.text.startswith(self._cues.loose_asks):
            return False
        if not behind or behind[0].kind not in (WordKind.CONCEPT, WordKind.UNKNOWN):
            return False
        if behind[0].text.startswith(self._cues.kin):
            return any(t.text.startswith(self._cues.firm_asks) for t in behind)  # 有几个老乡…
        idle = (*self._cues.agents, *self._cues.pointing, *self._cues.many)
        acts = n > 0 and tokens[n - 1].text.endswith(idle)
        heard = takewhile(lambda t: t.kind is not WordKind.BREAK, reversed(tokens[:n]))
        acts = acts or any(t.text in self._cues.hearsay for t in heard)
        joint = any(w in t.text for t in behind[:2] for w in self._cues.together)
        ends = frozenset() if acts or joint else _SPLIT - {" "}
        clause = takewhile(lambda t: t.text not in ends, behind)
        firm = (t for t in clause if t.kind is WordKind.ASK or self.is_aspect(t))
        return any(acts or t.text.startswith(self._cues.firm_asks) for t in firm)

    def _only_pointed(self, tokens: tuple[Token, ...], n: int) -> bool:
        """True for 办的几次考试, where how many is firmly asked behind it, and for 那几回 where
        anything is."""
        if not (n > 0 and tokens[n].text.startswith(self._cues.loose_asks)):
            return False
        behind = [t for t in tokens[n + 1 :] if t.kind is WordKind.ASK or self.is_aspect(t)]
        if tokens[n - 1].text.endswith(self._cues.those):
            asks = (*self._cues.asking_ends, *self._cues.loose_asks)
            return any(ask in t.text for t in behind for ask in asks)
        firm = any(firm in t.text for t in behind for firm in self._cues.firm_asks)
        firm = firm and tokens[n + 1].kind is not WordKind.BREAK  # 办完的几件、没办完的几件
        return tokens[n - 1].text.endswith(self._cues.linking) and firm

    def _silent(self, token: Token) -> bool:
        """True for words that do not part two question words."""
        if token.kind is WordKind.CONCEPT:
            return self._is_generic(token)
        return token.kind is WordKind.NOISE or token.text in (" ", "(", ")")

    def _parts(self, tokens: tuple[Token, ...], n: int) -> bool:
        """True for what parts two questions; a blank does not between English words."""
        text = tokens[n].text
        english = text == " " and tokens[n - 1].text.isascii()
        return text in _SPLIT and not english

    def _deals(self, tokens: tuple[Token, ...], n: int) -> bool:
        """各 deals only right before a question word: 各部门 does not."""
        behind = tokens[n + 1 : n + 4]
        near = any(t.kind is WordKind.ASK or self.is_aspect(t) for t in behind)
        return tokens[n].text in self._cues.dealt and (
            tokens[n].text not in self._cues.each or near
        )

    def _alike(self, one: Token, other: Token) -> bool:
        """True for neighbours of one sort: 一审二审, 国家级省级."""
        sorts = [
            {self._vocabulary.sort(c) for c in t.entry.concepts} & {Sort.STATE, Sort.LEVEL}
            for t in (one, other)
        ]
        return bool(sorts[0] & sorts[1])

    def _is_generic(self, token: Token) -> bool:
        if token.kind is not WordKind.CONCEPT:
            return False
        return {self._vocabulary.sort(c) for c in token.entry.concepts} <= {
            Sort.GENERIC,
            Sort.LIGHT,
        }


def _both_count(tokens: tuple[Token, ...], one: int, other: int) -> bool:
    """True for 几项 几个部门, 发了多少 给多少人: each asks for its own."""
    unit = ASK_UNIT.match(tokens[other].text)
    if other - one > 1 and asks_how_many(tokens[one]) and not tokens[one].text.isascii():
        return unit is not None
    return unit is not None and ASK_UNIT.match(tokens[one].text) is not None


def _ends_in_numeral(before: tuple[Token, ...]) -> bool:
    """True before 几 in 十几亿, which is a number and asks nothing."""
    return bool(before) and before[0].text[-1] in "十百千"
