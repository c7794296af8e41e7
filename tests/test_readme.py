"""README: its examples are run, in order, in a new folder; its picture is the machine's own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main
from workflow.rules import load_all

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SAMPLE = ROOT / "web" / "intake" / "sample" / "register-2021-2025.xlsx"


def examples(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of a page's console blocks with the lines it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            else:
                found[-1][1].append(line)
    return found


def printed(command: str) -> str:
    """Return what a command prints: the whole line by a shell, or ours alone in this process.

    Each start of the real script costs two seconds, of which the shell's have enough.
    """
    if command.startswith("exemplar ") and "$(" not in command:
        words = shlex.split(command)[1:]
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        assert result.exit_code == 0, (command, result.output)
        return result.stdout
    run = ["bash", "-c", command]
    return subprocess.run(run, capture_output=True, text=True, check=True).stdout


def test_every_example_prints_what_readme_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(SAMPLE, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("EXEMPLAR_DATABASE", raising=False)
    lacking = []
    for command, lines in examples(README):
        told = printed(command)
        lacking += [(command, line) for line in lines if line not in told]
    assert (len(examples(README)) > 5, lacking) == (True, [])


def test_the_diagram_is_the_machine_itself() -> None:
    diagram = re.search(r"```mermaid\n(.*?)\n```", README, re.DOTALL)
    assert diagram
    assert diagram[1] == load_all().on(date(2026, 1, 1)).mermaid()


def test_every_dependency_earns_its_line() -> None:
    text = (ROOT / "setup.cfg").read_text("utf-8")
    listed = re.search(r"install_requires =\n((?:    .*\n)+)", text)
    assert listed
    names = [re.split(r"[\s~=<>\[;]", line.strip())[0] for line in listed[1].splitlines()]
    missing = [n for n in names if not n.startswith("#") and n.lower() not in README.lower()]
    assert missing == []


def test_every_command_of_the_house_is_one_of_two() -> None:
    assert re.findall(r"^make (\w+)", README, re.MULTILINE) == ["run", "test"]
