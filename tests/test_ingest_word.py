"""Word documents as reports come: what a reader sees once every change is accepted."""

import io
import zipfile

import pytest

from bot.errors import ReportError
from bot.ingest.formats.word import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NUMBERING = """<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>"""
STYLES = """<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="2"><w:name w:val="标题 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/>
<w:numId w:val="7"/></w:numPr></w:pPr></w:style>"""


def part(name: str, inner: str) -> str:
    return f'<w:{name} xmlns:w="{W}" xmlns:mc="{MC}">{inner}</w:{name}>'


def packed(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def lines(body: str) -> list[str]:
    data = packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/numbering.xml": part("numbering", NUMBERING),
            "word/styles.xml": part("styles", STYLES),
        }
    )
    return read_word(data).text.split("\n")


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def numbered(depth: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="7"/></w:numPr>'


def test_runs_are_one_text() -> None:
    assert lines(p(r("收到申请1") + r("2", "<w:b/>") + r("4件"))) == ["收到申请124件"]


def test_changes_are_accepted() -> None:
    changed = (
        f'{r("审结")}<w:del w:id="1"><w:r><w:delText>19</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{r("27")}</w:ins>{r("件")}<w:moveFrom w:id="3">{r("，旧")}</w:moveFrom>'
        f'<w:moveTo w:id="4">{r("，新")}</w:moveTo>'
    )
    assert lines(p(changed)) == ["审结27件，新"]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert lines(p(r("共审结"), gone) + p(r("27件。")) + p(r("其次"))) == ["共审结27件。", "其次"]


def test_deleted_rows_and_hidden_words_are_gone() -> None:
    rows = "".join(
        f"<w:tr>{properties}<w:tc>{p(r(a))}</w:tc><w:tc>{p(r(b))}</w:tc></w:tr>"
        for properties, a, b in (
            ("", "项目", "2023年"),
            ("", "收案", "58"),
            ('<w:trPr><w:del w:id="9"/></w:trPr>', "旧行", "99"),
        )
    )
    body = f"<w:tbl>{rows}</w:tbl>" + p(r("可见") + r("隐藏5件", "<w:vanish/>"))
    assert lines(body) == ["项目 | 2023年", "收案 | 58", "可见"]


def test_numbers_of_lists_and_headings_are_counted() -> None:
    body = (
        p(r("主要工作"), numbered(0))
        + p(r("依法决策"), '<w:pStyle w:val="2"/>')
        + p(r("审查文件3件"), numbered(2))
        + p(r("备案文件2件"), numbered(2))
        + p(r("要点"), numbered(3))
        + p(r("规范执法"), '<w:pStyle w:val="2"/>')
        + p(r("办案5件"), numbered(2))
        + p(r("存在问题"), numbered(0))
    )
    assert lines(body) == [
        "一、主要工作", "（一）依法决策", "1.审查文件3件", "2.备案文件2件", "要点",
        "（二）规范执法", "1.办案5件", "二、存在问题",
    ]  # fmt: skip


def test_a_heading_without_a_number_is_marked_as_one() -> None:
    style = '<w:pStyle w:val="1"/>'
    assert lines(p(r("存在的问题"), style) + p(r("一、已有编号"), style)) == [
        "## 存在的问题", "一、已有编号",
    ]  # fmt: skip


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{p(r('专栏：调解成功率98%'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(p(r("正文。") + both)) == ["正文。", "专栏：调解成功率98%"]


def test_fields_breaks_and_contents() -> None:
    field = r("第") + "<w:r><w:instrText>PAGE 12</w:instrText></w:r>" + r("章")
    body = p(r("目录一\t3"), '<w:pStyle w:val="TOC1"/>') + p(field)
    body += p(
        r("甲") + "<w:r><w:br/></w:r>" + r("乙") + '<w:r><w:br w:type="page"/></w:r>' + r("丙")
    )
    assert lines(body) == ["第章", "甲", "乙丙"]


def test_merged_cells_say_their_text_in_each_row_and_column() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"

    restart, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    across = '<w:gridSpan w:val="2"/>'
    body = (
        f"<w:tbl><w:tr>{cell('部门', restart)}{cell('处罚（件）', across)}</w:tr>"
        f"<w:tr>{cell('', goes_on)}{cell('2022年')}{cell('2023年')}</w:tr>"
        f"<w:tr>{cell('公安局')}{cell('10')}{cell('12')}</w:tr></w:tbl>"
    )
    assert lines(body) == [
        "部门 | 处罚（件） | 处罚（件）", "部门 | 2022年 | 2023年", "公安局 | 10 | 12",
    ]  # fmt: skip


def test_a_table_that_only_arranges_words_is_read_as_words() -> None:
    long = "收到申请27件，" * 20
    body = f"<w:tbl><w:tr><w:tc>{p(r('左'))}</w:tc><w:tc>{p(r(long))}</w:tc></w:tr></w:tbl>"
    assert lines(body) == ["左", long]


@pytest.mark.parametrize("deep", [100, 3000])
def test_nesting_beyond_reason_ends(deep: int) -> None:
    inner = "<w:sdt><w:sdtContent>" * deep + p(r("底")) + "</w:sdtContent></w:sdt>" * deep
    assert lines(p(r("面")) + inner) == ["面"]


def test_a_document_without_a_body_is_damaged() -> None:
    with pytest.raises(ReportError, match="缺少正文"):
        read_word(packed({"word/other.xml": "<a/>"}))
