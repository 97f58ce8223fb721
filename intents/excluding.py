"""What a question says only to leave it out: 不是上云的那个, 不管调没调成, 连合同在内."""

from __future__ import annotations

from intents.catalog import strong_of
from intents.cues import counted_too, excludes, no_matter_at, ruled_out_at
from intents.tagger import Token
from intents.vocabulary import ASPECTS, Sort, Vocabulary, WordKind

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
    excluded: set[str] = set()
    ruled_out = open_to_all = False
    for token in tokens:
        ends = token.kind is WordKind.BREAK
        ruled_out = (ruled_out or ruled_out_at(text, token.start)) and not ends
        open_to_all = (open_to_all or no_matter_at(text, token.start, token.end)) and not ends
        if ruled_out and token.kind is WordKind.CONCEPT:
            excluded.update(token.entry.concepts)
        elif not (open_to_all and _narrows(token, vocabulary)) and not counted_too(
            text, token.start, token.end
        ):
            kept.append(token)
    asked = {c for t in kept if t.kind is WordKind.CONCEPT for c in t.entry.concepts}
    sides = _are(ASPECTS, excluded, vocabulary) and _are(_MERE, asked, vocabulary)
    if len(kept) == len(tokens) or not (strong_of(asked, vocabulary) or sides):
        return tokens, frozenset()
    return tuple(kept), strong_of(excluded - asked, vocabulary)


def _are(sorts: frozenset[Sort], concepts: set[str], vocabulary: Vocabulary) -> bool:
    return bool(concepts) and all(vocabulary.sort(c) in sorts for c in concepts)


def _narrows(token: Token, vocabulary: Vocabulary) -> bool:
    return token.kind is WordKind.CONCEPT and any(
        vocabulary.sort(c) is Sort.STATE for c in token.entry.concepts
    )
