"""What every page shares: who is here, the two clocks, links that keep them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_security import current_user

from domain.office import held_by
from domain.values import Role
from web import discreet
from web.languages import _
from web.moment import Moment, moment
from web.parts import Parts
from web.people import names as names_of
from web.words import days, labels, sentences
from workflow import auditing
from workflow.register import HERE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

OF_A_MOMENT = ("on", "known", "after", "below", "step", "lang")
API = "/api/"  # programs sign in by tokens, and see no pages
PUBLIC_SITE = "public"
ANY = "~any~"  # stands for an id in an address
PLAIN = re.compile(r"[A-Za-z0-9_.:-]+").fullmatch  # an id that stands in an address as it is
Made = TypeVar("Made")
OPEN_PATHS = ("/public", "/log/")  # what is not there is not there for strangers either
OPEN_ENDPOINTS = (
    *("static", "log.checkpoint", "log.picture", "log.tile", "help.show"),
    *("security.login", "security.forgot_password", "security.reset_password"),
    *("security.two_factor_token_validation", "security.tf_select", "security.mf_recovery"),
    *("security.wan_signin", "security.wan_signin_response"),
    *("security.oauthstart", "security.oauthresponse"),
)


@dataclass(frozen=True)
class Clocks:
    """The time machine as the header shows it. `keep` are the other questions of the page."""

    on: date
    known: date | None
    told: str | None
    today: date
    keep: dict[str, list[str]]

    @cached_property
    def asked(self) -> dict[str, Any]:
        """Return what a link to the same moment asks for."""
        return {"on": self.on.isoformat(), "known": self.told} if self.set else {}

    @cached_property
    def set(self) -> bool:
        """Return whether the page shows anything but the present."""
        return self.on != self.today or self.told is not None

    @property
    def knowing(self) -> str:
        """Return until when things were known: a day, an instant or an entry, in words."""
        if self.told is None:
            return _("hôm nay")
        if self.known:
            return days.day(self.known)
        return (
            _("mục ghi #%(told)s", told=self.told)
            if self.told.isdecimal()
            else self.told.replace("T", " ")
        )


@dataclass(frozen=True)
class Visitor:
    """Who is signed in, as the header names them."""

    name: str
    initials: str
    offices: list[str]
    roles: frozenset[Role]


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """Let what an answer asks for again and again be made once for it."""
    name = make.__name__

    @wraps(make)
    def kept() -> Made:
        found: Made | None = g.get(name)
        if found is None:
            found = make()
            setattr(g, name, found)
        return found

    return kept


def install(app: Flask) -> None:
    """Put words, links and the visitor before every page."""
    app.before_request(readable)
    app.before_request(signed_in)
    app.context_processor(context)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=days.day,
        instant=lambda at: days.instant(at.astimezone(HERE)),
        label=labels.label,
        number=days.number,
        share=days.share,
        size=days.size,
    )
    app.jinja_env.globals.update(
        link=link,
        COMMANDS=labels.COMMANDS,
        FIELDS=labels.FIELDS,
        ERASED=sentences.ERASED,
        UNNAMED_NOTE=discreet.NOTE,
        need_of=labels.need_of,
    )


def readable() -> None:
    """Find nothing at an address with a character that no name has."""
    if "\0" in request.path and not request.path.startswith(API):  # which says so itself
        abort(404)


def question(environ: WSGIEnvironment) -> str:
    """Return what a page is asked, without a character that no database takes in a text."""
    asked: str = environ.get("QUERY_STRING", "")
    return asked if environ["PATH_INFO"].startswith(API) else asked.replace("%00", "")


def signed_in() -> ResponseReturnValue | None:
    """Send strangers to the sign-in page, and bring them back after."""
    is_open = request.endpoint in OPEN_ENDPOINTS or request.blueprint == PUBLIC_SITE
    is_nowhere = request.endpoint is None and request.path.startswith(OPEN_PATHS)
    if is_open or is_nowhere or request.path.startswith(API):
        return None
    if current_user.is_authenticated:
        return None
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def context() -> dict[str, Any]:
    """Return what the templates know on every page."""
    known, settings = current_user.is_authenticated, current_app.extensions["settings"]
    return {
        "me": visitor() if known else None,
        "may": may,
        "may_audit": may_audit,
        "time": clocks() if known else None,
        "veil": parts().veil if known else None,
        "demo": settings.demo,
        "sign_in_elsewhere": settings.oidc.name if settings.oidc else None,
        "can_send_letters": settings.smtp is not None,
    }


def parts() -> Parts:
    """Return the register behind this application, as whoever asks may read it."""
    joined: Parts = current_app.extensions["parts"]
    who = _reader()
    if who is None:
        return joined
    if g.get("read_by") != who:
        g.read_by, g.read = who, discreet.seen_by(joined, *who)
    found: Parts = g.read
    return found


def _reader() -> tuple[str, str | None] | None:
    """Return who reads, and in which office alone: a token's, or whoever is signed in."""
    if not has_request_context() or request.blueprint == PUBLIC_SITE:
        return None
    if request.path.startswith(API):
        asking = g.get("bearer")
        return (asking.person, asking.office) if asking else None
    user = current_user._get_current_object()
    return (str(user.person), None) if user.is_authenticated else None


def actor() -> str:
    """Return the person who is signed in."""
    return str(current_user.person)


@once
def when() -> Moment:
    """Return the moment the page is asked about. Raises BadMoment."""
    seen, told = parts(), request.args
    return moment(seen.ledger, seen.register.today(), told.get("on"), told.get("known"))


@once
def clocks() -> Clocks:
    """Return the time machine's two dates and what else was asked."""
    now, today = when(), parts().register.today()
    known = date.fromisoformat(now.told) if now.told and _is_day(now.told) else None
    keep = {name: told for name, told in request.args.lists() if name not in OF_A_MOMENT}
    return Clocks(now.on, known, now.told, today, keep)


def link(endpoint: str, _anchor: str | None = None, **values: Any) -> str:
    """Return the address of a page, or of a part of it, at the moment this page shows."""
    found = address(endpoint, **(clocks().asked | values))
    return f"{found}#{_anchor}" if _anchor else found


def address(endpoint: str, **values: Any) -> str:
    """Return the address of a page as `url_for` does, which takes much longer about it.

    Those of a list differ in nothing but an id of a path, or a subject that is asked about: they
    are put together once for an answer.
    """
    name = "id" if "id" in values else "about"
    id = values.get(name)
    if type(id) is not str or not PLAIN(id):
        return _built(endpoint, values)
    values[name] = ANY
    key, known = f"{endpoint} {values}", g.setdefault("addresses", {})
    if key not in known:
        known[key] = _built(endpoint, values).split(ANY, 1)
    return id.join(known[key])


def _built(endpoint: str, values: dict[str, Any]) -> str:
    adapter = request_ctx.url_adapter
    assert adapter, "a request has come to an address"
    return adapter.build(endpoint, values)


@once
def visitor() -> Visitor:
    """Return the signed-in person with the offices held today."""
    register = parts().register
    offices = held_by(register.offices(), actor(), register.today()).values()
    roles = [office.role for office in offices if office.role]
    name = own_name()
    initials = "".join(word[0] for word in name.split(" ")[-2:] if word).upper()
    return Visitor(name, initials, [labels.label(role) for role in roles], frozenset(roles))


def own_name() -> str:
    """Return the visitor's name: on every page, and another only if something was recorded."""
    told, asked = parts().register.told(), (own_name, actor(), str(get_locale()))
    if asked not in told:
        told[asked] = names([actor()])[actor()]
    return str(told[asked])


def may(command: str) -> bool:
    """Return whether the visitor's offices permit a command that is no move."""
    register = parts().register
    rules = register.rules.on(register.today()).text
    return bool(visitor().roles & set(rules.commands[command].by))


def may_audit() -> bool:
    """Return whether the visitor's offices open the whole log."""
    return auditing.may_audit(visitor().roles)


def names(people: Iterable[str]) -> dict[str, str]:
    """Return the names of people, by id, from the vault; an answer asks for each once."""
    wanted, known = list(people), g.setdefault("names", {})
    if news := [id for id in wanted if id not in known]:
        known |= names_of(parts().ledger, news)
    return {id: known[id] for id in wanted}


def _is_day(text: str) -> bool:
    return len(text) == len("2024-06-30") and text.count("-") == 2
