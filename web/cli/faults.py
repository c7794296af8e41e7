"""The one boundary: every foreseen error becomes a Vietnamese sentence and an exit code."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, NoReturn

import click
from sqlalchemy.exc import SQLAlchemyError

from domain.faults import (
    BadCheckpoint,
    Conflict,
    Interrupted,
    LedgerError,
    NotPrepared,
    Unavailable,
)
from events_store.backup import AlreadyThere, InUse, ProgramFailed, ProgramMissing
from events_store.copying import Occupied
from events_store.key_folder import KeyExists
from events_store.keys import BadKey
from events_store.proofs import BeyondSize
from events_store.sealing import (
    Contradicted,
    Rewritten,
    SignerLost,
    StaleRestore,
    Unsealed,
)
from events_store.witness import (
    Malformed,
    NotContinued,
    NotSigned,
    NoWitness,
    OldSize,
    UnknownLog,
    WitnessExists,
)
from events_store.witness_asking import Behind, Silent, Unwilling
from web.accounts import AccountError, EmailTaken, EmailUnusable, PasswordTooShort
from web.cli.desk import NotARegister, NotFounded
from web.cli.misuse import told
from web.exports.parquet import Missing
from web.intake.unusable import Unusable
from web.moment import BadMoment
from web.pictures import TooLong
from web.settings import BadSetting
from web.words.losses import unwritable
from web.words.seals import reason
from web.words.sentences import refused
from workflow.refusals import Refusal
from workflow.rules import load_all

REFUSED: Final = 1
MISUSED: Final = 2
STOPPED: Final = 130


class Entrance(click.Group):
    """The command itself: nothing that was foreseen leaves it as a traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run a command and exit with its code."""
        try:
            code = super().main(args, *rest, **extra | {"standalone_mode": False})
        except click.Abort:
            code = STOPPED
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = error.exit_code
        except FORESEEN as error:
            click.echo(f"Lỗi: {sentence(error)}", err=True)
            code = exit_code(error)
        sys.exit(code if isinstance(code, int) else 0)


def exit_code(error: Exception) -> int:
    """Return 1 for what was refused or found wrong, 2 for misuse."""
    if isinstance(error, click.ClickException):
        return error.exit_code
    return MISUSED if isinstance(error, MISUSES) else REFUSED


def sentence(error: Exception) -> str:
    """Return what went wrong and what to do."""
    return next(say(error) for kind, say in SENTENCES.items() if isinstance(error, kind))


def _moment(error: Any) -> str:
    if error.field == "known":
        return (
            f"“{error.text}” không phải một thời điểm. Viết số mục ghi (1200), "
            "ngày (2024-06-30) hoặc ngày giờ (2024-06-30T17:00+07:00)."
        )
    return f"“{error.text}” không phải một ngày có thật. Viết năm-tháng-ngày, ví dụ 2024-06-30."


def _setting(error: Any) -> str:
    said = {
        "EXEMPLAR_DATABASE": "phải bắt đầu bằng sqlite:/// hoặc postgresql://, "
        "ví dụ sqlite:///exemplar.db; PostgreSQL cần cài exemplar-register[postgresql].",
        "EXEMPLAR_BASE_URL": "chưa đặt, hoặc không đúng. Đặt địa chỉ mà mọi người dùng để vào sổ, "
        "không kèm đường dẫn, ví dụ https://so.example.vn; liên kết trong thư dẫn về đó.",
        "EXEMPLAR_KEYS": "chưa đặt. Sổ trên PostgreSQL cần một thư mục khóa riêng, cố định, "
        "chỉ chủ sổ vào được, không nằm trên máy chủ cơ sở dữ liệu, ví dụ /srv/exemplar/keys.",
        "EXEMPLAR_SECRET_KEY": "chưa đặt. Đặt một chuỗi dài, ngẫu nhiên và giữ kín.",
    }
    return f"{error.name}: {said.get(error.name, error.problem)}"


def _account(error: Any) -> str:
    match error:
        case EmailUnusable():
            return f"“{error.email}” không phải địa chỉ thư điện tử."
        case EmailTaken():
            return f"Đã có tài khoản {error.email}."
        case PasswordTooShort():
            return f"Mật khẩu cần ít nhất {error.least} ký tự."
        case _:
            return str(error)


def _file(error: Any) -> str:
    where = f" {error.filename}" if error.filename else ""
    return f"Không dùng được tệp{where}: {error.strerror or error}."


SENTENCES: Final[dict[type[Exception], Callable[[Any], str]]] = {
    click.ClickException: told,
    NotFounded: lambda error: (
        f"Chưa có sổ ở {error.place}. Chạy “exemplar init” để lập sổ, "
        "hoặc đặt EXEMPLAR_DATABASE trỏ đến sổ đã có."
    ),
    NotARegister: lambda error: (
        f"{error.path} không phải là sổ điển hình. Đặt EXEMPLAR_DATABASE trỏ đến tệp khác."
    ),
    BadMoment: _moment,
    BadSetting: _setting,
    Refusal: lambda error: refused(error, load_all().sets[-1]),
    AccountError: _account,
    Unusable: str,
    Conflict: lambda error: "Có người đang ghi cùng lúc. Chạy lại lệnh.",
    StaleRestore: unwritable,
    Rewritten: unwritable,
    Contradicted: unwritable,
    SignerLost: unwritable,
    Unsealed: lambda error: f"Chưa có khóa niêm phong ở {error.path}. Chạy “exemplar key create”.",
    KeyExists: lambda error: f"Đã có khóa niêm phong ở {error.path}. Không có gì thay đổi.",
    BadKey: lambda error: f"Khóa không đúng dạng: {error}.",
    BadCheckpoint: lambda error: f"Niêm phong không đúng: {reason(str(error))}.",
    NoWitness: lambda error: f"Chưa có nhân chứng ở {error.path}. Chạy “exemplar witness init”.",
    WitnessExists: lambda error: f"Đã có khóa ở {error.path}. Không có gì thay đổi.",
    Malformed: lambda error: f"Không phải một đề nghị ký chung: {error}.",
    NotSigned: lambda error: f"Sổ ấy không ký niêm phong này bằng khóa đã nhận: {error}.",
    UnknownLog: lambda error: (
        f"Chưa theo dõi sổ {error.origin}. Chạy “exemplar witness trust” với khóa của sổ."
    ),
    OldSize: lambda error: (
        f"Đề nghị nối tiếp từ {error.asked} mục, nhưng lần trước đã ký chung {error.size} mục: "
        "đề nghị đã cũ, hoặc sổ bên kia là bản sao cũ. Không ký."
    ),
    NotContinued: lambda error: (
        f"{error.new} mục này không nối tiếp {error.old} mục đã ký chung lần trước: "
        "sổ bên kia đã rẽ nhánh hoặc bị sửa. Không ký."
    ),
    Unwilling: lambda error: (
        f"Nhân chứng {error.name} không ký chung (trả lời {error.status}): {error.says}"
    ),
    Behind: lambda error: (
        f"Nhân chứng {error.name} nói đã ký chung {error.cosigned} mục, sổ này chỉ có "
        f"{error.size}: có thể là bản sao cũ được đưa lại. Đừng ghi thêm trước khi làm rõ."
    ),
    Silent: lambda error: f"Nhân chứng {error.name} không trả lời: {error.why}.",
    TooLong: lambda error: f"Niêm phong dài {error.length} byte, mã QR chỉ chứa {error.most}.",
    BeyondSize: lambda error: (
        f"Không có mục {error.asked}: sổ chỉ có {error.size} mục, đánh số từ 0."
    ),
    LedgerError: lambda error: f"Sổ có chỗ không khớp, đừng ghi thêm: {error}.",
    NotPrepared: lambda error: (
        "Cơ sở dữ liệu chưa có bảng của sổ, hoặc chưa cấp quyền. Chạy “exemplar migrate” trước."
    ),
    Interrupted: lambda error: (
        "Mất kết nối khi đang ghi, chưa rõ đã ghi hay chưa. Xem lại hồ sơ trước khi làm lại."
    ),
    Unavailable: lambda error: f"Cơ sở dữ liệu không trả lời, chưa ghi gì: {error}.",
    Occupied: lambda error: f"Bảng {error.table} ở nơi đến đã có dữ liệu. Chọn nơi còn trống.",
    AlreadyThere: lambda error: f"Đã có tệp {error.path}. Chọn tên khác, hoặc thay nó: --force.",
    InUse: lambda error: (
        f"Có chương trình đang mở {error.path}. Dừng máy chủ (exemplar serve) rồi chạy lại."
    ),
    ProgramMissing: lambda error: (
        f"Không tìm thấy {error.program}. Cài bộ công cụ PostgreSQL cùng bản với máy chủ "
        "(Debian, Ubuntu: postgresql-client) hoặc thêm thư mục của nó vào PATH."
    ),
    ProgramFailed: lambda error: f"{error.program} không làm xong: {error.said}",
    SQLAlchemyError: lambda error: "Sổ đang bận, chưa ghi được tài khoản. Chạy lại lệnh.",
    sqlite3.Error: lambda error: f"Không đọc, ghi được sổ: {error}.",
    Missing: lambda error: f"Dạng này cần thêm một thư viện: {error}.",
    OSError: _file,
    UnicodeError: lambda error: "Có chữ không ở bảng mã UTF-8. Kiểm tra lại rồi gõ lại.",
}
FORESEEN: Final = tuple(SENTENCES)
MISUSES: Final = (
    AlreadyThere,
    NotFounded,
    NotARegister,
    BadMoment,
    BadSetting,
    OSError,
    UnicodeError,
)
