"""`make bench`: what the register reaches on this machine, as ratios measured in one run.

Every figure comes from a process of its own, so that its peak memory is its own too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any, Final

HERE: Final = Path(__file__).parent
PROVING: Final = ("verify", "lawful", "signature", "leaves", "proof", "width")
SCRIPTS: Final = {
    "brought": "brought.py",
    "everything": "postgresql.py",
    **dict.fromkeys(PROVING, "proving.py"),
}
READING: Final = ("seek", "page", "known", "counts")


@dataclass(frozen=True)
class Line:
    """A line of the table: what was measured, what is wanted and what was reached."""

    what: str
    target: str
    reached: str
    peak: float

    def __str__(self) -> str:
        return f"| {self.what} | {self.target} | {self.reached} | {self.peak:.0f} MB |"


def begun(step: str, path: Path, candidates: int) -> subprocess.Popen[str]:
    script = HERE / SCRIPTS.get(step, "steps.py")
    words = [sys.executable, str(script), step, str(path), str(candidates)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{process.args!r} failed")
    found: dict[str, Any] = json.loads(said)
    return found


def measured(step: str, path: Path, candidates: int) -> dict[str, Any]:
    return ended(begun(step, path, candidates))


def written(folder: Path, candidates: int) -> Iterator[Line]:
    """Yield how fast entries come in, on a register of some size."""
    path, of = folder / f"{candidates}.db", f"{candidates:,} candidates"
    found = measured("command", path, candidates)
    reached = f"{found['ratio']:.2f} ({found['rate']:,.0f}/s)"
    yield Line(f"durable command ÷ raw commit, {of}", "≥ 0.5", reached, found["peak"])
    writers = [begun("writer", path, candidates) for _ in range(2)]
    spent = [ended(process) for process in writers]
    peak = max(found.pop("peak") for found in spent)
    p99 = quantiles([ms for found in spent for ms in found.values()], n=100)[98]
    yield Line(f"command, 2 processes × 4 threads, p99, {of}", "≤ 25 ms", f"{p99:.1f} ms", peak)
    found = measured("brought", folder / "brought.db", 2400)
    yield Line(
        "import of a CSV, 2,400 rows", "≥ 5,000/s", f"{found['rate']:,.0f}/s", found["peak"]
    )


def on_postgresql(folder: Path, candidates: int) -> Iterator[Line]:
    """Yield what the same store reaches on PostgreSQL."""
    found, of = measured("everything", folder, candidates), f"{candidates:,} candidates"
    peak = found["peak"]
    reached = f"{found['ratio']:.2f} ({found['rate']:,.0f}/s ÷ {found['plain']:,.0f}/s)"
    yield Line(f"PostgreSQL: command ÷ pgbench's insert, {of}", "≥ 0.25", reached, peak)
    what = "PostgreSQL: command, 2 processes × 4 threads, p99"
    yield Line(what, "≤ 25 ms", f"{found['p99']:.1f} ms", peak)
    what = "PostgreSQL: sealing, added to a command"
    yield Line(what, "≤ 120 µs", f"{found['sealing']:.0f} µs", peak)
    yield Line("PostgreSQL: signature", "≤ 150 µs", f"{found['signing']:.0f} µs", peak)
    yield Line("PostgreSQL: bytes per leaf", "≤ 180", f"{found['bytes']:.0f}", peak)


def read(folder: Path, candidates: int) -> Iterator[Line]:
    """Yield how fast a register of some size is filled, replayed and asked."""
    path, of = folder / f"{candidates}.db", f"{candidates:,} candidates"
    found = measured("bulk", path, candidates)
    yield Line(f"bulk append, {of}", "≥ 40,000/s", f"{found['rate']:,.0f}/s", found["peak"])
    found = measured("replay", path, candidates)
    yield Line(f"replay, {of}", "≥ 200,000/s", f"{found['rate']:,.0f}/s", found["peak"])
    seek, page, known, counts = (measured(step, path, candidates) for step in READING)
    reached = f"{seek['ratio']:.1f} × ({seek['us']:.1f} µs)"
    yield Line(f"candidate as of a day ÷ key seek, {of}", "≤ 5 ×", reached, seek["peak"])
    yield Line(f"page as of a day, {of}", "", f"{page['ms']:.1f} ms", page["peak"])
    reached = f"{known['ratio']:.1f} × ({known['ms']:.1f} ms)"
    yield Line(f"page as known ÷ page now, {of}", "≤ 2 ×", reached, known["peak"])
    yield Line(
        f"counts by unit and state, {of}", "≤ 100 ms", f"{counts['ms']:.1f} ms", counts["peak"]
    )


def proved(folder: Path, candidates: int) -> Iterator[Line]:
    """Yield how fast a register of some size is verified, and how fast a leaf of it is proved."""
    path, of = folder / f"{candidates}.db", f"{candidates:,} candidates"
    found = measured("verify", path, candidates)
    spent = f"{found['us']:.1f} µs of processor time, {found['ratio']:.1f} × read + SHA-256"
    reached = f"{found['rate']:,.0f}/s ({spent})"
    yield Line(f"verify, one process, {of}", "≥ 80,000/s", reached, found["peak"])
    reached = f"{found['rate_two']:,.0f}/s"
    yield Line(f"verify, --jobs 2, {of}", "nearly twice", reached, found["peak"])
    found = measured("lawful", path, candidates)
    reached = f"{found['rate']:,.0f}/s ({found['ratio']:.0f} × read + SHA-256)"
    yield Line(f"lawful, {of}", "", reached, found["peak"])
    found = measured("proof", path, candidates)
    reached = f"{found['ms']:.2f} ms of {found['entries']:,.0f} entries"
    yield Line(f"cold proof, {of}", "≤ 3 ms", reached, found["peak"])


def sealed(folder: Path, candidates: int) -> Iterator[Line]:
    """Yield what sealing costs, on a register of some size."""
    path, of = folder / f"{candidates}.db", f"{candidates:,} candidates"
    found = measured("leaves", path, candidates)
    yield Line("sealing one entry", "≤ 120 µs", f"{found['us']:.0f} µs", found["peak"])
    reached = f"{found['rate']:,.0f} leaves/s"
    yield Line("sealing in bulk", "≥ 80,000/s", reached, found["peak"])
    found = measured("width", path, candidates)
    yield Line(f"a leaf in SQLite, {of}", "≤ 120 B", f"{found['bytes']:.0f} B", found["peak"])
    found = measured("signature", path, candidates)
    reached = (
        f"{found['us']:.0f} µs ({found['wait_us']:.0f} µs of it for the disk)"
        f" beside {found['command_us']:.0f} µs of processor time"
    )
    yield Line(f"signature of a command, {of}", "≤ 150 µs", reached, found["peak"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000,10000,100000", help="candidates, by commas")
    sizes = [int(size) for size in options.parse_args().sizes.split(",")]
    print("| measured | target | reached | peak memory |\n| --- | --- | --- | --- |", flush=True)
    with TemporaryDirectory() as folder:
        for candidates in sizes:
            for line in (*read(Path(folder), candidates), *proved(Path(folder), candidates)):
                print(line, flush=True)
        for measure in (sealed, written, on_postgresql):
            for line in measure(Path(folder), sizes[min(1, len(sizes) - 1)]):
                print(line, flush=True)


if __name__ == "__main__":
    main()
