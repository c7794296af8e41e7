"""Facts: what was given and found, summed up by day, of all that is known now.

The figures named below read what thousands of entries say. What they say of candidates from whom
nothing was taken back only adds up from day to day, and is summed up; the texts are asked about
the others, who are few, and about units and movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any, Final

from events_store.database import MANY, Database
from events_store.figures import flows, honours, programme
from events_store.figures.asking import Asked, Correct, corrections, found
from events_store.figures.basis import CORRECTED, believed_of, day_of, held, number, some, told
from events_store.figures.figure import Column, Figure, Holds
from events_store.figures.sums import Changes, Key, Running, Totals, changes, ranked
from events_store.spans import day_number


def _whose(*names: str) -> str:
    """Return the question for the subjects of which one of these was recorded."""
    among = ", ".join(f"'{name}'" for name in names)
    return f"SELECT c.subject FROM entries AS c WHERE c.name IN ({among}) AND c.position < :known"


def _few(figure: Figure, subjects: str, but: str = "") -> Figure:
    """Return a figure as far as it is about some subjects; one of its texts is about all."""
    return replace(figure, uses=tuple(t if t == but else some(t, subjects) for t in figure.uses))


def _text(name: str, sql: str, by: str, *uses: str) -> Figure:
    columns = tuple(Column(column, Holds.TEXT) for column in by.split())
    return Figure(name, sql, columns, uses=(CORRECTED, *uses))


FEW: Final = 5_000  # candidates of which there is news; of more, all is summed up anew
NEWS: Final = """
SELECT DISTINCT o.position FROM entries AS e JOIN entries AS o ON o.subject = e.subject
 WHERE e.position >= ? AND e.position < ? AND e.name IN ({}) AND o.version = 1
   AND e.subject > 'candidate:' AND e.subject < 'candidate;'"""
DECIDING: Final = "exemplar-recognized", "recognition-revoked", "recognition-restored"
UNTITLED: Final = _whose("title-revoked")
UNRECOGNIZED: Final = _whose("recognition-revoked")
BEGAN: Final = f"(SELECT MIN(d.told) FROM {believed_of('o.position', 'b.valid_from')} AS d)"
FACTS: Final = (
    _text(
        "titles",
        f"SELECT h.day, {number('year')} AS year, {told('title')} AS title, h.position"
        f" FROM held AS h WHERE h.subject NOT IN ({UNTITLED})",
        "day year title",
        held("title-recorded"),
    ),
    _text(
        "recognized",
        f"SELECT h.day, {honours.KIND_OF} AS kind, {day_of('h.day')} - {BEGAN} AS days,"
        f" CASE WHEN h.subject IN ({UNRECOGNIZED}) THEN 1 ELSE 0 END AS lost, h.position"
        f" FROM held AS h {honours.FIRST}",
        "day kind days lost",
        held("exemplar-recognized"),
    ),
    _text(
        "found",
        f"SELECT h.day, {told('unit')} AS unit, json_extract(h.body, '$.actor') AS actor,"
        " h.position FROM held AS h",
        "day unit actor",
        held("candidate-discovered"),
    ),
    _text(
        "sources",
        "SELECT day, source, 0 AS recognized, position FROM sourced UNION ALL"
        " SELECT CASE WHEN k.day > s.day THEN k.day ELSE s.day END, s.source, 1, s.position"
        " FROM sourced AS s JOIN (SELECT subject, MIN(day) AS day FROM known"
        " WHERE subject IN (SELECT subject FROM sourced) GROUP BY subject) AS k"
        " ON k.subject = s.subject",
        "day source recognized",
        held("candidate-discovered"),
        held(*DECIDING, called="known"),
        f"sourced AS MATERIALIZED (SELECT h.subject, h.day, h.position, {told('source')} AS source"
        f" FROM held AS h WHERE {told('source')} <> '' AND h.subject NOT IN ({UNRECOGNIZED}))",
    ),
)
ACHIEVED: Final = _few(
    _text(
        "achieved",
        "SELECT a.* FROM (SELECT '' AS event, 0 AS days, 0 AS position WHERE 1 = 0"
        f" UNION ALL {flows.ACHIEVED}) AS a",
        "event days",
        held("exemplar-recognized"),
        held("candidate-classified", called="classified"),
    ),
    _whose("candidate-classified"),
)
HEADS: Final = _text(
    "headed",
    "SELECT person, unit, since, until, 0 AS position FROM heads",
    "person unit since until",
    held("unit-head-appointed", "unit-head-left", called="headed"),
    programme.HEADS,
)
OTHERS: Final = {
    **{
        f.name: _few(f, UNTITLED if f.name == "titles" else UNRECOGNIZED)
        for f in honours.FIGURES
        if f.name in ("titles", "recognitions")
    },
    **{
        f.name: _few(f, UNRECOGNIZED, held("movement-launched", called="launched"))
        for f in programme.FIGURES
        if f.name == "movements"
    },
}
KINDS: Final = frozenset[str]().union(*(figure.kinds for figure in FACTS))


class Facts:
    """What the figures named below say of all that is known at a size of the log."""

    def __init__(self, db: Database, size: int, correct: Correct) -> None:
        """Sum up all there is."""
        self._correct = correct
        self._sum_up(db, size)
        self._tell: Mapping[str, Callable[[Database, Asked], Iterable[Key] | None]] = {
            "titles": self._titles,
            "recognitions": self._recognitions,
            "timeliness": self._timeliness,
            "movements": self._movements,
            "heads": self._heads,
        }

    def rows(self, db: Database, figure: str, asked: Asked, size: int) -> list[Key] | None:
        """Return the rows of a figure, as its text finds them; None if it is not told here."""
        tell = self._tell.get(figure)
        if tell is None:
            return None
        self._follow(db, size)
        rows = tell(db, asked)
        return None if rows is None else [*rows]

    def _sum_up(self, db: Database, size: int) -> None:
        self._size, told = size, _told(db, FACTS, size, self._correct)
        self._sums = {name: Running(of) for name, of in told.items()}

    def _follow(self, db: Database, size: int) -> None:
        """Take in what was recorded up to a size."""
        touched = [str(at) for at in touched_by(KINDS, db, self._size, size)]
        if len(touched) > FEW:
            return self._sum_up(db, size)
        for at in range(0, len(touched), MANY):
            numbers = ", ".join(touched[at : at + MANY])
            subjects = f"SELECT s.subject FROM entries AS s WHERE s.position IN ({numbers})"
            few = [_few(figure, subjects) for figure in FACTS]
            for known, sign in ((self._size, -1), (size, 1)):
                corrected = corrections(db, known, subjects)
                for name, of in _told(db, few, known, lambda *_, c=corrected: c, sign).items():
                    self._sums[name].take(of)
        self._size = size
        return None

    def _given(self, name: str, asked: Asked) -> Iterator[Key]:
        told = self._sums[name].between(day_number(asked.first), day_number(asked.on))
        return ((*key, count) for key, count in told.items() if count)

    def _others(self, db: Database, figure: str, asked: Asked) -> list[Any]:
        return found(db, OTHERS[figure], asked, self._correct)

    def _titles(self, db: Database, asked: Asked) -> Iterable[Key]:
        given = ((*key, count, 0) for *key, count in self._given("titles", asked))
        return _added([*given, *self._others(db, "titles", asked)])

    def _recognitions(self, db: Database, asked: Asked) -> Iterable[Key]:
        given = []
        for year in range(asked.first.year, asked.on.year + 1):
            first, on = max(asked.first, date(year, 1, 1)), min(asked.on, date(year, 12, 31))
            for kind, _days, lost, count in self._given("recognized", Asked(on, since=first)):
                given += [] if lost else [(year, kind, count, 0)]
        return _added([*given, *self._others(db, "recognitions", asked)])

    def _timeliness(self, db: Database, asked: Asked) -> Iterable[Key] | None:
        waits: Totals = defaultdict(int)
        for _kind, days, _lost, count in self._given("recognized", asked):
            waits["candidate-discovered", days] += count
        for event, days, count in found(db, ACHIEVED, asked, self._correct):
            waits[event, days] += count
        # Who was recognized before being found, or is not there at all, is for the text to tell.
        strange = any(days is None or days < 0 for event, days in waits if event != "achieved")
        return None if strange or ("achieved", None) in waits else ranked(waits)

    def _movements(self, db: Database, asked: Asked) -> Iterable[Key]:
        told = self._sums["sources"].at(day_number(asked.on)).items()
        found_in = ((source, *((0, n) if late else (n, 0))) for (source, late), n in told if n)
        return _added([*found_in, *self._others(db, "movements", asked)])

    def _heads(self, db: Database, asked: Asked) -> Iterable[Key]:
        first, last, rows = day_number(asked.first), day_number(asked.on), []
        for person, unit, since, until, _ in found(db, HEADS, asked, self._correct):
            begins, ends = max(first, _number(since)), min(last, _number(until) - 1)
            told = self._sums["found"].between(begins, ends).items() if begins <= ends else ()
            for (of, actor), count in told:
                rows += [(person, unit, count, count if actor == person else 0)] * (of == unit)
        return (row for row in _added(rows) if row[2])


def _added(rows: Iterable[Any]) -> Iterator[Key]:
    """Yield rows whose last two columns are sums, one for each of what comes before them."""
    sums: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for *key, one, other in rows:
        total = sums[tuple(key)]
        total[0] += one
        total[1] += other
    return ((*key, *total) for key, total in sums.items())


def _told(
    db: Database, figures: Iterable[Figure], known: int, correct: Correct, sign: int = 1
) -> dict[str, Changes]:
    """Return what texts tell of each day, by their names."""
    asked, by_name = Asked(date.max, known, date.min), dict[str, Changes]()
    for figure in figures:
        of = by_name[figure.name] = changes()
        for day, *key, count in found(db, figure, asked, correct):
            of[_number(day)][tuple(key)] += sign * count
    return by_name


def touched_by(names: Iterable[str], db: Database, since: int, size: int) -> list[int]:
    """Return the candidates of which something of these kinds was recorded since a position."""
    among = ", ".join(f"'{name}'" for name in sorted(names))
    return [int(row[0]) for row in db.execute(NEWS.format(among), (since, size))]


@cache
def _number(day: str) -> int:
    return day_number(date.fromisoformat(day))
