"""What a sentence leaves to the one before it: 新上线“合同钉”平台。上线以来已录入合同61件。"""

from collections.abc import Iterable
from itertools import pairwise

from bot.ingest.layout import Layout
from bot.ingest.sentences import Sentence
from bot.ingest.wording import Words


def referred(layout: Layout, found: Iterable[Sentence], refers_back: Words) -> dict[Sentence, str]:
    """Sentences that begin by referring back, each with the sentence of its paragraph before."""
    return {
        sentence: layout.text[before.start : before.end]
        for before, sentence in pairwise(found)
        if before.paragraph == sentence.paragraph
        and layout.folded.startswith(refers_back, sentence.start, sentence.end)
    }
