"""How sign-in is joined to an application: libraries, their settings, the database."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any, Final
from weakref import WeakSet, finalize

from flask import Flask
from flask_security import (
    FSQLALiteUserDatastore,
    LoginForm,
    Security,
    naive_utcnow,
    password_reset,
    user_authenticated,
)
from flask_security.babel import FsDomain
from flask_wtf import CSRFProtect
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.schema import CreateColumn

from events_store.connections import OfOneProcess
from web import account_connections, account_sessions, confirming, mail
from web.account_tables import LEAST_PASSWORD, Base, Passkey, Role, User, db
from web.account_words import MESSAGES
from web.codes import CodeForm, Codes, RecoveryForm
from web.languages import Sentences

ENGINES: Final[WeakSet[Engine]] = WeakSet()


def leave_to_the_parent() -> None:
    """Let a forked child open connections of its own."""
    for engine in list(ENGINES):
        engine.dispose(close=False)


os.register_at_fork(after_in_child=leave_to_the_parent)


class Said(Sentences, FsDomain):
    """What Flask-Security says, in the visitor's language."""


class SignInForm(LoginForm):
    """The library's form without "remember me": a session ends with the browser or the day."""

    remember = None


def install(
    app: Flask, database_url: str, clock: Callable[[], datetime] = naive_utcnow
) -> Security:
    """Add accounts, sign-in and CSRF protection to an application; `clock` gives naive UTC."""
    secure = not app.config.get("EXEMPLAR_INSECURE_COOKIES")
    app.config.update(settings(database_url, app.config["SECRET_KEY"], secure=secure))
    if app.config.get("EXEMPLAR_QUICK_PASSWORDS"):
        app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = QUICK
    app.config["SECURITY_DATETIME_FACTORY"] = clock
    CSRFProtect(app)
    db.init_app(app)
    # None of our sessions is asynchronous: to close none of them took a thread for every answer.
    closing = app.teardown_appcontext_funcs
    app.teardown_appcontext_funcs = [each for each in closing if not iscoroutinefunction(each)]
    with app.app_context():
        ENGINES.add(db.engine)
        finalize(app, db.engine.dispose)  # an application that is gone keeps no connection
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", prepare_sqlite)
        else:
            account_connections.lighten(db.engine)
    users = FSQLALiteUserDatastore(db, User, Role, Passkey)
    security = Security(
        app,
        users,
        login_form=SignInForm,
        two_factor_verify_code_form=CodeForm,
        mf_recovery_form=RecoveryForm,
        totp_cls=Codes,
        mail_util_cls=mail.Letters,
    )
    security.i18n_domain = Said(app)  # type: ignore[no-untyped-call]
    # The library looks for tokens of its own in every body, read whole before anybody is let in.
    app.login_manager.request_loader(lambda _: None)  # type: ignore[attr-defined]
    user_authenticated.connect(forget_failures, app)
    password_reset.connect(forget_failures, app)  # a link proves as much as a password
    account_sessions.install(app)
    confirming.install(app)
    return security


# The least that argon2 takes; left alone, it works as hard as its library thinks right today.
QUICK: Final = {"argon2__rounds": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
# A code from an app (RFC 6238) or a passkey; other codes for the day the telephone is lost.
SECOND_FACTOR: Final = {
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account",
    "SECURITY_TOTP_ISSUER": "Sổ Điển hình",
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_RP_NAME": "Sổ Điển hình",
    "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": False,
    "SECURITY_WAN_ALLOW_USER_HINTS": False,
    "SECURITY_WAN_NAME_ALLOWED_CHARS": ["L", "M", "N", "P", "Zs"],  # M: marks, which it splits off
    "SECURITY_WAN_ALLOW_AS_VERIFY": ["secondary"],
    "SECURITY_WAN_POST_REGISTER_VIEW": "/account",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_POST_VERIFY_VIEW": "/account",
}


def totp_secret(secret_key: str) -> str:
    """Return the key that the secrets of authenticator apps are kept under."""
    return hmac.digest(secret_key.encode(), b"exemplar/totp", "sha256").hex()


def settings(database_url: str, secret_key: str, *, secure: bool) -> dict[str, Any]:
    """Return the configuration of the libraries sign-in is made of."""
    return {
        **SECOND_FACTOR,
        "SECURITY_OAUTH_BUILTIN_PROVIDERS": [],
        "SECURITY_TOTP_SECRETS": {1: totp_secret(secret_key)},
        "SQLALCHEMY_ENGINES": {"default": engine_options(database_url)},
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_LENGTH_MIN": LEAST_PASSWORD,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_FRESHNESS": timedelta(days=36500),  # `web.confirming` sees to it
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=24),
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},  # a house has no DNS
        "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": "Đặt lại mật khẩu Sổ Điển hình",
        "SECURITY_POST_CHANGE_VIEW": "/account",
        "SECURITY_POST_RESET_VIEW": "/login",
        "SECURITY_AUTO_LOGIN_AFTER_RESET": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "/work",  # what waits for the visitor comes first
        "SECURITY_POST_LOGOUT_VIEW": "/login",
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
        "SESSION_COOKIE_NAME": "__Host-exemplar" if secure else "exemplar",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        **{f"SECURITY_MSG_{key}": message for key, message in MESSAGES.items()},
    }


def engine_options(database_url: str) -> dict[str, Any]:
    """Return how to reach the database.

    Connections are kept from request to request, with no read open. None crosses a fork.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return {"url": url.set(drivername="postgresql+psycopg")}
    return {
        "url": from_working_folder(url),
        # IMMEDIATE: a change waits its turn at once and never fails half-way.
        "connect_args": {"timeout": 10, "isolation_level": "IMMEDIATE", "factory": OfOneProcess},
    }


def from_working_folder(url: URL) -> URL:
    """Return the URL with a full path; Flask would start a relative one in its own folder."""
    assert url.database, "the register's file has a name"
    return url.set(database=str(Path(url.database).absolute()))


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Give a new SQLite connection the manners the register's file needs."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def create_tables() -> None:
    """Make the account tables where they are missing; on PostgreSQL their owner does."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.begin() as owner:
            owner.execute(text("BEGIN IMMEDIATE"))  # of two processes that begin, one makes them
            make_tables(owner)


def make_tables(owner: Connection) -> None:
    """Make the tables that are missing, and the columns that older ones lack.

    A column that comes later may be empty, or else has a default of the database's own.
    """
    Base.metadata.create_all(owner)
    for table in Base.metadata.sorted_tables:
        there = {column["name"] for column in inspect(owner).get_columns(table.name)}
        for column in (column for column in table.columns if column.name not in there):
            new = CreateColumn(column).compile(dialect=owner.dialect)
            owner.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {new}"))


def migrate(owner_url: str, role: str) -> None:
    """Make the account tables on PostgreSQL as their owner, for a role to use."""
    engine = create_engine(**engine_options(owner_url))
    with engine.begin() as owner:
        owner.execute(text("SELECT pg_advisory_xact_lock(746002)"))
        make_tables(owner)
        name = engine.dialect.identifier_preparer.quote(role)
        for table in Base.metadata.sorted_tables:
            owner.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table.name} TO {name}"))
            # SELECT: for backups.
            counting = f"USAGE, SELECT, UPDATE ON SEQUENCE {table.name}_id_seq"
            owner.execute(text(f"GRANT {counting} TO {name}"))
    engine.dispose()


def forget_failures(_app: Flask, user: User, **_signal: object) -> None:
    """Start counting wrong passwords afresh after a sign-in, or a new password by a link."""
    user.failed_sign_ins = 0
    user.locked_until = None
