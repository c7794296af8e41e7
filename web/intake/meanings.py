"""Cells that hold one or more of the known words: what they mean, or Unfit."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from domain.values import CandidateKind, Outcome, PersonKind, PriorityGroup, Rating, Title
from domain.vietnamese import tidy
from web.intake import words
from web.intake.cells import FIRST_YEAR, NAME_LIMIT, TEXT_LIMIT, Unfit, text
from web.intake.tables import Cell
from web.intake.words import Words
from web.languages import _

T = TypeVar("T")
Honours = tuple[tuple[tuple[Title, int], ...], tuple[tuple[Rating, int], ...]]

_HONOUR: Final = re.compile(r"(.*?)[ (-]*(?:năm )?([0-9]{4})\)?")

_KINDS: Final = Words(words.KINDS)
_SEXES: Final = Words(words.SEXES)
_PERSON_KINDS: Final = Words(words.PERSON_KINDS)
_PRIORITIES: Final = Words(words.PRIORITIES, words.OTHER_PRIORITIES)
_OUTCOMES: Final = Words(words.OUTCOMES)
_HONOURS: Final = Words(words.HONOURS, words.OTHER_HONOURS)


def kind(cell: Cell) -> CandidateKind | None:
    """Return the kind of a candidate."""
    return _one(cell, _KINDS)


def sex(cell: Cell) -> str | None:
    """Return a person's sex, as the page writes it."""
    return _one(cell, _SEXES)


def person_kind(cell: Cell) -> PersonKind | None:
    """Return which criteria a person is measured by."""
    return _one(cell, _PERSON_KINDS)


def outcome(cell: Cell) -> Outcome | None:
    """Return how a candidacy ended."""
    return _one(cell, _OUTCOMES)


def _one(cell: Cell, known: Words[T]) -> T | None:
    said = text(cell, NAME_LIMIT)
    if said is None:
        return None
    found = known.meaning(said)
    if found is None:
        raise Unfit(_("Ghi một trong: %(choices)s.", choices=known.choices))
    return found


@lru_cache(maxsize=4096, typed=True)
def priorities(cell: Cell) -> tuple[PriorityGroup, ...]:
    """Return the priority groups; `;` or `,` parts them, though some names hold a comma."""
    found: list[PriorityGroup] = []
    for part in (text(cell, TEXT_LIMIT) or "").split(";"):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        while pieces:
            group, used = _longest(pieces)
            found.append(group)
            del pieces[:used]
    return tuple(dict.fromkeys(found))


def _longest(pieces: list[str]) -> tuple[PriorityGroup, int]:
    """Return the group that most of the leading pieces spell, and how many those are."""
    for used in range(min(len(pieces), 2), 0, -1):
        if group := _PRIORITIES.meaning(", ".join(pieces[:used])):
            return group, used
    told = {"said": pieces[0][:60], "choices": _PRIORITIES.choices}
    raise Unfit(_("Không có nhóm “%(said)s”. Ghi một hoặc nhiều: %(choices)s.", **told))


@lru_cache(maxsize=4096, typed=True)
def honours(cell: Cell, today: date) -> Honours:
    """Return titles and ratings with their years, such as `CSTĐCS 2022; HTXSNV 2023`."""
    said = text(cell, TEXT_LIMIT) or ""
    parts = [tidy(part) for part in re.split(r"[;,]", said)]
    every = dict.fromkeys(_honour(part, today) for part in parts if part)
    ratings = tuple((what, of) for what, of in every if isinstance(what, Rating))
    if len({of for _, of in ratings}) < len(ratings):
        raise Unfit(_("Mỗi năm chỉ có một mức xếp loại. Giữ lại một mức cho năm bị ghi hai lần."))
    return tuple((what, of) for what, of in every if isinstance(what, Title)), ratings


def _honour(part: str, today: date) -> tuple[Title | Rating, int]:
    match = _HONOUR.fullmatch(part)
    what = _HONOURS.meaning(match[1]) if match else None
    if match is None or what is None:
        raise Unfit(
            _(
                "Không hiểu “%(said)s”. Ghi danh hiệu và năm, cách nhau bằng dấu chấm phẩy, "
                "ví dụ “CSTĐCS 2022; HTXSNV 2023”. Các danh hiệu: %(choices)s.",
                said=part[:60],
                choices=_HONOURS.choices,
            )
        )
    # A title of next year is remarked on, not refused: units write down what they aim for.
    if not FIRST_YEAR <= int(match[2]) <= today.year + 1:
        told = {"said": part[:60], "first": FIRST_YEAR, "last": today.year}
        raise Unfit(_("Năm của “%(said)s” phải từ %(first)s đến %(last)s.", **told))
    return what, int(match[2])
