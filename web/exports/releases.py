"""Releases and records after the model of OCDS: what each entry changed, and what it adds up to.

A release tells what an entry changed in what may be known; what is no longer so is null. It is
known by the position of its entry, so that no two of a day are without order. A record has the
releases of one candidate, what they compile to, and every value there was with its release.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from domain.candidate import Candidate, fold
from domain.entry import Entry
from events_store.names import NAME_OF
from web.exports.files import File
from web.exports.plain import line
from web.exports.source import Case, Source

VERSION: Final = "1.1"
EXTENSION: Final = "exemplar"  # what is ours in a release stands under this name

Values = dict[str, Any]


def ocds(source: Source) -> Iterator[File]:
    """Yield the package of releases and the package of records."""
    yield File("releases.json", _package(source, "releases", _releases(source)))
    yield File("records.json", _package(source, "records", _records(source)))


def _package(source: Source, what: str, items: Iterator[Values]) -> Iterator[bytes]:
    head = {
        "uri": f"{source.origin}/{what}",
        "version": VERSION,
        "publisher": {"name": source.origin},
        "log": {"size": source.size},
    }
    yield (line(head)[:-1] + f',"{what}":[').encode()
    comma = "\n"
    for item in items:
        yield (comma + line(item)).encode()
        comma = ",\n"
    yield b"\n]}\n"


def _releases(source: Source) -> Iterator[Values]:
    for case in source.cases():
        yield from releases(source, case)


def _records(source: Source) -> Iterator[Values]:
    for case in source.cases():
        found = list(releases(source, case))
        if found:
            shared = {"ocid": found[0]["ocid"], "releases": found}
            yield {**shared, "compiledRelease": compiled(found), "versionedRelease": each(found)}


def releases(source: Source, case: Case) -> Iterator[Values]:
    """Yield a release for each entry that changed what may be known, in the order recorded."""
    was: Values = {}
    for entry in case.entries:
        now = _values(source, case, entry.position + 1)
        told = {key: now.get(key) for key in sorted({*was, *now}) if was.get(key) != now.get(key)}
        if told or not source.public:
            yield _release(source, case, entry, told)
        was = now


def _release(source: Source, case: Case, entry: Entry, told: Values) -> Values:
    return {
        "ocid": f"{source.origin}/{case.id}",
        "id": str(entry.position),
        "date": f"{entry.effective_on.isoformat()}T00:00:00+07:00",
        "tag": [NAME_OF[type(entry.event)]],
        "language": "vi",
        EXTENSION: told,
    }


def _values(source: Source, case: Case, known: int) -> Values:
    """Return what may be known of a candidate as known at a position."""
    one = fold(source.told(case, known))
    told = {**_standing(one), **({} if source.public else _inside(one))}
    if one.recognition and case.known:
        it = case.known
        told |= {"name": it.name, "unit": it.unit, "position": it.position, "field": it.field}
        told["achievement"] = it.achievement
    return {key: value for key, value in told.items() if value}


def _standing(one: Candidate) -> Values:
    state = one.standing.state
    told: Values = {
        "kind": one.standing.kind and str(one.standing.kind),
        "state": state and str(state),
    }
    if one.recognition:
        told["decision"] = getattr(one.recognition.event, "decision", None)
        told["recognized_on"] = one.recognition.on
    return told


def _inside(one: Candidate) -> Values:
    """Return what an auditor's office may know besides."""
    now = one.standing
    return {
        "suspended": now.suspended,
        "priority": list(map(str, now.priority)),
        "unit_id": now.unit,
        "person": one.person,
    }


def compiled(found: list[Values]) -> Values:
    """Return what releases add up to: the last value of each."""
    values: Values = {}
    for release in found:
        values |= release[EXTENSION]
    kept = {key: value for key, value in values.items() if value is not None}
    return {**found[-1], "tag": ["compiled"], EXTENSION: kept}


def each(found: list[Values]) -> Values:
    """Return every value there was, with the release that told it."""
    history: Values = {}
    for release in found:
        about = {
            "releaseID": release["id"],
            "releaseDate": release["date"],
            "releaseTag": release["tag"],
        }
        for key, value in release[EXTENSION].items():
            history.setdefault(key, []).append({**about, "value": value})
    return {"ocid": found[0]["ocid"], "tag": ["compiled"], EXTENSION: history}
