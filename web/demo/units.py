"""The units of the sample and their heads, and what became of some of them in 2025."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from domain.values import Private, Role, UnitKind
from web.demo.cast import CAST
from web.demo.people import FOUNDED, SINCE
from web.demo.stage import Stage, Step, Story, enter
from workflow.commands import (
    AppointHead,
    DescribePerson,
    GrantOffice,
    MergeUnit,
    RegisterUnit,
    RenameUnit,
    TransferCandidates,
)

ADMIN, STANDING = Role.ADMINISTRATOR, Role.STANDING_BODY
MERGED: Final = "2025-03-01"  # the department of agriculture and that of the environment
REGROUPED: Final = "2025-07-01"  # districts end, ranger stations are regrouped by areas
MERGER: Final = "04/NQ-HĐND"


class House(NamedTuple):
    """A unit: its code, name, symbol and kind, and a made-up head if it has one from the start."""

    code: str
    name: str
    kind: UnitKind
    head: str | None = None

    @property
    def id(self) -> str:
        """Return the unit's id, the same in every sample."""
        return f"unit:{self.code}"

    @property
    def chief(self) -> str:
        """Return the person who heads it."""
        return chief(self.code)


def chief(code: str) -> str:
    """Return the person who heads a unit from the start, by its code."""
    return f"person:mau-dung-dau-{code}"


# The heads of cckl and tccb have accounts, and `people` tells of them.
HOUSES: Final = (
    House("vp", "Văn phòng Sở", UnitKind.OFFICE, "Đặng Thị Thanh Huệ"),
    House("tts", "Thanh tra Sở", UnitKind.INSPECTORATE, "La Văn Vinh"),
    House("tccb", "Phòng Tổ chức cán bộ", UnitKind.DIVISION),
    House("khtc", "Phòng Kế hoạch - Tài chính", UnitKind.DIVISION, "Nguyễn Kim Ngân"),
    House("qlxd", "Phòng Quản lý xây dựng công trình", UnitKind.DIVISION, "Trần Đức Long"),
    House("cckl", "Chi cục Kiểm lâm", UnitKind.SUB_DEPARTMENT),
    House("ttbvtv", "Chi cục Trồng trọt và Bảo vệ thực vật", UnitKind.SUB_DEPARTMENT,
          "Phùng Hữu Tuấn"),
    House("cnty", "Chi cục Chăn nuôi và Thú y", UnitKind.SUB_DEPARTMENT, CAST[2].name),
    House("cctl", "Chi cục Thủy lợi", UnitKind.SUB_DEPARTMENT, "Dương Ngọc Huy"),
    House("ptnt", "Chi cục Phát triển nông thôn", UnitKind.SUB_DEPARTMENT, "Liễu Thị Đào"),
    House("qlcl", "Chi cục Quản lý chất lượng nông lâm sản và thủy sản",
          UnitKind.SUB_DEPARTMENT, "Chu Minh Hùng"),
    House("ttkn", "Trung tâm Khuyến nông", UnitKind.CENTRE, CAST[14].name),
    House("ttns", "Trung tâm Nước sạch và Vệ sinh môi trường nông thôn", UnitKind.CENTRE,
          "Lộc Quang Sơn"),
    House("ntm", "Văn phòng điều phối nông thôn mới tỉnh", UnitKind.OFFICE, "Bế Thu Lan"),
    House("hl", "Ban quản lý rừng đặc dụng Hữu Liên", UnitKind.BOARD, "Mã Thế Kiên"),
    House("bqlda", "Ban Quản lý dự án", UnitKind.BOARD, "Phạm Văn Thành"),
)  # fmt: skip
STATION: Final = House("hatkl", "Hạt Kiểm lâm khu vực Tràng Định", UnitKind.OTHER, CAST[4].name)
NEIGHBOUR: Final = House("hatvl", "Hạt Kiểm lâm khu vực Văn Lãng", UnitKind.OTHER, "Lý A Sảng")
AREA: Final = House("hatkv1", "Hạt Kiểm lâm khu vực I", UnitKind.OTHER, "Nông Văn Ước")
FINANCE: Final = House("khtc2", "Phòng Kế hoạch - Tài chính", UnitKind.DIVISION, "Vi Thị Én")
# What came from the department of natural resources and environment, as made up as the rest.
ARRIVED: Final = (
    House("qldd", "Phòng Quản lý đất đai", UnitKind.DIVISION, "Hoàng Ước"),
    House("ccmt", "Chi cục Bảo vệ môi trường", UnitKind.SUB_DEPARTMENT, "Lương Thu Hạnh"),
    House("ttqt", "Trung tâm Quan trắc tài nguyên và môi trường", UnitKind.CENTRE, "Vũ Đức Sơn"),
    House("vpdk", "Văn phòng Đăng ký đất đai", UnitKind.OFFICE, "Lê Thị Nguyệt"),
)
SAME: Final = {  # and what went into a unit of the same work
    House("vp-tnmt", "Văn phòng Sở Tài nguyên và Môi trường", UnitKind.OFFICE): "unit:vp",
    House("tts-tnmt", "Thanh tra Sở Tài nguyên và Môi trường", UnitKind.INSPECTORATE): "unit:tts",
    House("tccb-tnmt", "Phòng Tổ chức cán bộ Sở Tài nguyên và Môi trường", UnitKind.DIVISION):
        "unit:tccb",
    House("khtc-tnmt", "Phòng Kế hoạch - Tài chính Sở Tài nguyên và Môi trường",
          UnitKind.DIVISION): FINANCE.id,
}  # fmt: skip


def houses(stage: Stage) -> Story:
    """The units there are when the register is founded."""
    for house in HOUSES:
        yield _registered(house, FOUNDED, SINCE)
    yield _registered(STATION, FOUNDED, SINCE, parent="unit:cckl")
    yield _registered(NEIGHBOUR, FOUNDED, SINCE, parent="unit:cckl")


def heads(stage: Stage) -> Story:
    """Who answers for each unit, with an office to endorse and report in."""
    for house in (*HOUSES, STATION, NEIGHBOUR):
        yield from _headed(house, FOUNDED, SINCE)
    known = {"unit:cckl": Role.UNIT_HEAD, "unit:tccb": STANDING}
    for unit, role in known.items():
        yield enter(FOUNDED, AppointHead(stage.people[role]), unit, ADMIN, on=SINCE)


def merger(stage: Stage) -> Story:
    """01/3/2025: two departments become one, some units as they are, some n:1 with another."""
    for house in ARRIVED:
        yield _registered(house, MERGED, MERGED)
        yield from _headed(house, MERGED, MERGED)
    yield _registered(FINANCE, MERGED, MERGED)
    yield from _headed(FINANCE, MERGED, MERGED)
    for house, into in SAME.items():
        yield _registered(house, MERGED, MERGED)
        yield enter(MERGED, MergeUnit((into,)), house.id, STANDING, paper=MERGER)
    yield enter(MERGED, MergeUnit((FINANCE.id,)), "unit:khtc", STANDING, paper=MERGER)
    stays = TransferCandidates(FINANCE.id, (CAST[11].id,))  # titles are not inherited
    yield enter(MERGED, stays, "unit:khtc", STANDING, paper=MERGER, unmet=("transferable",))
    goes = TransferCandidates(FINANCE.id, (CAST[12].id,))
    yield enter(MERGED, goes, "unit:khtc", STANDING, paper=MERGER)
    name = "Văn phòng Sở Nông nghiệp và Môi trường"
    yield enter(MERGED, RenameUnit(name, "VP"), "unit:vp", STANDING, paper=MERGER)


def stations(stage: Stage) -> Story:
    """01/7/2025: the ranger stations of two districts become that of an area."""
    paper = "118/QĐ-SNNMT"
    yield _registered(AREA, REGROUPED, REGROUPED, parent="unit:cckl")
    yield from _headed(AREA, REGROUPED, REGROUPED)
    for house in (STATION, NEIGHBOUR):
        yield enter(REGROUPED, MergeUnit((AREA.id,)), house.id, STANDING, paper=paper)
    goes = TransferCandidates(AREA.id, (CAST[4].id,))
    yield enter(REGROUPED, goes, STATION.id, STANDING, paper=paper)


def _registered(house: House, known: str, on: str, parent: str | None = None) -> Step:
    command = RegisterUnit(house.name, house.kind, house.code.upper(), parent)
    return enter(known, command, house.id, ADMIN, on=on)


def _headed(house: House, known: str, on: str) -> Iterator[Step]:
    if house.head:
        cast = {hero.name: hero.who for hero in CAST.values()}
        described = DescribePerson(cast.get(house.head) or Private({"name": house.head}))
        yield enter(known, described, house.chief, ADMIN, on=on)
        yield enter(known, AppointHead(house.chief), house.id, ADMIN, on=on)
        office = GrantOffice(house.chief, Role.UNIT_HEAD, house.id)
        yield enter(known, office, None, ADMIN, on=on)
