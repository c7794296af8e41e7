"""Reports and figures of registers that are out of the ordinary, on every database."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import openly
from department import PAPER, SINCE, UNIT, Clock, Department, unit_named, who
from stories import STORIES, WORDS
from test_reports import ledger as ledger_of

from domain.corrections import EffectiveDateCorrected
from domain.person import PersonalDataErased
from domain.report import ReportKind
from domain.values import CandidateKind, ErasureGround, Outcome, PriorityGroup, Role
from events_store.database import Address
from events_store.figures import FIGURES, Row, ask
from events_store.ledger import Ledger
from events_store.rebuilt import rows
from web.figure_tables import asked as moment
from web.moment import Moment
from web.reports import changes, document
from web.reports.document import Spec, build, draft
from web.reports.verify import verify
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.rules import load_all

OLD, NEW = "unit:khtc", "unit:khtc-2"
FOUND, MERGED, LATER = date(2025, 5, 6), date(2025, 9, 1), date(2025, 12, 31)
PEOPLE = 6  # so many that they are told


def found(register: Department, count: int, unit: str = UNIT, on: date = FOUND) -> list[str]:
    """Return so many collectives of a unit, found on a day."""
    made = [
        asked.DiscoverCandidate(CandidateKind.COLLECTIVE, unit, who(f"Tổ {at}"), WORDS)
        for at in range(count)
    ]
    return [register.ask(one, by=Role.OFFICER, on=on).subject for one in made]


def spec(register: Department, on: date = LATER, kind: ReportKind = ReportKind.YEAR) -> Spec:
    size = register.ledger.size()
    return Spec(kind, date(on.year, 1, 1), date(on.year, 12, 31), on, size, size)


def told(register: Department, on: date = LATER) -> dict[str, Any]:
    """Return a report of the year, which the log alone makes again."""
    made = build(ledger_of(register), register, spec(register, on))
    assert verify(made, rows(ledger_of(register).db)).good
    content: dict[str, Any] = json.loads(made)
    return content | {figure["name"]: figure["rows"] for figure in content["figures"]}


def counted(register: Department, name: str, on: date, *, mapped: bool = False) -> list[Row]:
    when = moment(register, Moment(on), date(on.year, 1, 1), mapped=mapped)
    return ask(ledger_of(register).db, FIGURES[name], when).rows


def test_6_2_a_period_before_the_first_entry_has_figures_of_nobody(register: Department) -> None:
    found(register, PEOPLE)
    before = told(register, date(1999, 12, 31))
    assert {len(figure["rows"]) for figure in before["figures"]} == {0}
    assert before["log"]["size"] == register.ledger.size()
    assert {len(counted(register, name, date(1999, 12, 31))) for name in FIGURES} == {0}


def test_6_2_of_one_candidate_figures_tell_and_reports_do_not(register: Department) -> None:
    found(register, 1)
    assert counted(register, "by-stage", LATER) == [("discover", 1)]
    report = told(register)
    people = ("by-stage", "by-unit", "by-kind", "by-priority", "shares", "monthly", "flows")
    assert {name: report[name] for name in people} == {name: [] for name in people}


def test_6_2_who_was_erased_is_counted_and_named_nowhere(register: Department) -> None:
    every = [openly.recorded(register, f"Ai{at}", STORIES[Outcome.DECLINED]) for at in range(6)]
    was = build(ledger_of(register), register, spec(register))
    before = [counted(register, name, LATER) for name in FIGURES]
    one = spec(register)
    for subject in every[:2]:
        person = register.candidate(subject).person or ""
        openly.add(register, person, PersonalDataErased(ErasureGround.DECIDED))
        register.ledger.erase(person)
    assert build(ledger_of(register), register, one) == was
    assert [counted(register, name, LATER) for name in FIGURES] == before
    assert told(register)["by-stage"] == [["declined", 6]]
    assert "Ai" not in was.decode()


def test_6_2_across_a_merger_units_are_as_then_and_figures_as_now_too(
    register: Department,
) -> None:
    for id, name in ((OLD, "Phòng Kế hoạch"), (NEW, "Phòng Kế hoạch - Tài chính")):
        register.ask(unit_named(name), id, on=SINCE)
    found(register, PEOPLE, OLD)
    found(register, PEOPLE + 1, NEW)
    known = register.ledger.size()
    register.ask(asked.MergeUnit((NEW,)), OLD, on=MERGED)
    then = [(OLD, "discover", PEOPLE), (NEW, "discover", PEOPLE + 1)]
    for on in (FOUND, LATER):
        assert counted(register, "by-unit", on) == then
        assert counted(register, "by-unit", on, mapped=True) == [(NEW, "discover", 2 * PEOPLE + 1)]
    report = told(register)
    assert report["by-unit"] == [[*row] for row in then]
    assert report["names"][OLD] == "Phòng Kế hoạch"
    past = spec(register)._replace(known=known, on=FOUND)
    assert (
        json.loads(build(ledger_of(register), register, past))["names"][NEW]
        == report["names"][NEW]
    )


def test_6_2_across_a_change_of_rules_each_counts_and_the_report_is_the_same(
    register: Department,
) -> None:
    days = (date(2023, 5, 4), date(2024, 5, 6), FOUND, MERGED)
    names = {register.in_force(day).name for day in days}
    assert len(names) == 3  # two of the days are under one
    for day in days:
        found(register, PEOPLE, on=day)
    for day, count in zip(days, (6, 12, 18, 24), strict=True):
        assert counted(register, "by-stage", day) == [("discover", count)]
        assert told(register, day)["by-stage"] == [["discover", count]]
    register.ask(draft(ledger_of(register), register, spec(register)), by=Role.REVIEWER)
    assert [
        v for v in findings(ledger_of(register).all(), register.rules, register.remade) if v.why
    ] == []


def test_6_1_shares_stand_beside_what_the_rules_aim_at(
    ledger: Ledger, clock: Clock, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(str(files("workflow") / "rule_sets"), tmp_path / "rules"))
    with (folder / "places.toml").open("a", encoding="utf-8") as places:
        places.write('[terms.priority.targets.farmer]\nshare = "1/5"\nsource = "KH 219/KH-UBND"\n')
    register = Department(ledger, clock, load_all(folder))
    for at in range(PEOPLE):
        groups = (PriorityGroup.FARMER,)
        one = asked.DiscoverCandidate(
            CandidateKind.COLLECTIVE, UNIT, who(f"Tổ {at}"), WORDS, priority=groups
        )
        register.ask(one, by=Role.OFFICER, on=FOUND)
    made = build(ledger, register, spec(register))
    shares = next(f for f in json.loads(made)["figures"] if f["name"] == "shares")
    aimed = ["farmer", PEOPLE, PEOPLE, "1/5 (KH 219/KH-UBND)"]
    assert (shares["columns"][-1], shares["rows"]) == ("target", [aimed])
    command = draft(ledger, register, spec(register))
    report = register.ask(command, by=Role.REVIEWER).subject
    assert register.remade(register.all("report")[report].draft) == ()
    register.rules = load_all()  # another program's rules aim at nothing
    drafted = register.all("report")[report].draft
    assert register.remade(drafted) == ("template",)
    assert not register.remade.seen(drafted).comparable  # which is not to say that it is wrong


def test_6_2_a_corrected_day_changes_no_published_report_and_shows_beside_it(
    register: Department,
) -> None:
    first = found(register, PEOPLE + 1)[0]
    report = register.ask(draft(ledger_of(register), register, spec(register)), by=Role.REVIEWER)
    register.ask(asked.CheckReport(), report.subject, Role.STANDING_BODY)
    register.ask(asked.SignReport(), report.subject, Role.DIRECTOR)
    out = register.ask(asked.PublishReport("05/BC"), report.subject, Role.STANDING_BODY)
    state = register.all("report")[report.subject]
    was = document.kept(ledger_of(register), state)
    drafted = document.spec_of(out.entries[-1].event)
    assert register.remade.changes_seen(drafted) == []
    later = asked.CorrectEffectiveDate(1, date(2026, 1, 5), WORDS)
    moved = register.ask(later, first, Role.STANDING_BODY, basis=PAPER).entries[-1]
    assert isinstance(moved.event, EffectiveDateCorrected)
    assert document.kept(ledger_of(register), register.all("report")[report.subject]) == was
    assert register.remade(state.draft) == ()
    assert register.remade.changes_seen(drafted) is None  # until they are compared
    since = register.remade.changes(drafted)
    assert since == changes.since(ledger_of(register), drafted)
    assert since == register.remade.changes_seen(drafted)
    assert [(c.keys, c.was, c.now, c.causes) for c in since if c.figure == "by-stage"] == [
        (("discover",), (PEOPLE + 1,), (PEOPLE,), (moved.position,))
    ]
    again = told(register)
    assert again["by-stage"] == [["discover", PEOPLE]]


ELSEWHERE = """
import json, sys
from datetime import UTC, date, datetime
from pathlib import Path
from domain.report import ReportKind
from events_store.ledger import Ledger
from web.reports.document import Spec, build, digest
from workflow.register import Register
from workflow.rules import load_all
where, size = sys.argv[1], int(sys.argv[2])
ledger = Ledger(where if "://" in where else Path(where), lambda: datetime.now(UTC))
register = Register(ledger, load_all(), ledger.recorder.clock)
days = date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31)
print(digest(build(ledger, register, Spec(ReportKind.YEAR, *days, size, size))))
"""


def test_6_2_the_same_log_gives_the_same_bytes_in_any_process(
    register: Department, kept_at: Address
) -> None:
    for unit, name in ((OLD, "Đơn vị Ả"), (NEW, "Đơn vị Á")):
        register.ask(unit_named(name), unit, on=SINCE)
        found(register, PEOPLE, unit)
    size = register.ledger.size()
    ours = document.digest(build(ledger_of(register), register, spec(register)))
    register.ask(unit_named("Sau đó"), "unit:sau", on=SINCE)
    for place in (
        {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "vi_VN.UTF-8", "TZ": "America/Adak", "PYTHONHASHSEED": "2", "LANG": "tr_TR"},
    ):
        made = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, str(kept_at), str(size)],
            capture_output=True, text=True, check=False, env={**os.environ, **place},
        )  # fmt: skip
        assert (made.stdout.strip(), made.stderr) == (ours, ""), place
