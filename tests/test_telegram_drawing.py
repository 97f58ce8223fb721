"""Charts: which answers have one, how it is drawn, and what happens without a font."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from fake_bot_api import FakeBotApi, broken
from talk import say
from voice import Voice

from bot.app.charting import chart_of
from bot.channels.telegram import Command, Service, Setup
from bot.channels.telegram.drawing import Drawing, find_font
from bot.channels.telegram.picturing import caption
from bot.knowledge import Knowledge
from bot.messages import Bar, Chart, Message, Reply, text_reply

LATIN = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
PLACES = Chart(
    "Applications",
    (Bar("Lucheng 2022", Decimal(341), "341"), Bar("Licheng 2022", Decimal(27), "27")),
)
YEARS = Chart(
    "Yuyao", (Bar("2022", Decimal(180), "180+"), Bar("2023", Decimal(215), "215")), over_years=True
)


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    drawing = Drawing(LATIN)
    yield drawing
    drawing.close()


@asynccontextmanager
async def serving(voice: Voice, folder: Path, **more: Any) -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        setup = Setup(api.token, api.root, folder, **({"charts": True} | more))
        async with Service(setup, voice, (Command("start"),)):
            yield api


def charted(message: Message) -> Reply:
    reply = text_reply(message.text)
    return Reply(reply.lines, chart=YEARS if message.text == "years" else PLACES)


@pytest.mark.parametrize("chart", [PLACES, YEARS], ids=["places", "years"])
async def test_a_chart_is_a_png_and_is_drawn_once(drawing: Drawing, chart: Chart) -> None:
    png = await drawing.draw(chart)
    assert png is not None
    assert png.startswith(b"\x89PNG")
    assert 5_000 < len(png) < 200_000
    assert await drawing.draw(chart) is png


async def test_what_cannot_be_drawn_is_left_out(tmp_path: Path) -> None:
    broken_font = tmp_path / "font.ttf"
    broken_font.write_bytes(b"no font")
    drawing = Drawing(broken_font)
    assert await drawing.draw(PLACES) is None
    drawing.close()


def test_the_caption_gives_each_figure_with_place_and_year() -> None:
    assert caption(PLACES).plain == "Applications\nLucheng 2022　341\nLicheng 2022　27"


async def test_a_comparison_is_followed_by_its_picture(tmp_path: Path) -> None:
    async with serving(Voice(charted), tmp_path, chart_font=str(LATIN)) as api:
        api.user_says("places")
        text = await api.next_message()
        picture = await api.next_message(within=20)
    assert (text.photo, text.plain_text) == (None, "places")
    assert picture.photo is not None
    assert picture.plain_text == caption(PLACES).plain
    assert picture.styled("bold") == ["341", "27"]


async def test_an_edited_question_changes_its_picture(tmp_path: Path) -> None:
    async with serving(Voice(charted), tmp_path, chart_font=str(LATIN)) as api:
        update = api.user_says("places")
        await api.next_message()
        first = await api.next_message(within=20)
        api.user_edits("years", update)
        assert (await api.next_edit())["text"] == "years"
        second = await api.next_message(within=20)
        assert second.plain_text == caption(YEARS).plain
        assert (first.chat_id, first.message_id) not in api.chats.messages


async def test_a_picture_that_cannot_be_sent_repeats_no_answer(tmp_path: Path) -> None:
    async with serving(Voice(charted), tmp_path, chart_font=str(LATIN)) as api:
        api.fail("sendPhoto", broken(400))
        api.user_says("places")
        api.user_says("years")
        texts = [(await api.next_message(within=20)).plain_text for _ in range(3)]
    assert texts == ["places", "years", caption(YEARS).plain]


async def test_without_a_font_the_text_goes_alone_and_that_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Voice(charted), tmp_path, chart_font=str(tmp_path / "none.ttf")) as api:
        for text in ("places", "years"):
            api.user_says(text)
            assert (await api.next_message()).plain_text == text
        assert api.unread() == 0
    said = [r for r in caplog.records if r.levelno == logging.WARNING and "font" in r.getMessage()]
    assert len(said) == 1


def test_a_font_is_looked_for() -> None:
    found = find_font()
    assert found is None or found.is_file()
    assert find_font(str(LATIN)) == LATIN


# -- which answers have one --------------------------------------------------------------------


def test_places_side_by_side(knowledge: Knowledge) -> None:
    chart = chart_of(say(knowledge, "哪里行政复议收案最多").answer)
    assert chart is not None
    assert not chart.over_years
    assert all(bar.label.split()[-1].isdigit() for bar in chart.bars)
    values = [bar.value for bar in chart.bars]
    assert values == sorted(values, reverse=True)


def test_years_of_one_place(small: Knowledge) -> None:
    chart = chart_of(say(small, "余姚市2022年和2023年行政复议收到多少件").answer)
    assert chart is not None
    assert chart.over_years
    assert [bar.label for bar in chart.bars] == ["2022", "2023"]


@pytest.mark.parametrize("text", ["鲤城区2022年收到多少件行政复议申请", "今天天气怎么样"])
def test_one_figure_or_none_has_no_chart(knowledge: Knowledge, text: str) -> None:
    assert chart_of(say(knowledge, text).answer) is None


def test_figures_of_different_measures_have_no_chart(knowledge: Knowledge) -> None:
    assert chart_of(say(knowledge, "晋江2021年复议收了多少件，办完了多少件").answer) is None
