"""The rows of a log in an auditor's export, as `exemplar export --level audit` writes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from events_store.rebuilt import Row
from web.reports.document import BadReport

ENTRIES: Final = "entries.csv"
csv.field_size_limit(1 << 24)


def exported(folder: Path) -> Iterator[Row]:
    """Yield the rows of an export. Raises BadReport."""
    path = folder / ENTRIES if folder.is_dir() else folder
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                numbers = [int(row[key]) for key in ("position", "version", "recorded_at")]
                told = (row["name"], row["body"].encode(), bytes.fromhex(row["blind"]))
                yield numbers[0], row["subject"], numbers[1], numbers[2], *told
    except (OSError, KeyError, ValueError) as error:
        raise BadReport(f"{path}: {error}") from None
