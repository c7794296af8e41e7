"""A way to a PostgreSQL server that can be cut: what is sent arrives, the answer does not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Wire:
    """Carries bytes both ways; once armed, it breaks when what `at` says has been carried out."""

    def __init__(self, address: str) -> None:
        self.address, self.armed, self.cut = address, Event(), 0
        self.at = b"COMMIT"
        self.listening = socket.create_server(("127.0.0.1", 0))
        Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address of the same database, this way."""
        port = self.listening.getsockname()[1]
        return make_conninfo(self.address, host="127.0.0.1", port=port, sslmode="disable")

    def _accept(self) -> None:
        with suppress(OSError):  # until it is closed
            while True:
                client = self.listening.accept()[0]
                server = self._server()
                breaking = Event()
                Thread(target=self._there, args=(client, server, breaking), daemon=True).start()
                Thread(target=self._back, args=(server, client, breaking), daemon=True).start()

    def _server(self) -> socket.socket:
        to = conninfo_to_dict(self.address)
        host, port = str(to.get("host", "127.0.0.1")), int(to.get("port") or 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{host}/.s.PGSQL.{port}")
        return server

    def _there(self, client: socket.socket, server: socket.socket, breaking: Event) -> None:
        with suppress(OSError):
            while sent := client.recv(65536):
                if self.at in sent and self.armed.is_set():
                    self.armed.clear()
                    breaking.set()
                server.sendall(sent)
            server.shutdown(socket.SHUT_RDWR)

    def _back(self, server: socket.socket, client: socket.socket, breaking: Event) -> None:
        with suppress(OSError):
            while answer := server.recv(65536):
                if breaking.is_set():
                    self.cut += 1
                    break
                client.sendall(answer)
        for end in (client, server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # `close` would not wake who reads from it
            end.close()


@contextmanager
def wire(address: str) -> Iterator[Wire]:
    """Yield a way that is closed in the end."""
    made = Wire(address)
    try:
        yield made
    finally:
        made.listening.close()
