"""docs/api.md: its examples are run, in order, against a register that is served."""

from __future__ import annotations

import os
import re
import subprocess
from html import unescape
from pathlib import Path
from urllib.request import urlopen
from uuid import uuid4

from desk import Desk, served
from programs import program
from test_readme import ROOT, examples

from domain.values import Role
from domain.vietnamese import tidy
from web.api.document import SAYS_SOMETHING
from web.api.strict import CLEAN

# What JavaScript takes for a blank (ECMA-262, WhiteSpace and LineTerminator).
BLANK = {
    *"\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff",
    *map(chr, range(0x2000, 0x200B)),
}

pytest_plugins = ["desks"]


def test_every_example_prints_what_the_page_says(desk: Desk, tmp_path: Path) -> None:
    told = examples((ROOT / "docs" / "api.md").read_text("utf-8"))
    script = "\n".join(f"{command}\nprintf '\\x1e'" for command, _ in told)
    with served(desk.app) as url:
        run = subprocess.run(
            ["bash", "-eu", "-c", script],
            cwd=tmp_path,
            env={
                **os.environ,
                "API": f"{url}/api/v1",
                "TOKEN": program(desk, Role.OFFICER).secret,
            },
            capture_output=True,
            text=True,
            check=True,
        )
    printed = run.stdout.split("\x1e")
    lacking = [
        (command, line, said[:300])
        for (command, lines), said in zip(told, printed, strict=False)
        for line in lines
        if line not in said
    ]
    assert (len(told) > 10, lacking) == (True, [])


def test_what_the_page_shows_first_is_how_it_is_done(desk: Desk) -> None:
    officer = program(desk, Role.OFFICER)
    (found,) = officer.found("/candidates", stage="nurture", limit=1)["candidates"]
    given = {"exr_…": officer.secret, "/ID/": f"/{found['id']}/", "UUID": str(uuid4())}
    with served(desk.app) as url, urlopen(f"{url}/api/v1/docs") as page:
        (shown,) = re.findall(r"<pre[^>]*>(API=.*?)</pre>", page.read().decode(), re.DOTALL)
        script = unescape(shown)
        for stands, value in given.items():
            script = script.replace(stands, value)
        run = subprocess.run(["bash", "-euc", script], capture_output=True, check=True)
    said = run.stdout.decode()
    assert '"name":"Hoàng' in said
    assert '"repeated":false' in said
    assert '"entries":[{"position":1,' in said


def test_what_the_documents_call_text_is_some_to_every_reader() -> None:
    taken = [one for one in map(chr, range(0x10000)) if re.search(CLEAN, one)]
    empty = {one for one in taken if not tidy(one)}
    assert empty - BLANK == {"\x85"}
    assert [one for one in empty if re.search(SAYS_SOMETHING, one)] == []
