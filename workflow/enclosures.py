"""Files of evidence: who may open one, which the rules of the day say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.candidate_events import EvidenceAttached
from domain.office import Office, held_by
from workflow.refusals import NotPermitted, UnknownSubject
from workflow.register import Register


def opening(register: Register, actor: str, office: str | None = None) -> list[Office]:
    """Return the offices, or the one asked about, by which a person opens files today."""
    today = register.today()
    by = register.in_force(today).text.terms.evidence.opened_by
    held = held_by(register.offices(), actor, today).items()
    return [o for id, o in held if o.role in by and office in (None, id)]


def opens(register: Register, actor: str, subject: str, office: str | None = None) -> bool:
    """Return whether a person may open a candidate's files today, in one office or any."""
    unit = register.candidate(subject).standing.unit
    return any(o.unit in (None, unit) for o in opening(register, actor, office))


def open_file(
    register: Register, actor: str, subject: str, version: int, office: str | None = None
) -> tuple[Mapping[str, Any], bytes]:
    """Return the file that an entry of a candidate attached, with its description.

    Raises NotPermitted; UnknownSubject where no file is, or is any more; Tampered.
    """
    by = register.in_force(register.today()).text.terms.evidence.opened_by
    if not opening(register, actor, office):
        raise NotPermitted("open-evidence", *by)
    if not register.ledger.version(subject):
        raise UnknownSubject(subject)
    if not opens(register, actor, subject, office):
        raise NotPermitted("open-evidence", *by)
    found = next((e for e in register.ledger.entries(subject) if e.version == version), None)
    seal = found.event.description if found and isinstance(found.event, EvidenceAttached) else None
    opened = register.ledger.enclosure(seal) if seal else None
    if opened is None:
        raise UnknownSubject(f"{subject}/{version}")
    return opened
