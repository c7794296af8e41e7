"""docs/tamper.md: what was tried on a register, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attacks import ATTEMPTS
from attempts import ALONE, ELSEWHERE, LAWFUL, MEMORY, Attempt
from found import Finding, Outcomes

PAGE = Path(__file__).parents[2] / "docs" / "tamper.md"
WHO = {
    ALONE: "database + key",
    MEMORY: "signer's memory",
    ELSEWHERE: "**only a checkpoint kept elsewhere**",
    LAWFUL: "**only `exemplar lawful`**",
}
HEAD = """# Attacks on a register, and what catches them

This page is written by `tests/tamper`, and a test keeps it true: `python tests/tamper/page.py`
writes it anew. The attacker may write to the database, drops or disables every trigger, and knows
how all is computed. Each attack is tried on a copy of a small sealed register, on SQLite as
whoever holds the file, on PostgreSQL as the owner of the tables or the superuser; then
`exemplar verify` reads the register.
{number} attacks were tried, {sqlite} of them on SQLite and {postgresql} on PostgreSQL:

- {database} come to light from the database alone, with a verifier key from elsewhere;
- {memory} only by the signer's memory, which lies outside the database;
- {elsewhere} **only by a checkpoint kept elsewhere** (`verify --against`): where the real key and
  the memory are in the attacker's hands, or older copies of both were put back, nothing in the
  house is left to contradict;
- {lawful} by no seal, since the real key signed it in good order, but by `exemplar lawful`.

All are detected.

Not found by any of these: what was recorded in due form by those in office, though it is false; an
entry falsified after the last checkpoint left the house and before the next one did; an entry that
was never made; and who may sign in, for accounts (address, password, person) are no part of the
log. Whoever changes an account can act under another's name, and the log will say that name.
The last seal, if it is deleted alone, is not missed: the signer still remembers it, and the next
write puts it back.

*First bad entry* is the position at which `verify` says that history parts from what was sealed: a
range, where no seal lies in between. A dash means that no entry is false, and the answer names
what is: a table, a seal, a trigger. The answers are quoted in Vietnamese, as they are given.

| Attack | Caught by | First bad entry | SQLite answers | PostgreSQL answers |
|---|---|---|---|---|
"""


def page(outcomes: Outcomes) -> str:
    """Return the page that tells what was tried."""
    counts = {who: sum(each.caught_by == who for each in ATTEMPTS) for who in WHO}
    for database in ("sqlite", "postgresql"):
        counts[database] = sum(database in each.on for each in ATTEMPTS)
    head = HEAD.format(number=len(ATTEMPTS), **counts)
    return head + "".join(f"{line}\n" for line in _lines(outcomes))


def _lines(outcomes: Outcomes) -> Iterator[str]:
    for attempt in ATTEMPTS:
        findings = {name: outcomes(attempt, name).finding for name in attempt.on}
        first = next((f for f in findings.values() if f), None)
        told = [_told(attempt, name, findings) for name in ("sqlite", "postgresql")]
        if told[0] == told[1]:
            told[1] = "the same"
        place = _place(first) if first else "–"
        yield f"| {attempt.words} | {WHO[attempt.caught_by]} | {place} | {' | '.join(told)} |"


def _place(finding: Finding) -> str:
    if finding.first is None:
        return "–"
    at, last = finding.first, finding.last
    return str(at) if at == last else f"{at} to {last}"


def _told(attempt: Attempt, database: str, findings: dict[str, Finding | None]) -> str:
    if database not in attempt.on:
        return "*no such thing here*"
    finding = findings[database]
    return " ".join(finding.told.split()) if finding else "**not seen**"
