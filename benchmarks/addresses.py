"""Every kind of page with addresses of it: who looks, and at what, each time something else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple
from urllib.parse import quote

from domain.values import Role
from events_store.database import Database
from events_store.figures import FIGURES
from events_store.ledger import Reader
from events_store.spans import OPEN

TEXTS: Final = ("hoang thi", "bac son", "khong co ai", "sang kien 2023", "le, chi lang", "12/QĐ")
STATES: Final = ("discover", "nurture", "summarize", "declined", "withdrawn")
OFFICER, COUNCIL, BODY = Role.REVIEWER, Role.COUNCIL, Role.STANDING_BODY
LISTED: Final = ("units", "people", "offices", "movements", "rounds", "quotas", "reports",
                 "sessions", "texts", "places", "obligations")  # fmt: skip
Make = Callable[[Random], str]


class Page(NamedTuple):
    """A page, who looks at it (nobody signed in: None), and what makes an address of it."""

    name: str
    role: Role | None
    address: Make


@dataclass
class There:
    """What is in the register to be asked about."""

    db: Database
    size: int
    still: list[str]
    numbers: list[int]
    units: list[str]

    @classmethod
    def of(cls, reader: Reader) -> There:
        """Look through a register."""
        db = reader.db
        sql = "SELECT c.subject FROM card AS c JOIN span AS s ON s.candidate = c.candidate"
        still = db.execute(f"{sql} WHERE s.valid_to = ? AND s.state < 3", (OPEN,)).fetchall()
        numbers = db.execute("SELECT candidate FROM card").fetchall()
        names = "SELECT subject FROM entries WHERE name = ?"
        units = db.execute(names, ("unit-registered",)).fetchall()
        first = [[row[0] for row in rows] for rows in (still, numbers, units)]
        return cls(db, reader.size(), *first)  # type: ignore[arg-type]

    def about(self, kind: str) -> str:
        """Return the first subject of a kind."""
        sql = "SELECT subject FROM entries WHERE subject > ? AND subject < ? LIMIT 1"
        return str(self.db.execute(sql, (f"{kind}:", f"{kind};")).fetchone()[0]).partition(":")[2]

    def one(self, random: Random) -> str:
        """Return some candidate that goes on."""
        return random.choice(self.still).partition(":")[2]

    def unit(self, random: Random) -> str:
        """Return some unit."""
        return random.choice(self.units)


def day(random: Random) -> date:
    """Return some first look at the past."""
    return date(2022, 1, 1) + timedelta(30 * random.randrange(40))


def window(random: Random) -> str:
    """Return two days to compare."""
    first = day(random)
    return f"a={first}&b={first + timedelta(30 * random.randrange(1, 12))}"


def pages(reader: Reader) -> Iterator[Page]:
    """Yield every kind of page, each about something else each time."""
    there = There.of(reader)
    yield from of_the_register(there)
    yield from of_work(there)
    yield from of_figures(there)
    yield from of_the_log(there)
    yield from of_the_public(there)


def of_the_register(there: There) -> Iterator[Page]:
    """Yield the list, the board, candidates and what is compared."""
    numbers, one, size = there.numbers, there.one, there.size
    yield Page("register", OFFICER, lambda r: f"/?after={r.choice(numbers)}")
    yield Page("register, by state", OFFICER,
               lambda r: f"/?state={r.choice(STATES)}&after={r.choice(numbers)}")  # fmt: skip
    yield Page("register, of a unit", OFFICER, lambda r: f"/?unit={there.unit(r)}")
    yield Page("register, searched", OFFICER, lambda r: f"/?q={quote(r.choice(TEXTS))}")
    yield Page("register, of a day", COUNCIL, lambda r: f"/?on={day(r)}")
    yield Page("register, as known", COUNCIL,
               lambda r: f"/?on={day(r)}&known={r.randrange(1, 9) * size // 10}")  # fmt: skip
    yield Page("board", OFFICER, lambda r: "/board")
    yield Page("board, of a unit", OFFICER, lambda r: f"/board?unit={there.unit(r)}")
    yield Page("board, of a day", COUNCIL, lambda r: f"/board?on={day(r)}")
    yield Page("candidate", OFFICER, lambda r: f"/candidates/{one(r)}")
    yield Page("candidate, of a day", COUNCIL,
               lambda r: f"/candidates/{one(r)}?on=2026-0{r.randrange(1, 7)}-01")  # fmt: skip
    yield Page("form of a move", OFFICER, lambda r: f"/candidates/{one(r)}/advance-stage")
    yield Page("form of a report", OFFICER, lambda r: f"/candidates/{one(r)}/report-progress")
    yield Page("form of a discovery", OFFICER, lambda r: "/candidates/new")
    yield Page("a name being typed", OFFICER, lambda r: f"/pick/person?q={quote(r.choice(TEXTS))}")
    yield Page("compare, register", COUNCIL, lambda r: f"/compare?{window(r)}")
    yield Page("compare, candidate", COUNCIL,
               lambda r: f"/compare?about=candidate:{one(r)}&{window(r)}")  # fmt: skip


def of_work(there: There) -> Iterator[Page]:
    """Yield what waits, the calendar, the programme and the council."""
    yield Page("work list, unit head", Role.UNIT_HEAD, lambda r: "/work")
    yield Page("work list, standing body", BODY, lambda r: "/work")
    yield Page("calendar", BODY, lambda r: f"/calendar?month={day(r):%Y-%m}")
    yield Page("calendar to subscribe to", BODY, lambda r: "/calendar.ics")
    yield Page("workflow", COUNCIL, lambda r: f"/workflow?on={day(r)}")
    yield Page("batch", BODY, lambda r: "/batches/new?command=record-title&all=1&state=nurture")
    for name in LISTED:
        yield Page(f"list of {name}", BODY, lambda r, name=name: f"/{name}")  # type: ignore[misc]
    yield Page("unit", BODY, lambda r: f"/units/{there.unit(r).partition(':')[2]}")
    yield Page("programme", BODY, lambda r: f"/programme/{there.about('programme')}")
    yield Page("council", BODY, lambda r: f"/council/{there.about('council')}")
    for kind in ("session", "movement", "round", "quota", "office", "text"):
        yield Page(kind, BODY, lambda r, kind=kind: f"/{kind}s/{there.about(kind)}")  # type: ignore[misc]
    yield Page("minutes", BODY, lambda r: f"/sessions/{there.about('session')}/minutes")
    yield Page("help", BODY, lambda r: "/help")
    yield Page("account", BODY, lambda r: "/account")
    yield Page("administration", Role.ADMINISTRATOR, lambda r: "/admin")
    yield Page("accounts", Role.ADMINISTRATOR, lambda r: "/admin/accounts")


def of_figures(there: There) -> Iterator[Page]:
    """Yield the process, every figure, and reports."""
    report = there.about("report")
    names = list(FIGURES)
    whole = "since=2021-01-01"
    yield Page("process", COUNCIL, lambda r: f"/figures?on={day(r)}&{whole}")
    yield Page("process, of a unit", COUNCIL,
               lambda r: f"/figures?on={day(r)}&{whole}&unit={there.unit(r)}")  # fmt: skip
    yield Page("figure", COUNCIL, lambda r: f"/figures/{r.choice(names)}?since=2021-01-01")
    yield Page("entries of a figure", COUNCIL,
               lambda r: "/figures/by-unit/entries?key-state=nurture"
               f"&key-unit={there.unit(r)}")  # fmt: skip
    yield Page("report", COUNCIL, lambda r: f"/reports/{report}")
    yield Page("report, to print", COUNCIL, lambda r: f"/reports/{report}/print")
    yield Page("chart", COUNCIL, lambda r: f"/reports/{report}/by-stage.svg")


def of_the_log(there: There) -> Iterator[Page]:
    """Yield what auditors look at."""
    size = there.size
    yield Page("log", Role.AUDITOR, lambda r: f"/audit?below={r.randrange(100, size)}")
    yield Page("log, of a kind", Role.AUDITOR,
               lambda r: f"/audit?kind=title-recorded&below={r.randrange(100, size)}")  # fmt: skip
    yield Page("entry", Role.AUDITOR, lambda r: f"/audit/entries/{r.randrange(size)}")
    yield Page("replay", Role.AUDITOR, lambda r: f"/audit/candidates/{there.one(r)}/replay")


def of_the_public(there: There) -> Iterator[Page]:
    """Yield what anybody sees without signing in."""
    report = there.about("report")
    for name in ("", "/methods", "/comments", "/reports", "/data", "/log", "/feed.atom",
                 "/calendar.ics"):  # fmt: skip
        yield Page(f"public{name}", None, lambda r, name=name: f"/public{name}")  # type: ignore[misc]
    yield Page("public, exemplars", None, lambda r: "/public/exemplars")
    yield Page("public, searched", None, lambda r: f"/public/exemplars?q={quote(r.choice(TEXTS))}")
    yield Page("public, report", None, lambda r: f"/public/reports/{report}")
