"""Upkeep: in which offices something is done to the register as a whole. No rule set says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from domain.office import Office, held_by
from domain.upkeep import LogExported, RegisterRestored, SigningKeyReplaced, UpkeepEvent
from domain.values import Role
from workflow.auditing import AUDITING
from workflow.refusals import NotPermitted

ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
# What it is called, and who may.
DONE_BY: Final[Mapping[type[UpkeepEvent], tuple[str, frozenset[Role]]]] = {
    RegisterRestored: ("restore-register", ADMINISTRATORS),
    SigningKeyReplaced: ("replace-key", ADMINISTRATORS),
    LogExported: ("open-log", AUDITING),
}


def office_for(
    offices: Mapping[str, Office], actor: str, day: date, what: str, roles: Collection[Role]
) -> str:
    """Return the office by which a person may do something on a day. Raises NotPermitted."""
    for id, office in held_by(offices, actor, day).items():
        if office.role in roles:
            return id
    raise NotPermitted(what, *sorted(roles))
