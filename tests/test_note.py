"""Signed notes, checkpoints and receipts: what others made is read, what is touched is refused."""

from __future__ import annotations

import pytest
from sealed_log import LOG, ORIGIN, OTHER, WITNESS, checkpoint_of, sealed, texts_of

from domain.faults import BadCheckpoint, Tampered
from events_store import note
from events_store.checkpoint import (
    Checkpoint,
    Receipt,
    format_checkpoint,
    format_receipt,
    parse_checkpoint,
    parse_receipt,
)
from events_store.keys import BadKey, Kind, Signer, generate, parse_signer, parse_verifier
from events_store.merkle import leaf_hash
from events_store.proofs import from_leaves, prove_inclusion, subtrees

# The example of the Go package that defined the format (golang.org/x/mod/sumdb/note).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETERS_OWN = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
BY_PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZ"
    "b6KE6RyyBwJnAM=\n"
)
BY_ENOCH = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33"
    "WWd1RvMc+QQ=\n"
)
# The example of C2SP tlog-cosignature.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv"
    "2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b"
    "2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
TEXTS = texts_of(11)
POINT = checkpoint_of(TEXTS)
TEXT = format_checkpoint(POINT)


def receipt_of(position: int, *signers: Signer) -> bytes:
    """Return the receipt of a leaf of the small log."""
    tree = subtrees(from_leaves(lambda start, stop: [leaf_hash(x) for x in TEXTS[start:stop]]))
    path = prove_inclusion(tree, position, len(TEXTS))
    return format_receipt(Receipt(position, tuple(path), sealed(TEXTS, *signers)))


def test_a_note_is_signed_as_others_sign_it() -> None:
    assert note.sign(SAID, [parse_signer(PETERS_OWN)]) == f"{SAID}\n{BY_PETER}".encode()


def test_a_note_that_others_signed_is_opened() -> None:
    keys = [parse_verifier(PETER), parse_verifier(ENOCH)]
    opened = note.open_note(f"{SAID}\n{BY_PETER}{BY_ENOCH}".encode(), keys)
    assert opened == note.Opened(SAID, tuple(note.Signature(key, None) for key in keys))


def test_keys_are_printed_as_they_are_read() -> None:
    assert str(parse_verifier(PETER)) == PETER
    assert parse_signer(PETERS_OWN).text == PETERS_OWN
    assert str(parse_signer(PETERS_OWN).verifier) == PETER


@pytest.mark.parametrize("kind", Kind)
def test_a_new_key_signs_what_its_verifier_key_checks(kind: Kind) -> None:
    key = parse_signer(generate(ORIGIN, kind).text)
    known = parse_verifier(str(key.verifier))
    signature = note.Signature(known, None if kind is Kind.ED25519 else 1_772_000_000)
    opened = note.open_note(note.sign(TEXT, [key], time=1_772_000_000), [known])
    assert opened == note.Opened(TEXT, (signature,))


def test_no_key_shows_its_seed_when_printed() -> None:
    assert repr(LOG) == f"Signer(name={ORIGIN!r}, kind=<Kind.ED25519: 1>)"


def test_every_part_and_every_change_of_a_key_is_refused() -> None:
    for text, read in ((PETER, parse_verifier), (PETERS_OWN, parse_signer)):
        parts = {text[start:stop] for start in range(len(text)) for stop in range(len(text) + 1)}
        bumped = {text[:at] + chr(ord(text[at]) + 1) + text[at + 1 :] for at in range(len(text))}
        for wrong in (parts | bumped) - {text}:
            with pytest.raises(BadKey):
                read(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "",
    ],
)
def test_a_key_of_another_length_type_or_hash_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        parse_verifier(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u2028b"])
def test_a_name_that_no_signature_line_could_hold_is_refused(name: str) -> None:
    with pytest.raises(BadKey):
        generate(name)


@pytest.mark.parametrize(
    "signed",
    [
        SAID,
        f"{SAID}\n",
        f"{SAID}\n{BY_PETER[:-1]}",
        f"\x01{SAID}\n{BY_PETER}",
        f"{SAID}\r\n{BY_PETER}",
        f"{SAID}\n— Peter Neumann {BY_PETER.split()[2]}\n",
        f"{SAID}\n{BY_PETER}Unexpected line.\n",
        f"{SAID}\n{BY_PETER}\n",
        f"{SAID}\n{BY_PETER.replace('— ', '-- ')}",
        f"{SAID}\n{BY_PETER.replace('x08g', 'x08gABCD')}",
        f"{SAID}\n— PeterNeumann x08goA==\n{BY_PETER}",
        f"{SAID}\n— PeterNeumann x08g\n{BY_PETER}",
        f"{SAID}\n— nobody x08go/Z=\n{BY_PETER}",
        f"{SAID}\n{BY_PETER * 101}",
        f"{'x' * 1_000_000}\n\n{BY_PETER}",
        f"{SAID}\n{BY_ENOCH}",
    ],
)
def test_a_malformed_note_is_refused(signed: str) -> None:
    with pytest.raises(BadCheckpoint):
        note.open_note(signed.encode(), [parse_verifier(PETER)])


def test_a_note_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(BadCheckpoint):
        note.open_note(f"{SAID}\n{BY_PETER}".encode() + b"\xff", [parse_verifier(PETER)])


def test_unknown_keys_are_passed_over() -> None:
    same_name = note.line(TEXT, OTHER)
    signed = note.add(sealed(TEXTS), [same_name])
    assert [known.key for known in note.open_note(signed, [LOG.verifier]).signatures] == [
        LOG.verifier
    ]


def test_one_false_line_of_a_known_key_spoils_the_whole() -> None:
    lie = note.Line(WITNESS.name, WITNESS.verifier.id, bytes(72))
    signed = note.add(sealed(TEXTS), [lie])
    with pytest.raises(BadCheckpoint):
        note.open_note(signed, [LOG.verifier, WITNESS.verifier])
    assert note.open_note(signed, [LOG.verifier]).text == TEXT


@pytest.mark.parametrize("signer", [LOG, Signer(ORIGIN, Kind.ML_DSA_44, bytes(32))])
def test_a_checkpoint_with_any_bit_changed_is_refused(signer: Signer) -> None:
    signed = sealed(TEXTS, signer)
    for bit in range(0, 8 * len(signed), 1 if signer is LOG else 61):
        wrong = bytearray(signed)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadCheckpoint):
            note.open_checkpoint(bytes(wrong), [signer.verifier])


@pytest.mark.parametrize("length", [0, 1, 50, 100, 180])
def test_a_checkpoint_that_is_cut_short_is_refused(length: int) -> None:
    with pytest.raises(BadCheckpoint):
        note.open_checkpoint(sealed(TEXTS)[:length], [LOG.verifier])


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    signed = sealed(TEXTS, LOG, WITNESS)
    told = note.open_checkpoint(signed, [LOG.verifier, WITNESS.verifier])
    seen = note.Signature(WITNESS.verifier, 1_772_000_000)
    assert told == (POINT, (note.Signature(LOG.verifier, None), seen))
    with pytest.raises(BadCheckpoint):
        note.open_checkpoint(signed, [WITNESS.verifier])


def test_another_logs_key_does_not_make_our_checkpoint() -> None:
    stranger = generate("elsewhere.example/log")
    with pytest.raises(BadCheckpoint):
        note.open_checkpoint(sealed(TEXTS, stranger), [stranger.verifier])


def test_a_cosignature_tells_when_and_a_changed_time_is_false() -> None:
    told = note.line(TEXT, WITNESS, 1_772_000_000)
    later = (1_772_000_001).to_bytes(8, "big") + told.raw[8:]
    with pytest.raises(BadCheckpoint):
        WITNESS.verifier.check(TEXT, later)


@pytest.mark.parametrize("time", [None, -1, 1 << 63])
def test_a_cosignature_needs_a_time(time: int | None) -> None:
    with pytest.raises(BadCheckpoint):
        WITNESS.sign(TEXT, time)


def test_nothing_but_a_checkpoint_is_cosigned() -> None:
    with pytest.raises(BadCheckpoint):
        WITNESS.sign("anything\n", 1_772_000_000)


def test_a_keys_newer_line_takes_the_place_of_its_older() -> None:
    once = note.add(sealed(TEXTS), [note.line(TEXT, WITNESS, 1_772_000_000)])
    twice = note.add(once, [note.line(TEXT, WITNESS, 1_772_000_060)])
    _, signatures = note.open_checkpoint(twice, [LOG.verifier, WITNESS.verifier])
    assert [known.time for known in signatures] == [None, 1_772_000_060]


def test_the_checkpoint_of_the_specification_is_read_and_printed_back() -> None:
    text, lines = note.split(SOFA.encode())
    assert parse_checkpoint(text)[:2] == ("example.com/behind-the-sofa", 20852163)
    assert format_checkpoint(parse_checkpoint(text)) + "\n" + "".join(map(str, lines)) == SOFA
    assert [each.name for each in lines] == [
        "example.com/behind-the-sofa",
        "witness.example.com/w1",
    ]


def test_a_checkpoint_may_say_more_than_three_lines() -> None:
    point = POINT._replace(extensions=(f"next {LOG.verifier}", "and more"))
    assert parse_checkpoint(format_checkpoint(point)) == point


HEX = "0a" * 32
SHORT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw=="
LOOSE = ROOT.replace("2I=", "2J=")


@pytest.mark.parametrize(
    "text",
    [
        *(
            f"log.example\n{size}\n{ROOT}\n"
            for size in (
                "+300", "0300", "-300", "-0", "00", "3_00", "300 ", " 300", "\t300", "0x12c",
                "3e2", "300.0", "", "٣٠٠", "９", str(1 << 63), "1" * 5000,
            )
        ),
        *(
            f"log.example\n300\n{root}\n"
            for root in (
                "", HEX, SHORT, LOOSE, ROOT[:-1], f"{ROOT} ", f" {ROOT}", f"{ROOT}=", f"AA{ROOT}",
                ROOT.replace("/", "_"), ROOT.replace("C", "\t", 1),
            )
        ),
        f"\n300\n{ROOT}\n",
        f"log\t.example\n300\n{ROOT}\n",
        f"log.example\r\n300\r\n{ROOT}\r\n",
        f"log.example\n300\n{ROOT}",
        f"log.example\n300\n{ROOT}\n\n",
        f"log.example\n300\n{ROOT}\nmore",
        f"log.example\n300\n{ROOT}\n\nmore\n",
        "log.example\n300\n",
        "",
        "\n\n\n",
    ],
)  # fmt: skip
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadCheckpoint):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "point",
    [
        Checkpoint("two\nlines", 3, POINT.root),
        Checkpoint("", 3, POINT.root),
        Checkpoint(ORIGIN, -1, POINT.root),
        Checkpoint(ORIGIN, 1 << 63, POINT.root),
        Checkpoint(ORIGIN, 3, b"short"),
        Checkpoint(ORIGIN, 3, POINT.root, ("",)),
        Checkpoint(ORIGIN, 3, POINT.root, ("two\nlines",)),
    ],
)
def test_a_checkpoint_that_would_be_read_otherwise_is_not_printed(point: Checkpoint) -> None:
    with pytest.raises(BadCheckpoint):
        format_checkpoint(point)


@pytest.mark.parametrize("position", range(len(TEXTS)))
def test_a_receipt_proves_its_leaf_and_no_other(position: int) -> None:
    told = receipt_of(position)
    assert note.open_receipt(told, TEXTS[position], [LOG.verifier]) == POINT
    with pytest.raises(Tampered):
        note.open_receipt(told, TEXTS[position - 1], [LOG.verifier])


def test_a_receipt_with_any_bit_changed_is_refused() -> None:
    told = receipt_of(6)
    for bit in range(8 * len(told)):
        wrong = bytearray(told)
        wrong[bit // 8] ^= 1 << bit % 8
        with pytest.raises((BadCheckpoint, Tampered)):
            note.open_receipt(bytes(wrong), TEXTS[6], [LOG.verifier])


def test_a_receipt_under_another_key_is_refused() -> None:
    with pytest.raises(BadCheckpoint):
        note.open_receipt(receipt_of(6, OTHER), TEXTS[6], [LOG.verifier])


def test_a_receipt_has_the_form_of_the_specification() -> None:
    receipt = Receipt(5, (bytes(32), bytes([255] * 32)), b"checkpoint\n", b"more")
    told = (
        b"c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 5\n"
        b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
        b"//////////////////////////////////////////8=\n\ncheckpoint\n"
    )
    assert format_receipt(receipt) == told
    assert parse_receipt(told) == receipt


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"c2sp.org/tlog-proof@v1\n",
        b"c2sp.org/tlog-proof@v1\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v2\nindex 5\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 05\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex five\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 5\n\n",
        b"c2sp.org/tlog-proof@v1\nindex 5\nAAAA\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 5\n\xff\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nextra !\nindex 5\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 5\nextra bW9yZQ==\n\ncheckpoint\n",
        b"c2sp.org/tlog-proof@v1\nindex 5\n" + b"A" * 43 + b"=\n" * 64 + b"\ncheckpoint\n",
    ],
)
def test_a_malformed_receipt_is_refused(told: bytes) -> None:
    with pytest.raises(BadCheckpoint):
        parse_receipt(told)
