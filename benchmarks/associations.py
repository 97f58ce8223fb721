"""`python -m benchmarks.associations`: learn intents/associations.tsv from the labelled questions.

Each question for one figure says which words and characters people use for what it counts; every
other question says how usual they are. A clue is kept for a measure where it is met `_OFTEN` times
at all and twice with that measure, and is more usual there than elsewhere by `_LEAST` bits.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from math import log2
from pathlib import Path

import click

from benchmarks.questions import OWN, Questions, first_turns
from benchmarks.trust import TODAY, wanted_of
from bot.app import build_base
from bot.knowledge import Knowledge, load_knowledge, load_tongue
from bot.settings import load_settings
from intents.associations import ASSOCIATIONS_FILE, clues_said
from intents.models import counted_as
from intents.text import is_han, pairs
from intents.vocabulary import WordKind

_OFTEN = 5
"""Questions in which a clue must be met."""
_ASKED = 6
"""Questions that must ask for a measure."""
_TWICE = 2
_SMOOTHING = 2.0
"""Questions of each measure that are taken to have said what is usual (Lidstone)."""
_LEAST, _MOST = 0.8, 5.0
"""Bits."""
HELD_OUT = (
    "citizens-8", "citizens-17", "citizens-149", "citizens-151", "citizens-157",
    "citizens-158", "citizens-159",
    "dialogues-15", "dialogues-147", "dialogues-149", "dialogues-156", "dialogues-157",
    "dialogues-158",
)  # fmt: skip
"""Sets that nothing is learnt from: they tell what it is worth."""
_HEADER = "# Learnt by `python -m benchmarks.associations`; not to be edited by hand.\n"

Example = tuple[frozenset[str], frozenset[str]]
"""The clues of a question, and the measures that it asks for: none, one, or one of several."""


def examples(knowledge: Knowledge, questions: Questions) -> Iterator[Example]:
    """What each labelled question says and asks for."""
    general = _generality(knowledge)
    of = {
        c.id: counted_as(c.profile)
        for code, years in knowledge.years.items()
        for year in years
        for c in knowledge.base.candidates(code, year)
    }
    for label in questions.labels:
        question = knowledge.reader.read(label.turns[0], TODAY)
        clues = frozenset(c for f in question.frames for c in clues_said(f) if general(c))
        one = label.expected[0].kind == "figure" and "answered" in label.expected[0].statuses
        wanted = wanted_of(label, questions, knowledge) if one else {}
        yield clues, frozenset(of[id_] for id_ in wanted if of.get(id_))


def _generality(knowledge: Knowledge) -> Callable[[str], bool]:
    """Whether a clue may be met in any report: it is no place, nor a piece of a proper name."""
    named = (c.names for code, years in knowledge.years.items() for year in years
             for c in knowledge.base.candidates(code, year))  # fmt: skip
    own = frozenset().union(*(pairs(name) for names in named for name in names))
    places, vocabulary = knowledge.tongue.gazetteer.names, knowledge.tongue.vocabulary
    concepts = vocabulary.concepts
    usual = {c for word, e in vocabulary.words.items() if e.kind is WordKind.CONCEPT for c in word}
    of_places = set("".join(knowledge.names.values())) - usual  # 姚 is said of nothing else

    def general(clue: str) -> bool:
        if clue in concepts or clue.isascii():
            return True
        other = clue not in own and clue not in places and of_places.isdisjoint(clue)
        return is_han(clue) and other

    return general


def learnt(read: Iterable[Example]) -> dict[tuple[str, str], float]:
    """Bits by clue and measure."""
    questions, usual, asked = 0, Counter[str](), Counter[str]()
    together: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for clues, measures in read:
        questions += 1
        usual.update(clues)
        for measure in measures:
            asked[measure] += 1
            together[measure].update(clues)
    bits: dict[tuple[str, str], float] = {}
    for measure, said in together.items():
        for clue, times in said.items():
            if asked[measure] < _ASKED or usual[clue] < _OFTEN or times < _TWICE:
                continue
            share = usual[clue] / questions
            here = (times + _SMOOTHING * share) / (asked[measure] + _SMOOTHING)
            if (gain := log2(here / share)) >= _LEAST:
                bits[clue, measure] = min(gain, _MOST)
    return bits


def written(bits: dict[tuple[str, str], float]) -> str:
    """The lines of the table, in order of the clues."""
    rows = sorted(bits.items())
    return _HEADER + "".join(f"{clue}\t{measure}\t{gain:.1f}\n" for (clue, measure), gain in rows)


def _files(left_out: frozenset[str]) -> list[Path]:
    named = [*OWN.glob("*.jsonl"), *OWN.glob("every/*.jsonl")]
    return sorted(file for file in named if file.stem not in left_out)


@click.command()
@click.option(
    "--without", multiple=True, default=HELD_OUT, help="A set that nothing is learnt from."
)
@click.option("--to", default=ASSOCIATIONS_FILE, type=click.Path(dir_okay=False, path_type=Path))
def main(without: tuple[str, ...], to: Path) -> None:
    """Write the table that all labelled questions teach."""
    with tempfile.TemporaryDirectory(prefix="fazhibot-learn-") as folder:
        settings = replace(load_settings(), data_dir=Path(folder))
        tongue = load_tongue()
        build_base(settings, tongue)
        knowledge = load_knowledge(settings.bases, tongue)
        sets = [first_turns(file, knowledge.base) for file in _files(frozenset(without))]
        bits = learnt(example for one in sets for example in examples(knowledge, one))
        knowledge.base.close()
    to.write_text(written(bits), encoding="utf-8")
    clues, measures = len({c for c, _ in bits}), len({m for _, m in bits})
    sys.stdout.write(f"{len(bits)} associations of {clues} clues with {measures} measures\n")


if __name__ == "__main__":
    main()
