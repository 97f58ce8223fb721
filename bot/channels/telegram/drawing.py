"""Charts as PNG. The plotting library is loaded with the first one, and works in a thread."""

from __future__ import annotations

import asyncio
import io
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bot.channels.telegram.log import kind
from bot.messages import Bar, Chart

_LOG = logging.getLogger(__name__)
_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
_FONTS = (
    "wqy-zenhei.ttc", "NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "wqy-microhei.ttc",
    "SourceHanSansSC-Regular.otf", "SourceHanSansCN-Regular.otf", "DroidSansFallbackFull.ttf",
)  # fmt: skip
"""Files of fonts with Chinese characters, best first."""
_BLUE, _GREY = "#2b6cb0", "#4a5568"
_KEPT = 64


def find_font(given: str = "") -> Path | None:
    """The font that is given, else one of the machine's with Chinese characters; None for none."""
    if given:
        path = Path(given).expanduser()
        return path if path.is_file() else None
    found = {
        p.name: p for folder in _FOLDERS if folder.is_dir() for p in folder.rglob("*.[to]t[cf]")
    }
    return next((found[name] for name in _FONTS if name in found), None)


class Drawing:
    """Draws charts; the last ones are kept."""

    def __init__(self, font: Path) -> None:
        self._font = font
        self._thread = ThreadPoolExecutor(1, "drawing")  # the library wants one at a time
        self._kept: OrderedDict[Chart, bytes] = OrderedDict()

    async def draw(self, chart: Chart) -> bytes | None:
        """The chart as PNG; None when it cannot be drawn."""
        if chart in self._kept:
            self._kept.move_to_end(chart)
            return self._kept[chart]
        loop = asyncio.get_running_loop()
        try:
            png = await loop.run_in_executor(self._thread, _png, chart, self._font)
        except Exception as failure:  # a picture is an extra: the text has been sent
            _LOG.error("a chart could not be drawn: %s", kind(failure))
            return None
        self._kept[chart] = png
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return png

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _png(chart: Chart, font: Path) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    bars = len(chart.bars)
    height = 3.6 if chart.over_years else 1.3 + 0.5 * bars
    layout = ConstrainedLayoutEngine(w_pad=0.15, h_pad=0.15)
    figure = Figure(figsize=(6.4, height), dpi=150, layout=layout)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    words = FontProperties(fname=str(font), size=11)
    axes.set_title(chart.title, fontproperties=FontProperties(fname=str(font), size=13), pad=12)
    axes.spines[["top", "right"]].set_visible(False)
    if chart.over_years:
        _over_years(axes, chart.bars, words)
    else:
        _side_by_side(axes, chart.bars, words)
    file = io.BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _side_by_side(axes: Any, bars: tuple[Bar, ...], words: Any) -> None:
    places = range(len(bars), 0, -1)
    drawn = axes.barh(places, [float(bar.value) for bar in bars], color=_BLUE, height=0.6)
    axes.set_yticks(list(places), [bar.label for bar in bars], fontproperties=words)
    axes.bar_label(drawn, [bar.printed for bar in bars], padding=5, fontproperties=words)
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.margins(x=0.18)
    axes.set_xlim(left=0)


def _over_years(axes: Any, bars: tuple[Bar, ...], words: Any) -> None:
    places = range(len(bars))
    drawn = axes.bar(places, [float(bar.value) for bar in bars], color=_BLUE, width=0.5)
    axes.set_xticks(list(places), [bar.label for bar in bars], fontproperties=words)
    axes.bar_label(drawn, [bar.printed for bar in bars], padding=4, fontproperties=words)
    axes.spines["left"].set_visible(False)
    axes.tick_params(bottom=False, left=False, labelleft=False)
    axes.margins(x=0.08, y=0.15)
    axes.set_ylim(bottom=0)
    axes.tick_params(colors=_GREY)
