"""What the words and characters of a question are worth, before any figure is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from intents.cues import load_cues
from intents.models import Clue
from intents.tagger import Token
from intents.vocabulary import ASPECTS, NOUNS, Sort, Vocabulary, WordKind

MAX_LETTERS = 100
"""Pairs of characters of one question; no citizen needs more to say what is meant."""
_ABSENT = 0.45
"""What neither says, counted against the figure."""
_GUESSED = 0.5
"""A word of which one character was wrong may be another one."""
_LONG = 4
"""Characters of a word that is surely meant where all of its sounds are said."""
_LETTERS = 0.15
UNKNOWN_LETTERS = 0.4
"""Two neighbouring characters; of words that no vocabulary knows they are all there is."""
_PLACE_ABOVE = 0.5
"""The name of a larger place, beside which a figure of that name is meant."""
_STEM = 2
_WEIGHTS = {
    Sort.TOPIC: 0.8, Sort.THING: 0.9, Sort.STATE: 0.8, Sort.LEVEL: 0.8, Sort.ACT: 0.91,
    Sort.WEAK: 0.65, Sort.OFFICE: 0.4, Sort.LIGHT: 0.25, Sort.GENERIC: 0.45,
}  # fmt: skip
_ASPECT = 0.4
_COUNTED_SO = 0.5
"""What was done with what is counted, right before the question word: 办了|多少件."""


def unmissed(clues: tuple[Clue, ...]) -> tuple[Clue, ...]:
    """The clues, none of which counts against a figure that does not say it."""
    return tuple(c._replace(missed=0.0) for c in clues)


def joined(before: tuple[Clue, ...], now: tuple[Clue, ...]) -> tuple[Clue, ...]:
    """Both, each text once; what was said before comes first."""
    told = {c.text for c in before}
    return (*before, *(c for c in now if c.text not in told))


def weight_of(sort: Sort) -> float:
    """What a concept of a sort is worth, beside a bit."""
    return _WEIGHTS.get(sort, _ASPECT)


def clues_of(
    tokens: Sequence[Token], core: frozenset[str], vocabulary: Vocabulary
) -> tuple[Clue, ...]:
    """The clues of one thing asked; what stands outside the clause that asks is never missed."""
    clues: dict[str, Clue] = {}
    for token, behind in zip_longest(tokens, tokens[1:]):
        if token.kind is not WordKind.CONCEPT:
            continue
        for concept in token.entry.concepts:
            sort = vocabulary.sort(concept)
            weight = weight_of(sort) * (_GUESSED if token.distance > 2 else 1.0)
            if sort is Sort.LIGHT and behind is not None and behind.kind is WordKind.ASK:
                weight = _COUNTED_SO
            heard = token.distance <= 1 and len(token.text) >= _LONG  # 劳动争义 is surely that
            sure = sort not in ASPECTS and (not token.distance or heard)
            missed = _ABSENT if sure and (not core or concept in core) else 0.0
            clues[concept] = Clue(concept, weight, missed)
    return tuple(clues.values())


def borne_out(
    clues: Sequence[Clue], known: frozenset[str], vocabulary: Vocabulary
) -> tuple[Clue, ...]:
    """Clues that were guessed (misspelt words), sure where what was found knows them (*known*)."""
    return tuple(
        Clue(c.text, weight_of(vocabulary.sort(c.text)), _ABSENT)
        if c.text in known and not c.missed and vocabulary.sort(c.text) in NOUNS
        else c
        for c in clues
    )


def as_meant(token: Token) -> str:
    """A word as it is spelt right, as far as its concept tells: 合法性审查 for 合法性申查."""
    if token.right and len(token.right) == len(token.text):
        return token.right
    name = token.entry.concepts[0] if token.distance and token.entry.concepts else ""
    return name if len(name) == len(token.text) else token.text


def letters_of(tokens: Sequence[Token]) -> tuple[Clue, ...]:
    """Pairs of neighbouring characters of what is asked, across the borders of words."""
    found: dict[str, Clue] = {}
    everyday = frozenset("".join(load_cues().everyday))
    last: Token | None = None
    for token in tokens:
        known = token.kind is WordKind.CONCEPT
        if not known and token.kind is not WordKind.UNKNOWN:
            last = None
            continue
        begun = last.text[-1] if last is not None and last.end == token.start else ""
        text = begun + as_meant(token)
        weight = _LETTERS if known else UNKNOWN_LETTERS
        for i in range(len(text) - 1):
            pair = text[i : i + 2]
            if not pair.isascii():
                plain = (begun and i == 0) or not everyday.isdisjoint(pair)
                found[pair] = Clue(pair, _LETTERS if plain else weight, 0.0)
        last = token
    return tuple(found.values())[:MAX_LETTERS]


def clues_of_places(names: Mapping[str, bool]) -> tuple[Clue, ...]:
    """What larger places tell, named without 市 or 省: they named or ranked something.

    Those that are ruled out (False) speak against it.
    """
    weights = {
        _stem(name): _PLACE_ABOVE if meant else -_PLACE_ABOVE for name, meant in names.items()
    }
    return tuple(Clue(stem, weight, 0.0) for stem, weight in weights.items())


def _stem(place: str) -> str:
    return place[:-1] if len(place) > _STEM and place[-1] in "省市区县州盟" else place
