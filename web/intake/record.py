"""Record what a spreadsheet brings: new units and rows, all in one transaction or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from domain.unit import UnitRegistered, UnitRenamed
from domain.values import Basis, UnitKind
from domain.vietnamese import spelling
from web.intake.plan import STEP, Intake, Progress
from web.intake.rows import NEW_UNIT
from web.parts import Parts
from workflow.commands import AttestCandidate, RegisterUnit
from workflow.register import Register, Request

KINDS: Final = {
    "phòng": UnitKind.DIVISION,
    "chi cục": UnitKind.SUB_DEPARTMENT,
    "trung tâm": UnitKind.CENTRE,
    "ban": UnitKind.BOARD,
    "văn phòng": UnitKind.OFFICE,
    "thanh tra": UnitKind.INSPECTORATE,
    "đơn vị sự nghiệp": UnitKind.PUBLIC_SERVICE,
}
BY_SPELLING: Final = {spelling(word): kind for word, kind in KINDS.items()}
OLD_REGISTER: Final = "sổ cũ"
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()-]{0,59}")

Row = tuple[str, AttestCandidate]


@dataclass(frozen=True)
class Recorded:
    """What came of a file: rows and entries recorded, rows that were there, units made."""

    rows: int
    entries: int
    unchanged: int
    units: int


def record(
    parts: Parts, intake: Intake, name: str, actor: str, progress: Progress | None = None
) -> Recorded:
    """Record the good rows of a file that are not recorded yet. Raises a Refusal."""
    # A register of its own: what it learns of units is thrown away if nothing is recorded.
    register = Register(parts.register.ledger, parts.register.rules, parts.register.clock)
    basis = symbol(name)
    _check_permission(register, intake, basis, actor)
    with register.ledger.transaction():
        fresh = [row for row in intake.candidates if not register.ledger.answered(row[0])]
        missing = _missing_units(register, fresh)
        registered = [_unit(intake, fresh, key, basis, actor) for key in missing]
        made = sum(len(register.submit(request).entries) for request in registered)
        units = known_units(register)
        requests = (_request(row, units, basis, actor) for row in fresh)
        made += register.attest(_told(requests, len(fresh), progress))
    unchanged = len(intake.candidates) - len(fresh)
    return Recorded(len(fresh), made, unchanged, len(registered))


def known_units(register: Register) -> dict[str, str]:
    """Return unit ids by the spelling of their names; former names lead there too."""
    former = {
        spelling(entry.event.name): entry.subject
        for entry in register.ledger.of_kind("unit")
        if isinstance(entry.event, UnitRegistered | UnitRenamed)
    }
    named = {spelling(unit.name): id for id, unit in register.units().items() if unit.name}
    return {**former, **named}


def symbol(name: str) -> str:
    """Return what entries cite: the file's name, unless it might say more than a name."""
    return name if _SAFE.fullmatch(name) else OLD_REGISTER


def unit_kind(name: str) -> UnitKind:
    """Return the kind of unit that the first words of a name tell."""
    words = spelling(name)
    kinds = (kind for start, kind in BY_SPELLING.items() if f"{words} ".startswith(f"{start} "))
    return next(kinds, UnitKind.OTHER)


def _check_permission(register: Register, intake: Intake, basis: str, actor: str) -> None:
    """Refuse, and keep the refusal, before a transaction that would be rolled back with it."""
    rows, keys = intake.candidates, list(intake.new_units)[:1]
    units = [_unit(intake, rows, key, basis, actor) for key in keys]
    for request in (*units, *(_request(row, {}, basis, actor) for row in rows[:1])):
        if not all(finding.met for finding in register.why(request)):
            register.submit(request)


def _missing_units(register: Register, fresh: Iterable[Row]) -> list[str]:
    """Return the new units that rows need and nobody has registered meanwhile."""
    known = known_units(register)
    wanted = {said.unit.removeprefix(NEW_UNIT): None for _, said in fresh if _is_new(said.unit)}
    return [key for key in wanted if key not in known]


def _unit(intake: Intake, rows: Sequence[Row], key: str, basis: str, actor: str) -> Request:
    """Return the request for a unit that is there from the file's first year on."""
    name = intake.new_units[key]
    first = min(said.discovered_on for _, said in rows)
    return Request(
        command=RegisterUnit(name, unit_kind(name)),
        actor=actor,
        effective_on=date(first.year, 1, 1),
        basis=(Basis(basis, file=intake.file_sha256),),
    )


def _request(row: Row, units: Mapping[str, str], basis: str, actor: str) -> Request:
    command_id, said = row
    if _is_new(said.unit):
        said = replace(said, unit=units.get(said.unit.removeprefix(NEW_UNIT), said.unit))
    return Request(
        command=said,
        actor=actor,
        effective_on=said.discovered_on,
        basis=(Basis(basis, file=said.file, place=f"{said.sheet}!{said.row}"),),
        command_id=command_id,
    )


def _is_new(unit: str) -> bool:
    return unit.startswith(NEW_UNIT)


def _told(requests: Iterable[Request], total: int, progress: Progress | None) -> Iterator[Request]:
    """Yield requests, reporting how many were taken."""
    for done, request in enumerate(requests):
        if progress and done % STEP == 0:
            progress(done, total)
        yield request
    if progress:
        progress(total, total)
