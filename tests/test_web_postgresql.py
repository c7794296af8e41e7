"""The pages over PostgreSQL: the same, word for word, as over a file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import desk
import postgres
import psycopg
import pytest
from department import Clock
from programs import program

from domain.values import Role
from events_store.copying import copy
from events_store.ledger import Ledger
from web import account_copying, accounts, create_app
from web.account_tables import db
from web.settings import Settings

PAGES = [
    "/",
    "/?q=hoang+thi",
    "/?q=kiem+lam&kind=individual",
    "/?stage=nurture&unit={unit}",
    "/?priority=ethnic_minority",
    "/?on=2024-06-30",
    "/?on=2023-01-01&known=300",
    "/?on=2022-06-30&q=hoa",
    "/candidates/{candidate}",
    "/candidates/{candidate}?on=2023-06-30",
    "/candidates/nobody",
    "/?q=snn, kiem lam",
    "/?state=withdrawn",
    "/compare?a=2023-06-30&b=2024-06-30",
    "/compare?a=2022-06-30&b=2026-07-01&b_known=2000",
    "/compare?about=candidate:{candidate}&a=2022-06-30&b=2024-06-30",
    "/work",
    "/calendar?month=2024-06",
    "/workflow?on=2024-06-30&known=2500",
    "/units",
    "/units?on=2022-06-30",
    "/people",
    "/batches/new?command=report-progress&all=1&q=hoang",
]
ASKED = [
    "/candidates?q=hoang+thi&on=2024-06-30",
    "/candidates/{candidate}/needs",
    "/candidates/{candidate}/history",
    "/state?by=unit&on=2023-06-30&known=2000",
    "/state?by=priority",
    "/entries?after=100&limit=20",
    "/units",
]
AUDITED = [
    "/audit",
    "/audit?kind=stage-advanced&unit={unit}",
    "/audit?about=person&on=2024-06-30",
    "/audit?since=2024-01-01&until=2024-03-31&actor={actor}",
    "/audit?q={candidate}&known=3000",
    "/audit/entries/2000",
    "/audit/candidates/{candidate}/replay?step=3",
    "/audit/log.csv?kind=title-recorded&until=2023-06-30",
]


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> desk.Desk:
    return desk.filled(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def on_postgresql(on_file: desk.Desk) -> Iterator[desk.Desk]:
    with postgres.database() as url:
        source, target = on_file.parts.ledger, Ledger(url, on_file.clock)
        copy(source, target)
        account_copying.copy(desk.settings(on_file.folder).database_url, url)
        at = served(url)
        yield at
        for ledger in (target, at.parts.ledger, at.parts.register.ledger):
            ledger.recorder.close()  # type: ignore[union-attr]
        with at.app.app_context():
            db.engine.dispose()


def served(url: str) -> desk.Desk:
    """Return the desk over a register on PostgreSQL."""
    clock = Clock(desk.TODAY)
    secret = "only for tests " * 3
    settings = Settings(url, secret, insecure_cookies=True, keys=Path("no-keys"))
    return desk.Desk(create_app(settings, clock), clock, Path("none"))


def shown(at: desk.Desk, path: str, role: Role = Role.REVIEWER) -> str:
    """Return a page without what is made anew each time."""
    text = at.visitor(role).get(path).text
    return re.sub(r'(name="(csrf_token|command_id)"[^>]*value=)"[^"]*"', r'\1""', text)


ODD = {"/candidates/a%00b": 404, "/units/%00": 404, "/audit?q=%00": 200, "/work?x=%00": 200}


def test_what_no_database_keeps_is_nowhere_on_both(
    on_file: desk.Desk, on_postgresql: desk.Desk
) -> None:
    for at in (on_file, on_postgresql):
        _, visitor = at.visitor(Role.AUDITOR), at.visitor(Role.AUDITOR)
        assert {path: visitor.get(path).status_code for path in ODD} == ODD
        form = visitor.read("/account").form("/account/sessions/end")
        assert visitor.send("/account/sessions/end", form, session=10**17).status_code == 303
        with at.app.app_context():
            assert accounts.account_numbered(10**17) is None


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_the_same(on_file: desk.Desk, on_postgresql: desk.Desk, page: str) -> None:
    candidate = next(e.subject for e in on_file.parts.ledger.of_kind("candidate"))
    path = page.format(
        unit=on_file.unit("Chi cục Kiểm lâm"), candidate=candidate.partition(":")[2]
    )
    assert shown(on_postgresql, path) == shown(on_file, path)


@pytest.mark.parametrize("page", AUDITED)
def test_the_log_is_the_same(on_file: desk.Desk, on_postgresql: desk.Desk, page: str) -> None:
    candidate = next(e.subject for e in on_file.parts.ledger.of_kind("candidate"))
    path = page.format(
        unit=on_file.unit("Chi cục Kiểm lâm"),
        actor=on_file.person(Role.OFFICER),
        candidate=candidate.partition(":")[2],
    )
    told = shown(on_file, path, Role.AUDITOR)
    assert shown(on_postgresql, path, Role.AUDITOR) == told


@pytest.mark.parametrize("question", ASKED)
def test_programs_are_told_the_same(
    on_file: desk.Desk, on_postgresql: desk.Desk, question: str
) -> None:
    candidate = next(e.subject for e in on_file.parts.ledger.of_kind("candidate"))
    path, _, asked = question.format(candidate=candidate.partition(":")[2]).partition("?")
    told = [
        program(at).ask(path, **dict(parse_qsl(asked))).json for at in (on_file, on_postgresql)
    ]
    assert told[0] == told[1]
    assert "status" not in told[0]


def test_a_list_is_looked_at_and_found_recorded_already(
    on_postgresql: desk.Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # what waits is kept where the server runs
    size = on_postgresql.parts.ledger.size()
    visitor = on_postgresql.visitor(Role.OFFICER)
    form = visitor.read("/import").form(0)
    content = desk.SAMPLE.read_bytes()
    answer = visitor.send("/import", form | {"file": (io.BytesIO(content), "so.xlsx")})
    said = "Mọi dòng của tệp này đã có trong sổ" in answer.text
    assert (answer.status_code, said) == (200, True)
    assert on_postgresql.parts.ledger.size() == size


def test_a_database_that_does_not_answer_is_no_traceback(on_file: desk.Desk) -> None:
    with postgres.database() as url:
        target = Ledger(url, on_file.clock)
        copy(on_file.parts.ledger, target)
        account_copying.copy(desk.settings(on_file.folder).database_url, url)
        target.recorder.close()
        at = served(url)
        visitor = at.visitor()
        assert visitor.get("/").status_code == 200
    at.app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Sổ gặp lỗi" in answer.text


def accounts_connection(at: desk.Desk) -> psycopg.Connection[object]:
    """Return the connection that a visitor's account is asked for through, one at a time."""
    with at.app.app_context():
        found = db.engine.raw_connection().driver_connection
    assert isinstance(found, psycopg.Connection)
    return found


def test_a_page_goes_twice_to_the_accounts_by_what_the_server_prepared(
    on_postgresql: desk.Desk, tmp_path: Path
) -> None:
    visitor = on_postgresql.visitor()
    for _ in range(8):
        visitor.read("/help")
    way = accounts_connection(on_postgresql).pgconn
    with (tmp_path / "trace").open("w+") as trace:
        way.trace(trace.fileno())
        visitor.read("/help")
        way.untrace()
        trace.seek(0)
        sent = re.findall(r"\tF\t\d+\t(Query|Parse|Bind)\b", trace.read())
    assert sent == ["Bind", "Bind"]


def test_a_page_finds_accounts_through_a_new_connection_if_the_server_ended_the_old(
    on_postgresql: desk.Desk,
) -> None:
    visitor = on_postgresql.visitor()
    ended = accounts_connection(on_postgresql).info.backend_pid
    with psycopg.connect(postgres.server(), autocommit=True) as superuser:
        assert superuser.execute("SELECT pg_terminate_backend(%s, 5000)", [ended]).fetchone()
    visitor.read("/help")
    assert accounts_connection(on_postgresql).info.backend_pid != ended


def test_what_a_form_changes_of_accounts_is_undone_as_a_whole(on_postgresql: desk.Desk) -> None:
    with on_postgresql.app.test_request_context("/account", method="POST"):
        before = accounts.list_accounts()
        for account in before:
            account.failed_sign_ins += 1
            db.session.flush()
        db.session.rollback()
        assert [account.failed_sign_ins for account in before] == [0 for _ in before]
