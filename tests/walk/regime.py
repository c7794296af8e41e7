"""The rules as the model reads them: straight from the files, with no code of `workflow`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import workflow

FOLDER = Path(workflow.__file__).parent / "rule_sets"
STATES = ("discover", "nurture", "summarize", "replicate")


class Regime:
    """One rule set. `name` is how entries cite it."""

    def __init__(self, text: dict[str, Any], name: str = "") -> None:
        self.text, self.id, self.name = text, text["id"], name or text["id"]
        self.since, self.draft = day(text["from"]), text.get("draft", False)
        self.terms, self.yearly = text["terms"], text["yearly"]

    @cached_property
    def moves(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the moves by name and state."""
        return {(m["move"], state): m for m in self.text["moves"] for state in m["from"]}

    def moves_from(self, state: str | None) -> set[str]:
        """Return the moves there are from a state."""
        return {move for move, source in self.moves if source == state}

    def permission(self, command: str) -> dict[str, Any]:
        """Return who may give a command, and what it needs."""
        found: dict[str, Any] = self.text["commands"][command]
        return found

    def criteria(self, measure: str | None) -> dict[str, bool]:
        """Return the criteria of a kind of candidate, each with whether it is hard."""
        return {
            one["code"]: one.get("hard", False)
            for one in self.text["criteria"]
            if measure in one["applies"]
        }


def day(value: Any) -> date:
    """Return a day that TOML has read as one, and JSON as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def regimes(folder: Path = FOLDER) -> list[Regime]:
    """Return the rule sets of a folder, oldest first."""
    return sorted(
        (Regime(_whole(folder, file)) for file in folder.glob("[0-9]*.toml")),
        key=lambda regime: regime.since,
    )


def former(edition: int, folder: Path = FOLDER) -> list[Regime]:
    """Return the rule sets of an earlier edition; what they do not say is as it is today."""
    now = regimes(folder)[-1].text
    found = []
    for file in (folder / "former" / str(edition)).glob("*.json"):
        text = json.loads(file.read_text("utf-8"))
        text["terms"] = now["terms"] | text.get("terms", {})
        found.append(Regime(text, file.stem))
    return sorted(found, key=lambda regime: regime.since)


def on(sets: Iterable[Regime], when: date, confirmed: Iterable[str]) -> Regime:
    """Return the rule set of a day; a draft counts once its very text was confirmed."""
    counting = [one for one in sets if not one.draft or one.name in confirmed]
    begun = [one for one in counting if one.since <= when]
    return begun[-1] if begun else counting[0]


def _whole(folder: Path, file: Path) -> dict[str, Any]:
    """Return a rule set with its plan and the parts of the plan filled in."""
    own = tomllib.loads(file.read_text("utf-8"))
    plan = tomllib.loads((folder / f"{own['plan']}.toml").read_text("utf-8"))
    for part in plan.pop("parts", ()):
        for key, value in tomllib.loads((folder / f"{part}.toml").read_text("utf-8")).items():
            if isinstance(value, list):
                plan.setdefault(key, []).extend(value)
            else:
                plan.setdefault(key, {}).update(value)
    return plan | own
