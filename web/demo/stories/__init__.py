"""What became of each of the 24, a story each, gathered by what they work at."""

from __future__ import annotations

from typing import Final

from web.demo.stories import (
    countryside,
    crops,
    extension,
    forest,
    livestock,
    offices,
    water,
)

# A collective before its head: what is signed for both on one day is signed in this order.
STORIES: Final = (
    *livestock.STORIES,
    *forest.STORIES,
    *crops.STORIES,
    *water.STORIES,
    *countryside.STORIES,
    *offices.STORIES,
    *extension.STORIES,
)
