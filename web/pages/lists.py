"""Lists: the subjects of a kind, line by line, with what is worth a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from domain.calendar import CALENDAR
from domain.complaint import Complaint
from domain.office import held_by
from domain.vietnamese import name_order, order
from web.languages import Later, _
from web.pages.choosing import own_people
from web.pages.frame import names, when
from web.pages.naming import called, states, titled
from web.pages.register import standing
from web.words import days, report
from web.words.labels import label


class Row(NamedTuple):
    """One subject in a list."""

    subject: str
    name: str
    note: str
    cells: list[Any]


ALONE: Final[Mapping[str, Callable[[], str | None]]] = {
    "calendar": lambda: CALENDAR if CALENDAR in states("calendar") else None,
    "council": lambda: (
        next(iter(states("council")), None) if len(states("council")) == 1 else None
    ),
}
BY_NAME: Final = ("unit", "person", "office", "movement", "place")
LATEST: Final[Mapping[str, Callable[[Any], date | None]]] = {  # what is at hand comes first
    "session": lambda session: session.held_on,
    "obligation": lambda paper: paper.first,
    "report": lambda report: report.draft.on,
    "complaint": lambda letter: letter.received.on,
    "programme": lambda plan: plan.begins,
}
GROUPS: Final = (
    ("programme", "obligation", "movement", "round", "quota", "report"),
    ("council", "session"),
    ("unit", "person", "office"),
    ("text", "calendar", "rule-set", "place"),
)
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "unit": (Later("Loại"), Later("Người đứng đầu"), Later("Ứng viên")),
    "person": (Later("Chức trách"),),
    "office": (Later("Từ ngày"), Later("Đến ngày")),
    "programme": (Later("Từ ngày"), Later("Đến ngày"), Later("Trạng thái")),
    "obligation": (Later("Hạn"), Later("Trạng thái")),
    "movement": (Later("Loại"), Later("Từ ngày"), Later("Trạng thái")),
    "round": (Later("Dịp"), Later("Đã chọn"), Later("Trạng thái")),
    "report": (Later("Số"), Later("Số liệu tại ngày"), Later("Trạng thái")),
    "quota": (Later("Chỉ tiêu"), Later("Đã chọn"), Later("Trạng thái")),
    "council": (Later("Quyết định"), Later("Thành viên")),
    "session": (Later("Nội dung"), Later("Trạng thái")),
    "complaint": (Later("Ứng viên"), Later("Hạn"), Later("Trạng thái")),
    "text": (Later("Trích yếu"), Later("Hiệu lực từ")),
    "place": (Later("Loại"), Later("Từ ngày"), Later("Địa bàn ưu tiên")),
}


def tabs(kind: str) -> tuple[str, ...]:
    """Return the kinds that are shown side by side with a kind."""
    return next((group for group in GROUPS if kind in group), (kind,))


def people() -> dict[str, Any]:
    """Return the people who are here in their own right."""
    return dict.fromkeys(own_people())


class Filter(NamedTuple):
    """What a list is narrowed by: what stands for all, and a value with its words for each."""

    every: str
    of: dict[str, tuple[str, str]]

    def narrowed(self, every: Mapping[str, Any], value: str) -> dict[str, Any]:
        """Return the subjects of which this is so."""
        return {id: state for id, state in every.items() if self.of[id][0] == value}

    def choices(self) -> tuple[str, list[tuple[str, str]]]:
        """Return what there is to choose from, by its words."""
        return self.every, sorted({*self.of.values()}, key=lambda one: (order(one[1]), one[0]))


def filters(kind: str, every: Mapping[str, Any]) -> dict[str, Filter]:
    """Return what a list can be narrowed by, by name."""
    return _obligations_by(every) if every and kind == "obligation" else {}


def rows(kind: str, every: Mapping[str, Any]) -> list[Row]:
    """Return the lines of a list."""
    cells = CELLS.get(kind)
    known = cells(every) if cells else {id: [] for id in every}
    named = called(every) if kind == "person" else titled(every)
    told = [Row(id, named[id], _note(kind, every[id]), known[id]) for id in every]
    if kind in BY_NAME:
        by = name_order if kind == "person" else order
        return sorted(told, key=lambda row: by(row.name))
    if day_of := LATEST.get(kind):
        told.sort(key=lambda row: str(day_of(every[row.subject]) or ""), reverse=True)
    return told


def _note(kind: str, state: Any) -> str:
    if kind == "unit" and state.merged_on:
        return _("đã sáp nhập %(day)s", day=days.day(state.merged_on))
    return str(getattr(state, "symbol", None) or getattr(state, "heading", None) or "")


def _running(state: Any) -> str:
    return _("đang mở") if state.running else _("đã kết thúc")


def _day(value: Any) -> str:
    return days.day(value) if value else ""


def _units(every: Mapping[str, Any]) -> dict[str, list[Any]]:
    heads = names(unit.head for unit in every.values() if unit.head)
    counted = standing().by_unit()
    return {
        id: [label(u.kind), heads.get(u.head or "", ""), sum(counted.get(id, {}).values())]
        for id, u in every.items()
    }


def _people(every: Mapping[str, Any]) -> dict[str, list[Any]]:
    offices = states("office")
    return {
        id: [", ".join(label(o.role) for o in held_by(offices, id, when().on).values())]
        for id in every
    }


def _complaints(every: Mapping[str, Any]) -> dict[str, list[Any]]:
    about = called(letter.candidate for letter in every.values())
    return {
        id: [
            about[letter.candidate],
            "" if letter.closed else _day(letter.until),
            _settled(letter),
        ]
        for id, letter in every.items()
    }


def _settled(letter: Complaint) -> str:
    if letter.closed:
        return _("đã kết thúc")
    if letter.anonymous:
        return _("nặc danh, không giải quyết")
    return _("đang giải quyết") if letter.running else _("chờ thụ lý")


def _obligations(every: Mapping[str, Any]) -> dict[str, list[Any]]:
    plans = states("programme")
    due = {id: plans[o.programme].duties[o.duty].deadline for id, o in every.items()}
    return {id: [_day(due[id]), label(o.status)] for id, o in every.items()}


def _obligations_by(every: Mapping[str, Any]) -> dict[str, Filter]:
    plans, units = states("programme"), states("unit")
    laid = {id: plans[o.programme].duties[o.duty] for id, o in every.items()}
    late = {True: ("late", _("Trễ hạn")), False: ("on-time", _("Đúng hạn"))}
    by: dict[str, tuple[str, Callable[[Any, Any], tuple[str, str]]]] = {
        "unit": (_("Mọi đơn vị"), lambda o, _duty: (o.unit, units[o.unit].name)),
        "duty": (_("Mọi loại"), lambda _o, duty: (str(duty.kind), label(duty.kind))),
        "status": (_("Mọi trạng thái"), lambda o, _duty: (str(o.status), label(o.status))),
        "in-time": (_("Sớm hay muộn"), lambda o, duty: late[o.first > duty.deadline]),
    }
    return {
        name: Filter(all_, {id: told(o, laid[id]) for id, o in every.items()})
        for name, (all_, told) in by.items()
    }


CELLS: Final[Mapping[str, Callable[[Mapping[str, Any]], dict[str, list[Any]]]]] = {
    "unit": _units,
    "person": _people,
    "obligation": _obligations,
    "complaint": _complaints,
    "office": lambda every: {
        id: [_day(o.since), _day(o.ended or o.until)] for id, o in every.items()
    },
    "programme": lambda every: {
        id: [_day(p.begins), _day(p.ends), _running(p) if p.opened else _("dự thảo")]
        for id, p in every.items()
    },
    "movement": lambda every: {
        id: [label(m.launched.kind), _day(m.launched.begins), _running(m)]
        for id, m in every.items()
    },
    "round": lambda every: {
        id: [label(r.occasion), len(r.selected), _running(r)] for id, r in every.items()
    },
    "report": lambda every: {
        id: [r.number or "", _day(r.draft.on), report.status(r)] for id, r in every.items()
    },
    "quota": lambda every: {
        id: [q.total, len(q.delegates), _running(q)] for id, q in every.items()
    },
    "council": lambda every: {
        id: [c.decision or "", len(c.in_office(when().on))] for id, c in every.items()
    },
    "session": lambda every: {
        id: [len(s.items), _("đã kết thúc") if s.closed else _("đang mở")]
        for id, s in every.items()
    },
    "place": lambda every: {
        id: [label(p.kind), _day(p.begins), ", ".join(map(label, p.groups_on(when().on)))]
        for id, p in every.items()
    },
    "text": lambda every: {id: [t.text.name, _day(t.text.begins)] for id, t in every.items()},
}
