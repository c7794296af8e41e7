"""Accounts: who can sign in, how a lost password or telephone is replaced, which programs act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from domain.office import held_by
from domain.values import Role
from domain.vietnamese import name_order
from web import accounts, confirming
from web.languages import _
from web.numbers import number
from web.pages.account import local
from web.pages.frame import actor, names, parts
from web.words.labels import label
from workflow.case import SIGNERS

pages = Blueprint("accounts_admin", __name__, url_prefix="/admin/accounts")
LONGEST = 366  # days of a token


@pages.before_request
def administrators_only() -> ResponseReturnValue | None:
    """Let in who administers the register today and showed it a moment ago. Raises NotPermitted.

    Whoever gives out links that set passwords, or takes second factors away, could be anybody.
    """
    parts().register.administers(actor(), "keep-accounts")
    asks_again = confirming.before_a_decision({Role.ADMINISTRATOR})
    if asks_again and request.method == "POST":  # the way back is to a page, not to a deed
        flash(_("Chưa làm gì. Hãy xác nhận bạn là ai, rồi làm lại."), "warning")
        return redirect(url_for("accounts_admin.show"), 303)
    return asks_again


@pages.get("")
def show() -> ResponseReturnValue:
    """Show every account with the offices its person holds."""
    return page()


@pages.post("")
def add() -> ResponseReturnValue:
    """Make an account for a person in office, and show the link that opens it."""
    person, email = request.form.get("person", ""), request.form.get("email", "").strip()
    if person not in dict(without_account(accounts.list_accounts())):
        return page(
            typed=email, wrong={"person": _("Hãy chọn một người đang giữ chức trách.")}
        ), 422
    try:
        email = accounts.normal_email(email)
        accounts.create_account(email, person)
    except accounts.EmailTaken:
        return page(typed=email, wrong={"email": _("Thư điện tử này đã có tài khoản.")}), 422
    except accounts.EmailUnusable:
        return page(typed=email, wrong={"email": _("Không phải địa chỉ thư điện tử.")}), 422
    account = accounts.find_account(email)
    assert account, "it was made just now"
    return page(address=accounts.one_time_link(account), of=email)


@pages.post("/<int:id>/link")
def link(id: int) -> ResponseReturnValue:
    """Show a link by which the owner sets a new password, once, within a day."""
    account = of(id)
    return page(address=accounts.one_time_link(account), of=account.email)


@pages.post("/<int:id>/second-factor")
def lost(id: int) -> ResponseReturnValue:
    """Take away a second factor that its owner has lost, and end every session."""
    account = of(id)
    accounts.forget_second_factor(account)
    flash(_("Đã bỏ xác thực hai bước của %(email)s.", email=account.email), "success")
    return redirect(url_for("accounts_admin.show"), 303)


@pages.post("/<int:id>/close")
def close(id: int) -> ResponseReturnValue:
    """Close an account: no sign-in, no session, no token; not one's own."""
    account = of(id)
    if account.person == actor():
        flash(_("Không tự đóng tài khoản của mình được."), "error")
    else:
        accounts.deactivate(account)
        flash(_("Đã đóng tài khoản %(email)s.", email=account.email), "success")
    return redirect(url_for("accounts_admin.show"), 303)


@pages.post("/<int:id>/reopen")
def reopen(id: int) -> ResponseReturnValue:
    """Open a closed account again, and show the link by which its owner sets a password."""
    account = of(id)
    accounts.reopen(account)
    return page(address=accounts.one_time_link(account), of=account.email)


@pages.route("/<int:id>/tokens", methods=["GET", "POST"])
def tokens(id: int) -> ResponseReturnValue:
    """Show the keys of programs that act for an account; make one, shown once.

    One that signs is made by its owner alone, who shows once more who it is.
    """
    account, made, told = of(id), None, request.form
    offices = offices_of(account.person)
    signs, wrong = "signs" in told, {}
    if request.method == "POST" and not (wrong := wrong_with(told, dict(offices))):
        if signs and account.person != actor():
            abort(403)
        if signs and (asks_again := confirming.before_a_decision(SIGNERS)):
            return asks_again
        label, days = told["label"].strip()[:120], int(told["days"])
        made = accounts.create_token(account, label, told["office"], days, signs=signs)
    page = render_template(
        "account/tokens.html",
        account=account,
        tokens=accounts.list_tokens(account),
        made=made,
        offices=offices,
        titles=dict(offices),
        own=account.person == actor(),
        told=told if wrong else {"days": 90},
        wrong=wrong,
    )
    return page, 422 if wrong else 200


def wrong_with(told: Mapping[str, str], offices: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with what a new token was to be, by field."""
    days, name = number(told.get("days", "")), told.get("label", "")
    found = {
        "label": not (name.strip() and name.isprintable())
        and _("Hãy ghi mã dùng cho chương trình nào."),
        "office": told.get("office") not in offices and _("Hãy chọn một chức trách."),
        "days": not 1 <= (days or 0) <= LONGEST and _("Từ 1 đến %(most)s ngày.", most=LONGEST),
    }
    return {field: words for field, words in found.items() if words}


@pages.post("/<int:id>/tokens/<int:token>/revoke")
def revoke(id: int, token: int) -> ResponseReturnValue:
    """End a program's key now."""
    for one in accounts.list_tokens(of(id)):
        if one.id == token:
            accounts.revoke_token(one)
            flash(_("Đã thu hồi mã “%(label)s”.", label=one.label), "success")
    return redirect(url_for("accounts_admin.tokens", id=id), 303)


def page(**more: object) -> str:
    """Return the list of accounts with what was just done or typed."""
    found = accounts.list_accounts()
    named = names({account.person for account in found})
    return render_template(
        "account/list.html",
        accounts=[(one, named[one.person], offices_of(one.person)) for one in found],
        people=without_account(found),
        mine=actor(),
        local=local,
        **more,
    )


def of(id: int) -> accounts.User:
    """Return an account by its number, or answer 404."""
    return accounts.account_numbered(id) or abort(404)


def offices_of(person: str) -> list[tuple[str, str]]:
    """Return the offices a person holds today: id and label."""
    register = parts().register
    held = held_by(register.offices(), person, register.today())
    return [(id, label(office.role)) for id, office in held.items() if office.role]


def without_account(found: Iterable[accounts.User]) -> list[tuple[str, str]]:
    """Return who holds an office today and cannot sign in yet: id, name."""
    register = parts().register
    today, have = register.today(), {one.person for one in found if one.active}
    people = {o.person for o in register.offices().values() if o.person and o.person not in have}
    serving = [person for person in people if held_by(register.offices(), person, today)]
    return sorted(names(serving).items(), key=lambda one: name_order(one[1]))
