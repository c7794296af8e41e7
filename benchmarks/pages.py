"""`make bench-pages`: what pages cost on a register of 100,000 candidates.

The demo is told and a crowd is put beside it, once; the register is kept in `.bench`. Then every
page is asked for, first alone (statements, processor time, bytes), then by many at once from a
real server (`exemplar serve`, as many processes as there are cores), each time about something
else: all kinds of pages in any order, as people do, and one kind by all, which is hardest for the
dear ones. The time is the server's, from the first byte of the question to the last of the answer.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any, Final, NamedTuple

import people
from addresses import Page, pages
from flask import Flask
from reports import yearly

from domain.values import Role
from web import accounts, create_app
from web.cli.desk import signing_in
from web.cli.setting_up import found
from web.demo import play
from web.demo.old_register import copied
from web.demo.people import FOUNDED, FOUNDER, PLAYERS
from web.demo.reports import published
from web.demo.stage import Clock, Stage
from web.pages.public import gather
from web.parts import join
from web.settings import Settings

ROOT: Final = Path(__file__).parent.parent
PASSWORD: Final = "chỉ để đo tốc độ"
MAIL: Final = {player.role: player.email for player in (FOUNDER, *PLAYERS)}
AT_ONCE: Final = 8
Asked = tuple[str, str]  # by whom, as a cookie, and what
PREPARED: Final = ("process", "figure", "public", "register", "board")  # begun with by servers


def settings(folder: Path) -> Settings:
    return Settings(folder / "exemplar.db", "only to measure " * 3, True, insecure_cookies=True)


def built(candidates: int) -> Path:
    """Return the folder of a register of so many candidates; it is made once."""
    made_of = ("benchmarks/people.py", "events_store/schema/sqlite.sql", "events_store/cards.py",
               "web/demo/reports.py")  # fmt: skip
    digest = hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in made_of)).hexdigest()
    folder = ROOT / ".bench" / f"{candidates}-{digest[:12]}"
    if (folder / "whole").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"Building {folder}: about two minutes, once.", file=sys.stderr)
    at, clock = settings(folder), Clock(FOUNDED)
    founder = found(at, FOUNDER.name, clock)
    stage = Stage(join(at, clock), clock)
    play(stage, founder)
    copied(stage)
    with signing_in(at):
        for player in (FOUNDER, *PLAYERS):
            accounts.create_account(player.email, stage.people[player.role], PASSWORD)
    people.fill(stage.parts.register.ledger.append, candidates)  # type: ignore[attr-defined]
    published(stage)
    stage.parts.ledger.db.execute("PRAGMA optimize")
    (folder / "whole").touch()
    return folder


class Alone(NamedTuple):
    """What a page takes by itself: statements at most, and milliseconds of processor time."""

    statements: int
    first: float
    typical: float
    sent: int  # bytes at most


def alone(app: Flask, page: Page, visitor: Any, random: Random) -> Alone:
    """Ask for a page some times, each time about something else; the first look is told apart."""
    parts = app.extensions["parts"]
    readers, spent, sent, most = (parts.ledger.db, parts.register.ledger.db), [], 0, 0
    for turn in range(9):
        statements: list[str] = []
        for db in readers:
            db.set_trace_callback(statements.append)
        began, address = time.thread_time(), page.address(random)
        answer = visitor.get(address, headers={"Accept-Encoding": "gzip"})
        spent.append((time.thread_time() - began) * 1e3)
        for db in readers:
            db.set_trace_callback(None)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status}")
        most, sent = max(most, len(statements) if turn else 0), max(sent, len(answer.data))
    return Alone(most, spent[0], sorted(spent[1:])[4], sent)


def signed_in(client: Any, role: Role) -> Any:
    page = client.get("/login").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    form = {"email": MAIL[role], "password": PASSWORD, "csrf_token": token[1] if token else ""}
    assert client.post("/login", data=form).status_code == 302
    return client


@contextmanager
def served(folder: Path, processes: int) -> Iterator[int]:
    """Serve a register as an operator would; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    at = settings(folder)
    server = subprocess.Popen(
        [Path(sys.executable).with_name("exemplar"), "serve", "--port", str(port),
         "--processes", str(processes)],
        env={**os.environ, "EXEMPLAR_DATABASE": f"sqlite:///{at.database}",
             "EXEMPLAR_SECRET_KEY": at.signing_secret, "EXEMPLAR_INSECURE_COOKIES": "1",
             "EXEMPLAR_SECOND_FACTOR": "0"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.1)
        calm(server.pid)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def calm(pid: int) -> None:
    """Wait until the processes of a server have made what they make first."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    before = -100
    while (spent := sum(map(ticks, children.read_text().split()))) > before + 5:
        before = spent
        time.sleep(1)


def ticks(pid: str) -> int:
    """Return the hundredths of a second that a process has worked."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return int(user) + int(system)


def fetched(port: int, asked: Sequence[Asked]) -> list[float]:
    """Return how many milliseconds each answer took, one after the other on one connection."""
    connection, spent = HTTPConnection("127.0.0.1", port), []
    for cookie, address in asked:
        began = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        spent.append((time.perf_counter() - began) * 1e3)
        assert answer.status == 200, (address, answer.status)
    return spent


def at_once(port: int, asked: Sequence[Asked]) -> list[float]:
    """Return how long each answer took with AT_ONCE of them in flight."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        shares = [asked[number::AT_ONCE] for number in range(AT_ONCE)]
        runs = list(threads.map(fetched, cycle([port]), shares))
    return [runs[at % AT_ONCE][at // AT_ONCE] for at in range(len(asked))]


def together(port: int, page: Page, cookie: str, number: int, random: Random) -> list[float]:
    """Return how long answers of one kind took together, after a few to warm up."""
    fetched(port, [(cookie, page.address(random)) for _ in range(2 * AT_ONCE)])
    return at_once(port, [(cookie, page.address(random)) for _ in range(number)])


def mixed(
    port: int, cookies: Mapping[Page, str], number: int, random: Random
) -> Mapping[Page, list[float]]:
    """Return how long answers of each kind took among all others, after a few to warm up."""
    turns = [page for page in cookies for _ in range(number)]
    random.shuffle(turns)
    spent = at_once(port, [(cookies[page], page.address(random)) for page in turns])
    warm = 2 * AT_ONCE * len(cookies)
    found: dict[Page, list[float]] = {page: [] for page in cookies}
    for page, ms in [*zip(turns, spent, strict=True)][warm:]:
        found[page].append(ms)
    return found


def first_view(visitor: Any) -> int:
    """Return the bytes of the first page with all that it brings along."""
    how = {"Accept-Encoding": "gzip"}
    page = visitor.get("/", headers=how)
    files = set(re.findall(r'"(/static/[^"]+)"', gzip.decompress(page.data).decode()))
    files = {file.replace("&amp;", "&") for file in files}
    return len(page.data) + sum(len(visitor.get(file, headers=how).data) for file in files)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--candidates", type=int, default=100_000)
    options.add_argument("--requests", type=int, default=200, help="of each page; 0: none at once")
    options.add_argument("--only-reports", action="store_true")
    options.add_argument("--only", default="", help="pages whose name begins with this")
    options.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = options.parse_args()
    folder = built(given.candidates)
    app, random = create_app(settings(folder)), Random(1)
    told = pages(app.extensions["parts"].ledger)
    every = [page for page in told if page.name.startswith(given.only)]
    visitors = {role: visitor_of(app, role) for role in {p.role for p in every}}
    if not given.only:
        brought = first_view(visitor_of(app, Role.COUNCIL))
        print(f"First view: {brought / 1000:.0f} kB (at most 150).\n")
        print("| report | promised | took | processor |\n| --- | --- | --- | --- |", flush=True)
        for line in yearly(app.extensions["parts"]):
            print(line, flush=True)
    if given.only_reports:
        return
    if any(page.name.startswith(PREPARED) for page in every):
        began = time.thread_time()
        gather(app)
        print(f"\nMade as by a server, before anybody asks: {time.thread_time() - began:.1f} s.")
    print("\n| page | p50, all kinds | p95 (≤ 100 ms) | p50, this kind | p95 (≤ 100 ms)"
          " | processor | first look | statements | ≤ 30 kB |")  # fmt: skip
    print("| --- " * 9 + "|", flush=True)
    with served(folder, given.processes) if given.requests else nullcontext(0) as port:
        cookies = {page: cookie(visitors[page.role]) for page in every}
        among = mixed(port, cookies, given.requests, random) if port else {}
        for page in every:
            found = alone(app, page, visitors[page.role], random)
            cuts = "| | | |"
            if port:
                spent = together(port, page, cookies[page], given.requests, random)
                cuts = f"{cells(among[page])} {cells(spent)}"
            print(f"| {page.name} | {cuts} {found.typical:.0f} ms | {found.first:.0f} ms |"
                  f" {found.statements} | {found.sent / 1000:.0f} kB |", flush=True)  # fmt: skip


def cells(spent: list[float]) -> str:
    """Return two cells of the table: what half of all took at most, and 95 in 100."""
    parts = quantiles(spent, n=20)
    return f"{parts[9]:.0f} ms | {parts[18]:.0f} ms{' ✗' if parts[18] > 100 else ''} |"


def visitor_of(app: Flask, role: Role | None) -> Any:
    """Return a browser in which somebody of a role has signed in, or nobody."""
    return signed_in(app.test_client(), role) if role else app.test_client()


def cookie(visitor: Any) -> str:
    """Return what the browser sends to the server."""
    return "; ".join(f"{c.key}={c.value}" for c in visitor._cookies.values())


if __name__ == "__main__":
    main()
