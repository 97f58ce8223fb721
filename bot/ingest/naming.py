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

from bot.facts.model import Area
from bot.ingest import changes
from bot.ingest.clauses import Cut
from bot.ingest.comparing import Comparing
from bot.ingest.counting import Counting
from bot.ingest.dealing import Told, told_of
from bot.ingest.inside import Inside
from bot.ingest.lexicon import Lexicon
from bot.ingest.phrases import Phrases, Standing
from bot.ingest.scene import STOPS, Named, Scene, Sort, runs_of
from bot.ingest.suffixes import Suffixes
from bot.ingest.themes import Strength, Theme, theme_of
from bot.ingest.wording import Wording
from intents.quantities import Form

_MAX_ANCHOR = 20
_LONGEST = 60
"""Nothing that later figures may borrow is longer than this."""


class Namer:
    """Names the figures of one sentence after another; `places` are the report's own names."""

    def __init__(self, wording: Wording, places: tuple[str, ...], inside: Inside) -> None:
        self._inside = inside
        self._w = wording
        self._phrases = Phrases(wording, places)
        self._suffixes = Suffixes(wording)
        self._counting = Counting(self._phrases, self._suffixes)
        self._comparing = Comparing(self._phrases, self._suffixes)
        self._basis = _basis_of(wording)

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
            parent = self._parent(cuts, named, parent)
            scene = Scene(cuts, i, named, runs, before, theme, fresh, topic)
            said = told_of(scene, self._phrases)
            found = self._inside.of(said.left)
            words = found.words if found else ""
            one = self._one(scene, said, said.left.removeprefix(words), parent)
            place = found.area if found else self._lasting(scene, said)
            named.append(self._finished(replace(one, place=place), scene))
            theme = _renamed(theme, named[-1])
        return named

    def _lasting(self, scene: Scene, said: Told) -> Area | None:
        """The place that the clause before was about, when this one goes on with it."""
        if not scene.named or scene.cut.gap in STOPS or said.dealt:
            return None
        clauses = (*scene.cut.lead_in, scene.cut.left)
        return scene.named[-1].place if all(map(self._inside.goes_on, clauses)) else None

    def _finished(self, named: Named, scene: Scene) -> Named:
        """With the anchor that later figures may use, and in its final form."""
        metric = self._suffixes.fit(named.metric)
        last = None if scene.cut.gap in STOPS else scene.last()
        anchor = named.anchor or self._phrases.anchor(named.core) or (last.anchor if last else "")
        return replace(
            named,
            metric=metric,
            core=named.core[-_LONGEST:],
            object=self._basis.sub(_lent, named.object)[-_LONGEST:],
            front=named.front[:_LONGEST],
            unit=scene.cut.unit,
            anchor=anchor,
        )

    def _parent(self, cuts: list[Cut], named: list[Named], open_: int | None) -> int | None:
        """The figure that the next figure is a part of; *open_*: that of the one before it."""
        i = len(named)
        cut = cuts[i]
        if i == 0:
            return None
        among = "其中" in cut.left or (cut.lead_in and cut.lead_in[-1].endswith("其中"))
        if among or (cut.bracket and not cut.lead_in):
            if open_ is not None and cuts[i - 1].bracket == cut.bracket:
                return open_
            return i - 2 if i > 1 and cuts[i - 1].bracket and not cut.bracket else i - 1
        if open_ is None or cut.gap in STOPS or cut.unit != cuts[open_ + 1].unit:
            return None
        left = self._phrases.clean(cut.left)
        stages = self._is_stage(left) and self._is_stage(self._phrases.clean(cuts[i - 1].left))
        return open_ if cut.joined or stages or not self._phrases.verb(left) else None

    def _is_stage(self, left: str) -> bool:
        return bool(left) and self._phrases.standing(left) is Standing.BARE

    def _one(self, scene: Scene, said: Told, told: str, parent: int | None) -> Named:
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
        follows = follows or changes.versus(scene.near)
        growth = changes.growth_of(cut, told, follows, self._phrases)
        if growth is None:
            return None
        ranked = scene.grown()
        by_place = ranked and ranked.sort is Sort.RANK and (not lean or lean.sort is not Sort.RANK)
        return make.growth(scene, growth, ranked if by_place else lean)


def _basis_of(wording: Wording) -> re.Pattern[str]:
    """What a figure was measured against, at the end of a noun, with the side that was measured
    where a thing is named first: 许可事项|承诺时限在法定时限基础上 lends only 许可事项."""
    things, opens, ends = ("|".join(w) for w in (wording.lenders, wording.opens, wording.closes))
    return re.compile(f"^(?P<thing>.*?(?:{things}))?(?P<side>.*)(?:{opens}).{{2,12}}(?:{ends})$")


def _lent(match: re.Match[str]) -> str:
    return match["thing"] or match["side"]


def _stronger(old: Theme | None, new: Theme | None) -> Theme | None:
    return new if new and (old is None or new.strength >= old.strength) else old


def _renamed(theme: Theme | None, named: Named) -> Theme | None:
    """The theme after a figure: a thing with another proper name that later ones may belong to."""
    name = re.match(r"[“《][^”》]*", named.anchor)
    if name is None or len(named.anchor) > _MAX_ANCHOR or (theme and name[0] in theme.text):
        return theme
    return Theme(named.anchor, Strength.NAMED)
