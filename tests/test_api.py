"""The API: every command, every question, for a program that acts in one office."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from datetime import date
from threading import Timer
from uuid import uuid4

import pytest
from desk import TODAY, Desk
from programs import Program, program
from werkzeug.test import TestResponse

from domain.values import PersonKind, Private, Rating, Role
from events_store.merkle import leaf_hash
from events_store.proofs import check_inclusion
from web import accounts, schemas
from web.api import bearer, doing, kinds, problems
from web.api.document import document
from web.moment import moment
from web.state import state
from workflow import commands as asked

pytest_plugins = ["desks"]


@pytest.fixture
def one(desk: Desk) -> str:
    """Return the id of a candidate that lacks much."""
    found = program(desk).found("/candidates", stage="nurture", limit=1)
    return str(found["candidates"][0]["id"])


def told(answer: TestResponse) -> tuple[int, str]:
    """Return status and kind of a problem."""
    assert answer.content_type == problems.TYPE, answer.text
    found = answer.json
    assert found
    assert found["status"] == answer.status_code
    return answer.status_code, found["type"].partition("#problem-")[2]


def test_every_command_has_a_route_with_its_schema() -> None:
    offered = {command for _, _, command in doing.every()}
    assert offered | {*kinds.ELSEWHERE} == {*asked.BY_NAME.values()}
    paths = document()["paths"]
    for endpoint, kind, command in doing.every():
        below = "" if endpoint.endswith(":begin") else f"/{{id}}/{asked.name_of(command)}"
        body = paths[f"/api/v1/{kinds.COLLECTIONS[kind]}{below}"]["post"]["requestBody"]
        data = body["content"]["application/json"]["schema"]["properties"]["data"]
        assert list(data["properties"]) == list(schemas.schema_for(command).fields)
        assert data["additionalProperties"] is False
        untold = [
            name for name, one in data["properties"].items() if not {"type", "enum"} & one.keys()
        ]
        assert (command, untold) == (command, [])


def test_a_command_is_recorded_once_however_often_it_is_sent(desk: Desk, one: str) -> None:
    officer, key = program(desk, Role.OFFICER), str(uuid4())
    body = {"data": {"report": "Đã dạy hai lớp", "full": True}, "effective_on": "2026-07-01"}
    first = officer.do(f"/candidates/{one}/report-progress", body, Idempotency_Key=key)
    again = officer.do(f"/candidates/{one}/report-progress", body, Idempotency_Key=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json
    assert again.json == {**first.json, "repeated": True}
    assert first.location == f"/api/v1/candidates/{one.partition(':')[2]}"
    entry = desk.parts.ledger.entries(one)[-1]
    assert (entry.command_id, entry.effective_on) == (key, date(2026, 7, 1))
    assert first.headers["ETag"] == f'"{entry.version}"'
    other = officer.found("/candidates", stage="discover", limit=1)["candidates"][0]["id"]
    answer = officer.do(f"/candidates/{other}/report-progress", body, Idempotency_Key=key)
    assert told(answer) == (422, "key-reused")
    second = program(desk, Role.REVIEWER)
    answer = second.do(f"/candidates/{one}/report-progress", body, Idempotency_Key=key)
    assert told(answer) == (422, "key-reused")


def test_a_key_stands_for_one_command_word_for_word(desk: Desk, one: str) -> None:
    officer, key, at = program(desk, Role.OFFICER), str(uuid4()), f"/candidates/{one}"
    body = {"data": {"report": "Đã dạy hai lớp", "full": True}}
    officer.do(f"{at}/report-progress", body, Idempotency_Key=key)
    others = (
        ("report-progress", {"data": {"report": "Đã dạy ba lớp", "full": True}}),
        ("report-progress", {"data": {"report": "Đã dạy hai lớp", "full": False}}),
        ("report-progress", {**body, "effective_on": "2026-07-01"}),
        ("adopt-nurture-plan", {"data": {"plan": "Đã dạy hai lớp"}}),
    )
    for command, other in others:
        answer = officer.do(f"{at}/{command}", other, Idempotency_Key=key)
        assert told(answer) == (422, "key-reused")
    assert officer.do(f"{at}/report-progress", body, Idempotency_Key=key).status_code == 200


def test_what_is_sent_again_may_be_told_in_another_order(desk: Desk, one: str) -> None:
    officer, reviewer, at = program(desk, Role.OFFICER), program(desk), f"/candidates/{one}"
    paper = {"data": {"description": "Bản chụp", "file": "a" * 64}}
    made = [officer.do(f"{at}/attach-evidence", paper).json for _ in range(2)]
    first, second = (answer["versions"][0] for answer in made if answer)
    results = {"G1": "met", "G2": "met"}
    evidence = {"G2": [second, first], "G1": [first]}
    body, key = {"data": {"results": results, "evidence": evidence}}, str(uuid4())
    answers = [reviewer.do(f"{at}/assess-criteria", body, Idempotency_Key=key) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200], answers[-1].text
    del evidence["G1"]
    answer = reviewer.do(f"{at}/assess-criteria", body, Idempotency_Key=key)
    assert told(answer) == (422, "key-reused")


def test_what_was_seen_must_still_be_so(desk: Desk, one: str) -> None:
    officer = program(desk, Role.OFFICER)
    seen = officer.ask(f"/candidates/{one}").headers["ETag"]
    body = {"data": {"plan": "Mỗi quý một chuyên đề"}}
    assert (
        officer.do(f"/candidates/{one}/adopt-nurture-plan", body, If_Match=seen).status_code == 201
    )
    answer = officer.do(f"/candidates/{one}/adopt-nurture-plan", body, If_Match=seen)
    assert told(answer) == (412, "outdated")
    assert answer.json
    assert answer.json["version"] == int(seen.strip('"')) + 1


def test_a_candidate_begins_with_all_that_is_said_of_it(desk: Desk) -> None:
    officer, unit = program(desk, Role.OFFICER), desk.unit("Chi cục Kiểm lâm")
    body = {
        "data": {
            "kind": "individual",
            "unit": unit,
            "person_kind": "civil-servant",
            "who": {"name": "Lương Thị Hòa", "birth_year": 1986},
            "what": {"achievement": "Số hóa hồ sơ rừng"},
        },
        "basis": {"symbol": "12/TTr-KL", "dated": "2026-07-10"},
    }
    answer = officer.do("/candidates", body)
    assert answer.status_code == 201, answer.text
    found = officer.ask(answer.location.removeprefix("/api/v1")).json
    assert found
    assert found["who"] == {"name": "Lương Thị Hòa", "birth_year": 1986}
    assert (found["unit_id"], found["state"], found["known"]) == (unit, "discover", None)
    entry = desk.parts.ledger.entries(found["id"])[0]
    assert [(paper.symbol, paper.dated) for paper in entry.basis] == [
        ("12/TTr-KL", date(2026, 7, 10))
    ]
    history = officer.found(f"/candidates/{found['id']}/history")["entries"]
    assert [each["event"] for each in history] == ["candidate-discovered", "candidate-described"]
    assert history[1]["words"]["achievement"] == "Số hóa hồ sơ rừng"
    assert officer.found("/candidates", q="luong thi hoa ho so")["candidates"] == []
    (line,) = officer.found("/candidates", q="LUONG THI HOA", unit=unit)["candidates"]
    assert line["id"] == found["id"]


def test_a_refusal_names_every_need_in_both_languages(desk: Desk, one: str) -> None:
    reviewer = program(desk)
    answer = reviewer.do(f"/candidates/{one}/advance-stage")
    assert told(answer) == (409, "needs-unmet")
    assert answer.json
    lacking = {need["need"]: need for need in answer.json["needs"]}
    assert lacking["nurture-plan"]["title_en"] == "A nurture plan was adopted"
    assert lacking["nurture-plan"]["title"] == "Kế hoạch bồi dưỡng đã được thông qua"
    moves = {move["move"]: move for move in reviewer.found(f"/candidates/{one}/needs")["moves"]}
    unmet = [n["need"] for n in moves["advance"]["needs"] if n["answer"] not in ("met", "waived")]
    assert (moves["advance"]["allowed"], unmet) == (False, list(lacking))
    refused = desk.parts.ledger.entries("refusals")[-1]
    assert refused.actor == desk.person(Role.REVIEWER)
    assert told(reviewer.do(f"/candidates/{one}/complete-candidacy", {"data": {"note": "x"}})) == (
        409,
        "move-not-allowed",
    )


def test_the_office_of_a_token_decides_what_it_may_do(desk: Desk, one: str) -> None:
    answer = program(desk, Role.AUDITOR).do(f"/candidates/{one}/advance-stage")
    assert told(answer) == (403, "not-permitted")
    assert answer.json
    assert "reviewer" in answer.json["roles"]
    officer = program(desk, Role.OFFICER)
    offices = desk.parts.register.offices().items()
    (office,) = [id for id, held in offices if held.role is Role.OFFICER]
    desk.submit(asked.EndOffice(), Role.ADMINISTRATOR, office)
    assert told(officer.ask("/candidates")) == (403, "office-over")


def test_nobody_gets_in_without_a_token_and_a_cookie_is_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = desk.visitor(Role.ADMINISTRATOR).get("/api/v1/candidates")
    assert told(answer) == (401, "no-token")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    monkeypatch.setattr(bearer, "tries", bearer.Tries())
    wrong, right = Program(desk, f"exr_{'x' * 43}"), program(desk)
    answers = [told(wrong.ask("/candidates"))[0] for _ in range(bearer.TRIES + 1)]
    assert answers == [401] * bearer.TRIES + [429]
    assert right.ask("/candidates", limit=1).status_code == 200
    assert told(Program(desk, "abc").ask("/candidates")) == (401, "no-token")
    with desk.app.app_context():
        token = accounts.token_of(right.secret)
        assert token
        assert token.last_used_at
        accounts.revoke_token(token)
    assert told(right.ask("/candidates"))[0] in (401, 429)


@pytest.mark.parametrize(
    ("body", "problem", "pointer"),
    [
        (b'{"data": {"reason": "a", "reason": "b"}}', (400, "bad-json"), None),
        (b'{"data": {"reason": NaN}}', (400, "bad-json"), None),
        (b'{"data": {"reason": "\\ud800"}}', (400, "bad-json"), None),
        (b"[" * 100_000, (400, "bad-json"), None),
        (b"[]", (400, "bad-json"), None),
        (b"\xff", (400, "bad-json"), None),
        ({"data": {"reason": 1}}, (422, "invalid-request"), "#/data/reason"),
        ({"data": {"reason": "a\x00b"}}, (422, "invalid-request"), "#/data/reason"),
        ({"data": {"reason": "a", "resaon": "b"}}, (422, "invalid-request"), "#/data/resaon"),
        ({"data": {}}, (422, "invalid-request"), "#/data/reason"),
        ({"data": []}, (422, "invalid-request"), "#/data"),
        ({"data": {"reason": "a"}, "effective_on": "1/7/2026"}, (422, "invalid-request"),
         "#/effective_on"),
        ({"data": {"reason": "a"}, "basis": {"dated": "2026-07-01"}}, (422, "invalid-request"),
         "#/basis/symbol"),
        ({"data": {"reason": "a"}, "basis": "12/QĐ"}, (422, "invalid-request"), "#/basis"),
        (b" " * (1024 * 1024 + 1), (413, "too-large"), None),
    ],
)  # fmt: skip
def test_a_body_has_one_meaning_or_none(
    shown: Desk, body: object, problem: tuple[int, str], pointer: str | None
) -> None:
    answer = program(shown).do("/candidates/x/return-stage", body)
    assert told(answer) == problem
    assert answer.json
    assert [each["pointer"] for each in answer.json.get("errors", [])] == [pointer] * bool(pointer)


def test_a_form_is_no_json_and_a_wrong_question_is_named(shown: Desk) -> None:
    reviewer = program(shown)
    form = reviewer.do("/candidates/x/return-stage", b"reason=a", Content_Type="text/plain")
    assert told(form) == (415, "not-json")
    for query, pointer in (({"stge": "nurture"}, "stge"), ({"on": "20240630"}, "on"),
                           ({"known": "hôm qua"}, "known"), ({"limit": "1_0"}, "limit"),
                           ({"q": "a\x00"}, "q"), ({"stage": "thinking"}, "stage")):  # fmt: skip
        answer = reviewer.ask("/candidates", **query)
        assert told(answer) == (422, "invalid-request")
        assert answer.json
        (error,) = answer.json["errors"]
        assert error["pointer"] == f"#/query/{pointer}"
        assert error["detail"].isascii() is False  # in Vietnamese
    assert told(reviewer.ask("/nowhere")) == (404, "not-found")
    assert told(reviewer.ask("/candidates/none")) == (404, "unknown-subject")
    assert told(reviewer.ask("/candidates", unit="none")) == (404, "unknown-subject")
    assert told(reviewer.ask("/candidates/../x%00y")) == (404, "not-found")
    assert told(reviewer.do("/candidates/x/history")) == (405, "method-not-allowed")


def test_a_list_is_read_page_by_page_whatever_it_is_narrowed_to(shown: Desk) -> None:
    reviewer = program(shown)
    whole = reviewer.found("/candidates", on="2024-06-30", limit=200)
    ids, cursor = [each["id"] for each in whole["candidates"]], whole["next"]
    while cursor is not None:
        page = reviewer.found("/candidates", on="2024-06-30", limit=77, cursor=cursor)
        ids += [each["id"] for each in page["candidates"]]
        cursor = page["next"]
    assert len(ids) == len(set(ids)) == reviewer.found("/state", on="2024-06-30")["total"] == 323
    assert told(reviewer.ask("/candidates", cursor=10**15)) == (404, "unknown-subject")


def test_any_instant_of_the_calendar_can_be_asked_about(shown: Desk) -> None:
    ends = ("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999-23:59")
    totals = [program(shown).found("/state", known=known)["total"] for known in ends]
    assert totals == [0, 480]


def test_the_state_is_word_for_word_what_the_command_line_says(shown: Desk) -> None:
    answer = program(shown).found("/state", on="2024-06-30", known=3000, by="kind")
    parts = shown.parts
    when = moment(parts.ledger, TODAY, "2024-06-30", "3000")
    assert list(answer.items()) == list(state(parts.ledger, parts.register, when, "kind").items())


@pytest.mark.parametrize("kind", [kind for kind in kinds.COLLECTIONS if kind != "candidate"])
def test_every_kind_has_a_list_and_its_subjects_a_history(shown: Desk, kind: str) -> None:
    reviewer, collection = program(shown), kinds.COLLECTIONS[kind]
    found = reviewer.found(f"/{collection}", limit=1)
    told_of = shown.parts.ledger.of_kind(kind)
    assert bool(found["subjects"]) == bool(told_of)
    for each in found["subjects"]:
        one = reviewer.ask(f"/{collection}/{each['id']}")
        assert one.json == {"on": TODAY.isoformat(), "known": None, **each}
        assert one.headers["ETag"] == f'"{each["version"]}"'
        history = reviewer.found(f"/{collection}/{each['id']}/history")
        assert len(history["entries"]) == each["version"]
        following = reviewer.found(f"/{collection}", cursor=found["next"] or each["id"])
        assert each["id"] not in [other["id"] for other in following["subjects"]]
    assert told(reviewer.ask(f"/{collection}/none")) == (404, "unknown-subject")


def test_what_is_erased_is_gone_from_every_answer(desk: Desk, one: str) -> None:
    reviewer = program(desk)
    person = reviewer.found(f"/candidates/{one}")["person"]
    body = {"data": {"ground": "decided-by-authority"}, "basis": {"symbol": "5/QĐ"}}
    erased = program(desk, Role.ADMINISTRATOR).do(f"/people/{person}/erase-personal-data", body)
    assert erased.status_code == 201, erased.text
    assert reviewer.found(f"/people/{person}")["state"] == {
        **{"description": None, "erased": True},
        **{"requested": None, "restricted": None},
    }
    assert reviewer.found(f"/candidates/{one}")["who"] == {"name": "[đã xóa theo yêu cầu]"}


def test_the_feed_goes_on_and_leaves_out_what_an_office_may_not_see(desk: Desk, one: str) -> None:
    reviewer, auditor = program(desk), program(desk, Role.AUDITOR)
    last = desk.parts.ledger.size() - 1
    reviewer.do(f"/candidates/{one}/advance-stage")  # refused
    program(desk, Role.OFFICER).do(
        f"/candidates/{one}/adopt-nurture-plan", {"data": {"plan": "Kế hoạch"}}
    )
    seen = {role.secret: role.found("/entries", after=last) for role in (reviewer, auditor)}
    names = [[entry["name"] for entry in found["entries"]] for found in seen.values()]
    assert names == [["nurture-plan-adopted"], ["command-refused", "nurture-plan-adopted"]]
    assert {(found["after"], found["size"]) for found in seen.values()} == {(last + 2, last + 3)}
    entry = seen[reviewer.secret]["entries"][0]
    assert entry["body"]["event"].keys() == {"plan"}
    assert "Kế hoạch" not in json.dumps(entry, ensure_ascii=False)
    first = reviewer.found("/entries", limit=2)
    assert ([each["position"] for each in first["entries"]], first["after"]) == ([0, 1], 1)


def test_the_feed_waits_for_news_and_not_for_ever(desk: Desk, one: str) -> None:
    reviewer, last = program(desk), desk.parts.ledger.size() - 1
    assert reviewer.found("/entries", after=last, wait=1)["entries"] == []
    rating = asked.RecordRating(Rating.GOOD, 2025)
    later = Timer(0.5, desk.submit, (rating, Role.OFFICER, one))
    later.start()
    found = reviewer.found("/entries", after=last, wait=20)
    later.join()
    assert [each["name"] for each in found["entries"]] == ["rating-recorded"]


def test_a_token_decides_only_if_it_was_issued_to_sign(desk: Desk) -> None:
    body = {"data": {"person": desk.person(Role.AUDITOR), "role": "auditor"}}
    refused = program(desk, Role.ADMINISTRATOR, signs=False).do("/offices", body)
    assert told(refused) == (403, "not-permitted")
    assert program(desk, Role.ADMINISTRATOR, signs=True).do("/offices", body).status_code == 201
    assert len(desk.parts.ledger.entries("refusals")) == 1


def test_an_entry_is_proven_to_whoever_has_the_key(desk: Desk, one: str) -> None:
    desk.parts.sealer.keys.create("so-dien-hinh/thu")
    desk.submit(asked.AdoptNurturePlan(Private({"text": "x"})), Role.OFFICER, one)
    assert desk.parts.sealer.finish(lambda: desk.parts.ledger.db) is None
    proof = program(desk).found("/entries/7/proof")
    last = desk.parts.sealer.last()
    assert last
    hashes = [b64decode(each) for each in proof["path"]]
    leaf = leaf_hash(proof["leaf"].encode())
    assert check_inclusion(leaf, 7, last.point.size, hashes, last.point.root)
    assert proof["checkpoint"]["size"] == last.point.size
    for position in (10**9, 10**19, "007", "+7"):
        assert told(program(desk).ask(f"/entries/{position}/proof")) == (404, "not-found")
    assert told(program(desk).ask("/entries", after="007")) == (422, "invalid-request")


def test_the_documents_are_open_and_small_and_run_no_script_but_our_own(shown: Desk) -> None:
    stranger = shown.visitor(None)
    assert stranger.get("/api/v1/openapi.json").json == document()
    page = stranger.get("/api/v1/docs")
    assert page.status_code == 200
    assert "script-src 'self';" in page.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script[^>]*>", page.text)
    assert [script for script in scripts if ' src="/static/' not in script] == []
    for name in problems.KINDS:
        assert f'id="problem-{name}"' in page.text
    assert page.text.count("<details") == sum(
        len(item.keys() & {"get", "post"}) for item in document()["paths"].values()
    )
    assert PersonKind.LEADER in page.text
