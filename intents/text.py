"""Text made comparable, with every character traced back to where it stood.

:func:`fold` keeps the length (for reports, where offsets are proofs); :func:`normalise` also drops
what nobody reads and turns traditional characters into simplified ones (for questions).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import opencc

from intents.shapes import load_slips, load_variants

_FULLWIDTH_COMMA = "，"


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def complicate(texts: Mapping[str, str]) -> dict[str, str]:
    """Simplified to traditional characters, under the same keys (OpenCC's table).

    All at once: the table is not kept, it takes 24 MB.
    """
    converter = opencc.OpenCC("s2t")
    return {key: str(converter.convert(text)) for key, text in texts.items()}


def _folded() -> Iterator[tuple[int, str]]:
    """The signs that have a usual form: full-width ones, wide blanks, corner brackets for quotation
    marks, compatibility characters."""
    for code in range(0xFF01, 0xFF5F):
        if chr(code) != _FULLWIDTH_COMMA:
            yield code, chr(code - 0xFEE0)
    for blank in "\u3000\u00a0\u2002\u2003\u2009":
        yield ord(blank), " "
    for corner, usual in zip("「」『』", "“”“”", strict=True):
        yield ord(corner), usual
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        usual = unicodedata.normalize("NFKC", chr(code))
        if len(usual) == 1:
            yield code, usual


_FOLDED = dict(_folded())
_GROUPING = re.compile(f"(?<=[\uff10-\uff19]){_FULLWIDTH_COMMA}(?=[\uff10-\uff19])")


def is_han_char(char: str) -> bool:
    """True for a Chinese character: most of what people write."""
    return "\u4e00" <= char <= "\u9fff"


def fold(text: str) -> str:
    """Half-width letters, digits and signs; same length as *text*.

    A full-width comma stays Chinese punctuation except between full-width digits (３，２５６).
    """
    return _GROUPING.sub(",", text).translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class Text:
    """A message made comparable."""

    raw: str
    """As it was typed."""
    plain: str
    """Folded, simplified, lower case, without invisible characters; blanks collapsed."""
    origin: tuple[int, ...]
    """For each character of `plain`, its offset in `raw`."""

    def said(self, start: int, end: int) -> str:
        """The user's own characters behind `plain[start:end]`."""
        return self.raw[self.origin[start] : self.origin[end - 1] + 1] if end > start else ""


def is_han(text: str) -> bool:
    """True for Chinese characters only."""
    return not text or _HAN.fullmatch(text) is not None


def is_invisible(char: str) -> bool:
    """True for control, format (zero-width, bidirectional) and private characters."""
    return unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn", "Mn")


def simplify(text: str) -> str:
    """Traditional to simplified (OpenCC's table) and rare variants to the usual character, one by
    one so that offsets stay."""
    converted = str(_converter().convert(text))
    if len(converted) != len(text):
        converted = "".join(str(_converter().convert(char))[:1] or char for char in text)
    converted = converted.translate(load_variants())
    for wrong, right in load_slips().items():
        converted = converted.replace(wrong, right)
    return converted


_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"'}
_MARKS = frozenset([*_QUOTES, *_QUOTES.values()])
_HYPHENS = "-\u2010\u2011\u2013"
_APOSTROPHES = "'\u2019"
_WAVE = "~"
"""Drawn out on phones (钱呢～～一共多少): a short pause, and nothing at the end."""
_PAUSES = frozenset(" ,，.。;；!！?？、:：\n")


def _joins(raw: str, i: int) -> bool:
    """True for the hyphen of legal-aid and the apostrophe of the district's."""
    before, after = raw[i - 1 : i], raw[i + 1 : i + 2]
    words = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return words and (raw[i] in _HYPHENS or (raw[i] in _APOSTROPHES and after in "sS"))


def _quotes_one(text: str, i: int) -> bool:
    """True for the marks around a single character, which are for emphasis: 上“云”."""
    starts = (i, i - 2) if i > 1 else (i,)
    return any(
        _QUOTES.get(text[at]) == text[at + 2 : at + 3] and bool(_HAN.match(text, at + 1))
        for at in starts
    )


def _ranges(text: str, i: int) -> bool:
    """True for the wave between two numbers: 3~5."""
    return text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()


def normalise(raw: str) -> Text:
    """Make a message comparable; nothing in it is interpreted as markup or code."""
    chars: list[str] = []
    origin: list[int] = []
    folded = fold(raw)
    behind = 0  # the Chinese characters before it are taken at once: most of what people write
    for i, char in enumerate(folded):
        if i < behind:
            continue
        if run := _HAN.match(folded, i):
            behind = run.end()
            chars += run.group()
            origin += range(i, behind)
            continue
        if char in _MARKS and _quotes_one(folded, i):
            continue
        if char == _WAVE and not _ranges(folded, i):
            if chars and chars[-1] not in _PAUSES and folded[i:].strip(_WAVE + " "):
                chars.append(",")
                origin.append(i)
            continue
        kept = " " if char.isspace() else char
        if kept != " " and is_invisible(char):
            continue
        if kept == " " and (not chars or chars[-1] == " "):
            continue
        if unicodedata.category(char) == "So":
            kept = "!"  # a picture ends what was said
        lower = " " if _joins(raw, i) else kept.lower()
        chars.append(lower if len(lower) == 1 else kept)
        origin.append(i)
    return Text(raw, simplify("".join(chars)), tuple(origin))


def plain_of(text: str) -> str:
    """`normalise(text).plain`, at once for what is only Chinese characters or English words."""
    if _HAN.fullmatch(text):
        return simplify(text)
    return text.lower() if _WORDS.fullmatch(text) else normalise(text).plain


def han_of(text: str) -> str:
    """The Chinese characters of a text, nothing else."""
    return "".join(_HAN.findall(text))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return f"(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})"


def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def share_said(name: str, said: frozenset[str]) -> float:
    """Which share of the neighbouring characters of a printed name was *said* (0 to 1).

    Numerals and marks of the name do not count.
    """
    own = pairs(han_of(name))
    return len(own & said) / max(1, len(own))


_WORDS = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
