"""`exemplar serve`: the pages, on a production server."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from contextlib import suppress
from threading import Thread
from types import FrameType

import click
import waitress
from flask import Flask

from events_store.doctor import ask_witnesses, examine
from web import create_app
from web.cli import shown
from web.cli.checking import ailment
from web.cli.desk import desk
from web.pages.public import gather
from web.settings import Settings

THREADS = 8
PORTS = click.IntRange(0, 65535)
WHICH_PORT = "Mặc định theo PORT, hoặc 8000."


@click.command(help="Mở sổ trên trang web.")
@click.option("--host", default="127.0.0.1", metavar="ĐỊA CHỈ", help="Mặc định 127.0.0.1.")
@click.option("--port", envvar="PORT", default=8000, type=PORTS, metavar="SỐ", help=WHICH_PORT)
@click.option(
    "--processes",
    default=1,
    type=click.IntRange(1, 64),
    metavar="SỐ",
    help="Số tiến trình cùng trả lời, nên bằng số lõi; mặc định 1.",
)
def serve(host: str, port: int, processes: int) -> None:
    """Serve the register that the settings name."""
    at = desk()
    with listen(host, port) as listening:
        run(at.settings, listening, first=processes == 1 or one_of(processes) == 0)


def one_of(processes: int) -> int:
    """Return which of so many processes this is, from 0.

    The process that was begun waits for them, stops them when told to, and ends when one ends.
    """
    children: list[int] = []
    for number in range(processes):
        if not (child := os.fork()):
            return number
        children.append(child)
    stop_when_told()
    try:
        os.wait()
        told = False
    except SystemExit:
        told = True
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
    for child in children:
        with suppress(ChildProcessError):
            os.waitpid(child, 0)
    raise SystemExit(0 if told else 1)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ClickException where that cannot be."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Không mở được {host}:{port} ({os.strerror(error.errno or 0)}). "
            "Chọn cổng khác bằng --port."
        ) from None


def run(settings: Settings, listening: socket.socket, *, first: bool = True) -> None:
    """Answer until told to stop; to stop is no error. Of several processes the first speaks."""
    app = create_app(settings)
    stop_when_told()
    if first:
        introduce(app, listening)
    Thread(target=gather, args=(app,), daemon=True).start()
    gc.freeze()  # what is there by now stays: to look through it for waste takes 150 ms each time
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    waitress.serve(app, sockets=[listening], threads=THREADS, _quiet=True)


def introduce(app: Flask, listening: socket.socket) -> None:
    """Say what ails the register, if anything does, and where it is open."""
    parts, settings = app.extensions["parts"], app.extensions["settings"]
    keys = parts.sealer.keys
    for each in (*ask_witnesses(keys), *examine(parts.ledger.db, keys)):
        shown.note(f"{'KHÔNG GHI THÊM' if each.grave else 'Lưu ý'}: {ailment(each)}")
    host, port = listening.getsockname()[:2]
    shown.tell(f"Sổ Điển hình đang mở tại http://{host}:{port} (Ctrl-C để dừng).")
    if not settings.insecure_cookies:
        shown.note(
            "Đăng nhập cần HTTPS phía trước; thử trên máy này: EXEMPLAR_INSECURE_COOKIES=1."
        )
    sys.stdout.flush()


def stop_when_told() -> None:
    """End without an error when told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
