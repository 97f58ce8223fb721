"""Small invented reports, extracted as real ones are."""

from pathlib import Path

from bot.facts.model import Fact
from bot.ingest.extract import Extraction, Language, extract
from bot.ingest.reading import Document
from bot.ingest.wording import load_wording
from intents.gazetteer import load_gazetteer
from intents.quantities import load_grammar

ROOT = Path(__file__).parents[1]
LANGUAGE = Language(load_grammar(), load_wording(), load_gazetteer(ROOT / "config" / "places.csv"))
TITLE = "海盐县2023年法治政府建设情况的报告"
WORK = "一、主要工作情况"


def document(text: str) -> Document:
    """A report that lies nowhere."""
    return Document(Path("invented.txt"), "invented.txt", "0" * 64, "utf-8", text)


def extracted(text: str) -> Extraction:
    """A whole report."""
    return extract(document(text), LANGUAGE)


def facts(body: str, heading: str = "", title: str = TITLE) -> tuple[Fact, ...]:
    """The facts of a few sentences in the work section of a report."""
    below = f"（一）{heading}\n" if heading else ""
    return extracted(f"{title}\n{WORK}\n{below}{body}\n").facts


def metrics(body: str, heading: str = "") -> list[str]:
    """What the figures of a few sentences are called."""
    return [fact.metric for fact in facts(body, heading)]
