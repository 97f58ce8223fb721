"""A web page → the text of its article, with its title and particulars.

The article is the smallest part that holds nearly all prose; navigation, share buttons, sidebars
and lists of other titles are links or stand outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.html import Element, parse
from bot.ingest.formats.tables import Cell, is_data, is_marked, lines_of, spread

_SILENT = re.compile(
    r"script|style|noscript|template|svg|iframe|object|select|option|button|input|textarea|nav"
    r"|footer|aside|map|audio|video|canvas|head|link|meta"
)
_BLOCKS = re.compile(
    r"p|div|section|article|main|header|center|blockquote|figure|figcaption|form|fieldset|ul|ol|li"
    r"|dl|dt|dd|table|caption|tr|td|th|h[1-6]|pre|address|hr|body|html|document"
)
_HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### "}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_AROUND = re.compile(
    r"(?<![a-z])(?:nav|navbar|menu|crumbs?|breadcrumbs?|share|bshare|jiathis|bdsharebuttonbox|sidebar"
    r"|side|footer|foot|copyright|toolbar|tools|print|related?|relevant|recommend|hot|qrcode|ewm"
    r"|position|location|weizhi|dqwz|login|search|links|friendlink|prev|next|pager|pagination"
    r"|comments?|attachment)(?![a-z])"
)
_PROSE = re.compile(r"[，。；]")
_DETAIL = re.compile(
    r"^[【\[]?\s*([\u4e00-\u9fff][\u4e00-\u9fff\s/]{1,9}?)\s*[】\]]?\s*[:：]\s*(\S.{0,120})$"
)
_CJK = "\u3000-\u303f\u4e00-\u9fff\uff00-\uffef"
_WRAP = re.compile(rf"(?<=[{_CJK}\d])[^\S\n]*\n\s*|[^\S\n]*\n\s*(?=[{_CJK}])")
_SITE = re.compile(
    r"\s*[_|｜]\s*|\s+[-—–]+\s+|--+|[-—–](?=[^-—–]{0,20}(?:政府|网站?|委员会|[局厅委]|办公室|平台)$)"
)
"""What parts a title from the name of its site."""
_OTHERS = re.compile(
    r"相关(?:阅读|解读|链接|新闻|信息|文章|推荐|报道)|热点|热门|推荐|最新|延伸阅读|更多"
)
_TITLE = re.compile(r"^\S.{7,78}(?:报告|总结|通报|公告|情况)[）)]?$")
_NEARLY = 0.85
_LITTLE = 100
"""A part with less prose than this may be what stands around an article."""
_MAX_HEADING = 45
_MAX_TITLES = 8
_META_TITLES = ("articletitle", "og:title", "title", "dc.title")
_META_DETAILS = {"pubdate": "发布日期", "contentsource": "来源"}


def read_page(text: str) -> Extracted:
    """The article of a page; its text is empty when there is no prose at all."""
    top = parse(text)
    article = _article(top)
    lines = [line for line in _lines(article) if line]
    above = [text for text in _short_texts(top, article, above=True) if _TITLE.search(text)]
    titles = tuple(dict.fromkeys((*_titles(top), *above[::-1])))[:_MAX_TITLES]
    return Extracted("\n".join(lines), titles, tuple(dict.fromkeys(_details(top, article))))


# -- the article -----------------------------------------------------------------------------


def _article(top: Element) -> Element:
    total = _prose(top)
    node, above = top, []
    while True:
        heavy = max(node.children, key=_prose, default=None)
        if heavy is None or not heavy.tag or not total:
            break
        others = (child for child in node.children if child is not heavy and _prose(child))
        if _prose(heavy) < total * _NEARLY and not all(map(_is_beside, others)):
            break
        above.append(node)
        node = heavy
    while above and node.tag in ("p", "span", "font", "strong", "b"):
        node = above.pop()
    while above and any(_belongs(c) for c in above[-1].children if c is not node):
        node = above.pop()
    return node


def _belongs(sibling: Element) -> bool:
    """True for prose or a table of figures beside the heaviest part."""
    if _is_around(sibling) or _is_beside(sibling):
        return False
    own = _prose(sibling)
    if own > _LITTLE and own * 2 > len(_plain(sibling)):
        return True
    return any(is_data(_table(t)) for t in _walk(sibling) if t.tag == "table")


def _prose(element: Element) -> int:
    """Characters of text with punctuation that is no link; counted once for each element."""
    cached = element.attributes.get("\0prose")
    if cached is None:
        cached = str(_count(element))
        element.attributes["\0prose"] = cached
    return int(cached)


def _count(element: Element) -> int:
    if not element.tag:
        return len(element.text) if _PROSE.search(element.text) else 0
    if element.tag == "a" or _is_silent(element):
        return 0
    return sum(_prose(child) for child in element.children)


def _is_silent(element: Element) -> bool:
    style = element.attributes.get("style", "")
    hidden = "hidden" in element.attributes or bool(_HIDDEN.search(style))
    return hidden or bool(_SILENT.fullmatch(element.tag))


def _is_around(element: Element) -> bool:
    """True for what pages put around articles, told by names of classes."""
    named = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}".lower()
    return bool(_AROUND.search(named)) and _prose(element) < _LITTLE


def _is_links(element: Element) -> bool:
    """True for a list of links: other titles, pages before and after."""
    if element.tag not in ("ul", "ol", "div", "table", "dl") or _prose(element):
        return False
    linked = sum(len(_plain(a)) for a in _walk(element) if a.tag == "a")
    return linked * 10 > len(_plain(element)) * 6 > 0


def _is_beside(element: Element) -> bool:
    """True for a column of other things to read: links, or a heading that says so."""
    text = _plain(element)
    linked = sum(len(_plain(a)) for a in _walk(element) if a.tag == "a")
    return linked * 10 > len(text) or bool(_OTHERS.match(text))


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if not _is_silent(child):
            yield from _walk(child)


def _plain(element: Element) -> str:
    """All text below an element, without white space."""
    return "".join("".join(part.text for part in _walk(element) if not part.tag).split())


# -- lines -----------------------------------------------------------------------------------


def _lines(element: Element) -> Iterator[str]:
    buffer: list[str] = []
    for piece in _pieces(element):
        if piece is None:
            yield _closed("".join(buffer))
            buffer = []
        else:
            buffer.append(piece)
    yield _closed("".join(buffer))


def _closed(text: str) -> str:
    return " ".join(_WRAP.sub("", text).split())


def _pieces(element: Element) -> Iterator[str | None]:
    """Texts in order; None ends a line."""
    for number, child in enumerate(element.children):
        if not child.tag:
            yield child.text
        elif child.tag == "br":
            yield None
        elif not (_is_silent(child) or _is_around(child) or _is_links(child)):
            yield from _inside(child, element, number)


def _inside(child: Element, parent: Element, number: int) -> Iterator[str | None]:
    block = bool(_BLOCKS.fullmatch(child.tag))
    if block:
        yield None
    if child.tag == "table" and is_data(table := _table(child)):
        for line in (*_caption(child), *lines_of(table)):
            yield line
            yield None
        return
    yield _marker(child, parent, number)
    yield from _pieces(child)
    if block:
        yield None


def _marker(element: Element, parent: Element, number: int) -> str:
    """What a browser or a reader sees before a heading or a numbered item."""
    text = _plain(element)
    if is_marked(text) or not text:
        return ""
    if element.tag in _HEADINGS and len(text) <= _MAX_HEADING:
        return _HEADINGS[element.tag]
    if element.tag == "li" and parent.tag == "ol":
        before = sum(c.tag == "li" for c in parent.children[:number])
        return f"{before + 1}. "
    return ""


def _caption(table: Element) -> list[str]:
    return [_plain(c) for c in table.children if c.tag == "caption" and _plain(c)]


def _table(table: Element) -> list[list[str]]:
    """The cells of a table; [] when tables are nested in it, which only arrange a page."""
    rows = [row for row in _walk(table) if row.tag == "tr"]
    if any(inner.tag == "table" for inner in _walk(table) if inner is not table):
        return []
    return spread([[_cell(c) for c in row.children if c.tag in ("td", "th")] for row in rows])


def _cell(element: Element) -> Cell:
    text = " ".join(line for line in _lines(element) if line)
    return Cell(text, _span(element, "colspan"), _span(element, "rowspan"))


def _span(element: Element, name: str) -> int:
    value = element.attributes.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 else 1


# -- titles and particulars ------------------------------------------------------------------


def _titles(top: Element) -> Iterator[str]:
    metas = _metas(top)
    yield from (metas[name] for name in _META_TITLES[:2] if metas.get(name))
    for element in _everything(top):
        if element.tag in ("h1", "h2", "ucaptitle"):
            yield _closed("".join(p.text for p in _walk(element) if not p.tag))
    for element in _everything(top):
        if element.tag == "title":
            whole = _closed("".join(p.text for p in element.children))
            yield from (part for part in (*_SITE.split(whole), whole) if part)
    yield from (metas[name] for name in _META_TITLES[2:] if metas.get(name))


def _metas(top: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _everything(top):
        name = element.attributes.get("name") or element.attributes.get("property") or ""
        if element.tag == "meta" and name:
            found.setdefault(name.lower(), " ".join(element.attributes.get("content", "").split()))
    return found


def _everything(top: Element) -> Iterator[Element]:
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(element.children)


def _details(top: Element, article: Element) -> Iterator[tuple[str, str]]:
    """Particulars (label: value) that stand outside the article, and those of the head."""
    for text in _short_texts(top, article):
        for part in re.split(r"[\s\u3000]{2,}|[|｜]", text):
            if match := _DETAIL.match(part.strip()):
                yield "".join(match[1].split()), match[2].strip()
    for name, label in _META_DETAILS.items():
        if value := _metas(top).get(name):
            yield label, value


def _short_texts(top: Element, article: Element, *, above: bool = False) -> Iterator[str]:
    """Lines outside the article (or only those above it); particulars as label and value."""
    waiting = [top]
    while waiting:
        element = waiting.pop()
        if element is article and above:
            return
        if element is article or _is_silent(element):
            continue
        cells = [c for c in element.children if c.tag in ("td", "th", "dt", "dd")]
        if len(cells) > 1:
            texts = [_closed("".join(p.text for p in _walk(c) if not p.tag)) for c in cells]
            for label, value in pairwise(texts):
                if label and value and len(label) <= 9 and not value.endswith((":", "：")):
                    yield f"{label.rstrip(':：')}：{value}"
        elif element.tag in ("p", "li", "span", "div", "td", "em", "b", "font"):
            own = "".join(p.text for p in _walk(element) if not p.tag)
            if len(own) <= 200:
                yield own
        waiting += reversed(element.children)
