"""After an old copy was put back: nothing is recorded, all can be read, and it is said why."""

from __future__ import annotations

import html
import shutil
from pathlib import Path

import pytest
from desk import Desk, copied, filled, opened
from werkzeug.test import TestResponse

from domain.values import Role, UnitKind
from events_store.key_folder import KeyFolder
from events_store.memory import Remembered
from web import receipts
from workflow.commands import RegisterUnit

JSON = {"Accept": "application/json"}
NEW = "/candidates/new"


@pytest.fixture
def stale(tmp_path: Path) -> Desk:
    """Return the desk over a register whose last entry went with an old copy."""
    before, now = tmp_path / "before", tmp_path / "now"
    before.mkdir()
    KeyFolder(now / "exemplar.db.keys").create("snn.example/so")
    at = filled(now, sample=False)
    unit(at, "Chi cục Kiểm lâm")
    copied(now, before)
    unit(at, "Chi cục Thủy lợi")
    shutil.copytree(now / "exemplar.db.keys", before / "exemplar.db.keys")
    return opened(before)


def unit(at: Desk, name: str) -> None:
    at.submit(RegisterUnit(name, UnitKind.SUB_DEPARTMENT), Role.ADMINISTRATOR)
    at.parts.sealer.finish(lambda: at.parts.ledger.db)


def sealed(at: Desk) -> Remembered:
    last = at.parts.sealer.last()
    assert last
    return last


def asked(at: Desk, **headers: str) -> TestResponse:
    """Return the answer to a filled-in form of a new candidate."""
    visitor = at.visitor()
    form = visitor.read(NEW).form(0)
    told = {
        "kind": "collective",
        "unit": at.unit("Chi cục Kiểm lâm"),
        "who.name": "Trạm Kiểm lâm Bản Chang",
        "what.achievement": "Giữ 1.200 ha rừng biên giới",
    }
    return visitor.client.post(NEW, data={**form, **told}, headers=headers)


def test_a_form_is_answered_by_what_happened_and_what_to_do(stale: Desk) -> None:
    size, last = stale.parts.ledger.size(), receipts.told(sealed(stale).point)
    answer = asked(stale)
    said = html.unescape(answer.text)
    assert answer.status_code == 503
    assert f"đã niêm phong {size + 1} mục nhưng nay chỉ còn {size}" in said
    assert f"Niêm phong cuối: {size + 1} mục, gốc {last['root']}." in said
    assert "“exemplar restore”" in said
    assert stale.parts.ledger.size() == size


def test_a_program_is_told_the_same(stale: Desk) -> None:
    answer = asked(stale, **JSON)
    assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
    told = answer.get_json(force=True)
    assert (told["status"], told["title"]) == (503, "Sổ chỉ xem được, chưa ghi thêm")
    assert told["checkpoint"] == receipts.told(sealed(stale).point)
    assert "bản sao cũ" in told["detail"]


def test_every_page_can_still_be_read(stale: Desk) -> None:
    visitor = stale.visitor()
    assert [visitor.get(path).status_code for path in ("/", "/?on=2026-07-01", NEW)] == [200] * 3


def test_a_signer_who_is_gone_is_named(stale: Desk) -> None:
    shutil.rmtree(stale.folder / "exemplar.db.keys")
    answer = asked(stale)
    assert answer.status_code == 503
    assert "exemplar key replace --lost" in html.unescape(answer.text)


def test_a_key_that_is_broken_is_no_traceback(stale: Desk) -> None:
    (stale.folder / "exemplar.db.keys" / "signer.key").write_bytes(b"\xff")
    answer = asked(stale)
    assert (answer.status_code, "khóa niêm phong đã hỏng" in answer.text) == (503, True)


def test_another_history_is_told_from_an_old_copy(stale: Desk, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = filled(tmp_path / "other", sample=False)
    unit(other, "Chi cục Kiểm lâm")
    unit(other, "Chi cục Chăn nuôi")
    keys = tmp_path / "other" / "exemplar.db.keys"
    shutil.copytree(tmp_path / "now" / "exemplar.db.keys", keys)
    at = opened(tmp_path / "other")
    answer = asked(at)
    assert answer.status_code == 503
    assert "đã bị sửa hoặc là bản khác" in answer.text
