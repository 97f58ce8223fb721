"""What people are known to ask for in such words: the table, how it is learnt, what it decides."""

from pathlib import Path

import pytest

from benchmarks.associations import learnt, written
from bot.knowledge import Knowledge
from intents.associations import (
    ASSOCIATIONS_FILE,
    FULL,
    Associations,
    clues_said,
    load_associations,
)
from intents.catalog import load_catalog
from intents.errors import DataFileError
from intents.models import Clue, Frame
from intents.text import is_han
from intents.vocabulary import WordKind
from intents.vocabulary_files import load_vocabulary

MEDIATION, LECTURES = "mediation.handled/case", "law_edu.lectures/event"


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "associations.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def frame(*clues: str, families: frozenset[str] = frozenset()) -> Frame:
    said = tuple(Clue(c, 1.0, 0.0) for c in clues)
    return Frame(frozenset(), frozenset(), frozenset(), families, (), clues=said)


def test_bits_are_summed_and_what_goes_with_others_counts_against() -> None:
    known = Associations(
        {"劝架": {MEDIATION: 3.0}, "邻居": {MEDIATION: 2.0}, "听课": {LECTURES: 4.0}}
    )
    assert known.heard({"劝架", "邻居", "没人说过"}) == {MEDIATION: 5.0}
    assert known.heard({"劝架", "听课"}) == {MEDIATION: 2.0, LECTURES: 3.0}
    assert known.heard({"没人说过"}) == {}
    assert known.measures == {MEDIATION, LECTURES}


def test_a_measure_that_others_speak_more_against_is_left_out() -> None:
    known = Associations({"一": {MEDIATION: 1.5}, "二": {LECTURES: 4.0}, "三": {LECTURES: 4.0}})
    assert known.heard({"一", "二", "三"}) == {LECTURES: 7.0}


def test_more_than_enough_says_no_more() -> None:
    known = Associations({str(n): {MEDIATION: FULL / 4} for n in range(9)})
    assert known.heard(map(str, range(9))) == {MEDIATION: FULL}


def test_the_clues_of_a_frame_are_its_concepts_pairs_and_units() -> None:
    asked = frame("矛盾纠纷", "劝架", families=frozenset({"case"}))
    assert clues_said(asked) == {"矛盾纠纷", "劝架", "case"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("劝架\tmediation.handled/case", "expected a clue, a measure and bits"),
        ("劝架\t\t3.0", "expected a clue, a measure and bits"),
        ("劝架\tmediation.handled/case\t很多", "很多: bits are a number above 0"),
        ("劝架\tmediation.handled/case\t-1", "-1: bits are a number above 0"),
        ("劝架\tmediation.handled/case\tinf", "inf: bits are a number above 0"),
        ("邻居\tmediation.handled/case\t2.0", "邻居 and mediation.handled/case stand here twice"),
    ],
)
def test_a_broken_table_complains_with_file_and_line(tmp_path: Path, line: str, why: str) -> None:
    path = table(tmp_path, f"# learnt\n邻居\tmediation.handled/case\t2.0\n{line}\n")
    with pytest.raises(DataFileError) as failed:
        load_associations(path)
    assert str(failed.value).startswith(f"{path}:3: ")
    assert why in str(failed.value)


def test_the_table_is_of_this_language_and_of_no_report() -> None:
    concepts, measures = load_vocabulary().concepts, load_catalog(load_vocabulary()).measures
    lines = ASSOCIATIONS_FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(rows) > 5000
    for clue, counted, _ in rows:
        assert clue in concepts or clue.isascii() or (len(clue) == 2 and is_han(clue)), clue
        measure, _, _ = counted.rpartition("/")
        assert measure in measures or concepts.keys() >= set(measure.split("+")), counted


def test_no_pair_holds_a_piece_of_a_place(knowledge: Knowledge) -> None:
    words = load_vocabulary().words.items()
    usual = {c for word, entry in words if entry.kind is WordKind.CONCEPT for c in word}
    of_places = set("".join(knowledge.names.values())) - usual
    lines = ASSOCIATIONS_FILE.read_text(encoding="utf-8").splitlines()
    assert of_places
    assert not [line for line in lines if not of_places.isdisjoint(line.partition("\t")[0])]


def test_what_goes_with_one_measure_is_learnt() -> None:
    asked = frozenset({"劝架", "几起"}), frozenset({MEDIATION})
    other = frozenset({"听课", "几起"}), frozenset({LECTURES})
    rare = frozenset({"劝架", "邻里"}), frozenset({MEDIATION})
    bits = learnt([asked] * 6 + [other] * 6 + [rare] + [(frozenset({"几起"}), frozenset())] * 5)
    assert {pair for pair in bits} == {("劝架", MEDIATION), ("听课", LECTURES)}
    assert bits["劝架", MEDIATION] == pytest.approx(1.19, abs=0.1)


def test_too_few_questions_teach_nothing() -> None:
    assert learnt([(frozenset({"劝架"}), frozenset({MEDIATION}))] * 5) == {}


def test_a_table_that_is_written_reads_the_same(tmp_path: Path) -> None:
    path = table(tmp_path, written({("劝架", MEDIATION): 2.44, ("听课", LECTURES): 1.0}))
    assert path.read_text(encoding="utf-8").startswith("# ")
    known = load_associations(path)
    assert known.heard({"劝架"}) == {MEDIATION: pytest.approx(2.4)}
    assert known.heard({"听课"}) == {LECTURES: pytest.approx(1.0)}
