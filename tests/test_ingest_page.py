"""Web pages as government sites serve them: the article, and nothing of what is around it."""

from bot.ingest.formats.page import read_page
from bot.ingest.formats.plain import decode_page
from bot.ingest.reading import composed
from bot.ingest.wording import load_wording

PROSE = "2023年，全县收到行政复议申请27件，审结19件，调解和解率达到35%，群众满意度进一步提升。"
TITLE = "某县2023年法治政府建设情况报告"


def lines(body: str, head: str = "") -> list[str]:
    return read_page(f"<html><head>{head}</head><body>{body}</body></html>").text.split("\n")


def test_navigation_scripts_sidebars_and_links_are_left_out() -> None:
    body = f"""<div><ul><li><a>首页</a></li><li><a>政务公开</a></li></ul></div>
    <script>var a="审结88件，";</script><div style="display: none">隐藏的99件，不读。</div>
    <div class=main><div class=left><p>{PROSE}</p><p>以上。</p></div>
    <div class=right><h3>热点</h3><ul><li><a>某区2019年法治政府建设报告</a></li></ul></div></div>
    <div class=footer>版权所有 某县人民政府 备案号12345678</div>"""
    assert lines(body) == [PROSE, "以上。"]


def test_a_sidebar_with_prose_of_its_own_is_no_part_of_the_article() -> None:
    body = f"""<div class=bd><div class=l><div>{PROSE}</div><div>共审查合同3份。</div></div>
    <div class=r><h4>相关解读</h4><p>去年全县收到复议申请18件，审结17件，成效明显。</p>
    <ul><li><a>2021年报告</a></li></ul></div></div>"""
    assert lines(body) == [PROSE, "共审查合同3份。"]


def test_parts_of_an_article_side_by_side_stay_together() -> None:
    body = (
        f"<div><div><p>{PROSE}</p></div><div><p>{PROSE}</p></div><div><p>以上，完。</p></div></div>"
    )
    assert lines(body) == [PROSE, PROSE, "以上，完。"]


def test_paragraphs_end_at_blocks_and_breaks_and_wraps_of_the_source_are_healed() -> None:
    prose = f"{PROSE[:20]}\r\n      {PROSE[20:]}"
    body = f"<div>一、工作<br/>　　{prose}<br>二、问题<div>不足3件。</div></div>"
    assert lines(body) == ["一、工作", PROSE, "二、问题", "不足3件。"]


def test_headings_lists_and_entities() -> None:
    body = (
        f"<h2>主要做法</h2><p>{PROSE}</p><ol><li>审查3件</li><li>备案&nbsp;2件</li></ol>&lt;完&gt;"
    )
    assert lines(body) == ["## 主要做法", PROSE, "1. 审查3件", "2. 备案 2件", "<完>"]


def test_tables_of_figures_are_rows_and_their_spans_are_filled() -> None:
    body = f"""<p>{PROSE}</p><table><caption>表1</caption>
    <tr><th rowspan=2>部门</th><th colspan=2>处罚（件）</th></tr>
    <tr><th>2022年</th><th>2023年</th></tr><tr><td>公安|局</td><td>10</td><td>&nbsp;</td></tr></table>"""
    assert lines(body)[1:] == [
        "表1", "部门 | 处罚（件） | 处罚（件）", "部门 | 2022年 | 2023年", "公安 局 | 10 | —",
    ]  # fmt: skip


def test_tables_that_arrange_the_page_are_words() -> None:
    inner = f"<table><tr><td><p>{PROSE}</p><p>第二段，续。</p></td></tr></table>"
    body = f"<table><tr><td>{inner}</td></tr></table>"
    assert lines(body) == [PROSE, "第二段，续。"]


def test_a_table_beside_the_prose_belongs_to_the_article() -> None:
    body = (
        f"<div><div class=a><p>{PROSE}</p></div><table><tr><td>项目</td><td>件</td></tr>"
        "<tr><td>收案</td><td>58</td></tr></table></div>"
    )
    assert lines(body) == [PROSE, "项目 | 件", "收案 | 58"]


def test_title_and_particulars_come_from_around_the_article() -> None:
    page = f"""<html><head><title>{TITLE}-某县人民政府</title>
    <meta name="PubDate" content="2024-01-18 09:00"></head><body>
    <table><tr><td>索引号</td><td>0001/2024-1</td><td>发布机构：</td><td>某县司法局</td></tr></table>
    <p>电话：0571-1234567</p><div><p>{PROSE}</p></div></body></html>"""
    text = composed(read_page(page), load_wording())
    assert text.split("\n") == [
        TITLE, "索引号：0001/2024-1", "发布机构：某县司法局", "发布日期：2024-01-18 09:00", PROSE,
    ]  # fmt: skip


def test_a_title_may_be_any_line_above_the_article() -> None:
    page = f"""<title>政务公开</title><body><div><a>某县2021年法治政府建设情况报告</a></div>
    <div class=t>{TITLE}</div><div class=con><p>{PROSE}</p><p>以上，完。</p></div>
    <div>某县2022年法治政府建设情况报告</div>"""
    assert composed(read_page(page), load_wording()).split("\n")[0] == TITLE


def test_a_title_that_the_article_begins_with_is_not_said_twice() -> None:
    page = f"<title>{TITLE}</title><body><div><h1>{TITLE}</h1><p>{PROSE}</p></div>"
    assert composed(read_page(page), load_wording()) == f"{TITLE}\n{PROSE}"


def test_encodings_as_declared_or_as_they_are() -> None:
    gbk = '<meta charset="gb2312"><p>镕基㐂€</p>'
    assert decode_page(gbk.encode("gb18030")) == (gbk, "gb18030")
    assert decode_page(gbk.encode())[0] == gbk
    assert decode_page(gbk.encode("utf-16"))[1] == "utf-16"
    assert decode_page('<meta charset="x-nothing"><p>复议</p>'.encode("gbk"))[1] == "gb18030"
    damaged = ("<p>" + "复议" * 2000).encode("gbk") + b"\xff"
    assert decode_page(damaged)[0].startswith("<p>复议")


def test_a_page_without_prose_says_what_it_has() -> None:
    assert lines("<a>首页</a>") == ["首页"]
    assert lines("") == [""]
