"""The list of attacks: each in words, how it is done, who must catch it, and on which database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from victim import Victim

# An attack tells the first position that it falsified, if it falsified entries.
Attack = Callable[[Victim], int | None]

ALONE, MEMORY, ELSEWHERE, LAWFUL = "database", "memory", "elsewhere", "lawful"
ORDER = (ALONE, MEMORY, ELSEWHERE, LAWFUL)
BOTH = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Attempt:
    """An attack in words, how it is done on each database, and who catches it first."""

    words: str
    attack: Attack
    caught_by: str = ALONE
    on: tuple[str, ...] = BOTH


ATTEMPTS: list[Attempt] = []


def attempt(
    words: str, caught_by: str = ALONE, on: tuple[str, ...] = BOTH
) -> Callable[[Attack], Attack]:
    """Add an attack to the list."""

    def add(attack: Attack) -> Attack:
        ATTEMPTS.append(Attempt(words, attack, caught_by, on))
        return attack

    return add


def changing(words: str, *statements: str, caught_by: str = ALONE) -> None:
    """Add an attack that is statements with the triggers out of the way."""

    def attack(victim: Victim) -> None:
        with victim.touched() as db:
            for statement in statements:
                assert db.execute(statement).rowcount != 0, statement

    attempt(words, caught_by)(attack)


def altering(
    words: str,
    sqlite: Iterable[str] = (),
    postgresql: Iterable[str] = (),
) -> None:
    """Add an attack on the structure, which each database spells in its own way."""
    spelled = {"sqlite": tuple(sqlite), "postgresql": tuple(postgresql)}

    def attack(victim: Victim) -> None:
        with victim.opened() as db:
            for statement in spelled[victim.database]:
                db.execute(statement)

    attempt(words, on=tuple(name for name in BOTH if spelled[name]))(attack)
