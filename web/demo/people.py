"""The officials of the sample, all made up: who holds which office, who sits in the council."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.council import Seat
from domain.values import Private, Role
from web.demo.stage import Stage, Step, Story, enter
from workflow.commands import DescribePerson, GrantOffice

FOUNDED: Final = "2021-11-08"
SINCE: Final = "2021-01-01"
DOMAIN: Final = "sodienhinh.example"


class Player(NamedTuple):
    """A made-up person of the demo with an account."""

    role: Role
    name: str
    email: str
    unit: str | None = None

    @property
    def person(self) -> str:
        """Return the person's id, the same in every sample; the founder's is another."""
        return f"person:mau-{self.role}"


FOUNDER: Final = Player(Role.ADMINISTRATOR, "Đỗ Minh Quân", f"quan-tri@{DOMAIN}")
PLAYERS: Final = (
    Player(Role.OFFICER, "Lê Thu Hà", f"phu-trach@{DOMAIN}"),
    Player(Role.UNIT_HEAD, "Nguyễn Văn Lâm", f"don-vi@{DOMAIN}", "unit:cckl"),
    Player(Role.REVIEWER, "Trần Thị Mai", f"chuyen-vien@{DOMAIN}"),
    Player(Role.STANDING_BODY, "Phạm Quốc Tuấn", f"to-chuc@{DOMAIN}"),
    Player(Role.DIRECTOR, "Hoàng Đức Thịnh", f"giam-doc@{DOMAIN}"),
    Player(Role.COUNCIL, "Vũ Ngọc Ánh", f"hoi-dong@{DOMAIN}"),
    Player(Role.AUDITOR, "Bùi Thanh Sơn", f"kiem-toan@{DOMAIN}"),
)

# The others who sit in the council; the director presides, the standing body keeps the minutes.
VICE_DIRECTOR: Final = "person:mau-pho-giam-doc"
UNION: Final = "person:mau-cong-doan"
YOUTH: Final = "person:mau-doan-thanh-nien"
INSPECTOR: Final = "person:mau-thanh-tra"
PLANNER: Final = "person:mau-ke-hoach"
BUILDER: Final = "person:mau-xay-dung"
WATER: Final = "person:mau-thuy-loi"
OTHERS: Final = {
    VICE_DIRECTOR: ("Lành Thị Kim Liên", Seat.VICE_CHAIR),
    UNION: ("Tô Hữu Phúc", Seat.VICE_CHAIR),
    YOUTH: ("Bàn Văn Khánh", Seat.MEMBER),
    INSPECTOR: ("Lăng Thế Dũng", Seat.MEMBER),
    PLANNER: ("Hứa Thị Bích Yến", Seat.MEMBER),
    BUILDER: ("Triệu Quang Đạt", Seat.MEMBER),
    WATER: ("Vũ Minh Toàn", Seat.MEMBER),
}


def offices(stage: Stage) -> Story:
    """Everybody with an account, each with an office; and the others of the council."""
    for player in PLAYERS:
        yield _described(player.person, player.name)
        command = GrantOffice(player.person, player.role, player.unit)
        yield enter(FOUNDED, command, None, Role.ADMINISTRATOR, on=SINCE)
    for person, (name, _) in OTHERS.items():
        yield _described(person, name)


def _described(person: str, name: str) -> Step:
    command = DescribePerson(Private({"name": name}))
    return enter(FOUNDED, command, person, Role.ADMINISTRATOR, on=SINCE)
