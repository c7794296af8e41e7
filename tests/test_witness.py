"""A witness: it cosigns what continues, says why it does not, and never signs two trees."""

from __future__ import annotations

import http.client
import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
import racing
from desk import served
from hypothesis import given, settings
from hypothesis import strategies as st
from sealed_log import LOG, ORIGIN, OTHER, WITNESS, checkpoint_of, sealed, texts_of

from domain.faults import BadCheckpoint, Unreadable
from events_store import note
from events_store.checkpoint import Checkpoint, base64_of, format_checkpoint, parse_checkpoint
from events_store.keys import BadKey, Kind
from events_store.merkle import leaf_hash
from events_store.proofs import from_leaves, prove_consistency, subtrees
from events_store.witness import (
    NotContinued,
    NoWitness,
    OldSize,
    Refused,
    Witness,
    WitnessExists,
    name_of,
)
from events_store.witness_request import Request, format_request, parse_request
from web.witness import create_witness

NOW = 1_772_000_000
TEXTS = texts_of(70)
FORKED = [*TEXTS[:20], *texts_of(50, b"another history")]


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return founded(tmp_path / "witness")


def founded(folder: Path) -> Witness:
    witness = Witness(folder, lambda: NOW)
    witness.create("witness.example/w1")
    witness.trust(LOG.verifier)
    return witness


def proof(texts: list[bytes], old: int, size: int) -> tuple[bytes, ...]:
    leaves = [leaf_hash(text) for text in texts[:size]]
    read = subtrees(from_leaves(lambda start, stop: leaves[start:stop]))
    return tuple(prove_consistency(read, old, size))


def asking(texts: list[bytes], old: int, size: int) -> bytes:
    """Return the request to cosign the first texts, proven from an older size."""
    return format_request(Request(old, proof(texts, old, size), sealed(texts[:size])))


def test_a_request_has_the_form_of_the_specification() -> None:
    told = (
        b"old 20852014\n"
        b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n"
        b"jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n"
        b"\nexample.com/behind-the-sofa\n20852163\n"
    )
    request = parse_request(told)
    assert (request.old, len(request.proof)) == (20852014, 2)
    assert request.checkpoint == b"example.com/behind-the-sofa\n20852163\n"
    assert format_request(request) == told


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"old 3\n",
        b"old 3\n\n",
        b"old 03\n\nx",
        b"old -3\n\nx",
        b"old 3 \n\nx",
        b"old\n\nx",
        b"new 3\n\nx",
        b"old 9223372036854775808\n\nx",
        b"old 3\nAAAA\n\nx",
        b"old 3\n" + (base64_of(bytes(32)) + "\n").encode() * 64 + b"\nx",
        b"old \xd9\xa3\n\nx",
    ],
)
def test_a_malformed_request_is_refused(told: bytes) -> None:
    with pytest.raises(BadCheckpoint):
        parse_request(told)


def test_its_cosignature_is_over_the_time_and_the_checkpoint(witness: Witness) -> None:
    made = witness.cosign(asking(TEXTS, 0, 40))
    keys = [LOG.verifier, witness.signer().verifier]
    point, signatures = note.open_checkpoint(made.note, keys)
    assert point == checkpoint_of(TEXTS[:40])
    assert [(each.key, each.time) for each in signatures] == [(keys[0], None), (keys[1], NOW)]
    assert witness.last(ORIGIN) == made.note


def test_it_keeps_no_line_of_strangers(witness: Witness) -> None:
    signed = sealed(TEXTS[:9], LOG, OTHER, WITNESS)
    made = witness.cosign(format_request(Request(0, (), signed)))
    ids = [line.id for line in note.split(made.note)[1]]
    assert ids == [LOG.verifier.id, witness.signer().verifier.id]


def test_its_key_is_its_own(tmp_path: Path, witness: Witness) -> None:
    assert witness.signer().kind is Kind.COSIGNATURE
    assert witness.key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(WitnessExists):
        witness.create("again")
    (tmp_path / "signer.key").write_text("of a log")
    with pytest.raises(WitnessExists):
        Witness(tmp_path).create("beside a log")
    with pytest.raises(BadKey):
        witness.trust(WITNESS.verifier)
    with pytest.raises(NoWitness):
        Witness(tmp_path / "nowhere").trust(LOG.verifier)


def test_what_it_remembers_outlives_it_and_is_never_guessed(witness: Witness) -> None:
    witness.cosign(asking(TEXTS, 0, 40))
    again = Witness(witness.path)
    with pytest.raises(OldSize) as caught:
        again.cosign(asking(FORKED, 0, 50))
    assert caught.value.size == 40
    kept = witness.cosigned / name_of(ORIGIN)
    kept.write_bytes(kept.read_bytes().replace(b"\n40\n", b"\n39\n"))
    with pytest.raises(Unreadable):
        again.cosign(asking(TEXTS, 39, 50))


STEPS = st.lists(
    st.tuples(
        st.sampled_from([TEXTS, FORKED]), st.integers(0, 70), st.integers(0, 70), st.booleans()
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_all_it_ever_cosigns_is_one_growing_log(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[list[bytes], int, int, bool]]
) -> None:
    witness = founded(tmp_path_factory.mktemp("w"))
    signed: list[Checkpoint] = []
    for texts, old, size, knowing in steps:
        old = signed[-1].size if knowing and signed else old
        if old > size:
            continue
        try:
            made = witness.cosign(asking(texts, old, size)).note
        except Refused:
            continue
        signed.append(parse_checkpoint(note.split(made)[0]))
    history = [checkpoint_of(TEXTS[: p.size]) for p in signed]
    forked = [checkpoint_of(FORKED[: p.size]) for p in signed]
    assert signed in (history, forked)
    assert [p.size for p in signed] == sorted(p.size for p in signed)


def fork_of(at: int, size: int) -> bytes:
    """Return a request for one of many histories that part after twenty entries."""
    texts = [*TEXTS[:20], *texts_of(50, b"history %d" % at)]
    return asking(texts, 20, size)


@pytest.mark.parametrize("processes", [False, True])
def test_of_eight_histories_at_once_one_is_cosigned(witness: Witness, processes: bool) -> None:
    witness.cosign(asking(TEXTS, 0, 20))
    asked = [fork_of(at, 40) for at in range(8)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(8, spawn) if processes else ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(racing.cosign, [witness.path] * 8, asked))
    (won,) = filter(None, answers)
    assert witness.last(ORIGIN) == won


@pytest.fixture
def address(witness: Witness) -> Iterator[tuple[str, int]]:
    with served(create_witness(witness)) as url:
        host, port = url.removeprefix("http://").split(":")
        yield host, int(port)


def post(
    address: tuple[str, int], body: bytes, path: str = "/add-checkpoint"
) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection(*address)
    connection.request("POST", path, body)
    with connection.getresponse() as answer:
        told = answer.status, answer.headers["Content-Type"], answer.read()
    connection.close()
    return told


def test_over_http_it_answers_as_specified(address: tuple[str, int], witness: Witness) -> None:
    text = "text/plain; charset=utf-8"
    status, kind, line = post(address, asking(TEXTS, 0, 40))
    assert (status, kind) == (200, text)
    (told,) = note.parse_lines(line.decode())
    assert told.id == witness.signer().verifier.id
    stranger = note.sign(format_checkpoint(Checkpoint("other.example", 1, bytes(32))), [LOG])
    empty = note.sign(format_checkpoint(Checkpoint(ORIGIN, 0, bytes(32))), [LOG])
    asked = {
        "grown": (asking(TEXTS, 40, 50), 200),
        "again": (asking(TEXTS, 50, 50), 200),
        "nonsense": (b"nonsense", 400),
        "no note": (b"old 0\n\nx\n", 400),
        "old beyond": (format_request(Request(60, (), sealed(TEXTS[:55]))), 400),
        "unsigned": (format_request(Request(50, (), sealed(TEXTS[:60], OTHER))), 403),
        "unknown": (format_request(Request(0, (), stranger)), 404),
        "bad proof": (format_request(Request(50, proof(FORKED, 50, 60), sealed(TEXTS[:60]))), 422),
        "no proof": (format_request(Request(50, (), sealed(TEXTS[:60]))), 422),
        "fork": (asking(FORKED, 50, 60), 422),
        "fork of one size": (asking(FORKED, 50, 50), 422),
    }
    assert {what: post(address, body)[0] for what, (body, _) in asked.items()} == {
        what: status for what, (_, status) in asked.items()
    }
    assert post(address, asking(TEXTS, 0, 60)) == (409, "text/x.tlog.size", b"50\n")
    assert post(address, format_request(Request(0, (), empty)))[0] == 409
    assert post(address, b"x", "/elsewhere")[0] == 404


def test_an_empty_log_has_the_empty_root(address: tuple[str, int]) -> None:
    wrong = note.sign(format_checkpoint(Checkpoint(ORIGIN, 0, bytes(32))), [LOG])
    assert post(address, format_request(Request(0, (), wrong)))[0] == 422
    assert post(address, asking(TEXTS, 0, 0))[0] == 200


def test_it_shows_what_it_cosigned_last(address: tuple[str, int], witness: Witness) -> None:
    def get(path: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(*address)
        connection.request("GET", path)
        with connection.getresponse() as answer:
            told = answer.status, answer.read()
        connection.close()
        return told

    path = f"/{name_of(ORIGIN)}/checkpoint"
    assert get(path)[0] == 404
    made = witness.cosign(asking(TEXTS, 0, 40)).note
    assert get(path) == (200, made)
    assert get("/../checkpoint")[0] == 404
    assert get(f"/{'0' * 63}%2e/checkpoint")[0] == 404


def test_eight_racing_requests_over_http_get_one_tree(address: tuple[str, int]) -> None:
    assert post(address, asking(TEXTS, 0, 20))[0] == 200
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(lambda at: post(address, fork_of(at, 40))[0], range(8)))
    assert statuses == [200] + [409] * 7


def test_a_proof_with_any_bit_changed_is_refused(witness: Witness) -> None:
    witness.cosign(asking(TEXTS, 0, 5))
    right = proof(TEXTS, 5, 7)
    for at in range(len(right)):
        for bit in range(256):
            wrong = bytearray(right[at])
            wrong[bit // 8] ^= 1 << bit % 8
            spoiled = (*right[:at], bytes(wrong), *right[at + 1 :])
            with pytest.raises(NotContinued):
                witness.cosign(format_request(Request(5, spoiled, sealed(TEXTS[:7]))))
