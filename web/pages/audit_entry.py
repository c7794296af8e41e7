"""One entry whole: as it lies in the log, and how it leads to the signed root, step by step."""

from __future__ import annotations

import hashlib
from typing import Any, Final, NamedTuple

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from domain.corrections import EffectiveDateCorrected, EntryVoided
from domain.entry import Entry
from domain.subjects import kind_of
from events_store import log_pages, seal
from events_store.checkpoint import Receipt, base64_of, format_receipt
from events_store.codec import decode
from events_store.cosignatures import cosigned
from events_store.memory import Remembered
from events_store.merkle import leaf_hash
from events_store.names import NAME_OF
from events_store.proofs import Step, check_inclusion, prove_inclusion, steps, subtrees
from events_store.public_log import whole
from web.languages import _
from web.pages import audit
from web.pages.frame import names, parts, visitor, when
from web.pages.naming import called
from web.words import log as words
from web.words import sentences
from web.words.events import EVENTS
from web.words.labels import field_label
from workflow import auditing

pages = Blueprint("audit_entry", __name__, url_prefix="/audit/entries")
pages.before_request(audit.permitted)
LAST: Final = 2**62


class Row(NamedTuple):
    """A row as it lies in the log, and the public text that its leaf is made of."""

    entry: Entry
    name: str
    body: bytes
    blind: bytes
    leaf: bytes
    text: bytes


class Proof(NamedTuple):
    """How a leaf leads to the root of the newest seal; `agrees` if it does."""

    sealed: Remembered
    path: tuple[bytes, ...]
    steps: list[Step]
    agrees: bool
    key: str


@pages.get("/<int:position>")
def show(position: int) -> ResponseReturnValue:
    """Show an entry with everything that is kept of it."""
    row = found(position)
    entry, register = row.entry, parts().register
    subject = [e for e in parts().ledger.entries(entry.subject) if _is_known(e)]
    named = names([entry.actor])
    office = register.offices().get(entry.acting_as or "")
    return render_template(
        "audit/entry.html",
        row=row,
        entry=entry,
        says=words.said(entry.event),
        about=called({entry.subject})[entry.subject],
        kinds=words.SUBJECTS,
        kind=EVENTS[row.name],
        actor=named[entry.actor],
        role=office.role if office else None,
        rules=register.rules.cited(entry.rule_set or ""),
        together=[e for e in parts().ledger.answered(entry.command_id) if _is_known(e)],
        before=_at(subject, entry.version - 1),
        after=_at(subject, entry.version + 1),
        corrections=corrections(subject, entry),
        content=content(entry),
        proof=proof(row),
        size=parts().ledger.size() if when().known is None else when().known,
        digest=hashlib.sha256(row.body).hexdigest(),
        commitment=row.text.decode().split("\n")[2],
        b64=base64_of,
    )


@pages.get("/<int:position>/proof")
def receipt(position: int) -> Response:
    """Send what proves to anybody that an entry is in the log (C2SP tlog-proof)."""
    row = found(position)
    proven = proof(row)
    if proven is None or not proven.agrees:
        abort(404)
    sealed = proven.sealed
    signed = cosigned(parts().ledger.db, sealed.note, sealed.point.size)
    told = format_receipt(Receipt(position, proven.path, signed))
    return _file(told, f"muc-{position}.tlog-proof")


@pages.get("/<int:position>/leaf")
def leaf(position: int) -> Response:
    """Send the public text of an entry's leaf."""
    return _file(found(position).text, f"muc-{position}.leaf")


def found(position: int) -> Row:
    """Return the row at a position that is known at the moment asked about."""
    known = when().known
    row = log_pages.stored(parts().ledger.db, position) if position < LAST else None
    if row is None or (known is not None and position >= known):
        abort(404)
    at, subject, version, recorded_at, name, body, blind, hashed = row
    entry = decode(at, subject, version, recorded_at, name, body)
    text = seal.public_text(at, version, recorded_at, subject, name, body, blind)
    return Row(entry, name, body, blind, hashed, text)


def proof(row: Row) -> Proof | None:
    """Return how an entry leads to the newest seal, or None if it is not sealed yet."""
    sealed, at = parts().sealer.last(), row.entry.position
    keys = parts().sealer.keys.verifiers()
    if sealed is None or not keys or at >= sealed.point.size:
        return None
    size, top = sealed.point.size, sealed.point.root
    path = prove_inclusion(subtrees(whole(parts().ledger.db)), at, size)
    hashed = leaf_hash(row.text)
    agrees = hashed == row.leaf and check_inclusion(hashed, at, size, path, top)
    return Proof(sealed, tuple(path), steps(hashed, at, size, path), agrees, str(keys[-1]))


def corrections(subject: list[Entry], entry: Entry) -> list[tuple[Entry, str]]:
    """Return the later entries that void an entry or date it otherwise, with what each says."""
    return [
        (each, words.said(each.event))
        for each in subject
        if isinstance(each.event, EntryVoided | EffectiveDateCorrected)
        and each.event.target == entry.version
    ]


def content(entry: Entry) -> dict[str, Any]:
    """Return the words of the vault that an entry seals, by label, for whom they are meant."""
    kind = kind_of(entry.subject)
    if kind in auditing.DEALT and not auditing.may_read(visitor().roles, kind):
        return {}
    sealed, of = sentences.sealed(entry.event), NAME_OF[type(entry.event)]
    opened = parts().ledger.secrets(sealed.values())
    told: dict[str, Any] = {}
    for name, each in sealed.items():
        for key, text in opened.get(each.id, {"text": _(sentences.ERASED)}).items():
            told[field_label(name if key == "text" else key, of) or ""] = text
    return told


def _at(subject: list[Entry], version: int) -> Entry | None:
    return next((entry for entry in subject if entry.version == version), None)


def _is_known(entry: Entry) -> bool:
    known = when().known
    return known is None or entry.position < known


def _file(content: bytes, name: str) -> Response:
    answer = Response(content, mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
