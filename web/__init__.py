"""What people see: pages, the command line, spreadsheets in. The one place where parts meet."""

from __future__ import annotations

from flask import Flask
from flask.typing import ResponseReturnValue

from web import accounts, addresses, api, languages, limits, numbers, oidc, packing, shield
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
    reports,
    sections,
    subject,
    work,
    workflow,
)
from web.parts import Clock, join, now
from web.settings import BadSetting, Settings

PAGES = (
    *(register, board, candidate, evidence, doing, subject, printed, workflow, compare, sections),
    figures,
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


class Window(Flask):
    """The application: while it answers, what it shows of the register stands still."""

    url_rule_class = addresses.Address

    def dispatch_request(self) -> ResponseReturnValue:
        """Answer from one look at the log."""
        with self.extensions["parts"].register.still():
            return super().dispatch_request()


def create_app(settings: Settings, clock: Clock = now) -> Flask:
    """Return the admin over the register that settings name. Raises BadSetting."""
    if not settings.secret_key:
        raise BadSetting("EXEMPLAR_SECRET_KEY", "must be set: a long random text, kept secret")
    app = Window("web")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        EXEMPLAR_INSECURE_COOKIES=settings.insecure_cookies,
        EXEMPLAR_SMTP=settings.smtp,
        EXEMPLAR_QUICK_PASSWORDS=settings.quick_passwords,
        EXEMPLAR_SECOND_FACTOR=settings.second_factor and not settings.demo,
        SECURITY_OAUTH_ENABLE=settings.oidc is not None,
        MAX_CONTENT_LENGTH=64 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
    )
    app.url_map.converters["int"] = numbers.Number
    app.extensions["parts"] = join(settings, clock)
    app.extensions["settings"] = settings
    accounts.install(app, settings.database_url, lambda: clock().replace(tzinfo=None))
    oidc.install(app, settings.oidc)
    packing.install(app)
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
