"""Money that a question asks for (多少救助金), or only names: 用慈善的钱帮了几起."""

from collections.abc import Sequence
from itertools import pairwise, takewhile

from intents.cues import load_cues
from intents.question_words import ASK_UNIT
from intents.tagger import Token
from intents.vocabulary import Sort, Vocabulary, WordKind

_GOES_ON = frozenset({WordKind.CONCEPT, WordKind.UNKNOWN})


def only_spent(tokens: Sequence[Token], n: int, vocabulary: Vocabulary) -> bool:
    """True for 用慈善的钱帮人，帮了几起: money that something was done with, not asked for."""
    token, idle = tokens[n], {WordKind.NOISE}
    once = sum(t.kind is WordKind.ASK for t in tokens) == 1
    if once and token.text in load_cues().money_nouns:
        idle.add(WordKind.BREAK)  # 救助的钱，一共帮了几起
    behind = [t for t in tokens[n + 1 :] if t.kind not in idle]
    goes_on = bool(behind) and (behind[0].kind in _GOES_ON or _asks_for_cases(behind[0]))
    return _is_money(token, vocabulary) and goes_on and any(t.kind is WordKind.ASK for t in behind)


def spent_on(tokens: Sequence[Token], n: int, vocabulary: Vocabulary) -> bool:
    """True for 给几起案子发过救助金, 几起领到了钱: what the money was spent on is counted."""
    token, cues = tokens[n], load_cues()
    names = token.text.endswith(cues.money_ends) or token.text in cues.money_nouns
    if not (_is_money(token, vocabulary) and names):
        return False
    clause = list(takewhile(lambda t: t.kind is not WordKind.BREAK, reversed(tokens[:n])))
    behind = tokens[n + 1 : n + 2]
    nouns = {t.start for t in clause if t.kind is WordKind.CONCEPT}  # 多少|起案子
    return not any(t.kind is WordKind.ASK for t in behind) and any(
        t.kind is WordKind.ASK and (ASK_UNIT.match(t.text) or t.end in nouns) for t in clause
    )


def counts_money(tokens: Sequence[Token]) -> bool:
    """True for 多少|救助金, 多少|顾问|费; not for 多少|款|应用."""
    for n, (ask, noun) in enumerate(pairwise(tokens)):
        if ask.kind is not WordKind.ASK or ask.end != noun.start:
            continue
        behind = next((t for t in tokens[n + 2 :] if t.start == noun.end), None)
        fee = behind is not None and behind.kind is WordKind.UNKNOWN and _names_money(behind)
        if fee or (len(noun.text) > 1 and _names_money(noun)):
            return True
    return False


def only_names_money(tokens: Sequence[Token]) -> bool:
    """True for a lone 救助金: nothing is asked of it, so the money is."""
    said = [t for t in tokens if t.kind not in (WordKind.NOISE, WordKind.BREAK, WordKind.PLACE)]
    return len(said) == 1 and said[0].kind is WordKind.CONCEPT and _names_money(said[0])


def _asks_for_cases(token: Token) -> bool:
    """True for 几起, behind 讨不到钱的."""
    unit = ASK_UNIT.match(token.text) if token.kind is WordKind.ASK else None
    return unit is not None and unit[1] in load_cues().case_counters


def _names_money(token: Token) -> bool:
    return token.text.endswith(load_cues().money_ends)


def _is_money(token: Token, vocabulary: Vocabulary) -> bool:
    said = token.entry.concepts if token.kind is WordKind.CONCEPT else ()
    return any(vocabulary.sort(c) is Sort.MONEY for c in said)
