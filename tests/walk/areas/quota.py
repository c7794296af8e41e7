"""Quotas: who goes to a congress, who waits, and that no number is ever exceeded (R6-9)."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from walk.annals import Told
from walk.areas.programme import running
from walk.asking import (
    NEEDS,
    Ask,
    Needed,
    also,
    checks,
    names,
    need,
    no_less,
    symbols,
    there,
    unit_there,
)
from walk.views import Candidate

checks("allocate-quota", names("name"))
checks("allocate-quota change-quota", symbols("document"), no_less("total"))
checks("set-quota-line", symbols("document"), names("field"), no_less("count"))
checks("set-quota-share", symbols("document"), unit_there("unit"), no_less("count"))
checks("select-delegate place-in-reserve", there("candidate", "candidate"))
checks("close-quota", symbols("document"))
NEEDS["quota-open"] = lambda ask: running(ask.told, "QuotaAllocated", "QuotaClosed")


class Place(NamedTuple):
    """Where an exemplar counts."""

    kind: str | None
    field: str | None
    unit: str | None


class Quota:
    """The numbers and the people of a quota."""

    def __init__(self, told: Told = Told()) -> None:  # noqa: B008
        self.total = 0
        self.lines: dict[tuple[str, str | None], int] = {}
        self.shares: dict[str, int] = {}
        self.goes: dict[str, Place] = {}
        self.waits: dict[str, Place] = {}
        for fact in told:
            self.hear(fact.name, fact.data)

    def hear(self, name: str, data: dict[str, Any]) -> None:
        """Take up a fact."""
        who, count = data.get("candidate", ""), data.get("count", 0)
        if name in ("QuotaAllocated", "QuotaChanged"):
            self.total = data.get("total", 0)
        elif name == "QuotaLineSet":
            self.lines[data["kind"], data.get("field")] = count
        elif name == "QuotaShareSet":
            self.shares[data["unit"]] = count
        elif name in ("DelegateSelected", "ReservePlaced"):
            place = Place(data.get("kind"), data.get("field"), data.get("unit"))
            if name == "DelegateSelected":
                self.waits.pop(who, None)
                self.goes[who] = place
            else:
                self.waits[who] = place
        elif name == "DelegateDropped":
            self.goes.pop(who, None)
            self.waits.pop(who, None)
        elif name == "DelegateReplaced":
            self.goes.pop(who, None)
            if after := self.waits.pop(data["successor"], None):
                self.goes[data["successor"]] = after

    def kept(self) -> bool:
        """Return whether neither the total nor a line nor a unit's share is exceeded."""
        whole = max(len(self.goes), sum(self.lines.values()), sum(self.shares.values()))
        of_line = Counter((place.kind, place.field) for place in self.goes.values())
        lines = all(self.lines.get(line, 0) >= n for line, n in of_line.items())  # type: ignore
        return whole <= self.total and lines and self._shares_kept()

    def _shares_kept(self) -> bool:
        if not self.shares:
            return True
        of_unit = Counter(place.unit for place in self.goes.values())
        shared = all(of_unit[unit] <= count for unit, count in self.shares.items())
        others = sum(n for unit, n in of_unit.items() if unit not in self.shares)
        return shared and (not others or others <= self.total - sum(self.shares.values()))


def quota(ask: Ask) -> Quota:
    """Return the quota that a request is about."""
    return ask.annals.view(Quota, ask.subject)


@need("quota-kept")
def quota_kept(ask: Ask) -> Needed:
    after = Quota(ask.told)
    data = dict(ask.args) | (place(ask) if ask.name == "select-delegate" else {})
    after.hear(HEARD[ask.name], data)
    return after.kept()


HEARD = {
    "allocate-quota": "QuotaAllocated",
    "change-quota": "QuotaChanged",
    "set-quota-line": "QuotaLineSet",
    "set-quota-share": "QuotaShareSet",
    "select-delegate": "DelegateSelected",
    "replace-delegate": "DelegateReplaced",
}


@also("select-delegate", "place-in-reserve")
def place(ask: Ask) -> dict[str, Any]:
    """Return of which kind and unit a candidate is on the day."""
    found = ask.candidate(ask.args["candidate"], ask.on)
    return {"kind": found.kind, "unit": found.unit}


@need("recognized-exemplar")
def recognized_exemplar(ask: Ask) -> Needed:
    found = ask.candidate(ask.get("successor") or ask.args["candidate"], ask.on)
    return [found.found] if may_go(found) and found.person != ask.actor else False


def may_go(found: Candidate) -> bool:
    """Return whether somebody is an exemplar, and nothing is in the way."""
    known = found.found is not None and found.honoured is not None
    return known and not found.blocks and not found.suspended and not found.re_reviews


@need("delegates-recognized")
def delegates_recognized(ask: Ask) -> Needed:
    listed = (*quota(ask).goes, *quota(ask).waits)
    return all(may_go(ask.candidate(one, ask.on)) for one in listed)


@need("not-listed")
def not_listed(ask: Ask) -> Needed:
    about, now = ask.args["candidate"], quota(ask)
    return about not in now.goes and not (ask.name == "place-in-reserve" and about in now.waits)


@need("listed")
def listed(ask: Ask) -> Needed:
    return ask.args["candidate"] in {*quota(ask).goes, *quota(ask).waits}


@need("waiting")
def waiting(ask: Ask) -> Needed:
    now = quota(ask)
    return ask.args["candidate"] in now.goes and ask.args["successor"] in now.waits
