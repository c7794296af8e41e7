"""Losses: what to say when the register is not what was sealed: what happened, and what to do."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from events_store.checkpoint import base64_of
from events_store.keys import BadKey
from events_store.restoring import Contradiction
from events_store.sealing import Contradicted, Rewritten, SignerLost, StaleRestore
from workflow.register import HERE

UNWRITABLE: Final = (StaleRestore, Rewritten, Contradicted, SignerLost, BadKey)
PLACES: Final = {
    "memory": "trí nhớ người niêm phong",
    "register": "cuốn sổ đang dùng",
}
AGAINST: Final = {
    "older": "{where}: đã có {size} mục, bản sao chỉ có {copy}",
    "other": "{where}: {size} mục đầu của bản sao không như đã niêm phong",
    "seals": "{where}: bản sao thiếu niêm phong đã giữ trong sổ",
    "signer": "{where}: không có khóa hoặc trí nhớ để biết bản sao có phải bản mới nhất không",
}


def unwritable(error: Exception) -> str:
    """Return why nothing more is recorded, and what to do."""
    match error:
        case StaleRestore(sealed=sealed, size=size):
            return (
                f"Sổ đã niêm phong {sealed} mục nhưng nay chỉ còn {size}: có bản sao cũ được "
                "đưa lại. Không ghi thêm, chỉ xem được. Chạy “exemplar doctor”, rồi đưa lại bản "
                "sao mới hơn: “exemplar restore”."
            )
        case Rewritten(sealed=sealed):
            return (
                f"{sealed} mục đầu không như đã niêm phong: sổ đã bị sửa hoặc là bản khác. Không "
                "ghi thêm, chỉ xem được. Chạy “exemplar verify” để biết chỗ, rồi đưa lại bản sao "
                "đúng: “exemplar restore”."
            )
        case Contradicted():
            return _contradicted(error)
        case SignerLost(path=path):
            return (
                f"Sổ này đã niêm phong, nhưng khóa và trí nhớ của người niêm phong không có ở "
                f"{path}. Không ghi thêm, chỉ xem được. Đưa lại thư mục khóa hoặc đặt "
                "EXEMPLAR_KEYS; nếu đã mất hẳn: “exemplar key replace --lost LÝ-DO”."
            )
        case BadKey():
            return (
                "Tệp khóa niêm phong đã hỏng. Không ghi thêm, chỉ xem được. Đưa lại thư mục khóa; "
                "nếu đã mất hẳn: “exemplar key replace --lost LÝ-DO”."
            )
        case _:
            raise AssertionError(f"no words for {type(error).__name__}")


def _contradicted(error: Contradicted) -> str:
    told = "" if error.time is None else f" ký chung lúc {_instant(error.time)}"
    sealed = f"{_place(error.where)}{told}: {error.point.size} mục, gốc "
    sealed += f"{base64_of(error.point.root)[:12]}…"
    if error.size < error.point.size:
        return (
            f"{sealed} Nay sổ chỉ còn {error.size} mục: có bản sao cũ được đưa lại. Không ghi "
            "thêm. Chỉ xem được. Đưa lại bản sao mới nhất: “exemplar restore”."
        )
    return (
        f"{sealed} {error.point.size} mục đầu của sổ này không như thế: sổ đã rẽ nhánh hoặc bị "
        "sửa. Không ghi thêm. Chỉ xem được. Chạy “exemplar verify” để biết chỗ."
    )


def _place(where: str) -> str:
    witness = where.removeprefix("witness ")
    return PLACES.get(where, where) if witness == where else f"Nhân chứng {witness}"


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, HERE).strftime("%d/%m/%Y %H:%M:%S")


def against(found: Contradiction, copy: int) -> str:
    """Return what speaks against a copy of so many entries."""
    where, size = _place(found.where), found.point.size if found.point else 0
    told = AGAINST[found.why].format(where=where, size=size, copy=copy)
    return f"{told} (gốc {base64_of(found.point.root)})" if found.point else told
