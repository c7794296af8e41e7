"""Settings: from the environment, checked once, never read anywhere else."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SCHEME = "sqlite:///"


class BadSetting(Exception):
    """A setting is missing or cannot be used. Facts: its name, what is wrong, what to do."""

    def __init__(self, name: str, problem: str) -> None:
        """Name the setting."""
        super().__init__(f"{name}: {problem}")
        self.name, self.problem = name, problem


@dataclass(frozen=True)
class Settings:
    """Where the register is and how it is served. `demo` marks sample data on every page."""

    database: Path
    secret_key: str | None = None
    demo: bool = False
    insecure_cookies: bool = False
    keys: Path | None = None
    origin: str | None = None

    @property
    def keys_folder(self) -> Path:
        """Return the folder of the signing key: beside the database, if none is named."""
        return self.keys or self.database.with_name(f"{self.database.name}.keys")

    @property
    def database_url(self) -> str:
        """Return the address of the database as SQLAlchemy wants it."""
        return f"{SCHEME}{self.database.resolve()}"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this process. Raises BadSetting."""
    url = environment.get("EXEMPLAR_DATABASE", f"{SCHEME}exemplar.db")
    if not url.startswith(SCHEME):
        raise BadSetting("EXEMPLAR_DATABASE", f"must begin with {SCHEME}")
    keys = environment.get("EXEMPLAR_KEYS")
    return Settings(
        database=Path(url.removeprefix(SCHEME)),
        secret_key=environment.get("EXEMPLAR_SECRET_KEY"),
        demo=environment.get("EXEMPLAR_DEMO") == "1",
        insecure_cookies=environment.get("EXEMPLAR_INSECURE_COOKIES") == "1",
        keys=Path(keys) if keys else None,
        origin=environment.get("EXEMPLAR_ORIGIN") or None,
    )
