"""`exemplar demo`: a fresh register of made-up people, with an account for every office."""

from __future__ import annotations

import secrets
import shutil
from contextlib import nullcontext
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final, NamedTuple

import click

from domain.values import Role
from web import accounts
from web.cli import options, shown
from web.cli.desk import Desk, signing_in
from web.cli.serving import PORTS, WHICH_PORT, listen, run
from web.cli.setting_up import found
from web.cli.users import appointed
from web.intake import plan
from web.intake.record import Recorded, record
from web.settings import Settings
from web.words.labels import label
from workflow.commands import AppointHead
from workflow.register import Request

MARKER: Final = ".exemplar-demo"
SAMPLE: Final = "register-2021-2025.xlsx"
SINCE: Final = "2021-01-01"
UNIT: Final = "Chi cục Kiểm lâm"
DOMAIN: Final = "sodienhinh.example"
WHERE: Final = "Mặc định demo; sổ mẫu cũ ở đó bị thay."


class Player(NamedTuple):
    """A made-up person of the demo."""

    role: Role
    name: str
    email: str


FOUNDER: Final = Player(Role.ADMINISTRATOR, "Đỗ Minh Quân", f"quan-tri@{DOMAIN}")
OFFICER: Final = Player(Role.OFFICER, "Lê Thu Hà", f"phu-trach@{DOMAIN}")
OTHERS: Final = (
    Player(Role.UNIT_HEAD, "Nguyễn Văn Lâm", f"don-vi@{DOMAIN}"),
    Player(Role.REVIEWER, "Trần Thị Mai", f"chuyen-vien@{DOMAIN}"),
    Player(Role.STANDING_BODY, "Phạm Quốc Tuấn", f"to-chuc@{DOMAIN}"),
    Player(Role.DIRECTOR, "Hoàng Đức Thịnh", f"giam-doc@{DOMAIN}"),
    Player(Role.COUNCIL, "Vũ Ngọc Ánh", f"hoi-dong@{DOMAIN}"),
    Player(Role.AUDITOR, "Bùi Thanh Sơn", f"kiem-toan@{DOMAIN}"),
)


@click.command(help="Lập sổ mẫu với dữ liệu hư cấu và tài khoản cho từng chức trách.")
@click.option(
    "--folder", default="demo", metavar="THƯ MỤC", type=click.Path(path_type=Path), help=WHERE
)
@click.option("--serve", "then_serve", is_flag=True, help="Rồi mở trang web.")
@click.option("--port", envvar="PORT", default=8000, type=PORTS, metavar="SỐ", help=WHICH_PORT)
def demo(folder: Path, then_serve: bool, port: int) -> None:
    """Make the demo register anew and tell its passwords."""
    with listen("127.0.0.1", port) if then_serve else nullcontext() as listening:
        settings = _made(folder)  # not before it is sure that it can be served
        if listening:
            run(settings, listening)


def _made(folder: Path) -> Settings:
    _clear(folder)
    settings = _settings(folder)
    made, passwords = _fill(settings)
    shown.tell(f"Sổ mẫu: {made.rows} ứng viên hư cấu, {made.units} đơn vị ({settings.database}).")
    rows = [(label(one.role), one.name, one.email, text) for one, text in passwords]
    columns = ("Chức trách", "Người (hư cấu)", "Thư điện tử", "Mật khẩu")
    shown.as_table(columns, rows, "Tài khoản — mật khẩu chỉ hiện một lần:")
    return settings


def _clear(folder: Path) -> None:
    """Leave an empty folder with our marker in it; a folder of somebody else is not touched."""
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARKER).is_file():
            raise click.ClickException(
                f"{folder} không phải thư mục sổ mẫu. Chọn thư mục khác bằng --folder."
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).touch()


def _settings(folder: Path) -> Settings:
    key = folder / "secret-key"
    key.touch(mode=0o600)
    key.write_text(secrets.token_hex(32), "ascii")
    return Settings(
        database=folder / "exemplar.db",
        secret_key=key.read_text("ascii"),
        demo=True,
        insecure_cookies=True,
    )


def _fill(settings: Settings) -> tuple[Recorded, list[tuple[Player, str]]]:
    """Put people, units and candidates into the register; return the passwords."""
    founder, at = found(settings, FOUNDER.name), Desk(settings)
    officer = appointed(at, founder, OFFICER.name, OFFICER.role, None, SINCE)
    made = _import(at, officer)
    persons = {FOUNDER: founder, OFFICER: officer}
    for player in OTHERS:
        unit = UNIT if player.role is Role.UNIT_HEAD else None
        persons[player] = appointed(at, founder, player.name, player.role, unit, SINCE)
        if unit:
            _appoint(at, founder, persons[player], unit)
    with signing_in(settings):
        return made, [
            (player, accounts.create_account(player.email, person))
            for player, person in persons.items()
        ]


def _import(at: Desk, officer: str) -> Recorded:
    with as_file(files("web.intake") / "sample" / SAMPLE) as sample:
        intake = plan.read(sample, SAMPLE, {}, True, at.parts.register.today())
    return record(at.parts, intake, SAMPLE, officer)


def _appoint(at: Desk, founder: str, person: str, unit: str) -> None:
    day = options.circumstances({"effective_on": SINCE})["effective_on"]
    command, subject = AppointHead(person), options.unit_id(at.parts, unit)
    at.parts.register.submit(Request(command, founder, subject, day))
