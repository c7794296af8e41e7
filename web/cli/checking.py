"""`exemplar verify` and `exemplar doctor`: whether all is as it was recorded and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import click

from domain.entry import EPOCH
from events_store.audit import audit
from events_store.checkpoint import base64_of
from events_store.doctor import Ailment, ask_witnesses, examine
from events_store.key_folder import KeyFolder
from events_store.keys import parse_verifier
from events_store.note import LONGEST
from events_store.report import Report
from events_store.stretch import Fault
from events_store.testimony import WITNESS, Outside
from web.cli import faults, options, shown
from web.cli.desk import desk
from web.cli.progress import Bar
from web.intake.cells import number
from web.words.seals import reason

FILES = click.Path(path_type=Path, exists=True, dir_okay=False)
KEPT = click.Path(path_type=Path, exists=True)
MOST: Final = 20  # faults that are told one by one
WORDS: Final = {
    "missing": "thiếu {number} mục",
    "leaf": "nội dung không khớp với lá đã niêm phong ({subject})",
    "unreadable": "không đọc được: {why}",
    "version": "{subject}: số thứ tự {version}, lẽ ra là {expected}",
    "time": "ghi sớm hơn mục đứng trước",
    "vault": "lời trong kho riêng đã bị sửa ({subject})",
    "vault-missing": "lời trong kho riêng đã mất mà không có mục xóa ({subject})",
    "vault-owner": "lời trong kho riêng bị chuyển sang chủ khác ({subject})",
    "file": "tệp kèm theo đã bị sửa hoặc không phải tệp được mô tả ({subject})",
    "file-missing": "tệp kèm theo đã mất mà không có mục xóa ({subject})",
    "file-loose": "có tệp {id} không mục ghi nào mô tả, hoặc lẽ ra đã xóa",
    "not-erased": "lời đã có mục xóa nhưng vẫn còn trong kho riêng ({subject})",
    "command": "bảng lệnh nói khác các mục ghi",
    "derived": "bảng {table} nói khác các mục ghi",
    "replay": "không đọc lại được các ứng viên bắt đầu trước mục {stop}: {why}",
    "head": "đầu sổ nói {head} mục, thật ra {size}, hoặc gốc khác",
    "count": "bảng {table} có {kept} dòng, lẽ ra {expected}",
    "broken": "không đọc tiếp được tệp này như một cuốn sổ: {why}",
    "integrity": "tệp hỏng hoặc chỉ mục bị sửa: {why}",
    "schema": "cấu trúc {name} đã bị thêm, bớt hoặc đổi",
    "seal": "{where}: niêm phong không đúng ({why})",
    "seal-order": "{where}: niêm phong không theo thứ tự",
    "seals-lost": "người niêm phong nhớ {kept} niêm phong, sổ chỉ còn {left}",
    "origin": "{where}: niêm phong của sổ khác, {origin}",
    "shorter": "{where}: đã niêm phong {sealed} mục, nay chỉ còn {size}, mất từ đây đến {last}",
    "unsealed": "{number} mục cuối không có niêm phong: chưa kịp, hoặc ghi vòng qua phần mềm",
    "rewritten-here": "{where}: không như đã niêm phong",
    "rewritten": "{where}: không như đã niêm phong; chỗ đổi đầu tiên ở giữa đây và mục {last}",
}
WHY: Final = {
    "restored": "; mục {restored} ghi rõ: sổ được đưa lại từ bản sao {copy} mục, bỏ niêm phong ấy",
    "declared": "; mục {declared} ghi rõ: khóa này thay khóa cũ; nếu tin, thêm --key {key}",
}
UNOPENED: Final = (
    "{where}: chỉ so niêm phong; các tệp khác của sổ đã công bố chỉ được mở khi niêm phong không "
    "khớp. Kiểm tra mọi tệp: python -m events_store.verify."
)
PLACES: Final = {
    "checkpoint ": "niêm phong số ",
    "cosignature ": "chữ ký chung số ",
    WITNESS: "nhân chứng ",
}


@click.command(
    help="Kiểm tra cả sổ: từng mục, cây băm, niêm phong, bảng dẫn xuất, kho riêng. "
    "Tệp SQLite còn được kiểm tra từng trang; trên cả hai, mọi cấu trúc và chỉ mục; trên "
    "PostgreSQL, cả quyền của từng vai trò."
)
@click.option(
    "--against", "elsewhere", multiple=True, type=KEPT, metavar="TỆP|THƯ MỤC",
    help="Thứ cất ở nơi khác: một niêm phong hoặc chứng minh, một thư mục niêm phong (chỉ được "
    "chỗ đổi hẹp hơn), hay một sổ đã công bố (chỉ đúng mục đầu tiên bị đổi). Dùng được nhiều lần.",
)  # fmt: skip
@click.option("--key", "keys", multiple=True, metavar="KHÓA", help="Khóa kiểm tra đã biết.")
@click.option("--witness", "witnesses", multiple=True, metavar="KHÓA", help="Khóa nhân chứng.")
@click.option("--alone", is_flag=True, help="Chỉ đọc cơ sở dữ liệu, không đọc thư mục khóa.")
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="SỐ", help="Số tiến trình.")
@options.as_json
def verify(
    elsewhere: tuple[Path, ...],
    keys: tuple[str, ...],
    witnesses: tuple[str, ...],
    alone: bool,
    jobs: int,
    json: bool,
) -> int:
    """Read the whole register and name what is wrong with it."""
    settings = desk().settings
    outside = _outside(KeyFolder(settings.keys_folder), elsewhere, keys, witnesses, alone=alone)
    began = perf_counter()
    with Bar("Kiểm tra") as bar:
        report = audit(settings.database, outside, jobs, bar)
    if json:
        shown.as_json(_values(report, outside, perf_counter() - began))
    else:
        _tell(report, outside)
    return int(bool(report.faults))


def _outside(
    folder: KeyFolder,
    elsewhere: Sequence[Path],
    keys: Sequence[str],
    witnesses: Sequence[str],
    *,
    alone: bool,
) -> Outside:
    logs = [path for path in elsewhere if (path / "checkpoint").is_file()]
    against = [(str(file), _read(file)) for path in elsewhere for file in _notes(path, logs)]
    known, cosigning = list(map(parse_verifier, keys)), list(map(parse_verifier, witnesses))
    if alone:
        return Outside(known, None, against, cosigning, logs=logs)
    own = folder.witnesses
    return Outside(
        known or folder.verifiers(),
        folder.memory,
        against,
        cosigning or own.verifiers(),
        own.vouched(),
        logs,
    )


def _notes(path: Path, logs: Sequence[Path]) -> list[Path]:
    """Return the files that a path names; a published log is read as a whole instead."""
    if path in logs or path.is_file():
        return [] if path in logs else [path]
    found = sorted(file for file in path.iterdir() if file.is_file() and file.name[0] != ".")
    if not found:
        raise click.UsageError(f"Không có niêm phong nào trong {path}.")
    return found


def _read(file: Path) -> bytes:
    """Return a file's content; of one that is too long to be a seal, enough to say so."""
    with file.open("rb") as opened:
        return opened.read(2 * LONGEST)


def _values(report: Report, outside: Outside, seconds: float) -> dict[str, Any]:
    return {
        "entries": report.size,
        "root": base64_of(report.root),
        "checkpoints": report.seals,
        "signatures": bool(outside.keys),
        "sealed": report.sealed,
        "agreed": [{"where": s.where, "size": s.point.size} for s in report.agreed],
        "first": report.first,
        "faults": [
            {"kind": f.kind, "position": f.position, "says": says(f), **f.facts}
            for f in report.faults
        ],
        "seconds": round(seconds, 3),
    }


def _tell(report: Report, outside: Outside) -> None:
    root = base64_of(report.root)
    shown.tell(f"Đã đọc {number(report.size)} mục ghi, {number(report.seals)} niêm phong.")
    shown.tell(f"Gốc cây băm: {root}")
    if not outside.keys:
        shown.note("Chưa kiểm tra chữ ký nào: không có khóa. Dùng --key.")
    for seal in report.agreed:
        where = _place(seal.where)
        shown.tell(f"Khớp với niêm phong {number(seal.point.size)} mục ở {where}.")
        if seal.leaves:
            shown.tell(UNOPENED.format(where=where))
    for name in sorted(_silent(report, outside)):
        shown.note(f"Nhân chứng {name} chưa ký chung niêm phong nào trong sổ này.")
    if not report.faults:
        shown.tell("ĐÚNG: sổ còn nguyên vẹn.")
        return
    for fault in report.faults[:MOST]:
        shown.tell(f"  • {says(fault)}")
        if now := stands(fault):
            shown.tell(f"    {now}")
    if len(report.faults) > MOST:
        shown.tell(f"  … và {number(len(report.faults) - MOST)} chỗ khác.")
    first = "" if report.first is None else f" Sớm nhất: mục {report.first}."
    shown.tell(f"SAI: sổ không còn nguyên vẹn.{first}")


def _silent(report: Report, outside: Outside) -> set[str]:
    """Return the witnesses of whom nothing was found."""
    agreed = {seal.where for seal in report.agreed} | {f.facts.get("where") for f in report.faults}
    return {key.name for key in outside.witnesses if f"{WITNESS}{key.name}" not in agreed}


def says(fault: Fault) -> str:
    """Return what is wrong, in words."""
    facts = dict(fault.facts)
    if "where" in facts:
        facts["where"] = _place(facts["where"])
    if "why" in facts:
        facts["why"] = reason(facts["why"])
    kind = "rewritten-here" if facts.get("last") == fault.position else fault.kind
    told = WORDS[kind if fault.kind == "rewritten" else fault.kind].format(**facts)
    told += "".join(WHY[fact].format(**facts) for fact in WHY if fact in facts)
    return told if fault.position is None else f"mục {fault.position}: {told}"


def stands(fault: Fault) -> str:
    """Return whose entries now stand where history was rewritten, and since when."""
    facts = fault.facts
    if "recorded" not in facts or "last" not in facts:
        return ""
    at = _instant(facts["recorded"])
    told = f"Mục {fault.position} nay là của {facts['subject']}, ghi lúc {at}."
    if facts["last"] != fault.position and "last_recorded" in facts:
        until = _instant(facts["last_recorded"])
        told = f"Những mục ấy nay mang giờ ghi từ {at} đến {until}."
    if others := facts.get("others"):
        told += f" {number(others)} niêm phong lớn hơn cũng không khớp."
    return told


def _instant(recorded: int) -> str:
    try:
        return shown.instant(EPOCH + timedelta(microseconds=recorded))
    except OverflowError:  # forged: no calendar has it
        return str(recorded)


def _place(where: str) -> str:
    if where == "memory":
        return "trí nhớ người niêm phong"
    for kind, told in PLACES.items():
        if where.startswith(kind):
            return f"{told}{where.removeprefix(kind)}"
    return where


@click.command(
    help="So cơ sở dữ liệu, niêm phong, khóa, trí nhớ và nhân chứng; chạy trước mỗi lần mở sổ."
)
@click.option(
    "--against", "elsewhere", multiple=True, type=FILES, metavar="TỆP",
    help="Niêm phong cất ở nơi khác; dùng được nhiều lần.",
)  # fmt: skip
@options.as_json
def doctor(elsewhere: tuple[Path, ...], json: bool) -> int:
    """Say what does not fit together."""
    at = desk()
    against = [(str(path), path.read_bytes()) for path in elsewhere]
    keys = at.parts.sealer.keys
    found = [*ask_witnesses(keys), *examine(at.parts.ledger.db, keys, against)]
    grave = any(each.grave for each in found)
    if json:
        told = [{"what": e.what, "grave": e.grave, "says": ailment(e)} for e in found]
        shown.as_json({"writable": not grave, "findings": told})
    else:
        for each in found:
            shown.tell(f"  • {ailment(each)}")
        shown.tell("KHÔNG GHI THÊM: sổ có chỗ không khớp." if grave else "Sổ ghi được.")
    return int(grave)


def ailment(found: Ailment) -> str:
    """Return what does not fit, in words."""
    match found.what:
        case "open":
            path = getattr(found.error, "filename", "")
            return f"Người khác vào được {path}. Chỉ chủ sổ nên đọc được: chmod go= {path}"
        case "unsealed":
            return "Sổ chưa có khóa niêm phong. Chạy “exemplar key create”."
        case "behind":
            return f"{found.number} mục cuối chưa niêm phong. Chạy “exemplar checkpoint”."
        case "head":
            return f"Đầu sổ nói {found.number} mục, các lá nói khác. Chạy “exemplar verify”."
        case "seals-lost":
            return f"Người niêm phong nhớ {found.number} niêm phong, cơ sở dữ liệu còn ít hơn."
        case "against" if found.number:
            return (
                f"Niêm phong đưa ra đã bị bỏ khi đưa lại một bản sao: mục {found.number} ghi rõ "
                "việc ấy. Chỉ chấp nhận nếu đúng là mình đã làm."
            )
        case "silent":
            assert found.error, "whoever is silent has a reason"
            return f"Chưa hỏi được nhân chứng {found.name}. {faults.sentence(found.error)}"
        case _:
            assert found.error, "whoever else is found has a reason"
            return faults.sentence(found.error)
