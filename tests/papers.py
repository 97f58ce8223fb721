"""The marked reports as real files: a government web page, a Word document, a PDF."""

import io
import itertools
from collections.abc import Iterator

import docx
from docx.shared import Pt
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

Block = tuple[str, list[str]]


def blocks(text: str) -> Iterator[Block]:
    """("title" | "h2" | "h3" | "p" | "table", lines)."""
    lines = [line for line in text.splitlines() if line.strip()]
    for row, group in itertools.groupby(lines, key=lambda line: line.startswith("|")):
        if row:
            yield "table", [line for line in group if "---" not in line]
            continue
        for line in group:
            marks = len(line) - len(line.lstrip("#"))
            yield {0: "p", 1: "title", 2: "h2", 3: "h3"}[marks], [line.lstrip("# ")]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


# -- web page --------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="2024-03-15 10:20">
<title>{title}_某某市人民政府门户网站</title><style>.a{{color:red}}</style>
<script>var n=12345;document.write("共有999件");</script></head><body>
<div class="top"><a href="/">首页</a> <a href="/zw">政务公开</a> 今天是2024年4月1日 星期一</div>
<div class="breadcrumb">您现在的位置：<a href="/">首页</a> &gt; <a href="/a">法治政府</a></div>
<table class="xxgk"><tr><td>索引号：</td><td>014123/2024-00017</td>
<td>发文机关：</td><td>{issuer}</td></tr>
<tr><td>发文日期：</td><td>2024年03月15日</td><td>文号：</td><td>无</td></tr></table>
<table width="100%"><tr><td valign="top"><div id="zoom"><h1>{title}</h1>
<div class="info">发布时间：2024-03-15 来源：司法局 浏览次数：<span>3721</span>
字号：[<a>大</a> <a>中</a>]</div>
<div class="share bdsharebuttonbox">分享到：<a>微信</a><a>微博</a></div>
<div class="TRS_Editor">{body}</div>
<div class="related"><h3>相关链接</h3><ul>
<li><a href="1">某县2020年法治政府建设情况报告</a> 2021-01-20</li></ul></div>
</div></td><td width="200"><div class="side"><b>热点信息</b><ul>
<li><a href="x">关于某区2018年法治政府建设情况的报告</a></li>
<li><a>全市受理案件5000件</a></li></ul></div></td></tr></table>
<div class="footer">版权所有：某市人民政府 ICP备05012345号 网站标识码3205000002</div>
</body></html>"""


def as_page(text: str) -> bytes:
    """A page as government sites serve it: GBK that calls itself gb2312."""
    title, body = "", []
    for kind, lines in blocks(text):
        if kind == "title":
            title = lines[0]
        elif kind == "table":
            rows = "".join(
                "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in cells(row)) + "</tr>"
                for row in lines
            )
            body.append(f'<table border="1"><tbody>{rows}</tbody></table>')
        else:
            inner = lines[0].replace("。", "。<span style='x'>", 1).replace("，", "</span>，", 1)
            strong = f"<strong>{lines[0]}</strong>" if kind != "p" else inner
            body.append(f'<p style="text-indent:2em">\u3000\u3000{strong}&nbsp;</p>')
    issuer = text.strip().splitlines()[-2]
    page = PAGE.format(title=title, issuer=issuer, body="\r\n".join(body))
    return page.encode("gbk", errors="xmlcharrefreplace")


# -- Word ------------------------------------------------------------------------------------


def as_word(text: str) -> bytes:
    """A document with headings, tables and runs that cut figures in two."""
    document = docx.Document()
    for kind, lines in blocks(text):
        if kind == "title":
            document.add_heading(lines[0], 0)
        elif kind in ("h2", "h3"):
            document.add_heading(lines[0], int(kind[1]) - 1)
        elif kind == "table":
            rows = [cells(line) for line in lines]
            table = document.add_table(len(rows), len(rows[0]))
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    table.cell(i, j).text = cell
        else:
            paragraph = document.add_paragraph()
            for at in range(0, len(lines[0]), 7):
                paragraph.add_run(lines[0][at : at + 7]).font.size = Pt(12 + at % 2)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


# -- PDF -------------------------------------------------------------------------------------


def as_pdf(text: str, *, ruled: bool = True) -> bytes:
    """Pages with numbers and running heads; lines wrap inside sentences and figures."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    plain = ParagraphStyle(
        "p", fontName="STSong-Light", fontSize=12, leading=20, firstLineIndent=24, wordWrap="CJK"
    )
    title = ParagraphStyle("t", parent=plain, fontSize=16, leading=26, alignment=TA_CENTER)
    story: list[object] = []
    for kind, lines in blocks(text):
        if kind == "table":
            table = Table([cells(line) for line in lines])
            style = [("FONTNAME", (0, 0), (-1, -1), "STSong-Light")]
            style += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)] if ruled else []
            table.setStyle(TableStyle(style))
            story.append(table)
        else:
            story.append(Paragraph(lines[0], title if kind == "title" else plain))
    stream = io.BytesIO()
    head = text.strip().splitlines()[0].lstrip("# ")

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 30, head)
        canvas.drawCentredString(A4[0] / 2, 30, f"— {canvas.getPageNumber()} —")

    document = SimpleDocTemplate(stream, pagesize=A4, title="")
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return stream.getvalue()


def as_plain_pdf(text: str, width: int = 34) -> bytes:
    """Lines of so many characters, drawn one by one: no indents, no even margin, no rules."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    lines: list[str] = []
    for kind, block in blocks(text):
        for line in block:
            if kind == "table":
                lines.append("\t".join(cells(line)))
            else:
                lines += [line[at : at + width] for at in range(0, len(line), width)]
    for n, at in enumerate(range(0, len(lines), 30)):
        canvas.setFont("STSong-Light", 12)
        for i, line in enumerate(lines[at : at + 30]):
            for j, part in enumerate(line.split("\t")):
                canvas.drawString(70 + (j and 20) + j * 104, 760 - i * 22, part)
        canvas.drawString(270, 40, f"第 {n + 1} 页")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
