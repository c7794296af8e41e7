"""The attacks: what each does to a register, who must catch it, and where it begins."""

from __future__ import annotations

import secrets
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from department import Clock
from victim import STRANGER, Victim, rows_of

from domain.entry import Entry
from events_store.ledger import Ledger
from events_store.sealing import Sealer

Attack = Callable[[Victim], None]

ALONE, MEMORY, ELSEWHERE = "database", "memory", "elsewhere"
FIRST_TITLE = "name = 'title-recorded'"


@dataclass(frozen=True)
class Attempt:
    """An attack in words, how it is done, and who catches it first."""

    words: str
    attack: Attack
    caught_by: str


ATTEMPTS: list[Attempt] = []


def attempt(words: str, caught_by: str = ALONE) -> Callable[[Attack], Attack]:
    """Add an attack to the list."""

    def add(attack: Attack) -> Attack:
        ATTEMPTS.append(Attempt(words, attack, caught_by))
        return attack

    return add


def edit_body(victim: Victim) -> None:
    with victim.touched() as db:
        row = rows_of(db, FIRST_TITLE)[0]
        body = row[5].replace(b"2022", b"2021")
        assert body != row[5]
        db.execute("UPDATE entries SET body = ? WHERE position = ?", (body, row[0]))


def edit_time(victim: Victim) -> None:
    with victim.touched() as db:
        position, *_ = rows_of(db, FIRST_TITLE)[0]
        sql = "UPDATE entries SET recorded_at = recorded_at - 1 WHERE position = ?"
        db.execute(sql, (position,))


def delete_tail(victim: Victim) -> None:
    with victim.touched() as db:
        db.execute("DELETE FROM entries WHERE position > (SELECT max(position) FROM entries) - 2")


def delete_middle(victim: Victim) -> None:
    with victim.touched() as db:
        db.execute(f"DELETE FROM entries WHERE position IN (SELECT min(position) FROM entries"
                   f" WHERE {FIRST_TITLE})")  # fmt: skip


def delete_first(victim: Victim) -> None:
    with victim.touched() as db:
        db.execute("DELETE FROM entries WHERE position = 0")


def insert_middle(victim: Victim) -> None:
    """Put a title in before another, and move all that follow."""
    with victim.touched() as db:
        position, subject, _, at, name, body, _, leaf = rows_of(db, FIRST_TITLE)[0]
        db.execute("UPDATE entries SET position = -position - 1 WHERE position >= ?", (position,))
        db.execute("UPDATE entries SET position = -position WHERE position < 0")
        body = body.replace(b"2022", b"2021")
        values = (position, subject, 99, at, name, body, secrets.token_bytes(16), leaf)
        db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def reorder(victim: Victim) -> None:
    with victim.touched() as db:
        here, there = (row[0] for row in rows_of(db, FIRST_TITLE)[:2])
        for old, new in ((here, -1), (there, here), (-1, there)):
            db.execute("UPDATE entries SET position = ? WHERE position = ?", (new, old))


def swap_streams(victim: Victim) -> None:
    with victim.touched() as db:
        one, other = (row[1] for row in rows_of(db, FIRST_TITLE)[:2])
        for old, new in ((one, "x"), (other, one), ("x", other)):
            db.execute("UPDATE entries SET subject = ? WHERE subject = ?", (new, old))


def add_beyond(victim: Victim, *, again: bool) -> None:
    """Put one more row at the end: a copy as it is, or a new one."""
    with victim.touched() as db:
        *_, row = rows_of(db)
        body = row[5] if again else row[5].replace(b"2025", b"2020")
        values = (row[0] + 1, row[1], row[2] + 1, *row[3:5], body, *row[6:])
        db.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


PLAIN: list[tuple[str, Attack]] = [
    ("sửa nội dung một mục", edit_body),
    ("lùi giờ ghi của một mục", edit_time),
    ("xóa các mục cuối", delete_tail),
    ("xóa một mục ở giữa", delete_middle),
    ("xóa mục đầu tiên", delete_first),
    ("chèn một mục vào giữa", insert_middle),
    ("đổi chỗ hai mục", reorder),
    ("tráo hồ sơ của hai ứng viên", swap_streams),
]


def smooth(attack: Attack) -> Attack:
    def both(victim: Victim) -> None:
        attack(victim)
        victim.smooth()

    return both


def without_seals(attack: Attack) -> Attack:
    def both(victim: Victim) -> None:
        smooth(attack)(victim)
        victim.without_seals()

    return both


def stranger_signs(attack: Attack) -> Attack:
    def both(victim: Victim) -> None:
        smooth(attack)(victim)
        victim.seal_again(STRANGER)

    return both


def thief_signs(attack: Attack) -> Attack:
    def both(victim: Victim) -> None:
        smooth(attack)(victim)
        victim.seal_again()

    return both


def thief_remembers(attack: Attack) -> Attack:
    def both(victim: Victim) -> None:
        thief_signs(attack)(victim)
        victim.forget()

    return both


VARIANTS: list[tuple[str, Callable[[Attack], Attack], str]] = [
    ("", lambda attack: attack, ALONE),
    (", rồi tính lại lá, cây và mọi bảng", smooth, ALONE),
    (", tính lại mọi thứ, ký lại bằng khóa khác", stranger_signs, ALONE),
    (", tính lại mọi thứ, xóa mọi niêm phong trong sổ", without_seals, MEMORY),
    (", tính lại mọi thứ, ký lại bằng khóa thật bị lấy cắp", thief_signs, MEMORY),
    (", như trên và sửa cả trí nhớ người niêm phong", thief_remembers, ELSEWHERE),
]
for what, plain in PLAIN:
    for how, variant, catcher in VARIANTS:
        attempt(what + how, catcher)(variant(plain))


def changing(words: str, *statements: str, caught_by: str = ALONE) -> None:
    """Add an attack that is one or more statements with the triggers out of the way."""

    def attack(victim: Victim) -> None:
        with victim.touched() as db:
            for statement in statements:
                assert db.execute(statement).rowcount != 0, statement

    attempt(words, caught_by)(attack)


TITLE = f"position = (SELECT min(position) FROM entries WHERE {FIRST_TITLE})"
LAST_SEAL = "number = (SELECT max(number) FROM checkpoint)"
changing("sửa số thứ tự trong hồ sơ", f"UPDATE entries SET version = 50 WHERE {TITLE}")
changing("chuyển một mục sang hồ sơ khác",
         f"UPDATE entries SET subject = 'candidate:khac' WHERE {TITLE}")  # fmt: skip
changing("sửa loại của một mục", f"UPDATE entries SET name = 'rating-recorded' WHERE {TITLE}")
changing("sửa lá băm của một mục", f"UPDATE entries SET leaf = zeroblob(32) WHERE {TITLE}")
changing("sửa muối che của một mục", f"UPDATE entries SET blind = zeroblob(16) WHERE {TITLE}")
changing("thay cả dòng bằng INSERT OR REPLACE, sau khi gỡ trigger",
         f"INSERT OR REPLACE INTO entries SELECT position, subject, version, recorded_at, name,"
         f" CAST(replace(CAST(body AS TEXT), '2022', '2021') AS BLOB), blind, leaf"
         f" FROM entries WHERE {TITLE}")  # fmt: skip
changing("sửa bảng trạng thái (span)", "UPDATE span SET state = 3")
changing("xóa bảng trạng thái (span)", "DELETE FROM span")
changing("sửa tên trên thẻ (card)", "UPDATE card SET name = 'Người khác'")
changing("thêm một thẻ (card)",
         "INSERT INTO card SELECT 9999, 'candidate:x', NULL, name, sort_key, search_key, identity"
         " FROM card LIMIT 1")  # fmt: skip
changing("sửa bảng lệnh (command)", "UPDATE command SET position = position + 1")
changing("xóa một dòng bảng lệnh",
         "DELETE FROM command WHERE position = (SELECT max(position) FROM command)")  # fmt: skip
changing("sửa lời trong kho riêng (vault)",
         "UPDATE vault SET content = replace(content, 'Nguyễn', 'Trần')")  # fmt: skip
changing("sửa muối trong kho riêng", "UPDATE vault SET salt = zeroblob(16)")
changing("xóa lời trong kho riêng", "DELETE FROM vault WHERE content LIKE '%Hoa%'")
changing("chuyển lời trong kho riêng sang chủ khác",
         "UPDATE vault SET owner = 'person:khac' WHERE content LIKE '%Hoa%'")  # fmt: skip
changing("thêm lời vào kho riêng",
         "INSERT INTO vault SELECT 'la', owner, salt, content FROM vault LIMIT 1")  # fmt: skip
changing("sửa đầu sổ: cỡ", "UPDATE head SET size = size + 1")
changing("sửa đầu sổ: rìa cây", "UPDATE head SET edge = zeroblob(length(edge))")
changing("sửa đầu sổ: giờ", "UPDATE head SET recorded_at = recorded_at - 1")
changing(
    "sửa một niêm phong",
    f"UPDATE checkpoint SET note = CAST(CAST(note AS TEXT) || 'x' AS BLOB) WHERE {LAST_SEAL}",
)
changing("sửa cỡ của một niêm phong", f"UPDATE checkpoint SET size = size - 1 WHERE {LAST_SEAL}")
changing("xóa một niêm phong ở giữa", "DELETE FROM checkpoint WHERE number = 3")
changing("xóa niêm phong cuối",
         "DELETE FROM checkpoint WHERE number >= (SELECT max(number) FROM checkpoint) - 1",
         caught_by=MEMORY)  # fmt: skip


@attempt("gỡ trigger")
def drop_trigger(victim: Victim) -> None:
    with closing(sqlite3.connect(victim.path)) as db:
        db.execute("DROP TRIGGER entries_are_never_updated")


@attempt("sửa chỉ mục để giấu một mục khỏi hồ sơ")
def hide_in_index(victim: Victim) -> None:
    """Point the index of subjects elsewhere: the row stays, and is no longer found."""
    with victim.touched() as db:
        subject = rows_of(db, FIRST_TITLE)[0][1]
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_entries_1'"
        ).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(victim.path.read_bytes())
    at = data.index(subject.encode(), (page - 1) * size, page * size)
    data[at + len(subject) - 1] ^= 1
    victim.path.write_bytes(data)


@attempt("thêm trigger để mục mới bị sửa khi ghi")
def add_trigger(victim: Victim) -> None:
    with victim.touched() as db:
        db.execute("CREATE TRIGGER x AFTER INSERT ON command BEGIN DELETE FROM span; END")


@attempt("chép một mục thành hai ở cuối")
def duplicate(victim: Victim) -> None:
    add_beyond(victim, again=True)


@attempt("chép một mục thành hai, tính lại lá, cây và mọi bảng", MEMORY)
def duplicate_smoothly(victim: Victim) -> None:
    add_beyond(victim, again=True)
    victim.smooth()


@attempt("thêm một mục ở cuối, không qua phần mềm")
def append(victim: Victim) -> None:
    add_beyond(victim, again=False)


@attempt("xóa các mục cuối và mọi niêm phong trên chúng", MEMORY)
def cut(victim: Victim) -> None:
    delete_tail(victim)
    victim.smooth()
    with victim.touched() as db:
        (size,) = db.execute("SELECT size FROM head").fetchone()
    victim.without_seals(beyond=size)


@attempt("đưa lại bản sao cũ của cơ sở dữ liệu", MEMORY)
def roll_back(victim: Victim) -> None:
    for ending in ("-wal", "-shm"):
        victim.path.with_name(f"{victim.path.name}{ending}").unlink(missing_ok=True)
    shutil.copy(victim.folder / "old.db", victim.path)


@attempt("đưa lại bản sao cũ của cả cơ sở dữ liệu và thư mục khóa", ELSEWHERE)
def roll_back_all(victim: Victim) -> None:
    roll_back(victim)
    shutil.rmtree(victim.keys.path)
    shutil.copytree(victim.folder / "old.keys", victim.keys.path)


@attempt("rẽ nhánh: đưa lại cả hai bản cũ rồi ghi tiếp lịch sử khác, ký bằng khóa thật", ELSEWHERE)
def fork(victim: Victim) -> None:
    roll_back_all(victim)
    sealer = Sealer(victim.keys)
    ledger = Ledger(victim.path, Clock(), sealer)
    for at in range(20):
        ledger.append([_other(list(ledger.all())[-1], at)])
        sealer.finish(lambda: ledger.db)
    with ledger.transaction():
        pass
    ledger.recorder.close()


def _other(last: Entry, at: int) -> Entry:
    """Return an entry that never was: the last one once more, by another command."""
    return last._replace(version=last.version + 1, command_id=f"khac-{at}")
