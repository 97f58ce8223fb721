"""Words that an answer does not know: the reply says that its figure is not narrowed by them."""

from collections.abc import Iterator, Sequence

from bot.dialogue.pairing import Asked
from bot.facts.query import Found

_PAIR = 2


def overlooked(asked: Sequence[Asked]) -> list[str]:
    """Unknown words and offices of the questions that neither a figure's name nor its sentence
    says: 工伤 in 工伤法律援助, where all legal aid is told."""
    words = [w for one in asked if isinstance(one.looked.outcome, Found) for w in _of(one)]
    return list(dict.fromkeys(words))


def _of(asked: Asked) -> Iterator[str]:
    assert isinstance(asked.looked.outcome, Found)
    best = asked.looked.outcome.ranked[0].candidate
    told = best.around + best.profile.metric
    yield from (w for w in asked.frame.aside if w not in told)
    yield from (w for w in asked.frame.residual if not _is_touched(w, told))
    yield from (w for w, concept in asked.frame.offices if w not in told and concept not in told)


def _is_touched(word: str, told: str) -> bool:
    """True for a word of which a part stands in what is told: 慈善救 of 慈善救助金."""
    return any(word[n : n + _PAIR] in told for n in range(max(1, len(word) - 1)))
