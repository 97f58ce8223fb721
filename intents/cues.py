"""Small words that decide how a question is cut and what kind of turn it is (cues.yaml)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from intents.yamlfile import read

CUES_FILE = Path(__file__).with_name("cues.yaml")


@dataclass(frozen=True, slots=True)
class Cues:
    """The lists of cues.yaml, under their names there."""

    dealt: tuple[str, ...]
    dealt_out: tuple[str, ...]
    each: tuple[str, ...]
    list_nouns: tuple[str, ...]
    list_leads: tuple[str, ...]
    every_kind: tuple[str, ...]
    each_level: tuple[str, ...]
    each_kind: tuple[str, ...]
    joining: tuple[str, ...]
    strings: tuple[str, ...]
    asking_all: tuple[str, ...]
    name_ends: tuple[str, ...]
    count_ends: tuple[str, ...]
    number_ends: tuple[str, ...]
    gaps: tuple[str, ...]
    which_several: tuple[str, ...]
    which_leads: tuple[str, ...]
    slogan_kinds: tuple[str, ...]
    deeds: tuple[str, ...]
    which_places: tuple[str, ...]
    which_one: tuple[str, ...]
    what: tuple[str, ...]
    comparing_ends: tuple[str, ...]
    somewhat: tuple[str, ...]
    asking_ends: tuple[str, ...]
    yes_no: tuple[str, ...]
    either: tuple[str, ...]
    yes_no_ends: tuple[str, ...]
    over_years: tuple[str, ...]
    intros: tuple[str, ...]
    count_asks: tuple[str, ...]
    any_counter: tuple[str, ...]
    loose_asks: tuple[str, ...]
    firm_asks: tuple[str, ...]
    agents: tuple[str, ...]
    leaving_ends: tuple[str, ...]
    speakers: tuple[str, ...]
    misheard: tuple[str, ...]
    never_misheard: tuple[str, ...]
    people_ends: tuple[str, ...]
    case_counters: tuple[str, ...]
    case_ends: tuple[str, ...]
    item_ends: tuple[str, ...]
    pointing: tuple[str, ...]
    out_of: tuple[str, ...]
    of_which: tuple[str, ...]
    in_all: tuple[str, ...]
    the_rest: tuple[str, ...]
    that_kind: tuple[str, ...]
    that_one: tuple[str, ...]
    those_told: tuple[str, ...]
    picking: tuple[str, ...]
    means: tuple[str, ...]
    ahead: tuple[str, ...]
    besides: tuple[str, ...]
    the_other: tuple[str, ...]
    than: tuple[str, ...]
    elliptic: tuple[str, ...]
    going_on: tuple[str, ...]
    meaning: tuple[str, ...]
    complaints: tuple[str, ...]
    living_in: tuple[str, ...]
    taking_back: tuple[str, ...]
    sighs: tuple[str, ...]
    claims: tuple[str, ...]
    hearsay: tuple[str, ...]
    taken_note: tuple[str, ...]
    not_this: tuple[str, ...]
    leaving: tuple[str, ...]
    asked_by: tuple[str, ...]
    before_level: tuple[str, ...]
    wanted_too: tuple[str, ...]
    awarded_itself: tuple[str, ...]
    own_level: tuple[str, ...]
    done_ends: tuple[str, ...]
    newly: tuple[str, ...]
    there: tuple[str, ...]
    those: tuple[str, ...]
    who_of_two: tuple[str, ...]
    other_topics: tuple[str, ...]
    all_are: tuple[str, ...]
    named_ends: tuple[str, ...]
    together: tuple[str, ...]
    results: tuple[str, ...]
    succeeding: tuple[str, ...]
    everything: tuple[str, ...]
    telling: tuple[str, ...]
    declining: tuple[str, ...]
    the_two: tuple[str, ...]
    laid_beside: tuple[str, ...]
    no_matter: tuple[str, ...]
    with_it: tuple[str, ...]
    too_ends: tuple[str, ...]
    with_it_ends: tuple[str, ...]
    left_out: tuple[str, ...]
    softeners: tuple[str, ...]
    apart: tuple[str, ...]
    apart_words: tuple[str, ...]
    apart_ends: tuple[str, ...]
    apart_places: tuple[str, ...]
    apart_speakers: tuple[str, ...]
    apart_fillers: tuple[str, ...]
    apart_particles: tuple[str, ...]
    apart_behind: tuple[str, ...]
    apart_clauses: tuple[str, ...]
    apart_joining: tuple[str, ...]
    asking_why: tuple[str, ...]
    or_not: tuple[str, ...]
    asking_back: tuple[str, ...]
    documents: tuple[str, ...]
    own_document: tuple[str, ...]
    in_document: tuple[str, ...]
    particles: tuple[str, ...]
    all_of_place: tuple[str, ...]
    copulas: tuple[str, ...]
    same_year: tuple[str, ...]
    next_year: tuple[str, ...]
    year_before: tuple[str, ...]
    money_nouns: tuple[str, ...]
    money_ends: tuple[str, ...]
    kin: tuple[str, ...]
    both_places: tuple[str, ...]
    three_places: tuple[str, ...]
    two_of: tuple[str, ...]
    the_number: tuple[str, ...]
    where: tuple[str, ...]
    many: tuple[str, ...]
    awarding: tuple[str, ...]
    that_document: tuple[str, ...]
    its_part: tuple[str, ...]
    among: tuple[str, ...]
    that_level: tuple[str, ...]
    towards: tuple[str, ...]
    arranging: tuple[str, ...]
    disposing: tuple[str, ...]
    kinds_counted: tuple[str, ...]
    merging: tuple[str, ...]
    at_last: tuple[str, ...]
    behind_head: tuple[str, ...]
    linking: tuple[str, ...]
    idle_nouns: tuple[str, ...]
    kinds_of_people: tuple[str, ...]
    everyday: tuple[str, ...]
    first: tuple[str, ...]
    new: tuple[str, ...]
    rhythms: tuple[str, ...]
    about_ends: tuple[str, ...]
    honours: tuple[str, ...]
    ranked_by: tuple[str, ...]
    ranked_as: tuple[str, ...]


@lru_cache(maxsize=4)
def load_cues(path: Path = CUES_FILE) -> Cues:
    """Read the cues; faults are DataFileErrors with file and line."""
    top = read(path).record(set(Cues.__dataclass_fields__))
    return Cues(**{name: node.texts() for name, node in top.items()})


def ruled_out_at(text: str, start: int) -> bool:
    """True when what begins at *start* is ruled out: behind 不是, not behind 是不是, nor where the
    clause only asks back (不是吹一件事吗); before 不算; between 除 and 以外."""
    cues, before = load_cues(), text[:start]
    match = _CLAUSE.match(text, start)
    clause = match[0] if match is not None else ""
    said = clause.rstrip("".join(cues.softeners))
    if any(said.endswith(word) and not said.endswith(word[-1] + word) for word in cues.left_out):
        return True  # not 算不算
    if before.endswith(cues.apart) and any(word in clause for word in cues.apart_ends):
        return not before.endswith(cues.apart_words)
    done = before.rstrip("".join(cues.softeners)).endswith(cues.apart_words)  # 免除了
    return not (done or clause.endswith(cues.asking_back)) and any(
        before.endswith(word) and not before.endswith(word[-1] + word) for word in cues.not_this
    )


def excludes(text: str) -> bool:
    """True when some word of it may rule something out or leave it open."""
    cues = load_cues()
    behind = (*cues.left_out, *cues.apart_ends)
    words = (
        *cues.not_this,
        *cues.no_matter,
        *cues.or_not,
        *cues.with_it_ends,
        *cues.too_ends,
        *behind,
    )
    return any(word in text for word in words)


def no_matter_at(text: str, start: int, end: int) -> bool:
    """True when what stands there may be so or not: behind 不管, before “or not”."""
    cues = load_cues()
    return text[:start].endswith(cues.no_matter) or text[end:].startswith(cues.or_not)


def counted_too(text: str, start: int, end: int) -> bool:
    """True for what is only counted, too: 连合同在内, of all that is asked."""
    cues = load_cues()
    if text[end:].startswith(cues.too_ends):
        return True  # 没调成的也算在内
    return text[:start].endswith(cues.with_it) and text[end:].startswith(cues.with_it_ends)


_CLAUSE = re.compile(r"[^,，.。;；!！?？\n…~～]*")


def speaks_of_told(text: str) -> bool:
    """True where those who were just told of are meant: 他们办了几场, how many did they hold."""
    han = [w for w in load_cues().those_told if not w.isascii()]
    words = re.findall("[a-z]+", text) if text.isascii() else []
    return any(w in text for w in han) or not set(load_cues().those_told).isdisjoint(words)
