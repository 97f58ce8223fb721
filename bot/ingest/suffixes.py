"""The end of a measure's name: what it is counted as, said once, and not too long."""

from __future__ import annotations

import re

from bot.ingest.phrases import EDGE
from bot.ingest.sentences import depths
from bot.ingest.wording import Wording

_MAX_NAME = 40
_LIST = re.compile(
    r"(?:[^，,、；;。“”《》（）()的]{1,16}、)+[^，,、；;。的]{1,16}?等(?=[\u4e00-\u9fff“])"
)
_BRACKET = re.compile(r"[（(][^（()）]*[）)]")
_QUOTED_DOT = re.compile(r"^[、，,的]+")


class Suffixes:
    """Names units."""

    def __init__(self, wording: Wording) -> None:
        self._w = wording

    def of(self, core: str, unit: str) -> str:
        """What a core counted in *unit* ends with: 27件 → 件数."""
        if core.endswith(self._w.quantities) or (not unit and core.endswith(self._w.rates)):
            return ""
        suffix = self._w.suffixes.get(unit)
        if suffix is None:
            suffix = unit if unit.endswith("次") else unit + "数"
        if unit and core.endswith(unit) and suffix == unit + "数":
            return "数"
        return "" if core.endswith(suffix) else suffix

    def rate(self, core: str) -> str:
        """The name of a rate."""
        core = core.rstrip("了")
        return core if core.rstrip("”》）)").endswith(self._w.rates) else core + "比例"

    def fit(self, name: str) -> str:
        """Not longer than a name may be; examples and brackets go first, then the front."""
        name = re.sub(r"\s+", "", _QUOTED_DOT.sub("", name.strip(EDGE)))
        for shorten in (_LIST, _BRACKET):
            if len(name) > _MAX_NAME:
                name = shorten.sub("", name)
        return name if len(name) <= _MAX_NAME else _tail(name)


def _tail(name: str) -> str:
    """The end of a name, from the first boundary that makes it short enough."""
    level = depths(name)
    least = len(name) - _MAX_NAME
    for i in range(least, len(name) - 4):
        if level[i] == 0 and name[i - 1] in "、的”》）)":
            return name[i:]
    return name[least:]
