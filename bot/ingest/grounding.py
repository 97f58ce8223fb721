"""Names that do not stand alone, and what they borrow to do so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.ingest.dealing import Told
from bot.ingest.lexicon import Tag
from bot.ingest.phrases import Phrases, Standing
from bot.ingest.scene import STOPS, Named, Scene
from bot.ingest.themes import Strength, Theme
from intents.text import fold

_DIGITS = re.compile(r"\d+")
_APPLIED = re.compile(r"申请$")
_MAX_TOPIC = 12


@dataclass(frozen=True, slots=True)
class Settled:
    """A core that stands alone."""

    core: str
    object: str
    """The noun that later figures may borrow."""
    base: str = ""
    """What was put in front of it."""


class Ground:
    """Gives names the nouns they lack."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._w = phrases.wording

    def light(self, core: str) -> str:
        """Without a verb that says nothing: 开展集体学法活动 → 集体学法活动."""
        core = self._without_adverbs(core)
        core = core.removeprefix("由") if self._phrases.is_noun(core[1:]) else core
        for word in self._w.light_verbs:
            rest = core.removeprefix(word)
            if rest != core and self._phrases.is_noun(rest):
                return rest.lstrip("了")
        return core

    def _without_adverbs(self, core: str) -> str:
        tokens = self._phrases.lexicon.tokens(core)
        dropped = {
            i
            for i, (token, after) in enumerate(pairwise(tokens))
            if i and token.text in self._w.adverbs and after.is_(Tag.VERB, Tag.NOUN_VERB)
        }
        return "".join(token.text for i, token in enumerate(tokens) if i not in dropped)

    def stem(self, noun: str) -> str:
        """What stages hang on: 行政复议申请 → 行政复议."""
        stem = _APPLIED.sub("", noun)
        return stem if self._phrases.is_noun(stem) else noun

    def settle(self, scene: Scene, core: str, said: Told, deed: bool) -> Settled:
        """The core made to stand alone; *deed*: it says what its noun does."""
        lean = said.lean
        if said.dealt and scene.position:
            return self._like_first(scene.named[scene.runs[scene.i].start], core)
        if "其余" in scene.cut.left and lean:
            return Settled(self._phrases.join(self.stem(lean.object), core), lean.object)
        if not said.dealt and not scene.cut.joined:
            core = self._specified(core, scene.last())
        standing = self._phrases.standing(core)
        if standing is Standing.BARE:
            base = self._for_bare(scene, lean)
            return Settled(self._phrases.join(self.stem(base), core), base, base)
        own = self._phrases.object(core)
        if standing is Standing.VAGUE and not deed:
            base = self._for_vague(scene, core, lean)
        else:
            base = self._consequence(scene, core, lean)
            if not base and standing is not Standing.FULL and not self._siblings_own(scene):
                base = self._for_thin(scene)
        if not base or base.strip("“”《》") in core or core in base or _same_name(base, core):
            return Settled(core, own)
        noun = own if standing is Standing.THIN else base
        return Settled(self._phrases.join(base, core), noun or base, base)

    def _siblings_own(self, scene: Scene) -> bool:
        """True when the theme is only what the member before it in the list is called."""
        sibling = scene.named[-1] if scene.cut.joined and scene.named else None
        return sibling is not None and scene.named_theme in sibling.core and not sibling.base

    def _like_first(self, first: Named, core: str) -> Settled:
        """A member of a dealt list borrows what its first member borrowed."""
        own = self._phrases.object(core)
        if not first.base:
            return Settled(core, own or core)
        return Settled(
            self._phrases.join(self.stem(first.base), core), own or first.base, first.base
        )

    def part(self, child: str, whole: Named, told: bool) -> tuple[str, str]:
        """The name of a part of a whole, and its noun; *told*: it is said of the whole."""
        base = whole.object or whole.core
        if self._phrases.standing(child) is Standing.BARE:
            return self._phrases.join(self.stem(base), child), base
        own = self._phrases.object(child)
        if (
            not told
            and self._phrases.acts(child)
            and self._phrases.standing(child) is Standing.FULL
        ):
            return child, own
        return f"{base}中{child}", own or base

    def _specified(self, core: str, lean: Named | None) -> str:
        """An everyday noun said in full: 存量文件 after 行政规范性文件 → 存量行政规范性文件."""
        if lean is None or self._phrases.standing(core) is Standing.FULL:
            return core
        if not lean.object or lean.object in core:
            return core
        verb = self._phrases.verb(core)
        rest = core.removeprefix(verb)
        if verb and len(rest) > 1 and lean.object.endswith(rest):
            return lean.object + verb
        noun = next((n for n in self._w.vague_nouns if core.endswith(n)), "")
        plain = self._phrases.standing(core.removesuffix(noun)) is Standing.BARE
        fits = noun and plain and lean.object.endswith(noun) and lean.object != noun
        return core.removesuffix(noun) + lean.object if fits else core

    # -- what to borrow ----------------------------------------------------------------------

    def _for_bare(self, scene: Scene, lean: Named | None) -> str:
        last = scene.last()
        fresh = _text(scene.fresh, Strength.DOMAIN)
        if fresh:
            return fresh
        if last is not None and lean is not None and not self._unlikely(scene, lean):
            return lean.object or lean.core
        themed = _text(scene.theme, Strength.WEAK)
        return themed or (lean.object if lean else "") or self._topic(scene)

    def _unlikely(self, scene: Scene, lean: Named) -> bool:
        """Money belongs to cases, not to papers: 提出意见8份，执行到位36万元."""
        return scene.cut.unit == "元" and lean.unit in self._w.paper_units and bool(scene.theme)

    def _for_vague(self, scene: Scene, core: str, lean: Named | None) -> str:
        themed = _text(scene.theme, Strength.DOMAIN)
        if themed or lean is None or scene.last() is None or scene.cut.gap in STOPS:
            ends = core.endswith(self._w.vague_nouns) or core.startswith(self._w.carried_nouns)
            topic = self._topic(scene) if ends or self._phrases.acts(core) else ""
            return themed or topic or self._weak(scene)
        if scene.cut.joined and scene.position:
            return scene.named[scene.runs[scene.i].start].base
        return lean.anchor or lean.object or self._topic(scene)

    def _weak(self, scene: Scene) -> str:
        """The object of a clause before the figure, unless it is a mere slogan (“三项制度”)."""
        text = _text(scene.theme, Strength.WEAK)
        return "" if text.endswith("”") else text

    def _for_thin(self, scene: Scene) -> str:
        named = _text(scene.theme, Strength.NAMED) or _text(scene.fresh, Strength.DOMAIN)
        if named:
            return named
        return ""

    def _consequence(self, scene: Scene, core: str, lean: Named | None) -> str:
        """What a consequence hangs on: 法律援助|挽回经济损失."""
        follows = core.startswith(self._w.consequences) and scene.cut.gap not in STOPS
        if not follows:
            return ""
        return lean.anchor if lean and scene.last() else _text(scene.theme, Strength.NAMED)

    def _topic(self, scene: Scene) -> str:
        """The heading, when it names something: its subject, or all of a short one."""
        rest = _DIGITS.sub("", scene.topic)
        for word in self._w.generic_headings:
            rest = rest.replace(word, "")
        if len(rest) < 2 or scene.cut.clause[:8] in scene.topic:
            return ""
        anchor = self._phrases.anchor(scene.topic)
        plain = len(scene.topic) <= _MAX_TOPIC and "，" not in fold(scene.topic)
        return anchor or (scene.topic if plain else "")


def _same_name(base: str, core: str) -> bool:
    """True when the name that a base quotes stands in the core already."""
    quoted = re.search(r"[“《]([^”》]*)[”》]", base)
    return quoted is not None and quoted[1] in core


def _text(theme: Theme | None, least: Strength) -> str:
    return theme.text if theme and theme.strength >= least else ""
