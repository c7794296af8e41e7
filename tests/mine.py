"""`make mine`: PM4Py reads our event logs, and discovers the workflow in them.

Not a test of the suite: PM4Py is AGPL and brings half a gigabyte. `test_exports` finds the same
with a few lines of its own.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from department import Clock, Department
from test_exports import Register, transitions

from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer
from web.exports.source import Level


def discovered(full: Register) -> dict[str, set[Any]]:
    """Return the pairs that follow each other directly, as PM4Py finds them in each format."""
    import pm4py  # noqa: PLC0415 — only there for this

    traces = pm4py.read_xes(str(full.export("xes", Level.AUDIT) / "log.xes"))
    objects = pm4py.read_ocel2_json(str(full.export("ocel", Level.AUDIT) / "log.jsonocel"))
    edges = pm4py.discover_ocdfg(objects)["edges"]["event_couples"]["candidate"]
    return {"XES": set(pm4py.discover_dfg(traces)[0]), "OCEL 2.0": set(edges)}


def main() -> int:
    """Return 0 if both formats tell the workflow, nothing more and nothing less."""
    with TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        keys = KeyFolder(folder / "keys")
        keys.create("so-dien-hinh/khai-pha")
        ledger = Ledger(folder / "exemplar.db", clock)
        full = Register(Department(ledger, clock), ledger, Sealer(keys), folder)
        wanted, found = transitions(full.house), discovered(full)
    for kind, pairs in found.items():
        print(f"{kind}: {len(pairs)} of {len(wanted)} transitions, {len(pairs - wanted)} others")
    return int(any(pairs != wanted for pairs in found.values()))


if __name__ == "__main__":
    sys.exit(main())
