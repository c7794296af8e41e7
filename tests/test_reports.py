"""Reports: drafted by one, checked by another, signed, published, and made again from the log."""

from __future__ import annotations

import json
from datetime import date

import pytest
from department import TODAY, UNIT, Clock, Department, who
from scenario import given
from stories import DISCOVERING, NURTURING, WORDS
from test_lawfulness import forge

from domain.report import ReportChecked, ReportKind
from domain.values import CandidateKind, Role, private
from events_store.ledger import Ledger
from events_store.rebuilt import rows
from web.reports import changes, document
from web.reports.document import Spec, build, draft
from web.reports.verify import HELD, verify
from workflow import commands as asked
from workflow.lawfulness import Ruling, findings
from workflow.refusals import InvalidCommand, NeedsUnmet
from workflow.register import Register, Request

BEGINS, ENDS = date(2026, 1, 1), date(2026, 6, 30)
ON = date(2026, 3, 2)


def spec(register: Department) -> Spec:
    size = register.ledger.size()
    return Spec(ReportKind.HALF_YEAR, BEGINS, ENDS, ON, size, size)


def ledger(register: Department) -> Ledger:
    assert isinstance(register.ledger, Ledger)
    return register.ledger


def found(register: Department, count: int) -> list[str]:
    """Return so many collectives, just found."""
    names = [who(f"Tổ {number}") for number in range(count)]
    made = [asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, name, WORDS) for name in names]
    return [register.ask(one, by=Role.OFFICER).subject for one in made]


def drafted(register: Department) -> str:
    command = draft(ledger(register), register, spec(register))
    return register.ask(command, by=Role.REVIEWER).subject


def published(register: Department) -> str:
    report = drafted(register)
    register.ask(asked.CheckReport(), report, Role.STANDING_BODY)
    register.ask(asked.SignReport(), report, Role.DIRECTOR)
    register.ask(asked.PublishReport("05/BC-SNN"), report, Role.STANDING_BODY)
    return report


def unmet(register: Department, command: asked.Command, report: str, by: Role) -> list[str]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(command, report, by)
    return [finding.need for finding in caught.value.unmet]


def test_6_2_a_report_goes_through_three_people_before_it_is_out(register: Department) -> None:
    report = drafted(register)
    publish = asked.PublishReport("05/BC-SNN")
    assert unmet(register, publish, report, Role.STANDING_BODY) == ["report-signed"]
    assert unmet(register, asked.SignReport(), report, Role.DIRECTOR) == ["report-checked"]
    assert unmet(register, asked.CheckReport(), report, Role.REVIEWER) == ["second-person"]
    register.ask(asked.CheckReport(), report, Role.STANDING_BODY)
    register.ask(asked.SignReport(), report, Role.DIRECTOR)
    receipt = register.ask(publish, report, Role.STANDING_BODY)
    state, event = register.all("report")[report], receipt.entries[-1].event
    assert (state.running, state.number) == (False, "05/BC-SNN")
    assert document.spec_of(event) == document.spec_of(state.draft)
    assert (event.digest, event.root) == (state.draft.digest, state.draft.root)
    withdraw = asked.WithdrawReport(private("sai kỳ"))
    assert unmet(register, withdraw, report, Role.DIRECTOR) == ["report-running"]
    verdicts = findings(ledger(register).all(), register.rules)
    assert {verdict.ruling for verdict in verdicts} == {Ruling.LAWFUL}


def test_6_2_a_draft_is_the_document_that_its_hash_says(register: Department) -> None:
    command = draft(ledger(register), register, spec(register))
    forged = json.loads(str(command.document.content["text"]))
    forged["figures"] = []
    other = private(document.canonical(forged).decode())
    told = {f: getattr(command, f) for f in command.__dataclass_fields__} | {"document": other}
    with pytest.raises(InvalidCommand):
        register.ask(asked.DraftReport(**told), by=Role.REVIEWER)


def made_up(register: Department, **other: object) -> asked.DraftReport:
    """Return the draft of a report whose first row of a table says one more, by its own hash."""
    command = draft(ledger(register), register, spec(register))
    content = json.loads(str(command.document.content["text"]))
    content["figures"][0]["rows"][0][-1] += 1
    content |= {"template": other.get("template", content["template"])}
    content["log"]["root"] = other.get("root", content["log"]["root"])
    forged = document.canonical(content)
    told = {f: getattr(command, f) for f in command.__dataclass_fields__} | other
    told |= {"document": private(forged.decode()), "digest": document.digest(forged)}
    return asked.DraftReport(**told)


def refusals(register: Department, report: str, by: Role) -> list[tuple[str, tuple[str, ...]]]:
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(asked.CheckReport(), report, by)
    return [(finding.need, finding.missing) for finding in caught.value.unmet]


def test_6_2_what_the_log_does_not_say_is_not_checked(register: Department) -> None:
    found(register, 6)
    wrong: dict[str, dict[str, object]] = {
        "by-stage": {},
        "template": {"template": "0" * 64},
        "log": {"root": "0" * 43 + "="},
    }
    for differing, other in wrong.items():
        report = register.ask(made_up(register, **other), by=Role.REVIEWER).subject
        told = [("report-remade", (differing,))]
        assert refusals(register, report, Role.STANDING_BODY) == told
        told += [("second-person", ("report-running",))]  # which the reviewer drafted
        assert refusals(register, report, Role.REVIEWER) == told
    alone = Register(register.ledger, register.rules, register.clock)
    check = Request(asked.CheckReport(), register.people[Role.STANDING_BODY], drafted(register))
    assert [f.answer for f in alone.why(check) if not f.met] == ["not-proven"]
    assert [f for f in register.why(check) if not f.met] == []


def test_6_2_who_writes_past_the_door_that_it_was_checked_is_found(register: Department) -> None:
    found(register, 6)
    report = register.ask(made_up(register), by=Role.REVIEWER).subject
    rules = register.in_force(TODAY).name
    forge(register, report, ReportChecked(), by=Role.STANDING_BODY, on=TODAY, rule_set=rules)
    why = {v.why for v in findings(ledger(register).all(), register.rules, register.remade)}
    assert why == {(), ("report-remade",)}
    sign = asked.SignReport()
    assert unmet(register, sign, report, Role.DIRECTOR) == ["report-remade"]


@pytest.mark.parametrize("other", ["{}", "no report", '{"figures":[{"rows":[[[]]]}]}'])
def test_6_2_what_is_no_report_is_not_drafted(register: Department, other: str) -> None:
    command = draft(ledger(register), register, spec(register))
    told = {f: getattr(command, f) for f in command.__dataclass_fields__}
    told |= {"document": private(other), "digest": document.digest(other.encode())}
    with pytest.raises(InvalidCommand) as caught:
        register.ask(asked.DraftReport(**told), by=Role.REVIEWER)
    assert caught.value.facts[0] == "document"


def test_6_2_a_later_correction_does_not_change_what_was_published(register: Department) -> None:
    (first, *_others) = found(register, 6)
    report = published(register)
    draft_of = register.all("report")[report].draft
    was = document.kept(ledger(register), register.all("report")[report])
    assert changes.since(ledger(register), document.spec_of(draft_of)) == []
    by_stage = next(f for f in json.loads(was)["figures"] if f["name"] == "by-stage")
    assert by_stage["rows"] == [["discover", 6]]
    void = asked.WithdrawCandidate(private("rút"))
    at = register.ask(void, first, Role.UNIT_HEAD, ON).last
    since = changes.since(ledger(register), document.spec_of(draft_of))
    assert [(c.keys, c.was, c.now) for c in since if c.figure == "by-stage"] == [
        (("discover",), (6,), (5,)),
        (("withdrawn",), None, (1,)),
    ]
    assert {cause for c in since for cause in c.causes} == {at}
    assert build(ledger(register), register, document.spec_of(draft_of)) == was


def test_6_6_a_report_is_made_again_from_the_log_alone(register: Department) -> None:
    found(register, 6)
    report = published(register)
    found(register, 1)
    told = document.kept(ledger(register), register.all("report")[report])
    every = list(rows(ledger(register).db))
    verdict = verify(told, every)
    assert verdict.good
    assert every[verdict.published or 0][4] == "report-published"
    page = f'<!doctype html><pre id="{HELD}" hidden>{told.decode()}</pre>'.encode()
    assert verify(page, every).good
    more = told.replace(b'["discover",6]', b'["discover",7]')
    assert more != told
    wrong = verify(more, every)
    assert (wrong.good, wrong.published) == (False, None)
    assert {(c.figure, c.was, c.now) for c in wrong.changes} == {("by-stage", (7,), (6,))}


def test_6_6_a_log_with_another_entry_has_another_root(register: Department) -> None:
    told = build(ledger(register), register, spec(register))
    every = list(rows(ledger(register).db))
    *before, (position, subject, version, at, name, body, blind) = every
    moved = body.replace(b'"effective_on":"2021', b'"effective_on":"2022')
    verdict = verify(told, [*before, (position, subject, version, at, name, moved, blind)])
    assert (verdict.good, verdict.root) == (False, False)


def test_6_2_fewer_than_five_are_not_told_apart(register: Department) -> None:
    given(register, *DISCOVERING)
    given(register, *NURTURING)
    told = json.loads(build(ledger(register), register, spec(register)))
    assert [figure["rows"] for figure in told["figures"] if figure["name"] == "by-stage"] == [[]]


def test_6_2_reports_of_nothing_and_of_before_the_first_entry(
    ledger: Ledger, clock: Clock
) -> None:
    register = Department(ledger, clock)
    long_ago = Spec(
        ReportKind.YEAR, date(1999, 1, 1), date(1999, 12, 31), date(1999, 12, 31), 0, 0
    )
    told = json.loads(build(ledger, register, long_ago))
    assert {len(figure["rows"]) for figure in told["figures"]} == {0}
    assert told["names"] == {}
