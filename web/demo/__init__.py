"""The sample: five years of a made-up department, told as commands that real people would give.

Whoever reads it sees every rule at work: `cast` says who the 24 candidates are, `stories` what
became of each, the other files what went on around them. Nothing is inserted from below.
"""

from __future__ import annotations

from typing import Final

from domain.values import Role
from web.demo import congress, council, movements, people, places, programme, texts, units
from web.demo.stage import Stage, tell
from web.demo.stories import STORIES

AROUND: Final = (
    units.houses,
    people.offices,
    units.heads,
    texts.texts,
    programme.programme,
    programme.acknowledged,
    programme.unit_plans,
    movements.movements,
    movements.reviews,
    council.council,
    programme.interim,
    lambda stage: programme.yearly_reports(2022),
    lambda stage: programme.yearly_reports(2023),
    lambda stage: programme.yearly_reports(2024),
    programme.inspections,
    units.merger,
    programme.conferences,
    units.stations,
    places.places,
)
AFTER: Final = (
    council.sessions,
    movements.rounds,
    places.classified,
    congress.congress,
    programme.next_cycle,
    programme.half_year,
)


def play(stage: Stage, founder: str) -> None:
    """Tell the whole sample in one transaction, on a register that has its founder only."""
    stage.people |= {player.role: player.person for player in people.PLAYERS}
    stage.people[Role.ADMINISTRATOR] = founder
    with stage.parts.register.ledger.transaction():
        tell(stage, [story(stage) for story in (*AROUND, *STORIES, *AFTER)])
