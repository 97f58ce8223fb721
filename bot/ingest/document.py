"""What a report says of itself: title, place, year, number, issuer, signatory, dates."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import ReportError
from bot.facts.model import Area, Entry
from bot.ingest.layout import Layout, Paragraph
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer
from intents.numerals import parse_han

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[【(]\s*\d{4}\s*[〕\]】)]\s*第?\s*\d+\s*号")
_DATE = re.compile(r"((?:19|20)\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_HAN_DATE = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?(?:度)?")
_HAN_YEAR = re.compile(r"([一二][〇○零一二三四五六七八九]{3})年")
_LABEL = re.compile(r"^[\s\-*·•|【\[]*([^:：|】]{2,9}?)\s*[】\]]?\s*[:：|]\s*(.+)$")
_HEAD = 25
_TAIL = 8
_TITLE_MAX = 80


@dataclass(frozen=True, slots=True)
class Head:
    """A report's own particulars."""

    title: str
    area: Area
    year: int
    published: str | None
    entries: tuple[Entry, ...]


def read_head(layout: Layout, gazetteer: Gazetteer, wording: Wording) -> Head:
    """Read the particulars; ReportError when place or year cannot be told."""
    entries = _entries(layout, wording)
    title = _title(layout, entries, wording)
    entries = (*entries, Entry("title", title.text, title.start, title.end))
    area = _area(layout, title.text, entries, gazetteer)
    year = _year(layout, title.text)
    return Head(_one_line(title.text), area, year, _published(entries), entries)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", "", text) if len(text) > 1 else text


def _labelled(layout: Layout, wording: Wording) -> Iterator[tuple[str, int, int]]:
    """Metadata lines `label: value` of the head, as (name, start, end) of the value."""
    names = {"".join(label.split()): n for n, labels in wording.fields.items() for label in labels}
    for paragraph in layout.paragraphs[:_HEAD]:
        line = layout.folded[paragraph.start : paragraph.end]
        match = _LABEL.match(line)
        name = names.get("".join(match[1].split())) if match else None
        if match and name:
            yield name, paragraph.start + match.start(2), paragraph.start + match.end(2)


def _entries(layout: Layout, wording: Wording) -> tuple[Entry, ...]:
    found = {n: _entry(layout, n, start, end) for n, start, end in _labelled(layout, wording)}
    unlabelled = (_plain_number(layout), _signed(layout, wording), _written(layout))
    for entry in unlabelled:
        if entry is not None:
            found.setdefault(entry.name, entry)
    return tuple(found.values())


def _entry(layout: Layout, name: str, start: int, end: int) -> Entry:
    return Entry(name, layout.text[start:end], *layout.raw_span(start, end))


def _edges(layout: Layout) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    head = tuple(p for p in layout.paragraphs[:_HEAD] if p.end - p.start <= _TITLE_MAX)
    tail = tuple(p for p in layout.paragraphs[-_TAIL:] if p.end - p.start <= _TITLE_MAX)
    return head, tail


def _plain_number(layout: Layout) -> Entry | None:
    """A document number that is a line of its own."""
    for paragraph in _edges(layout)[0]:
        match = _NUMBER.fullmatch(layout.folded[paragraph.start : paragraph.end].strip())
        if match:
            return _entry(layout, "number", paragraph.start, paragraph.end)
    return None


def _signed(layout: Layout, wording: Wording) -> Entry | None:
    """The issuer under the text."""
    for paragraph in reversed(_edges(layout)[1]):
        line = layout.text[paragraph.start : paragraph.end].strip()
        if line.endswith(wording.issuer_ends) and not re.search(r"[，。；：]", line):
            return _entry(layout, "issuer", paragraph.start, paragraph.end)
    return None


def _written(layout: Layout) -> Entry | None:
    """The date under the text."""
    for paragraph in _edges(layout)[1]:
        line = layout.folded[paragraph.start : paragraph.end]
        match = _DATE.search(line) or _HAN_DATE.search(line)
        if match and len(line) <= len(match[0]) + 4:
            start = paragraph.start + match.start()
            return _entry(layout, "written", start, paragraph.start + match.end())
    return None


def _title(layout: Layout, entries: tuple[Entry, ...], wording: Wording) -> Entry:
    """The labelled title, or the first short line that reads like one."""
    for entry in entries:
        if entry.name == "title":
            return entry
    for paragraph in _edges(layout)[0]:
        line = layout.text[paragraph.start : paragraph.end]
        bare = re.sub(r"[（(][^（()）]*[）)]\s*$", "", line)
        if any(w in line for w in wording.title_words) and bare.endswith(wording.title_ends):
            return _entry(layout, "title", paragraph.start, paragraph.end)
    raise ReportError("找不到标题（应有一行像“关于××区2023年法治政府建设情况的报告”）")


def _area(layout: Layout, title: str, entries: tuple[Entry, ...], gazetteer: Gazetteer) -> Area:
    """The place that title, issuer, or else the head and the text name most."""
    named = [e.text for e in entries if e.name in ("issuer", "number")]
    context = layout.text[:400] + layout.text[-200:]
    for text in (title, *named, layout.text[:200], *_governments(layout.text)):
        codes = _codes(text, gazetteer)
        if len(codes) > 1:
            codes = _narrowed(codes, context, gazetteer)
        if len(codes) == 1:
            place = gazetteer.places[codes[0]]
            return Area(place.code, place.name, gazetteer.full(place.code))
    raise ReportError("看不出是哪个地方的报告（标题、发布机构、正文都没有明确的地名）")


def _governments(text: str) -> Iterator[str]:
    names = re.findall(r"([\u4e00-\u9fff]{2,8}(?:市|区|县|旗|州))(?:人民)?(?:政府|委)", text)
    yield from (name for name, _ in Counter(names).most_common(3))


def _codes(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Codes of the most specific official name in a text, else of a short one."""
    mentions = gazetteer.find("".join(text.split()))
    for official in (True, False):
        found = [m for m in mentions if m.official is official]
        counties = [m for m in found if any(gazetteer.places[c].level == "county" for c in m.codes)]
        if counties or found:
            return (counties or found)[0].codes
    return ()


def _narrowed(codes: tuple[str, ...], context: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """Of several places with one name, those whose parents the report names."""
    near = {c for m in gazetteer.find(context) for c in m.codes}
    scored = {c: sum(parent in near for parent in gazetteer.lineage(c)) for c in codes}
    best = max(scored.values())
    return tuple(c for c in codes if scored[c] == best) if best else codes


def _year(layout: Layout, title: str) -> int:
    """The year of the title, or of the first sentence that opens with one."""
    for text in (title, *(layout.folded[p.start : p.end] for p in layout.paragraphs[:_HEAD])):
        match = _YEAR.search(text)
        if match and (text is title or _opens(text, match)):
            return int(match[1])
        han = _HAN_YEAR.search(text)
        value = parse_han(han[1].replace("○", "〇")) if han else None
        if value is not None:
            return int(value)
    raise ReportError("看不出是哪一年的报告（标题和正文开头都没有年份）")


def _opens(text: str, match: re.Match[str]) -> bool:
    return match.start() == 0 and "年" in match[0] and not _DATE.match(text)


def _published(entries: tuple[Entry, ...]) -> str | None:
    for wanted in ("published", "written"):
        for entry in entries:
            match = _DATE.search(entry.text) if entry.name == wanted else None
            if match:
                year, month, day = (int(g) for g in match.groups())
                return f"{year:04}-{month:02}-{day:02}"
    return None
