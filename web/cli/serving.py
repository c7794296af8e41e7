"""`exemplar serve`: the pages, on a production server."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from types import FrameType

import click
import waitress

from events_store.doctor import ask_witnesses, examine
from web import create_app
from web.cli import shown
from web.cli.checking import ailment
from web.cli.desk import desk
from web.settings import Settings

THREADS = 8
PORTS = click.IntRange(0, 65535)
WHICH_PORT = "Mặc định theo PORT, hoặc 8000."


@click.command(help="Mở sổ trên trang web.")
@click.option("--host", default="127.0.0.1", metavar="ĐỊA CHỈ", help="Mặc định 127.0.0.1.")
@click.option("--port", envvar="PORT", default=8000, type=PORTS, metavar="SỐ", help=WHICH_PORT)
def serve(host: str, port: int) -> None:
    """Serve the register that the settings name."""
    at = desk()
    with listen(host, port) as listening:
        run(at.settings, listening)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises ClickException where that cannot be."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise click.ClickException(
            f"Không mở được {host}:{port} ({os.strerror(error.errno or 0)}). "
            "Chọn cổng khác bằng --port."
        ) from None


def run(settings: Settings, listening: socket.socket) -> None:
    """Answer until told to stop; to stop is no error."""
    app = create_app(settings)
    parts = app.extensions["parts"]
    keys = parts.sealer.keys
    for each in (*ask_witnesses(keys), *examine(parts.ledger.db, keys)):
        shown.note(f"{'KHÔNG GHI THÊM' if each.grave else 'Lưu ý'}: {ailment(each)}")
    stop_when_told()
    host, port = listening.getsockname()[:2]
    shown.tell(f"Sổ Điển hình đang mở tại http://{host}:{port} (Ctrl-C để dừng).")
    if not settings.insecure_cookies:
        shown.note(
            "Đăng nhập cần HTTPS phía trước; thử trên máy này: EXEMPLAR_INSECURE_COOKIES=1."
        )
    sys.stdout.flush()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a short queue is no news
    waitress.serve(app, sockets=[listening], threads=THREADS, _quiet=True)


def stop_when_told() -> None:
    """End without an error when told to stop."""
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
