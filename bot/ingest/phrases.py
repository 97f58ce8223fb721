"""What a phrase of a report is about: its verb, its noun, and whether it can stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from bot.ingest.lexicon import Lexicon, Tag, Token
from bot.ingest.sentences import depths
from bot.ingest.wording import Wording

EDGE = " ,，、;；:：。.!！—–-·*'\"\t\n"
_YEARS = re.compile(
    r"(?:19|20)\d{2}年\d{1,2}月(?:至|到|[-—–~])(?:(?:19|20)\d{2}年)?\d{1,2}月"
    r"|(?:(?:19|20)\d{2}|[二一][〇零○一二三四五六七八九]{3})\s*年(?:度|底|末|以来|\d{1,2}月(?:份|\d{1,2}日)?)?[,，]?"
    r"|今年以来|今年|本年度?|截[至止]目?前?|连续[\d一二三四五六七八九十两]{1,2}年"
)
# Bare 比, 与 and 同 end words of their own (占比, 压缩比, 参与, 合同).
_FROM = re.compile(
    r"(?:(?:由|从|较|比|与|同)(?:上年|去年|上一年|前一年|前年|原来|原先|最初|过去|改革前|以前|法定)(?:度|同期)?的?"
    r"|[由从较]的?"
    r"|(?:比|与|同)?(?:上年|去年|上一年|前一年)(?:度|同期)?的?|(?<=[，,])比)$"
)
_ADVERBIAL = re.compile(r"^([\u4e00-\u9fff]{2,8}?)(?:之后|后|前|时)(?=[\u4e00-\u9fff]{2})")
_PER = re.compile(r"^每(?:个|名|家|户|位)?[\u4e00-\u9fff]{1,4}(?:[（(][^（()）]{1,6}[）)])?$")
_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}是|[(（]?[一二三四五六七八九十\d]{1,2}[)）、.])"
)
_LABEL = re.compile(r"^【[^】]*】")
_VERSION = re.compile(r"[vV]?\d(?:\.\d)?版?$")
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_THIN = 5
"""A noun with no more content than this may need the theme of its sentence."""
_LONG_BRACKET = 8
_MAX_KIND = 14


class Standing(Enum):
    """How well a phrase stands alone."""

    BARE = "bare"
    """Only stages and measure words: 审结, 成功率."""
    VAGUE = "vague"
    """A verb with an everyday noun: 提出建议."""
    THIN = "thin"
    """A short noun of no known domain: 线上应用."""
    FULL = "full"


class Phrases:
    """Reads phrases with the lexicon; `places` are the report's own names, official first."""

    def __init__(self, wording: Wording, places: tuple[str, ...]) -> None:
        self.wording = wording
        self.lexicon = Lexicon(wording)
        self._leads = frozenset(wording.leads)
        self._tails = frozenset(wording.tails)
        self._own = _own_names(places)

    # -- cleaning ----------------------------------------------------------------------------

    def clean(self, text: str) -> str:
        """Without years, own places, lead-ins and trailing helpers."""
        text = _LABEL.sub("", text.strip(EDGE))
        text = _ITEM.sub("", _YEARS.sub("", text).strip(EDGE))
        text = self._placeless(_without_long_brackets(text))
        before = None
        while before != text:
            before = text
            text = _FROM.sub("", text.strip(EDGE))
            text = self._lead_cut(self._tail_cut(text))
        return re.sub(r"\s+", "", text)

    def _placeless(self, text: str) -> str:
        level = depths(text)
        return self._own.sub(lambda m: m[0] if level[m.start()] else "", text)

    def _lead_cut(self, text: str) -> str:
        first = next(iter(self.lexicon.tokens(text[:12])), None)
        if first is None or first.text not in self._leads or first.is_(Tag.CONTENT):
            return text
        return text[first.end :]

    def _tail_cut(self, text: str) -> str:
        tokens = self.lexicon.tokens(text[-12:]) if len(text) <= 12 else self.lexicon.tokens(text)
        last = tokens[-1] if tokens else None
        if last is None or last.text not in self._tails or last.is_(Tag.CONTENT):
            return text
        return text[: -len(last.text)]

    # -- reading -----------------------------------------------------------------------------

    def standing(self, core: str) -> Standing:
        """How well a cleaned phrase stands alone."""
        tokens = self.lexicon.tokens(_PER.sub("", self._without_adverbial(core)))
        if any(t.is_(Tag.DOMAIN, Tag.QUOTED) for t in tokens):
            return Standing.FULL
        weight = sum(_weight(tokens, i) for i in range(len(tokens)))
        if weight >= 2:
            return Standing.FULL if weight > _THIN else Standing.THIN
        vague = any(t.is_(Tag.VAGUE) and not t.is_(Tag.ATTRIBUTE, Tag.VERB) for t in tokens)
        return Standing.VAGUE if vague else Standing.BARE

    def _without_adverbial(self, core: str) -> str:
        """告知补正后|撤回: what comes after a stage."""
        match = _ADVERBIAL.match(core)
        stage = match and not any(t.says_something for t in self.lexicon.tokens(match[1]))
        return core[match.end() :] if match and stage else core

    def is_noun(self, text: str) -> bool:
        """True when something is named that is neither a helper nor a stage."""
        return self.standing(text) is not Standing.BARE

    def verb(self, text: str) -> str:
        """The verbs that open a cleaned clause, or ""."""
        end = 0
        for token in self.lexicon.tokens(text):
            if not token.is_(Tag.VERB) or token.is_(Tag.DOMAIN):
                break
            end = token.end
        return text[:end]

    def tells(self, text: str) -> bool:
        """True when a phrase has a verb of its own somewhere."""
        tokens = self.lexicon.tokens(text)
        return bool(self.verb(text)) or any(t.is_(Tag.VERB) and t.opens_deed for t in tokens)

    def acts(self, text: str) -> bool:
        """True when a phrase begins with a verb, adverbs aside."""
        for token in self.lexicon.tokens(text)[:2]:
            if token.is_(Tag.VERB) and not token.is_(Tag.DOMAIN):
                return True
            if not token.is_(Tag.ATTRIBUTE, Tag.HELPER):
                return False
        return False

    def after_verbs(self, core: str) -> str:
        """What follows the last verb that has something behind it; all of it without a verb."""
        tokens = self.lexicon.tokens(core)
        opening = True
        begin = 0
        for i, token in enumerate(tokens):
            opening = opening and token.is_(Tag.VERB) and not token.is_(Tag.DOMAIN)
            acts = token.is_(Tag.VERB) and token.opens_deed
            behind = tokens[i + 1 :]
            if any(_names(t) for t in behind) if opening else acts and _say(behind):
                begin = token.end
        return core[begin:].lstrip("的了和、")

    def object(self, core: str) -> str:
        """The noun of a core without its verbs, stages and measure words."""
        tokens = list(self.lexicon.tokens(self.after_verbs(core)))
        while tokens and not _names(tokens[-1]) and not _ends_word(tokens):
            if tokens[-1].text == ")" and any(t.text == "(" for t in tokens):
                break
            tokens.pop()
        while tokens and tokens[0].tags == {Tag.HELPER}:
            tokens.pop(0)
        kept = [t for i, t in enumerate(tokens) if not _inner_stage(tokens, i)]
        text = "".join(t.text for t in kept)
        subject = self.domain(text)
        if subject and any(t.is_(Tag.VERB) and t.opens_deed for t in kept):
            return subject + (kept[-1].text if kept[-1].is_(Tag.VAGUE) else "")
        return text if self.is_noun(text) else ""

    def anchor(self, core: str) -> str:
        """The proper name or the subject of the trade that a core names, or ""."""
        tokens = self.lexicon.tokens(core)
        for i, token in enumerate(tokens):
            if token.is_(Tag.QUOTED):
                return self._named(tokens, i)
        return self.domain(core)

    def domain(self, core: str) -> str:
        """The last subject of the trade that a core names, or ""."""
        found = [t.text for t in self.lexicon.tokens(core) if t.is_(Tag.DOMAIN)]
        return found[-1] if found else ""

    def _named(self, tokens: tuple[Token, ...], i: int) -> str:
        """A quotation with the kind of thing it names: “闽执法”|平台."""
        text = tokens[i].text
        tail = ""
        for token in tokens[i + 1 :]:
            if token.opens_deed or token.is_(Tag.QUOTED) or token.text[0] in "的向、和(（":
                break
            tail += token.text
        tail = tail[:_MAX_KIND]
        words = (self.wording.containers, self.wording.uses)
        plain = [w for w in words[0] if w not in words[1]]
        ends = [_end(tail, some) for some in (plain, words[0])]
        return text + tail[: ends[0] or ends[1]]

    def join(self, left: str, right: str) -> str:
        """Two phrases as one; what ends the first and begins the second is said once."""
        for size in range(min(len(left), len(right)), 1, -1):
            if left.endswith(right[:size]):
                return left + right[size:]
        return left + right


def _end(text: str, words: Sequence[str]) -> int:
    """Where the last of *words* ends in a text; 0 when there is none."""
    return max((at + len(w) for w in words if (at := text.rfind(w)) >= 0), default=0)


def _weight(tokens: Sequence[Token], i: int) -> int:
    """How much a word names; a single character makes a noun of the verb before it (救助|金)."""
    token = tokens[i]
    if token.tags != {Tag.CONTENT}:
        return 0
    made = i and len(token.text) == 1 and tokens[i - 1].is_(Tag.NOUN_VERB)
    return len(token.text) + (len(tokens[i - 1].text) if made else 0)


def _own_names(places: tuple[str, ...]) -> re.Pattern[str]:
    official = [re.escape(name) for name in places if len(name) > 2]
    kinds = "".join(sorted({name[-1] for name in places if name[-1:] in "市区县州旗盟省"}))
    scopes = [f"[全我本][{kinds}](?:(?:范围|境|域|辖区)?内)?"] if kinds else []
    return re.compile(f"(?:{'|'.join([*official, *scopes])})(?!级|性|域|面)" if kinds else r"(?!)")


def _without_long_brackets(text: str) -> str:
    return _BRACKETED.sub(lambda m: m[0] if len(m[0]) <= _LONG_BRACKET else "", text)


def _names(token: Token) -> bool:
    return token.says_something or token.is_(Tag.VAGUE)


def _say(tokens: Sequence[Token]) -> bool:
    return any(token.says_something for token in tokens)


def _ends_word(tokens: list[Token]) -> bool:
    """A single 量 or 度 behind plain words belongs to them: 力|量."""
    return (
        len(tokens) > 1
        and len(tokens[-1].text) == 1
        and tokens[-1].is_(Tag.RATE)
        and tokens[-2].tags == {Tag.CONTENT}
    )


def _inner_stage(tokens: list[Token], i: int) -> bool:
    """A stage between a subject and its noun: 行政复议|新收|案件."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i].is_(Tag.ATTRIBUTE)
        and not tokens[i].is_(Tag.VAGUE)
        and tokens[i - 1].is_(Tag.DOMAIN)
        and tokens[i + 1].tags == {Tag.VAGUE}
    )
