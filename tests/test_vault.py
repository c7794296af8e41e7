"""The vault: words stay out of the log, match their commitments, and can be erased for good."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from department import PAPER, TODAY, Department, who
from samples import DAY, DERIVED, DISCOVERED, SEAL, dump, entry, rows, story, stranger, units

from domain.candidate_events import CandidateDescribed, CandidateDiscovered
from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.faults import Tampered
from domain.person import PersonDescribed
from domain.values import (
    BlockGround,
    CandidateKind,
    ErasureGround,
    PersonKind,
    Private,
    Role,
    Sealed,
    Secret,
    private,
)
from domain.vietnamese import order, plain
from events_store.ledger import Ledger
from events_store.roll import Filter, page
from workflow import commands as asked

NAME: Final = "Hoàng Thị Sen"
WHAT: Final = Private(
    {
        "position": "Trưởng trạm Kiểm lâm",
        "place": "Chi Lăng",
        "field": "Trồng rừng",
        "movement": "Rừng xanh quê hương",
        "achievement": "Giữ bốn nghìn hecta rừng qua mùa khô",
    }
)
FOLLOWED: Final = (
    asked.DescribeCandidate(Private({"place": "Bình Gia"}), PersonKind.CIVIL_SERVANT),
    asked.AttachEvidence(private("Ảnh chụp vườn ươm")),
    asked.AdoptNurturePlan(private("Kèm cặp sáu tháng")),
    asked.ReportProgress(private("Đã trồng xong đợt một")),
    asked.ReportSummary(private("Cách giữ rừng của bản")),
    asked.RecordBlock(BlockGround.COMPLAINT, private("Đơn của ông Nông Văn Tài")),
    asked.LiftBlock(BlockGround.COMPLAINT, private("Đã giải quyết xong đơn")),
)


@pytest.fixture
def candidate(register: Department) -> str:
    """Return a candidate of whom much was said, in the vault."""
    who_it_is = Private({"name": NAME, "birth_year": 1979, "sex": "nữ"})
    discover = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, register.unit, who_it_is, WHAT, PersonKind.CIVIL_SERVANT
    )
    subject = register.ask(discover, by=Role.OFFICER).subject
    for command in FOLLOWED:
        blocks = isinstance(command, asked.RecordBlock | asked.LiftBlock)
        register.ask(command, subject, by=Role.STANDING_BODY if blocks else Role.OFFICER)
    return subject


@pytest.fixture
def person(register: Department, candidate: str) -> str:
    """Return the person behind the candidate."""
    found = register.candidate(candidate).person
    assert found
    return found


def sealed(ledger: Ledger) -> list[Sealed]:
    """Return every seal in the log."""
    found = [
        getattr(told.event, field.name) for told in ledger.all() for field in fields(told.event)
    ]
    return [value for value in found if isinstance(value, Sealed)]


def words(*contents: Private) -> Iterator[str]:
    """Yield every text of private contents."""
    for content in contents:
        yield from (text for text in content.content.values() if isinstance(text, str))


def spellings(text: str) -> set[bytes]:
    """Return the ways in which a text might lie in a file."""
    forms = (text, unicodedata.normalize("NFD", text), plain(text), text.casefold(), order(text))
    return {form.encode() for form in forms} | {
        repr(text)[1:-1].encode("ascii", "backslashreplace")
    }


def privates() -> list[Private]:
    """Return all private content that the fixture told."""
    values = (getattr(c, f.name) for c in FOLLOWED for f in fields(c))
    return [who(NAME), WHAT, *(v for v in values if isinstance(v, Private))]


@pytest.mark.usefixtures("candidate")
def test_no_name_and_no_free_text_is_outside_the_vault(ledger: Ledger) -> None:
    told = repr(dump(ledger.db, ("entries", "head", "command", "span", "span_past"))).encode()
    kept = repr(rows(ledger.db, "vault"))
    for text in words(*privates()):
        assert text in kept
        assert [form for form in spellings(text) if form in told] == []


@pytest.mark.usefixtures("candidate")
def test_every_seal_opens_to_what_was_sealed(ledger: Ledger) -> None:
    seals = sealed(ledger)
    opened = ledger.secrets(seals)
    assert opened.keys() == {seal.id for seal in seals}
    assert {"name": NAME, "birth_year": 1979, "sex": "nữ"} in opened.values()
    assert WHAT.content in opened.values()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE vault SET content = replace(content, 'Sen', 'Sim')",
        "UPDATE vault SET content = content || ' '",
        "UPDATE vault SET salt = (SELECT blind FROM entries WHERE position = 0)",
    ],
)
def test_content_that_does_not_match_its_commitment_is_tampered_with(
    ledger: Ledger, person: str, tampering: str
) -> None:
    stranger(ledger).execute(f"{tampering} WHERE owner = ?", (person,))
    (described,) = [e.event for e in ledger.entries(person)]
    assert isinstance(described, PersonDescribed)
    with pytest.raises(Tampered):
        ledger.secrets([described.description])


@pytest.mark.usefixtures("person")
def test_content_moved_to_another_seal_is_tampered_with(ledger: Ledger) -> None:
    one, other = sealed(ledger)[-2:]
    stranger(ledger).execute("DELETE FROM vault WHERE id = ?", (other.id,))
    stranger(ledger).execute("UPDATE vault SET id = ? WHERE id = ?", (other.id, one.id))
    with pytest.raises(Tampered):
        ledger.secrets([other])


def test_salts_are_long_and_never_the_same(ledger: Ledger, candidate: str) -> None:
    salts = [salt for (salt,) in ledger.db.execute("SELECT salt FROM vault")]
    assert {len(salt) for salt in salts} == {16}
    assert len(set(salts)) == len(salts)
    assert candidate not in repr(salts)


def test_erasing_removes_content_salt_and_card(
    register: Department, ledger: Ledger, candidate: str, person: str
) -> None:
    others = rows(ledger.db, "vault")
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    of_person = "SELECT count(*) FROM vault WHERE owner IN (?, ?)"
    assert ledger.db.execute(of_person, (person, candidate)).fetchone() == (0,)
    assert rows(ledger.db, "vault") == [row for row in others if row[1] != person]
    (card,) = ledger.db.execute("SELECT * FROM card WHERE subject = ?", (candidate,)).fetchall()
    assert (card[2], card[3], card[5], card[6]) == (person, "", "", "")
    assert ledger.secrets(sealed(ledger)).keys() == {row[0] for row in rows(ledger.db, "vault")}


def test_erasing_reaches_what_was_said_of_a_voided_candidate(
    register: Department, ledger: Ledger, candidate: str, person: str
) -> None:
    void = asked.VoidEntry(1, private("Nhập hai lần"))
    register.ask(void, candidate, Role.STANDING_BODY, basis=PAPER)
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    (card,) = ledger.db.execute("SELECT * FROM card WHERE subject = ?", (candidate,)).fetchall()
    assert (card[2], card[3], card[5], card[6]) == (None, "", "", "")


def test_an_erased_person_is_on_no_page_and_found_by_no_search(
    register: Department, ledger: Ledger, candidate: str, person: str
) -> None:
    named = Filter(text="hoang thi")
    assert [line.name for line in page(ledger.db, TODAY, narrow=named)] == [NAME]
    size = ledger.size()
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    for known in (None, size):
        assert page(ledger.db, TODAY, known, named) == []
        assert [(e.subject, e.name) for e in page(ledger.db, TODAY, known)] == [(candidate, "")]


def test_erasing_leaves_every_entry_every_count_and_the_root_as_they_were(
    register: Department, ledger: Ledger, candidate: str, person: str
) -> None:
    before, root = rows(ledger.db, "entries"), ledger.root()
    spans, stood = dump(ledger.db, ("span", "span_past")), register.candidate(candidate)
    ledger.erase(person)
    assert (rows(ledger.db, "entries"), ledger.root()) == (before, root)
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    (told,) = set(rows(ledger.db, "entries")) - set(before)
    assert (told[0], told[4]) == (len(before), "personal-data-erased")
    assert dump(ledger.db, ("span", "span_past")) == spans
    assert register.candidate(candidate) == stood


def test_a_rebuild_brings_nothing_back(register: Department, ledger: Ledger, person: str) -> None:
    register.ask(asked.ErasePersonalData(ErasureGround.DECIDED), person, basis=PAPER)
    before = dump(ledger.db)
    ledger.rebuild()
    assert dump(ledger.db) == before


def crowd(number: int) -> Iterator[tuple[str, str, str]]:
    """Yield candidate, person and a name that nothing else in the file can hold by chance.

    The names come in no order, so that their rows are moved between pages.
    """
    for at in range(number):
        own = at * 617 % number
        yield f"candidate:{at}", f"person:{at}", f"Vũ Zquynhf{own:04}x Quỳnh{own:04}x"


def describe(ledger: Ledger, subject: str, person: str, name: str) -> None:
    """Record a candidate and its person."""
    it, text = who(name), Private({"achievement": f"Thành tích của {name}"})
    found = CandidateDiscovered(CandidateKind.INDIVIDUAL, "unit:1", person)
    told = [entry(person, 1, PersonDescribed(it.sealed()))]
    told += story(subject, [(found, 0), (CandidateDescribed(text.sealed()), 0)])
    ledger.append(told, [Secret(person, it), Secret(person, text)])


@pytest.mark.only("sqlite")
def test_no_byte_of_an_erased_name_is_left_in_the_file(ledger: Ledger) -> None:
    ledger.append(units())
    with ledger.transaction():
        for subject, person, name in crowd(1200):
            describe(ledger, subject, person, name)
    erased = [(person, name) for _, person, name in crowd(1200)][::3]
    with ledger.transaction():
        for person, _ in erased:
            ledger.erase(person)
    assert isinstance(ledger.recorder.address, Path)
    folder = ledger.recorder.address.parent
    held = b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())
    assert b"Zquynhf0001x" in held
    gone = [part for _, name in erased for part in name.split(" ")[1:]]
    assert [part for part in gone if any(form in held for form in spellings(part))] == []


def test_what_fails_to_be_recorded_leaves_no_secret(ledger: Ledger) -> None:
    it = who(NAME)
    secrets = [Secret("person:1", it), Secret("person:1", it)]
    with pytest.raises(Exception, match="vault"):
        ledger.append([entry("person:1", 1, PersonDescribed(it.sealed()))], secrets)
    assert (ledger.size(), rows(ledger.db, "vault")) == (0, [])


def card_of(ledger: Ledger, subject: str) -> tuple[str, str]:
    """Return the name and the search key on a candidate's card."""
    sql = "SELECT name, search_key FROM card WHERE subject = ?"
    found: tuple[str, str] = ledger.db.execute(sql, (subject,)).fetchone()
    return found


def test_a_card_follows_every_correction_as_a_rebuild_would(ledger: Ledger) -> None:
    first, later = Private({"place": "Chi Lăng"}), Private({"place": "Bình Gia"})
    name, renamed = who("Hội Nông dân"), who("Hội Nông dân xã")
    ledger.append(units())
    told = story(
        "candidate:1",
        [
            (DISCOVERED, 0),
            (CandidateDescribed(first.sealed(), name.sealed()), 10),
            (CandidateDescribed(later.sealed(), renamed.sealed()), 20),
        ],
    )
    ledger.append(
        told, [Secret("candidate:1", content) for content in (first, later, name, renamed)]
    )
    assert card_of(ledger, "candidate:1") == ("Hội Nông dân xã", "hoi nong dan xa binh gia")
    moved = EffectiveDateCorrected(3, DAY + timedelta(5), SEAL)
    for version, correction, expected in (
        (4, moved, ("Hội Nông dân", "hoi nong dan chi lang")),
        (5, EntryVoided(2, SEAL), ("Hội Nông dân xã", "hoi nong dan xa binh gia")),
        (6, EntryVoided(3, SEAL), ("", "")),
    ):
        ledger.append([entry("candidate:1", version, correction, 30)])
        card = card_of(ledger, "candidate:1")
        assert (card[0], card[1].strip()) == expected
        before = dump(ledger.db, DERIVED)
        ledger.rebuild()
        assert dump(ledger.db, DERIVED) == before


def test_a_card_follows_its_person(ledger: Ledger) -> None:
    ledger.append(units())
    describe(ledger, "candidate:1", "person:1", "Nông Văn Tài")
    renamed = who("Nông Văn Tải")
    news = entry("person:1", 2, PersonDescribed(renamed.sealed()), 5)
    ledger.append([news], [Secret("person:1", renamed)])
    assert card_of(ledger, "candidate:1")[0] == "Nông Văn Tải"
    ledger.append([entry("person:1", 3, EntryVoided(2, SEAL), 6)])
    assert card_of(ledger, "candidate:1")[0] == "Nông Văn Tài"
    before = dump(ledger.db, DERIVED)
    ledger.rebuild()
    assert dump(ledger.db, DERIVED) == before


def test_a_name_is_listed_on_the_days_of_its_candidate_alone(ledger: Ledger) -> None:
    ledger.append(units())
    describe(ledger, "candidate:1", "person:1", NAME)
    assert [line.name for line in page(ledger.db, DAY)] == [NAME]
    assert page(ledger.db, DAY - timedelta(1)) == []
