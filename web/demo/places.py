"""Places of the sample: some communes of today, a made-up list, and who is classified by it."""

from __future__ import annotations

from typing import Final

from domain.place import AreaGroup, PlaceKind
from domain.values import PositionGroup, Role
from web.demo.acts import day
from web.demo.cast import CAST, SAMPLE
from web.demo.stage import Stage, Story, enter
from web.demo.units import REGROUPED
from workflow import commands as asked

STANDING, OFFICER = Role.STANDING_BODY, Role.OFFICER
RESOLUTION: Final = "1672/NQ-UBTVQH15"
LIST: Final = "15/DM-SNNMT"  # no document lists these communes: the sample says so as its issuer
HUU_LIEN, BINH_GIA, MAU_SON = (f"place:mau-{name}" for name in ("huu-lien", "binh-gia", "mau-son"))
NAMES: Final = {HUU_LIEN: "Hữu Liên", BINH_GIA: "Bình Gia", MAU_SON: "Mẫu Sơn"}
LISTED: Final = {
    HUU_LIEN: (AreaGroup.REMOTE,),
    BINH_GIA: (AreaGroup.REMOTE, AreaGroup.ETHNIC_MINORITY),
    MAU_SON: (AreaGroup.BORDER,),
}


def places(stage: Stage) -> Story:
    """Communes that came with 01/7/2025, on lists; one is taken off a list a year later."""
    issuer = "Ủy ban Thường vụ Quốc hội"
    for place, name in NAMES.items():
        entered = asked.EnterPlace(name, PlaceKind.COMMUNE)
        yield enter(REGROUPED, entered, place, STANDING, paper=RESOLUTION, issuer=issuer)
    for place, groups in LISTED.items():
        for group in groups:
            listed = asked.ListPlace(group)
            yield enter("2025-07-15", listed, place, STANDING, paper=LIST, issuer=SAMPLE)
    off = asked.DelistPlace(AreaGroup.REMOTE)
    yield enter("2026-06-01", off, BINH_GIA, STANDING, paper=LIST, issuer=SAMPLE)


def classified(stage: Stage) -> Story:
    """Who is still open is classified by the list of the day of the achievement."""
    guards = asked.ClassifyCandidate(day("2025-08-20"), HUU_LIEN, members=12)
    yield enter("2025-08-21", guards, CAST[24].id, OFFICER)
    works = asked.ClassifyCandidate(
        day("2025-08-20"), BINH_GIA, position=PositionGroup.DIRECT_WORKER
    )
    yield enter("2025-08-22", works, CAST[22].id, OFFICER)
