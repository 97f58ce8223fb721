"""Phrases whose parts stand apart: what people describe who do not know the word for it."""

from pathlib import Path

import pytest
from talk import say

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge
from intents.errors import DataFileError
from intents.gapped import GappedPhrases
from intents.tagger import Tagger
from intents.vocabulary import Concept, Entry, Gapped, Sort, Vocabulary, WordKind
from intents.vocabulary_files import expanded, load_vocabulary


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("鲤城能把好多步骤捆成一桩来办的那个，办了几件", "9464件"),
        ("鹿城那种家里人突然没了、两家闹上门的，调好几件", "70件"),
        ("石狮有几个单位的一把手当众讲自己法治抓得怎样", "45个"),
        ("晋江有多少项证明可以只签个字就算数", "74项"),
        ("石狮盯着执法人员的监督员聘了几个", "15个"),
        ("晋江工业园里头新开的调解组织有几个", "1个"),
    ],
)
def test_what_people_describe_is_understood(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures == [figure]


@pytest.mark.parametrize(
    "said", ["帮我写一首诗夸夸石狮", "替我起草一份给马尾法院的信", "从石狮打车到晋江多少钱合适"]
)
def test_errands_are_out_of_scope_whatever_else_is_said(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.OUT_OF_SCOPE
    assert not told.facts


def test_reports_are_addressed_to_somebody_in_any_words(knowledge: Knowledge) -> None:
    told = say(knowledge, "晋江的报告是向上面哪些机关呈报的")
    assert "泉州市" in told.reply.plain


A, B = Entry(WordKind.CONCEPT, ("A",)), Entry(WordKind.CONCEPT, ("B",))


def _vocabulary(*phrases: Gapped, words: dict[str, Entry] | None = None) -> Vocabulary:
    concepts = {name: Concept(name, Sort.THING, (name,)) for name in ("A", "B")}
    return Vocabulary(concepts, words or {}, gapped=phrases)


def _found(vocabulary: Vocabulary, text: str) -> list[tuple[str, tuple[str, ...]]]:
    tagger = Tagger.of(vocabulary)
    tokens = GappedPhrases(vocabulary).find(text, lambda: tagger.tag(text))
    return [(t.text, t.entry.concepts) for t in tokens]


PACKAGE = Gapped((("手续", "步骤"), ("一次办",)), A)


def test_the_first_part_means_the_phrase_and_the_others_nothing_more() -> None:
    assert _found(_vocabulary(PACKAGE), "几样手续打包一次办完") == [
        ("手续", ("A",)), ("一次办", ()),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "一次办完几样手续",  # the other way round
        "手续办好了。一次办",  # another sentence
        "手续要跑好多好多好多好多趟才能一次办",  # too far
        "手续",
    ],
)
def test_parts_out_of_place_are_no_phrase(text: str) -> None:
    assert _found(_vocabulary(PACKAGE), text) == []


def test_a_part_that_is_a_piece_of_another_word_is_none() -> None:
    vocabulary = _vocabulary(Gapped((("证",), ("签字",)), A), words={"保证": B})
    assert _found(vocabulary, "保证要签字") == []
    assert _found(vocabulary, "开证要签字") == [("证", ("A",)), ("签字", ())]


def test_of_two_phrases_the_fuller_one_is_meant() -> None:
    fuller = Gapped((("手续",), ("打包",), ("一次办",)), B)
    found = _found(_vocabulary(PACKAGE, fuller), "手续打包一次办")
    assert found[0] == ("手续", ("B",))


def test_a_phrase_inside_what_is_said_already_is_a_piece_of_it() -> None:
    got = Gapped((("申请到",), ("专利",)), B)
    applied = Gapped((("申请",), ("专利",)), A)
    vocabulary = _vocabulary(got, applied, words={"专利": B})
    assert _found(vocabulary, "申请到几件专利") == []
    assert _found(vocabulary, "申请几件专利")[0] == ("申请", ("A",))


BOSS = Gapped((("工人", "打工的"), ("老板", "老板娘"), ("扯皮",)), A, in_order=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("工人跟老板扯皮", ["工人", "老板", "扯皮"]),
        ("老板同打工的扯皮", ["老板", "打工的", "扯皮"]),
        ("扯皮的工人和老板", ["扯皮", "工人", "老板"]),
        ("打工的说工人找老板娘扯皮", ["工人", "老板娘", "扯皮"]),  # the nearest, the fullest
    ],
)
def test_parts_may_stand_in_any_order_where_the_phrase_says_so(text: str, words: list[str]) -> None:
    found = _found(_vocabulary(BOSS), text)
    assert [word for word, _ in found] == words
    assert [concepts for _, concepts in found] == [("A",), (), ()]


def test_what_a_comma_parts_hides_no_phrase_of_the_same_thing() -> None:
    pair = Gapped((("打工的",), ("扯皮",)), A)
    wide = Gapped((("打工的",), ("扯皮",), ("上门",)), A)
    vocabulary = _vocabulary(pair, wide, words={"扯皮": A, "打工的": B})
    assert _found(vocabulary, "打工的扯皮，跑上门") == [("打工的", ("A",)), ("扯皮", ())]


@pytest.mark.parametrize("phrase", ["手续…打包&办", "手续&"])
def test_a_phrase_in_any_order_is_read_with_care(tmp_path: Path, phrase: str) -> None:
    (tmp_path / "a.yaml").write_text(f'甲: {{class: thing, gapped: ["{phrase}"]}}\n')
    (tmp_path / "phrases.yaml").write_text("甲乙: [甲]\n")
    with pytest.raises(DataFileError, match=r"a\.yaml:1.*(not both|both sides)"):
        load_vocabulary(tmp_path)


def test_a_template_stands_for_all_its_words() -> None:
    assert expanded("(帮我|替我)写[个|首]诗") == [
        "帮我写个诗", "帮我写首诗", "帮我写诗", "替我写个诗", "替我写首诗", "替我写诗",
    ]  # fmt: skip
    assert expanded("诗") == ["诗"]


def test_a_template_that_stands_for_too_many_is_an_error_with_file_and_line(tmp_path: Path) -> None:
    ten = "|".join("一二三四五六七八九十")
    (tmp_path / "a.yaml").write_text(
        f'甲: {{class: thing}}\n乙: {{class: thing, say: ["{f"({ten})" * 5}"]}}\n'
    )
    (tmp_path / "phrases.yaml").write_text("甲乙: [甲, 乙]\n")
    with pytest.raises(DataFileError, match=r"a\.yaml:2.*100000 texts, more than 40000"):
        load_vocabulary(tmp_path)


def test_a_phrase_without_a_second_part_is_an_error_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text('甲: {class: thing}\n乙: {class: thing, gapped: ["手续…"]}\n')
    (tmp_path / "phrases.yaml").write_text("甲乙: [甲, 乙]\n")
    with pytest.raises(DataFileError, match=r"a\.yaml:2.*both sides"):
        load_vocabulary(tmp_path)
