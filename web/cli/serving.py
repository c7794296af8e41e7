"""`exemplar serve`: the pages, on a production server."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import sys
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

import click
import waitress
from flask import Flask

from events_store.doctor import ask_witnesses, examine
from web import create_app
from web.cli import shown
from web.cli.checking import ailment
from web.cli.desk import desk
from web.cli.front import LANES, Front
from web.pages.public import gather
from web.settings import MOST_SENT, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

RARELY: Final = (20_000, 20, 20)  # garbage of pages; most goes without being looked for
TOO_MUCH: Final = 2 * MOST_SENT  # is not even kept until it is refused; what is less, with a page
PORTS = click.IntRange(0, 65535)
WHICH_PORT = "Mặc định theo PORT, hoặc 8000."


@click.command(help="Mở sổ trên trang web.")
@click.option("--host", default="127.0.0.1", metavar="ĐỊA CHỈ", help="Mặc định 127.0.0.1.")
@click.option("--port", envvar="PORT", default=8000, type=PORTS, metavar="SỐ", help=WHICH_PORT)
@click.option(
    "--processes",
    default=min(4, os.cpu_count() or 1),
    type=click.IntRange(1, 64),
    metavar="SỐ",
    help="Số tiến trình cùng trả lời; mặc định bằng số lõi, nhiều nhất 4.",
)
def serve(host: str, port: int, processes: int) -> None:
    """Serve the register that the settings name."""
    at = desk()
    with listen(host, port) as listening:
        run(at.settings, listening, processes)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ClickException where that cannot be."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Không mở được {host}:{port} ({os.strerror(error.errno or 0)}). "
            "Chọn cổng khác bằng --port."
        ) from None


def run(settings: Settings, listening: socket.socket, processes: int = 1) -> None:
    """Answer until told to stop; to stop is no error, but the end of one of many processes is.

    Raises BadSetting, here and once: or else each process would find out and end.
    """
    settings.check_serving()

    def opened(number: int) -> Flask:
        app = create_app(settings)
        if number == 0:
            introduce(app, listening)
        Thread(target=warm, args=(app,), daemon=True).start()
        return app

    stop_when_told()
    if processes == 1:
        answer(opened(0), listening, LANES, settings.proxy)
        return
    signal.signal(signal.SIGCHLD, _broken)
    front = Front(processes, opened)
    answer(front, listening, LANES * processes, settings.proxy)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if not front.close():
        raise SystemExit(1)


def answer(
    app: WSGIApplication, listening: socket.socket, threads: int, proxy: str | None = None
) -> None:
    """Have an application answer until told to stop; whose address a proxy tells is believed."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    told: dict[str, Any] = {"sockets": [listening], "threads": threads, "_quiet": True}
    if proxy:
        told |= {"trusted_proxy": proxy, "trusted_proxy_headers": {"x-forwarded-for"}}
    waitress.serve(app, max_request_body_size=TOO_MUCH, **told)


def warm(app: Flask) -> None:
    """Gather what many will ask for; what stays for good need not be looked at for garbage."""
    gather(app)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def introduce(app: Flask, listening: socket.socket) -> None:
    """Say what ails the register, if anything does, and where it is open."""
    parts, settings = app.extensions["parts"], app.extensions["settings"]
    keys = parts.sealer.keys
    for each in (*ask_witnesses(keys), *examine(parts.ledger.db, keys)):
        shown.note(f"{'KHÔNG GHI THÊM' if each.grave else 'Lưu ý'}: {ailment(each)}")
    host, port = listening.getsockname()[:2]
    shown.tell(f"Sổ Điển hình đang mở tại http://{host}:{port} (Ctrl-C để dừng).")
    if not (settings.insecure_cookies or settings.base_url):
        shown.note(
            "Đăng nhập cần HTTPS phía trước, và EXEMPLAR_BASE_URL; "
            "thử trên máy này: EXEMPLAR_INSECURE_COOKIES=1."
        )
    sys.stdout.flush()


def stop_when_told() -> None:
    """End without an error when told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _broken(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(1)
