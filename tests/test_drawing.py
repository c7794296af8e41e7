"""Drawing: a page says what the templates' own escaping would have it say."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask
from flask.templating import Environment
from hypothesis import given
from hypothesis import strategies as some
from jinja2 import Undefined
from markupsafe import Markup, escape

from domain.values import Stage
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
