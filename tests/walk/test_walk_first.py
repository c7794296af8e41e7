"""Random walks, the first half: nothing illegal is accepted, and nothing legal refused."""

from __future__ import annotations

import pytest

from walk.coverage import Coverage
from walk.halves import HALF, agreed, unseen

SEEN = Coverage()


@pytest.mark.parametrize("seed", range(0, 0 + HALF, 10))
def test_the_register_and_the_model_agree_on_every_step(seed: int) -> None:
    agreed(SEEN, range(seed, seed + 10))


def test_every_command_need_move_and_refusal_was_seen() -> None:
    assert unseen(SEEN) == []
