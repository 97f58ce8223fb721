"""Metric names: what a figure measures, said so that it stands alone.

A name is made from the words around the figure: `收到行政复议申请27件` → 收到行政复议申请件数.
A clause that names nothing borrows what the figure before it counted, or what its sentence is
about; parts (其中…) hang on their whole; growth and ranks are named after what they are said of.
The work is shared: dealing.py finds the words, counting.py and comparing.py make the names,
grounding.py lends what is missing, suffixes.py ends and shortens them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.ingest import changes
from bot.ingest.attributes import town_of
from bot.ingest.clauses import Cut
from bot.ingest.comparing import Comparing
from bot.ingest.counting import Counting
from bot.ingest.dealing import told_of
from bot.ingest.lexicon import Lexicon
from bot.ingest.phrases import Phrases
from bot.ingest.scene import STOPS, Named, Scene, Sort, runs_of
from bot.ingest.suffixes import Suffixes
from bot.ingest.themes import Strength, Theme, theme_of
from bot.ingest.wording import Wording
from intents.quantities import Form

_MAX_ANCHOR = 20


class Namer:
    """Names the figures of one sentence after another; `places` are the report's own names."""

    def __init__(self, wording: Wording, places: tuple[str, ...]) -> None:
        self._w = wording
        self._phrases = Phrases(wording, places)
        self._suffixes = Suffixes(wording)
        self._counting = Counting(self._phrases, self._suffixes)
        self._comparing = Comparing(self._phrases, self._suffixes)

    @property
    def lexicon(self) -> Lexicon:
        """The words it reads phrases with."""
        return self._phrases.lexicon

    def name(self, cuts: list[Cut], topic: str, before: Named | None = None) -> list[Named]:
        """Names for the figures of one sentence, in order.

        *topic* is its nearest heading, *before* the last measure of the sentence before it.
        """
        named: list[Named] = []
        theme: Theme | None = None
        opening: Theme | None = None
        parent: int | None = None
        runs = runs_of(cuts)
        for i, cut in enumerate(cuts):
            fresh = theme_of(cut.lead_in, self._phrases)
            if i == 0:
                opening = fresh if fresh and fresh.strength is Strength.NAMED else None
            theme = _stronger(opening if cut.gap in STOPS else theme, fresh)
            parent = self._parent(cuts, i, parent)
            scene = Scene(cuts, i, named, runs, before, theme, fresh, topic)
            named.append(self._finished(self._one(scene, parent), scene))
            theme = _renamed(theme, named[-1])
        return named

    def _finished(self, named: Named, scene: Scene) -> Named:
        """With the anchor that later figures may use, and in its final form."""
        metric = self._suffixes.fit(named.metric)
        last = scene.last()
        anchor = named.anchor or self._phrases.anchor(named.core) or (last.anchor if last else "")
        return replace(named, metric=metric, unit=scene.cut.unit, anchor=anchor)

    def _parent(self, cuts: list[Cut], i: int, open_: int | None) -> int | None:
        """The figure that figure *i* is a part of."""
        cut = cuts[i]
        if i == 0:
            return None
        if "其中" in cut.left or (cut.bracket and not cut.lead_in):
            return open_ if open_ is not None and cuts[i - 1].bracket == cut.bracket else i - 1
        if open_ is None or cut.gap in STOPS or cut.unit != cuts[open_ + 1].unit:
            return None
        own_verb = self._phrases.verb(self._phrases.clean(cut.left))
        return open_ if cut.joined or not own_verb else None

    def _one(self, scene: Scene, parent: int | None) -> Named:
        said = told_of(scene, self._phrases)
        told = said.left.removeprefix(town_of(said.left, self._w))
        compared = self._compared(scene, told, said.lean)
        if compared:
            return compared
        left = self._phrases.clean(changes.without_change(told, self._w))
        if parent is not None:
            return self._counting.part(scene, left, parent)
        share = changes.share_of(scene.cut, told)
        if share:
            return self._counting.share(scene, share, said.lean)
        return self._counting.measure(scene, left, said)

    def _compared(self, scene: Scene, told: str, lean: Named | None) -> Named | None:
        """The name of a figure that compares; None for all others."""
        cut, make = scene.cut, self._comparing
        left = self._phrases.clean(told)
        if cut.figure.measured.form is Form.RANK:
            return make.rank(scene, left, lean)
        wider = changes.wider_scope(cut)
        if wider:
            return make.wider(cut, wider)
        if scene.named and changes.repeats(cut, left, self._w):
            return make.repeated(scene)
        gap = changes.against_average(cut)
        if gap:
            return make.gap(cut, gap, lean)
        follows = bool(scene.i) and changes.is_before(scene.cuts[scene.i - 1])
        growth = changes.growth_of(cut, told, follows, self._phrases)
        if growth is None:
            return None
        ranked = scene.grown()
        return make.growth(cut, growth, ranked if ranked and ranked.sort is Sort.RANK else lean)


def _stronger(old: Theme | None, new: Theme | None) -> Theme | None:
    return new if new and (old is None or new.strength >= old.strength) else old


def _renamed(theme: Theme | None, named: Named) -> Theme | None:
    """The theme after a figure: a thing with another proper name that later ones may belong to."""
    name = re.match(r"[“《][^”》]*", named.anchor)
    if name is None or len(named.anchor) > _MAX_ANCHOR or (theme and name[0] in theme.text):
        return theme
    return Theme(named.anchor, Strength.NAMED)
