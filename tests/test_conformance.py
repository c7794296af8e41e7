"""The API is as its documents say: schemathesis, with every check on, finds nothing.

`make conform` tries every operation in every way, which takes a while: here the most telling
ones are, and all of them with a few requests each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desk import Desk, served
from programs import program

from domain.values import Role

pytest_plugins = ["desks"]
HERE = Path(__file__).parent / "conformance"
FULL = os.environ.get("EXEMPLAR_CONFORMANCE")  # how many requests an operation gets
# One of each shape: nested, chosen, counted, dated, repeated, by criterion, empty, to be asked.
TELLING = (
    *("/candidates", "/candidates/{id}", "/candidates/{id}/needs", "/units", "/state", "/entries"),
    *("/candidates/{id}/log-support", "/candidates/{id}/assess-criteria"),
    *("/candidates/{id}/advance-stage", "/units/{id}/merge-unit"),
    *("/units/{id}/correct-effective-date", "/entries/{position}/proof"),
)

SAME = ("--seed", "1", "-w", "2")


def tried(url: str, secret: str, folder: Path, *how: str) -> None:
    """Let schemathesis try what it can, and find nothing."""
    program = Path(sys.executable).with_name("schemathesis")
    asked = [program, "--config-file", HERE / "schemathesis.toml", "run"]
    given = ["--checks", "all", "-H", f"Authorization: Bearer {secret}", "--continue-on-failure"]
    run = subprocess.run(
        [*asked, f"{url}/api/v1/openapi.json", *given, *how],
        cwd=folder,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "checks", "PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        check=False,
    )
    found = run.stdout.partition(" FAILURES ")[2] or run.stdout[-6000:]  # warnings are longer
    assert run.returncode == 0, found[:6000] + run.stderr[-2000:]


def test_the_api_is_as_its_documents_say(desk: Desk, tmp_path: Path) -> None:
    desk.parts.sealer.keys.create("so-dien-hinh/thu")
    secret = program(desk, Role.OFFICER).secret
    with served(desk.app) as url:
        if FULL:
            tried(url, secret, tmp_path, "-n", FULL, "-w", "2")
            return
        tried(url, secret, tmp_path, "--phases", "fuzzing", "-n", "2", *SAME)
        tried(url, secret, tmp_path, "--phases", "stateful", "-n", "10", *SAME)
        chosen = (f"--include-path=/api/v1{path}" for path in TELLING)
        tried(url, secret, tmp_path, "--phases", "examples,coverage", *SAME, *chosen)
