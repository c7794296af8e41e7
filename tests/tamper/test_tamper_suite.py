"""Whoever can write to the file, and knows how it is made, is found out: every attack is tried."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from attacks import ALONE, ATTEMPTS, ELSEWHERE, MEMORY, Attempt, fork, roll_back
from department import Clock
from victim import Victim, copied, made

from events_store.audit import Outside, Report, audit
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer, StaleRestore
from web.cli.checking import says

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tamper.md"
WHO = {
    ALONE: "cơ sở dữ liệu và khóa kiểm tra",
    MEMORY: "trí nhớ người niêm phong",
    ELSEWHERE: "chỉ niêm phong cất ở nơi khác",
}
ORDER = (ALONE, MEMORY, ELSEWHERE)


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Victim:
    return made(tmp_path_factory.mktemp("intact"))


def reports(victim: Victim) -> dict[str, Report]:
    """Return what each auditor finds: each knows what stands before it, and its own."""
    return {
        ALONE: victim.audited(),
        MEMORY: victim.audited(memory=True),
        ELSEWHERE: victim.audited(against=True),
    }


def test_an_intact_register_is_found_intact(intact: Victim) -> None:
    found = reports(intact)
    assert [report.faults for report in found.values()] == [[], [], []]
    assert {report.sealed for report in found.values()} == {found[ALONE].size}


@pytest.mark.parametrize("tried", ATTEMPTS, ids=lambda tried: tried.words)
def test_every_attack_is_found(intact: Victim, tmp_path: Path, tried: Attempt) -> None:
    victim = copied(intact, tmp_path / "attacked")
    tried.attack(victim)
    found = reports(victim)
    assert next(who for who in ORDER if found[who].faults) == tried.caught_by


def test_a_replaced_row_is_stopped_while_the_triggers_stand(
    intact: Victim, tmp_path: Path
) -> None:
    victim = copied(intact, tmp_path / "attacked")
    db = sqlite3.connect(victim.path)
    for sql in (
        "INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE position = 3",
        "INSERT OR REPLACE INTO checkpoint SELECT * FROM checkpoint WHERE number = 1",
        "UPDATE checkpoint SET size = 1",
        "DELETE FROM checkpoint",
        "DELETE FROM entries",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute(sql)
    db.close()


def test_an_old_copy_is_not_written_to(intact: Victim, tmp_path: Path) -> None:
    victim = copied(intact, tmp_path / "attacked")
    roll_back(victim)
    ledger = Ledger(victim.path, Clock(), Sealer(victim.keys))
    size = ledger.size()
    with pytest.raises(StaleRestore):
        ledger.append([next(ledger.all())])
    assert ledger.size() == size


def test_a_fork_is_explained_by_the_seal_kept_elsewhere(intact: Victim, tmp_path: Path) -> None:
    victim = copied(intact, tmp_path / "attacked")
    old = KeyFolder(victim.folder / "old.keys").memory.read()
    assert old
    fork(victim)
    outside = Outside(victim.keys.verifiers(), None, [victim.elsewhere, ("older", old.note)])
    (fault,) = audit(victim.path, outside).faults
    assert (fault.kind, fault.position) == ("rewritten", old.point.size)
    assert fault.facts["where"] == "elsewhere"


@cache
def page() -> str:
    """Return the page that tells what was tried."""
    folder = Path(mkdtemp())
    intact = made(folder / "intact")
    lines = list(_lines(intact, folder))
    return HEAD.format(number=len(ATTEMPTS), **_counts()) + "\n".join(lines) + "\n"


def _counts() -> dict[str, int]:
    return {who: sum(tried.caught_by == who for tried in ATTEMPTS) for who in ORDER}


def _lines(intact: Victim, folder: Path) -> Iterator[str]:
    for at, tried in enumerate(ATTEMPTS):
        victim = copied(intact, folder / str(at))
        tried.attack(victim)
        report = reports(victim)[tried.caught_by]
        place = report.faults[0].position
        first = "–" if place is None else str(place)
        told = re.sub(r"(candidate|person):[0-9a-f]{16}", r"\1:…", says(report.faults[0]))
        told = re.sub(r"row \d+|page \d+.*", "…", told)
        yield f"| {tried.words} | {WHO[tried.caught_by]} | {first} | {told} |"


HEAD = """# Thử phá sổ

Trang này do `tests/tamper` viết ra, và một phép thử giữ cho nó luôn đúng. Kẻ tấn công ghi được
vào tệp cơ sở dữ liệu, gỡ được mọi trigger và biết rõ cách tính. Mỗi cách phá được thử trên một
bản sao của sổ nhỏ đã niêm phong, rồi `exemplar verify` đọc lại. Thử {number} cách, phát hiện cả
{number}:

- {database} cách lộ ra chỉ từ cơ sở dữ liệu, với khóa kiểm tra lấy từ nơi khác;
- {memory} cách chỉ lộ ra nhờ trí nhớ của người niêm phong, nằm ngoài cơ sở dữ liệu;
- {elsewhere} cách **chỉ lộ ra nhờ một niêm phong cất ở nơi khác** (`--against`): ai lấy được cả
  khóa thật lẫn trí nhớ, hoặc đưa lại bản sao cũ của cả hai, thì trong nhà không còn gì chống lại.

Không cách nào ở đây phát hiện: điều sai được ghi đúng lối bởi người có chức trách (xem
`exemplar lawful`), mục bị sửa sau niêm phong cuối cùng rời khỏi máy và trước khi ai đó giữ niêm
phong mới, mục hợp lệ thêm vào cuối sổ bằng khóa thật, và mục chưa bao giờ được ghi.

| Cách phá | Ai phát hiện | Mục đầu tiên | Lời báo |
|---|---|---|---|
"""


def test_the_page_tells_what_was_tried() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew: python tests/tamper/page.py"
