"""Figures: what SQL counts is what a plain replay of the entries counts, on every database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta

import postgres
import pytest
from department import Department, who
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st
from recounting import Told, recount
from samples import DAY, DISCOVERED, SEAL, UNITS, entry, story, units
from scenario import given
from stories import DISCOVERING, NURTURING, RECOGNIZED, WORDS
from test_spans import CANDIDATES, DAYS, EVENTS, a_file, recorded

from domain import candidate_events as happened
from domain import revocation
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.events import Event
from domain.history import is_correction
from domain.unit import UnitHeadAppointed, UnitHeadLeft
from domain.values import CandidateKind, RevocationGround, Role, Title
from events_store import shifts
from events_store.database import Address
from events_store.figures import FIGURES, Asked, Holds, ask, behind, beliefs, counting
from events_store.figures.asking import answer
from events_store.figures.running import RunningTotals
from events_store.ledger import Ledger
from web.words import figures as words
from workflow import commands as asked


def test_6_1_every_figure_has_a_title_a_definition_and_words_for_its_columns() -> None:
    assert set(words.TITLES) == set(words.DEFINITIONS) == set(FIGURES)
    named = {c.name for f in FIGURES.values() for c in f.columns}
    assert set(words.COLUMNS) == named | {"target"}


def test_6_1_every_figure_can_be_asked_of_an_empty_register(ledger: Ledger) -> None:
    for figure in FIGURES.values():
        answer = ask(ledger.db, figure, Asked(date(2026, 1, 1)))
        assert answer.rows == [], figure.name
        assert behind(ledger.db, figure, Asked(date(2026, 1, 1)), {}) == []


def test_6_1_a_row_leads_to_the_entries_behind_it(register: Department) -> None:
    given(register, *DISCOVERING)
    found = given(register, *NURTURING).subject
    today = Asked(date(2026, 3, 2))
    assert isinstance(register.ledger, Ledger)
    db = register.ledger.db
    for name in ("by-stage", "by-unit", "by-kind", "by-priority", "waiting"):
        rows = [*ask(db, FIGURES[name], today).told()]
        assert [row["count"] for row in rows] == [1, 1], name
        keys = {c.name: rows[1][c.name] for c in FIGURES[name].by}
        (position,) = behind(db, FIGURES[name], today, keys)
        assert next(register.ledger.all(position)).subject == found


TITLES = st.sampled_from(list(Title)[:2])
YEARS = st.sampled_from([2022, 2023])
GROUND = next(iter(RevocationGround))
MORE = st.one_of(
    st.builds(happened.TitleRecorded, TITLES, YEARS),
    st.builds(
        revocation.TitleRevoked, TITLES, YEARS, st.just(GROUND), st.just("1/QĐ"), st.just(SEAL)
    ),
    st.builds(revocation.TitleRestored, TITLES, YEARS, st.just("2/QĐ"), st.just(SEAL)),
    st.just(happened.ProgressReported(SEAL)),
)


@st.composite
def lives(draw: st.DrawFn) -> list[Entry]:
    """Return entries of two candidates, told in any order of days and corrected at will."""
    versions = dict.fromkeys(CANDIDATES, 0)
    told: list[Entry] = []
    for _ in range(draw(st.integers(1, 16))):
        subject = draw(st.sampled_from(CANDIDATES))
        versions[subject] += 1
        told.append(entry(subject, versions[subject], draw(news(versions[subject])), draw(DAYS)))
    return told


def news(version: int) -> st.SearchStrategy[Event]:
    if version == 1:
        found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, "unit:1", "person:x")
        return st.just(found)
    targets, days = st.integers(1, version - 1), DAYS.map(lambda d: DAY + timedelta(d))
    moved = st.builds(EffectiveDateCorrected, targets, days, st.just(SEAL))
    return EVENTS | MORE | MORE | st.builds(EntryVoided, targets, st.just(SEAL)) | moved


@pytest.fixture(scope="module", autouse=True)
def lately() -> Iterator[None]:
    """Have "of late" be three days: these lives are short."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (counting, beliefs):
            patched.setattr(module, "LATELY", 3)
        yield


def compare(
    told: list[Entry],
    since: int,
    on: int,
    known: int,
    place: Callable[[], AbstractContextManager[Address]],
) -> None:
    with recorded(told, [len(told)], place) as ledger:
        entries = {s: ledger.entries(s) for s in {e.subject for e in told}}
        first, last = DAY + timedelta(since), DAY + timedelta(max(since, on))
        for at in (None, min(known, ledger.size())):
            asked = Asked(last, at, first)
            for name, expected in recount(Told(entries, first, last, at)).items():
                figure = FIGURES[name]
                width = len(figure.by)
                rows = ask(ledger.db, figure, asked).rows
                found = {row[:width]: row[width:] for row in rows}
                assert found == expected, (name, asked)
            size = ledger.size() if at is None else at
            totals = RunningTotals(ledger.db, size)
            for below in range(size + 1):
                crowd = counting.crowd(ledger.db, below, last)
                assert totals.crowd(last, below) == +crowd, (last, below)
                assert totals.months(below) == +counting.months(ledger.db, below)
            for figure in FIGURES.values():
                if (told_of := totals.rows(ledger.db, figure.name, asked)) is not None:
                    summed = answer(ledger.db, figure, told_of)
                    assert summed == ask(ledger.db, figure, asked), (figure.name, asked)


@settings(max_examples=60, deadline=None)
@given_any(lives(), st.integers(0, 10), st.integers(0, 14), st.integers(3, 20))
def test_6_1_sql_counts_what_a_replay_counts(
    told: list[Entry], since: int, on: int, known: int
) -> None:
    compare(told, since, on, known, a_file)


@pytest.mark.parametrize("place", [a_file, postgres.database])
def test_6_1_a_corrected_day_is_the_day_that_counts(
    place: Callable[[], AbstractContextManager[Address]],
) -> None:
    found = happened.CandidateDiscovered(CandidateKind.INDIVIDUAL, "unit:1", "person:x")
    moved = EffectiveDateCorrected(2, DAY + timedelta(3), SEAL)
    events = (found, happened.CandidateDeclined(None), moved)
    told = [entry("candidate:1", at + 1, event, at) for at, event in enumerate(events)]
    for since, on in ((0, 2), (3, 3), (0, 5)):
        compare(told, since, on, len(told), place)


@settings(max_examples=8, deadline=None)
@given_any(lives(), st.integers(0, 10), st.integers(0, 14), st.integers(3, 20))
def test_6_1_sql_counts_the_same_on_postgresql(
    told: list[Entry], since: int, on: int, known: int
) -> None:
    compare(told, since, on, known, postgres.database)


def test_r5_7_what_a_unit_found_counts_for_its_head_of_that_day(register: Department) -> None:
    unit, (old, new) = register.unit, ("person:cũ", "person:mới")
    for person, since in ((old, date(2022, 1, 1)), (new, date(2024, 1, 1))):
        register.ask(asked.AppointHead(person), unit, on=since)
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, unit, who("Tổ rừng"), WORDS)
    for day in (date(2023, 5, 4), date(2024, 1, 1), date(2024, 6, 1)):
        register.ask(found, by=Role.OFFICER, on=day)

    def told(on: date) -> list[tuple[object, ...]]:
        period = Asked(on, since=date(2022, 1, 1))
        return ask(register.ledger.db, FIGURES["heads"], period).rows

    assert told(date(2023, 12, 31)) == [(old, unit, 1, 0)]
    assert sorted(told(date(2024, 12, 31))) == sorted([(old, unit, 1, 0), (new, unit, 2, 0)])


def test_r0_4_the_days_from_discovery_to_recognition_are_told(ledger: Ledger) -> None:
    ledger.append(units())
    ledger.append(story("candidate:1", [(DISCOVERED, 0), (RECOGNIZED, 100)]))
    rows = [*ask(ledger.db, FIGURES["timeliness"], Asked(DAY + timedelta(days=300))).told()]
    assert [(row["count"], row["p50"], row["longest"]) for row in rows] == [(1, 100, 100)]


@settings(max_examples=30, deadline=None)
@given_any(lives(), lives(), st.integers(0, 14))
def test_6_1_what_takes_effect_in_a_later_year_tells_figures_no_otherwise(
    told: list[Entry], later: list[Entry], on: int
) -> None:
    versions = {e.subject: e.version for e in told}
    more = [e for e in later if e.subject in versions and not is_correction(e)]
    figures, asked = tuple(FIGURES.values()), Asked(DAY + timedelta(on), since=DAY)
    with recorded(told, [len(told)], a_file) as ledger:
        before = ledger.figures.ask(figures, asked)
        for at, one in enumerate(more):
            versions[one.subject] += 1
            ledger.append([entry(one.subject, versions[one.subject], one.event, 400 + at)])
        assert ledger.figures.ask(figures, asked) == before
        assert [ask(ledger.db, figure, asked) for figure in figures] == [*before]


GIVING = ("titles", "recognitions", "timeliness", "movements", "heads", "conversion", "flows")
SOURCES = st.sampled_from(["movement:1", "movement:2", None])
GIVEN = st.one_of(
    st.just(RECOGNIZED),
    st.just(RECOGNIZED),
    st.just(happened.RecognitionRevoked(None)),
    st.just(happened.RecognitionRestored("3/QĐ", SEAL)),
    st.builds(happened.CandidateClassified, DAYS.map(lambda d: DAY - timedelta(d))),
    MORE,
)


@st.composite
def careers(draw: st.DrawFn) -> list[Entry]:
    """Return entries of candidates found in movements and recognized, and of who headed when."""
    versions, told = {"unit:1": 1}, list[Entry]()
    for _ in range(draw(st.integers(1, 20))):
        subject = draw(st.sampled_from((*CANDIDATES, "candidate:3", "unit:1")))
        version = versions[subject] = versions.get(subject, 0) + 1
        if subject == "unit:1":
            people = st.sampled_from(["person:1", "person:2"])
            what: Event = draw(st.builds(UnitHeadAppointed, people) | st.just(UnitHeadLeft()))
        elif version == 1:
            kind = CandidateKind.INDIVIDUAL
            what = happened.CandidateDiscovered(kind, "unit:1", "person:x", draw(SOURCES))
        else:
            targets, days = st.integers(1, version - 1), DAYS.map(lambda d: DAY + timedelta(d))
            moved = st.builds(EffectiveDateCorrected, targets, days, st.just(SEAL))
            what = draw(GIVEN | GIVEN | st.builds(EntryVoided, targets, st.just(SEAL)) | moved)
        told.append(entry(subject, version, what, draw(DAYS)))
    return told


@pytest.mark.parametrize("place", [a_file, postgres.database])
def test_6_1_what_was_given_adds_up_to_what_is_asked_anew(
    place: Callable[[], AbstractContextManager[Address]],
) -> None:
    @settings(max_examples=60 if place is a_file else 8, deadline=None)
    @given_any(careers(), st.integers(0, 14), st.integers(0, 14))
    def adds_up(told: list[Entry], since: int, on: int) -> None:
        asked = Asked(DAY + timedelta(max(since, on)), None, DAY + timedelta(min(since, on)))
        with recorded(told[: len(told) // 2], None, place) as ledger:
            ledger.figures.prepare()
            for one in told[len(told) // 2 :]:
                ledger.append([one])
                for figure in map(FIGURES.__getitem__, GIVING):
                    (found,) = ledger.figures.ask((figure,), asked)
                    assert found == ask(ledger.db, figure, asked)

    adds_up()


@settings(max_examples=20, deadline=None)
@given_any(lives(), st.integers(0, 10), st.integers(0, 14), st.integers(-5, 5), st.booleans())
def test_6_1_what_is_remembered_is_what_is_asked_anew(
    told: list[Entry], since: int, on: int, days: int, summed: bool
) -> None:
    figures = tuple(FIGURES.values())
    asked = Asked(DAY + timedelta(on), None, DAY + timedelta(min(since, on)))
    half = len(told) // 2
    with recorded(told[:half], [half], a_file) as ledger:
        before, known = ledger.figures.ask(figures, asked), ledger.size()
        assert before == [ask(ledger.db, figure, asked) for figure in figures]
        if summed:
            ledger.figures.prepare()
        for one in told[half:]:
            ledger.append([one])
        for figure in figures:
            ledger.figures.ask((figure,), asked._replace(on=asked.on + timedelta(days)))
        for on in (asked.on, asked.on + timedelta(days)):
            ends = (asked.first, None), (on, None)
            assert ledger.figures.shifts(*ends) == shifts.counted(ledger.db, *ends)
            for below in range(ledger.size() + 1):
                crowd = +counting.crowd(ledger.db, below, on)
                assert ledger.figures.crowd(on, below) == crowd
                assert ledger.figures.months(below) == +counting.months(ledger.db, below)
        after = ledger.figures.ask(figures, asked)
        assert after == [ask(ledger.db, figure, asked) for figure in figures]
        assert after == before or ledger.figures.changed(figures, asked.on, known)
        assert ledger.figures.ask(figures, asked._replace(known=known)) == before
        for each in figures:
            if each.by and each.by[0].holds is Holds.UNIT:
                rows = ask(ledger.db, each, asked).rows
                for unit in UNITS:
                    own = ledger.figures.ask_of(each, asked, unit).rows
                    assert own == [row for row in rows if row[0] == unit], each.name


def test_6_1_a_correction_tells_the_figures_of_a_former_year_otherwise(ledger: Ledger) -> None:
    ledger.append(units())
    ledger.append(story("candidate:1", [(DISCOVERED, 0), (RECOGNIZED, 10)]))
    asked = (FIGURES["by-stage"],), Asked(DAY + timedelta(20))
    assert len(ledger.figures.ask(*asked)[0].rows) == 1
    ledger.append([entry("candidate:1", 3, EntryVoided(1, SEAL), 900)])
    assert ledger.figures.ask(*asked)[0].rows == []
