"""Words that ask how many: 多少, 几件, 看了多少次."""

import re

from intents.cues import load_cues
from intents.tagger import Token
from intents.vocabulary import WordKind

ASK_UNIT = re.compile(r"^(?:有)?(?:多少|几|好多)(.+)$")
"""A question word with its unit, group 1: 件 of 多少件."""


def asks_how_many(token: Token) -> bool:
    """True for a question word that counts (多少, 几件), also inside a word (看了多少次)."""
    cues = load_cues()
    if token.kind is WordKind.CONCEPT:
        return any(ask in token.text for ask in cues.asking_ends)
    asks = (*cues.asking_ends, *cues.loose_asks)
    return token.kind is WordKind.ASK and token.text.startswith(asks)
