"""Papers as PDF/A, with their fonts embedded and their data attached."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from web.papers.paper import NUMBER, Block, Drawing, Grid, Line, Paper
from web.reports.verify import ATTACHED

KIND: Final = "application/pdf"
HERE: Final = Path(__file__).parent
FONTS: Final = HERE / "fonts"  # Tinos, as wide as Times New Roman
STANDARD: Final = "a-3b"  # the one that allows data beside the text


def render(paper: Paper, attached: bytes | None = None) -> bytes:
    """Return a paper as PDF/A-3b; the same paper is the same bytes."""
    with TemporaryDirectory(prefix="exemplar-") as name:
        folder = Path(name)
        (folder / "paper.typ").write_bytes((HERE / "paper.typ").read_bytes())
        blocks = [_block(folder, at, block) for at, block in enumerate(paper.blocks)]
        more = {"to": list(paper.to), "attached": ATTACHED if attached else None}
        told = {**paper.frame, **more, "blocks": blocks}
        (folder / "paper.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        if attached:
            (folder / ATTACHED).write_bytes(attached)
        made: bytes = typst.compile(
            str(folder / "paper.typ"),
            root=name,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARD,
            timestamp=datetime.combine(paper.day or paper.head.begins, time(), UTC),
        )
        return made


def _block(folder: Path, at: int, block: Block) -> dict[str, Any]:
    match block:
        case Line():
            return {"is": "line", **asdict(block)}
        case Grid():
            counted = bool(block.columns) and block.columns[0] == NUMBER
            told = {"lines": block.lines, "widths": block.widths, "counted": counted}
            return {"is": "grid", **asdict(block), **told}
        case Drawing(title, svg):
            file = f"chart-{at}.svg"
            (folder / file).write_text(svg, "utf-8")
            return {"is": "drawing", "title": title, "file": file}
