"""Files of evidence on pages and by the API."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from desk import Desk
from enclosed import JPEG, PDF, SHEET, WORD, packed, png
from programs import program

from domain.candidate_events import EvidenceAttached
from domain.values import Role
from web import enclosures

pytest_plugins = ["desks"]
SHA = hashlib.sha256(PDF).hexdigest()
UNTAKEN = {
    "văn bản.txt": b"xin chao",
    "trang.html": b"<html><script>alert(1)</script>",
    "hình.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "máy.exe": b"MZ" + b"\0" * 80,
    "gói.zip": packed("a.txt"),
    "macro.docx": packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "cụt.docx": WORD[:40],
}


@pytest.fixture
def id(desk: Desk) -> str:
    """Return the id of a candidate that is still open."""
    return desk.visitor().read("/?state=discover").candidates[0].rpartition("/")[2]


def sent(desk: Desk, id: str, *files: tuple[str, bytes], by: Role = Role.REVIEWER) -> Any:
    """Return the answer to the form, with files and no script."""
    values = {"description": "Giấy khen", "files": [(BytesIO(c), n) for n, c in files]}
    return desk.visitor(by).fill(f"/candidates/{id}/attach-evidence", **values)


def attached(desk: Desk, id: str) -> list[int]:
    """Return the versions of what was attached."""
    entries = desk.parts.ledger.entries(f"candidate:{id}")
    return [e.version for e in entries if isinstance(e.event, EvidenceAttached)]


def test_files_are_sent_by_an_ordinary_form_shown_and_fetched(desk: Desk, id: str) -> None:
    answer = sent(desk, id, ("giấy khen.pdf", PDF), ("ảnh.PNG", png()))
    assert answer.status_code == 303
    first, second = attached(desk, id)
    page = desk.visitor().get(answer.location).text
    assert "giấy khen.pdf" in page
    assert SHA[:16] in page
    shown = desk.visitor().get(f"/candidates/{id}/evidence/{first}")
    assert SHA in shown.text
    assert "<iframe" in shown.text
    assert "frame-src 'self'" in shown.headers["Content-Security-Policy"]
    assert "<img" in desk.visitor().get(f"/candidates/{id}/evidence/{second}").text
    got = desk.visitor(Role.AUDITOR).get(f"/candidates/{id}/evidence/{first}/file")
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert got.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''gi%E1%BA%A5y%20khen.pdf"
    )
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Security-Policy"].endswith("sandbox")
    assert (
        desk.visitor().get(f"/candidates/{id}/evidence/{first}?on=2026-07-12").status_code == 404
    )
    inline = desk.visitor().get(f"/candidates/{id}/evidence/{second}/file?show=1")
    assert inline.headers["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in inline.headers["Content-Security-Policy"]


def test_a_file_is_shut_to_an_office_that_does_not_open_it(desk: Desk, id: str) -> None:
    sent(desk, id, ("a.pdf", PDF))
    (version,) = attached(desk, id)
    for path in ("", "/file", "/file?show=1"):
        at = f"/candidates/{id}/evidence/{version}{path}"
        assert desk.visitor(Role.ADMINISTRATOR).get(at).status_code == 403
        assert desk.visitor(None).get(at).location.startswith("/login")
    page = desk.visitor(Role.ADMINISTRATOR).get(f"/candidates/{id}").text
    assert "a.pdf" in page
    assert f"/evidence/{version}" not in page
    assert desk.visitor().get(f"/candidates/{id}/evidence/1/file").status_code == 404


@pytest.mark.parametrize(("files", "said"), [
    *(([(name, content)], "không phải PDF") for name, content in UNTAKEN.items()),
    ([("rỗng.pdf", b"")], "“rỗng.pdf” rỗng"),
    ([("ảnh.pdf", png())], "nội dung là Ảnh PNG"),
    ([("thư mục/a.pdf", PDF)], "không được kèm đường dẫn"),
    ([("a.pdf", PDF), ("b.pdf", PDF)], "chỉ được chọn một lần"),
    ([("a.pdf", PDF), ("b.txt", b"chu")], "không phải PDF"),
    ([("a.pdf", b"chu"), ("b.txt", b"chu")], "“b.txt” không phải PDF"),  # and not a.pdf alone
    ([(f"{at}.png", png(shade=at)) for at in range(21)], "không quá 20 tệp"),
])  # fmt: skip
def test_what_cannot_be_taken_is_named_at_the_field_and_nothing_is_recorded(
    desk: Desk, id: str, files: list[tuple[str, bytes]], said: str
) -> None:
    size = desk.parts.ledger.size()
    answer = sent(desk, id, *files)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Giấy khen" in answer.text
    assert desk.parts.ledger.size() == size


def test_a_file_that_is_there_already_or_too_large_says_so(desk: Desk, id: str) -> None:
    sent(desk, id, ("a.pdf", PDF))
    (version,) = attached(desk, id)
    assert f"đã có trong hồ sơ, ở mục {version}" in sent(desk, id, ("b.pdf", PDF)).text
    desk.app.extensions["parts"] = replace(desk.parts, file_limit=len(PDF))
    answer = sent(desk, id, ("b.pdf", PDF), ("to.pdf", PDF + b" " * 2000))
    assert f"“b.pdf” đã có trong hồ sơ, ở mục {version}" in answer.text
    assert "“to.pdf” nặng 3 kB; nhiều nhất là 1 kB." in answer.text
    assert attached(desk, id) == [version]


def test_what_a_file_is_follows_from_its_content() -> None:
    kinds = [enclosures.type_of(content) for content in (PDF, JPEG, png(), WORD, SHEET)]
    assert kinds == [*enclosures.ENDINGS]


def test_a_program_hands_in_files_larger_than_other_bodies(desk: Desk, id: str) -> None:
    file = {"name": "bằng.pdf", "content": b64encode(PDF + bytes(2 * 1024 * 1024)).decode()}
    data = {"description": "Bằng", "files": [file]}
    made = program(desk).do(f"/candidates/{id}/attach-evidence", {"data": data})
    assert made.status_code == 201, made.text


def test_a_program_attaches_and_fetches(desk: Desk, id: str) -> None:
    mine = program(desk)
    body = {"description": "Bằng", "files": [
        {"name": "bằng.pdf", "content": b64encode(PDF).decode()}
    ]}  # fmt: skip
    made = mine.do(f"/candidates/{id}/attach-evidence", {"data": body})
    assert made.status_code == 201, made.text
    (version,) = attached(desk, id)
    got = mine.ask(f"/candidates/{id}/evidence/{version}")
    assert (got.status_code, got.data, got.mimetype) == (200, PDF, "application/pdf")
    again = mine.do(f"/candidates/{id}/attach-evidence", {"data": body})
    assert again.status_code == 422
    assert again.json
    assert again.json["type"].endswith("#problem-invalid-file")
    assert again.json["errors"][0]["pointer"] == "#/data/files"
    for wrong in (
        {"name": "a.pdf"},
        {"name": "a.pdf", "content": "%%"},
        7,
        {"name": 1, "content": 1},
    ):
        answer = mine.do(
            f"/candidates/{id}/attach-evidence", {"data": {"description": "x", "files": [wrong]}}
        )
        assert answer.status_code == 422, wrong
    shut = program(desk, Role.ADMINISTRATOR).ask(f"/candidates/{id}/evidence/{version}")
    assert shut.status_code == 403
