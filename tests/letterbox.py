"""A mail server of our own, which keeps what it is handed (RFC 5321, as much as is needed)."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from email.message import EmailMessage
from threading import Thread
from time import monotonic, sleep
from typing import cast


class Clerk(socketserver.StreamRequestHandler):
    """Takes letters from one connection."""

    def handle(self) -> None:
        self.say("220 letterbox")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                self.say("354 go on")
                cast(Letterbox, self.server).letters.append(self.letter())
            self.say("221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def letter(self) -> EmailMessage:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line.removeprefix("."))
        return cast(EmailMessage, message_from_string("".join(lines), policy=policy.default))


class Letterbox(socketserver.ThreadingTCPServer):
    """A server with the letters it was handed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Clerk)
        self.letters: list[EmailMessage] = []


@contextmanager
def letterbox() -> Iterator[tuple[str, list[EmailMessage]]]:
    """Run a mail server; yield its address as EXEMPLAR_SMTP has it, and what it was handed."""
    with Letterbox() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        host, port = server.server_address[:2]
        yield f"smtp://{host!s}:{port}?from=so@sodienhinh.example", server.letters
        server.shutdown()


def the_one(letters: list[EmailMessage]) -> EmailMessage:
    """Return the one letter that is handed in, now or within some seconds."""
    end = monotonic() + 10
    while not letters and monotonic() < end:
        sleep(0.01)
    (letter,) = letters
    return letter
