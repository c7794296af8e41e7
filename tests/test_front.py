"""The front of several processes: who answers, what comes back, and how it ends."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from web.cli.front import LANES, Front
from web.settings import MOST_SENT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def made(number: int) -> WSGIApplication:
    """Return an application that tells what it was asked, and does some things badly."""

    @Request.application
    def app(request: Request) -> Response:
        if request.path == "/slow":
            time.sleep(0.3)
        if request.path == "/breaks":
            return Response(broken())
        if request.path == "/raises":
            raise ValueError("nothing was answered")
        if request.path == "/sent":
            there = request.environ["wsgi.input"].read()
            return Response(f"{request.content_length} {len(there)}")
        if request.path == "/long":
            return Response(bytes([part]) * 100_000 for part in range(256))
        told = f"{number} {request.method} {request.full_path} ".encode() + request.get_data()
        return Response(told, status=207, headers={"X-Told": "sổ".encode().decode("latin-1")})

    return app


def broken() -> Iterator[bytes]:
    yield b"half"
    raise ValueError("the other half is missing")


@pytest.fixture(scope="module")
def front() -> Iterator[Front]:
    front = Front(2, made)
    yield front
    front.close()


def test_an_answer_is_the_process_own_with_head_and_body(front: Front) -> None:
    answer = Client(front).post("/a%20b?c=%C4%91", data="thân".encode())
    told = " POST /a b?c=%C4%91 thân".encode()
    assert (answer.status_code, answer.headers["X-Told"], answer.data[1:]) == (
        207, "sổ".encode().decode("latin-1"), told,
    )  # fmt: skip


def test_a_question_that_no_page_takes_is_refused_by_its_length_alone(front: Front) -> None:
    sent = b"x" * (MOST_SENT + 1)
    told = [Client(front).post("/sent", data=some).text for some in (sent[1:], sent)]
    assert told == [f"{MOST_SENT} {MOST_SENT}", f"{MOST_SENT + 1} 0"]


def test_a_long_answer_comes_in_parts(front: Front) -> None:
    answer = Client(front).get("/long", buffered=False)
    parts = list(answer.response)
    assert [len(part) for part in parts] == [100_000] * 256
    assert b"".join(parts) == b"".join(bytes([part]) * 100_000 for part in range(256))


def test_whoever_stops_reading_leaves_the_way_free_for_the_next(front: Front) -> None:
    for _ in range(2 * LANES + 1):
        answer = Client(front).get("/long", buffered=False)
        next(iter(answer.response))
        answer.close()
    assert Client(front).get("/").data[1:] == b" GET /? "


def test_questions_one_by_one_go_to_each_process_in_turn(front: Front) -> None:
    answers = [Client(front).get("/").data[:1] for _ in range(4)]
    assert answers in ([b"0", b"1"] * 2, [b"1", b"0"] * 2)


def test_questions_at_once_are_shared_evenly(front: Front) -> None:
    with ThreadPoolExecutor(LANES) as threads:
        answers = threads.map(lambda _: Client(front).get("/slow").data[:1], range(LANES))
        assert sorted(answers) == [b"0"] * (LANES // 2) + [b"1"] * (LANES // 2)


@pytest.mark.parametrize("path", ["/breaks", "/raises"])
def test_an_answer_that_breaks_off_is_no_whole_answer(front: Front, path: str) -> None:
    with pytest.raises(OSError, match=r"missing|nothing was answered"):
        assert Client(front).get(path).data
    assert Client(front).get("/").status_code == 207


def test_closing_ends_every_process() -> None:
    front = Front(2, made)
    assert front.close()
    for child in front._children:
        with pytest.raises(ProcessLookupError):
            os.kill(child, 0)


def test_closing_tells_of_a_process_that_ended_before() -> None:
    front = Front(2, made)
    os.kill(front._children[0], signal.SIGKILL)
    time.sleep(0.1)
    assert not front.close()
