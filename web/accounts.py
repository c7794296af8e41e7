"""Sign-in: who you are, never what you may do.

`install` joins it to an application; everything else needs that application's context.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid
from datetime import timedelta

from flask import url_for
from flask_security import EmailValidateException, hash_password
from flask_security.proxies import _datastore, _security
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from web.account_setup import create_tables, install, migrate
from web.account_tables import GREATEST, LEAST_PASSWORD, Token, User, db, now

__all__ = [
    "AccountError",
    "EmailTaken",
    "EmailUnusable",
    "PasswordTooShort",
    "Token",
    "User",
    "account_numbered",
    "account_of_token",
    "create_account",
    "create_tables",
    "create_token",
    "deactivate",
    "find_account",
    "forget_second_factor",
    "install",
    "list_accounts",
    "list_tokens",
    "may_be_token",
    "migrate",
    "one_time_link",
    "revoke_token",
    "set_password",
    "token_of",
    "use_token",
]

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1
TOKEN_PREFIX = "exr_"
USED_EVERY = timedelta(minutes=10)  # as often is it written down: each time costs a flush


class AccountError(ValueError):
    """An account cannot be made or changed as asked."""


class EmailUnusable(AccountError):
    """Not an e-mail address."""

    def __init__(self, email: str) -> None:
        super().__init__(f"not an e-mail address: {email}")
        self.email = email


class EmailTaken(AccountError):
    """Another account has this e-mail address."""

    def __init__(self, email: str) -> None:
        super().__init__(f"there is already an account for {email}")
        self.email = email


class PasswordTooShort(AccountError):
    """Shorter than the least length."""

    def __init__(self) -> None:
        super().__init__(f"a password has at least {LEAST_PASSWORD} characters")
        self.least = LEAST_PASSWORD


def create_account(email: str, person: str, password: str | None = None) -> str:
    """Return the password of a new account; one is made up if none is given."""
    password = password or new_password()
    user = User(
        email=normal_email(email),
        person=person,
        password=hashed(password),
        fs_uniquifier=uuid.uuid4().hex,
        active=True,
        created_at=now(),
    )
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError as taken:
        db.session.rollback()
        raise EmailTaken(email) from taken
    return password


def set_password(account: User, password: str | None = None) -> str:
    """Return the new password; sessions opened with the old one end, a lock is lifted."""
    password = password or new_password()
    account.password = hashed(password)
    account.fs_uniquifier = uuid.uuid4().hex
    account.failed_sign_ins = 0
    account.locked_until = None
    db.session.commit()
    return password


def deactivate(account: User) -> None:
    """Close an account: no sign-in, no session, and every token ends for good."""
    for token in list_tokens(account):
        revoke_token(token)
    account.active = False
    account.fs_uniquifier = uuid.uuid4().hex
    db.session.commit()


def reopen(account: User) -> None:
    """Let the owner of a closed account sign in again."""
    account.active = True
    db.session.commit()


def find_account(email: str) -> User | None:
    """Return the account with an e-mail address, whatever its case."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))


def account_numbered(id: int) -> User | None:
    """Return the account with a number."""
    return db.session.get(User, min(id, GREATEST))


def one_time_link(account: User) -> str:
    """Return the address where its owner sets a new password, once, within 24 hours."""
    token = generate_reset_password_token(account)  # type: ignore[no-untyped-call]
    return url_for("security.reset_password", token=token, _external=True)


def forget_second_factor(account: User) -> None:
    """Take away app, passkeys and codes that their owner has lost; every session ends."""
    _datastore.tf_reset(account)
    _datastore.webauthn_reset(account)
    _datastore.mf_set_recovery_codes(account, None)
    account.fs_uniquifier = uuid.uuid4().hex
    db.session.commit()


def list_accounts() -> list[User]:
    """Return every account with its passkeys, by e-mail address."""
    every = select(User).order_by(User.email).options(selectinload(User.webauthn))
    return list(db.session.scalars(every))


def create_token(account: User, label: str, office: str, days: int, *, signs: bool = False) -> str:
    """Return the secret of a new token; it is not kept and cannot be shown again.

    Unless it `signs`, it makes no decision, whatever its office may.
    """
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    moment = now()
    token = Token(
        sha256=digest(secret),
        user_id=account.id,
        label=label,
        office=office,
        created_at=moment,
        expires_at=moment + timedelta(days=days),
        signs=signs,
    )
    db.session.add(token)
    db.session.commit()
    return secret


def may_be_token(secret: str) -> bool:
    """Return whether a text has the form of a token's secret; the database need not be asked."""
    return re.fullmatch(rf"{TOKEN_PREFIX}[A-Za-z0-9_-]{{43}}", secret) is not None


def token_of(secret: str) -> Token | None:
    """Return the token a secret belongs to, if it is still good."""
    token = db.session.scalar(select(Token).where(Token.sha256 == digest(secret)))
    return token if token and token.valid else None


def account_of_token(secret: str) -> User | None:
    """Return the account a secret speaks for, if it is still good."""
    token = token_of(secret)
    return token.user if token else None


def use_token(secret: str) -> Token | None:
    """Return the token a secret belongs to, if it is still good, and note when it was used."""
    token, moment = token_of(secret), now()
    if token and (token.last_used_at is None or token.last_used_at <= moment - USED_EVERY):
        token.last_used_at = moment
        db.session.commit()
    return token


def list_tokens(account: User) -> list[Token]:
    """Return the tokens of an account, oldest first, the ended ones too."""
    return list(db.session.scalars(select(Token).filter_by(user_id=account.id).order_by(Token.id)))


def revoke_token(token: Token) -> None:
    """End a token now."""
    token.revoked_at = token.revoked_at or now()
    db.session.commit()


def new_password() -> str:
    """Return a password that can be read aloud, of 79 bits of chance."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(4)) for _ in range(4))


def hashed(password: str) -> str:
    """Return the argon2 hash of a password that is long enough."""
    normal = _security.password_util.normalize(password)
    if len(normal) < LEAST_PASSWORD:
        raise PasswordTooShort
    return str(hash_password(normal))


def normal_email(email: str) -> str:
    """Return an e-mail address in the one spelling that is kept."""
    try:
        return str(_security.mail_util.normalize(email)).lower()
    except EmailValidateException as bad:
        raise EmailUnusable(email) from bad


def digest(secret: str) -> str:
    """Return what is kept of a token's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
