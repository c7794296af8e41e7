"""Settings: from the environment, checked once, never read anywhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from events_store.database import Address

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"
MEGABYTE = 1024 * 1024
FILE_LIMIT = 20 * MEGABYTE
MOST_SENT = 64 * MEGABYTE  # in one request
LARGEST = 40  # megabytes: what a whole request may have leaves no room for more


class BadSetting(Exception):
    """A setting is missing or cannot be used. Facts: its name, what is wrong, what to do."""

    def __init__(self, name: str, problem: str) -> None:
        """Name the setting."""
        super().__init__(f"{name}: {problem}")
        self.name, self.problem = name, problem


@dataclass(frozen=True)
class Oidc:
    """Another place where people sign in (OpenID Connect); `name` stands on the button."""

    issuer: str
    client: str
    secret: str
    name: str


@dataclass(frozen=True)
class Settings:
    """Where the register is and how it is served. `demo` marks sample data on every page.

    `base_url` is how people reach it, `proxy` the address of what stands in front of it.
    `file_limit` is how many bytes a file of evidence may have.
    `quick_passwords` hashes them at no cost, for tests: no environment sets it.
    """

    database: Address
    secret_key: str | None = None
    demo: bool = False
    insecure_cookies: bool = False
    keys: Path | None = None
    origin: str | None = None
    base_url: str | None = None
    proxy: str | None = None
    smtp: str | None = None
    oidc: Oidc | None = None
    second_factor: bool = True
    file_limit: int = FILE_LIMIT
    quick_passwords: bool = False

    @property
    def signing_secret(self) -> str:
        """Return what cookies are signed with. Raises BadSetting."""
        if not self.secret_key:
            raise BadSetting("EXEMPLAR_SECRET_KEY", "must be set: a long random text, kept secret")
        return self.secret_key

    @property
    def keys_folder(self) -> Path:
        """Return the folder of the signing key. Raises BadSetting.

        It is the one named, or else beside the file. There is no place beside the database of a
        server, and the folder that a program is started in is another one each time: a register
        would look as if it had lost its signer, or be given a second one.
        """
        if self.keys is None and isinstance(self.database, str) and not self.demo:
            raise BadSetting("EXEMPLAR_KEYS", "must be set for a register on PostgreSQL")
        return self.keys or self._beside("keys")

    def check_serving(self) -> None:
        """Raise BadSetting for the first that pages cannot do without."""
        _ = self.signing_secret, self.keys_folder
        if self.smtp and not self.base_url:
            # A link would lead to whatever place a stranger asks us to be.
            raise BadSetting("EXEMPLAR_BASE_URL", "must be set where letters are sent")

    @property
    def known_as(self) -> dict[str, str]:
        """Return where every question came to, as WSGI says it, whatever it says itself."""
        if self.base_url is None:
            return {}
        url = urlsplit(self.base_url)
        return {"wsgi.url_scheme": url.scheme, "HTTP_HOST": url.netloc}

    @property
    def waiting_folder(self) -> Path:
        """Return the folder where uploaded files wait to be recorded."""
        return self._beside("waiting")

    def _beside(self, what: str) -> Path:
        """Return a folder beside the file, or here, for what is kept with a database."""
        if isinstance(self.database, Path):
            return self.database.with_name(f"{self.database.name}.{what}")
        return Path(f"{urlsplit(self.database).path.strip('/') or 'exemplar'}.{what}")

    @property
    def database_url(self) -> str:
        """Return the address of the database as SQLAlchemy wants it."""
        if isinstance(self.database, Path):
            return f"{SQLITE}{self.database.resolve()}"
        return self.database

    @property
    def place(self) -> str:
        """Return where the register is, for people: without a password."""
        return place(self.database)


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this process. Raises BadSetting."""
    keys = environment.get("EXEMPLAR_KEYS")
    return Settings(
        database=address(environment.get("EXEMPLAR_DATABASE", f"{SQLITE}exemplar.db")),
        secret_key=environment.get("EXEMPLAR_SECRET_KEY"),
        demo=environment.get("EXEMPLAR_DEMO") == "1",
        insecure_cookies=environment.get("EXEMPLAR_INSECURE_COOKIES") == "1",
        keys=Path(keys) if keys else None,
        origin=environment.get("EXEMPLAR_ORIGIN") or None,
        base_url=_base_url(environment.get("EXEMPLAR_BASE_URL") or None),
        proxy=environment.get("EXEMPLAR_PROXY") or None,
        smtp=_smtp(environment.get("EXEMPLAR_SMTP") or None),
        oidc=_oidc(environment),
        second_factor=environment.get("EXEMPLAR_SECOND_FACTOR") != "0",
        file_limit=_file_limit(environment.get("EXEMPLAR_FILE_LIMIT") or None),
    )


def _file_limit(megabytes: str | None) -> int:
    if megabytes is None:
        return FILE_LIMIT
    if not megabytes.isdecimal() or not 1 <= int(megabytes) <= LARGEST:
        raise BadSetting("EXEMPLAR_FILE_LIMIT", f"must be a number of megabytes, 1 to {LARGEST}")
    return int(megabytes) * MEGABYTE


def _base_url(url: str | None) -> str | None:
    if url and not re.fullmatch(r"https?://[a-z0-9.-]+(:[0-9]+)?/?", url):
        raise BadSetting("EXEMPLAR_BASE_URL", "must be like https://so.example.vn, without a path")
    return url


def _smtp(url: str | None) -> str | None:
    if url and not url.startswith(("smtp://", "smtps://")):
        raise BadSetting("EXEMPLAR_SMTP", "must begin with smtp:// or smtps://")
    return url


def _oidc(environment: Mapping[str, str]) -> Oidc | None:
    names = [f"EXEMPLAR_OIDC_{part}" for part in ("ISSUER", "CLIENT", "SECRET")]
    told = [environment.get(name, "") for name in names]
    if not any(told):
        return None
    for name, value in zip(names, told, strict=True):
        if not value:
            raise BadSetting(name, "must be set along with " + ", ".join(names))
    if find_spec("authlib") is None:
        raise BadSetting(names[0], "needs Authlib: pip install 'exemplar-register[oidc]'")
    return Oidc(
        told[0].rstrip("/"), told[1], told[2], environment.get("EXEMPLAR_OIDC_NAME", "SSO")
    )


def address(url: str, name: str = "EXEMPLAR_DATABASE") -> Address:
    """Return the address that a URL gives. Raises BadSetting."""
    if url.startswith(SQLITE):
        return Path(url.removeprefix(SQLITE))
    if not url.startswith(POSTGRESQL):
        raise BadSetting(name, f"must begin with {SQLITE} or {POSTGRESQL}")
    if find_spec("psycopg") is None:
        raise BadSetting(name, "needs psycopg: pip install 'exemplar-register[postgresql]'")
    return url


def place(database: Address) -> str:
    """Return an address as people may see it."""
    if isinstance(database, Path):
        return str(database)
    url = urlsplit(database)
    return url._replace(netloc=url.netloc.rpartition("@")[2], query="").geturl()
