"""What a sentence leaves to those before it: 新上线“合同钉”平台。上线以来已录入合同61件。"""

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.ingest.layout import Layout
from bot.ingest.sentences import Sentence, opens_item
from bot.ingest.wording import Words


def told_before(
    layout: Layout, found: Iterable[Sentence], refers_back: Words
) -> dict[Sentence, str]:
    """What helps to find the figures of a sentence and stands before it: the names its item begins
    with, and the sentence that it refers back to."""
    sentences = tuple(found)
    before = _referred(layout, sentences, refers_back)
    for sentence, names in _named_above(layout, sentences).items():
        before[sentence] = names + before.get(sentence, "")
    return before


def _referred(
    layout: Layout, found: tuple[Sentence, ...], refers_back: Words
) -> dict[Sentence, str]:
    """Sentences that begin by referring back, each with the sentence of its paragraph before."""
    return {
        sentence: layout.text[before.start : before.end]
        for before, sentence in pairwise(found)
        if before.paragraph == sentence.paragraph
        and layout.folded.startswith(refers_back, sentence.start, sentence.end)
    }


_CLAUSE_END = re.compile("[，。；,;]")
_NAME = re.compile("“[^“”]{2,20}”")


def _named_above(layout: Layout, found: tuple[Sentence, ...]) -> dict[Sentence, str]:
    """The names that an item begins with (二是开展“护企”专项行动，…), for its further sentences."""
    above: dict[Sentence, str] = {}
    names, paragraph = "", -1
    for sentence in found:
        text = layout.text[sentence.start : sentence.end]
        if opens_item(text) or sentence.paragraph != paragraph:
            first = _CLAUSE_END.split(text, 1)[0] if opens_item(text) else ""
            names, paragraph = "".join(_NAME.findall(first)), sentence.paragraph
        elif names:
            above[sentence] = names
    return above
