"""The minutes of a session in Vietnamese, line by line; a secret ballot names nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.council import Council, Seat
from domain.session import Item, Session, Tally
from web.words.council import LABELS

Naming = Callable[[str], str]
PRESIDING = (Seat.CHAIR, Seat.VICE_CHAIR)


def minutes(session: Session, council: Council, naming: Naming, place: str) -> list[str]:
    """Return the lines of the minutes; `naming` tells what people and candidates are called."""
    assert session.held_on, "a session was called for a day"
    seats = council.in_office(session.held_on)
    return [
        f"BIÊN BẢN HỌP {(council.name or '').upper()}",
        f"Ngày họp: {session.held_on:%d/%m/%Y}. Địa điểm: {place}.",
        f"Chủ tọa: {_first(session, seats, naming, PRESIDING)}.",
        f"Thư ký: {_first(session, seats, naming, (Seat.SECRETARY,))}.",
        f"Có mặt {len(session.present)}/{session.in_office} thành viên:",
        *(f"- {naming(p)}, {LABELS[seats[p]]}" for p in session.present if p in seats),
        f"Vắng mặt: {', '.join(map(naming, session.absent)) or 'không'}.",
        f"Khách mời: {session.guests}.",
        *(line for item in session.items for line in _item(item, naming)),
    ]


def _first(
    session: Session, seats: dict[str, Seat], naming: Naming, wanted: tuple[Seat, ...]
) -> str:
    """Return the name of the first who was present in one of these seats."""
    here = (person for seat in wanted for person in session.present if seats.get(person) is seat)
    return next(map(naming, here), "không có")


def _item(item: Item, naming: Naming) -> Iterator[str]:
    about = f": {naming(item.candidate)}" if item.candidate else ""
    yield f"{item.number}. {LABELS[item.matter]}{about}."
    if item.dropped:
        yield "Để lại, không biểu quyết."
    elif item.tally:
        yield from _voted(item, item.tally, naming)


def _voted(item: Item, tally: Tally, naming: Naming) -> Iterator[str]:
    if tally.excluded:
        yield f"Không biểu quyết: {', '.join(map(naming, tally.excluded))}."
    way, rest = ("Bỏ phiếu kín", "không hợp lệ") if tally.secret else ("Biểu quyết", "trắng")
    yield (
        f"{way}: đồng ý {tally.votes_for}/{tally.base} ({_percent(tally)}), "
        f"không đồng ý {tally.votes_against}, {rest} {tally.others}."
    )
    if tally.tied and item.chair_favours is not None:
        opinion = "đồng ý" if item.chair_favours else "không đồng ý"
        yield f"Số phiếu ngang nhau; chủ tịch {opinion}."
    yield f"Kết luận: {'thông qua' if item.passed else 'không thông qua'} (mức {tally.threshold})."


def _percent(tally: Tally) -> str:
    """Return a share to one decimal, for reading only: nothing is decided by it."""
    tenths = (2000 * tally.votes_for + tally.base) // (2 * tally.base) if tally.base else 0
    return f"{tenths // 10},{tenths % 10} %"
