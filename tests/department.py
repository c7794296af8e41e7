"""A department to test with: a clock, and a register with one person in every office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, cast

from domain.values import Basis, Content, Private, Role, UnitKind
from events_store.ledger import Reader
from web.reports.remade import remaking
from workflow import commands as asked
from workflow.register import HERE, Ledger, Receipt, Register, Request
from workflow.rules import RuleBook, load_all

TODAY = date(2026, 3, 2)
SINCE = date(2021, 1, 1)
UNIT = "unit:kiem-lam"
PAPER = (Basis("123/QĐ-SNNMT", date(2026, 2, 27), "Sở Nông nghiệp và Môi trường"),)


class Clock:
    """A clock that stands still until told to move."""

    def __init__(self, day: date = TODAY) -> None:
        self.set(day)

    def __call__(self) -> datetime:
        return self.now

    def set(self, day: date, hour: int = 9) -> None:
        """Show an hour of a day in Vietnam."""
        self.now = datetime.combine(day, time(hour), HERE).astimezone(UTC)

    def forward(self, **span: float) -> None:
        """Move on by `days=1` or the like."""
        self.now += timedelta(**span)


class Department(Register):
    """A founded register: `people` by role, each in office since 2021, and one `unit`."""

    def __init__(
        self, ledger: Ledger, clock: Callable[[], datetime], rules: RuleBook | None = None
    ) -> None:
        super().__init__(ledger, rules or load_all(), clock, remaking(cast(Reader, ledger)))
        self.people = {role: f"person:{role}" for role in Role}
        founder = self.people[Role.ADMINISTRATOR]
        found = asked.FoundRegister(who("Quản trị viên"))
        self.submit(Request(found, founder, founder, SINCE))
        self.unit = self.ask(unit_named("Chi cục Kiểm lâm"), UNIT, on=SINCE).subject
        for role in Role:
            if role is not Role.ADMINISTRATOR:
                unit = self.unit if role is Role.UNIT_HEAD else None
                self.ask(asked.GrantOffice(self.people[role], role, unit), on=SINCE)

    def ask(
        self,
        command: asked.Command,
        to: str | None = None,
        by: Role | str = Role.ADMINISTRATOR,
        on: date | None = None,
        **more: Any,
    ) -> Receipt:
        """Submit a command in the name of a role's person, or of anyone."""
        return self.submit(self.request(command, to, by, on, **more))

    def request(
        self,
        command: asked.Command,
        to: str | None = None,
        by: Role | str = Role.ADMINISTRATOR,
        on: date | None = None,
        **more: Any,
    ) -> Request:
        """Return the request that `ask` submits."""
        actor = self.people[by] if isinstance(by, Role) else by
        return Request(anew(command), actor, to, on, **more)


def anew(command: asked.Command) -> asked.Command:
    """Return the same command with its own salts, for nothing enters the vault twice."""
    values = {f.name: getattr(command, f.name) for f in fields(command)}
    private = {name: type(v)(v.content) for name, v in values.items() if isinstance(v, Content)}
    return replace(command, **private)


def who(name: str, birth_year: int | None = None) -> Private:
    """Return a name on its way in."""
    return Private({"name": name, "birth_year": birth_year})


def unit_named(name: str) -> asked.RegisterUnit:
    """Return the command that enters a unit."""
    return asked.RegisterUnit(name, UnitKind.SUB_DEPARTMENT)
