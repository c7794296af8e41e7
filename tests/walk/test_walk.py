"""Random walks: nothing illegal is accepted, and nothing legal refused."""

from __future__ import annotations

from typing import Final

import pytest

from walk.coverage import Coverage, missing
from walk.walking import Plan, rules_of, walked

WALKS: Final = 40  # of 2,500 steps: 100,000 together; `make walk` makes a million, by new seeds
LEAST: Final = 1  # how often anything is to be seen
SEEN: Final = Coverage()


@pytest.mark.parametrize("seed", range(0, WALKS, 10))
def test_the_register_and_the_model_agree_on_every_step(seed: int) -> None:
    for one in range(seed, seed + 10):
        SEEN.update(walked(Plan(one)))


def test_every_command_need_move_and_refusal_was_seen() -> None:
    assert missing(SEEN, rules_of(Plan(0).folder)[1], LEAST) == []
