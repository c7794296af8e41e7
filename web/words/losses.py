"""Losses: what to say when the register is not what was sealed: what happened, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from events_store.checkpoint import base64_of
from events_store.keys import BadKey
from events_store.restoring import Contradiction
from events_store.sealing import Contradicted, Rewritten, SignerLost, StaleRestore
from web.languages import Words, _
from workflow.register import HERE

UNWRITABLE: Final = (StaleRestore, Rewritten, Contradicted, SignerLost, BadKey)
PLACES: Final[Words[str]] = Words(
    {
        "memory": "trí nhớ người niêm phong",
        "register": "cuốn sổ đang dùng",
    }
)
AGAINST: Final[Words[str]] = Words(
    {
        "older": "{where}: đã có {size} mục, bản sao chỉ có {copy}",
        "other": "{where}: {size} mục đầu của bản sao không như đã niêm phong",
        "seals": "{where}: bản sao thiếu niêm phong đã giữ trong sổ",
        "signer": "{where}: không có khóa hoặc trí nhớ để biết bản sao có phải bản mới nhất không",
    }
)


def unwritable(error: Exception) -> str:
    """Return why nothing more is recorded, and what to do."""
    match error:
        case StaleRestore(sealed=sealed, size=size):
            return _(
                "Sổ đã niêm phong %(sealed)s mục nhưng nay chỉ còn %(size)s: có bản "
                "sao cũ được đưa lại. Không ghi thêm, chỉ xem được. Chạy “exemplar "
                "doctor”, rồi đưa lại bản sao mới hơn: “exemplar restore”.",
                sealed=sealed,
                size=size,
            )
        case Rewritten(sealed=sealed):
            return _(
                "%(sealed)s mục đầu không như đã niêm phong: sổ đã bị sửa hoặc là bản "
                "khác. Không ghi thêm, chỉ xem được. Chạy “exemplar verify” để biết "
                "chỗ, rồi đưa lại bản sao đúng: “exemplar restore”.",
                sealed=sealed,
            )
        case Contradicted():
            return _contradicted(error)
        case SignerLost(path=path):
            return _(
                "Sổ này đã niêm phong, nhưng khóa và trí nhớ của người niêm phong "
                "không có ở %(path)s. Không ghi thêm, chỉ xem được. Đưa lại thư mục "
                "khóa hoặc đặt EXEMPLAR_KEYS; nếu đã mất hẳn: “exemplar key replace "
                "--lost LÝ-DO”.",
                path=path,
            )
        case BadKey():
            return _(
                "Tệp khóa niêm phong đã hỏng. Không ghi thêm, chỉ xem được. Đưa lại "
                "thư mục khóa; nếu đã mất hẳn: “exemplar key replace --lost LÝ-DO”."
            )
        case _:
            raise AssertionError(f"no words for {type(error).__name__}")


def _contradicted(error: Contradicted) -> str:
    told = "" if error.time is None else _(" ký chung lúc %(time)s", time=_instant(error.time))
    sealed = _(
        "%(where)s%(told)s: %(size)s mục, gốc %(root)s…",
        where=_place(error.where),
        told=told,
        size=error.point.size,
        root=base64_of(error.point.root)[:12],
    )
    if error.size < error.point.size:
        return _(
            "%(sealed)s Nay sổ chỉ còn %(size)s mục: có bản sao cũ được đưa lại. "
            "Không ghi thêm. Chỉ xem được. Đưa lại bản sao mới nhất: “exemplar "
            "restore”.",
            sealed=sealed,
            size=error.size,
        )
    return _(
        "%(sealed)s %(size)s mục đầu của sổ này không như thế: sổ đã rẽ nhánh "
        "hoặc bị sửa. Không ghi thêm. Chỉ xem được. Chạy “exemplar verify” để "
        "biết chỗ.",
        sealed=sealed,
        size=error.point.size,
    )


def _place(where: str) -> str:
    witness = where.removeprefix("witness ")
    return (
        PLACES.get(where, where)
        if witness == where
        else _("Nhân chứng %(witness)s", witness=witness)
    )


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, HERE).strftime("%d/%m/%Y %H:%M:%S")


def against(found: Contradiction, copy: int) -> str:
    """Return what speaks against a copy of so many entries."""
    where, size = _place(found.where), found.point.size if found.point else 0
    told = AGAINST[found.why].format(where=where, size=size, copy=copy)
    return (
        _("%(told)s (gốc %(root)s)", told=told, root=base64_of(found.point.root))
        if found.point
        else told
    )
