"""`exemplar demo`: a fresh register of made-up people, with an account for every office."""

from __future__ import annotations

import secrets
import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import click

from web import accounts
from web.cli import shown
from web.cli.desk import signing_in
from web.cli.sealed import sealed_now
from web.cli.serving import PORTS, WHICH_PORT, listen, run
from web.cli.setting_up import found
from web.demo import play, reports
from web.demo.cast import CAST
from web.demo.old_register import copied, taken_up
from web.demo.people import FOUNDED, FOUNDER, PLAYERS, Player
from web.demo.stage import Clock, Stage
from web.parts import join
from web.settings import Settings
from web.words.labels import label

MARKER: Final = ".exemplar-demo"
WHERE: Final = "Mặc định demo; sổ mẫu cũ ở đó bị thay."


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
    stage, passwords = _fill(settings)
    candidates, units = len(CAST) + copied(stage).rows, len(stage.parts.register.units())
    taken_up(stage)
    reports.published(stage)
    sealed_now(stage.parts)
    shown.tell(f"Sổ mẫu: {candidates} ứng viên hư cấu, {units} đơn vị ({settings.database}).")
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


def _fill(settings: Settings) -> tuple[Stage, list[tuple[Player, str]]]:
    """Play the sample on an empty register; return the passwords of its people."""
    clock = Clock(FOUNDED)
    founder = found(settings, FOUNDER.name, clock)
    stage = Stage(join(settings, clock), clock)
    play(stage, founder)
    with signing_in(settings):
        return stage, [
            (player, accounts.create_account(player.email, stage.people[player.role]))
            for player in (FOUNDER, *PLAYERS)
        ]
