"""Enclosures: files that people bring, looked at by their content before anything is recorded."""

from __future__ import annotations

import binascii
import zipfile
from base64 import b64decode
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any, Final

import puremagic
from marshmallow import ValidationError, fields

from domain.candidate_events import EvidenceAttached
from domain.enclosure import Enclosure
from domain.history import as_of
from domain.vietnamese import tidy
from web.languages import Later, _
from web.parts import Parts
from web.words.days import size
from workflow import commands as asked

MOST: Final = 20  # files that one command attaches
LONGEST: Final = 150  # characters of a name
OFFICE: Final = "application/vnd.openxmlformats-officedocument"
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    WORD: (".docx",),
    SHEET: (".xlsx",),
}
PICTURES: Final = (JPEG, PNG)
SHOWN: Final = (PDF, *PICTURES)  # what a browser shows without running anything of ours
TOLD: Final[Mapping[str, Any]] = {
    PDF: "PDF",
    JPEG: Later("Ảnh JPEG"),
    PNG: Later("Ảnh PNG"),
    WORD: "Word",
    SHEET: "Excel",
}
# What makes a packed document of Office this one, among the names in it.
PACKED: Final = {"word/document.xml": WORD, "xl/workbook.xml": SHEET}
ZIP: Final = b"PK\x03\x04"


class Files(fields.List[Any]):
    """Files, each as {"name": …, "content": bytes, or text in base64}, looked at one by one."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what every field takes."""
        super().__init__(fields.Raw(), **kwargs)

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        told = super()._deserialize(value, attr, data, **kwargs)
        if len(told) > MOST:
            raise ValidationError(_("Mỗi lần không quá %(most)s tệp.", most=MOST))
        made: list[Enclosure] = []
        wrong: list[Any] = []
        for one in told:
            try:
                made.append(opened(one))
            except ValidationError as error:
                wrong += error.messages
        if wrong:
            raise ValidationError(wrong)
        return tuple(made)


def opened(told: Any) -> Enclosure:
    """Return one file as it came. Raises ValidationError naming it."""
    if not isinstance(told, Mapping) or told.keys() != {"name", "content"}:
        raise ValidationError(_("Mỗi tệp cần đúng hai mục: name và content."))
    name, content = told["name"], told["content"]
    if not isinstance(name, str) or not isinstance(content, str | bytes):
        raise ValidationError(_("Mỗi tệp cần đúng hai mục: name và content."))
    return enclosed(name, content if isinstance(content, bytes) else _decoded(name, content))


def _decoded(name: str, text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        told = _("“%(name)s”: content không ở dạng base64.", name=name[:60])
        raise ValidationError(told) from None


def enclosed(name: str, content: bytes) -> Enclosure:
    """Return a file whose name and content agree. Raises ValidationError."""
    named = tidy(name)
    if not named.isprintable() or not 0 < len(named) <= LONGEST or named[:1] == ".":
        raise ValidationError(_("Tên tệp cần từ 1 đến %(most)s ký tự.", most=LONGEST))
    if "/" in named or "\\" in named:
        raise ValidationError(_("“%(name)s”: tên tệp không được kèm đường dẫn.", name=named))
    if not content:
        raise ValidationError(_("“%(name)s” rỗng, không có nội dung.", name=named))
    kind = type_of(content)
    if kind is None:
        raise ValidationError(
            _("“%(name)s” không phải PDF, ảnh JPEG, PNG, tài liệu Word (.docx) hay bảng tính "
              "Excel (.xlsx) không chứa macro.", name=named)
        )  # fmt: skip
    if PurePosixPath(named).suffix.lower() not in ENDINGS[kind]:
        raise ValidationError(
            _("“%(name)s” có nội dung là %(kind)s; hãy đổi đuôi tên tệp thành %(ending)s.",
              name=named, kind=_(TOLD[kind]), ending=ENDINGS[kind][0])
        )  # fmt: skip
    return Enclosure(named, kind, content)


def type_of(content: bytes) -> str | None:
    """Return the media type that the bytes show, or None if it is none that is taken."""
    if content.startswith(ZIP):
        return _packed(content)
    try:
        found = puremagic.from_string(content, mime=True)
    except puremagic.PureError:
        return None
    return found if found in SHOWN else None


def _packed(content: bytes) -> str | None:
    """Return which document of Office a ZIP is: whole, and without programs in it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any("vbaproject" in n.lower() for n in names):
        return None
    return next((kind for name, kind in PACKED.items() if name in names), None)


def check(parts: Parts, subject: str | None, command: asked.Command) -> None:
    """Refuse files that are too large, or there already. Raises ValidationError."""
    if not isinstance(command, asked.AttachEvidence) or not command.files:
        return
    most, kept = parts.file_limit, attached(parts, subject) if subject else {}
    wrong = []
    for file in command.files:
        if len(file.content) > most:
            told = {"name": file.name, "size": size(len(file.content)), "most": size(most)}
            wrong.append(_("“%(name)s” nặng %(size)s; nhiều nhất là %(most)s.", **told))
        elif version := kept.get(file.sha256):
            wrong.append(_("“%(name)s” đã có trong hồ sơ, ở mục %(version)s.",
                           name=file.name, version=version))  # fmt: skip
    if wrong:
        raise ValidationError({"files": wrong})


def attached(parts: Parts, subject: str) -> dict[str, int]:
    """Return the files that a candidate has, by hash, each with the version of its entry."""
    events = ((e.version, e.event) for e in as_of(parts.ledger.entries(subject)))
    seals = {v: e.description for v, e in events if isinstance(e, EvidenceAttached)}
    told = parts.ledger.secrets(seals.values())
    hashes = {v: told.get(seal.id, {}).get("sha256") for v, seal in seals.items()}
    return {sha256: version for version, sha256 in hashes.items() if sha256}
