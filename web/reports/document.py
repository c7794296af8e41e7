"""The document of a report: canonical JSON, the same bytes on any machine that has the log.

    {"begins", "ends", "on": days; "kind"; "known": a position; "log": {"root", "size"};
     "figures": [{"name", "columns", "rows"}]; "names": {unit: its name on that day};
     "format", "template"}

It holds figures only. Cells of fewer than five are merged, and the log tells no name of a person.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from domain.report import Report, ReportDrafted, ReportKind, ReportPublished
from domain.subjects import KINDS, kind_of
from domain.values import PriorityGroup, private
from events_store import public_log
from events_store.figures import Answer, Asked, Figure, Holds, Row, Value
from events_store.ledger import Reader
from events_store.proofs import root_at, subtrees
from web.reports import template
from workflow import commands as asked
from workflow.register import Register
from workflow.small_cells import LEAST, Table, untold
from workflow.terms import Target

REST: Final = "rest"  # what small cells were merged into


class BadReport(Exception):
    """A file is no report. Fact: what is wrong."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong."""
        super().__init__(problem)
        self.problem = problem


class Spec(NamedTuple):
    """Which report: its period, both clocks, and how long the log was."""

    kind: ReportKind
    begins: date
    ends: date
    on: date
    known: int
    size: int

    @property
    def asked(self) -> Asked:
        """Return the clocks of its figures."""
        return Asked(self.on, self.known, self.begins)


def spec_of(event: ReportDrafted | ReportPublished) -> Spec:
    """Return which report an entry is about."""
    return Spec(event.kind, event.begins, event.ends, event.on, event.known, event.size)


def draft(
    ledger: Reader, register: Register, spec: Spec, replaces: str | None = None
) -> asked.DraftReport:
    """Return the command that enters a report as a draft."""
    made = build(ledger, register, spec)
    told = json.loads(made)
    return asked.DraftReport(
        *spec,
        root=told["log"]["root"],
        template=told["template"],
        digest=digest(made),
        document=private(made.decode()),
        replaces=replaces,
    )


def kept(ledger: Reader, report: Report) -> bytes:
    """Return the document of a report as it was drafted, whatever a newer program would make."""
    assert report.draft, "it was drafted"
    seal = report.draft.document
    return str(ledger.secrets([seal])[seal.id]["text"]).encode()


def build(ledger: Reader, register: Register, spec: Spec) -> bytes:
    """Return the document of a report, made of the log alone."""
    named = aims(register, spec)
    answers = ledger.figures.ask(template.figures(), spec.asked)
    figures = told([template.aimed(answer, named) for answer in answers])
    return canonical(
        {
            "format": template.FORMAT,
            "template": template.digest(named),
            "kind": str(spec.kind),
            "begins": spec.begins.isoformat(),
            "ends": spec.ends.isoformat(),
            "on": spec.on.isoformat(),
            "known": spec.known,
            "log": {"size": spec.size, "root": root(ledger, spec.size)},
            "names": names(register, spec, figures),
            "figures": figures,
        }
    )


def aims(register: Register, spec: Spec) -> Mapping[PriorityGroup, Target]:
    """Return the shares to reach by the rules in force on the day, as known then."""
    drafts = register.all("rule-set", spec.on, spec.known).values()
    confirmed = {draft.name for draft in drafts if draft.name}
    return register.rules.on(spec.on, confirmed).text.terms.priority.targets


def root(ledger: Reader, size: int) -> str:
    """Return the root of the log when it had so many entries, in base64."""
    return base64.b64encode(root_at(subtrees(public_log.kept(ledger.db)), size)).decode()


def told(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Return figures as a report tells them: nobody can be told apart by a small cell."""
    people = [answer for answer in answers if answer.figure.name not in template.THINGS]
    left = dict(zip(map(_name, people), untold([*map(_counted, people)]), strict=True))
    return [
        {
            "name": _name(answer),
            "columns": [column.name for column in answer.figure.columns],
            "rows": [*map(list, _rows(answer, left.get(_name(answer))))],
        }
        for answer in answers
    ]


def _name(answer: Answer) -> str:
    return answer.figure.name


def _counted(answer: Answer) -> Table:
    """Return whom a figure counts, by its keys: its first measure says how many."""
    by = answer.figure.by
    shared = [column.name for column in by if column.holds is Holds.PRIORITY]
    cells = {row[: len(by)]: int(row[len(by)] or 0) for row in answer.rows}
    return Table(tuple(column.name for column in by), cells, shared)


def _rows(answer: Answer, left: set[Row] | None) -> Iterator[Row]:
    figure = answer.figure
    if left is None:  # it counts no people
        yield from answer.rows
        return
    width, alone = len(figure.by), len(figure.of) == 1
    rest = 0
    for row in answer.rows:
        if row[:width] in left:
            rest += int(row[width] or 0)
        elif row[width]:
            yield row if alone else _veiled(figure, row)
    shared = any(column.holds is Holds.PRIORITY for column in figure.by)
    if alone and not shared and rest >= LEAST:
        yield (*[REST] * max(width, 1), rest)


def _veiled(figure: Figure, row: Row) -> Row:
    """Return a row of several measures: none that is small, or by so few less than another."""
    kept: list[int] = []
    made: list[Value] = []
    for value, column in zip(row, figure.columns, strict=True):
        count = value if column.holds is Holds.COUNT and isinstance(value, int) else None
        if count and any(0 < abs(count - other) < LEAST for other in (0, *kept)):
            made.append(None)
            continue
        kept += [count] if count else []
        made.append(value)
    return tuple(made)


def names(register: Register, spec: Spec, figures: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the subjects in figures were called on the day, as the log tells."""
    found: dict[str, str] = {}
    wanted = {cell for figure in figures for row in figure["rows"] for cell in row}
    for kind in sorted({kind_of(cell) for cell in wanted if isinstance(cell, str)} & KINDS.keys()):
        for on in (None, spec.on):
            for id, state in register.all(kind, on, spec.known).items():
                name = getattr(state, "name", None) or getattr(state, "held_on", None)
                if id in wanted and name:
                    found[id] = str(name)
    return found


def canonical(content: object) -> bytes:
    """Return the one way to write something as JSON: keys sorted, no blanks, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest(document: bytes) -> str:
    """Return the SHA-256 of a document, in hex."""
    return hashlib.sha256(document).hexdigest()


def read(document: bytes) -> tuple[Spec, dict[str, Any]]:
    """Return which report a document says it is, and all it says. Raises BadReport."""
    try:
        content: dict[str, Any] = json.loads(document)
        days = [date.fromisoformat(content[name]) for name in ("begins", "ends", "on")]
        known, size = int(content["known"]), int(content["log"]["size"])
        spec = Spec(ReportKind(content["kind"]), days[0], days[1], days[2], known, size)
    except (ValueError, KeyError, TypeError) as error:
        raise BadReport(f"{type(error).__name__}: {error}") from None
    if content.get("format") != template.FORMAT:
        raise BadReport(f"the format is {content.get('format')!r}")
    return spec, content


def rows_by_keys(figure: Mapping[str, Any], keys: int) -> dict[tuple[Value, ...], Row]:
    """Return the rows of a figure in a document, by their keys."""
    return {tuple(row[:keys]): tuple(row[keys:]) for row in figure["rows"]}
