"""The regular expressions of quantities; the words come from units.yaml, the groups are named.

Every repetition is bounded, so that reading stays linear.
"""

import re
from collections.abc import Iterable

from intents.numerals import ARABIC
from intents.units import UnitWords

_HAN = "[零〇一二两三四五六七八九十百千][零〇○一二两三四五六七八九十百千万亿]*"
_FORMAL = (
    "(?<!队)(?![伍陆]家)[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]{0,15}?"
    "(?=[万亿]?[份件元名人个项户条次起家宗场])"
)
_ODD = (
    "(?![年月日时号期点版级度届等强佳优上下左右内外前后中余多几来第线台代类型式亿万千百十个网路米])"
    "[\\u4e00-\\u9fff]"
)
"""A measure word that is in no list: it stands alone at the end of a clause (讲座12|讲，)."""
_HAN_NUMBER = (
    f"半(?=个|天|小时)|{_HAN}(?:点[零〇一二三四五六七八九]+)?"
    f"|(?<=[数几上近逾超过约])[万亿]|[万亿](?=[余多])|{_FORMAL}"
)
_SCALE = "[十百千]?[万亿]|[百千](?![分米克瓦里])"
_MINUS = "(?:(?<![^\\u4e00-\\u9fff])[-−]|负)(?=\\d+(?:\\.\\d+)?\\s*(?:%|‰|个?百分点))"
_RANGE = "(?<![\\d.])\\d{1,6}(?:\\.\\d{1,4})?%?\\s*[-—–~至到]\\s*"


def any_of(words: Iterable[str]) -> str:
    """Alternatives, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _guarded(words: Iterable[str], guards: dict[str, tuple[str, ...]]) -> str:
    """Alternatives, each refused in front of the words listed for it."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(
        re.escape(w) + (f"(?!{any_of(guards[w])})" if guards.get(w) else "") for w in ordered
    )


def _prefixes(words: UnitWords) -> str:
    """Approximators before a number, each with what may not precede and must follow it."""
    parts = []
    for word in sorted(words.prefixes, key=lambda w: (-len(w), w)):
        behind = "".join(f"(?<!{re.escape(c)})" for c in words.not_after.get(word, ()))
        needed = words.only_before.get(word)
        parts.append(behind + re.escape(word) + (f"(?={any_of(needed)})" if needed else ""))
    return "|".join(parts)


def place(w: UnitWords) -> str:
    """第N位, on its own."""
    return (
        f"第(?P<place>\\d{{1,4}}(?![.,]?\\d)|[一二三四五六七八九十]{{1,3}})"
        f"(?:(?P<place_unit>{any_of(w.rank_units)})|(?!{any_of(w.families)}))"
    )


def rank(w: UnitWords) -> str:
    """居全省第N位."""
    verbs, peers = any_of(w.rank_verbs), any_of(w.rank_peers)
    scope = f"(?:(?:{any_of(w.rank_scopes)})(?:{peers}){{0,3}}|(?:{peers}){{1,3}})"
    among = "(?<=个)(?:区|县|市|州|旗|盟市|城市|省份|地区|单位|部门)[中里]?"
    scope = f"(?:{scope}|{among})"
    return f"(?P<rank>(?:(?:{verbs}){scope}?|{scope})(?:{verbs})?\\s*{place(w)})"


def amount(w: UnitWords) -> str:
    """Everything that is no rank, with the words that make it inexact."""
    fraction = (
        "(?P<den>[百千万]|[二三四五六七八九十]|(?<!\\d)\\d{1,6})分之"
        f"(?P<num>{ARABIC}|{_HAN_NUMBER})"
    )
    shares = f"(?P<share>{any_of(w.shares)})|(?P<double>{any_of(w.doublings)})"
    tenths = (
        "(?P<tenths>[一二两三四五六七八九])成"
        "(?P<half>[一二三四五六七八九半](?:点[零〇一二三四五六七八九]{1,3})?)(?!立|功|效)"
    )
    infix = any_of(w.infixes)
    number = (
        f"(?P<range>{_RANGE}(?=[\\d.]{{1,8}}\\s*(?:{_guarded(w.families, w.not_before)})))?"
        f"(?P<minus>{_MINUS})?(?:(?P<digits>{ARABIC})|(?P<han>{_HAN_NUMBER}))"
    )
    scaled = (
        f"(?:\\s*(?P<more1>{infix})(?=[十百千万亿]))?(?:\\s*(?P<scale>{_SCALE})"
        "(?:(?P<low_digits>\\d{1,4})(?P<low_scale>[十百千]?万|[百千])|零(?P<low_rest>\\d{1,4}))?)?"
    )
    unit = f"(?P<unit>{_guarded(w.families, w.not_before)})(?P<more3>[多余](?![^\\W_]))?"
    odd = f"(?(digits)(?P<odd>{_ODD})(?=[，,。；;、）)\\n]|$)|(?!))"
    half = f"(?P<and_half>{any_of(w.halves)})"
    plain = f"{number}{scaled}(?:\\s*(?P<more2>{infix}))?(?:{half}|\\s*{unit}|{odd})?"
    pre = f"(?:(?P<pre>{_prefixes(w)})\\s*)?"
    post = f"(?:\\s*(?P<post>{any_of(w.suffixes)}))?"
    return f"{pre}(?:{fraction}|{shares}|{tenths}|{plain}){post}"
