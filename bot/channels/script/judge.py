"""What a turn showed against what was wanted: a complaint for each expectation that fails.

An answer has a first figure, which is what was asked, and others that support it. A single `figure`
means the first one; a list means that all of them are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bot.channels.script.model import Record, Seen, Turn, Want
from bot.channels.script.wants import REFUSED, TOLD

_REFUSALS = ("no_data", "out_of_scope")
_DIGIT = re.compile(r"[\d.,％%]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """An expectation that failed."""

    want: Want
    wanted: str
    """The expectation in words."""
    got: str


def judge(turn: Turn, seen: Seen, earlier: Sequence[Seen]) -> tuple[Complaint, ...]:
    """Every expectation of a turn that fails; `earlier`: what the turns before showed."""
    found = []
    for want in turn.wants:
        got = _against(want, seen, earlier)
        if got is not None:
            found.append(Complaint(want, f"{want.key}: {' + '.join(want.values)}", got))
    for want in turn.nots:
        if _holds(want, seen):
            found.append(Complaint(want, f"not {want.key}: {want.values[0]}", _shown(seen)))
    return tuple(found)


def _against(want: Want, seen: Seen, earlier: Sequence[Seen]) -> str | None:
    if want.key == "same_as":
        return _same(earlier[int(want.values[0]) - 1], seen)
    return _JUDGES[want.key](want.values, seen)


def entries(record: Record, key: str) -> list[Record]:
    """The facts or passages of a record."""
    found = record.get(key, [])
    assert isinstance(found, list)
    return found


def _source(entry: Record) -> Record:
    source = entry.get("source", {})
    assert isinstance(source, dict)
    return source


def flat(text: object) -> str:
    """A text as it is compared: half-width, without spaces."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split())


def is_figure(wanted: str, fact: Record) -> bool:
    """True when a fact prints this figure, or one of `a | b`; its unit may be left out."""
    printed, unit = flat(fact["text"]), flat(fact.get("unit", ""))
    return any(printed in (said, said + unit) for said in map(flat, wanted.split("|")))


def _shown(seen: Seen) -> str:
    """What a turn came to, on one line."""
    if seen.silent:
        return "silence"
    facts = [f"{f['text']} {f.get('metric', '')}".strip() for f in entries(seen.record, "facts")]
    if facts:
        more = f" + {len(facts) - 3} more" if len(facts) > 3 else ""
        return "; ".join(facts[:3]) + more
    words = entries(seen.record, "passages")
    if words:
        return f"passage {str(words[0]['text'])[:40]}…"
    return " ".join(str(p) for p in (seen.record.get("status"), seen.record.get("reason")) if p)


def _figure(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    if len(values) == 1:
        return None if facts and is_figure(values[0], facts[0]) else _shown(seen)
    good = all(any(is_figure(v, f) for f in facts) for v in values)
    return None if good else _shown(seen)


def _value(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    got = [Decimal(str(f["value"])) for f in facts]
    wanted = [Decimal(v) for v in values]
    good = got[:1] == wanted if len(wanted) == 1 else all(w in got for w in wanted)
    return None if good else ", ".join(str(g) for g in got[:3]) or _shown(seen)


def _unit(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    if facts and flat(facts[0]["unit"]) == flat(values[0]):
        return None
    return str(facts[0]["unit"]) or "no unit" if facts else _shown(seen)


def _slot(seen: Seen, name: str) -> list[str]:
    understood = seen.record.get("understood", {})
    slot = understood.get(name) if isinstance(understood, dict) else None
    return [str(slot["value"])] if isinstance(slot, dict) and slot.get("value") else []


def _unseen(seen: Seen) -> bool:
    """True where a channel shows the reply only: what was understood is not judged."""
    return "understood" not in seen.record and not seen.silent


def _names(entry: Record) -> list[str]:
    area = entry.get("area")
    full = [str(area["full"])] if isinstance(area, dict) and "full" in area else []
    return [str(entry["jurisdiction"]), *full]


def _places(seen: Seen) -> list[list[str]]:
    facts = entries(seen.record, "facts")
    words = [_source(p) for p in entries(seen.record, "passages")]
    shown = [_names(e) for e in (facts or words) if "jurisdiction" in e]
    return shown or [[name] for name in _slot(seen, "place")]


def _is_place(wanted: str, names: list[str]) -> bool:
    return any(name == wanted or name.endswith(wanted) or _bare(name) == wanted for name in names)


def _bare(name: str) -> str:
    return name[:-1] if len(name) > 2 else name


def _place(values: tuple[str, ...], seen: Seen) -> str | None:
    shown = _places(seen)
    if not shown and _unseen(seen):
        return None
    looked_at = shown[:1] if len(values) == 1 else shown
    if all(any(_is_place(v, names) for names in looked_at) for v in values):
        return None
    return ", ".join(dict.fromkeys(names[0] for names in shown)) or _shown(seen)


def _year(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    words = [_source(p) for p in entries(seen.record, "passages")]
    shown = [str(e["year"]) for e in (facts or words) if "year" in e] or _slot(seen, "year")
    if not shown and _unseen(seen):
        return None
    looked_at = shown[:1] if len(values) == 1 else shown
    if all(v in looked_at for v in values):
        return None
    return ", ".join(dict.fromkeys(shown)) or _shown(seen)


def _file(values: tuple[str, ...], seen: Seen) -> str | None:
    shown = [_source(e) for k in ("facts", "passages") for e in entries(seen.record, k)]
    files = [str(s["file"]) for s in shown if "file" in s]
    if shown and not files:
        return None  # a channel that shows titles only
    for value in values:
        if not any(value in (f, Path(f).name, Path(f).stem) for f in files):
            return ", ".join(dict.fromkeys(Path(f).stem for f in files)) or _shown(seen)
    return None


def _pattern(*keys: str) -> Callable[[tuple[str, ...], Seen], str | None]:
    """A regular expression over texts of what is shown, found in any of them."""

    def search(values: tuple[str, ...], seen: Seen) -> str | None:
        texts = [
            str(entry[field])
            for key, field in (k.split(".") for k in keys)
            for entry in entries(seen.record, key)
            if field in entry
        ]
        if any(re.search(values[0], text) for text in texts):
            return None
        return " / ".join(texts[:3])[:160] or _shown(seen)

    return search


def _metric(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    if facts and re.search(values[0], str(facts[0].get("metric", ""))):
        return None
    return _shown(seen)


def _reply(values: tuple[str, ...], seen: Seen) -> str | None:
    return None if re.search(values[0], seen.text) else seen.text[:160].replace("\n", " / ")


def _status(values: tuple[str, ...], seen: Seen) -> str | None:
    status = str(seen.record.get("status"))
    good = status in values or (REFUSED in values and status in _REFUSALS)
    return None if good and not seen.silent else f"{status}: {_shown(seen)}"


def _reason(values: tuple[str, ...], seen: Seen) -> str | None:
    reason = seen.record.get("reason")
    return None if "reason" not in seen.record or reason in values else str(reason or "no reason")


def _labels(seen: Seen) -> list[str]:
    return [str(o["label"]) for o in entries(seen.record, "options")] or list(seen.buttons)


def _options(values: tuple[str, ...], seen: Seen) -> str | None:
    labels = _labels(seen)
    good = all(any(v in label for label in labels) for v in values)
    return None if good else " | ".join(labels) or "no options"


def _buttons(values: tuple[str, ...], seen: Seen) -> str | None:
    drawn = " | ".join(seen.buttons) or "no buttons"
    if len(values) == 1 and values[0].isdigit():
        return None if len(seen.buttons) == int(values[0]) else f"{len(seen.buttons)}: {drawn}"
    return None if seen.buttons == values else drawn


def _chart(values: tuple[str, ...], seen: Seen) -> str | None:
    return None if seen.chart == (values[0] == "true") else "a chart" if seen.chart else "no chart"


def _silent(values: tuple[str, ...], seen: Seen) -> str | None:
    return None if seen.silent == (values[0] == "true") else _shown(seen)


def _count(values: tuple[str, ...], seen: Seen) -> str | None:
    facts = entries(seen.record, "facts")
    return None if len(facts) == int(values[0]) else f"{len(facts)}: {_shown(seen)}"


def _same(before: Seen, seen: Seen) -> str | None:
    def figures(turn: Seen) -> list[object]:
        return [f.get("id") or f["text"] for f in entries(turn.record, "facts")]

    wanted = figures(before) or [flat(before.text)]
    got = figures(seen) or [flat(seen.text)]
    return None if got == wanted else _shown(seen)


_JUDGES: dict[str, Callable[[tuple[str, ...], Seen], str | None]] = {
    "figure": _figure, "value": _value, "unit": _unit, "place": _place, "year": _year,
    "source": _file, "metric~": _metric, "excerpt~": _pattern("facts.excerpt", "passages.text"),
    "reply~": _reply, "status": _status, "reason": _reason, "options": _options,
    "buttons": _buttons, "chart": _chart, "silent": _silent, "count": _count,
}  # fmt: skip


def _holds(want: Want, seen: Seen) -> bool:
    """Whether something that must not be shown is shown, by any fact."""
    value = want.values[0]
    if want.key == TOLD:
        return _told(value, seen.text)
    if want.key in ("figure", "value", "unit", "metric~"):
        facts = entries(seen.record, "facts")
        alone = [Seen({"facts": [fact]}, seen.text) for fact in facts]
        return any(_JUDGES[want.key]((v,), one) is None for v in want.values for one in alone)
    if want.key == "place":
        return any(_is_place(v, names) for v in want.values for names in _places(seen))
    return any(_JUDGES[want.key]((v,), seen) is None for v in want.values)


def _told(wanted: str, text: str) -> bool:
    """Whether a text is said; a figure counts only where it does not go on: 50 is not in 1500."""
    said, where = flat(wanted), flat(text)
    for match in re.finditer(re.escape(said), where):
        before, after = where[: match.start()][-1:], where[match.end() :][:1]
        glued = _DIGIT.match(said[0]) and _DIGIT.match(before)
        glued = glued or (_DIGIT.match(said[-1]) and _DIGIT.match(after))
        if not glued:
            return True
    return False
