"""The minutes of a session, line by line; a secret ballot names nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from domain.council import Council, Seat
from domain.session import Item, Session, Tally
from web.languages import SOURCE, _, chosen
from web.words.days import day, share
from web.words.labels import label

Naming = Callable[[str], str]
PRESIDING = (Seat.CHAIR, Seat.VICE_CHAIR)
NOTHING: Final[Mapping[int, Any]] = MappingProxyType({})


class Recount(NamedTuple):
    """When ballots were counted again, by which paper, and what had been counted before."""

    on: date
    paper: str
    before: str


class Beside(NamedTuple):
    """What minutes say besides the state of a session: words of the vault, and counts again."""

    place: str
    questions: Mapping[int, str] = NOTHING
    recounts: Mapping[int, Recount] = NOTHING


class Minutes(NamedTuple):
    """Minutes line by line, and who signs them."""

    lines: list[str]
    secretary: str
    chair: str


def minutes(session: Session, council: Council, naming: Naming, beside: Beside) -> Minutes:
    """Return the minutes; `naming` tells what people and candidates are called."""
    assert session.held_on, "a session was called for a day"
    seats, order = council.in_office(session.held_on), list(Seat)
    held, here = day(session.held_on), {"here": len(session.present), "all": session.in_office}
    chair = _first(session, seats, naming, PRESIDING)
    secretary = _first(session, seats, naming, (Seat.SECRETARY,))
    present = sorted(filter(seats.get, session.present), key=lambda p: order.index(seats[p]))
    absent = ", ".join(map(naming, session.absent)) or _("không")
    agenda = sorted(session.items, key=lambda item: item.number)
    lines = [
        _("BIÊN BẢN HỌP %(council)s", council=(council.name or "").upper()),
        _("Ngày họp: %(day)s. Địa điểm: %(place)s.", day=held, place=beside.place),
        _("Chủ tọa: %(name)s.", name=chair),
        _("Thư ký: %(name)s.", name=secretary),
        _("Có mặt %(here)s/%(all)s thành viên:", **here),
        *(f"- {naming(p)}, {label(seats[p])}" for p in present),
        _("Vắng mặt: %(names)s.", names=absent),
        _("Khách mời: %(guests)s.", guests=session.guests),
        *_named(_("Ban kiểm phiếu: %(names)s."), session.committee, naming),
        *(line for item in agenda for line in _item(item, naming, beside)),
    ]
    return Minutes(lines, secretary, chair)


def _first(
    session: Session, seats: dict[str, Seat], naming: Naming, wanted: tuple[Seat, ...]
) -> str:
    """Return the name of the first who was present in one of these seats."""
    here = (person for seat in wanted for person in session.present if seats.get(person) is seat)
    return next(map(naming, here), _("không có"))


def _named(line: str, people: tuple[str, ...], naming: Naming) -> Iterator[str]:
    if people:
        yield line % {"names": ", ".join(map(naming, people))}


def _item(item: Item, naming: Naming, beside: Beside) -> Iterator[str]:
    about = naming(item.candidate) if item.candidate else beside.questions.get(item.number)
    told = f"{label(item.matter)}: {about}" if about else label(item.matter)
    yield f"{item.number}. {told}".rstrip(".") + "."
    yield from _named(_("Gửi phiếu bằng văn bản: %(names)s."), item.written, naming)
    if item.dropped:
        yield _("Để lại, không biểu quyết.")
    elif item.tally:
        yield from _voted(item, item.tally, naming)
    if again := beside.recounts.get(item.number):
        counted = {"day": day(again.on), "paper": again.paper, "before": again.before}
        yield _(
            "Kiểm phiếu lại ngày %(day)s (%(paper)s); trước đó ghi %(before)s đồng ý.", **counted
        )


def _voted(item: Item, tally: Tally, naming: Naming) -> Iterator[str]:
    yield from _named(_("Không biểu quyết: %(names)s."), tally.excluded, naming)
    told = {
        "yes": f"{tally.votes_for}/{tally.base} ({_percent(tally)})",
        "no": tally.votes_against,
        "others": tally.others,
    }
    if tally.secret:
        yield _(
            "Bỏ phiếu kín: đồng ý %(yes)s, không đồng ý %(no)s, không hợp lệ %(others)s.", **told
        )
    else:
        yield _("Biểu quyết: đồng ý %(yes)s, không đồng ý %(no)s, trắng %(others)s.", **told)
    if tally.tied and item.chair_favours:
        yield _("Số phiếu ngang nhau; chủ tịch đồng ý.")
    elif tally.tied and item.chair_favours is not None:
        yield _("Số phiếu ngang nhau; chủ tịch không đồng ý.")
    if item.passed:
        yield _("Kết luận: thông qua (mức %(share)s).", share=share(tally.threshold))
    else:
        yield _("Kết luận: không thông qua (mức %(share)s).", share=share(tally.threshold))


def _percent(tally: Tally) -> str:
    """Return a share to one decimal, for reading only: nothing is decided by it."""
    tenths = (2000 * tally.votes_for + tally.base) // (2 * tally.base) if tally.base else 0
    mark = "," if chosen() == SOURCE else "."
    return f"{tenths // 10}{mark}{tenths % 10} %"
