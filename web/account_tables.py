"""The tables behind sign-in: accounts, their passkeys and sessions, and the tokens of programs."""

# Flask-Security types the columns as plain values, SQLAlchemy as Mapped ones.
# mypy: disable-error-code="assignment"

from __future__ import annotations

from datetime import datetime, timedelta

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin, naive_utcnow
from flask_security.proxies import _security
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import ForeignKey, LargeBinary, String, case, or_, update
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

LEAST_PASSWORD = 12
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
GREATEST = 2**31 - 1  # of the numbers that PostgreSQL keeps in these tables, or compares with them

db = SQLAlchemy()


def now() -> datetime:
    """Return the present instant, UTC without a zone, by the clock given to `install`."""
    instant = _security.datetime_factory()
    assert isinstance(instant, datetime), "the clock gives a datetime"
    return instant


class Base(DeclarativeBase):
    """What the account tables have in common."""


class Several(AsaList):
    """A few words in one column, as the library keeps them."""

    cache_ok = True


class Role(RoleMixin):
    """Demanded by Flask-Security and without a table: offices decide what someone may do."""


class User(Base, UserMixin):
    """Somebody who can sign in; `person` names them in the register."""

    __tablename__ = "account_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime] = mapped_column(default=naive_utcnow)
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    totp_counter: Mapped[int | None]  # of the last code taken, so that none is taken twice
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(Several()))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64))
    tokens: Mapped[list[Token]] = relationship(back_populates="user")
    webauthn: Mapped[list[Passkey]] = relationship(back_populates="user")

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override]
        """Return no role."""
        return []

    @property
    def has_second_factor(self) -> bool:
        """Return whether more than the password is asked for at sign-in."""
        return self.tf_primary_method is not None or bool(self.webauthn)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Return whether wrong passwords have locked this account for now."""
        db.session.refresh(self, ["locked_until"])
        if self.was_locked and form_error is not None:
            form_error.append("locked")  # replaced by the one answer every failure gets
        return self.was_locked

    @property
    def was_locked(self) -> bool:
        """Return the same as far as it was told when this account was read."""
        return self.locked_until is not None and self.locked_until > now()

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Count a wrong password, in one statement so that no try is lost to another."""
        moment = now()
        unlocked = or_(User.locked_until.is_(None), User.locked_until <= moment)
        tries = case((User.locked_until.is_(None), User.failed_sign_ins), else_=0) + 1
        until = case((tries >= TRIES, moment + LOCKED_FOR), else_=None)
        db.session.execute(
            update(User)
            .where(User.id == self.id, unlocked)
            .values(failed_sign_ins=tries, locked_until=until)
            .execution_options(synchronize_session=False)
        )
        db.session.commit()

    def verify_auth_token(self, tdata: dict[str, object]) -> bool:
        """Return False: the library's own tokens travel in URLs; ours is `Token`."""
        return False


class Token(Base):
    """A program's key to one office of one account; only the hash of the secret is kept."""

    __tablename__ = "account_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id"))
    label: Mapped[str] = mapped_column(String(120))
    office: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    signs: Mapped[bool | None]  # whether it may make decisions; older ones may not
    user: Mapped[User] = relationship(back_populates="tokens", lazy="joined")

    @property
    def valid(self) -> bool:
        """Return whether the token opens anything now."""
        return self.revoked_at is None and self.expires_at > now() and self.user.active


class Passkey(Base, WebAuthnMixin):
    """A passkey (W3C WebAuthn): what the browser signs with in place of a code."""

    __tablename__ = "account_passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id"), index=True)
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int | None] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(Several()))
    extensions: Mapped[str | None] = mapped_column(String(255))
    usage: Mapped[str] = mapped_column(String(64))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    create_datetime: Mapped[datetime] = mapped_column(default=naive_utcnow)
    lastuse_datetime: Mapped[datetime] = mapped_column(default=naive_utcnow)
    user: Mapped[User] = relationship(back_populates="webauthn")


class Session(Base):
    """One sign-in in one browser; `key` stands in the signed cookie."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account_user.id"), index=True)
    browser: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    uniquifier: Mapped[str | None] = mapped_column(String(64))  # of its account, when it began
