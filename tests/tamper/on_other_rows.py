"""Attacks on everything beside the entries: seals, the vault, the head, what is derived."""

from __future__ import annotations

from collections.abc import Callable

from attempts import ALONE, MEMORY, attempt, changing
from victim import STRANGER, Victim

from events_store import seals

LAST = "number = (SELECT max(number) FROM checkpoint)"
HOA = "content LIKE '%Hoa%'"

changing("edit the table of states (span)", "UPDATE span SET state = 3")
changing("delete the table of states", "DELETE FROM span")
changing("edit a state no longer believed (span_past)",
         "UPDATE span_past SET known_to = known_to + 1")  # fmt: skip
changing("delete the states no longer believed", "DELETE FROM span_past")
changing("add a state for a day long past",
         "INSERT INTO span SELECT candidate, valid_from - 900, valid_to, known_from, end_known,"
         " state, unit, kind, priority, suspended, since FROM span"
         " WHERE candidate = (SELECT max(candidate) FROM span)")  # fmt: skip
changing("edit a name on the list (card)", "UPDATE card SET name = 'Người khác'")
changing("edit what the search finds by (card)", "UPDATE card SET search_key = 'nguoi khac'")
changing("add a card",
         "INSERT INTO card SELECT 9999, 'candidate:x', NULL, name, sort_key, search_key, identity"
         " FROM card WHERE candidate = (SELECT max(candidate) FROM card)")  # fmt: skip
changing("delete a card",
         "DELETE FROM card WHERE candidate = (SELECT max(candidate) FROM card)")  # fmt: skip
changing("edit the kept hash over 256 entries (node)",
         "UPDATE node SET hash = (SELECT leaf FROM entries WHERE position = 0)")  # fmt: skip
changing("delete the kept hash over 256 entries", "DELETE FROM node")
changing("edit which entries a command made", "UPDATE command SET position = position + 1")
changing("edit how many entries a command made", "UPDATE command SET count = count + 1")
changing("delete what is kept of a command",
         "DELETE FROM command WHERE position = (SELECT max(position) FROM command)")  # fmt: skip
changing("add a command that never was",
         "INSERT INTO command SELECT 'khac', position, count FROM command"
         " WHERE position = (SELECT max(position) FROM command)")  # fmt: skip
changing("edit words in the vault",
         "UPDATE vault SET content = replace(content, 'Nguyễn', 'Trần')")  # fmt: skip
changing("edit a salt in the vault", f"UPDATE vault SET salt = blind FROM entries"
         f" WHERE position = 0 AND {HOA}")  # fmt: skip
changing("delete words from the vault", f"DELETE FROM vault WHERE {HOA}")
changing("give words in the vault to another owner",
         f"UPDATE vault SET owner = 'person:khac' WHERE {HOA}")  # fmt: skip
changing("give words in the vault another id", f"UPDATE vault SET id = 'khac' WHERE {HOA}")
changing("add words to the vault",
         "INSERT INTO vault SELECT 'khac', owner, salt, content FROM vault"
         f" WHERE {HOA}")  # fmt: skip
changing("edit a file of evidence", "UPDATE enclosure SET content = salt FROM vault")
changing("delete a file of evidence", "DELETE FROM enclosure")
changing("give a file of evidence to another owner", "UPDATE enclosure SET owner = 'person:khac'")
changing("add a file that no entry describes",
         "INSERT INTO enclosure SELECT 'khac', owner, content FROM enclosure")  # fmt: skip
changing("edit the head: size", "UPDATE head SET size = size + 1")
changing("edit the head: the edge of the tree",
         "UPDATE head SET edge = (SELECT leaf FROM entries WHERE position = 0)")  # fmt: skip
changing("edit the head: time", "UPDATE head SET recorded_at = recorded_at - 1")
changing("delete the head", "DELETE FROM head")
changing("edit the size of a seal", f"UPDATE checkpoint SET size = size - 1 WHERE {LAST}")
changing("delete a seal in the middle", "DELETE FROM checkpoint WHERE number = 3")
changing("delete a seal in the middle and number the others again",
         "DELETE FROM checkpoint WHERE number = 3",
         "UPDATE checkpoint SET number = number + 1000 WHERE number > 3",
         "UPDATE checkpoint SET number = number - 1001 WHERE number > 1000",
         caught_by=MEMORY)  # fmt: skip
changing("delete the last seals",
         "DELETE FROM checkpoint WHERE number >= (SELECT max(number) FROM checkpoint) - 1",
         caught_by=MEMORY)  # fmt: skip
changing("delete all seals", "DELETE FROM checkpoint", caught_by=MEMORY)


changing("add a seal that nobody signed",
         "INSERT INTO checkpoint SELECT max(number) + 1, max(size), (SELECT leaf FROM entries"
         " WHERE position = 0) FROM checkpoint")  # fmt: skip
changing(
    "add the last seal once more",
    f"INSERT INTO checkpoint SELECT number + 1, size, note FROM checkpoint WHERE {LAST}",
)


@attempt("edit the text of a seal")
def edit_seal(victim: Victim) -> None:
    _rewrite_last(victim, lambda note: note.replace(b"\n293\n", b"\n292\n"))


@attempt("cut a seal off half-way")
def cut_seal(victim: Victim) -> None:
    _rewrite_last(victim, lambda note: note[:40])


@attempt("edit the signature of a seal")
def edit_signature(victim: Victim) -> None:
    other = {ord("A"): b"B"}
    _rewrite_last(victim, lambda note: note[:-12] + other.get(note[-12], b"A") + note[-11:])


@attempt("sign the last seal again with another key", ALONE)
def another_key(victim: Victim) -> None:
    with victim.opened() as db:
        *_, before, _ = (kept.size for kept in seals.everything(db))
    victim.seal_again(STRANGER, beyond=before)


@attempt("let two seals change places")
def swap_seals(victim: Victim) -> None:
    with victim.touched() as db:
        for old, new in ((3, 1000), (4, 3), (1000, 4)):
            db.execute("UPDATE checkpoint SET number = ? WHERE number = ?", (new, old))


def _rewrite_last(victim: Victim, rewritten: Callable[[bytes], bytes]) -> None:
    with victim.touched() as db:
        *_, last = seals.everything(db)
        note = rewritten(last.note)
        assert note != last.note
        db.execute("UPDATE checkpoint SET note = ? WHERE number = ?", (note, last.number))
