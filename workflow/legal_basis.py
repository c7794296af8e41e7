"""The legal basis: which cited texts were not in force when a document was made (R0-2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.legal_text import LegalText
from domain.values import Basis
from domain.vietnamese import spelling


def not_in_force(
    texts: Iterable[LegalText], basis: Iterable[Basis], on: date
) -> list[tuple[Basis, LegalText]]:
    """Return cited texts, of those registered, that were not in force on a document's day.

    What is not in the register is not judged: most papers cited are no legal texts.
    """
    known: dict[str, list[LegalText]] = {}
    for text in texts:
        if text.text:
            known.setdefault(spelling(text.text.symbol), []).append(text)
    cited = [(paper, known.get(spelling(paper.symbol), [])) for paper in basis]
    return [
        (paper, found[-1])
        for paper, found in cited
        if found and not any(text.in_force(on) for text in found)
    ]
