"""Names of figures that compare: growth, distance from an average, ranks, wider sets."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.ingest import changes
from bot.ingest.clauses import Cut
from bot.ingest.grounding import Ground
from bot.ingest.nouns import without_slot
from bot.ingest.phrases import Phrases, Standing
from bot.ingest.scene import LEANS_ON, PLACES, STOPS, Named, Scene, Sort
from bot.ingest.suffixes import Suffixes

_WITHIN = re.compile(r"^在(.*)中$")
_MOVED = re.compile(r"^(?:上升|跃升|提升|前移|下降|升|降|跃)?(?:至|到)?")
_RATIO_ENDS = {"%": "比例", "倍": "倍数", "番": "倍数"}


class Comparing:
    """Makes names of comparisons."""

    def __init__(self, phrases: Phrases, suffixes: Suffixes) -> None:
        self._phrases = phrases
        self._suffixes = suffixes
        self._ground = Ground(phrases)

    def repeated(self, scene: Scene) -> Named:
        """The second of two figures of one measure: 由A降至B."""
        last = scene.named[-1] if scene.named[-1].sort in LEANS_ON else scene.last()
        last = last or scene.named[-1]
        if last.unit == scene.cut.unit:
            return last
        return replace(last, metric=last.core + self._suffixes.of(last.core, scene.cut.unit))

    def growth(self, scene: Scene, growth: changes.Growth, lean: Named | None) -> Named:
        """How much something grew or fell: 案件数同比增长比例."""
        cut, base = scene.cut, self._ground.light(growth.base)
        if not base and not scene.position and scene.named and scene.named[-1].growth:
            base = scene.named[-1].core
        elif not base and scene.count == 1 and scene.cut.gap not in STOPS and scene.named:
            nearest = scene.named[-1]
            lean = nearest if nearest.sort in LEANS_ON else lean
        standing = self._phrases.standing(base)
        if lean and not base:
            base = lean.metric
        elif lean and lean.object and standing in (Standing.BARE, Standing.VAGUE):
            base = self._phrases.join(self._ground.stem(lean.object), base)
        metric = base + growth.word
        if cut.unit not in changes.RATIO_UNITS and cut.unit:
            metric += "位数" if cut.unit in PLACES else self._suffixes.of(metric, cut.unit)
        elif not growth.word.endswith("幅"):
            metric += _RATIO_ENDS.get(cut.unit, "幅度")
        return Named(metric, base, self._phrases.object(base), Sort.GROWTH)

    def gap(self, cut: Cut, gap: str, lean: Named | None) -> Named:
        """How far from an average: 再诉率低于全省平均水平3.1个百分点."""
        base = self._phrases.clean(cut.left.removesuffix("的").removesuffix(gap))
        base = base if self._phrases.is_noun(base) or lean is None else lean.metric
        metric = base + gap + self._suffixes.of(gap, cut.unit)
        return Named(metric, base, self._phrases.object(base), Sort.GAP)

    def rank(self, scene: Scene, left: str, lean: Named | None) -> Named:
        """A place among others: 满意率全省排名."""
        scope = _scope(scene.cut.printed)
        if scene.position and scene.named[-1].sort is Sort.WIDER:
            left = self._phrases.clean(changes.before_scope(scene.cuts[scene.i - 1]))
        scope = scope or self._listed_scope(scene)
        own = without_slot(_WITHIN.sub(r"\1", left), self._phrases)
        if lean and self._phrases.standing(own) is Standing.BARE:
            own = self._phrases.join(lean.object, own) if own else lean.metric
        return Named(f"{own}{scope}排名", own, self._phrases.object(own), Sort.RANK)

    def _listed_scope(self, scene: Scene) -> str:
        """The scope that the rank before it in a list was given."""
        if not scene.position or scene.named[-1].sort is not Sort.RANK:
            return ""
        return _scope(scene.cuts[scene.i - 1].printed)

    def wider(self, cut: Cut, scope: str) -> Named:
        """The size of a set that the report's place belongs to: 县市数量."""
        metric = scope + self._suffixes.of(scope, cut.unit)
        return Named(metric, scope, self._phrases.object(scope), Sort.WIDER)


def _scope(printed: str) -> str:
    """Among whom a rank counts: 居全市第二 → 全市."""
    return _MOVED.sub("", printed.partition("第")[0].strip("位居列名排在并序分"))
