"""Import: a spreadsheet is looked at first, and recorded only when a person says so."""

from __future__ import annotations

import hashlib
import io
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from domain.vietnamese import spelling
from web.intake import columns, leftover, plan
from web.intake.notes import Problem
from web.intake.record import known_units, record
from web.intake.unusable import Unusable
from web.languages import _
from web.pages.frame import actor, clocks, may, parts
from web.words.days import number

pages = Blueprint("imports", __name__, url_prefix="/import")
SHOWN: Final = 200
WAITING: Final = re.compile(r"[0-9a-f]{64}(\.leftover)?")
KEPT_FOR: Final = 24 * 60 * 60


@pages.before_request
def permitted() -> None:
    """Leave out whom the rules do not let copy an old register, and look only at the present."""
    if clocks().set:
        abort(405)
    if not may("attest-candidate"):
        abort(403)


@pages.get("")
def ask() -> ResponseReturnValue:
    """Ask for a file."""
    return render_template("import/ask.html", problem=None)


@pages.post("")
def preview() -> ResponseReturnValue:
    """Show what a file would bring, and record nothing; one that waits is looked at again."""
    upload, digest, name = (request.files.get("file"), *_named())
    if upload is not None and upload.filename:
        content = upload.stream.read()
        digest, name = hashlib.sha256(content).hexdigest(), Path(upload.filename).name
        _waiting(digest).write_bytes(content)
    if not digest:
        return render_template("import/ask.html", problem=_("Hãy chọn một tệp.")), 422
    create = "create_units" in request.form
    try:
        intake = read(digest, name, create=create)
    except Unusable as unusable:
        _waiting(digest).unlink()
        return render_template("import/ask.html", problem=str(unusable)), 422
    answered = parts().ledger.answered
    known = sum(1 for command_id, _ in intake.candidates if answered(command_id))
    return render_template(
        "import/preview.html",
        intake=intake,
        name=name,
        digest=digest,
        create=create,
        known=known,
        problems=intake.problems[:SHOWN],
        bad_rows=len({problem.row for problem in intake.problems}),
        strangers=set() if create else _strangers(intake.problems),
    )


@pages.post("/record")
def take() -> ResponseReturnValue:
    """Record the rows of a file that was looked at before."""
    digest, name = _named()
    intake = read(digest, name, create="create_units" in request.form)
    if intake.problems and "skip_invalid" not in request.form:
        abort(409)
    made = record(parts(), intake, name, actor())
    _waiting(digest).unlink(missing_ok=True)
    if made.rows:
        flash(
            _(
                "Đã ghi %(rows)s ứng viên (%(entries)s mục ghi) từ “%(name)s”.",
                rows=number(made.rows),
                entries=number(made.entries),
                name=name,
            ),
            "success",
        )
    else:
        flash(
            _(
                "Không có gì mới: %(unchanged)s dòng của “%(name)s” đã có trong sổ.",
                unchanged=number(made.unchanged),
                name=name,
            ),
            "info",
        )
    return redirect(url_for("register.show"), 303)


@pages.post("/leftover")
def bad_rows() -> Response:
    """Send the bad rows, untouched and explained, as a new workbook."""
    digest, name = _named()
    intake = read(digest, name, create="create_units" in request.form)
    out = _waiting(f"{digest}.leftover").with_suffix(".xlsx")
    leftover.write(out, _waiting(digest), name, intake.problems)
    content = io.BytesIO(out.read_bytes())
    out.unlink()
    return send_file(content, as_attachment=True, download_name=f"{Path(name).stem}-can-sua.xlsx")


def _named() -> tuple[str, str]:
    """Return which file that waits is meant, and what it was called."""
    return request.form.get("digest", ""), request.form.get("name", "")


def _strangers(problems: Iterable[Problem]) -> set[str]:
    """Return what units are called that the register does not have, however it is spelt."""
    return {spelling(str(p.value)) for p in problems if p.column == columns.UNIT and p.value}


def read(digest: str, name: str, *, create: bool) -> plan.Intake:
    """Return what a waiting file would bring. Raises Unusable."""
    path = _waiting(digest)
    if not path.is_file():
        abort(404)
    register = parts().register
    names = {id: unit.name or id for id, unit in register.units().items()}
    units = known_units(register)
    return plan.read(path, name, units, create, register.today(), unit_names=names)


def _waiting(digest: str) -> Path:
    """Return where a file waits for the decision to record it; old ones are thrown away."""
    if not WAITING.fullmatch(digest):
        abort(404)
    folder: Path = current_app.extensions["settings"].waiting_folder
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > KEPT_FOR:
            old.unlink(missing_ok=True)
    os.chmod(folder, 0o700)
    return folder / digest
