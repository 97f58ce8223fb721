"""What was wanted against what was shown."""

from typing import Any

import pytest

from bot.channels.script.judge import judge
from bot.channels.script.model import Seen, Turn, Want


def fact(text: str = "404 件", **more: Any) -> dict[str, Any]:
    plain = {
        "id": f"f-{text}", "text": text, "value": 404, "unit": "件", "jurisdiction": "海盐县",
        "area": {"full": "浙江省嘉兴市海盐县"}, "year": 2023, "metric": "法律援助受理件数",
        "excerpt": "受理法律援助案件404 件", "source": {"file": "seeds/haiyan-2023.txt"},
    }  # fmt: skip
    return plain | more


OTHER = fact(
    "12件", value=12, jurisdiction="德清县", area={"full": "浙江省湖州市德清县"}, year=2022
)


def seen(*facts: dict[str, Any], status: str = "answered", **more: Any) -> Seen:
    record: dict[str, object] = {
        "status": status, "facts": list(facts), "passages": more.pop("passages", []),
        "reason": more.pop("reason", None), "options": more.pop("options", []),
        "understood": more.pop("understood", {}),
    }  # fmt: skip
    return Seen(record, more.pop("text", "404 件 海盐县"), **more)


def complaints(shown: Seen, *nots: Want, earlier: tuple[Seen, ...] = (), **wants: Any) -> list[str]:
    made = []
    for name, value in wants.items():
        values = tuple(map(str, value)) if isinstance(value, list) else (str(value),)
        made.append(Want(name.replace("_re", "~"), values, 3))
    turn = Turn(2, 2, "say", "x", "user", "private", None, 0, tuple(made), nots)
    return [f"{c.wanted} ← {c.got}" for c in judge(turn, shown, earlier)]


def passes(shown: Seen, *nots: Want, **wants: Any) -> bool:
    return complaints(shown, *nots, **wants) == []


@pytest.mark.parametrize(
    "wants",
    [
        {"figure": "404 件"}, {"figure": "404件"}, {"figure": "404"}, {"figure": "４０４件"},
        {"figure": ["404件", "12件"]}, {"figure": "403件 | 404件"}, {"figure": ["1 | 12", "404"]},
        {"value": "404"}, {"value": "404.0"}, {"value": ["12", "404"]},
        {"unit": "件"}, {"place": "海盐县"}, {"place": "海盐"}, {"place": "嘉兴市海盐县"},
        {"place": ["海盐县", "德清县"]}, {"year": 2023}, {"year": [2022, 2023]},
        {"metric_re": "法律援助.*件数"}, {"excerpt_re": "受理法律援助"}, {"reply_re": "海盐"},
        {"source": "haiyan-2023"}, {"source": "haiyan-2023.txt"},
        {"source": "seeds/haiyan-2023.txt"}, {"status": "answered"},
        {"status": ["clarify", "answered"]}, {"count": 2}, {"chart": "false"}, {"silent": "false"},
        {"buttons": 0},
    ],
    ids=str,
)  # fmt: skip
def test_what_holds(wants: dict[str, Any]) -> None:
    assert passes(seen(fact(), OTHER), **wants)


@pytest.mark.parametrize(
    ("wants", "got"),
    [
        ({"figure": "40"}, "404 件"),
        ({"figure": "4"}, "404 件"),
        ({"figure": "404万"}, "404 件"),
        ({"figure": "12件 | 13件"}, "404 件"),
        ({"figure": "12件"}, "404 件"),
        ({"figure": ["404件", "13件"]}, "12件"),
        ({"value": "12"}, "404"),
        ({"value": ["404", "13"]}, "404, 12"),
        ({"unit": "起"}, "件"),
        ({"place": "德清县"}, "海盐县"),
        ({"place": "盐县人"}, "海盐县"),
        ({"place": ["海盐县", "长兴县"]}, "海盐县, 德清县"),
        ({"year": 2022}, "2023"),
        ({"metric_re": "复议"}, "法律援助"),
        ({"excerpt_re": "复议"}, "受理法律援助案件404 件"),
        ({"reply_re": "德清"}, "404 件 海盐县"),
        ({"source": "deqing-2022"}, "haiyan-2023"),
        ({"status": "no_data"}, "answered"),
        ({"status": "refused"}, "answered"),
        ({"count": 1}, "2: 404 件"),
        ({"chart": "true"}, "no chart"),
        ({"silent": "true"}, "404 件"),
        ({"buttons": 1}, "0: no buttons"),
        ({"options": "海盐"}, "no options"),
    ],
    ids=str,
)
def test_what_does_not(wants: dict[str, Any], got: str) -> None:
    [complaint] = complaints(seen(fact(), OTHER), **wants)
    assert got in complaint.partition(" ← ")[2]


def test_a_refusal() -> None:
    shown = seen(
        status="no_data", reason="not_reported",
        understood={"place": {"value": "海盐县"}, "year": {"value": "2023"}},
    )  # fmt: skip
    assert passes(shown, status="refused", reason="not_reported", place="海盐县", year=2023)
    assert complaints(shown, figure="404件", value=404, unit="件", reason="unknown_place") == [
        "figure: 404件 ← no_data not_reported",
        "value: 404 ← no_data not_reported",
        "unit: 件 ← no_data not_reported",
        "reason: unknown_place ← not_reported",
    ]
    assert complaints(seen(status="out_of_scope"), status="no_data", year=2020) == [
        "status: no_data ← out_of_scope: out_of_scope",
        "year: 2020 ← out_of_scope",
    ]


def test_options_and_buttons() -> None:
    options = [{"label": "海盐县 2023年", "say": "x"}, {"label": "德清县 2023年", "say": "y"}]
    drawn = ("海盐县 2023年", "德清县 2023年")
    shown = seen(status="clarify", options=options, buttons=drawn)
    assert passes(shown, options=["德清", "海盐"], buttons=2)
    assert passes(shown, buttons=["海盐县 2023年", "德清县 2023年"])
    assert complaints(shown, options=["长兴"]) == ["options: 长兴 ← 海盐县 2023年 | 德清县 2023年"]
    assert complaints(shown, buttons=["德清县 2023年", "海盐县 2023年"])


def test_passages() -> None:
    words = {
        "text": "执法力量不足。",
        "source": {"file": "a.txt", "jurisdiction": "海盐县", "year": 2023},
    }
    shown = seen(passages=[words])
    assert passes(shown, place="海盐", year=2023, source="a", excerpt_re="力量不足")
    assert complaints(shown, figure="1") == ["figure: 1 ← passage 执法力量不足。…"]


def test_what_a_channel_cannot_see_is_not_judged() -> None:
    bare = {"text": "404件", "value": 404, "unit": "件", "source": {"title": "报告"}}
    shown = Seen({"status": "answered", "facts": [bare]}, "404件")
    assert passes(shown, figure="404件", source="haiyan-2023", reason="not_reported")
    assert passes(shown, place="海盐县", year=2023)


def test_same_as() -> None:
    before, other = seen(fact()), seen(OTHER)
    assert not complaints(seen(fact()), earlier=(before,), same_as=1)
    assert complaints(seen(fact()), earlier=(other,), same_as=1)
    refused = seen(status="no_data", text="没有")
    assert not complaints(refused, earlier=(refused,), same_as=1)
    assert complaints(refused, earlier=(before,), same_as=1)


def not_(key: str, *values: str) -> Want:
    return Want(key, values, 4)


@pytest.mark.parametrize(
    ("want", "holds"),
    [
        (not_("figure", "12件"), True),
        (not_("figure", "1"), False),
        (not_("figure", "13", "12件"), True),
        (not_("value", "12"), True),
        (not_("unit", "起"), False),
        (not_("metric~", "援助"), True),
        (not_("place", "德清县"), True),
        (not_("place", "长兴县"), False),
        (not_("reply~", "海盐"), True),
        (not_("excerpt~", "复议"), False),
        (not_("year", "2023"), True),
        (not_("reason", "not_reported"), False),
        (not_("told", "海盐县"), True),
        (not_("told", "404件"), True),
        (not_("told", "404"), True),
        (not_("told", "40"), False),
        (not_("told", "04"), False),
    ],
    ids=str,
)
def test_not(want: Want, holds: bool) -> None:
    assert passes(seen(fact(), OTHER), want) is not holds


def test_silence() -> None:
    shown = Seen({"status": "silent"}, "", silent=True)
    assert passes(shown, silent="true")
    assert complaints(shown, status="answered", figure="1") == [
        "status: answered ← silent: silence",
        "figure: 1 ← silence",
    ]


def test_many_facts_are_summed_up() -> None:
    [complaint] = complaints(seen(*[fact()] * 5), figure="1")
    assert complaint.endswith("+ 2 more")
