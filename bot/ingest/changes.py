"""Figures that compare: growth, before and after, ranks, and what counts a wider set.

Recognised by their words only; naming.py says what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ingest.clauses import Cut
from bot.ingest.phrases import EDGE, Phrases
from bot.ingest.wording import Wording
from intents.quantities import Form

RATIO_UNITS = ("%", "倍", "个百分点", "百分点", "番")
_BEFORE = re.compile(
    r"(?:(?:较|比|与|同|由|从)?(?:(?:19|20)\d{2}年|上年|去年|上一年|前一年|前年)(?:度)?(?:同期)?的?|(?:上年|去年)(?:同期)?为)$"
)
_OF_BEFORE = re.compile(r"(?:是|为|达|相当于)?(?:上年|去年|上一年|(?:19|20)\d{2}年)(?:同期)?的$")
_SCOPE = re.compile(r"(?:^|[在列居排])全(省|市|州|国|县|区|盟)(?:的)?$")
_MEMBERS = re.compile(r"^各?[省市县区旗州盟、(（)）]{1,10}(?:中|里|内|当中|之中|(?=第))")
_AVERAGE = re.compile(
    r"(?:低于|高于|优于|超过|超出|好于)全(省|市|州|国|县|区)平均(?:水平|值|数)?的?$"
)
_AGENT = re.compile(
    r"[被由]([^被由，]{2,10}?)(?:列为|列入|评为|确定为|认定为|选为|命名为|列|评|选)"
)
_MORE = {"多": "增加", "少": "减少", "高": "提高", "低": "降低", "长": "增加", "短": "减少"}
_NET = ("净增", "多增")
_MORE_OF = re.compile(r"(?:同比|[较比](?:上|去)年(?:同期)?)[多少增减][\u4e00-\u9fff]{1,2}$")
"""同比减收, 较上年多支出."""
_RATIO = re.compile(r"占比(?:为|达|到|约)?$")
_SHARE = re.compile(
    r"^(?P<part>.*?)(?:所)?占(?P<whole>[^占比]{0,8}?)(?:的)?(?:比|比例|比重)?(?:为|达|到|约)?$"
)


@dataclass(frozen=True, slots=True)
class Growth:
    """How much something grew or fell."""

    base: str
    """What grew, as far as the clause says it."""
    word: str
    """How it changed: 同比增长."""


def growth_of(cut: Cut, told: str, follows_before: bool, phrases: Phrases) -> Growth | None:
    """The growth that a figure tells, or None."""
    words = phrases.wording
    if cut.unit == "倍" and _OF_BEFORE.search(told):
        return Growth(base_of(_OF_BEFORE.sub("", told), phrases), "为上年的")
    change = next(
        (how for word, how in words.told_changes.items() if cut.printed.startswith(word)), ""
    )
    if change:
        return Growth(base_of(told, phrases), change)
    unit_grows = cut.unit in words.growth_units or cut.figure.measured.form is Form.SHARE
    raw = re.sub(r"(?:达到|达|约|幅度|(?<=[幅速])为)$", "", told.strip(EDGE))
    compared = follows_before or any(c in raw for c in words.comparison)
    word = next((w for w in words.growth if raw.endswith(w)), "")
    if not word and follows_before and raw in _MORE:
        return Growth("", _MORE[raw])
    if not word and (more := _MORE_OF.search(raw)):
        return Growth(base_of(raw[: more.start()], phrases), more[0])
    if not word and raw.endswith(words.comparison):
        word = "增长"
    if not word or (word in words.compared_growth and not compared):
        return None
    if not unit_grows and not compared and word not in _NET:
        return None
    how = "增长" if word.startswith("翻") else word.strip("再了")
    how = ("同比" if "同比" in raw and "同比" not in how else "") + how
    return Growth(base_of(raw.removesuffix(word), phrases), how)


def versus(cuts: Sequence[Cut]) -> bool:
    """True once a sentence has said what it compares with: 与2021年相比，…."""
    return any(clause.endswith("相比") for cut in cuts for clause in cut.lead_in)


def base_of(text: str, phrases: Phrases) -> str:
    """Without the words of change and comparison: 案件较上年分别下降 → 案件."""
    for _ in range(3):
        text = text.removesuffix(next((w for w in phrases.wording.growth if text.endswith(w)), ""))
        text = re.sub(r"(?:平均|再|又|分别|大幅|进一步|明显|持续|累计)$", "", text.strip(EDGE))
        for word in phrases.wording.comparison:
            at = text.rfind(word)
            if at >= 0 and len(text) - at - len(word) <= 8:
                text = text[:at]
    return phrases.clean(text)


def is_after(cut: Cut, left: str, wording: Wording) -> bool:
    """True for the second figure of 由A降至B: nothing but a word of change before it."""
    word = re.sub(r"^(?:再|大幅|进一步|平均|统一|又)", "", re.sub(r"(?:至|到|为|成)$", "", left))
    return bool(re.search(r"[至到为成]$", cut.left.strip())) and word in wording.changes


def repeats(cut: Cut, left: str, wording: Wording) -> bool:
    """True for a further figure of the measure before it: 由A降至B, 较上年的B."""
    doubled = cut.printed.startswith(tuple(wording.told_changes))
    before = not left and is_before(cut) and cut.unit != "倍" and not doubled
    return before or is_after(cut, left, wording)


def is_before(cut: Cut) -> bool:
    """True for a figure of the year before that is only cited to compare with (较上年的93件)."""
    return bool(_BEFORE.search(cut.left.strip(EDGE)))


def without_change(left: str, wording: Wording) -> str:
    """套餐增至 → 套餐; 企业开办压缩至 → 企业开办."""
    plain = re.sub(r"(?:至|到|为|成)$", "", left)
    if plain == left:
        return left
    word = next((w for w in wording.changes if plain.endswith(w)), "")
    return plain[: -len(word)].rstrip("再") if word else left


def wider_scope(cut: Cut) -> str:
    """The name of the wider set that a figure counts (全州12个县市中 → 县市), or ""."""
    if _SCOPE.search(cut.left.strip(EDGE)):
        members = _MEMBERS.match(cut.onward)
        if members:
            return re.sub(r"(?:之中|当中|中|里|内)$", "", members[0])
    if "之一" in cut.onward[:16]:
        agent = _AGENT.search(cut.left)
        return (agent[1] if agent else "") + cut.onward.split("之一")[0]
    return ""


def before_scope(cut: Cut) -> str:
    """What stands before 在全市12个县市中: 得分."""
    return _SCOPE.sub("", cut.left.strip(EDGE))


def against_average(cut: Cut) -> str:
    """低于全州平均水平, when a figure says how far from an average; or ""."""
    match = _AVERAGE.search(cut.left.strip(EDGE))
    return match[0].rstrip("的") if match else ""


def share_of(cut: Cut, told: str) -> tuple[str, str] | None:
    """(part, whole) of 农民工占51%, 下沉人员占总数的82%; None when it is no such figure."""
    if cut.unit != "%":
        return None
    left = told.strip(EDGE)
    match = _SHARE.match(left)
    if not match or (match["part"] and _RATIO.search(left)):
        return None
    return match["part"], match["whole"]
