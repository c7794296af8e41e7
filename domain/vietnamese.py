"""Vietnamese spelling: one spelling for matching, one order for lists.

Names sort by given name, then family name, then the middle. Letters order as in CLDR `vi`:
a ă â b c d đ e ê … o ô ơ … u ư …; tones only break ties, in the order ngang, huyền, hỏi, ngã,
sắc, nặng.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_MARKED: Final = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}


class _Each(dict[int, str]):
    """What `str.translate` puts for each character, worked out when it is first met."""

    def __init__(self, told: Callable[[str], str]) -> None:
        self.told = told

    def __missing__(self, code: int) -> str:
        self[code] = self.told(chr(code))
        return self[code]


def tidy(text: str) -> str:
    """Return text in NFC without stray blanks."""
    return " ".join(unicodedata.normalize("NFC", text).split())


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
    return tidy(text).casefold().translate(_PLAIN)


@lru_cache(maxsize=4096)  # people share names, and pages list the same units
def order(text: str) -> str:
    """Return a key that sorts texts by Vietnamese letters, then by tones."""
    low = tidy(text).casefold()
    return low.translate(_LETTERS) + "\u0001" + low.translate(_TONES)


def _letter(char: str) -> str:
    """Return what a character counts for as a letter."""
    base = unicodedata.normalize("NFD", char)
    bare = unicodedata.normalize("NFC", "".join(m for m in base if m not in TONES))
    return _MARKED.get(bare, bare + "0")


def _tone(char: str) -> str:
    return next((TONES[m] for m in unicodedata.normalize("NFD", char) if m in TONES), "0")


def _bare(char: str) -> str:
    """Return a character without its marks."""
    loose = unicodedata.normalize("NFD", char)
    return "".join(each for each in loose if not unicodedata.combining(each)).replace("đ", "d")


_LETTERS: Final = _Each(_letter)
_TONES: Final = _Each(_tone)
_PLAIN: Final = _Each(_bare)


def name_order(name: str) -> str:
    """Return a key that sorts people by given name, family name and middle names."""
    family, *rest = tidy(name).split(" ") or [""]
    given = rest[-1] if rest else family
    return "\u0002".join(map(order, (given, family, " ".join(rest[:-1]))))
