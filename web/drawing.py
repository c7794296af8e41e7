"""Drawing: how a value comes into a page, and how a page lets go of it.

Most values need no escaping, and then none is done. The templates' own way makes each escaped text
of a kind of its own (Markup), only to have it joined with its neighbours: on a long page, a tenth
of the work.

A macro knows the context that it is known in, so that a page with all it was made of stays until
garbage is looked for; then twenty pages go at once, and whoever asks next waits for that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from flask import Flask, g, has_request_context
from flask.templating import Environment
from jinja2 import Template, Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
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


class Page(Template):
    """A template that notes what an answer is drawn in; what many answers share is drawn once."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,
    ) -> Context:
        """Return the context in which the page, or a part of it, is drawn."""
        context = super().new_context(vars, shared, locals)
        if vars is not None and has_request_context():
            g.setdefault("drawn_in", []).append(context)
        return context


class Pages(Environment):
    """The templates of an application."""

    template_class = Page
    code_generator_class = Code
    shown = staticmethod(shown)


def install(app: Flask) -> None:
    """Have every answer let go of what it was drawn in."""
    app.teardown_request(let_go)


def let_go(_error: BaseException | None) -> None:
    """Part the contexts of an answer from the macros that know them."""
    for context in g.pop("drawn_in", ()):
        context.vars.clear()
