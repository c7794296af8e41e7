"""A register to look at: the sample workbook recorded, and an account for every office."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import waitress
from department import Clock, anew
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from paper import Paper, paper
from werkzeug.test import TestResponse

from domain.values import Private, Role
from domain.vietnamese import spelling
from web import accounts, create_app
from web.cli import setting_up
from web.demo import play, reports, stage
from web.demo.people import FOUNDED as FIRST_DAY
from web.intake import plan
from web.intake.record import record
from web.parts import Parts, join
from web.settings import Settings
from workflow import commands as asked
from workflow.register import Receipt, Request

Made = TypeVar("Made")
FOUNDED, IMPORTED, TODAY = date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 13)
SINCE, PLAYED = date(2021, 1, 1), date(2026, 12, 1)
PASSWORD = "ba con nai vàng ngơ ngác"
SAMPLE = Path(str(files("web.intake") / "sample" / "register-2021-2025.xlsx"))
NAMES = {
    Role.OFFICER: "Lê Thu Hà",
    Role.UNIT_HEAD: "Nguyễn Văn Lâm",
    Role.REVIEWER: "Trần Thị Mai",
    Role.STANDING_BODY: "Phạm Quốc Tuấn",
    Role.DIRECTOR: "Hoàng Đức Thịnh",
    Role.COUNCIL: "Vũ Ngọc Ánh",
    Role.AUDITOR: "Bùi Thanh Sơn",
}
FOUNDER = "person:quan-tri"


class Compiled(BytecodeCache):
    """What templates became: the same for every application of this process."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what is known."""
        if code := self.known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass(frozen=True)
class Desk:
    """An application over a register in a folder, with its clock."""

    app: Flask
    clock: Clock
    folder: Path

    @property
    def parts(self) -> Parts:
        """Return the register behind the pages."""
        joined: Parts = self.app.extensions["parts"]
        return joined

    def visitor(self, role: Role | None = Role.REVIEWER) -> Visitor:
        """Return a browser in which somebody of this role has signed in; None is a stranger."""
        visitor = Visitor(self.app.test_client())
        if role:
            answer = visitor.fill("/login", email=email(role), password=PASSWORD)
            assert answer.status_code == 302, answer.text
        return visitor

    def person(self, role: Role) -> str:
        """Return the person who holds a role here."""
        if role is Role.ADMINISTRATOR:
            return FOUNDER
        offices = self.parts.register.offices().values()
        return next(o.person for o in offices if o.role is role and o.person)

    def unit(self, name: str) -> str:
        """Return the id of a unit by its name."""
        units = self.parts.register.units().items()
        return next(id for id, unit in units if spelling(unit.name or "") == spelling(name))

    def submit(
        self, command: asked.Command, by: Role, about: str | None = None, on: date | None = None
    ) -> str:
        """Record something behind the pages' back; return its subject."""
        request = Request(command, self.person(by), about, on)
        return self.parts.register.submit(request).subject


class Sample:
    """The register behind a desk, to be asked by role like a department."""

    def __init__(self, desk: Desk) -> None:
        self.register = desk.parts.register
        self.people = {role: desk.person(role) for role in NAMES} | {Role.ADMINISTRATOR: FOUNDER}

    def ask(
        self,
        command: asked.Command,
        to: str | None = None,
        by: Role | str = Role.ADMINISTRATOR,
        on: date | None = None,
        **more: Any,
    ) -> Receipt:
        """Submit a command in the name of a role's person, or of anyone."""
        actor = self.people[by] if isinstance(by, Role) else by
        return self.register.submit(Request(anew(command), actor, to, on, **more))

    def all(self, kind: str) -> Mapping[str, Any]:
        """Return every subject of a kind."""
        return self.register.all(kind)


@dataclass(frozen=True)
class Visitor:
    """A browser without looks: it follows links and fills in the forms it was given."""

    client: FlaskClient

    def get(self, path: str) -> TestResponse:
        """Return the answer to a link."""
        return self.client.get(path)

    def read(self, path: str) -> Paper:
        """Return a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status, answer.text)
        return paper(answer.text)

    def fill(self, path: str, form: int | str = 0, **values: object) -> TestResponse:
        """Return the answer to a form of a page, sent with what it held and these values."""
        return self.send(path, self.read(path).form(form, path), **values)

    def send(self, path: str, form: Mapping[str, object], **values: object) -> TestResponse:
        """Return the answer to a filled-in form; names may spell a dot as two underscores."""
        told = {name.replace("__", "."): value for name, value in values.items()}
        return self.client.post(path, data={**form, **told})


def email(role: Role) -> str:
    """Return the address of the account of a role."""
    return f"{role}@sodienhinh.example"


def settings(folder: Path, *, demo: bool = False) -> Settings:
    """Return the settings of a register in a folder."""
    return Settings(
        folder / "exemplar.db",
        "only for tests " * 3,
        demo,
        insecure_cookies=True,
        second_factor=False,
        quick_passwords=True,
    )


def opened(folder: Path, *, demo: bool = False) -> Desk:
    """Return the desk over the register in a folder."""
    clock = Clock(TODAY)
    app = create_app(settings(folder, demo=demo), clock)
    app.jinja_env.bytecode_cache = COMPILED
    return Desk(app, clock, folder)


def filled(folder: Path, *, sample: bool = True) -> Desk:
    """Return the desk over a new register, founded on one day and filled on the next."""
    at = opened(folder)
    at.clock.set(FOUNDED)
    who = Private({"name": "Đỗ Minh Quân"})
    found = Request(asked.FoundRegister(who), FOUNDER, FOUNDER, SINCE)
    at.parts.register.submit(found)
    people = {Role.ADMINISTRATOR: FOUNDER}
    for role, name in NAMES.items():
        described = asked.DescribePerson(Private({"name": name}))
        people[role] = at.submit(described, Role.ADMINISTRATOR)
        at.submit(asked.GrantOffice(people[role], role), Role.ADMINISTRATOR, on=SINCE)
    if sample:
        at.clock.set(IMPORTED)
        intake = plan.read(SAMPLE, SAMPLE.name, {}, True, IMPORTED)
        record(at.parts, intake, SAMPLE.name, people[Role.OFFICER])
    with at.app.app_context():
        for role, person in people.items():
            accounts.create_account(email(role), person, PASSWORD)
    at.clock.set(TODAY)
    return at


def played(folder: Path) -> Desk:
    """Return the desk over the sample of the demo, with an account for every office."""
    told = settings(folder, demo=True)
    clock = stage.Clock(FIRST_DAY)
    founder = setting_up.found(told, "Đỗ Minh Quân", clock)
    scene = stage.Stage(join(told, clock), clock)
    play(scene, founder)
    reports.published(scene)
    at = opened(folder, demo=True)
    with at.app.app_context():
        for role, person in scene.people.items():
            accounts.create_account(email(role), person, PASSWORD)
    at.clock.set(PLAYED)
    return at


def copied(original: Path, folder: Path) -> Path:
    """Return a folder with a register of its own, equal to another."""
    source = sqlite3.connect(original / "exemplar.db")
    copy = sqlite3.connect(folder / "exemplar.db")
    with closing(source), closing(copy):
        source.backup(copy)
    return folder


def aside(make: Callable[[Path], Made], folder: Path) -> Made:
    """Return what is made in another thread: a driven browser fills this one with its loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(make, folder).result()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; yield its address."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # First whoever still answers: done, they tell the server by a pipe that would be closed,
        # or another's file by then. Then the server, in its own thread for the same reason.
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(server.close)
        thread.join(5)
