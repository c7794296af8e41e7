"""The legal basis: which cited texts were not in force when a document was made (R0-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from domain.legal_text import LegalText
from domain.values import Basis
from domain.vietnamese import spelling


def not_in_force(
    texts: Mapping[str, LegalText], basis: Iterable[Basis], on: date
) -> list[tuple[Basis, LegalText]]:
    """Return cited texts, of those registered, that were not in force on a document's day.

    What is not in the register is not judged: most papers cited are no legal texts.
    """
    known = {spelling(t.text.symbol): t for t in texts.values() if t.text}
    cited = [(paper, known.get(spelling(paper.symbol))) for paper in basis]
    return [(paper, text) for paper, text in cited if text and not text.in_force(on)]
