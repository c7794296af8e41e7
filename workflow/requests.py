"""Requests: what somebody asks of the register, and what they are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date

from domain.enclosure import papers
from domain.entry import Entry
from domain.subjects import kind_of
from domain.values import Basis, Private, Protected, Secret
from workflow import commands as asked
from workflow.case import Case
from workflow.consequences import follows
from workflow.refusals import InvalidCommand, Outdated, UnknownSubject


@dataclass(frozen=True)
class Receipt:
    """What a command recorded. `repeated` means it had been recorded before."""

    subject: str
    entries: tuple[Entry, ...]
    repeated: bool = False

    @property
    def last(self) -> int:
        """Return the position of the last entry."""
        return self.entries[-1].position


@dataclass(frozen=True)
class Request:
    """A command and its circumstances: about whom, by whom, from when, on what basis.

    `office` names the one office to act in; without it, any that the actor holds will do. `signs`
    says whether it may be a decision: a program may make none unless its key was issued to sign.
    """

    command: asked.Command
    actor: str
    subject: str | None = None
    effective_on: date | None = None
    basis: tuple[Basis, ...] = ()
    command_id: str | None = None
    seen: int | None = None
    office: str | None = None
    signs: bool = True


def receipt(entries: Sequence[Entry], *, repeated: bool = False) -> Receipt:
    """Return what somebody is told who asked for these entries."""
    own = [e for e in entries if not follows(e.event)]
    return Receipt(own[-1].subject, tuple(entries), repeated)


def secrets_of(command: asked.Command, case: Case) -> list[Secret]:
    """Return the private content of a command, each with its owner."""
    owner = case.candidate.person or case.subject
    if isinstance(command, asked.DiscoverCandidate | asked.AttestCandidate):
        named = getattr(command, "person", None)
        owner = named or (case.new_person if command.kind == "individual" else case.subject)
    elif isinstance(command, asked.FoundRegister):
        owner = case.actor
    values: Iterable[object] = (getattr(command, f.name) for f in fields(command))
    if isinstance(command, asked.AttachEvidence):
        values = papers(command.description, command.files)
    return [Secret(owner, value) for value in values if isinstance(value, Private | Protected)]


def reception(command: asked.Command, effective_on: date) -> date:
    """Return the day whose rules a command begins under."""
    return command.discovered_on if isinstance(command, asked.AttestCandidate) else effective_on


def check_seen(request: Request, subject: str, entries: Sequence[Entry]) -> None:
    """Refuse what is about nobody, or rests on less than there is. Raises a Refusal."""
    command, kind = request.command, kind_of(subject)
    known = bool(entries) or type(command) in asked.BEGINS
    if not known or (request.subject and kind not in asked.kinds(command)):
        raise UnknownSubject(subject)
    if entries and type(command) in asked.BEGINS and not isinstance(command, asked.AGAIN):
        raise InvalidCommand("subject", "is already in the register")
    if request.seen is not None and request.seen != len(entries):
        raise Outdated(request.seen, len(entries))
