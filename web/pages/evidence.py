"""Evidence: the files of a candidate, looked at and fetched by whom the rules let open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from domain.candidate_events import EvidenceAttached
from domain.entry import Entry
from domain.history import as_of
from web import enclosures
from web.pages.frame import actor, names, parts, when
from web.pages.naming import called
from web.pages.timeline import known, missing
from web.shield import POLICY
from web.words import sentences
from workflow.enclosures import open_file, opens

pages = Blueprint("evidence", __name__, url_prefix="/candidates/<id>/evidence")
# A file is shown by itself: it runs nothing, fetches nothing and submits nothing.
ALONE: Final = "; ".join(
    (
        *(
            "default-src 'none'",
            "img-src 'self'",
            "object-src 'self'",
            "style-src 'unsafe-inline'",
        ),
        *("base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"),
    )
)
FRAMING: Final = f"{POLICY}; frame-src 'self'"


class Paper(NamedTuple):
    """A piece of evidence: its entry, its words, and what it is if a file is kept."""

    entry: Entry
    words: dict[str, Any]

    @property
    def kept(self) -> bool:
        """Return whether a file is kept."""
        return "sha256" in self.words

    @property
    def kind(self) -> Any:
        """Return what kind of file it is, for people."""
        return enclosures.TOLD.get(self.words.get("media_type", ""), "")

    @property
    def shown(self) -> bool:
        """Return whether a browser shows it."""
        return self.words.get("media_type") in enclosures.SHOWN


def papers(told: Sequence[Entry]) -> list[Paper]:
    """Return the evidence of a candidate that is in force, newest first."""
    at = when()
    found = [e for e in as_of(told, at.on) if isinstance(e.event, EvidenceAttached)]
    seals = [e.event.description for e in found if isinstance(e.event, EvidenceAttached)]
    words = parts().ledger.secrets(seals)
    gone = {"text": sentences.ERASED}
    paired = zip(found, seals, strict=True)
    return [Paper(entry, words.get(seal.id, gone)) for entry, seal in paired][::-1]


def openable(subject: str) -> bool:
    """Return whether the visitor may open the files of a candidate."""
    return opens(parts().register, actor(), subject)


@pages.get("/<int:version>")
def show(id: str, version: int) -> ResponseReturnValue:
    """Show a file with what is known of it."""
    subject = f"candidate:{id}"
    words, _content = open_file(parts().register, actor(), subject, version)
    on, told = when().on, known(subject)
    entry = next((e for e in told if e.version == version and e.effective_on <= on), None)
    if entry is None:
        return missing(subject)
    page = render_template(
        "candidate/evidence.html",
        id=id,
        subject=subject,
        who=called([subject])[subject],
        paper=Paper(entry, dict(words)),
        picture=words["media_type"] in enclosures.PICTURES,
        by=names([entry.actor])[entry.actor],
    )
    answer = Response(page)
    answer.headers["Content-Security-Policy"] = FRAMING
    return answer


@pages.get("/<int:version>/file")
def file(id: str, version: int) -> Response:
    """Send a file: to keep, unless it is asked for to be shown and a browser can."""
    return sent(*open_file(parts().register, actor(), f"candidate:{id}", version))


def sent(words: Any, content: bytes) -> Response:
    """Return the answer that holds a file."""
    inline = "show" in request.args and words["media_type"] in enclosures.SHOWN
    answer = Response(content, mimetype=words["media_type"])
    name = quote(words["file_name"], safe="")
    way = "inline" if inline else "attachment"
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = ALONE if inline else f"{ALONE}; sandbox"
    answer.headers["ETag"] = f'"{words["sha256"]}"'
    return answer
