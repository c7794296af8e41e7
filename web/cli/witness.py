"""`exemplar witness`: cosign the checkpoints of another register, by file or over HTTP."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from events_store import note
from events_store.checkpoint import parse_checkpoint
from events_store.keys import parse_verifier
from events_store.witness import NotContinued, OldSize, Witness
from web.cli import options, shown
from web.cli.front import LANES
from web.cli.serving import PORTS, answer, listen, stop_when_told
from web.cli.witness_asking import add, ask, known
from web.intake.cells import number
from web.witness import create_witness

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = "EXEMPLAR_WITNESS"
PORT = 8090

folder = click.option(
    "--folder",
    envvar=FOLDER,
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("exemplar.witness"),
    metavar="THƯ MỤC",
    help=f"Thư mục của nhân chứng; mặc định exemplar.witness, hoặc {FOLDER}.",
)


@click.group("witness", help="Nhân chứng: ký chung cho sổ khác, hoặc nhờ ký chung cho sổ này.")
def witness() -> None:
    """Cosign, or ask to be cosigned."""


@witness.command(help="Lập nhân chứng: một khóa riêng, không dính đến khóa của sổ nào.")
@click.argument("name", metavar="TÊN")
@folder
def init(name: str, folder: Path) -> None:
    """Make a witness with a key of its own."""
    signer = Witness(folder).create(name)
    shown.tell(f"Đã lập nhân chứng ở {folder}.")
    shown.tell(f"Khóa kiểm tra (gửi cho sổ được chứng và người kiểm tra): {signer.verifier}")


@witness.command(help="In khóa kiểm tra của nhân chứng; ai cũng được biết.")
@folder
@options.as_json
def key(folder: Path, json: bool) -> None:
    """Print the verifier key."""
    here = Witness(folder)
    told = str(here.signer().verifier)
    if json:
        shown.as_json({"key": told, "logs": [str(each) for each in here.trusted()]})
    else:
        shown.tell(told)


@witness.command(help="Nhận theo dõi sổ có khóa này (“exemplar key show” ở bên đó).")
@click.argument("key", metavar="KHÓA")
@folder
def trust(key: str, folder: Path) -> None:
    """Follow the log that a key speaks for."""
    log = parse_verifier(key)
    Witness(folder).trust(log)
    shown.tell(f"Từ nay theo dõi sổ {log.name}.")


@witness.command(help="Ký chung một đề nghị đưa bằng tệp (“exemplar witness ask --request”).")
@click.argument(
    "file", metavar="TỆP", type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
@click.option("-o", "--output", type=FILE, metavar="TỆP", required=True, help="Tệp trả lời.")
@folder
def cosign(file: Path, output: Path, folder: Path) -> int:
    """Cosign what a file asks; if it cannot be, give what was cosigned last."""
    try:
        signed = Witness(folder).cosign(file.read_bytes()).note
    except (OldSize, NotContinued) as error:
        if error.cosigned:
            output.write_bytes(error.cosigned)
            shown.note(f"Niêm phong đã ký chung lần trước ở {output}: đưa lại cho bên kia.")
        raise
    output.write_bytes(signed)
    point = parse_checkpoint(note.split(signed)[0])
    shown.tell(f"Đã ký chung {number(point.size)} mục của {point.origin}: {output}")
    return 0


@witness.command(help="Ký chung qua mạng (C2SP tlog-witness): POST /add-checkpoint.")
@click.option("--host", default="127.0.0.1", metavar="ĐỊA CHỈ", help="Mặc định 127.0.0.1.")
@click.option("--port", default=PORT, type=PORTS, metavar="SỐ", help=f"Mặc định {PORT}.")
@folder
def serve(host: str, port: int, folder: Path) -> None:
    """Answer requests until told to stop."""
    here = Witness(folder)
    name = here.signer().name
    with listen(host, port) as listening:
        stop_when_told()
        at, bound = listening.getsockname()[:2]
        shown.tell(f"Nhân chứng {name} đang mở tại http://{at}:{bound} (Ctrl-C để dừng).")
        sys.stdout.flush()
        answer(create_witness(here), listening, LANES)


for command in (add, ask, known):
    witness.add_command(command)
