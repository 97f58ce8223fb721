"""Names of places and what they may mean."""

from pathlib import Path

import pytest

from intents.errors import DataFileError
from intents.gazetteer import Gazetteer, load_gazetteer

PLACES = Path(__file__).parents[1] / "config" / "places.csv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(PLACES)


def meant(gazetteer: Gazetteer, text: str) -> list[list[str]]:
    return [[gazetteer.full(code) for code in m.codes] for m in gazetteer.find(text)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("海盐县有多少", [["浙江省嘉兴市海盐县"]]),
        ("嘉兴市海盐县有多少", [["浙江省嘉兴市海盐县"]]),
        ("浙江省嘉兴市海盐县", [["浙江省嘉兴市海盐县"]]),
        ("海盐县和桐乡市", [["浙江省嘉兴市海盐县"], ["浙江省嘉兴市桐乡市"]]),
        ("没有地名", []),
        ("大理白族自治州", [["云南省大理白族自治州"]]),
    ],
)
def test_names_and_their_parents(text: str, places: list[list[str]], gazetteer: Gazetteer) -> None:
    assert meant(gazetteer, text) == places


def test_an_ambiguous_name_keeps_all_its_meanings(gazetteer: Gazetteer) -> None:
    (drum_towers,) = meant(gazetteer, "鼓楼区")
    assert len(drum_towers) == 4
    assert "江苏省南京市鼓楼区" in drum_towers


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("福州的鼓楼区", "福建省福州市鼓楼区"),
        ("徐州鼓楼", "江苏省徐州市鼓楼区"),
    ],
)
def test_a_parent_decides(text: str, place: str, gazetteer: Gazetteer) -> None:
    assert meant(gazetteer, text) == [[place]]


def test_a_mention_says_where_it_stands(gazetteer: Gazetteer) -> None:
    text = "请问嘉兴市海盐县和桐乡有多少"
    found = gazetteer.find(text)
    assert [text[m.start : m.end] for m in found] == ["嘉兴市海盐县", "桐乡"]
    assert [m.official for m in found] == [True, False]


def test_the_longest_name_wins(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("吉林省")[0].end == 3


def test_lineage_and_children(gazetteer: Gazetteer) -> None:
    (county,) = gazetteer.find("海盐县")[0].codes
    city, province = gazetteer.lineage(county)
    assert [gazetteer.places[code].name for code in (city, province)] == ["嘉兴市", "浙江省"]
    assert county in gazetteer.children(city)
    assert county in gazetteer.children(province)
    assert gazetteer.children(county) == ()
    assert county in gazetteer.names["海盐"]


HEADER = "code,name,short,level,parent,pinyin,aliases\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("code,name\n", r":1: expected the columns code,name,short"),
        (HEADER + "1,甲县,甲,county\n", r":2: not a place: 1,甲县"),
        (
            HEADER + "110000,甲省,甲,province,,jia,\nx,乙县,乙,county,110000,yi,\n",
            r":3: not a place",
        ),
        ("", r":1: expected the columns"),
    ],
)
def test_a_faulty_list_is_named_with_its_line(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"places\.csv" + why):
        load_gazetteer(path)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"places\.csv: cannot be read"):
        load_gazetteer(tmp_path / "places.csv")


def test_aliases(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "110000,甲自治州,甲,city,,jia,甲州|老甲\n", encoding="utf-8")
    gazetteer = load_gazetteer(path)
    assert [m.codes for m in gazetteer.find("老甲和甲州")] == [("110000",), ("110000",)]
