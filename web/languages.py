"""Languages: Vietnamese is what the program says; another is a table of sentences beside it.

`translations/<language>/LC_MESSAGES/messages.po` is read as it is, once per process: there is
nothing to compile, and no compiled file that could be out of date.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request, session
from flask_babel import Babel, Domain, force_locale, get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from web.drawing import shown

LANGUAGES: Final = {"vi": "Tiếng Việt", "en": "English"}
SOURCE: Final = "vi"
# The language of the answer that is being made; a page asks for it hundreds of times.
KEPT: Final[ContextVar[str | None]] = ContextVar("language", default=None)
Key = TypeVar("Key")
ONE_OR_MANY: Final = re.compile(r"(%\((\w+)\)s[^%{]*)\{([^|}]*)\|([^|}]*)\}")


class Sentences(Domain):  # type: ignore[misc]
    """The tables of sentences, read from their text."""

    def get_translations(self) -> Translations | NullTranslations:
        """Return the table of the language that the visitor reads."""
        locale = get_locale()
        return table(str(locale)) if locale else NullTranslations()


class Words(Mapping[Key, str]):
    """Words by what they name; each is translated when it is looked up, not before."""

    def __init__(self, source: Mapping[Any, str]) -> None:
        """Take the words in Vietnamese."""
        self.source = dict(source)

    def __getitem__(self, key: Key) -> str:
        return _(self.source[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self.source)

    def __len__(self) -> int:
        return len(self.source)

    def __contains__(self, key: object) -> bool:
        return key in self.source


class Later(str):
    """A sentence for the translators, translated when it is filled in, or by `_()`."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        """Return it in the visitor's language, with its {names} filled in."""
        return _(str(self)).format(*values, **named)


def install(app: Flask) -> None:
    """Let every page of an application speak the visitor's language."""
    babel = Babel(app, default_locale=SOURCE, locale_selector=chosen)
    babel.domain_instance = Sentences()
    app.before_request(remember)
    app.teardown_request(forget)
    # A page says hundreds of sentences: each is looked up without asking for its language again.
    app.jinja_env.install_gettext_callables(_, _plural, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        {"_": _said}, language=chosen, LANGUAGES=LANGUAGES, reworded=reworded
    )


def _(text: str, **values: object) -> str:
    """Return a sentence in the visitor's language, with its %(name)s filled in."""
    told = _told(text)
    return _counted(told, values) % values if values else told


def _told(text: str) -> str:
    language = chosen()
    return text if language == SOURCE else table(language).ugettext(text)


@pass_eval_context
def _said(how: EvalContext, text: str, **values: object) -> str:
    """Return a sentence of a template: what Jinja's own `_` does in three calls, in one."""
    told = _told(text)
    if "%" in told:
        told = _counted(told, values)
        told = told % ({n: shown(v) for n, v in values.items()} if how.autoescape else values)
    return Markup(told) if how.autoescape else told


def _counted(told: str, values: Mapping[str, object]) -> str:
    """Return a sentence with the word for one or for many.

    Vietnamese has one for both; a table has both after their number: `%(count)s {unit|units}`.
    """
    if "|" not in told:
        return told
    return ONE_OR_MANY.sub(lambda m: m[1] + m[3 if str(values[m[2]]) == "1" else 4], told)


def _plural(one: str, many: str, number: int) -> str:
    return table(chosen()).ungettext(one, many, number)


def chosen() -> str:
    """Return the language of `?lang=`, or the one chosen before, or the browser's."""
    kept = KEPT.get()
    if kept is None:
        if not has_request_context():
            return SOURCE
        kept = _chosen()
        KEPT.set(kept)
    return kept


def _chosen() -> str:
    asked = (request.args.get("lang"), session.get("lang"))
    told = next((language for language in asked if language in LANGUAGES), None)
    return told or request.accept_languages.best_match(LANGUAGES) or SOURCE


@contextmanager
def official() -> Iterator[None]:
    """Speak Vietnamese inside, whoever asks: papers of the agency are in no other language."""
    before = KEPT.set(SOURCE)
    try:
        with force_locale(SOURCE):
            yield
    finally:
        KEPT.reset(before)


def remember() -> None:
    """Keep the language that was asked for until the visitor leaves."""
    forget()
    if request.args.get("lang") in LANGUAGES:
        session["lang"] = request.args["lang"]


def forget(_error: BaseException | None = None) -> None:
    """Let the next request have a language of its own."""
    KEPT.set(None)


def reworded(language: str) -> str:
    """Return the address of this page in another language: the same questions."""
    asked = [(name, told) for name, told in request.args.items(multi=True) if name != "lang"]
    return f"{request.path}?{urlencode([*asked, ('lang', language)])}"


@cache
def table(language: str) -> Translations:
    """Return what a language has for each sentence; the source has nothing to say otherwise."""
    file = files("web") / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return Translations()
    with file.open("rb") as opened:
        catalogue = read_po(opened, language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, "messages")
