"""Metric names: what a figure measures, said so that it stands alone.

A name is made from the words around the figure: `收到行政复议申请27件` → 收到行政复议申请件数. A clause
without an object of its own borrows it from the figure before it in the sentence, parts (其中…)
hang on their parent, and rates, ranks and growth are named after what they are a rate of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.ingest.clauses import Cut
from bot.ingest.sentences import depths
from bot.ingest.wording import Wording
from intents.quantities import Form

_YEARS = re.compile(
    r"(?:19|20)\d{2}\s*年(?:度|以来|\d{1,2}月(?:份|\d{1,2}日)?)?[,，]?|[二〇零一]{4}年(?:度|以来)?|今年以来|截[至止]目?前?"
)
_EDGE = " ,，、;；:：。.—–-·""\t\n"
_FROM = re.compile(
    r"[，,]?(?:(?:由|从|较|比|与|同)(?:上年|去年|上一年|前一年|原来|原先|最初|过去|改革前|以前|法定)?(?:同期)?的?"
    r"|(?:上年|去年|上一年)(?:同期)?的?)$"
)
_TO = re.compile(
    r"(?:(?:再|大幅|进一步|平均|统一)?(?:降|增|减|升|压缩|压减|缩短|缩减|提高|提升|提速|调整|扩充|上升|下降|增加|减少|扩大"
    r"|增长|精简|优化|降低)(?:至|到|为))?"
)
_CHANGED = re.compile(r"[至到为]$|(?:上年|去年|同期|20\d{2}年)(?:同期)?的?$")
_ITEM = re.compile(r"^[一二三四五六七八九十]是")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]?")
_DEALT = re.compile(r"分别")
_ENUM = re.compile(r"、|和|及|与|以及")
_OF_TOPIC = ("的", "之")
_MAX_NAME = 40
_MIN_OBJECT = 4
_PAIR = 2
_BARE_NOUN = 3
"""A noun this short (单位, 街道) says too little without the rest of its clause."""
_LIST = re.compile(r"(?:[^，,、；;。“”《》]{1,16}、){1,}[^，,、；;。]{1,16}等(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Named:
    """A figure's name and what later figures of the sentence may borrow from it."""

    metric: str
    """The full name."""
    core: str
    """The name without its unit suffix."""
    object: str
    """The noun that was counted: 行政复议申请."""
    verb: str
    """The verb it stood under: 收到."""
    parent: int | None
    """Index (in the sentence) of the figure it is a part of."""
    growth: bool = False
    """True when it says how much something grew or fell."""


class Namer:
    """Names the figures of one sentence after another; `places` are the report's own names."""

    def __init__(self, wording: Wording, places: tuple[str, ...]) -> None:
        self._w = wording
        self._all_verbs = sorted((*wording.verbs, *wording.noun_verbs), key=len, reverse=True)
        self._places = tuple(sorted(places, key=len, reverse=True))

    def name(self, cuts: list[Cut], topic: str) -> list[Named]:
        """Names for the figures of one sentence, in order; *topic* is its heading's."""
        named: list[Named] = []
        parent: int | None = None
        for i, cut in enumerate(cuts):
            parent = self._parent(cuts, i, named, parent)
            named.append(self._one(cuts, i, named, parent))
        return [self._grounded(n, topic) for n in named]

    def _parent(self, cuts: list[Cut], i: int, named: list[Named], open_: int | None) -> int | None:
        cut = cuts[i]
        if i == 0:
            return None
        if "其中" in cut.left or cut.bracket:
            return open_ if open_ is not None and cuts[i - 1].bracket == cut.bracket else i - 1
        if open_ is None or cut.gap in "。；;":
            return None
        if _unit(cut) != _unit(cuts[open_ + 1]):
            return None
        own_verb = self._verb(self._clean(cut.left))
        return open_ if cut.gap in "、和及与" or not own_verb else None

    def _one(self, cuts: list[Cut], i: int, named: list[Named], parent: int | None) -> Named:
        cut = cuts[i]
        last = named[-1] if named else None
        left = self._clean(_LIST.sub("", self._dealt(cuts, i)))
        if cut.figure.measured.form is Form.RANK:
            return self._rank(cut, left, last)
        if self._is_growth(cut, left):
            return self._growth(left, last)
        if last is not None and _CHANGED.search(cut.left) and _TO.fullmatch(left):
            return replace(last, metric=last.core + self._suffix(last.core, _unit(cut)))
        right = self._noun(cut, left)
        if parent is not None and parent < len(named):
            return self._part(cut, left, right, named[parent], parent)
        if _unit(cut) in _RATIO:
            return self._rate(left, right, last)
        return self._count(cut, left, right, last)

    # -- the words ---------------------------------------------------------------------------

    def _clean(self, text: str) -> str:
        """Without years, own places, lead-ins and trailing helpers."""
        text = _ITEM.sub("", _YEARS.sub("", text.strip(_EDGE)).strip(_EDGE))
        before = None
        while before != text:
            before = text
            text = _FROM.sub("", text.strip(_EDGE))
            for word in (*self._places, *self._w.leads):
                if text.startswith(word) and not self._bites(text, word):
                    text = text[len(word) :]
                    break
            for word in self._w.tails:
                if text.endswith(word) and not text.endswith(self._w.whole_words):
                    text = text[: -len(word)]
                    break
        return "" if text in self._w.prepositions else text.strip(_EDGE)

    def _bites(self, text: str, lead: str) -> bool:
        """True when cutting *lead* would cut a known word apart (现|场, 有|效)."""
        if lead in self._places:
            return False
        known = (*self._w.whole_words, *self._w.verbs, *self._w.noun_verbs, *self._w.attributes)
        return any(len(word) > len(lead) and text.startswith(word) for word in known)

    def _verb(self, text: str) -> str:
        """The verb that opens a cleaned clause, or ""."""
        found, rest = "", text
        while True:
            step = next((v for v in self._all_verbs if rest.startswith(v)), "")
            if not step:
                return found
            found, rest = found + step, rest[len(step) :]

    def _object(self, core: str) -> str:
        """The noun of a core without its verbs and measure words: 受理法律援助案件 → 法律援助案件."""
        rest = core[len(self._verb(core)) :]
        ends = [at + len(v) for v in self._w.verbs if (at := rest.rfind(v)) > 0]
        tail = rest[max(ends, default=0) :]
        if len(tail) >= _MIN_OBJECT and self._is_noun(tail):
            return tail
        return rest if self._is_noun(rest) else ""

    def _is_noun(self, text: str) -> bool:
        """True when something is left that is neither a helper nor a measure word."""
        rest = text
        for word in (*self._w.attributes, *self._w.verbs, *self._w.rates):
            rest = rest.replace(word, "")
        for word in (*self._w.leads, *self._w.tails, *self._w.prepositions):
            rest = rest.replace(word, "") if len(word) > 1 else rest
        return len(re.sub(r"[\W\d_的均各、]", "", rest)) >= 2

    def _dealt(self, cuts: list[Cut], i: int) -> str:
        """The left words; for 甲和乙分别为A、B the item that the figure belongs to."""
        run = _run(cuts, i)
        left = cuts[run[0]].left
        match = _DEALT.search(left)
        if match is None:
            return self._dealt_before(cuts, run, i)
        items = self._items(left[: match.start()], len(run))
        if not items or (i != run[0] and cuts[i].left not in ("", *_JOINED)):
            return cuts[i].left
        return items[run.index(i)] + left[match.end() :]

    def _dealt_before(self, cuts: list[Cut], run: list[int], i: int) -> str:
        """Left words of a clause that is dealt out as the clause before it was."""
        left = cuts[run[0]].left
        if run[0] == 0 or len(run) < _PAIR or self._is_noun(left):
            return cuts[i].left
        earlier = _run(cuts, run[0] - 1)
        match = _DEALT.search(cuts[earlier[0]].left)
        items = self._items(cuts[earlier[0]].left[: match.start()], len(run)) if match else []
        return items[run.index(i)] + left if items else cuts[i].left

    def _items(self, text: str, count: int) -> list[str]:
        """The *count* things that 分别 deals to, each with what they share."""
        for compound, parts in self._w.compounds.items():
            if compound in text and len(parts) == count:
                return [text.replace(compound, part, 1) for part in parts]
        items = _ENUM.split(text)[-count:]
        if len(items) < count:
            return []
        head = next((w for w in self._w.prepositions if items[0].startswith(w)), "")
        return [item if item.startswith(head) else head + item for item in items]

    def _noun(self, cut: Cut, left: str) -> str:
        """What stands behind the figure, cleaned; 企业完成合规体检 → 完成合规体检的企业."""
        right = _YEARS.sub("", _BRACKETED.sub("", cut.right)).strip(_EDGE)
        if not right or right[0] in "达为占以":
            return ""
        right = _LIST.sub("", right.removeprefix("的"))
        at = self._structure(right)
        noun, rest = (right, "") if at <= 0 else (right[:at], self._clean(right[at:]))
        if at < 0 and 0 < len(noun) <= _BARE_NOUN:
            rest = self._clean(_BRACKETED.sub("", cut.rest))
        if not rest or (self._is_noun(left) and len(noun) > _BARE_NOUN):
            return noun[:_MAX_NAME]
        return f"{rest[: _MAX_NAME // 2]}的{noun}"

    def _structure(self, text: str) -> int:
        """Where the verb phrase behind a noun begins; -1 when there is none."""
        level = depths(text)
        found = [
            at for w in self._w.structural if (at := text.find(w)) >= 0 and not level[at]
        ]
        return min(found, default=-1)

    # -- the kinds ---------------------------------------------------------------------------

    def _count(self, cut: Cut, left: str, right: str, last: Named | None) -> Named:
        verb = self._verb(left)
        core = left + right if self._is_noun(right) else (left or right)
        own = self._object(core)
        if not own and last is not None and last.object:
            tail = core[len(verb) :]
            core = f"{last.object}{verb}{tail}" if core else last.core
            own = last.object
        elif verb not in self._w.verbs and last is not None and last.verb and cut.gap in "、和及与":
            core, verb = last.verb + core, last.verb
        return Named(core + self._suffix(core, _unit(cut)), core, own, verb, None)

    def _part(self, cut: Cut, left: str, right: str, whole: Named, parent: int) -> Named:
        child = left.removeprefix("其中").strip(_EDGE) or right
        child = child if not (left and right) else left + right
        core = f"{whole.core}中{child}"
        ratio = _unit(cut) in _RATIO
        suffix = "占比" if ratio and not child.endswith(self._w.rates) else ""
        metric = core + (suffix if ratio else self._suffix(core, _unit(cut)))
        return Named(metric, core, self._object(child) or whole.object, whole.verb, parent)

    def _rate(self, left: str, right: str, last: Named | None) -> Named:
        core = left
        if right and not left.endswith(self._w.rates):
            core = left + right
        own = self._object(core)
        if not own and last is not None and last.object:
            core, own = last.object + core, last.object
        ends = core.endswith(self._w.rates) or core.endswith(("度", "面"))
        return Named(core + ("" if ends else "比例"), core, own, "", None)

    def _growth(self, left: str, last: Named | None) -> Named:
        base = left
        for word in self._w.growth:
            base = base.replace(word, "", 1) if base.endswith(word) else base
        base = self._clean(base)
        word = left[len(left[: left.find(base)] + base) :] if base else left
        if not self._is_noun(base) and last is not None:
            stem = last.metric if not base else last.object + base
            base = stem if not last.growth else last.core
        core = base or left
        return Named(core + (word.strip(_EDGE) or "增长"), core, self._object(core), "", None, True)

    def _rank(self, cut: Cut, left: str, last: Named | None) -> Named:
        scope = _rank_scope(cut)
        own = self._clean(left)
        if not self._is_noun(own) and last is not None:
            own = (last.object + own) if own else last.metric
        return Named(f"{own}{scope}排名", own, self._object(own), "", None)

    def _is_growth(self, cut: Cut, left: str) -> bool:
        if _unit(cut) not in self._w.growth_units:
            return any(left.endswith(w) for w in self._w.comparison)
        return any(left.endswith(w) for w in self._w.growth) or left.endswith(self._w.comparison)

    # -- the end -----------------------------------------------------------------------------

    def _suffix(self, core: str, unit: str) -> str:
        if core.endswith(self._w.quantities):
            return ""
        known = self._w.suffixes.get(unit)
        return known if known is not None else unit if unit.endswith("次") else unit + "数"

    def _grounded(self, named: Named, topic: str) -> Named:
        """Names too bare to stand alone get the topic of their heading."""
        if named.object or not topic or topic in named.metric:
            return named
        return replace(named, metric=f"{topic}：{named.metric}")


_RATIO = ("%", "倍", "个百分点", "百分点", "番")
_JOINED = ("和", "及", "与", "、", "以及", "并")


def _unit(cut: Cut) -> str:
    return cut.figure.measured.quantity.unit


def _run(cuts: list[Cut], i: int) -> list[int]:
    """Indexes of the figures that share the clause of figure *i*."""
    head = i
    while head > 0 and not cuts[head].first:
        head -= 1
    end = next((j for j in range(head + 1, len(cuts)) if cuts[j].first), len(cuts))
    return list(range(head, end))


def _rank_scope(cut: Cut) -> str:
    """Among whom the rank counts: 居全市第二 → 全市."""
    return re.split("第", cut.printed, maxsplit=1)[0].strip("位居列名排在并序")
