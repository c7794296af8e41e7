"""Walk a million steps and more on all cores: `make walk`, with WALK="--steps 5000 --seed 7"."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from secrets import randbelow
from time import monotonic

from walk.coverage import Coverage, missing, told, wanted
from walk.regime import regimes
from walk.walking import Failed, Plan, walked

LENGTH = 2500


def main() -> int:
    """Walk, print what was seen and how fast, and return 1 if anything went wrong."""
    asked = argparse.ArgumentParser(prog="walk", description=__doc__)
    asked.add_argument("--steps", type=int, default=1_000_000, help="steps of all walks together")
    asked.add_argument("--seed", type=int, default=randbelow(10**9), help="the first walk's seed")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = asked.parse_args()
    walks = -(-given.steps // LENGTH)
    print(
        f"{walks} walks of {LENGTH} steps from seed {given.seed} on {given.jobs} cores", flush=True
    )
    began, seen, done = monotonic(), Coverage(), 0
    try:
        for found in together(given.seed, walks, given.jobs):
            seen.update(found)
            done += LENGTH
            print(f"\r{done:,} steps", end="", file=sys.stderr, flush=True)
    except Failed as failed:
        print(f"\n{failed}")
        return 1
    took = monotonic() - began
    print(f"\n{told(seen)}\n{done:,} steps in {took:.0f} s, {done / took:.0f} a second")
    print("seen least: " + ", ".join(f"{' '.join(what)} {n}" for n, what in rarest(seen)))
    never = missing(seen, regimes())
    print(f"never seen: {never}" if never else "all seen, all agreed")
    return bool(never)


def rarest(seen: Coverage, most: int = 15) -> list[tuple[int, tuple[str, ...]]]:
    """Return what was seen least of all that is to be seen, and how often."""
    return sorted((seen[what], what) for what in set(wanted(regimes())))[:most]


def together(seed: int, walks: int, jobs: int) -> Iterator[Coverage]:
    """Yield what each walk saw, made on so many cores. Raises Failed."""
    plans = [Plan(seed + n, LENGTH) for n in range(walks)]
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(walked, plans)


if __name__ == "__main__":
    sys.exit(main())
