"""The public site: what anybody finds there, may say there, and never learns there."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import icalendar
import openly
import pypdf
import pytest
from desk import NAMES, SINCE, TODAY, Desk, filled
from stories import STORIES
from werkzeug.test import TestResponse

from domain import candidate_events as happened
from domain import replication
from domain.person import PersonalDataRestricted
from domain.publicity import CommentPeriodOpened, CommentReceived
from domain.replication import Channel
from domain.report import ReportKind
from domain.values import FastTrackGround, Outcome, Role, Stage, UnitKind
from web.pages.frame import OPEN_ENDPOINTS
from web.pages.public import gather
from web.reports import document
from web.reports.document import Spec
from workflow import commands as asked

UNTIL = TODAY + timedelta(3)
OPENED = CommentPeriodOpened(10, UNTIL, 0)
SHOWN = replication.ExemplarPublished(Channel.PRESS, "Báo Lạng Sơn số 9")
SECRET = happened.FastTrackGranted(FastTrackGround.STATE_SECRET)
SIGNER = Role.DIRECTOR  # a published report tells who signed it, and nobody else
SEEN = ("Mở", "Hỏi")  # who may be named: an exemplar, and whoever is open for comment


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, dict[str, str]]:
    """Return a register with a candidate for every reason to be hidden, and their ids by mark."""
    at = filled(tmp_path_factory.mktemp("public"), sample=False)
    at.parts.sealer.keys.create("so-dien-hinh/cong-khai")
    register = at.parts.register
    unit = asked.RegisterUnit("Chi cục Kiểm lâm", UnitKind.SUB_DEPARTMENT)
    at.submit(unit, Role.ADMINISTRATOR, on=SINCE)
    done = STORIES[Outcome.COMPLETED]
    told = {
        **{f"Khuất{state}": STORIES[state] for state in ("discover", "nurture", "declined")},
        "Khuấtrút": STORIES[Outcome.WITHDRAWN],
        "Khuấthủy": STORIES[Outcome.REVOKED],
        "Khuấtthôi": (*STORIES[Stage.REPLICATE], happened.CandidateWithdrawn()),
        "Khuấthết": (*STORIES[Stage.NURTURE], CommentPeriodOpened(10, TODAY - timedelta(1), 0)),
        "Khuấtmật": (*done, SECRET),
        "Khuấtmậthỏi": (*STORIES[Stage.NURTURE], SECRET, OPENED),
        "Khuấthạn": done,
        "Hỏi": (*STORIES[Stage.NURTURE], OPENED),
        "Mở": (*done, SHOWN),
    }
    ids = {mark: openly.recorded(register, mark, story) for mark, story in told.items()}
    person = register.candidate(ids["Khuấthạn"]).person
    openly.add(register, person or "", PersonalDataRestricted("12/CV", openly.stories.SEALED))
    size = at.parts.ledger.size()
    spec = Spec(ReportKind.YEAR, date(2025, 1, 1), date(2025, 12, 31), TODAY, size, size)
    drafted = document.draft(at.parts.ledger, register, spec)
    report = at.submit(drafted, Role.REVIEWER)
    at.submit(asked.CheckReport(), Role.STANDING_BODY, report)
    at.submit(asked.SignReport(), SIGNER, report)
    at.submit(asked.PublishReport("05/BC-SNN"), Role.STANDING_BODY, report)
    return at, ids


def addresses(at: Desk, ids: list[str]) -> Iterator[str]:
    """Yield every address that a stranger can open, with every candidate where one is named."""
    report = next(iter(at.parts.register.all("report"))).partition(":")[2]
    there: dict[str, list[str]] = {
        "id": [*ids, report, "0" * 16],
        "name": [*names_of(at), "entries.csv"],
        "ext": ["json", "pdf"],
        "figure": ["by-stage", "by-unit", "none"],
        "where": ["entries/000", "0/000", "x"],
        "filename": ["exemplar.css"],
        "token": ["x"],
    }
    for rule in at.app.url_map.iter_rules():
        site = rule.endpoint.startswith("public.")
        if "GET" not in (rule.methods or ()) or not (site or rule.endpoint in OPEN_ENDPOINTS):
            continue
        if rule.arguments:
            of = there | ({"id": [report, ids[0]]} if len(rule.arguments) > 1 else {})
            for values in product(*(of[name] for name in rule.arguments)):
                yield rule.build(dict(zip(rule.arguments, values, strict=True)))[1]  # type: ignore[index]
        else:
            yield from (f"{rule.rule}{more}" for more in ("", "?lang=en", "?on=2025-06-30"))
            yield from (f"{rule.rule}?q={word}" for word in ("Khuat", "Khuatnurture-place", "%27"))
            yield from (f"{rule.rule}?{bad}" for bad in ("on=x", "known=x", "after=x&kind=x"))
    yield from (
        "/public/x",
        "/public/reports/x.docx",
        "/public/data",
        "/log/x",
        "/public/?q=Khuat",
    )


def words_of(answer: TestResponse) -> str:
    """Return all that an answer says, in its head as well; a PDF with what is attached to it."""
    said = answer.data
    if answer.mimetype == "application/pdf":
        read = pypdf.PdfReader(io.BytesIO(said))
        attached = b"".join(part for parts in read.attachments.values() for part in parts)
        told = (page.extract_text() for page in read.pages)
        said = attached + "".join([*told, str(read.metadata)]).encode()
    return f"{answer.headers}{said.decode('utf-8', 'replace')}"


def names_of(at: Desk) -> list[str]:
    page = at.visitor(None).read("/public/data")
    return [href.rpartition("/")[2] for href in page.links if href.startswith("/public/data/")]


def test_a_23_no_page_no_file_no_feed_and_no_error_says_what_is_not_for_everybody(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, ids = everybody
    visitor, seen = at.visitor(None), set()
    short = [id.partition(":")[2] for id in ids.values()]
    found: set[tuple[int, str]] = set()  # how each kind of address was answered
    for address in addresses(at, short):
        answer = visitor.get(address)
        seen |= named(address, words_of(answer), ids)
        found.add((answer.status_code, answer.mimetype))
        answer.close()
    assert {status for status, _ in found} == {200, 302, 400, 404}
    assert {kind for status, kind in found if status == 200} >= {
        *("text/html", "text/csv", "text/calendar", "application/json", "application/pdf"),
        *("application/atom+xml", "image/svg+xml"),
    }
    wanted = {("Mở", key.replace("_", "")) for key in openly.TOLD}
    asked_about = {("Hỏi", key) for key in ("name", "position", "field", "achievement")}
    assert seen - asked_about == wanted


def named(address: str, text: str, ids: dict[str, str]) -> set[tuple[str, str]]:
    """Return whom an answer names, with what it tells of them; see that it may."""
    assert "Khuất" not in text, address
    assert not address.startswith("/public/data/") or "Hỏi" not in text
    told = {(mark, key) for mark in SEEN for key in re.findall(rf"{mark}-(\w+)", text)}
    allowed = {key.replace("_", "") for key in openly.TOLD}
    assert {key for _, key in told} <= allowed, address
    if not address.startswith("/public/comments"):
        assert "Hỏi" not in text, address
    hidden = [id.partition(":")[2] for mark, id in ids.items() if mark.startswith("Khuất")]
    assert [id for id in hidden if id in text and id not in address] == [], address
    assert "person:" not in text, address
    assert [name for role, name in NAMES.items() if role != SIGNER and name in text] == [], address
    return told


def test_a_23_nor_does_the_answer_to_a_comment(everybody: tuple[Desk, dict[str, str]]) -> None:
    at, ids = everybody
    visitor = at.visitor(None)
    open_ = f"/public/comments/{ids['Hỏi'].partition(':')[2]}"
    form = visitor.read(open_).form(0, open_)
    for number, (mark, id) in enumerate(ids.items()):
        path = f"/public/comments/{id.partition(':')[2]}"
        for said, status in ((form | {"text": ""}, 422), ({"text": "Khuất"}, 400)):
            whence = {"REMOTE_ADDR": f"10.0.0.{number}"}
            answer = visitor.client.post(path, data=said, environ_base=whence)
            wanted = status if mark == "Hỏi" or status == 400 else 404
            assert answer.status_code == wanted, mark
            named(path, words_of(answer), ids)


def test_6_4_what_is_not_on_the_public_site_is_not_there_for_strangers_either(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, _ = everybody
    visitor = at.visitor(None)
    for path in ("/public/x", "/public/x/y.pdf", "/public/exemplars/", "/log/x"):
        answer = visitor.get(path)
        assert answer.status_code == 404, path
    page = visitor.get("/public/x")
    assert "Dành cho cán bộ" in page.text
    assert visitor.client.post("/public").status_code == 405
    assert visitor.get("/x").status_code == 302


def test_6_4_an_exemplar_has_a_page_and_others_have_none(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, ids = everybody
    visitor = at.visitor(None)
    for mark, id in ids.items():
        answer = visitor.get(f"/public/exemplars/{id.partition(':')[2]}")
        assert answer.status_code == (200 if mark == "Mở" else 404), mark
    page = visitor.read("/public/exemplars?q=mo-achievement")
    assert "1 kết quả" in page.text
    assert "0 kết quả" in visitor.read("/public/exemplars?q=mo-place").text


def test_both_dates_work_there_as_well(everybody: tuple[Desk, dict[str, str]]) -> None:
    at, ids = everybody
    visitor = at.visitor(None)
    before = (openly.ON - timedelta(1)).isoformat()
    assert "Mở-name" not in visitor.read(f"/public?on={before}").text
    assert "Mở-name" in visitor.read(f"/public?on={openly.ON}").text
    known = at.parts.ledger.entries(ids["Mở"])[0].position
    assert "Mở-name" not in visitor.read(f"/public/exemplars?known={known}").text


def test_6_4_a_page_is_drawn_once_for_a_size_of_the_log_and_is_new_when_it_has_grown(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, _ = everybody
    visitor, site = at.visitor(None), at.app.extensions["public-site"]
    first = visitor.get("/public")
    kept = dict(site.pages._kept)
    assert visitor.get("/public").data == first.data
    assert site.pages._kept == kept
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert "csrf" not in first.text
    new = openly.recorded(at.parts.register, "Thêm", STORIES[Stage.REPLICATE])
    assert "Thêm-name" in visitor.read("/public").text
    openly.add(at.parts.register, new, happened.RecognitionRevoked(None))
    assert "Thêm-name" not in visitor.read("/public").text


def test_5_9_exemplars_are_gathered_before_anybody_asks(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, ids = everybody
    at.app.extensions.pop("public-site", None)
    gather(at.app)
    told = at.app.extensions["public-site"].exemplars
    assert told.size == at.parts.ledger.size()
    assert ids["Mở"] in [one.known.subject for one in told.sorted]
    assert at.visitor(None).get("/public/exemplars").status_code == 200
    assert at.app.extensions["public-site"].exemplars is told
    environment, loader = at.app.jinja_env, at.app.jinja_loader
    assert environment.cache is not None
    assert loader is not None
    assert len(environment.cache) >= len(loader.list_templates())  # none is read at a first look


def test_whoever_is_signed_in_sees_the_same_page_as_anybody(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, _ = everybody
    page = at.visitor(Role.OFFICER).get("/public/exemplars")
    assert page.data == at.visitor(None).get("/public/exemplars").data
    assert page.headers["Cache-Control"] == "no-store"


def test_6_8_the_feed_tells_of_recognitions_and_publications(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, _ = everybody
    answer = at.visitor(None).get("/public/feed.atom")
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(answer.data)
    for name in ("title", "id", "updated", "author"):
        assert feed.find(f"{atom}{name}") is not None
    entries = feed.findall(f"{atom}entry")
    titles = {entry.findtext(f"{atom}title") for entry in entries}
    news = {"Công nhận điển hình: Mở-name", "Giới thiệu điển hình: Mở-name"}
    assert titles == {*news, "Báo cáo năm 2025"}
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(set(ids)) == len(entries)
    assert any("Báo Lạng Sơn số 9" in (e.findtext(f"{atom}summary") or "") for e in entries)


def test_6_8_the_calendar_is_one_that_programs_read(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, _ = everybody
    for visitor, path in ((None, "/public/calendar.ics"), (Role.OFFICER, "/calendar.ics")):
        answer = at.visitor(visitor).get(path)
        read = icalendar.Calendar.from_ical(answer.data)
        events: list[Any] = list(read.walk("VEVENT"))
        assert UNTIL in [event["DTSTART"].dt for event in events]
        assert all(isinstance(event["DTSTART"].dt, date) for event in events)
        assert ("Hỏi" in answer.text) == (visitor is not None)
    assert at.visitor(None).get("/calendar.ics").status_code == 302


def test_6_4_a_comment_goes_through_the_door_into_the_vault_and_not_too_often(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, ids = everybody
    visitor, id = at.visitor(None), ids["Hỏi"]
    path = f"/public/comments/{id.partition(':')[2]}"
    assert visitor.client.post(path, data={"text": "không có mã"}).status_code == 400
    assert visitor.fill(path, text=" ").status_code == 422
    assert visitor.fill(path, text="a\x00b").status_code == 422
    before = at.parts.ledger.size()
    assert visitor.fill(path, text="máy tự điền", website="x").location.endswith("/thanks")
    assert at.parts.ledger.size() == before
    assert visitor.fill(path, text="Đúng là người tốt").location == f"{path}/thanks"
    entry = at.parts.ledger.entries(id)[-1]
    assert isinstance(entry.event, CommentReceived)
    assert (entry.actor, entry.acting_as, entry.event.comment) == ("public", None, 1)
    said = at.parts.ledger.secrets([entry.event.text])
    assert said[entry.event.text.id] == {"text": "Đúng là người tốt"}
    assert (
        "Công chúng" in at.visitor(Role.REVIEWER).read(f"/candidates/{id.partition(':')[2]}").text
    )
    statuses = [visitor.fill(path, text="Lại nữa").status_code for _ in range(5)]
    assert 429 in statuses
    at.clock.set(UNTIL + timedelta(1))
    assert visitor.get(path).status_code == 404
    at.clock.set(TODAY)


def test_nobody_comments_on_whom_nobody_was_asked_about(
    everybody: tuple[Desk, dict[str, str]],
) -> None:
    at, ids = everybody
    visitor = at.visitor(None)
    for mark, id in ids.items():
        wanted = 200 if mark == "Hỏi" else 404
        short = id.partition(":")[2]
        assert visitor.get(f"/public/comments/{short}").status_code == wanted, mark
