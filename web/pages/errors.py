"""What a visitor sees when something is refused or wrong: said once, for every page."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from domain.faults import Conflict, LedgerError, Unavailable
from web import receipts
from web.api import problems
from web.intake.unusable import Unusable
from web.languages import Later, _
from web.moment import BadMoment, Moment
from web.pages import public
from web.pages.frame import API, clocks, parts, when
from web.words import losses, sentences
from workflow import refusals

STATUS: dict[type[refusals.Refusal], int] = {
    refusals.UnknownSubject: 404,
    refusals.NotPermitted: 403,
    refusals.MoveNotAllowed: 409,
    refusals.NeedsUnmet: 409,
    refusals.Outdated: 409,
    refusals.InvalidCommand: 422,
}
FORMS: Final = ("text/html", "application/json", "application/problem+json")
UNWRITABLE: Final = Later("Sổ chỉ xem được, chưa ghi thêm")
SAID: dict[int, tuple[str, str]] = {
    400: (
        Later("Yêu cầu không hợp lệ"),
        Later("Hãy quay lại trang trước, tải lại trang rồi gửi lại."),
    ),
    403: (Later("Không được phép"), Later("Chức trách của bạn hôm nay không cho làm việc này.")),
    404: (
        Later("Không tìm thấy"),
        Later("Không có trang hoặc hồ sơ này. Hãy tìm lại từ trang đầu."),
    ),
    405: (Later("Không làm như vậy được"), Later("Hãy dùng nút trên trang thay vì gõ địa chỉ.")),
    409: (
        Later("Chưa làm được"),
        Later("Tình hình đã khác so với lúc mở trang. Hãy xem lại rồi làm lại."),
    ),
    413: (
        Later("Tệp quá lớn"),
        Later("Mỗi tệp tối đa 64 MB. Hãy chia nhỏ danh sách rồi nhập lại."),
    ),
    429: (
        Later("Thử quá nhiều lần"),
        Later("Địa chỉ này đã thử sai nhiều lần. Hãy đợi ít phút rồi thử lại."),
    ),
}


def install(app: Flask) -> None:
    """Turn refusals and faults into pages."""
    app.register_error_handler(refusals.Refusal, refused)
    app.register_error_handler(Conflict, busy)
    app.register_error_handler(BadMoment, bad_moment)
    app.register_error_handler(Unusable, unusable)
    app.register_error_handler(Unavailable, unavailable)
    app.register_error_handler(OperationalError, unavailable)
    for kind in losses.UNWRITABLE:
        app.register_error_handler(kind, unwritable)
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(HTTPException, failed)


def page(status: int, title: str, text: str) -> ResponseReturnValue:
    """Return an error page that says what to do."""
    try:
        when()
    except BadMoment:  # two things are wrong at once: the page is drawn as of today
        g.when = Moment(parts().register.today())
    site = public.shared() if request.path.startswith("/public") else {}
    return render_template("error.html", title=title, text=text, **site), status


def refused(refusal: refusals.Refusal) -> ResponseReturnValue:
    """Say why a command was refused."""
    register = parts().register
    text = sentences.refused(refusal, register.rules.on(register.today()))
    status = STATUS[type(refusal)]
    return page(status, _(SAID.get(status, SAID[409])[0]), text)


def busy(conflict: Conflict) -> ResponseReturnValue:
    """Say that others were faster."""
    return page(409, _("Sổ đang bận"), _("Nhiều người cùng ghi vào hồ sơ này. Hãy thử lại."))


def bad_moment(error: BadMoment) -> ResponseReturnValue:
    """Say that a date cannot be read."""
    text = _(
        "“%(words)s” không phải là một ngày có thật. Hãy chọn ngày ở đầu trang.",
        words=error.text[:40],
    )
    return page(400, _("Ngày không hợp lệ"), text)


def unusable(error: Unusable) -> ResponseReturnValue:
    """Say why a file that was looked at before cannot be read now."""
    return page(422, _("Không đọc được tệp"), str(error))


def unavailable(error: Exception) -> ResponseReturnValue:
    """Say that the database does not answer; whoever can, asks again by himself."""
    current_app.logger.error("%s", error)
    return broken(), 503, {"Retry-After": "5"}


def unwritable(error: Exception) -> ResponseReturnValue:
    """Say why nothing more is recorded; what there is can still be read."""
    current_app.logger.critical("nothing is recorded: %s", error)
    text, last = losses.unwritable(error), _sealed()
    if asked_by_program() or request.accept_mimetypes.best_match(FORMS) in FORMS[1:]:
        return problems.problem("unwritable", text, checkpoint=last)
    if last:
        text = _(
            "%(words)s Niêm phong cuối: %(size)s mục, gốc %(root)s.",
            words=text,
            size=last["size"],
            root=last["root"],
        )
    return page(503, _(UNWRITABLE), text)


def _sealed() -> dict[str, Any] | None:
    """Return what was sealed last: what is there now does not continue it."""
    try:
        last = parts().sealer.last()
    except LedgerError:
        return None
    return receipts.told(last.point) if last else None


def expired(error: CSRFError) -> ResponseReturnValue:
    """Say that a form is too old to be trusted."""
    told = _("Chưa ghi gì. Bấm Quay lại để chép những gì đã gõ, đăng nhập rồi mở lại biểu mẫu.")
    return page(400, _("Biểu mẫu đã hết hạn"), told)


def failed(error: HTTPException) -> ResponseReturnValue:
    """Say what an HTTP error means here."""
    code = error.code or 500
    if asked_by_program():
        return problems.failed(error)
    if code >= 500:
        return broken(), code
    if code == 405 and clocks().set:
        return page(
            code, _("Đang xem một ngày khác"), _("Chỉ sửa được hôm nay. Hãy về hôm nay rồi làm.")
        )
    return page(code, *map(_, SAID.get(code, SAID[400]))) if code >= 400 else error


def asked_by_program() -> bool:
    """Return whether an address of the API was asked for, there or not."""
    return request.path.startswith(API)


def broken() -> str:
    """Return a page that can be drawn whatever is wrong: it reads nothing."""
    return current_app.jinja_env.get_template("broken.html").render()
