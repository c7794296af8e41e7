"""Drawing: a page says what the library alone would have it say, and lets go of it all."""

from __future__ import annotations

import gc
from typing import Any, Final
from weakref import ref

from flask import Flask
from flask.templating import Environment
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import Undefined
from markupsafe import Markup, escape

from domain.values import Stage
from web import drawing
from web.drawing import Pages, shown

VALUES: Final = some.one_of(
    *(some.text(), some.text("&<>'\"a "), some.integers(), some.floats(), some.booleans()),
    *(some.none(), some.dates(), some.datetimes(), some.sampled_from([*Stage, Undefined()])),
    some.text("&<>'\"a ").map(Markup),
)
# A value in each place of a page where it is joined to others, escaped already or not to be.
PAGE: Final = """
{% macro told(it) %}<i title="{{ it }}">{{ it }}</i>{% endmacro %}
{% macro around() %}<u>{{ caller() }}</u>{% endmacro %}
{% set once %}<b>{{ value }}</b>{% endset %}
{{ value }}{{ told(value) }}{{ once }}{{ once ~ value }}{{ [value, once]|join(' & ') }}
{{ value|safe }}{{ value|e }}{{ 'yes' if value }}{{ missing }}{{ '<'|safe }}{{ '<' }}
{% filter upper %}{{ value }}{% endfilter %}{% call around() %}{{ value }}{% endcall %}
{% for one in [value, once] %}{{ one }}{% endfor %}
{% autoescape false %}{{ value }}{{ once }}{% endautoescape %}
"""
APP: Final = Flask("drawn")
OURS = Pages(APP, autoescape=True).from_string(PAGE)
THEIRS = Environment(APP, autoescape=True).from_string(PAGE)


@given(VALUES)
def test_a_value_is_shown_as_the_library_escapes_it(value: Any) -> None:
    assert shown(value) == escape(value)


@given(VALUES)
def test_a_page_says_what_it_said_with_the_library_alone(value: Any) -> None:
    assert OURS.render(value=value) == THEIRS.render(value=value)


class Ours(Flask):
    """An application with our templates."""

    jinja_environment = Pages


class Shown:
    """Something on a page."""


def test_a_page_lets_go_of_what_it_was_drawn_from() -> None:
    app, held = Ours("letting go"), list[ref[Shown]]()
    drawing.install(app)
    part = app.jinja_env.from_string("{% macro of() %}{{ it }}{% endmacro %}")
    page = app.jinja_env.from_string(
        "{% import part as part with context %}{% macro told() %}{{ it }}{% endmacro %}"
        "{{ told() }}{{ part.of() }}"
    )

    @app.get("/")
    def show() -> str:
        held.append(ref(it := Shown()))
        return page.render(it=it, part=part)

    gc.collect()
    gc.disable()
    try:
        assert app.test_client().get("/").text.count("Shown") == 2
        assert [of() for of in held] == [None]
    finally:
        gc.enable()
