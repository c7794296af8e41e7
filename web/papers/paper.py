"""A paper: what it says, whatever file it becomes (Decree 30/2020, appendix I)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

Style = Literal["heading", "lead", "body", "article", "item", "note", "center", "basis"]
NUMBER: Final = "STT"  # the column that counts rows; its numbers stand in the middle
LINE: Final = 82  # characters between the margins, in the letters of tables
Cell = str | int | date  # days are for books; papers write them out
WIDEST: Final = 40  # characters; what is longer goes on on the next line


@dataclass(frozen=True)
class Line:
    """One paragraph."""

    text: str
    style: Style = "body"


@dataclass(frozen=True)
class Grid:
    """A table: numbers are whole numbers, and stand on the right.

    One that is not `captioned` stands below a heading that says the same.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    name: str = ""
    keys: int = 1
    total: int | None = None
    captioned: bool = True

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """Return the rows, with the sum below where there is one of several."""
        if self.total is None or len(self.rows) < 2:
            return [*self.rows]
        return [*self.rows, ["Cộng", *[""] * (len(self.columns) - 2), self.total]]

    @property
    def widths(self) -> list[int]:
        """Return how wide columns are beside each other: no word is parted, long texts wrap."""
        every = [[*map(str, cells)] for cells in zip(self.columns, *self.lines, strict=True)]
        words = ([len(word) for text in cells for word in text.split()] for cells in every)
        least = [4 + max(lengths, default=0) for lengths in words]
        wanted = [min(2 + max(map(len, cells)), WIDEST) for cells in every]
        return [round(10 * wide) for wide in _shared(least, wanted, LINE)]


def _shared(least: Sequence[int], wanted: Sequence[int], whole: int) -> list[float]:
    """Return what each gets: the least, and of the rest those first who want little more."""
    given, left = [float(one) for one in least], float(max(whole - sum(least), 0))
    order = sorted(range(len(least)), key=lambda at: wanted[at] - least[at])
    for after, at in enumerate(order):
        more = min(max(wanted[at] - least[at], 0), left / (len(order) - after))
        given[at], left = given[at] + more, left - more
    return given


@dataclass(frozen=True)
class Drawing:
    """A chart, as SVG; its table follows it."""

    title: str
    svg: str


Block = Line | Grid | Drawing


@dataclass(frozen=True)
class Letterhead:
    """Who issues papers, from a day on."""

    begins: date
    parent: str
    issuer: str
    symbol: str
    locality: str
    signer: str
    confidence: str
    recipients: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """Return the issuer on two lines of about the same length."""
        return self.issuer.replace(" VÀ ", "\nVÀ ", 1)


@dataclass(frozen=True)
class Paper:
    """A paper as a whole. The number is the clerk's: until then it is left open."""

    head: Letterhead
    code: str  # BC, QĐ, TTr, BB
    kind: str  # BÁO CÁO
    subject: str
    blocks: Sequence[Block]
    day: date | None = None  # None: a draft, whose day is left open
    number: str | None = None
    to: Sequence[str] = ()
    signer: str = ""
    name: str = ""
    left: Sequence[str] = ()  # who signs on the left, where two do: as what, and the name
    recipients: Sequence[str] = field(default_factory=tuple)
    ending: str = "./."

    @property
    def numbered(self) -> str:
        """Return the number line; a blank for what only the clerk can fill in."""
        return (
            f"Số: {self.number}" if self.number else f"Số:        /{self.code}-{self.head.symbol}"
        )

    @property
    def placed(self) -> str:
        """Return place and date."""
        return f"{self.head.locality}, {in_words(self.day)}"

    @property
    def frame(self) -> dict[str, Any]:
        """Return what stands around the text, as templates of Word and of PDF ask for it."""
        return {
            "parent": self.head.parent,
            "issuer": self.head.named,
            "number": self.numbered,
            "placed": self.placed,
            "kind": self.kind,
            "subject": self.subject,
            "signer": self.signer,
            "name": self.name,
            "left": list(self.left),
            "recipients": listed(self.recipients),
        }


def in_words(day: date | None) -> str:
    """Return a day as papers write it: zeros before days below 10, and before months 1 and 2."""
    if day is None:
        return "ngày      tháng      năm      "
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def listed(lines: Sequence[str]) -> list[str]:
    """Return recipients as a list: dashes, semicolons, and a full stop at the end."""
    last = len(lines) - 1
    return [f"- {line}{'.' if at == last else ';'}" for at, line in enumerate(lines)]
