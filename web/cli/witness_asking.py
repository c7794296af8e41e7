"""`exemplar witness add|ask|list`: the witnesses of this register, and what they cosigned."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from events_store import cosignatures
from events_store.keys import VerifierKey, parse_verifier
from events_store.sealing import Unsealed, check_vouched
from events_store.witness_asking import Silent, Unwilling, carried, request
from events_store.witness_asking import ask as ask_over_http
from events_store.witnesses import Known, Vouched
from web.cli import faults, options, shown
from web.cli.desk import desk
from web.cli.sealed import keep_seal, sealed_now
from web.cli.shown import instant_of
from web.intake.cells import number
from web.parts import Parts

FILE = click.Path(path_type=Path, dir_okay=False)
BROUGHT = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(help="Nhận nhân chứng có khóa này cho sổ (“exemplar witness key” ở bên đó).")
@click.argument("key", metavar="KHÓA")
@click.option("--url", metavar="URL", help="Nơi hỏi qua mạng; bỏ trống: chỉ đưa bằng tệp.")
def add(key: str, url: str | None) -> None:
    """Know a witness from now on."""
    if url and not url.startswith(("http://", "https://")):
        raise click.UsageError("--url phải bắt đầu bằng http:// hoặc https://.")
    keys = desk().parts.sealer.keys
    if keys.signer() is None:
        raise Unsealed(keys.path)
    witness = parse_verifier(key)
    keys.witnesses.add(witness, url)
    shown.tell(f"Đã nhận nhân chứng {witness.name}.")


@click.command("list", help="Các nhân chứng của sổ và lần ký chung cuối của từng nhân chứng.")
@options.as_json
def known(json: bool) -> None:
    """Show the witnesses of this register."""
    witnesses = desk().parts.sealer.keys.witnesses
    last = {each.key: each for each in witnesses.vouched()}
    if json:
        shown.as_json([_values(each, last.get(each.key)) for each in witnesses.known()])
        return
    for each in witnesses.known():
        shown.tell(f"{each.key.name}: {_last(last.get(each.key))}")
        shown.tell(f"  {each.key}{f'  {each.url}' if each.url else ''}")


def _values(witness: Known, last: Vouched | None) -> dict[str, object]:
    told = {"name": witness.key.name, "key": str(witness.key), "url": witness.url}
    return {**told, "size": last and last.point.size, "time": last and last.time}


def _last(last: Vouched | None) -> str:
    if last is None:
        return "chưa ký chung lần nào"
    return f"đã ký chung {number(last.point.size)} mục lúc {instant_of(last.time)}"


@click.command(help="Nhờ nhân chứng ký chung niêm phong mới nhất: qua mạng, hoặc bằng tệp.")
@click.argument("name", metavar="[TÊN]", required=False)
@click.option("--request", "asked", type=FILE, metavar="TỆP", help="Ghi đề nghị ra tệp để đưa đi.")
@click.option("--answer", "brought", type=BROUGHT, metavar="TỆP", help="Đọc tệp trả lời đưa về.")
@options.as_json
def ask(name: str | None, asked: Path | None, brought: Path | None, json: bool) -> int:
    """Collect cosignatures for the newest checkpoint."""
    if asked and brought:
        raise click.UsageError("Dùng một trong --request và --answer.")
    parts = desk().parts
    if asked:
        return _write_request(parts, _one(_named(parts, name)), asked)
    if brought:
        given = [_kept(parts, carried(brought.read_bytes(), parts.sealer.keys))]
        return _told(given, [], json)
    witnesses = [each for each in _named(parts, name) if each.url]
    if not witnesses:
        raise click.UsageError("Không có nhân chứng nào hỏi được qua mạng. Xem “witness list”.")
    return _ask_all(parts, witnesses, json)


def _named(parts: Parts, name: str | None) -> Sequence[Known]:
    known = parts.sealer.keys.witnesses.known()
    found = [each for each in known if name in (None, each.key.name)]
    if not found:
        raise click.UsageError("Chưa nhận nhân chứng nào như vậy. Dùng “exemplar witness add”.")
    return found


def _one(known: Sequence[Known]) -> VerifierKey:
    if len(known) > 1:
        raise click.UsageError("Có nhiều nhân chứng: ghi rõ tên, mỗi nhân chứng một đề nghị.")
    return known[0].key


def _write_request(parts: Parts, witness: VerifierKey, file: Path) -> int:
    last, db = sealed_now(parts), parts.ledger.db
    file.write_bytes(request(db, last, cosignatures.last_size(db, witness, last.point.origin)))
    shown.tell(f"Đã ghi đề nghị ký chung {number(last.point.size)} mục: {file}")
    shown.tell(f"Bên {witness.name} chạy: exemplar witness cosign {file.name} -o TRẢ-LỜI")
    return 0


def _ask_all(parts: Parts, witnesses: Sequence[Known], json: bool) -> int:
    """Ask one after another; who is silent or unwilling does not keep the others from it."""
    last, db, keys = sealed_now(parts), parts.ledger.db, parts.sealer.keys
    given, refused = [], []
    for each in witnesses:
        try:
            old = cosignatures.last_size(db, each.key, last.point.origin)
            given.append(_kept(parts, ask_over_http(db, keys, last, each, old)))
        except (Silent, Unwilling) as error:
            refused.append(error)
    return _told(given, refused, json)


def _kept(parts: Parts, given: Vouched) -> Vouched:
    """Keep a cosigned checkpoint where it belongs; refuse what contradicts the register."""
    parts.sealer.keys.witnesses.remember(given)
    check_vouched(parts.ledger.db, [given])
    keep_seal(parts)
    return given


def _told(given: Sequence[Vouched], refused: Sequence[Exception], json: bool) -> int:
    if json:
        shown.as_json(
            {
                "cosigned": [
                    {"name": v.key.name, "size": v.point.size, "time": v.time} for v in given
                ],
                "refused": [faults.sentence(error) for error in refused],
            }
        )
        return int(bool(refused))
    for each in given:
        shown.tell(f"{each.key.name}: {_last(each)}.")
    for error in refused:
        shown.note(faults.sentence(error))
    return int(bool(refused))
