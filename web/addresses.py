"""Addresses of pages: how one is put together is worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule


class Address(Rule):
    """A rule of which only the reading is made ready at once.

    There are hundreds, each with two ways of writing it, and making those took most of a start.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled = super()._compile_builder

        @cache
        def written() -> Callable[..., tuple[str, str]]:
            return compiled(append_unknown)

        def write(rule: Rule, **values: Any) -> tuple[str, str]:
            return written()(rule, **values)

        return write
