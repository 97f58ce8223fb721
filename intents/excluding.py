"""What a question says only to leave it out: 不是上云的那个, 不管调没调成, 连合同在内."""

from __future__ import annotations

from collections.abc import Sequence

from intents.catalog import strong_of
from intents.cues import counted_too, excludes, load_cues, no_matter_at, ruled_out_at
from intents.tagger import Token
from intents.vocabulary import ASPECTS, Sort, Vocabulary, WordKind, nouns_of

_DOINGS = frozenset({Sort.ACT, Sort.STATE, Sort.LIGHT})
_MERE = ASPECTS | {Sort.GENERIC, Sort.LIGHT}
"""What only tells which side is asked for: 别说比例，件数呢."""


def without_excluded(
    tokens: tuple[Token, ...], text: str, vocabulary: Vocabulary
) -> tuple[tuple[Token, ...], frozenset[str]]:
    """The tokens without those that are ruled out, and their concepts.

    What stands behind 不管 is left out, too, but may be so all the same; so is a part that is
    counted with the rest.
    """
    if not excludes(text):
        return tokens, frozenset()
    kept: list[Token] = []
    nouns: list[Token] = []
    excluded: set[str] = set()
    ruled_out = open_to_all = False
    for token in tokens:
        ends = token.kind is WordKind.BREAK
        ruled_out = (ruled_out or ruled_out_at(text, token.start)) and not ends
        open_to_all = (open_to_all or no_matter_at(text, token.start, token.end)) and not ends
        if ruled_out and token.kind is WordKind.ASK:
            continue  # 不问几家，项目有几个
        if ruled_out and token.kind is WordKind.CONCEPT:
            excluded.update(token.entry.concepts)
            nouns += [token] if not _says_doing(token, vocabulary) else []
        elif not (open_to_all and _narrows(token, vocabulary)) and not counted_too(
            text, token.start, token.end
        ):
            kept.append(token)
    if _goes_on(kept) and not nouns_of(_concepts_of(kept), vocabulary):
        kept = sorted(kept + nouns, key=_place)  # 除了把权限收回去，又新给了几项: of the same nouns
    asked = _concepts_of(kept)
    sides = _are(ASPECTS, excluded, vocabulary) and _are(_MERE, asked, vocabulary)
    if len(kept) == len(tokens) or not (strong_of(asked, vocabulary) or sides):
        return tokens, frozenset()
    return tuple(kept), strong_of(excluded - asked, vocabulary)


def _goes_on(tokens: Sequence[Token]) -> bool:
    return any(t.text in load_cues().besides for t in tokens)


def _place(token: Token) -> int:
    return token.start


def _concepts_of(tokens: Sequence[Token]) -> set[str]:
    return {c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts}


def _says_doing(token: Token, vocabulary: Vocabulary) -> bool:
    return _are(_DOINGS, set(token.entry.concepts), vocabulary)


def _are(sorts: frozenset[Sort], concepts: set[str], vocabulary: Vocabulary) -> bool:
    return bool(concepts) and all(vocabulary.sort(c) in sorts for c in concepts)


def _narrows(token: Token, vocabulary: Vocabulary) -> bool:
    return token.kind is WordKind.CONCEPT and any(
        vocabulary.sort(c) is Sort.STATE for c in token.entry.concepts
    )
