"""Nothing leaves with a number that no report says: tampered replies, thousands of real ones."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from talk import Said, say, talk

from bot.dialogue import engine
from bot.dialogue.answer import Answer, Status
from bot.dialogue.gate import GateError, check, numerals
from bot.dialogue.render import render
from bot.dialogue.wording import Wording, load_wording
from bot.facts.model import Kind
from bot.knowledge import Knowledge
from bot.messages import Line, Reply, Run, Style

WORDING = load_wording()


def passes(said: Said, reply: Reply) -> bool:
    """Whether the gate lets a reply out as the answer of a turn."""
    try:
        check(reply, said.answer, said.question, WORDING, ())
    except GateError:
        return False
    return True


def plain(text: str) -> Line:
    return (Run(text),)


def with_line(reply: Reply, *lines: Line) -> Reply:
    return replace(reply, lines=(*reply.lines, *lines))


def changed(reply: Reply, style: Style, old: str, new: str) -> Reply:
    """The reply with one run changed."""
    hit = [run for line in reply.lines for run in line if run.style is style and old in run.text]
    assert hit, f"{old!r} is not there"
    lines = tuple(
        tuple(
            replace(run, text=run.text.replace(old, new, 1)) if run.style is style else run
            for run in line
        )
        for line in reply.lines
    )
    return replace(reply, lines=lines)


@pytest.fixture(scope="module")
def sampled(knowledge: Knowledge) -> Said:
    """An answer whose sentence holds 176 件, 1500 批次, 70 批次, 1000 余起 and 58 起."""
    said = say(knowledge, "鲤城区2022年完成食品安全监督抽检多少批次")
    assert said.figures == ["1500 批次"]
    return said


@pytest.fixture(scope="module")
def loose(small: Knowledge) -> Said:
    """An answer whose sentence holds 1203件, 1524万余元, 3.2万份 and 310场次."""
    said = say(small, "余姚市2023年法律援助案件受理了多少件")
    assert said.figures == ["1203件"]
    return said


def test_an_honest_reply_passes(sampled: Said, loose: Said) -> None:
    assert passes(sampled, sampled.reply)
    assert passes(loose, loose.reply)


@pytest.mark.parametrize(
    "text",
    [
        "50",
        "150",
        "15",
        "500",
        "00",
        "1501",
        "1500.5",
        "15 00",
        "共51批次",
        "０９",
        "1,501",
        "３９９",
    ],
)
def test_a_number_that_is_not_in_the_excerpt(sampled: Said, text: str) -> None:
    assert not passes(sampled, with_line(sampled.reply, plain(f"其中{text}")))


@pytest.mark.parametrize("text", ["1500", "1,500", "１５００", "70 批次", "2022年"])
def test_a_number_that_is_there(sampled: Said, text: str) -> None:
    assert passes(sampled, with_line(sampled.reply, plain(f"其中{text}")))


@pytest.mark.parametrize("text", ["3", "2", "32", "152", "15.24", "1524.0"])
def test_parts_of_a_number_are_other_numbers(loose: Said, text: str) -> None:
    assert not passes(loose, with_line(loose.reply, plain(f"其中{text}")))


def test_a_number_of_the_question_may_be_repeated(sampled: Said) -> None:
    line = plain("您说的是4711")
    assert not passes(sampled, with_line(sampled.reply, line))
    asked = replace(sampled, question=f"{sampled.question}不是4711吧")
    assert passes(asked, with_line(sampled.reply, line))
    assert not passes(asked, with_line(sampled.reply, plain("您说的是471")))


@pytest.mark.parametrize(
    "new", ["1501 批次", "150 批次", "70 批次", "15000 批次", "1500 万批次", ""]
)
def test_a_changed_figure(sampled: Said, new: str) -> None:
    assert not passes(sampled, changed(sampled.reply, Style.STRONG, "1500 批次", new))


def test_a_figure_of_another_fact(sampled: Said, loose: Said) -> None:
    assert not passes(sampled, with_line(sampled.reply, (Run("1203件", Style.STRONG),)))
    assert not passes(sampled, loose.reply)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1500", "1501"),
        ("1500", "1500余"),
        ("抽检", "抽查"),
        ("、", ""),
        ("。", ""),
        (" 批次", "批次"),
    ],
)
def test_a_quotation_that_is_not_verbatim(sampled: Said, old: str, new: str) -> None:
    assert not passes(sampled, changed(sampled.reply, Style.QUOTE, old, new))


def test_a_quotation_of_another_report(sampled: Said, loose: Said) -> None:
    quote = next(line for line in loose.reply.lines if line[0].style is Style.QUOTE)
    assert not passes(sampled, with_line(sampled.reply, quote))


def test_a_part_of_a_quotation(sampled: Said) -> None:
    quote = next(line for line in sampled.reply.lines if line[0].style is Style.QUOTE)
    assert not passes(sampled, with_line(sampled.reply, (Run(quote[0].text[:9], Style.QUOTE),)))


def test_another_place_year_or_date(sampled: Said) -> None:
    assert not passes(sampled, changed(sampled.reply, Style.PLAIN, "2022年", "2021年"))
    assert not passes(sampled, changed(sampled.reply, Style.PLAIN, "2023-02-10", "2023-02-11"))


@pytest.mark.parametrize("text", ["三百件", "十五批次", "一千五百零一", "八成"])
def test_chinese_numerals_are_numbers(sampled: Said, text: str) -> None:
    assert not passes(sampled, with_line(sampled.reply, plain(f"其中{text}")))


def test_a_refusal_may_not_carry_a_figure(knowledge: Knowledge) -> None:
    said = say(knowledge, "石狮市2024年幼儿园有多少所")
    assert not said.figures
    assert not passes(said, with_line(said.reply, plain("大约12所")))


def test_what_the_gate_stops_never_reaches_the_user(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(answer: Answer, wording: Wording) -> Reply:
        reply = render(answer, wording)
        return with_line(reply, plain("共4711件")) if answer.cited else reply

    monkeypatch.setattr(engine, "render", spoilt)
    said = say(knowledge, "鲤城区2022年完成食品安全监督抽检多少批次")
    assert said.status is Status.NO_DATA
    assert said.reply.plain == WORDING.say("failed")
    assert "4711" not in said.reply.plain


def test_all_options_in_one_answer_pass_the_gate_too(
    small: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(answer: Answer, wording: Wording) -> Reply:
        reply = render(answer, wording)
        return with_line(reply, plain("共4711件")) if len(answer.cited) > 1 else reply

    asked = "行政复议收到多少件"
    assert len(talk(small, asked, "都要")[-1].figures) > 1
    monkeypatch.setattr(engine, "render", spoilt)
    said = talk(small, asked, "都要")[-1]
    assert said.reply.plain == WORDING.say("failed")
    assert said.figures == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("1500 批次", {"1500"}),
        ("1,524万", {"1524"}),
        ("９９．８％", {"99.8"}),
        ("2021-2025年", {"2021", "2025"}),
        ("第3次、3.0版", {"3", "3.0"}),
    ],
)
def test_numerals(text: str, found: set[str]) -> None:
    assert numerals(text) == found


# -- thousands of questions ------------------------------------------------------------------

DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
FORMS = ("{place}{year}{asked}", "{asked} {place} {year}", "请问{year}{place}{asked}？")
WHERE = (
    ("石狮市", "2024年"), ("晋江", "2021"), ("鲤城区", "22年"), ("马尾", ""),
    ("温州鹿城", "2022年度"), ("石狮", ""), ("晋江市", "二〇二一年"), ("", ""), ("泉州", ""),
    ("鹿城区", "2019年"),
    ("马尾区", "去年"), ("上海", "2024年"), ("鲤城和晋江", ""),
)  # fmt: skip


def questions(knowledge: Knowledge) -> Iterator[str]:
    """Every example and name of every measure, and every name of a figure, in changing company."""
    catalog = knowledge.tongue.catalog.measures.values()
    asked = [text for m in catalog for text in (*m.examples[:2], m.name, *m.negatives[:1])]
    asked += [fact.metric for fact in knowledge.base.facts()]
    asked += ["存在什么问题", "下一步打算", "哪里最多", "有哪些数据", "文号是多少", "2和3哪个多"]
    for number, text in enumerate(asked):
        for turn in (number, number * 7 + 3):
            place, year = WHERE[turn % len(WHERE)]
            yield FORMS[turn % len(FORMS)].format(place=place, year=year, asked=text)


def known(knowledge: Knowledge) -> set[str]:
    """Numbers about the base itself."""
    base = knowledge.base
    years = {str(year) for years in knowledge.years.values() for year in years}
    return {str(base.size), str(base.report_count()), str(len(knowledge.years))} | years


def strange(said: Said, allowed: set[str]) -> list[str]:
    """Numbers of a reply that an independent reading vouches for nowhere."""
    quoted = [q.text for q in said.answer.quoted] + [c.fact.excerpt for c in said.answer.cited]
    reports = [x.report for x in (*said.answer.cited, *said.answer.quoted)]
    shown = [t for t in quoted if t in said.reply.plain]
    shown += [r.title for r in reports] + [r.published or "" for r in reports]
    shown += [c.fact.metric for c in said.answer.cited] + said.options + [said.question]
    shown += [f"{c.fact.year} {c.fact.text}" for c in said.answer.cited]
    shown += [q.heading for q in said.answer.quoted]
    shown += [*said.answer.computed, str(len(said.answer.cited))]
    names = [n.fields.get("measure", "") for n in (*said.answer.notes, *said.answer.after)]
    allowed = allowed | {n for text in (*shown, *names) for n in DIGITS.findall(text)}
    allowed |= {str(p.year) for p in said.trace.question.periods}
    fixed = {n for key in said.notes for n in DIGITS.findall(WORDING.templates[key])}
    return [n for n in DIGITS.findall(said.reply.plain) if n not in allowed | fixed]


def faults(said: Said, allowed: set[str]) -> Iterator[str]:
    """What is wrong with a reply, whatever the gate says."""
    reply = said.reply.plain
    if not reply.strip():
        yield "an empty reply"
    if said.notes == ["failed"]:
        yield "stopped by the gate"
    if numbers := strange(said, allowed):
        yield f"{numbers} from nowhere"
    if said.status is not Status.ANSWERED and said.figures:
        yield "a figure in a refusal"
    for cited in said.answer.cited:
        fact = cited.fact
        shown = (fact.text, fact.area.name, f"{fact.year}年", fact.excerpt, cited.report.title)
        yield from (f"{part!r} is not shown" for part in shown if part not in reply)
        if "".join(fact.text.split()) not in "".join(fact.excerpt.split()):
            yield f"{fact.text!r} is not in its excerpt"
        if cited.report.text[fact.start : fact.end] != fact.text:
            yield f"{fact.id} is not proved"
        if fact.kind is Kind.PLAN and "计划" not in reply:
            yield f"{fact.id} is a plan and does not say so"


def test_every_reply_passes_the_gate_and_shows_its_proof(knowledge: Knowledge) -> None:
    allowed = known(knowledge)
    statuses: Counter[Status] = Counter()
    wrong = []
    for question in questions(knowledge):
        said = say(knowledge, question)
        statuses[said.status] += 1
        wrong += [f"{question}: {fault}" for fault in faults(said, allowed)]
    assert statuses.total() > 2000
    assert set(statuses) == set(Status)
    assert wrong == []


def test_every_reply_of_a_dialogue_passes_the_gate(knowledge: Knowledge) -> None:
    allowed = known(knowledge)
    follow = (
        "那晋江呢",
        "2021年呢",
        "比例是多少",
        "原文呢",
        "1",
        "哪个多",
        "2019",
        "鲤城区和石狮比呢",
    )
    wrong = []
    for fact in knowledge.base.facts()[::4]:
        said = say(knowledge, f"{fact.area.name}{fact.year}年{fact.metric}")
        for text in follow:
            said = say(knowledge, text, said.session)
            wrong += [f"{fact.metric} … {text}: {fault}" for fault in faults(said, allowed)]
    assert wrong == []
