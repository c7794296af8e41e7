"""Revocation: titles taken back and given again, and what has to be returned (Law 06/2022, 93)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from domain.entry import Entry, Said, said
from domain.values import Authority, RevocationGround, Sealed, Title, changed

Honour = tuple[Title, int] | None  # a title of a year; None is the recognition


@dataclass(frozen=True, slots=True)
class TitleRevoked:
    """Whoever granted a title cancelled it by a decision of the effective day (93.2, 93.8).

    `money` in đồng and `objects` are to be returned; no amount means that nobody knows it yet.
    """

    title: Title
    year: int
    ground: RevocationGround
    decision: str
    reason: Sealed
    authority: Authority | None = None
    money: int | None = None
    objects: Sealed | None = None


@dataclass(frozen=True, slots=True)
class TitleRestored:
    """A decision gave a title back."""

    title: Title
    year: int
    decision: str
    reason: Sealed


@dataclass(frozen=True, slots=True)
class RewardReturned:
    """Some of what has to be returned came back, as a document shows."""

    document: str
    money: int = 0
    objects: Sealed | None = None


RevocationEvent = TitleRevoked | TitleRestored | RewardReturned


@dataclass(frozen=True)
class Owed:
    """What has to be returned for an honour that was taken back."""

    honour: Honour
    money: int | None
    objects: Sealed | None
    since: Said


@dataclass(frozen=True)
class Recovery:
    """What has to be returned, and what came back."""

    owed: tuple[Owed, ...] = ()
    returned: int = 0
    returns: tuple[Said, ...] = ()

    @property
    def outstanding(self) -> int:
        """Return how much money is still to be returned, as far as amounts are known."""
        return sum(one.money or 0 for one in self.owed) - self.returned

    def owing(self, owed: Owed) -> Recovery:
        """Return it with more to be returned."""
        return changed(self, owed=(*self.owed, owed))

    def freed(self, honour: Honour) -> Recovery:
        """Return it with nothing to be returned for an honour that was given back."""
        return changed(self, owed=tuple(one for one in self.owed if one.honour != honour))


def recovered(was: Recovery, event: RevocationEvent, entry: Entry) -> Recovery:
    """Return what has to be returned after an entry."""
    made = said(entry)
    match event:
        case TitleRevoked(title, year, money=money, objects=objects):
            return was.owing(Owed((title, year), money, objects, made))
        case TitleRestored(title, year):
            return was.freed((title, year))
        case RewardReturned(_, money):
            told = {"returned": was.returned + money, "returns": (*was.returns, made)}
            return changed(was, **told)
        case _:
            assert_never(event)
