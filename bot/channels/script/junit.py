"""A result as JUnit XML, as continuous integration reads it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from bot.channels.script.play import Played, Result
from bot.channels.script.told import told

_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(result: Result) -> str:
    """The XML text: one suite for dialogues, one for refusals, one for files that are broken."""
    root = ElementTree.Element("testsuites", name="fazhibot play")
    for name, refusal in (("dialogues", False), ("refusals", True)):
        _suite(root, name, [p for p in result.played if p.script.refusal is refusal])
    broken = ElementTree.SubElement(
        root, "testsuite", name="files", tests=str(len(result.faults)),
        errors=str(len(result.faults)), failures="0", skipped="0",
    )  # fmt: skip
    for fault in result.faults:
        name = f"line {fault.line or 1}"
        case = ElementTree.SubElement(broken, "testcase", classname=str(fault.path), name=name)
        ElementTree.SubElement(case, "error", message=_clean(str(fault)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def write_junit(result: Result, path: Path) -> None:
    """Write the XML file."""
    path.write_text(junit(result), encoding="utf-8")


def _suite(root: ElementTree.Element, name: str, played: list[Played]) -> None:
    skipped = sum(bool(p.skipped) or (p.ok and p.known) for p in played)
    suite = ElementTree.SubElement(
        root, "testsuite", name=name, tests=str(len(played)), errors="0",
        failures=str(sum(not p.ok for p in played)), skipped=str(skipped),
    )  # fmt: skip
    for one in played:
        _case(suite, one)


def _case(suite: ElementTree.Element, played: Played) -> None:
    script = played.script
    case = ElementTree.SubElement(
        suite, "testcase", classname=script.path.as_posix(), name=_clean(script.name),
        file=script.path.as_posix(), line=str(script.line), time=f"{played.seconds:.4f}",
    )  # fmt: skip
    if played.skipped:
        ElementTree.SubElement(case, "skipped", message=_clean(played.skipped))
    elif not played.ok:
        lines = [_clean(line) for line in told(played)]
        ElementTree.SubElement(case, "failure", message=lines[0]).text = "\n".join(lines)
    elif played.known:
        ElementTree.SubElement(case, "skipped", message=f"known failure: {_clean(played.reason)}")


def _clean(text: str) -> str:
    """Without the characters that XML forbids, which hostile questions may hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
