"""What a report says of itself."""

import pytest
from invented import LANGUAGE, ROOT, TITLE, WORK, extracted

from bot.errors import ReportError
from bot.ingest.extract import extract
from bot.ingest.reading import read_document

HEADS: dict[str, tuple[str, str, int, str | None, dict[str, str]]] = {
    "seeds/licheng-2022.txt": (
        "泉州市鲤城区人民政府关于2022年法治政府建设情况的报告",
        "福建省泉州市鲤城区",
        2022,
        "2023-02-10",
        {
            "number": "泉鲤政文〔2023〕8号",
            "signatory": "王克思",
            "issuer": "泉州市鲤城区人民政府",
            "written": "2023年2月10日",
        },
    ),
    "seeds/shishi-2024.txt": (
        "石狮市人民政府关于2024年度法治政府建设情况的报告",
        "福建省泉州市石狮市",
        2024,
        "2025-01-26",
        {
            "number": "狮政综〔2025〕6号",
            "issuer": "石狮市人民政府",
            "written": "2025-01-22",
            "published": "2025-01-26",
            "index": "QZ05101-3000-2025-00007",
        },
    ),
    "seeds/jinjiang-2021.txt": (
        "关于晋江市2021年法治政府工作的报告",
        "福建省泉州市晋江市",
        2021,
        "2022-02-28",
        {
            "issuer": "中共晋江市委        晋江市人民政府",
            "written": "2022年2月28日",
            "printer": "中共晋江市委办公室",
        },
    ),
    "seeds/lucheng-2022.txt": (
        "关于鹿城区2022年法治政府建设工作情况的报告",
        "浙江省温州市鹿城区",
        2022,
        None,
        {},
    ),
    "seeds/mawei-2021.txt": (
        "马尾区2021年法治政府建设工作报告",
        "福建省福州市马尾区",
        2021,
        None,
        {},
    ),
    "tests/gold/reports/dali-2024.txt": (
        "大理市2024年法治政府建设工作情况报告",
        "云南省大理白族自治州大理市",
        2024,
        "2025-02-18",
        {"number": "大市政报〔2025〕11号", "issuer": "大理市人民政府"},
    ),
    "tests/gold/reports/hulan-2023.txt": (
        "关于2023年度法治政府建设情况的报告",
        "黑龙江省哈尔滨市呼兰区",
        2023,
        "2024-01-26",
        {"number": "哈呼政呈〔2024〕3号", "issuer": "哈尔滨市呼兰区人民政府"},
    ),
    "tests/gold/reports/xiaoshan-2020.txt": (
        "杭州市萧山区2020年法治政府建设年度报告",
        "浙江省杭州市萧山区",
        2020,
        "2021-03-12",
        {
            "index": "002511567/2021-00486",
            "number": "萧政报〔2021〕4号",
            "published": "2021-03-12 15:42",
        },
    ),
    "tests/gold/reports/yuzhong-2025.txt": (
        "榆中县人民政府2025年法治政府建设年度报告",
        "甘肃省兰州市榆中县",
        2025,
        "2026-01-20",
        {"written": "2026年1月20日"},
    ),
}


@pytest.mark.parametrize("file", HEADS)
def test_heads_of_reports(file: str) -> None:
    title, place, year, published, entries = HEADS[file]
    report = extract(read_document(ROOT / file, ROOT), LANGUAGE).report
    assert (report.title, report.area.full, report.year, report.published) == (
        title,
        place,
        year,
        published,
    )
    told = {entry.name: entry.text for entry in report.entries}
    assert entries.items() <= told.items()
    for entry in report.entries:
        assert "".join(report.text[entry.start : entry.end].split()) == "".join(entry.text.split())


@pytest.mark.parametrize(
    ("head", "title", "place", "year"),
    [
        (["海盐县2023年度依法行政工作总结"], "海盐县2023年度依法行政工作总结", "海盐县", 2023),
        (["关于二〇二二年海盐县法治政府建设情况的报告"], None, "海盐县", 2022),
        (["海盐县人民政府2023年法治政府建设年度报告（摘要）"], None, "海盐县", 2023),
        (["2023年法治政府建设情况报告", "海盐县人民政府"], None, "海盐县", 2023),
        (["名称：海盐县法治政府建设报告", "2023年，全县扎实推进。"], None, "海盐县", 2023),
        (["关于徐州市鼓楼区2023年法治政府建设情况的报告"], None, "鼓楼区", 2023),
        (["鼓楼区2023年法治政府建设情况的报告", "南京市鼓楼区人民政府"], None, "鼓楼区", 2023),
        (["海盐2023年法治政府建设情况的报告"], None, "海盐县", 2023),
        (["嘉兴市2023年法治政府建设情况的报告"], None, "嘉兴市", 2023),
        (["海盐县2023年度普法工作报告"], None, "海盐县", 2023),
    ],
)
def test_titles_places_and_years(head: list[str], title: str | None, place: str, year: int) -> None:
    report = extracted("\n".join([*head, WORK, "办理案件27件。"])).report
    assert report.area.name == place
    assert report.year == year
    assert title is None or report.title == title


def test_a_namesake_is_told_by_its_parent() -> None:
    text = f"鼓楼区2023年法治政府建设情况的报告\n福州市人民政府：\n{WORK}\n办理案件27件。\n"
    assert extracted(text).report.area.full == "福建省福州市鼓楼区"


@pytest.mark.parametrize(
    ("line", "entries"),
    [
        ("盐政发〔2024〕3号", {"number": "盐政发〔2024〕3号"}),
        (
            "盐政发〔2024〕3号      签发人：李某某",
            {"number": "盐政发〔2024〕3号", "signatory": "李某某"},
        ),
        (
            "索引号：001/2024\t\t发布机构：海盐县司法局",
            {"index": "001/2024", "issuer": "海盐县司法局"},
        ),
        ("成文日期：2024-02-05    公开日期：2024年2月9日", {"published": "2024年2月9日"}),
        ("【文号】盐政发〔2024〕3号", {}),
        ("- 发文字号: 盐政发〔2024〕3号", {"number": "盐政发〔2024〕3号"}),
    ],
)
def test_particulars(line: str, entries: dict[str, str]) -> None:
    report = extracted(f"{line}\n{TITLE}\n{WORK}\n办理案件27件。\n").report
    told = {entry.name: entry.text for entry in report.entries}
    assert entries.items() <= told.items()


def test_a_date_in_chinese_numerals() -> None:
    text = f"{TITLE}\n{WORK}\n办理案件27件。\n海盐县人民政府\n二〇二四年二月十一日\n"
    assert extracted(text).report.published == "2024-02-11"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("办理案件27件。\n", "找不到标题；请在开头补上一行"),
        ("某某2023年法治政府建设情况的报告\n办理案件27件。\n", "看不出是哪个地方的报告"),
        ("海盐县法治政府建设情况的报告\n办理案件27件。\n", "看不出是哪一年的报告"),
        ("鼓楼区2023年法治政府建设情况的报告\n办理案件27件。\n", "看不出是哪个地方的报告"),
    ],
)
def test_a_report_that_cannot_be_placed(text: str, why: str) -> None:
    with pytest.raises(ReportError, match=why) as error:
        extracted(text)
    assert "请在" in str(error.value)
