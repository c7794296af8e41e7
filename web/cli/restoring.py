"""`exemplar restore`: a backup put back, unless something shows that it would lose entries."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from domain.upkeep import RegisterRestored
from domain.values import Sealed, private
from events_store import backup as store
from events_store import succession
from events_store.checkpoint import base64_of
from events_store.key_folder import KeyFolder
from events_store.keys import VerifierKey, parse_verifier
from events_store.ledger import Reader
from events_store.report import Report
from events_store.restoring import Contradiction, contradictions, newest_of, take_place
from events_store.testimony import Outside, opened
from web.cli import options, shown
from web.cli.backing_up import sound
from web.cli.checking import FILES
from web.cli.desk import Desk, NotARegister, size_of
from web.cli.migrating import OWNER, migrated, owner_of
from web.cli.progress import Bar
from web.cli.setting_up import a_name
from web.cli.succeeding import close, signer, stamp, succeed
from web.intake.cells import number
from web.parts import join
from web.settings import Settings, from_environment
from web.words.losses import against


class Given(NamedTuple):
    """A copy that was found sound, and what speaks against it."""

    report: Report
    found: list[Contradiction]


@click.command(help="Đưa một bản sao lưu trở lại, sau khi kiểm tra; sổ đang có được giữ bên cạnh.")
@click.argument("file", metavar="TỆP", type=FILES)
@click.option(
    "--against", "elsewhere", multiple=True, type=FILES, metavar="TỆP",
    help="Niêm phong cất ở nơi khác mà bản sao phải khớp; dùng được nhiều lần.",
)  # fmt: skip
@click.option("--key", "keys", multiple=True, metavar="KHÓA", help="Khóa kiểm tra đã biết.")
@click.option("--accept-loss", "reason", metavar="LÝ DO", help="Chấp nhận mất mục đã niêm phong.")
@click.option("--owner", envvar=OWNER, metavar="URL", help="Chủ sở hữu các bảng (PostgreSQL).")
@options.token
@options.as_json
def restore(
    file: Path,
    elsewhere: tuple[Path, ...],
    keys: tuple[str, ...],
    reason: str | None,
    owner: str | None,
    token: str | None,
    json: bool,
) -> None:
    """Put a copy in the register's place, and record that."""
    settings = from_environment()
    known = [parse_verifier(text) for text in keys]
    known = known or KeyFolder(settings.keys_folder).verifiers()
    with _laid_out(settings, file, owner) as copy:
        given = _examined(copy, settings, known, elsewhere)
        if given.found and not (reason and reason.strip()):
            raise _refused(given)
        actor = _actor(copy, token)
        former = _put(copy, settings)
    made = _recorded(settings, given, actor, reason, known)
    made |= {"former": str(former) if former else None}
    if json:
        shown.as_json(made)
    else:
        _tell(made)


@contextmanager
def _laid_out(settings: Settings, file: Path, owner: str | None) -> Iterator[Settings]:
    """Yield the settings of a register that is the copy; on the way out it is gone, or in use."""
    if isinstance(settings.database, Path):
        with _beside(settings.database, file) as beside:
            yield replace(settings, database=beside, keys=settings.keys_folder)
        return
    dumping, by = import_module("events_store.dumping"), owner_of(settings, owner)
    if not dumping.is_dump(file):
        raise click.UsageError(f"{file} không phải bản sao lưu của PostgreSQL.")
    dumping.restore(by, file)
    try:
        migrated(settings, by)
        yield settings
    except BaseException:
        dumping.clear(by)
        raise


@contextmanager
def _beside(database: Path, file: Path) -> Iterator[Path]:
    """Yield a copy of a backup in the folder of the register, where a rename is enough."""
    if not size_of(file):
        raise NotARegister(file)
    beside = database.with_name(f".{database.name}.restoring")
    try:
        with Bar("Chép") as bar:
            store.copy_file(file, beside, bar)
        if database.exists():  # whoever could use the register can go on using it
            shutil.copymode(database, beside)
            with suppress(PermissionError):
                os.chown(beside, database.stat().st_uid, database.stat().st_gid)
        yield beside
    finally:
        for left in beside.parent.glob(f"{beside.name}*"):
            left.unlink()


def _examined(
    copy: Settings, settings: Settings, known: Sequence[VerifierKey], elsewhere: Sequence[Path]
) -> Given:
    report = sound(copy.database, Outside(known))
    shown_to_us = [(str(path), opened(path.read_bytes(), known)) for path in elsewhere]
    folder = KeyFolder(settings.keys_folder)
    register = settings.database if isinstance(settings.database, Path) else None
    with closing(Reader(copy.database).recorder) as recorder:
        return Given(report, contradictions(recorder.db, folder, shown_to_us, register))


def _refused(given: Given) -> click.ClickException:
    for each in given.found:
        shown.note(f"  • {against(each, given.report.size)}")
    return click.ClickException(
        f"Bản sao {number(given.report.size)} mục làm mất điều đã niêm phong, nên chưa đưa lại. "
        "Tìm bản sao mới hơn. Nếu không còn bản nào: --accept-loss “lý do”; lý do được ghi vào sổ."
    )


def _actor(copy: Settings, token: str | None) -> str:
    """Return who puts the copy back: an administrator of the register that it holds."""
    at = Desk(copy)
    try:
        actor = at.actor(token)
        at.parts.register.administers(actor, "restore-register")
        return actor
    finally:
        close(at.parts)


def _put(copy: Settings, settings: Settings) -> Path | None:
    """Let the copy take the register's place, if it is not there already; return the old one."""
    if not isinstance(settings.database, Path):
        return None
    assert isinstance(copy.database, Path), "a file takes the place of a file"
    store.fold(copy.database)
    return take_place(copy.database, settings.database, stamp())


def _recorded(
    settings: Settings,
    given: Given,
    actor: str,
    reason: str | None,
    known: Sequence[VerifierKey],
) -> dict[str, Any]:
    size, root = given.report.size, base64_of(given.report.root)
    told = {"entries": size, "root": root, "key": None, "keys_aside": None}
    if not given.found:
        parts, words = join(settings), private(reason) if reason else None
        event = RegisterRestored(size, root, words.sealed() if words else None)
        entry = parts.register.upkeep(event, actor, words)
        close(parts)
        return told | {"position": entry.position, "lost": None}
    lost, origin, former = newest_of(given.found), *_succession(settings, known)

    def restored(key: str, reason: Sealed) -> RegisterRestored:
        point = (lost.size, base64_of(lost.root)) if lost else (None, None)
        return RegisterRestored(size, root, reason, point[0], point[1], former, key)

    made = succeed(settings, origin, restored, actor, reason or "", known)
    lost_told = {"size": lost.size, "root": base64_of(lost.root)} if lost else None
    told |= {"position": made.position, "lost": lost_told}
    return told | {"key": made.key, "keys_aside": made.aside}


def _succession(settings: Settings, known: Sequence[VerifierKey]) -> tuple[str, str | None]:
    """Return the origin of a log that goes on from this copy, and the key that seals no more."""
    folder = KeyFolder(settings.keys_folder)
    old, known = signer(folder), folder.verifiers() or known
    with closing(Reader(settings.database).recorder) as recorder:
        sealed, former = succession.origin_of(recorder.db), succession.former(recorder.db, known)
    last = old.name if old else known[-1].name if known else sealed
    return succession.later(last or settings.origin or a_name()), former


def _tell(made: dict[str, Any]) -> None:
    shown.tell(f"Đã đưa lại bản sao {number(made['entries'])} mục, ghi ở mục {made['position']}.")
    if made["former"]:
        shown.tell(f"Sổ trước đó được giữ ở {made['former']}.")
    if made["lost"]:
        shown.tell(
            f"Bỏ niêm phong cỡ {made['lost']['size']}, gốc {made['lost']['root']}: "
            "những mục sau bản sao đã mất; mục ghi nêu rõ điều này."
        )
    if made["key"]:
        shown.tell(f"Sổ đi tiếp với tên và khóa mới, hãy báo cho người kiểm tra:\n{made['key']}")
        shown.tell(f"Khóa và trí nhớ cũ được giữ ở {made['keys_aside']}; đừng dùng lại.")
    shown.note("Mở lại máy chủ (exemplar serve) nếu nó đang chạy khi đưa lại.")
