"""Words that a question denies: 没审结, 未公开, 不成功, 调解失败.

Negation is a hard constraint (design.md): the figure of a word never answers for its denial.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from intents.tagger import Token
from intents.vocabulary import WordKind
from intents.yamlfile import read

DENIALS_FILE = Path(__file__).with_name("denials.yaml")

_REACH = 2
"""How many words may stand between a denial and what it denies (没有 被 及时 公开)."""

_STEM = 2
"""Characters of a word that are enough behind its denial: 不规范执法行为 is 执法不规范."""


@dataclass(frozen=True, slots=True)
class Denials:
    """The words of denial."""

    before: tuple[str, ...]
    """没有, 未: they deny the word behind them."""
    after: tuple[str, ...]
    """失败, 不成: they deny the word before them."""
    questions: tuple[str, ...]
    """有没有, 不知道: they look like denials and deny nothing."""
    between: frozenset[str]
    """Words that a denial reaches over: 被, 及时."""
    none: tuple[str, ...]
    """How a report says that there was none of something: 无, 未发生."""

    def denied(self, tokens: list[Token], light: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        """For each concept word that is denied, the ways in which a report may deny it too.

        *light* concepts say too little to be denied: 不发工钱 denies the wages, not the 发.
        """
        return tuple(
            (*(d + t.text[:_STEM] for d in self.before), *(t.text + d for d in self.after))
            for n, t in enumerate(tokens)
            if t.kind is WordKind.CONCEPT
            and not light.issuperset(t.entry.concepts)
            and (self._stands_before(tokens[:n], t) or self._stands_after(t, tokens[n + 1 :]))
        )

    def _stands_before(self, tokens: list[Token], word: Token) -> bool:
        at = word.start
        for n in range(len(tokens) - 1, max(len(tokens) - 2 - _REACH, -1), -1):
            last = tokens[n]
            if last.end != at:
                return False
            if last.kind is not WordKind.CONCEPT and self._denies(last.text):
                return not (n and tokens[n - 1].text == word.text)  # 审结没审结 asks
            if last.text not in self.between:
                return False
            at = last.start
        return False

    def _denies(self, text: str) -> bool:
        return text.endswith(self.before) and not text.endswith(self.questions)

    def _stands_after(self, word: Token, tokens: list[Token]) -> bool:
        behind = "".join(t.text for t in tokens[:_REACH])
        return behind.startswith(self.after) and tokens[0].start == word.end


@lru_cache(maxsize=4)
def load_denials(path: Path = DENIALS_FILE) -> Denials:
    """Read the words of denial; faults are DataFileErrors with file and line."""
    top = read(path).record({"before", "after", "questions", "between", "none"})
    words = {name: node.texts() for name, node in top.items()}
    return Denials(
        words["before"],
        words["after"],
        words["questions"],
        frozenset(words["between"]),
        words["none"],
    )
