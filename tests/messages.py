"""Every sentence that pages say, put into the tables of the other languages: `make messages`.

A sentence is what `_()` is called with in Python and Jinja, and every word of a `Words`.
What is translated stays; what is no longer said goes.
"""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

import web.words
from web.languages import Words

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "web" / "translations"
KEYWORDS = {**DEFAULT_KEYWORDS, "Later": None}
FOUNDED = datetime(2026, 11, 1, tzinfo=UTC)
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]


def main() -> None:
    """Write the tables anew."""
    for file in TABLES.glob("*/LC_MESSAGES/messages.po"):
        catalogue = read(file)
        catalogue.update(said(), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.fuzzy = False
        catalogue.creation_date = FOUNDED  # or every change meets every other in this line
        with file.open("wb") as opened:
            write_po(opened, catalogue, width=99, omit_header=False, no_location=True)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{file.relative_to(ROOT)}: {len(catalogue)} sentences, {missing} untranslated")


def read(file: Path) -> Catalog:
    """Return a table as it is kept."""
    with file.open("rb") as opened:
        return read_po(opened)


def said() -> Catalog:
    """Return everything that pages can say, in Vietnamese."""
    found = Catalog()
    for _file, _line, text, _comments, _context in extract_from_dir(
        ROOT / "web", METHODS, keywords=KEYWORDS
    ):
        found.add(text)
    for text in words():
        found.add(text)
    return found


def words() -> list[str]:
    """Return the words that are looked up by what they name."""
    names = [module.name for module in pkgutil.iter_modules(web.words.__path__, "web.words.")]
    modules = [importlib.import_module(name) for name in names]
    tables = [value for module in modules for value in vars(module).values()]
    return [word for table in tables if isinstance(table, Words) for word in table.source.values()]


if __name__ == "__main__":
    main()
