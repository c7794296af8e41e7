"""Tables as Parquet, for archives and for engines that read columns. Needs pyarrow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any, Final

from web.exports.files import File
from web.exports.source import Source
from web.exports.tables import Table, told_to

GROUP: Final = 10_000  # rows that are in memory at once
TYPES: Final = {"text": "string", "integer": "int64", "date": "date32"}


class Missing(Exception):
    """The library that writes a format is not installed. Fact: how to install it."""


class Sink(io.RawIOBase):
    """Takes what a writer writes, to be handed on."""

    def __init__(self) -> None:
        """Begin empty."""
        self.taken: list[bytes] = []

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, data: Any) -> int:
        """Take some bytes."""
        self.taken.append(bytes(data))
        return len(self.taken[-1])

    def handed(self) -> bytes:
        """Return what was taken since the last time."""
        told, self.taken = b"".join(self.taken), []
        return told


def parquet(source: Source) -> Iterator[File]:
    """Yield a file for each table. Raises Missing."""
    if find_spec("pyarrow") is None:
        raise Missing("pip install 'exemplar-register[parquet]'")
    for table in told_to(source):
        yield File(f"{table.name}.parquet", _parts(table, source))


def _parts(table: Table, source: Source) -> Iterator[bytes]:
    arrow, writing, sink = import_module("pyarrow"), import_module("pyarrow.parquet"), Sink()
    columns = [
        arrow.field(
            column.name, getattr(arrow, TYPES[column.type])(), metadata={"vi": column.means}
        )
        for column in table.columns
    ]
    schema, rows = arrow.schema(columns), table.rows(source)
    with writing.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            values = [
                arrow.array(column, field.type)
                for column, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_batch(arrow.record_batch(values, schema=schema))
            yield sink.handed()
    yield sink.handed()
