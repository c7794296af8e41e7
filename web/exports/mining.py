"""Event logs for process mining: XES (IEEE 1849) and OCEL 2.0, which PM4Py reads.

An event is the state that a candidate came into; what follows what is then the workflow itself.
Only days are known: the time of day does nothing but keep the order of one day.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from domain.values import Outcome, Stage
from web.exports.files import File
from web.exports.plain import line
from web.exports.source import Case, Source, Step

HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/>\
<date key="time:timestamp" value="1970-01-01T00:00:00+07:00"/></global>
<classifier name="State" keys="concept:name"/>
"""
TYPES: Final[list[dict[str, Any]]] = [
    {"name": "candidate", "attributes": [{"name": "kind", "type": "string"}]},
]
ATTRIBUTES: Final = [{"name": "entry", "type": "integer"}, {"name": "name", "type": "string"}]


def xes(source: Source) -> Iterator[File]:
    """Yield the log as XES."""
    yield File("log.xes", _xes(source))


def _xes(source: Source) -> Iterator[bytes]:
    yield HEAD.encode()
    for case in source.cases():
        events = "".join(_event(step, at) for step, at in timed(source, case))
        yield f"<trace>{_string('concept:name', case.id)}{events}</trace>\n".encode()
    yield b"</log>\n"


def _event(step: Step, at: str) -> str:
    told = _string("concept:name", step.state) + _string("exemplar:event", step.name)
    when = f"<date key={quoteattr('time:timestamp')} value={quoteattr(at)}/>"
    entry = f"<int key={quoteattr('exemplar:entry')} value={quoteattr(str(step.entry))}/>"
    return f"<event>{told}{when}{entry}</event>"


def _string(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


def timed(source: Source, case: Case) -> Iterator[tuple[Step, str]]:
    """Yield the steps of a candidate, each with an instant that keeps their order."""
    before, second = None, 0
    for step in source.steps(case):
        second = second + 1 if step.on == before else 0
        before = step.on
        yield step, f"{step.on.isoformat()}T00:{second // 60:02}:{second % 60:02}+07:00"


def ocel(source: Source) -> Iterator[File]:
    """Yield the log as OCEL 2.0 in JSON."""
    yield File("log.jsonocel", _ocel(source))


def _ocel(source: Source) -> Iterator[bytes]:
    states = [{"name": str(state), "attributes": ATTRIBUTES} for state in (*Stage, *Outcome)]
    yield f'{{"objectTypes":{line(TYPES)},"eventTypes":{line(states)},"objects":['.encode()
    yield from _joined(_object(case) for case in source.cases())
    yield b'\n],"events":['
    yield from _joined(chain.from_iterable(_events(source, case) for case in source.cases()))
    yield b"\n]}\n"


def _joined(items: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    comma = "\n"
    for item in items:
        yield (comma + line(item)).encode()
        comma = ",\n"


def _object(case: Case) -> dict[str, Any]:
    return {"id": case.id, "type": "candidate", "attributes": [], "relationships": []}


def _events(source: Source, case: Case) -> Iterator[dict[str, Any]]:
    for step, at in timed(source, case):
        yield {
            "id": f"entry-{step.entry}",
            "type": step.state,
            "time": at,
            "attributes": [
                {"name": "entry", "value": step.entry},
                {"name": "name", "value": step.name},
            ],
            "relationships": [{"objectId": case.id, "qualifier": "moves"}],
        }
