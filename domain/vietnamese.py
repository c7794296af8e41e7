"""Vietnamese spelling: one spelling for matching, one order for lists.

Names sort by given name, then family name, then the middle. Letters order as in CLDR `vi`:
a ă â b c d đ e ê … o ô ơ … u ư …; tones only break ties, in the order ngang, huyền, hỏi, ngã,
sắc, nặng.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_MARKED: Final = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
_SPACE: Final = re.compile(r"\s+")


def tidy(text: str) -> str:
    """Return text in NFC without stray blanks."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """Return a key that is equal for texts that read the same: case, blanks, NFD, hòa = hoà."""
    return " ".join(_syllable(word) for word in tidy(text).casefold().split(" "))


@lru_cache(maxsize=4096)
def _syllable(word: str) -> str:
    loose = unicodedata.normalize("NFD", word)
    letters = "".join(mark for mark in loose if mark not in TONES)
    return letters + "".join(TONES[mark] for mark in loose if mark in TONES)


def plain(text: str) -> str:
    """Return text for searching: lower case, no marks, đ as d."""
    loose = unicodedata.normalize("NFD", tidy(text).casefold())
    return "".join(c for c in loose if not unicodedata.combining(c)).replace("đ", "d")


def order(text: str) -> str:
    """Return a key that sorts texts by Vietnamese letters, then by tones."""
    weights = [_weights(char) for char in tidy(text).casefold()]
    return "".join(w[0] for w in weights) + "\u0001" + "".join(w[1] for w in weights)


@lru_cache(maxsize=1024)
def _weights(char: str) -> tuple[str, str]:
    """Return what a character counts for as a letter, and as a tone."""
    base = unicodedata.normalize("NFD", char)
    tone = next((TONES[mark] for mark in base if mark in TONES), "0")
    bare = unicodedata.normalize("NFC", "".join(m for m in base if m not in TONES))
    return _MARKED.get(bare, bare + "0"), tone


def name_order(name: str) -> str:
    """Return a key that sorts people by given name, family name and middle names."""
    family, *rest = tidy(name).split(" ") or [""]
    given = rest[-1] if rest else family
    return "\u0002".join(order(part) for part in (given, family, " ".join(rest[:-1])))
