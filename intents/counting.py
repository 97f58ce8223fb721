"""What a question counts: the noun that its question word belongs to, 社区 in 多少个社区."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from intents.segments import ASK_UNIT
from intents.tagger import Token
from intents.vocabulary import Vocabulary, WordKind, nouns_of


@dataclass(frozen=True, slots=True)
class Counted:
    """What is to be counted, as far as the words around the question word say it."""

    behind: str = ""
    """The noun right behind the question word: 社区 in 多少个社区."""
    before: str = ""
    """The noun right before it, if nothing of its own is: 执法主体 in 执法主体有多少个."""
    nouns: frozenset[str] = frozenset()
    """What the last of the nouns behind it means: 部门 in 多少家审批部门."""


def counted_by(tokens: Sequence[Token], vocabulary: Vocabulary) -> Counted:
    """What one part of a question counts; nothing where it has no 多少 or 几 with a unit."""
    told = [t for t in tokens if t.kind not in (WordKind.NOISE, WordKind.PLACE)]
    before = next((_concept(one) for one, ask in pairwise(told) if _asks(ask)), "")
    at = next((n for n, (ask, _) in enumerate(pairwise(tokens)) if _asks(ask)), None)
    if at is None or tokens[at].end != tokens[at + 1].start:
        return Counted(before=before)
    return Counted(_concept(tokens[at + 1]), before, _last_noun(tokens[at + 1 :], vocabulary))


def _last_noun(tokens: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """The meaning of the last noun of those that follow one another."""
    last: frozenset[str] = frozenset()
    for token in tokens:
        own = nouns_of(token.entry.concepts, vocabulary) if _concept(token) else frozenset()
        if not own:
            break
        last = frozenset(up for c in own for up in vocabulary.upward(c))
    return last


def _concept(token: Token) -> str:
    return token.text if token.kind is WordKind.CONCEPT else ""


def _asks(token: Token) -> bool:
    return token.kind is WordKind.ASK and ASK_UNIT.match(token.text) is not None
