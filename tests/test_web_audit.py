"""The audit page without scripts: who may see it, what it shows, what can be taken along."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from desk import FOUNDED, IMPORTED, TODAY, Desk, Visitor, copied, opened
from flask import url_for
from test_words import leaked

from domain.refusals import REFUSALS
from domain.subjects import KINDS
from domain.values import Basis, ErasureGround, Role, private
from events_store import note
from events_store.key_folder import KeyFolder
from events_store.names import NAMES
from events_store.sqlite import SCHEMA
from web import log_files
from web.pages.doing import OFFERED
from web.words.events import EVENTS
from web.words.labels import label
from web.words.log import SUBJECTS, said
from workflow import commands as asked
from workflow.auditing import AUDITING
from workflow.register import Request

pytest_plugins = ["desks"]
ORIGIN = "so-dien-hinh.example/thu"
PAPER = (Basis("9/QĐ-SNN", date(2026, 7, 1), "Sở NN&MT"),)
SINCE, UNTIL = date(2024, 1, 1), date(2024, 3, 31)


def seal(desk: Desk) -> Desk:
    """Seal a register with a first key, as `exemplar init` does."""
    folder: KeyFolder = desk.parts.sealer.keys
    folder.create(ORIGIN)
    desk.parts.sealer.seal(desk.parts.ledger.db)
    return desk


@pytest.fixture(scope="module")
def sealed(original: object, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a sealed desk that is only looked at."""
    return seal(opened(copied(original, tmp_path_factory.mktemp("sealed"))))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def auditor(sealed: Desk) -> Visitor:
    return sealed.visitor(Role.AUDITOR)


def positions(visitor: Visitor, path: str) -> list[int]:
    """Return the entries that a page of the log shows, in its order."""
    found = re.findall(r'<td class="num"><a href="/audit/entries/(\d+)', visitor.read(path).html)
    return list(map(int, found))


def pages(visitor: Visitor, path: str) -> Iterator[list[int]]:
    """Yield what each page of the log shows, following the links."""
    while path:
        yield positions(visitor, path)
        found = re.search(r'rel="next" href="([^"]+)"', visitor.read(path).html)
        path = found[1].replace("&amp;", "&") if found else ""


def founding(desk: Desk) -> int:
    """Return how many entries the day of the founding has."""
    days = [entry.recorded_at.date() for entry in desk.parts.ledger.all()]
    return days.count(FOUNDED)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_log_is_open_to_offices_that_audit(sealed: Desk, role: Role) -> None:
    visitor = sealed.visitor(role)
    expected = 200 if role in AUDITING else 403
    candidate = visitor.read("/").candidates[0]
    for path in (
        *("/audit", "/audit/log.csv", "/audit/log.jsonl", "/audit/verifier-key"),
        *("/audit/entries/5", "/audit/entries/5/proof", "/audit/entries/5/leaf"),
        f"/audit{candidate}/replay",
    ):
        assert (path, visitor.get(path).status_code) == (path, expected)
    home = visitor.read(candidate)
    assert ("/audit" in home.links) is (expected == 200)
    assert ("Phát lại lịch sử" in home.text) is (expected == 200)


def test_a_stranger_is_sent_to_sign_in(sealed: Desk) -> None:
    answer = sealed.visitor(None).get("/audit?kind=stage-advanced")
    assert answer.headers["Location"] == "/login?next=/audit?kind%3Dstage-advanced"


ELSEWHERE = (
    "security.",
    "account.",
    "api",
    "log.",
    "static",
    "doing.do",
    "accounts_admin.tokens",
    "public.",
)
SHOWN = (
    "/ /admin /audit /audit/candidates/…/replay /audit/entries/5 /board /calendar /candidates/…"
    " /compare /complaints /council /declared-days /figures /help /movements /obligations"
    " /offices /offices/… /people /places /programme /quotas /reports /rounds /rule-sets"
    " /sessions /texts /units /units/… /work /workflow"
)


def addresses(sealed: Desk, candidate: str) -> list[str]:
    """Return the address of every page, of a list and a subject of every kind."""
    every = {kind: sealed.parts.register.all(kind) for kind in KINDS}
    one = {kind: next(iter(found)).partition(":")[2] for kind, found in every.items() if found}
    one["candidate"] = candidate.rpartition("/")[2]
    found = set()
    with sealed.app.test_request_context():
        for rule in sealed.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint.startswith(ELSEWHERE):
                continue
            kinds = ("candidate", "person") if rule.endpoint == "doing.pick" else KINDS
            for kind in kinds if "kind" in rule.arguments else ["candidate"]:
                told = {"kind": kind, "id": one.get(kind), "position": 5, "form": "csv"}
                if {*rule.arguments} <= {name for name, value in told.items() if value}:
                    found.add(url_for(rule.endpoint, **{n: told[n] for n in rule.arguments}))
    return sorted(found)


def test_an_auditor_sees_nothing_that_changes_anything(sealed: Desk, auditor: Visitor) -> None:
    candidate = auditor.read("/?state=nurture").candidates[0]
    commands = {asked.name_of(kind) for kind in OFFERED}
    shown = []
    for path in addresses(sealed, candidate):
        answer = auditor.get(path)
        assert answer.status_code in (200, 302, 403, 404), path
        if answer.status_code == 200 and answer.mimetype == "text/html":
            page = auditor.read(path)
            posting = [form.action for form in page.forms if form.method == "post"]
            leading = [c for c in commands if any(link.endswith(f"/{c}") for link in page.links)]
            assert (path, posting, leading) == (path, ["/logout"], [])
            shown.append(re.sub("/[0-9a-f]{16}", "/…", path))
    assert " ".join(sorted(shown)) == SHOWN


@pytest.mark.parametrize("kind", OFFERED, ids=asked.name_of)
def test_no_command_is_offered_to_an_auditor(auditor: Visitor, kind: type[asked.Command]) -> None:
    path = auditor.read("/?state=nurture").candidates[0]
    assert auditor.get(f"{path}/{asked.name_of(kind)}").status_code == 403


def test_what_an_auditor_sends_is_refused_and_kept(desk: Desk) -> None:
    auditor = desk.visitor(Role.AUDITOR)
    path = auditor.read("/?state=nurture").candidates[0]
    token = auditor.read(path).form("/logout")
    size = desk.parts.ledger.size()
    answer = auditor.send(f"{path}/adopt-nurture-plan", token, plan="Kèm cặp")
    assert answer.status_code == 403
    (last,) = desk.parts.ledger.all(size)
    assert (last.subject, last.actor) == (REFUSALS, desk.person(Role.AUDITOR))


def test_the_newest_entry_stands_first_and_every_entry_is_shown_once(
    sealed: Desk, auditor: Visitor
) -> None:
    shown = list(pages(auditor, "/audit?kind=stage-advanced"))
    entries = [e.position for e in sealed.parts.ledger.all() if _name(e) == "stage-advanced"]
    assert [at for page in shown for at in page] == entries[::-1]
    assert {len(page) for page in shown[:-1]} == {50}


def _name(entry: object) -> str:
    names = {kind: name for name, kind in NAMES.items()}
    return names[type(entry.event)]  # type: ignore[attr-defined]


def test_the_log_is_narrowed_by_what_is_asked(sealed: Desk, auditor: Visitor) -> None:
    ledger, size = sealed.parts.ledger, sealed.parts.ledger.size()
    unit, officer = sealed.unit("Chi cục Kiểm lâm"), sealed.person(Role.OFFICER)
    one = next(e for e in ledger.all(2000) if e.subject.startswith("candidate:"))
    days = [e.position for e in ledger.all() if SINCE <= e.effective_on <= UNTIL]
    asked_for = {
        "": range(size),
        "about=office": [e.position for e in ledger.of_kind("office")],
        "about=person&kind=candidate-discovered": [],
        f"q={one.subject}": [e.position for e in ledger.entries(one.subject)],
        f"q={one.subject.partition(':')[2]}": [e.position for e in ledger.entries(one.subject)],
        "q=%231.234": [1234],
        "q=1234": [1234],
        f"since={SINCE}&until={UNTIL}": days,
        f"recorded_until={FOUNDED}": [*range(founding(sealed))],
        f"recorded_since={IMPORTED}&q=0": [],
        f"actor={officer}&about=unit": [e.position for e in ledger.of_kind("unit")],
        f"unit={unit}&kind=unit-registered": [ledger.entries(unit)[0].position],
        "kind=nothing&about=nobody": range(size),
    }
    for query, expected in asked_for.items():
        shown = positions(auditor, f"/audit?{query}")
        assert (query, shown) == (query, sorted(expected, reverse=True)[:50])


def test_a_line_says_what_who_and_about_whom_as_other_pages_do(
    sealed: Desk, auditor: Visitor
) -> None:
    candidate = sealed.visitor().read("/?q=hoang+thi").candidates[0]
    page = auditor.read(f"/audit?q={candidate.rpartition('/')[2]}")
    entries = sealed.parts.ledger.entries(f"candidate:{candidate.rpartition('/')[2]}")
    assert page.text.count("Hoàng Thị Thanh Ngân") == len(entries)
    for entry in entries:
        assert f"#{entry.position:,} 30/06/2026 09:00".replace(",", ".") in page.text
        assert f"{entry.effective_on:%d/%m/%Y} {said(entry.event)}" in page.text
    assert page.links.count(candidate) == len(entries)


def test_a_line_leads_to_whatever_it_is_about(sealed: Desk, auditor: Visitor) -> None:
    for kind, page in (("unit", "/units/"), ("office", "/offices/"), ("person", "/people/")):
        links = auditor.read(f"/audit?about={kind}").links
        led = next(link for link in links if link.startswith(page))
        assert auditor.get(led).status_code == 200


def test_a_name_that_the_log_cannot_know_is_looked_for_in_the_register(auditor: Visitor) -> None:
    page = auditor.read("/audit?q=hoang+thi")
    assert "Ô tìm ở đây nhận số mục hoặc mã đối tượng." in page.text
    assert auditor.read(next(link for link in page.links if link.startswith("/?q="))).candidates


def test_the_time_machine_shows_the_log_of_that_day(sealed: Desk, auditor: Visitor) -> None:
    assert positions(auditor, "/audit?known=40") == list(range(39, -1, -1))
    assert max(positions(auditor, f"/audit?known={FOUNDED}")) == founding(sealed) - 1
    entries = sealed.parts.ledger.all()
    told = [e.position for e in entries if e.effective_on <= date(2022, 6, 30)]
    page = "/audit?on=2022-06-30"
    assert positions(auditor, page) == told[::-1][:50]
    assert f"/audit/entries/{told[-1]}?on=2022-06-30" in auditor.read(page).links
    assert auditor.get("/audit/entries/40?known=40").status_code == 404
    assert auditor.get("/audit/entries/39?known=40").status_code == 200


def test_a_day_that_is_none_is_said_so(auditor: Visitor) -> None:
    answer = auditor.get("/audit?since=2024-02-31")
    assert (answer.status_code, "không phải là một ngày" in answer.text) == (400, True)


@pytest.mark.parametrize("below", ["x", "-1", "9" * 30, "1e3", ""])
def test_a_page_that_begins_nowhere_begins_with_the_newest(auditor: Visitor, below: str) -> None:
    assert positions(auditor, f"/audit?below={below}") == positions(auditor, "/audit")


def test_the_seal_is_shown_unchecked_with_its_key(sealed: Desk, auditor: Visitor) -> None:
    page, last = auditor.read("/audit"), sealed.parts.sealer.last()
    assert last is not None
    key = str(sealed.parts.sealer.keys.verifiers()[-1])
    assert f'data-key="{key}"' in page.html
    assert "Chưa kiểm trong trình duyệt" in page.text
    assert f"Phủ {last.point.size:,} mục".replace(",", ".") in page.text
    assert auditor.get("/audit/verifier-key").text == f"{key}\n"
    assert "Đã kiểm" not in page.text


def test_a_register_without_a_key_says_how_to_seal_it(shown: Desk) -> None:
    auditor = shown.visitor(Role.AUDITOR)
    page = auditor.read("/audit")
    assert "Sổ chưa được niêm phong" in page.text
    assert positions(auditor, "/audit")[0] == shown.parts.ledger.size() - 1
    assert "chưa được niêm phong nào phủ" in auditor.read("/audit/entries/5").text
    assert auditor.get("/audit/entries/5/proof").status_code == 404
    assert auditor.get("/audit/verifier-key").status_code == 404


def test_no_page_holds_a_script_of_its_own(auditor: Visitor) -> None:
    candidate = auditor.read("/").candidates[0]
    for path in ("/audit", "/audit/entries/5", f"/audit{candidate}/replay"):
        html = auditor.read(path).html
        assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
        assert re.findall(r"<[^>]+ (?:style|on[a-z]+)=", html) == []


def test_an_entry_is_shown_whole(sealed: Desk, auditor: Visitor) -> None:
    entry = next(e for e in sealed.parts.ledger.all(2000) if _name(e) == "stage-advanced")
    page = auditor.read(f"/audit/entries/{entry.position}")
    (body,) = sealed.parts.ledger.db.execute(
        "SELECT body FROM entries WHERE position = ?", (entry.position,)
    ).fetchone()
    told = re.search(r'id="body"[^>]*>(.*?)</pre>', page.html, re.DOTALL)
    assert told is not None
    assert told[1].replace("&#34;", '"') == body.decode()
    for said_there in (
        said(entry.event),
        f"lần thứ {entry.version}",
        entry.subject,
        entry.actor,
        str(entry.acting_as),
        str(entry.rule_set),
        entry.command_id,
        entry.recorded_at.isoformat(),
        "Lê Thu Hà",
        "register-2021-2025.xlsx (Danh sách, dòng",
        "xem trong phát lại",
    ):
        assert said_there in page.text


def test_a_proof_that_is_taken_along_convinces_a_stranger(sealed: Desk, auditor: Visitor) -> None:
    keys = sealed.parts.sealer.keys.verifiers()
    for position in (0, 5, 255, 256, sealed.parts.ledger.size() - 1):
        path = f"/audit/entries/{position}"
        told, leaf = auditor.get(f"{path}/proof").data, auditor.get(f"{path}/leaf").data
        point = note.open_receipt(told, leaf, keys)
        assert point.size == sealed.parts.ledger.size()


def test_the_steps_lead_from_the_leaf_to_the_root(sealed: Desk, auditor: Visitor) -> None:
    page = auditor.read("/audit/entries/1234").html
    reached = re.findall(r'data-reached="([^"]+)"', page)
    root = sealed.parts.ledger.root()
    assert (len(reached), reached[-1]) == (12, root)


@pytest.mark.parametrize("position", ["999999", "9" * 40, "-1", "007", "٧", "x"])
def test_an_entry_that_is_not_there_is_not_found(auditor: Visitor, position: str) -> None:
    assert auditor.get(f"/audit/entries/{position}").status_code == 404


def changed(desk: Desk, position: int) -> None:
    """Change the stored day of an entry behind the register's back."""
    with closing(sqlite3.connect(desk.folder / "exemplar.db")) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        sql = "UPDATE entries SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB)"
        day = next(desk.parts.ledger.all(position, position + 1)).effective_on.isoformat()
        db.execute(f"{sql} WHERE position = ?", (day, "2020-02-02", position))
        db.commit()
        db.executescript(SCHEMA)


def test_an_entry_that_was_changed_behind_our_back_does_not_match(desk: Desk) -> None:
    seal(desk)
    changed(desk, 1234)
    auditor = desk.visitor(Role.AUDITOR)
    assert "Không khớp" in auditor.read("/audit/entries/1234").text
    assert "Không khớp" not in auditor.read("/audit/entries/1235").text
    assert auditor.get("/audit/entries/1234/proof").status_code == 404


@pytest.fixture
def corrected(desk: Desk) -> tuple[Visitor, str, list[int]]:
    """Return an auditor and a replay in which an entry is voided and another dated anew."""
    path = desk.visitor().read("/?q=hoang+thi").candidates[0]
    subject = f"candidate:{path.rpartition('/')[2]}"
    steps = [len(desk.parts.ledger.entries(subject))]
    desk.submit(asked.AdoptNurturePlan(private("Kèm cặp")), Role.REVIEWER, subject)
    for command in (
        asked.VoidEntry(steps[0] + 1, private("Ghi nhầm")),
        asked.CorrectEffectiveDate(2, date(2025, 1, 15), private("Sai ngày")),
    ):
        actor = desk.person(Role.STANDING_BODY)
        desk.parts.register.submit(Request(command, actor, subject, TODAY, PAPER))
    return desk.visitor(Role.AUDITOR), f"/audit{path}/replay", steps


def marked(html: str) -> list[str]:
    """Return what a step marks as changed, before and after."""
    words = re.findall(r"<mark>(.*?)</mark>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in words]


def test_a_replay_shows_what_each_entry_changed(
    corrected: tuple[Visitor, str, list[int]],
) -> None:
    auditor, path, (count,) = corrected
    plan = "Thông qua kế hoạch bồi dưỡng (13/07/2026)"
    adopted = auditor.read(f"{path}?step={count + 1}")
    assert f"Bước {count + 1} / {count + 3}" in adopted.text
    assert f"Hủy mục ghi số {count + 1} của hồ sơ ở bước {count + 2}" in adopted.text
    assert marked(adopted.html) == [plan]
    voided = auditor.read(f"{path}?step={count + 2}")
    assert f"Mục này sửa bước {count + 1}" in voided.text
    assert marked(voided.html) == [plan]
    assert "Thông qua kế hoạch bồi dưỡng (đã hủy)" in voided.text
    moved = auditor.read(f"{path}?step={count + 3}")
    assert marked(moved.html) == [
        "Phát hiện: cá nhân (14/05/2025)",
        "Phát hiện: cá nhân (15/01/2025)",
    ]


def test_a_replay_begins_before_the_register_knew_anything(auditor: Visitor) -> None:
    candidate = auditor.read("/?state=replicate").candidates[0]
    first = auditor.read(f"/audit{candidate}/replay?step=1")
    assert "Trước Chưa có trong sổ." in first.text
    links = [link for link in first.links if "step=" in link and "lang=" not in link]
    assert links[0] == f"/audit{candidate}/replay?step=2"
    for step in range(1, 6):
        assert f"Bước {step} /" in auditor.read(f"/audit{candidate}/replay?step={step}").text


@pytest.mark.parametrize(("step", "shown"), [("0", 1), ("999", -1), ("x", -1), ("", -1)])
def test_a_step_that_is_not_there_is_the_nearest(auditor: Visitor, step: str, shown: int) -> None:
    candidate = auditor.read("/?state=nurture").candidates[0]
    page = auditor.read(f"/audit{candidate}/replay?step={step}").text
    found = re.search(r"Bước (\d+) / (\d+)", page)
    assert found is not None
    assert int(found[1]) == (1 if shown == 1 else int(found[2]))


def test_a_replay_goes_as_far_as_was_known(sealed: Desk, auditor: Visitor) -> None:
    entries = [e for e in sealed.parts.ledger.all(2000) if e.version == 5]
    third = sealed.parts.ledger.entries(entries[0].subject)[2]
    id = entries[0].subject.partition(":")[2]
    page = auditor.read(f"/audit/candidates/{id}/replay?known={third.position + 1}")
    assert "Bước 3 / 3" in page.text
    assert auditor.get(f"/audit/candidates/{id}/replay?known=1").status_code == 404
    assert auditor.get("/audit/candidates/nobody/replay").status_code == 404


def test_the_log_can_be_taken_along_as_a_table(sealed: Desk, auditor: Visitor) -> None:
    answer = auditor.get("/audit/log.csv?kind=stage-advanced")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nhat-ky-2026-07-13.csv"'
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    entries = [e for e in sealed.parts.ledger.all() if _name(e) == "stage-advanced"][::-1]
    assert [int(row["Số"]) for row in rows] == [e.position for e in entries]
    assert [row["Đối tượng"] for row in rows] == [e.subject for e in entries]
    assert {row["Chức trách"] for row in rows} == {"officer"}


def test_the_log_can_be_taken_along_byte_for_byte(sealed: Desk, auditor: Visitor) -> None:
    lines = auditor.get("/audit/log.jsonl").text.splitlines()
    sql = "SELECT position, body FROM entries ORDER BY position DESC"
    stored = sealed.parts.ledger.db.execute(sql).fetchall()
    assert [json.loads(line)["position"] for line in lines] == [at for at, _ in stored]
    assert all(body.decode() in line for line, (_, body) in zip(lines, stored, strict=True))


def test_a_cell_is_never_a_formula() -> None:
    assert [log_files.cell(text) for text in ("=1+1", "@x", "-2", "12/QĐ", 5)] == [
        "'=1+1", "'@x", "'-2", "12/QĐ", 5,
    ]  # fmt: skip


def test_words_go_by_the_name_of_their_own_field(desk: Desk) -> None:
    (path,) = desk.visitor().read("/?q=hoang+thi").candidates
    desk.visitor().fill(f"{path}/adopt-nurture-plan", plan="Học nghề một năm")
    auditor, at = desk.visitor(Role.AUDITOR), desk.parts.ledger.size() - 1
    for page in (f"/audit{path}/replay", f"/audit/entries/{at}"):
        assert "Kế hoạch bồi dưỡng: Học nghề một năm" in auditor.read(page).text


def test_who_was_erased_is_named_nowhere(desk: Desk) -> None:
    auditor, name = desk.visitor(Role.AUDITOR), "Hoàng Thị Thanh Ngân"
    path = auditor.read("/?q=hoang+thi").candidates[0]
    id = path.rpartition("/")[2]
    person = desk.parts.register.candidate(f"candidate:{id}").person
    erase = asked.ErasePersonalData(ErasureGround.DECIDED)
    actor = desk.person(Role.ADMINISTRATOR)
    desk.parts.register.submit(Request(erase, actor, person, TODAY, PAPER))
    last = desk.parts.ledger.size() - 1
    for page in (f"/audit?q={id}", "/audit", f"/audit/entries/{last}", f"/audit{path}/replay"):
        text = auditor.read(page).text
        assert (page, name in text) == (page, False)
    assert "[đã xóa theo yêu cầu]" in auditor.read(f"/audit?q={id}").text


def test_no_word_of_the_code_is_seen_in_log_and_replay(auditor: Visitor) -> None:
    candidate = auditor.read("/?state=replicate").candidates[0]
    replay = f"/audit{candidate}/replay"
    paths = ["/audit?on=2024-06-30&known=3000", *(f"{replay}?step={at}" for at in range(1, 12))]
    assert [(path, found) for path in paths for found in leaked(auditor.read(path))] == []


def test_every_kind_of_entry_and_of_subject_has_words() -> None:
    assert sorted(EVENTS) == sorted(NAMES)
    assert sorted(SUBJECTS) == sorted([*KINDS, "refusals", "upkeep", "batches"])
    assert len(set(EVENTS.values())) == len(EVENTS)


def test_a_refusal_and_an_office_say_what_they_are(desk: Desk) -> None:
    auditor = desk.visitor(Role.AUDITOR)
    path = auditor.read("/?state=nurture").candidates[0]
    reviewer = desk.visitor()
    assert reviewer.fill(f"{path}/advance-stage").status_code == 409
    page = auditor.read("/audit?kind=command-refused")
    assert re.search(
        r"Từ chối “Chuyển khâu”, còn \d điều kiện Lần từ chối Trần Thị Mai", page.text
    )
    granted = auditor.read("/audit?about=office").text
    for role in (Role.OFFICER, Role.AUDITOR):
        assert f"Giao chức trách: {label(role)}" in granted
