"""How a reply is written and cut: valid, within the limits, no figure halved."""

import random
import re

import pytest
from fake_bot_html import parse

from bot.channels.telegram.html import MAX_ENTITIES, MAX_TEXT, fit, shorten, to_html
from bot.messages import Line, Reply, Run, Style, text_reply


def quote(text: str) -> Line:
    return (Run(text, Style.QUOTE),)


def plain(lines: tuple[Line, ...]) -> str:
    return Reply(lines).plain


def test_html() -> None:
    reply = Reply(
        (
            (Run("3<3", Style.STRONG), Run(" & "), Run("", Style.STRONG)),
            (),
            (Run('"引文"', Style.QUOTE),),
        )
    )
    expected = '<b>3&lt;3</b> &amp; \n\n<blockquote expandable>"引文"</blockquote>'
    assert to_html(reply) == expected


def test_formatting_stops_where_telegram_would_drop_it() -> None:
    runs = tuple(Run(text, style) for text in "一二" * 60 for style in (Style.STRONG, Style.PLAIN))
    html = to_html(Reply((runs,)))
    assert html.count("<b>") == html.count("</b>") == MAX_ENTITIES
    assert parse(html)[0] == Reply((runs,)).plain


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("一句。两句。", 6, "一句。两句。"),
        ("一句。两句。", 5, "一句。…"),
        ("一句。两句。", 4, "一句。…"),
        ("一句。两句。", 3, "一句…"),
        ("他说：“好。”走了很远", 9, "他说：“好。”…"),
        ("第一行\n第二行第三行", 8, "第一行…"),
        ("办结案件，其中调解成功的", 8, "办结案件，…"),
        ("全市共办结案件1524万余件", 13, "全市共办结案件…"),
        ("全市共办结案件１５２４件", 10, "全市共办结案件…"),
        ("全市共办结1,524件", 9, "全市共办结…"),
        ("一千五百二十四万", 5, "…"),
        ("很长", 1, "…"),
        ("很长", 0, ""),
        ("很长", -1, ""),
    ],
)
def test_shorten(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


def test_what_fits_is_left_alone() -> None:
    reply = text_reply("字" * 4095 + "\n")
    assert fit(reply.lines) is reply.lines


def test_only_the_longest_quotes_are_shortened() -> None:
    lines = (*text_reply("答案").lines, quote("短。"), quote("长句。" * 9), quote("长句。" * 8))
    half = "长句。" * 5 + "…"
    assert plain(fit(lines, 40)) == f"答案\n短。\n{half}\n{half}"


def test_quotes_without_room_go_with_their_lines() -> None:
    lines = (*text_reply("十个字的答案在这里了\n\n末").lines, quote("引文。"))
    assert plain(fit(lines, 14)) == "十个字的答案在这里了\n\n末"


def test_when_the_rest_is_too_long_its_end_goes() -> None:
    lines = (
        (Run("石狮"), Run("1524", Style.STRONG), Run("万件")),
        quote("引。"),
        (Run("晋江9件"),),
    )
    assert plain(fit(lines, 13)) == "石狮1524万件\n晋江9件"
    assert plain(fit(lines, 12)) == "石狮1524万件\n晋江…"
    assert plain(fit(lines, 10)) == "石狮1524万件\n…"
    assert plain(fit(lines, 9)) == "石狮1524万件…"
    assert plain(fit(lines, 8)) == "石狮…"
    assert plain(fit(lines, 1)) == "…"


def test_a_long_list_without_quotes_loses_its_end() -> None:
    lines = fit(text_reply("\n".join(f"第{i}镇：{i * 1000}件" for i in range(1, 500))).lines)
    assert 4080 < len(plain(lines)) <= MAX_TEXT
    assert plain(lines).startswith("第1镇：1000件\n第2镇：2000件\n")
    assert plain(lines[-1:]).endswith("…")


@pytest.mark.parametrize("seed", range(200))
def test_any_reply_fits_and_no_figure_is_halved(seed: int) -> None:
    dice = random.Random(seed)
    parts = (
        "办结1524万余件",
        "，",
        "。",
        "增长12.5%",
        "<b>",
        "&",
        "😀",
        "三百二十一件",
        "；",
        "其中",
        "\n",
    )
    lines = tuple(
        tuple(
            Run("".join(dice.choices(parts, k=dice.randrange(300))), dice.choice(list(Style)))
            for _ in range(dice.randrange(3))
        )
        for _ in range(dice.randrange(1, 20))
    )
    text, entities = parse(to_html(Reply(lines)))
    assert len(text) <= MAX_TEXT
    assert len(entities) <= MAX_ENTITIES
    said = set(re.findall(r"[0-9.三百二十一万余%]+", Reply(lines).plain))
    assert set(re.findall(r"[0-9.三百二十一万余%]+", text)) <= said
