"""Aliases: an overlay of words for measures, checked like the language itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from talk import say

from bot.knowledge import Knowledge, Tongue, speaking
from intents.aliases import parse_aliases, with_aliases
from intents.errors import DataFileError

FILE = Path("aliases.yaml")
ASKED = "余姚市2023年摆茶摊的有多少件"
OVERLAY = "摆茶摊的:\n  measure: reconsideration.received\n"


def refusal(text: str, tongue: Tongue) -> str:
    with pytest.raises(DataFileError) as caught:
        speaking(tongue, text, FILE)
    return str(caught.value)


def test_an_alias_asks_for_its_measure(small: Knowledge, tongue: Tongue) -> None:
    assert say(small, ASKED).figures == []
    taught = replace(small, tongue=speaking(tongue, OVERLAY, FILE))
    assert say(taught, ASKED).figures == ["215件"]
    assert say(taught, "德清县摆茶摊的多少").figures == ["97件"]
    assert say(taught, "余姚市2023年行政复议审结多少件").figures == ["198件"]


def test_the_shipped_language_stays_as_it_is(tongue: Tongue) -> None:
    words = dict(tongue.vocabulary.words)
    assert speaking(tongue, OVERLAY, FILE).vocabulary is not tongue.vocabulary
    assert tongue.vocabulary.words == words
    assert speaking(tongue, "# nothing yet\n", FILE) is tongue


def test_every_measure_can_be_called_otherwise(tongue: Tongue) -> None:
    """The words of an alias say its measure, whatever the measure is."""
    measures = list(tongue.catalog.measures.values())
    overlay = "".join(f"凉拌{n}折耳根:\n  measure: {m.id}\n" for n, m in enumerate(measures))
    aliases = parse_aliases(overlay, FILE)
    vocabulary, catalog = with_aliases(tongue.vocabulary, tongue.catalog, aliases)
    for number, measure in enumerate(measures):
        entry = vocabulary.words[f"凉拌{number}折耳根"]
        assert measure.fits(entry.concepts, vocabulary), measure.id
        assert catalog.named(f"石桥区凉拌{number}折耳根有多少") is measure


def test_a_word_that_means_something_else_is_refused_with_both_places(tongue: Tongue) -> None:
    told = refusal("# by hand\n民告官:\n  measure: reconsideration.received\n", tongue)
    assert told.startswith("aliases.yaml:3: '民告官' already means something else in disputes")
    assert told.split(":")[-1].isdigit()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("摆茶摊的:\n  measure: nothing.there\n", "aliases.yaml:2: unknown measure"),
        ("摆茶摊的:\n  measures: a.b\n", "unknown key 'measures'"),
        ("摆茶摊的: 复议\n", "expected a mapping"),
        ("摆:\n  measure: reconsideration.received\n", "2 to 20 letters"),
        ("'2023':\n  measure: reconsideration.received\n", "2 to 20 letters"),
        (f"{'摆' * 21}:\n  measure: reconsideration.received\n", "2 to 20 letters"),
        (f"{OVERLAY}擺茶攤的:\n  measure: reconsideration.upheld\n", "already given in line 2"),
        (f"{OVERLAY}{OVERLAY}", "duplicate key"),
        ("- 摆茶摊的\n", "expected a mapping"),
        ("a: [\n", "not valid YAML"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(text: str, why: str, tongue: Tongue) -> None:
    told = refusal(text, tongue)
    assert why in told
    assert told.startswith("aliases.yaml:")
