"""What a report says of itself: title, place, year, number, issuer, signatory, dates."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import ReportError
from bot.facts.model import Area, Entry
from bot.ingest.layout import Layout, Paragraph
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer, Mention
from intents.numerals import parse_han

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[【(]\s?\d{4}\s?[〕\]】)]\s?第?\s?\d{1,6}\s?号")
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?!\d)\s?日?"
)
_PRINTED = re.compile(r"^\s*(\S{3,40}?[办室局处厅])\s+\d{4}年\d{1,2}月\d{1,2}日\s*印发\s*$")
_HAN_DATE = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)\s?年?(?:度)?")
_HAN_YEAR = re.compile(r"([一二][〇○零一二三四五六七八九]{3})年")
_LABEL = re.compile(r"^[\s\-*·•|【\[]{0,9}([^:：|】]{2,9}?)\s?[】\]]?\s{0,3}[:：|]\s{0,9}(\S.*)$")
_COLUMN = re.compile(r"\t+|\s{2,}")
_PLACE_ENDS = re.compile(r"(?:人民政府|政府|司法局|管委会|市|区|县|法治|(?:19|20)\d\d)")
_BRACKET_END = re.compile(r"[（(][^（()）]{0,40}[）)]\s?$")
_HEAD = 25
_TAIL = 8
_TITLE_MAX = 80
_LINE_MAX = 200


@dataclass(frozen=True, slots=True)
class Head:
    """A report's own particulars."""

    title: str
    area: Area
    year: int
    published: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """A line of the head, or one column of it."""

    start: int
    """Offset in the logical text."""
    text: str
    """Folded."""


def read_head(layout: Layout, gazetteer: Gazetteer, wording: Wording) -> Head:
    """Read the particulars; ReportError when title, place or year cannot be told."""
    entries = _entries(layout, wording)
    title = _title(layout, entries, wording)
    entries = (*entries, Entry("title", title.text, title.start, title.end))
    area = _area(layout, title.text, entries, gazetteer)
    year = _year(layout, title.text)
    return Head("".join(title.text.split()), area, year, _published(entries), entries)


# -- entries -------------------------------------------------------------------------------------


def _entries(layout: Layout, wording: Wording) -> tuple[Entry, ...]:
    found = {n: _entry(layout, n, start, end) for n, start, end in _labelled(layout, wording)}
    unlabelled = (
        _plain_number(layout), _signed(layout, wording), _written(layout), _printer(layout),
        _addressee(layout, wording),
    )  # fmt: skip
    for entry in unlabelled:
        if entry is not None:
            found.setdefault(entry.name, entry)
    return tuple(found.values())


def _labelled(layout: Layout, wording: Wording) -> Iterator[tuple[str, int, int]]:
    """Metadata `label: value` of the head, as (name, start, end) of the value."""
    names = {"".join(label.split()): n for n, labels in wording.fields.items() for label in labels}
    for column in _columns(layout, frozenset(names)):
        match = _LABEL.match(column.text)
        name = names.get("".join(match[1].split())) if match else None
        if match and name:
            value = match[2].rstrip()
            yield name, column.start + match.start(2), column.start + match.start(2) + len(value)


def _columns(layout: Layout, labels: frozenset[str]) -> Iterator[_Column]:
    """The lines of the head; a line that holds several labels or a number is cut into them."""
    for paragraph in layout.paragraphs[:_HEAD]:
        line = layout.folded[paragraph.start : paragraph.end]
        if len(line) > _LINE_MAX:
            continue
        begin = 0
        for gap in _COLUMN.finditer(line):
            match = _LABEL.match(line[gap.end() :])
            if match and "".join(match[1].split()) in labels:
                yield _Column(paragraph.start + begin, line[begin : gap.start()])
                begin = gap.end()
        yield _Column(paragraph.start + begin, line[begin:])


def _entry(layout: Layout, name: str, start: int, end: int) -> Entry:
    return Entry(name, layout.text[start:end], *layout.raw_span(start, end))


def _edges(layout: Layout) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    head = tuple(p for p in layout.paragraphs[:_HEAD] if p.end - p.start <= _TITLE_MAX)
    tail = tuple(p for p in layout.paragraphs[-_TAIL:] if p.end - p.start <= _TITLE_MAX)
    return head, tail


def _plain_number(layout: Layout) -> Entry | None:
    """A document number that stands alone, or before a label, in a line of the head."""
    for paragraph in _edges(layout)[0]:
        line = layout.folded[paragraph.start : paragraph.end]
        match = _NUMBER.match(line.lstrip())
        start = paragraph.start + len(line) - len(line.lstrip())
        if match and (not match.string[match.end() :].strip() or _COLUMN.match(line, match.end())):
            return _entry(layout, "number", start, start + match.end())
    return None


def _signed(layout: Layout, wording: Wording) -> Entry | None:
    """The issuer under the text."""
    for paragraph in reversed(_edges(layout)[1]):
        line = layout.folded[paragraph.start : paragraph.end].strip()
        if line.endswith(wording.issuer_ends) and not re.search(r"[，。;:]", line):
            return _entry(layout, "issuer", paragraph.start, paragraph.end)
    return None


def _printer(layout: Layout) -> Entry | None:
    """The office of the last line of official documents: 某某市人民政府办公室 2022年2月28日印发."""
    for paragraph in reversed(_edges(layout)[1]):
        line = layout.folded[paragraph.start : paragraph.end]
        match = _PRINTED.match(line)
        if match:
            return _entry(
                layout, "printer", paragraph.start + match.start(1), paragraph.start + match.end(1)
            )
    return None


def _addressee(layout: Layout, wording: Wording) -> Entry | None:
    """Whom the report is written to: a line of authorities and a colon, above the text."""
    for paragraph in _edges(layout)[0]:
        line = layout.folded[paragraph.start : paragraph.end].rstrip()
        names = [name.strip() for name in re.split("[、,，]", line.rstrip(":："))]
        if line.endswith((":", "：")) and all(n.endswith(wording.issuer_ends) for n in names):
            return _entry(layout, "addressee", paragraph.start, paragraph.start + len(line) - 1)
    return None


def _written(layout: Layout) -> Entry | None:
    """The date under the text, or on a line of its own under the title."""
    head, tail = _edges(layout)
    for paragraph in (*tail, *head):
        line = layout.folded[paragraph.start : paragraph.end]
        match = _DATE.search(line) or _HAN_DATE.search(line)
        if match and len(line) <= len(match[0]) + 4:
            start = paragraph.start + match.start()
            return _entry(layout, "written", start, paragraph.start + match.end())
    return None


def _published(entries: tuple[Entry, ...]) -> str | None:
    for wanted in ("published", "written"):
        for entry in entries:
            date = _iso(entry.text) if entry.name == wanted else None
            if date:
                return date
    return None


def _iso(text: str) -> str | None:
    match = _DATE.search(text)
    if match:
        year, month, day = (int(group) for group in match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    han = _HAN_DATE.search(text)
    parts = [parse_han(group.replace("○", "〇")) for group in han.groups()] if han else []
    if len(parts) != 3 or any(part is None for part in parts):
        return None
    year, month, day = (int(part or 0) for part in parts)
    return f"{year:04}-{month:02}-{day:02}"


# -- title, place, year --------------------------------------------------------------------------


def _title(layout: Layout, entries: tuple[Entry, ...], wording: Wording) -> Entry:
    """The labelled title, or the first short line that reads like one."""
    for entry in entries:
        if entry.name == "title":
            return entry
    for wanted in (wording.title_words, ("",)):
        for paragraph in _edges(layout)[0]:
            line = layout.folded[paragraph.start : paragraph.end]
            bare = _BRACKET_END.sub("", line.rstrip())
            dated = any(wanted) or _YEAR.search(line) or _HAN_YEAR.search(line)
            if dated and bare.endswith(wording.title_ends) and any(w in line for w in wanted):
                return _entry(layout, "title", paragraph.start, paragraph.end)
    raise ReportError("找不到标题；请在开头补上一行，例如“关于××区2023年法治政府建设情况的报告”")


def _area(layout: Layout, title: str, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> Area:
    """The place that title, issuer, or else the head and the text name most."""
    issuers = [e.text for e in entries if e.name == "issuer"]
    context = layout.text[:400] + layout.text[-200:]
    for text in (title, *issuers, layout.text[:200], *_governments(layout.text)):
        codes = _codes(text, gazetteer)
        if len(codes) > 1:
            codes = _narrowed(codes, context, gazetteer)
        if len(codes) == 1:
            place = gazetteer.places[codes[0]]
            return Area(place.code, place.name, gazetteer.full(place.code))
    raise ReportError(
        "看不出是哪个地方的报告（标题、发布机构、正文都没有明确的地名）；请在标题里写明，例如“××市××区”"
    )


def _governments(text: str) -> Iterator[str]:
    names = re.findall(r"([\u4e00-\u9fff]{2,8}(?:市|区|县|旗|州))(?:人民)?(?:政府|委)", text)
    yield from (name for name, _ in Counter(names).most_common(3))


def _codes(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Codes of the most specific official name in a text, else of a plain short one."""
    plain = "".join(text.split())
    mentions = gazetteer.find(plain)
    for found in (
        [m for m in mentions if m.official],
        [m for m in mentions if not m.official and _stands_alone(plain, m)],
    ):
        counties = [m for m in found if any(gazetteer.places[c].level == "county" for c in m.codes)]
        if found:
            return (counties or found)[0].codes
    return ()


def _stands_alone(text: str, mention: Mention) -> bool:
    """A short name counts where a place can stand (和政 in 和政府 is none)."""
    follows = _PLACE_ENDS.match(text, mention.end)
    return follows is not None and (mention.start == 0 or text[mention.start - 1] in "于：:")


def _narrowed(codes: tuple[str, ...], context: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Of several places with one name, those whose parents the report names."""
    near = {c for m in gazetteer.find(context) for c in m.codes}
    scored = {c: sum(parent in near for parent in gazetteer.lineage(c)) for c in codes}
    best = max(scored.values())
    return tuple(c for c in codes if scored[c] == best) if best else codes


def _year(layout: Layout, title: str) -> int:
    """The year of the title, or of the first line that opens with one."""
    lines = [layout.folded[p.start : p.end][:_LINE_MAX] for p in layout.paragraphs[:_HEAD]]
    for text, is_title in ((title, True), *((line, False) for line in lines)):
        match = _YEAR.search(text)
        if match and (is_title or _opens(text, match)):
            return int(match[1])
        han = _HAN_YEAR.search(text)
        value = parse_han(han[1].replace("○", "〇")) if han else None
        if value is not None:
            return int(value)
    raise ReportError("看不出是哪一年的报告（标题和正文开头都没有年份）；请在标题里写明年份")


def _opens(text: str, match: re.Match[str]) -> bool:
    return match.start() == 0 and "年" in match[0] and not _DATE.match(text)
