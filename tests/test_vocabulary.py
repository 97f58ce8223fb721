"""The words of the language: faults named with file and line, and what is shipped."""

from pathlib import Path

import pytest

from bot.knowledge import Tongue
from intents.errors import DataFileError
from intents.tagger import Tagger
from intents.text import normalise
from intents.vocabulary import Sort, Vocabulary, WordKind
from intents.vocabulary_files import load_vocabulary

LEXICON = """\
# words
收案: {class: act, words: [收到, 受理], say: [接了], en: [received], opposite: [办结]}
办结: {class: act, words: [审结]}
调解: {class: topic}
调解员: {class: thing, broader: [调解], words: [調解人員]}
专职: {class: state, words: []}
专职调解员: {class: thing, broader: [调解员], words: []}
率: {class: rate, words: [比例]}
"""


class Shelf:
    """The files of a small language."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "lexicon"
        self.folder.mkdir()
        self.write("words.yaml", LEXICON)
        self.write("phrases.yaml", "结案率: [办结, 率]\n")
        self.questions = self.beside("questions.yaml", "noise: [请问]\nask: [多少]\nwhich: [哪]\n")
        self.acts = self.beside("acts.yaml", "greet: [你好]\nthanks: [谢谢]\n")
        common = "function: [一切]\nverbs: [上层, 收到]\nenglish: [the]\n"
        self.common = self.beside("common.yaml", common)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def beside(self, name: str, text: str) -> Path:
        path = self.folder.parent / name
        path.write_text(text, encoding="utf-8")
        return path

    def load(self) -> Vocabulary:
        return load_vocabulary(self.folder, self.questions, self.acts, self.common)

    def fault(self) -> DataFileError:
        with pytest.raises(DataFileError) as caught:
            self.load()
        return caught.value


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_words_and_what_they_mean(shelf: Shelf) -> None:
    vocabulary = shelf.load()
    for word in ("收案", "收到", "受理", "接了", "received"):
        assert vocabulary.words[word].concepts == ("收案",)
    assert vocabulary.words["结案率"].concepts == ("办结", "率")
    assert vocabulary.words["请问"].kind is WordKind.NOISE
    assert vocabulary.words["多少"].kind is WordKind.ASK
    assert vocabulary.words["哪"].kind is WordKind.WHICH
    assert vocabulary.words["你好"].kind is WordKind.ACT
    assert vocabulary.words["你好"].concepts == ("greet",)
    assert vocabulary.words["上层"].kind is WordKind.NOISE
    assert vocabulary.sort("率") is Sort.RATE
    assert vocabulary.concepts["收案"].words == ("收案", "收到", "受理", "接了", "received")


def test_common_words_give_way(shelf: Shelf) -> None:
    assert shelf.load().words["收到"].kind is WordKind.CONCEPT


def test_traditional_characters_are_the_same_word(shelf: Shelf) -> None:
    assert shelf.load().words["调解人员"].concepts == ("调解员",)


def test_a_template_of_words_stands_for_each(shelf: Shelf) -> None:
    shelf.write("more.yaml", '调停: {class: topic, say: ["调(了|过)", 民调(所)]}\n')
    words = shelf.load().words
    assert {w for w in words if words[w].concepts == ("调停",)} == {
        "调停",
        "调了",
        "调过",
        "民调(所)",
    }


def test_relations(shelf: Shelf) -> None:
    vocabulary = shelf.load()
    assert vocabulary.upward("专职调解员") == {"专职调解员", "调解员", "调解"}
    assert vocabulary.upward("收案") == {"收案"}
    assert vocabulary.opposites("收案") == {"办结"}
    assert vocabulary.opposites("办结") == {"收案"}
    assert vocabulary.opposites("调解") == frozenset()


def test_said_in_parts(shelf: Shelf) -> None:
    vocabulary = shelf.load()
    assert vocabulary.compose(frozenset({"专职", "调解员"})) == {"专职调解员"}
    assert vocabulary.compose(frozenset({"专职", "办结"})) == {"专职", "办结"}
    assert vocabulary.compose(frozenset({"专职调解员"})) == {"专职调解员"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("复议: {class: topic, word: [行政复议]}", "unknown key 'word'"),
        ("复议: {words: [行政复议]}", "missing key 'class'"),
        ("复议: {class: theme}", "unknown class"),
        ("复议: {class: topic, words: 行政复议}", "expected a list"),
        ("复议: topic", "expected a mapping"),
        ("复议: {class: topic, class: act}", "duplicate key 'class'"),
        ("调解: {class: topic}", "duplicate key '调解'"),
        ("复议: {class: topic, broader: [争议]}", "unknown concept '争议'"),
        ("复议: {class: topic, opposite: [诉讼]}", "unknown concept '诉讼'"),
        ("复议: {class: topic, words: [受理]}", "'受理' is already said to mean something else"),
        ("复议: {class: topic, words: [專職]}", "'专职' is already said to mean something else"),
        ("复议: {class: topic, en: [Received]}", "'received' is already said to mean something"),
        ("复议: {class: topic, broader: [复议]}", "broader than itself"),
    ],
)
def test_a_fault_names_file_and_line(shelf: Shelf, line: str, why: str) -> None:
    path = shelf.write("words.yaml", LEXICON + line + "\n")
    fault = shelf.fault()
    assert (fault.path, fault.line) == (path, 9)
    assert str(fault).startswith(f"{path}:9: ")
    assert why in str(fault)


def test_a_word_with_two_meanings_names_both_places(shelf: Shelf) -> None:
    path = shelf.write("zz.yaml", "\n复议: {class: topic, words: [收到]}\n")
    fault = shelf.fault()
    assert (fault.path, fault.line) == (path, 2)
    assert "words.yaml:2" in fault.why


def test_a_concept_defined_in_two_files(shelf: Shelf) -> None:
    path = shelf.write("zz.yaml", "调解: {class: topic}\n")
    fault = shelf.fault()
    assert (fault.path, fault.line) == (path, 1)
    assert "'调解' is defined twice" in fault.why


def test_a_longer_circle(shelf: Shelf) -> None:
    shelf.write("zz.yaml", "甲: {class: topic, broader: [乙]}\n乙: {class: topic, broader: [甲]}\n")
    assert "broader than itself" in shelf.fault().why


def test_a_concept_broader_by_two_ways_is_no_circle(shelf: Shelf) -> None:
    one, other = "甲: {class: topic}\n", "乙: {class: topic, broader: [甲]}\n"
    shelf.write("zz.yaml", f"{one}{other}丙: {{class: topic, broader: [甲, 乙]}}\n")
    assert shelf.load().upward("丙") == {"甲", "乙", "丙"}


def test_a_phrase_of_unknown_concepts(shelf: Shelf) -> None:
    path = shelf.write("phrases.yaml", "结案率: [办结, 率]\n胜诉率: [胜诉, 率]\n")
    fault = shelf.fault()
    assert (fault.path, fault.line) == (path, 2)
    assert "unknown concept '胜诉'" in fault.why


def test_faults_of_the_other_lists(shelf: Shelf) -> None:
    questions = "noise: [请问]\nask: [多少]\nwhich: [哪]\n"
    shelf.beside("questions.yaml", questions + "why: [为何]\n")
    assert "unknown key 'why'" in shelf.fault().why
    shelf.beside("questions.yaml", questions.replace("哪", "多少"))
    assert "'多少' is already said" in shelf.fault().why
    shelf.beside("questions.yaml", questions)
    shelf.beside("acts.yaml", "greet: [你好]\nthanks: [你好]\n")
    assert "'你好' is already said" in shelf.fault().why
    shelf.beside("acts.yaml", "greet: 你好\n")
    assert "expected a list" in shelf.fault().why


def test_a_missing_or_broken_file(shelf: Shelf) -> None:
    shelf.acts.write_bytes(b"greet: [\xff\xfe]\n")
    assert "cannot be read" in shelf.fault().why
    shelf.acts.unlink()
    assert shelf.fault().path == shelf.acts


# -- what is shipped -------------------------------------------------------------------------


def test_every_shipped_word_can_be_met(tongue: Tongue) -> None:
    """A word that normalising changes, or that its own characters break up, never matches."""
    tagger = Tagger.of(tongue.vocabulary)
    lost = []
    for word, entry in tongue.vocabulary.words.items():
        tokens = tagger.tag(normalise(word).plain)
        if len(tokens) != 1 or tokens[0].entry != entry:
            lost.append(f"{word} → {' + '.join(t.text for t in tokens)}")
    assert lost == []


def test_shipped_opposites_are_no_kinds_of_each_other(tongue: Tongue) -> None:
    vocabulary = tongue.vocabulary
    wrong = [
        f"{name} ↔ {other}"
        for name in vocabulary.concepts
        for other in vocabulary.opposites(name)
        if name in vocabulary.upward(other) or other in vocabulary.upward(name)
    ]
    assert wrong == []


def test_shipped_words_are_not_blank(tongue: Tongue) -> None:
    assert [word for word in tongue.vocabulary.words if not word.strip()] == []


def test_a_vocabulary_is_loaded_alike_twice(tongue: Tongue) -> None:
    again = load_vocabulary()
    assert list(again.words) == list(tongue.vocabulary.words)
    assert again.concepts == tongue.vocabulary.concepts
