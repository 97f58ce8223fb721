"""Covering a text with known words."""

import random
from itertools import pairwise

import pytest

from intents.tagger import Tagger, Token
from intents.text import normalise
from intents.vocabulary import Entry, WordKind

WORDS = (
    "调解", "人民调解", "人民调解员", "调解员", "成功", "多少", "员", "案", "how many", "rate",
    "3q",
)  # fmt: skip
ENTRIES = {word: Entry(WordKind.CONCEPT, (word,)) for word in WORDS}
TAGGER = Tagger(ENTRIES)
PLACE = Entry(WordKind.PLACE)


def covered(text: str, tagger: Tagger = TAGGER) -> list[str]:
    """The words of a text, unknown ones in brackets, breaks left out."""
    words = []
    for token in tagger.tag(text):
        if token.kind is WordKind.UNKNOWN:
            words.append(f"[{token.text}]")
        elif token.kind is not WordKind.BREAK:
            words.append(token.text)
    return words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("调解成功多少", ["调解", "成功", "多少"]),
        ("人民调解员多少", ["人民调解员", "多少"]),
        ("人民调解成功", ["人民调解", "成功"]),
        ("调解幼儿园成功", ["调解", "[幼儿园]", "成功"]),
        ("幼儿园", ["[幼儿园]"]),
        ("幼，儿园", ["[幼]", "[儿园]"]),
        ("how many 员", ["how many", "员"]),
        ("howmany", ["[howmany]"]),
        ("rates", ["[rates]"]),
        ("rate", ["rate"]),
        ("3q", ["3q"]),
        ("33q", ["[33q]"]),
        ("调解rate成功", ["调解", "rate", "成功"]),
        ("1524", ["[1524]"]),
        ("👍👍调解", ["[👍👍]", "调解"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert covered(text) == words


def test_of_equal_covers_the_one_with_the_longest_word() -> None:
    entries = {w: Entry(WordKind.CONCEPT, (w,)) for w in ("甲乙", "丙丁", "甲乙丙", "丁")}
    assert covered("甲乙丙丁", Tagger(entries)) == ["甲乙", "丙丁"]  # one character is dearer
    entries = {w: Entry(WordKind.CONCEPT, (w,)) for w in ("甲乙", "丙丁戊己", "甲乙丙", "丁戊己")}
    assert covered("甲乙丙丁戊己", Tagger(entries)) == ["甲乙", "丙丁戊己"]


def test_fixed_tokens_stand_as_they_are() -> None:
    fixed = [Token(0, 3, "调解市", PLACE), Token(5, 7, "成功", PLACE)]
    tokens = TAGGER.tag("调解市调解成功多少", fixed)
    assert [(t.text, t.kind) for t in tokens] == [
        ("调解市", WordKind.PLACE),
        ("调解", WordKind.CONCEPT),
        ("成功", WordKind.PLACE),
        ("多少", WordKind.CONCEPT),
    ]


def test_no_word_reaches_into_a_fixed_token() -> None:
    tokens = TAGGER.tag("人民调解", [Token(2, 4, "调解", PLACE)])
    assert [t.kind for t in tokens] == [WordKind.UNKNOWN, WordKind.PLACE]


def test_a_lattice_is_covered_in_many_ways() -> None:
    lattice = TAGGER.lattice("人民调解成功")
    assert [t.text for t in lattice.tokens()] == ["人民调解", "成功"]
    fixed = Token(0, 2, "人民", PLACE)
    assert [t.text for t in lattice.tokens([fixed])] == ["人民", "调解", "成功"]
    assert lattice.tokens() == TAGGER.tag("人民调解成功")


def test_words_inside_words() -> None:
    inside = {t.text for t in TAGGER.inside("人民调解员")}
    assert inside == {"人民调解员", "人民调解", "调解", "调解员", "员"}
    assert TAGGER.inside("rates") == []


def test_tokens_cover_every_text_exactly() -> None:
    dice = random.Random(20261122)
    pieces = [*WORDS, "幼儿园", "，", " ", "a", "7", "。", "👍", "甲", "-", "'"]
    for _ in range(500):
        text = "".join(dice.choices(pieces, k=dice.randrange(1, 14)))
        tokens = TAGGER.tag(text)
        assert "".join(t.text for t in tokens) == text
        assert [t.start for t in tokens] == [0, *(t.end for t in tokens)][:-1]
        assert all(text[t.start : t.end] == t.text for t in tokens)
        unknown = [t.kind is WordKind.UNKNOWN for t in tokens]
        assert not any(one and other for one, other in pairwise(unknown))


def test_normalised_text_is_what_is_tagged() -> None:
    assert covered(normalise("調解ＲＡＴＥ成\u200b功").plain) == ["调解", "rate", "成功"]


def test_exact_words_have_no_distance() -> None:
    assert {t.distance for t in TAGGER.tag("人民调解员成功幼儿园")} == {0}
