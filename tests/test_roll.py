"""The roll: every page, on any day and as known at any position, is what a replay says."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from department import Clock

from benchmarks import people
from domain.candidate import fold
from domain.history import as_of
from domain.values import CandidateKind
from events_store import figures, roll, shifts
from events_store.figures import beliefs
from events_store.figures.counting import LATELY
from events_store.ledger import Ledger
from events_store.spans import STATES

DAYS = [date(2021, 3, 1), date(2023, 6, 30), date(2024, 6, 30), date(2026, 11, 1)]
SHARES = [None, 1.0, 0.99, 0.5, 0.05]
FILTERS = {
    "all": roll.Filter(),
    "one state": roll.Filter(state="nurture"),
    "one outcome": roll.Filter(state="declined"),
    "one kind": roll.Filter(kind=CandidateKind.INDIVIDUAL),
    "a text": roll.Filter(text="thị"),
}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A register of 250 people, some back-dated, some corrected."""
    ledger = Ledger(tmp_path_factory.mktemp("crowd") / "crowd.db", Clock())
    for entries, secrets in people.batches(250):
        ledger.append(entries, secrets)
    return ledger


def listed(ledger: Ledger, on: date, known: int | None, narrow: roll.Filter) -> list[str]:
    """Return all pages of seven, one after the other."""
    found: list[str] = []
    after = roll.START
    while page := roll.page(ledger.db, on, known, narrow, after, 7):
        found += [line.subject for line in page]
        after = page[-1].cursor
    return found


def replayed(ledger: Ledger, on: date, known: int | None, narrow: roll.Filter) -> list[str]:
    """Return who belongs on the list by folding every candidate."""
    rows = ledger.db.execute("SELECT subject, search_key FROM card ORDER BY sort_key, candidate")
    found = []
    for subject, search_key in rows.fetchall():
        now = fold(as_of(ledger.entries(subject), on, known)).standing
        fits = now.state and narrow.state in (None, now.state) and narrow.kind in (None, now.kind)
        if fits and roll.plain(narrow.text) in search_key:
            found.append(subject)
    return found


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("share", SHARES, ids=str)
def test_every_page_is_what_a_replay_says(
    crowd: Ledger, name: str, on: date, share: float | None
) -> None:
    known = None if share is None else int(crowd.size() * share)
    narrow = FILTERS[name]
    expected = replayed(crowd, on, known, narrow)
    assert listed(crowd, on, known, narrow) == expected
    assert roll.count(crowd.db, on, known, narrow) == len(expected)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("share", [None, 0.5])
def test_a_list_is_the_same_gathered_and_walked(
    crowd: Ledger, name: str, share: float | None
) -> None:
    known = None if share is None else int(crowd.size() * share)
    asked = (crowd.db, DAYS[2], known, FILTERS[name])
    gathered, walked = (roll.page(*asked, limit=20, about=about) for about in (1, 250))
    assert gathered == walked == roll.page(*asked, limit=20)
    assert roll.count(*asked, about=1) == roll.count(*asked, about=250)


@pytest.mark.parametrize("on", DAYS, ids=str)
@pytest.mark.parametrize("share", SHARES, ids=str)
def test_a_crowd_adds_up_to_what_lists_count(crowd: Ledger, on: date, share: float | None) -> None:
    known = None if share is None else int(crowd.size() * share)
    there = crowd.figures.standing(on, known)
    units = {line.unit for line in roll.page(crowd.db, on, known, limit=250)}
    for unit in (None, *sorted(units)[:2]):
        for kind in (None, *CandidateKind):
            counted = {
                state: roll.count(crowd.db, on, known, roll.Filter(state, unit, kind))
                for state in STATES
            }
            assert there.states(unit, kind) == {s: n for s, n in counted.items() if n}
    month = on - timedelta(LATELY)
    lines = roll.page(crowd.db, on, known, limit=250)
    came = Counter(line.state for line in lines if line.since > month)
    assert there.new == dict(came)


@pytest.mark.parametrize("prepared", [True, False])
def test_a_crowd_that_is_kept_up_is_what_a_new_one_is(
    tmp_path: Path, prepared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beliefs, "LOOSE", 100)
    ledger = Ledger(tmp_path / "growing.db", Clock())
    batches = list(people.batches(60))
    entries = [entry for made, _ in batches for entry in made]
    vault = [secret for _, secrets in batches for secret in secrets]
    ledger.append(entries[:9], vault)
    if prepared:
        ledger.figures.prepare()
    for at in range(9, len(entries), 29):
        ledger.append(entries[at : at + 29])
        for on in DAYS:
            kept_up = ledger.figures.crowd(on)
            assert kept_up == +figures.crowd(ledger.db, None, on)
        assert ledger.figures.months() == figures.months(ledger.db, None)
        earlier = at // 2
        assert ledger.figures.months(earlier) == figures.months(ledger.db, earlier)
        past = +figures.crowd(ledger.db, earlier, DAYS[0])
        assert ledger.figures.crowd(DAYS[0], earlier) == past


@pytest.mark.parametrize("share", [None, 0.9, 0.5], ids=str)
@pytest.mark.parametrize("days", list(pairwise(DAYS)), ids=str)
def test_who_shifted_is_the_same_gathered_and_walked(
    crowd: Ledger, days: tuple[date, date], share: float | None
) -> None:
    known = None if share is None else int(crowd.size() * share)
    ends = (days[0], known), (days[1], None)
    states = {
        subject: [
            fold(as_of(crowd.entries(subject), day, below)).standing.state for day, below in ends
        ]
        for (subject,) in crowd.db.execute("SELECT subject FROM card ORDER BY sort_key").fetchall()
    }
    expected = {one: (was, now) for one, (was, now) in states.items() if was != now}
    for total in (0, 10**6):  # few, who are gathered, or many, who are walked to
        found, after = list[shifts.Shift](), roll.START
        while page := shifts.page(crowd.db, *ends, total, after, 19):
            found, after = [*found, *page], page[-1].cursor
        assert {one.subject: (one.was, one.now) for one in found} == expected
        assert [one.cursor for one in found] == sorted(one.cursor for one in found)
        assert len(found) == len(expected) > 0


def test_the_list_is_not_empty(crowd: Ledger) -> None:
    assert len(replayed(crowd, DAYS[-1], None, roll.Filter())) > 200
