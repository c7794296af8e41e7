"""Pages are small on slow networks: compressed, files kept for a year, and few questions asked."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from desk import Desk, Visitor, copied, opened
from permissions import APART, address
from samples import SEAL, story
from sqlalchemy import event

from domain.candidate_events import CandidateDiscovered, StageAdvanced
from domain.events import Event
from domain.office import OfficeGranted
from domain.person import PersonDescribed
from domain.unit import UnitRegistered
from domain.values import CandidateKind, Private, Role, Stage, UnitKind
from events_store.moment import LOOK
from events_store.proofs import prove_inclusion, subtrees
from events_store.public_log import kept, whole
from web import accounts
from web.account_tables import db as accounts_db
from web.pages.naming import SEGMENTS
from workflow.commands import DescribePerson

pytest_plugins = ["desks"]
FIRST, AFTER = 150_000, 30_000  # bytes


def test_a_page_is_sent_small_and_its_files_once(shown: Desk) -> None:
    visitor = shown.visitor(Role.STANDING_BODY)
    answer = visitor.client.get("/", headers={"Accept-Encoding": "gzip"})
    page = gzip.decompress(answer.data).decode()
    files = set(re.findall(r'"(/static/[^"]+)"', page))
    sent = [visitor.client.get(path, headers={"Accept-Encoding": "gzip"}) for path in files]
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.data) <= AFTER
    assert len(answer.data) + sum(len(one.data) for one in sent) <= FIRST
    assert {one.headers["Cache-Control"] for one in sent} == {
        "public, max-age=31536000, immutable"
    }
    assert answer.headers["Cache-Control"] == "no-store"
    for one in sent:
        one.close()


def test_who_cannot_unpack_gets_it_as_it_is(shown: Desk) -> None:
    path = "/static/exemplar.css"
    plain = shown.app.test_client().get(path)
    packed = shown.app.test_client().get(path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain.data
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding, Cookie"
    assert "Content-Encoding" not in plain.headers
    plain.close()
    packed.close()


def test_the_length_of_a_page_does_not_tell_what_is_on_it(shown: Desk) -> None:
    visitor = shown.visitor(Role.STANDING_BODY)
    pages = [visitor.client.get("/admin", headers={"Accept-Encoding": "gzip"}) for _ in range(9)]
    assert len({len(page.data) for page in pages}) > 1


@contextmanager
def statements(at: Desk) -> Iterator[list[str]]:
    """Yield the statements by which pages ask the register."""
    asked: list[str] = []
    readers = [at.parts.ledger.db, at.parts.register.ledger.db]  # type: ignore[attr-defined]
    for db in readers:
        db.set_trace_callback(asked.append)
    yield asked
    for db in readers:
        db.set_trace_callback(None)


def asked_for(at: Desk, visitor: Visitor, path: str) -> int:
    """Return how many statements a page takes when it is looked at for the first time."""
    with statements(at) as asked:
        answer = visitor.get(path)
    assert answer.status_code == 200, (path, answer.status)
    return len(asked)


def test_a_page_looks_at_a_candidate_once_however_many_moves_there_are(shown: Desk) -> None:
    visitor = shown.visitor(Role.REVIEWER)
    path = visitor.read("/?state=nurture").candidates[0]
    with statements(shown) as asked:
        page = visitor.get(path).text
    moves = {move for move in ("advance-stage", "return-stage", "decline-candidate")
             if f"{path}/{move}" in page}  # fmt: skip
    looks = [sql for sql in asked if sql.startswith(LOOK[:20])]
    assert len(moves) > 1
    assert len(looks) == 2  # at what all commands rest on, and at the candidate


@pytest.mark.parametrize("path", ["/audit", "/audit/entries/40", "/board", "/calendar"])
def test_a_page_looks_once_who_asks_and_how_long_the_log_is(shown: Desk, path: str) -> None:
    visitor = shown.visitor(Role.AUDITOR)
    visitor.read(path)
    with statements(shown) as asked:
        visitor.read(path)
    assert [sql for sql in asked if "FROM head" in sql and not sql.startswith(LOOK[:20])] == []
    assert len([sql for sql in asked if sql.startswith(LOOK[:20])]) == 1


def test_who_looks_is_asked_for_once_until_that_may_have_changed(desk: Desk) -> None:
    visitor = desk.visitor(Role.REVIEWER)
    visitor.read("/help")
    with statements(desk) as asked:
        visitor.read("/help")
    assert len(asked) == 1  # the look
    new = DescribePerson(Private({"name": "Nông Thị Mới"}))
    desk.submit(new, Role.ADMINISTRATOR, desk.person(Role.REVIEWER))
    assert "Nông Thị Mới" in visitor.read("/help").text


@pytest.mark.parametrize("position", [0, 255, 256, 2000, -1])
def test_a_proof_asks_for_each_tile_it_goes_through_once(shown: Desk, position: int) -> None:
    db, size = shown.parts.ledger.db, shown.parts.ledger.size()
    position %= size
    with statements(shown) as asked:
        path = prove_inclusion(subtrees(whole(db)), position, size)
    assert path == prove_inclusion(subtrees(kept(db)), position, size)
    assert len(asked) <= 3  # the leaf's tile, the last one, and the one above both


def test_5_9_the_list_of_accounts_asks_no_more_for_more_of_them(desk: Desk) -> None:
    visitor = desk.visitor(Role.ADMINISTRATOR)
    visitor.read("/admin/accounts")
    asked: list[str] = []
    numbers: list[int] = []
    with desk.app.app_context():
        event.listen(accounts_db.engine, "before_cursor_execute", lambda *t: asked.append(t[2]))
    for more in (0, 9):
        with desk.app.app_context():
            for one in range(more):
                accounts.create_account(f"{one}@sodienhinh.example", desk.person(Role.OFFICER))
        asked.clear()
        visitor.read("/admin/accounts")
        assert len(asked) == len({*asked})
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]


MORE = 8  # three for each unit whose collectives a deputy's warning looks at, however many rows
# Pages with few rows, the same with many, and who looks at them.
FEW_AND_MANY = {
    "the register": ("/?q=hoang thi mai", "/?q=nguyen"),
    "the register of a former day": ("/?on=2021-12-31", "/?on=2024-06-30"),
    "the register as known before": ("/?known=400", "/?known=3000"),
    "a comparison": ("/compare?a=2024-06-29&b=2024-06-30", "/compare?a=2021-01-01&b=2024-06-30"),
    "a batch": (
        "/batches/new?command=record-title&all=1&q=hoang+thi",
        "/batches/new?command=record-title&all=1&q=nguyen",
    ),
    "the log": ("/audit?subject=unit", "/audit"),
}


@pytest.mark.parametrize("name", FEW_AND_MANY)
def test_no_page_asks_once_for_each_row(shown: Desk, name: str) -> None:
    few, many = FEW_AND_MANY[name]
    visitor = shown.visitor(Role.AUDITOR if name == "the log" else Role.STANDING_BODY)
    visitor.get("/workflow")
    assert asked_for(shown, visitor, many) <= asked_for(shown, visitor, few) + MORE


# What is no page: files are read to their end, and a proof goes as far as its tree is high.
FILES = ("/papers/", "/public/data/<name>", "/audit/log", "/log/", "/audit/entries/", "/static")
MORE_OF_ALL = 60


def larger(folder: Path) -> Desk:
    """Return a desk over a register that has more of all that lists are made of."""
    at = opened(folder)
    register, unit = at.parts.register, at.unit("Chi cục Kiểm lâm")
    rules = register.in_force(register.today()).name
    found = [CandidateDiscovered(CandidateKind.COLLECTIVE, unit), StageAdvanced(Stage.NURTURE)]
    for n in range(MORE_OF_ALL):
        told: dict[str, list[Event]] = {
            f"candidate:more-{n}": found,
            f"unit:more-{n}": [UnitRegistered(f"Trạm số {n}", UnitKind.DIVISION)],
            f"person:more-{n}": [PersonDescribed(SEAL)],
            f"office:more-{n}": [OfficeGranted(f"person:more-{n}", Role.COUNCIL)],
        }
        for subject, events in told.items():
            entries = story(subject, [(event, 0) for event in events])
            register.ledger.append([entry._replace(rule_set=rules) for entry in entries])
    return at


def everywhere(at: Desk) -> Iterator[str]:
    """Yield the address of every page, of every list one."""
    for rule in sorted(at.app.url_map.iter_rules(), key=lambda one: one.rule):
        if "GET" in (rule.methods or ()) and not rule.rule.startswith((*APART, *FILES)):
            kinds = SEGMENTS.values() if rule.rule == "/<kind:kind>" else ()
            yield from [f"/{kind}" for kind in kinds] or [address(at, rule)]


def test_5_9_no_page_asks_more_of_a_larger_register(original: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("small", "large")]
    for folder in folders:
        folder.mkdir()
        copied(original, folder)
    counted: list[dict[str, tuple[int, int]]] = []
    for at in (opened(folders[0]), larger(folders[1])):
        visitor, found = at.visitor(Role.STANDING_BODY), {}
        for path in everywhere(at):
            visitor.get(path)
            with statements(at) as asked:
                found[path] = visitor.get(path).status_code, len(asked)
        counted.append(found)
    assert counted[0] == counted[1]
    assert sum(status == 200 for status, _ in counted[0].values()) > len(counted[0]) / 2
