"""Discretion: to whom candidates that were turned down are known by name (A-23).

They are as they stand now, whatever day is looked at: what ended badly is not told of the days
before either.
"""

from __future__ import annotations

from typing import Final

from domain.office import held_by
from domain.unit import predecessors
from domain.veil import Veil
from workflow.refusals import NotPermitted
from workflow.register import Register

SEE: Final = "see-turned-down"


def veil(register: Register, actor: str, office: str | None = None) -> Veil | None:
    """Return whom a person may not know by name in one office or any; None for nobody."""
    terms = register.in_force(register.today()).text.terms.turned_down
    held = held_by(register.offices(), actor, register.today()).items()
    seeing = [o for id, o in held if o.role in terms.named_to and office in (None, id)]
    if not terms.outcomes or any(o.unit is None for o in seeing):
        return None
    own = {o.unit for o in seeing if o.unit}
    became = {id for unit in own for id in predecessors(register.units(), unit)}
    return Veil(terms.outcomes, frozenset(own | became))


def not_named(register: Register) -> NotPermitted:
    """Return the refusal of whoever asks for a candidate that is not named to them."""
    terms = register.in_force(register.today()).text.terms.turned_down
    return NotPermitted(SEE, *terms.named_to)


def own_right(register: Register) -> set[str]:
    """Return the people known for what they are here: in office, heads, council members."""
    found = {office.person for office in register.offices().values()}
    found |= {unit.head for unit in register.units().values()}
    found |= {m.person for c in register.all("council").values() for m in c.members}
    return {one for one in found if one}
