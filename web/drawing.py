"""Drawing: how a value comes into a page. Most need no escaping, and then none is done.

The templates' own way makes each value escaped text of a kind of its own (Markup), only to have it
joined with its neighbours: on a long page, a tenth of the work.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from flask.templating import Environment
from jinja2 import Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import Markup, escape

SPECIAL: Final = re.compile("[&<>\"']").search
AS_IT_IS: Final = frozenset({Markup, int, date, Undefined})  # of exactly these kinds


def shown(value: Any) -> str:
    """Return a value as HTML, just as `escape` writes it."""
    kind = type(value)
    if (kind is str and not SPECIAL(value)) or kind in AS_IT_IS:
        return str(value)
    return escape(value)


class Code(CodeGenerator):
    """Templates as Python that writes each value as it is `shown`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Pages(Environment):
    """The templates of an application."""

    code_generator_class = Code
    shown = staticmethod(shown)
