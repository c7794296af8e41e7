"""What people see: pages, the command line, spreadsheets in. The one place where parts meet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from flask import Flask

from events_store.turn import Turn
from web import (
    accounts,
    addresses,
    api,
    drawing,
    languages,
    limits,
    numbers,
    oidc,
    packing,
    shield,
)
from web.pages import (
    account,
    accounts_admin,
    allowed,
    audit,
    audit_entry,
    audit_replay,
    batch,
    board,
    candidate,
    compare,
    doing,
    errors,
    evidence,
    figures,
    frame,
    help,
    imports,
    log,
    naming,
    papers,
    printed,
    public,
    register,
    register_book,
    reports,
    sections,
    subject,
    work,
    workflow,
)
from web.parts import Clock, join, now
from web.settings import MOST_SENT, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PAGES = (
    *(register, register_book, board, candidate, evidence, doing, subject, printed, workflow),
    *(compare, sections, figures),
    *(
        imports,
        log,
        audit,
        audit_entry,
        audit_replay,
        work,
        batch,
        reports,
        papers,
        account,
        accounts_admin,
        public,
    ),
    help,
)


PATIENCE: Final = 0.3  # seconds: nobody waits longer than that for a long page


class Window(Flask):
    """The application: one page at a time, and what it shows of the register stands still.

    Python runs one thread at a time. Pages made at once in a process would only hand it to and
    fro: each question to the database lets go of it, and gets it back 5 ms later.
    """

    url_rule_class = addresses.Address
    jinja_environment = drawing.Pages

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer when it is our turn, from one look at the log, as the place we are known as."""
        told = {**environ, **self.extensions["settings"].known_as}
        told["QUERY_STRING"] = frame.question(environ)
        with self.extensions["turn"], self.extensions["parts"].register.still():
            return super().wsgi_app(told, start_response)


def create_app(settings: Settings, clock: Clock = now) -> Flask:
    """Return the admin over the register that settings name. Raises BadSetting."""
    app = Window("web")
    app.config.update(
        SECRET_KEY=settings.signing_secret,
        EXEMPLAR_INSECURE_COOKIES=settings.insecure_cookies,
        EXEMPLAR_SMTP=settings.smtp,
        EXEMPLAR_QUICK_PASSWORDS=settings.quick_passwords,
        EXEMPLAR_SECOND_FACTOR=settings.second_factor and not settings.demo,
        SECURITY_OAUTH_ENABLE=settings.oidc is not None,
        MAX_CONTENT_LENGTH=MOST_SENT,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
    )
    app.url_map.converters["int"] = numbers.Number
    app.extensions["parts"] = join(settings, clock)
    app.extensions["settings"] = settings
    app.extensions["turn"] = Turn(PATIENCE)
    accounts.install(app, settings.database_url, lambda: clock().replace(tzinfo=None))
    oidc.install(app, settings.oidc)
    packing.install(app)
    drawing.install(app)
    shield.install(app)
    languages.install(app)
    frame.install(app)
    errors.install(app)
    naming.install(app)
    allowed.install(app)
    sections.install(app)
    doing.install(app)
    for page in PAGES:
        app.register_blueprint(page.pages)
    api.install(app)
    limits.install(app)
    with app.app_context():
        accounts.create_tables()
    return app
