"""The import of a CSV, measured apart: it needs the web's packages, and their memory."""

from __future__ import annotations

import time
from pathlib import Path

from sheets import many_rows
from steps import Figures, main, now

from domain.values import Private, Role, new_id
from events_store.key_folder import KeyFolder
from events_store.ledger import Ledger
from events_store.sealing import Sealer
from web.intake import plan
from web.intake.record import record
from web.parts import Parts
from workflow.commands import FoundRegister, GrantOffice
from workflow.register import Register, Request
from workflow.rules import load_all


def brought(path: Path, rows: int) -> Figures:
    """Import a CSV file into a new register: read, check and record."""
    ledger = Ledger(path, now)
    register, actor = Register(ledger, load_all(), now), new_id("person")
    register.submit(Request(FoundRegister(Private({"name": "Quản trị"})), actor, actor))
    register.submit(Request(GrantOffice(actor, Role.OFFICER), actor))
    file = many_rows(path.with_suffix(".csv"), rows)
    began = time.perf_counter()
    intake = plan.read(file, file.name, {}, True, register.today())
    made = record(
        Parts(ledger, register, Sealer(KeyFolder(path.with_suffix(".keys")))),
        intake,
        file.name,
        actor,
    ).entries
    return {"rate": made / (time.perf_counter() - began), "entries": made}


if __name__ == "__main__":
    main({"brought": brought})
