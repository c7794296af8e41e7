"""The command line as tests use it: in this process, or the real script in another."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

import web
from web.cli import main
from web.intake.columns import HEADERS

SCRIPT = Path(sys.executable).with_name("exemplar")
SAMPLE = Path(web.__file__).parent / "intake" / "sample" / "register-2021-2025.xlsx"
GOOD = {
    "Loại": "Cá nhân",
    "Tên": "Lương Thị Hòa",
    "Năm sinh": "1986",
    "Đơn vị": "Chi cục Kiểm lâm",
    "Ngày phát hiện": "23/06/2022",
    "Ngày bồi dưỡng": "7/7/2022",
}


class Use:
    """One register, used by command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, folder / "exemplar.db"
        self.env = {
            "EXEMPLAR_DATABASE": f"sqlite:///{self.database}",
            "EXEMPLAR_TOKEN": "",
            "EXEMPLAR_SECRET_KEY": "",
            "PYTHONWARNINGS": "",
        }

    def run(self, *args: object, code: int = 0, given: str | None = None) -> Result:
        """Run a command in this process."""
        words = [str(arg) for arg in args]
        result = CliRunner().invoke(main, words, given, self.env, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    def json(self, *args: object, code: int = 0, given: str | None = None) -> Any:
        """Run a command and return its answer."""
        return json.loads(self.run(*args, "--json", code=code, given=given).stdout)

    def start(self, *args: object) -> subprocess.Popen[str]:
        """Start the real script."""
        return subprocess.Popen(
            [SCRIPT, *map(str, args)],
            env=os.environ | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def script(self, *args: object) -> tuple[int, str, str]:
        """Run the real script to its end."""
        process = self.start(*args)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def founded(self) -> Use:
        """Found the register."""
        self.run("init")
        return self

    def size(self) -> int:
        """Return how many entries there are."""
        size: int = self.json("state")["log"]["size"]
        return size

    def token(self, email: str, role: str, *more: object) -> str:
        """Add a person with an office; return the token of its account."""
        self.run("user", "add", email, "--name", email, "--role", role, *more)
        return str(self.json("token", "create", email)["token"])

    def sheet(self, *rows: dict[str, str], name: str = "so.csv") -> Path:
        """Write rows to a CSV file; what a row does not say, it says as GOOD does."""
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADERS)
            writer.writeheader()
            writer.writerows(GOOD | row for row in rows)
        return path
