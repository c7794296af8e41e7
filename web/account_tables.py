"""The tables behind sign-in: accounts and the tokens programs use in their place."""

# Flask-Security types the columns as plain values, SQLAlchemy as Mapped ones.
# mypy: disable-error-code="assignment"

from __future__ import annotations

from datetime import datetime, timedelta

from flask_security import RoleMixin, UserMixin, naive_utcnow
from flask_security.proxies import _security
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import ForeignKey, String, case, or_, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

LEAST_PASSWORD = 12
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)

db = SQLAlchemy()


def now() -> datetime:
    """Return the present instant, UTC without a zone, by the clock given to `install`."""
    instant = _security.datetime_factory()
    assert isinstance(instant, datetime), "the clock gives a datetime"
    return instant


class Base(DeclarativeBase):
    """What the account tables have in common."""


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
    tokens: Mapped[list[Token]] = relationship(back_populates="user")

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override]
        """Return no role."""
        return []

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Return whether wrong passwords have locked this account for now."""
        db.session.refresh(self, ["locked_until"])
        locked = self.locked_until is not None and self.locked_until > now()
        if locked and form_error is not None:
            form_error.append("locked")  # replaced by the one answer every failure gets
        return locked

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
    user: Mapped[User] = relationship(back_populates="tokens", lazy="joined")

    @property
    def valid(self) -> bool:
        """Return whether the token opens anything now."""
        return self.revoked_at is None and self.expires_at > now() and self.user.active
