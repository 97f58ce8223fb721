"""Words that a question word parts: 学几次法 asks for 学法, 开了几场会 for 会议.

Verb-object words of Chinese take their count between verb and object (离合词).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from intents.cues import load_cues
from intents.tagger import Token
from intents.vocabulary import Entry, Vocabulary, WordKind

_LONGEST = 4
"""Characters of such a word before its object: 集体学法."""
_NOUN = 2
"""Characters of an object that is a word itself."""
_LINK = Entry(WordKind.NOISE)


class Separable:
    """Finds them; immutable."""

    def __init__(self, vocabulary: Vocabulary, units: Mapping[str, str]) -> None:
        self._words = vocabulary.words
        cues = load_cues()
        self._any, self._links = cues.any_counter, cues.linking
        counters = sorted({*units, *cues.any_counter}, key=lambda word: (-len(word), word))
        unit = "|".join(re.escape(word) for word in counters if not word.isascii())
        particles = "".join(cues.particles)
        self._particles = frozenset((*cues.particles, *cues.linking))
        self._pattern = re.compile(
            f"[\u4e00-\u9fff][{particles}]?(?:好几|几|多少)(?>{unit})(?=([\u4e00-\u9fff]))"
        )

    def find(self, text: str) -> Iterator[Token]:
        """The verb with the meaning of the whole word, and its object, which says no more."""
        for match in self._pattern.finditer(text):
            verb, at = match.start() + 1, match.start(1)
            begun = self._begun(text, verb, at)
            if begun is not None:
                yield Token(begun, verb, text[begun:verb], self._words[text[begun:verb] + match[1]])
                yield Token(at, at + 1, match[1], _LINK)
            elif (whole := self._with_noun(text, verb, at)) is not None:
                yield Token(verb - 1, verb, text[verb - 1], whole)

    def _with_noun(self, text: str, verb: int, at: int) -> Entry | None:
        """检多少个|项目 as 检项目; not 多少家|企业, which are counted themselves."""
        entry = self._words.get(text[verb - 1] + text[at : at + _NOUN])
        counted = not text[:at].endswith(self._any) or text.startswith(self._links, at + _NOUN)
        return None if counted or entry is None or entry.kind is not WordKind.CONCEPT else entry

    def _begun(self, text: str, verb: int, at: int) -> int | None:
        """Where the longest word begins that the verb and the object make; None if they do not."""
        near = (text[at - 1 : at + 1], *(text[at : at + n] for n in range(2, _LONGEST + 1)))
        if text[at] in self._particles or any(
            len(word) > 1 and word in self._words for word in near
        ):
            return None  # 办了多少件|了, 办了多少个|案件, 评查了多少案|卷
        for begun in range(max(0, verb - _LONGEST), verb):
            entry = self._words.get(text[begun:verb] + text[at])
            if entry is not None and entry.kind is WordKind.CONCEPT:
                return None if self._ends_longer(text, begun, verb) else begun
        return None

    def _ends_longer(self, text: str, begun: int, verb: int) -> bool:
        """True for the end of a longer verb: 聘|请了多少人来."""
        starts = range(max(0, verb - _LONGEST), begun)
        return any(text[start:verb] in self._words for start in starts)
