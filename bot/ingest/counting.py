"""Names of what is counted: measures, rates, parts of a whole."""

from __future__ import annotations

from dataclasses import replace

from bot.ingest import changes
from bot.ingest.dealing import Told
from bot.ingest.grounding import Ground
from bot.ingest.nouns import Right, is_open, read_right, without_causative, without_slot
from bot.ingest.phrases import EDGE, Phrases, Standing
from bot.ingest.scene import JOINERS, Named, Scene, Sort
from bot.ingest.sharing import like_sibling
from bot.ingest.suffixes import Suffixes
from bot.ingest.themes import Strength

_MAX_OWNED = 16
"""Words between two figures that belong to the first one are no longer than this."""
_MAX_KIND = 4
_MAX_LISTED = 36
"""A list of examples stays in a name up to this length."""


class Counting:
    """Makes names of counts and rates."""

    def __init__(self, phrases: Phrases, suffixes: Suffixes) -> None:
        self._phrases = phrases
        self._w = phrases.wording
        self._suffixes = suffixes
        self._ground = Ground(phrases)

    def measure(self, scene: Scene, left: str, said: Told) -> Named:
        """A count or a rate."""
        unit = scene.cut.unit
        right = self._right(scene, left)
        core, noun = self._composed(left, right, unit)
        if not core and scene.named:
            core = scene.named[-1].deed or scene.named[-1].core
        front = without_slot(left, self._phrases) if right.noun else ""
        plain = core
        if not said.dealt:
            core, front = self._with_sibling(scene, left, right, core) or (core, front)
        shared = core.partition(plain)[2] if plain else ""
        core = self._ground.light(core)
        noun_said = self._phrases.object(core)
        settled = self._ground.settle(scene, core, said, bool(right.deed))
        core, own, base = settled.core, settled.object, settled.base
        anchor = base if base and self._phrases.anchor(base) else ""
        if unit in changes.RATIO_UNITS:
            return Named(self._suffixes.rate(core), core, own, Sort.RATE, anchor=anchor, base=base)
        own = self._phrases.object(shared) or self._counted(noun, core, bool(right.deed)) or own
        if not front and noun_said and core.endswith(noun_said):
            front = core.removesuffix(noun_said)
        metric = core + self._suffixes.of(core, unit)
        return Named(
            metric, core, own, Sort.COUNT, front=front, anchor=anchor, base=base, deed=right.deed
        )

    def part(self, scene: Scene, left: str, parent: int) -> Named:
        """A part of a whole: 其中一审案件34件."""
        cut, whole = scene.cut, scene.named[parent]
        right = read_right(cut.right, cut.unit, is_open(left, self._phrases), self._phrases)
        child, noun = self._composed(left.removeprefix("其中").strip(EDGE), right, cut.unit)
        share = changes.share_of(cut, child)
        child = self._carried(child, whole, cut.unit)
        told = bool(right.deed) and not right.noun
        core, own = self._ground.part(share[0] if share else child, whole, told)
        own = self._phrases.object(noun) or own
        if cut.unit in changes.RATIO_UNITS:
            metric = core if core.endswith(self._w.rates) else core + "占比"
        else:
            metric = core + self._suffixes.of(core, cut.unit)
        return Named(metric, core, own, Sort.PART, parent=parent)

    def _carried(self, child: str, whole: Named, unit: str) -> str:
        """民事412件 as a part of 案件 is 民事案件."""
        noun = next((n for n in self._w.carried_nouns if whole.object.endswith(n)), "")
        plain = self._phrases.standing(child) is Standing.THIN and len(child) <= _MAX_KIND
        same = unit == whole.unit and not self._phrases.tells(child)
        return child + noun if noun and plain and same and child[-1] != noun[-1] else child

    def share(self, scene: Scene, share: tuple[str, str], lean: Named | None) -> Named:
        """What part something is of what was counted before: 农民工占51%."""
        part, whole = (self._phrases.clean(text).removesuffix("的") for text in share)
        if scene.fresh and scene.fresh.strength is Strength.NAMED:
            core = f"{scene.fresh.text}中{part}"
        elif part and lean and lean.object:
            core = self._ground.part(part, lean, False)[0]
        else:
            core = part or (lean.core if lean else "")
        core = f"{core}占{whole}比例" if whole else core + "占比"
        metric = core
        own = (lean.object if lean and not part else "") or self._phrases.object(part or core)
        return Named(metric, core, own, Sort.RATE)

    # -- the words ---------------------------------------------------------------------------

    def _right(self, scene: Scene, left: str) -> Right:
        """The noun behind the figure with what it does, said there or behind the next figure."""
        cut, following = scene.cut, scene.following
        first = scene.head.left if not left and cut.joined else left
        open_slot = is_open(self._phrases.clean(first), self._phrases)
        right = read_right(cut.right, cut.unit, open_slot, self._phrases)
        if following is None:
            return right
        if following.left.strip(EDGE + JOINERS):
            deed = self._phrases.clean(cut.rest) if open_slot and self._leads_on(scene) else ""
            return replace(right, deed=right.deed + deed)
        if right.deed or not right.noun or following.unit in changes.RATIO_UNITS:
            return right
        if following.joined:
            shared = read_right(following.right, following.unit, open_slot, self._phrases)
            return replace(right, deed=shared.deed) if open_slot and shared.noun else right
        if self._phrases.standing(right.noun) is not Standing.VAGUE or scene.named_theme:
            return right
        owned = self._phrases.clean(cut.rest)
        return replace(right, deed=owned) if owned and len(owned) <= _MAX_OWNED else right

    def _leads_on(self, scene: Scene) -> bool:
        """True when the words before the next figure say what this one's noun does."""
        following = scene.following
        if following is None or following.joined:
            return False
        first = next(iter(self._phrases.lexicon.tokens(following.left)), None)
        left = self._phrases.clean(following.left)
        return bool(first and first.opens_deed) and not changes.repeats(following, left, self._w)

    def _composed(self, left: str, right: Right, unit: str) -> tuple[str, str]:
        """The words of both sides as one phrase, and the noun that was counted."""
        if right.noun and right.deed:
            base = without_causative(left, self._phrases)
            if "、" in base:
                fits = len(base + right.deed + right.noun) <= _MAX_LISTED
                listed = self._ground.light(base) if fits else ""
                return f"{right.deed}的{listed}{right.noun}", right.noun
            return f"{base}{right.deed}的{right.noun}", right.noun
        if right.noun:
            return self._phrases.join(without_slot(left, self._phrases), right.noun), right.noun
        if right.deed and unit in self._w.bodies:
            return f"{right.deed}的{left}", left
        return left + right.deed, ""

    def _with_sibling(
        self, scene: Scene, left: str, right: Right, core: str
    ) -> tuple[str, str] | None:
        """A member of a list with what its first member says for all, and that front."""
        if not core or not scene.named or right.deed:
            return None
        sibling, cut = scene.named[-1], scene.cut
        if cut.joined and core.startswith("第") and like_sibling(core, sibling.core) != core:
            return like_sibling(core, sibling.core), ""
        if self._phrases.tells(left):
            return None
        alike = cut.unit == sibling.unit and (
            core[-2:] == sibling.object[-2:] or like_sibling(core, sibling.core) != core
        )
        listed = cut.joined or alike or (not left and right.noun)
        if not listed or cut.unit in changes.RATIO_UNITS:
            return None
        whole = like_sibling(core, sibling.core)
        if not self._phrases.is_noun(whole) or not sibling.front or whole.startswith(sibling.front):
            return whole, without_slot(left, self._phrases) if right.noun else ""
        return self._phrases.join(sibling.front, whole), sibling.front

    def _taken_part(self, core: str) -> str:
        """What people took part in, rather than the people: 参加|线上学法考试|的干部."""
        deed = core.partition("的")[0]
        begins = next((w for w in self._w.consequences if deed.startswith(w)), "")
        return self._phrases.object(deed.removeprefix(begins)) if begins else ""

    def _counted(self, noun: str, core: str, told: bool) -> str:
        """The noun behind the figure as later figures may borrow it; *told* what it does."""
        if not noun or (told and noun in core):
            return self._taken_part(core) or noun
        if self._phrases.standing(noun) is Standing.VAGUE:
            return self._phrases.anchor(core) or self._phrases.object(core)
        return self._phrases.object(noun)
