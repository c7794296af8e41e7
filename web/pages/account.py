"""My account: password, second factor, sessions, and showing again who I am."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from unicodedata import normalize

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    get_flashed_messages,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security import current_user
from flask_security.proxies import _security
from flask_security.utils import (
    check_and_get_token_status,
    validate_redirect_url,
)

from web import account_sessions, confirming
from web.languages import _
from web.numbers import number
from web.words import days
from workflow.register import HERE

WANTED: Final = "wanted"
ANOTHER: Final = "security.wan_register"
pages = Blueprint("account", __name__, url_prefix="/account")
BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac", "macOS"),
    ("Linux", "Linux"),
)


@pages.get("")
def show() -> ResponseReturnValue:
    """Show how one signs in, and where one is signed in."""
    shown = account_sessions.open_sessions(current_user)
    wanted = kept(onward())
    return render_template(
        "account/show.html",
        user=current_user,
        sessions=shown,
        more=account_sessions.count(current_user) - len(shown),
        here=account_sessions.current(),
        next=wanted,
        browser_of=browser_of,
        local=local,
        composed=normalize,  # the library takes names of keys apart
    )


def kept(wanted: str | None) -> str | None:
    """Return where the visitor was going before a second factor had to be set up.

    Setting it up leads through pages of the library, which forget it.
    """
    if wanted:
        session[WANTED] = wanted
    told: str | None = session.get(WANTED)
    if current_user.has_second_factor:
        session.pop(WANTED, None)
    return told


@pages.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Ask again who is there: by the second factor, or by the password if there is none."""
    if request.method == "GET":
        return render_template("account/confirm.html", user=current_user, next=onward())
    told = request.form.get("answer", "")
    if not shown(told):
        wrong = render_template(
            "account/confirm.html", user=current_user, next=onward(), wrong=True
        )
        return wrong, 422
    confirming.confirm()
    return redirect(onward() or url_for("account.show"), 303)


def shown(answer: str) -> bool:
    """Return whether an answer shows that the account's owner is there."""
    if current_user.is_locked():
        return False
    if current_user.tf_primary_method:
        return confirming.code_is_right(current_user, answer)
    if current_user.has_second_factor:  # a passkey, which the library asks for
        return False
    if current_user.verify_and_update_password(_security.password_util.normalize(answer)):
        return True
    current_user.track_failed_authn("confirm")
    return False


@pages.post("/sessions/end")
def end() -> ResponseReturnValue:
    """End one session, or all others."""
    told = number(request.form.get("session", ""))
    count = account_sessions.end(current_user, told)
    flash(_("Đã đóng %(count)s phiên.", count=count), "success")
    return redirect(url_for("account.show"), 303)


@pages.after_app_request
def ask_for_another_code(answer: Response) -> Response:
    """Show the picture that was scanned again after a wrong code; the library makes another."""
    setting_up = request.endpoint == "security.two_factor_setup_validate"
    if not setting_up or answer.location != url_for("security.two_factor_setup"):
        return answer
    token = (request.view_args or {})["token"]
    within = current_app.config["SECURITY_TWO_FACTOR_SETUP_WITHIN"]
    expired, invalid, state = check_and_get_token_status(token, "tf_setup", within)
    if expired or invalid:
        return answer
    wrong = [str(words) for words in get_flashed_messages()]
    app = _security.totp_factory.fetch_setup_values(state["totp_secret"], current_user)
    page = render_template(
        "security/two_factor_setup.html",
        chosen_method="authenticator",
        state_token=token,
        authr_qrcode=app["image"],
        authr_key=app["key"],
        two_factor_verify_code_form={"code": {"errors": wrong}},
    )
    return Response(page, 422)


@pages.after_app_request
def back_from_a_key(answer: Response) -> Response:
    """Lead from a key that was removed to what is left; the library would add another."""
    if (request.endpoint, answer.location) == ("security.wan_delete", url_for(ANOTHER)):
        answer.location = url_for("account.show")
    return answer


def browser_of(agent: str) -> str:
    """Return what people call a browser, from what it calls itself."""
    browser = next((name for mark, name in BROWSERS if mark in agent), _("Trình duyệt khác"))
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return f"{browser}, {system}" if system else browser


def local(instant: datetime) -> str:
    """Return an instant of the account tables as clocks here show it."""
    return days.instant(instant.replace(tzinfo=UTC).astimezone(HERE))


def onward() -> str | None:
    """Return where the visitor wanted to go, if that is here."""
    told = request.values.get("next")
    if told and not (told.startswith("/") and validate_redirect_url(told)):
        abort(400)
    return told
