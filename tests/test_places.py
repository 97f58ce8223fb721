"""The place list `config/places.csv`, and the rules of the script that makes it."""

import csv
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

CONFIG = Path(__file__).parents[1] / "config"
HEADER = ["code", "name", "short", "level", "parent", "pinyin", "aliases"]
Row = dict[str, str]


def load_script() -> ModuleType:
    """Import the script by its path: `config` is a folder of files, not a package."""
    spec = importlib.util.spec_from_file_location("make_places", CONFIG / "make_places.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


script = load_script()


def read_like_a_machine(text: str) -> Sequence[str]:
    """Stand in for pypinyin: one made-up syllable for each character."""
    return ["x"] * len(text)


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (CONFIG / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def by_code(rows: list[Row]) -> dict[str, Row]:
    return {row["code"]: row for row in rows}


# The list


def test_file_is_plain_utf8_with_lf() -> None:
    data = (CONFIG / "places.csv").read_bytes()
    assert data.decode("utf-8").splitlines()[0].split(",") == HEADER
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\n")


def test_levels_are_counted_plausibly(rows: list[Row]) -> None:
    levels = Counter(row["level"] for row in rows)
    assert set(levels) == {"province", "city", "county"}
    assert levels["province"] == 31 + 3
    assert 330 <= levels["city"] <= 345
    assert 2850 <= levels["county"] <= 2990


def test_codes_are_unique_sorted_and_six_digits(rows: list[Row]) -> None:
    codes = [row["code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert codes == sorted(codes)
    assert [code for code in codes if not re.fullmatch(r"\d{6}", code)] == []


def test_every_parent_exists_one_level_up_or_more(rows: list[Row], by_code: dict[str, Row]) -> None:
    above = {"city": {"province"}, "county": {"province", "city"}}
    for row in rows:
        if row["level"] == "province":
            assert row["parent"] == ""
        else:
            assert by_code[row["parent"]]["level"] in above[row["level"]], row


def test_fields_are_filled_and_clean(rows: list[Row]) -> None:
    for row in rows:
        assert re.fullmatch(r"[一-鿿]{2,}", row["name"]), row
        assert re.fullmatch(r"[一-鿿]{2,}", row["short"]), row
        assert re.fullmatch(r"[a-z]{2,}", row["pinyin"]), row
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert len(set(aliases)) == len(aliases), row
        assert not {row["name"], row["short"], row["pinyin"], ""} & set(aliases), row
        assert all(re.fullmatch(r"[一-鿿]{2,}|[a-z][a-z -]+", a) for a in aliases), row


def test_siblings_have_different_names(rows: list[Row]) -> None:
    pairs = Counter((row["parent"], row["name"]) for row in rows)
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_no_pseudo_units(rows: list[Row]) -> None:
    names = {row["name"] for row in rows}
    assert not names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def test_ambiguous_names_are_kept(rows: list[Row]) -> None:
    gulou = [row for row in rows if row["name"] == "鼓楼区"]
    assert len(gulou) == 4
    assert {row["parent"] for row in gulou} == {"320100", "320300", "350100", "410200"}
    chaoyang = [row["name"] for row in rows if row["short"] == "朝阳"]
    assert sorted(chaoyang) == ["朝阳区", "朝阳区", "朝阳县", "朝阳市"]


@pytest.mark.parametrize(
    "line",
    [
        "350000,福建省,福建,province,,fujian",
        "350500,泉州市,泉州,city,350000,quanzhou",
        "350502,鲤城区,鲤城,county,350500,licheng",
        "330302,鹿城区,鹿城,county,330300,lucheng",
        "350105,马尾区,马尾,county,350100,mawei",
        "350581,石狮市,石狮,county,350500,shishi",
        "350582,晋江市,晋江,county,350500,jinjiang",
        "441900,东莞市,东莞,city,440000,dongguan",
        "620200,嘉峪关市,嘉峪关,city,620000,jiayuguan",
        "419001,济源市,济源,county,410000,jiyuan",
        "429004,仙桃市,仙桃,county,420000,xiantao",
        "659001,石河子市,石河子,county,650000,shihezi",
        "110105,朝阳区,朝阳,county,110000,chaoyang",
        "500233,忠县,忠县,county,500000,zhongxian",
        "660000,新疆生产建设兵团,新疆兵团,city,650000,xinjiangbingtuan",
        "710000,台湾省,台湾,province,,taiwan",
        "810000,香港特别行政区,香港,province,,xianggang",
        "820000,澳门特别行政区,澳门,province,,aomen",
    ],
)
def test_known_places(by_code: dict[str, Row], line: str) -> None:
    row = by_code[line[:6]]
    assert ",".join(row[key] for key in HEADER[:-1]) == line


@pytest.mark.parametrize("code", ["441900", "442000", "460400", "620200"])
def test_cities_without_counties_have_none(rows: list[Row], code: str) -> None:
    assert [row for row in rows if row["parent"] == code] == []


@pytest.mark.parametrize(
    ("name", "alias"),
    [
        ("前郭尔罗斯蒙古族自治县", "前郭"),
        ("恩施土家族苗族自治州", "恩施州"),
        ("科尔沁左翼中旗", "科左中旗"),
        ("鄠邑区", "户县"),
        ("襄阳市", "襄樊"),
        ("陕西省", "shaanxi"),
        ("内蒙古自治区", "inner mongolia"),
        ("西藏自治区", "tibet"),
        ("香港特别行政区", "hong kong"),
        ("澳门特别行政区", "macao"),
        ("呼和浩特市", "hohhot"),
        ("乌鲁木齐市", "urumqi"),
        ("拉萨市", "lhasa"),
        ("哈尔滨市", "harbin"),
        ("喀什地区", "kashgar"),
        ("和田地区", "hotan"),
        ("伊犁哈萨克自治州", "ili"),
        ("吕梁市", "luliang"),
    ],
)
def test_known_aliases(rows: list[Row], name: str, alias: str) -> None:
    (row,) = (row for row in rows if row["name"] == name)
    assert alias in row["aliases"].split("|")


READINGS = """
重庆 chongqing 厦门 xiamen 六安 luan 台州 taizhou 丽水 lishui 长沙 changsha 乐清 yueqing
乐山 leshan 亳州 bozhou 蚌埠 bengbu 番禺 panyu 东阿 donge 浚县 xunxian 尉犁 yuli 单县 shanxian
鄱阳 poyang 铅山 yanshan 黟县 yixian 歙县 shexian 涡阳 guoyang 渑池 mianchi 莘县 shenxian
荥阳 xingyang 郫都 pidu 犍为 qianwei 珙县 gongxian 筠连 junlian 洪洞 hongtong 大城 daicheng
蔚县 yuxian 井陉 jingxing 藁城 gaocheng 乐亭 laoting 隰县 xixian 华州 huazhou 闽侯 minhou
长乐 changle 长汀 changting 莆田 putian 昌都 changdu 漯河 luohe 荥经 yingjing 闵行 minhang
六合 luhe 长子县 zhangzixian 子长 zichang 珲春 hunchun 崆峒 kongtong 宕昌 tanchang 喀什 kashi
吕梁 lvliang 略阳 lueyang 覃塘 qintang 繁峙 fanshi 泊头 botou 伽师 jiashi 大埔 dabu 都安 duan
"""


@pytest.mark.parametrize(("short", "pinyin"), re.findall(r"(\S+) ([a-z]+)", READINGS))
def test_readings_of_ambiguous_characters(rows: list[Row], short: str, pinyin: str) -> None:
    assert {row["pinyin"] for row in rows if row["short"] == short} == {pinyin}


# The script


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("福建省", "福建"),
        ("北京市", "北京"),
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("恩施土家族苗族自治州", "恩施"),
        ("巴音郭楞蒙古自治州", "巴音郭楞"),
        ("大兴安岭地区", "大兴安岭"),
        ("阿拉善盟", "阿拉善"),
        ("前郭尔罗斯蒙古族自治县", "前郭尔罗斯"),
        ("双江拉祜族佤族布朗族傣族自治县", "双江"),
        ("东乡族自治县", "东乡"),
        ("鄂温克族自治旗", "鄂温克"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("管城回族区", "管城"),
        ("敖汉旗", "敖汉"),
        ("土默特左旗", "土默特左旗"),
        ("正蓝旗", "正蓝旗"),
        ("鲤城区", "鲤城"),
        ("沙县区", "沙县"),
        ("津市市", "津市"),
        ("沙市区", "沙市"),
        ("金林区", "金林"),
        ("万柏林区", "万柏林"),
        ("清新区", "清新"),
        ("浦东新区", "浦东"),
        ("滨海新区", "滨海新区"),
        ("神农架林区", "神农架"),
        ("峰峰矿区", "峰峰"),
        ("井陉矿区", "井陉矿区"),
        ("易县", "易县"),
        ("郊区", "郊区"),
        ("芒市", "芒市"),
        ("公安县", "公安县"),
        ("通道侗族自治县", "通道县"),
        ("西沙群岛", "西沙群岛"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert script.short_name(name) == short


@pytest.mark.parametrize(
    ("name", "city", "short"),
    [
        ("石家庄高新技术产业开发区", "石家庄", "石家庄高新区"),
        ("河北邢台经济开发区", "邢台", "邢台经开区"),
        ("秦皇岛市经济技术开发区", "秦皇岛", "秦皇岛经开区"),
        ("张家口市察北管理区", "张家口", "察北管理区"),
        ("邯郸冀南新区", "邯郸", "冀南新区"),
    ],
)
def test_zone_name(name: str, city: str, short: str) -> None:
    assert script.shorten_zone(script.zone_name(name, "河北", city)) == short


def test_zone_keeps_the_city_when_it_is_its_whole_name() -> None:
    assert script.zone_name("镇江新区", "江苏", "镇江") == "镇江新区"
    assert script.zone_name("吉林经济开发区", "吉林", "吉林") == "吉林经济开发区"


@pytest.mark.parametrize(
    ("name", "short", "aliases"),
    [
        ("恩施土家族苗族自治州", "恩施", ("恩施州",)),
        ("管城回族区", "管城", ("管城区",)),
        ("通道侗族自治县", "通道县", ("通道县",)),
        ("察哈尔右翼前旗", "察哈尔右翼前旗", ("察右前旗",)),
        ("内蒙古自治区", "内蒙古", ()),
        ("鲤城区", "鲤城", ()),
    ],
)
def test_unit_aliases(name: str, short: str, aliases: tuple[str, ...]) -> None:
    assert script.unit_aliases(name, short) == aliases


def test_collect_skips_pseudo_units_and_repeated_cities() -> None:
    provinces = [{"code": "44", "name": "广东省"}, {"code": "50", "name": "重庆市"}]
    cities = [
        {"code": "5002", "name": "县", "provinceCode": "50"},
        {"code": "4419", "name": "东莞市", "provinceCode": "44"},
        {"code": "4401", "name": "广州市", "provinceCode": "44"},
    ]
    counties = [
        {"code": "500233", "name": "忠县", "cityCode": "5002", "provinceCode": "50"},
        {"code": "441900", "name": "东莞市", "cityCode": "4419", "provinceCode": "44"},
        {"code": "440113", "name": "番禺区", "cityCode": "4401", "provinceCode": "44"},
    ]
    units = script.collect(provinces, cities, counties)
    assert [(u.code, u.name, u.level, u.parent) for u in units] == [
        ("440000", "广东省", "province", ""),
        ("440100", "广州市", "city", "440000"),
        ("440113", "番禺区", "county", "440100"),
        ("441900", "东莞市", "city", "440000"),
        ("500000", "重庆市", "province", ""),
        ("500233", "忠县", "county", "500000"),
    ]


def test_csv_of_a_small_list() -> None:
    units = [
        script.Unit("130000", "河北省", "province", ""),
        script.Unit("130500", "邢台市", "city", "130000"),
        script.Unit("130571", "河北邢台经济开发区", "county", "130500"),
        script.Unit("130581", "乐清市", "county", "130500"),
    ]
    places = script.make_places(units, read_like_a_machine)
    assert script.to_csv(places) == (
        "code,name,short,level,parent,pinyin,aliases\n"
        "130000,河北省,河北,province,,xx,\n"
        "130500,邢台市,邢台,city,130000,xx,\n"
        "130571,河北邢台经济开发区,邢台经开区,county,130500,xxxxx,邢台经济开发区\n"
        "130581,乐清市,乐清,county,130500,yueqing,\n"
    )


def test_romanise_takes_the_reading_of_a_name_then_of_a_character() -> None:
    assert script.romanise("乐清", read_like_a_machine) == "yueqing"
    assert script.romanise("长乐", read_like_a_machine) == "changle"
    assert script.romanise("鲤城", read_like_a_machine) == "xx"


def test_umlaut_aliases() -> None:
    assert script.umlaut_aliases("lvliang") == ("luliang", "lyuliang")
    assert script.umlaut_aliases("licheng") == ()


def test_tables_may_not_name_a_key_twice() -> None:
    assert script.read_pairs("甲=jia 乙") == {"甲": "jia", "乙": "乙"}
    assert script.read_pairs("甲=one two; 乙=b;", ";") == {"甲": "one two", "乙": "b"}
    with pytest.raises(ValueError, match="甲"):
        script.read_pairs("甲=jia 甲=yi")


def test_table_entries_that_meet_no_place_are_found() -> None:
    unmet = script.unmet_entries(script.make_places([], read_like_a_machine))
    assert {"公安县", "乐清", "陕西省"} <= set(unmet)


def test_the_list_meets_every_table_entry(rows: list[Row]) -> None:
    units = [script.Unit(r["code"], r["name"], r["level"], r["parent"]) for r in rows]
    places = script.make_places(units, read_like_a_machine)
    assert script.unmet_entries(places) == []
    assert [(p.short, r["name"]) for p, r in zip(places, rows, strict=True)] == [
        (r["short"], r["name"]) for r in rows
    ]
