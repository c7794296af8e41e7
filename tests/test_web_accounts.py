"""My account and everybody's: passwords, second factors, sessions, links, signing in elsewhere."""

from __future__ import annotations

import html
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from department import Clock
from desk import PASSWORD, TODAY, Desk, Visitor, copied, email, served, settings
from flask_security.proxies import _security
from issuer import Issuer
from letterbox import letterbox, the_one

from domain.values import Role
from web import account_tables, accounts, create_app
from web.account_tables import Session
from web.settings import Oidc

pytest_plugins = ["desks"]
NEW = "con cò bay lả bay la"


def codes(at: Desk, role: Role, step: int = 0) -> str:
    """Return what the authenticator app of an account shows, now or some steps later."""
    with at.app.test_request_context():
        account = accounts.find_account(email(role))
        assert account
        totp = _security.totp_factory._totp.from_source(account.tf_totp_secret)
        generator = totp.generate()
        return str(
            totp.generate(generator.start_time + 30 * step).token if step else generator.token
        )


def with_app(at: Desk, role: Role, visitor: Visitor | None = None) -> Visitor:
    """Return a visitor who has just set up an authenticator app."""
    visitor = visitor or at.visitor(role)
    shown = visitor.fill("/tf-setup", setup="authenticator")
    assert shown.status_code == 200, shown.text
    secret = re.search(r"<code class=\"text-break\">([^<]+)</code>", shown.text)
    action = re.search(r'action="(/tf-setup/[^"]+)"', shown.text)
    assert secret
    assert action
    with at.app.test_request_context():
        source = _security.totp_factory._totp(key=secret[1].replace("-", ""), format="base32")
    wrong = visitor.send(action[1], form_of(shown.text), code="12 34")
    assert (wrong.status_code, secret[1] in wrong.text) == (422, True)  # nothing to scan again
    assert 'id="f-code-error">Mã không đúng' in wrong.text
    told = visitor.send(action[1], form_of(wrong.text), code=source.generate().token)
    assert told.status_code == 302, told.text
    return visitor


def form_of(html: str) -> dict[str, str]:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', html)
    assert found
    return {"csrf_token": found[1]}


def half_in(at: Desk, role: Role) -> Visitor:
    """Return a visitor who has given the password and nothing else yet."""
    visitor = at.visitor(None)
    told = visitor.fill("/login", email=email(role), password=PASSWORD)
    assert (told.status_code, told.location.partition("?")[0]) == (302, "/tf-validate")
    return visitor


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/account").status_code == 200


def test_a_new_password_opens_the_account_and_closes_every_other_session(desk: Desk) -> None:
    here, elsewhere = desk.visitor(Role.OFFICER), desk.visitor(Role.OFFICER)
    told = here.fill("/change", password=PASSWORD, new_password=NEW, new_password_confirm=NEW)
    assert (told.status_code, told.location) == (302, "/account")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert here.read("/account").text.count("mở 13/07/2026") == 1  # the other opens nothing
    wrong = desk.visitor(None).fill("/login", email=email(Role.OFFICER), password=PASSWORD)
    right = desk.visitor(None).fill("/login", email=email(Role.OFFICER), password=NEW)
    assert (wrong.status_code, right.status_code) == (200, 302)


def test_after_an_app_is_set_up_a_password_alone_opens_nothing(desk: Desk) -> None:
    with_app(desk, Role.DIRECTOR)
    visitor = half_in(desk, Role.DIRECTOR)
    assert not is_in(visitor)
    wrong = visitor.fill("/tf-validate", code="000000")
    assert wrong.status_code == 200
    assert "Mã không đúng" in wrong.text
    assert not is_in(visitor)
    assert visitor.fill("/tf-validate", code=codes(desk, Role.DIRECTOR, 1)).status_code == 302
    assert is_in(visitor)


def test_a_code_is_taken_once(desk: Desk) -> None:
    with_app(desk, Role.DIRECTOR)
    code = codes(desk, Role.DIRECTOR, 1)
    first, second = half_in(desk, Role.DIRECTOR), half_in(desk, Role.DIRECTOR)
    assert first.fill("/tf-validate", code=code).status_code == 302
    assert second.fill("/tf-validate", code=code).status_code == 200
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_stands_in_for_the_telephone_once(desk: Desk) -> None:
    owner = with_app(desk, Role.DIRECTOR)
    shown = owner.fill("/mf-recovery-codes")
    found = re.findall(r"<li><code>([^<]+)</code></li>", shown.text)
    assert len(found) == 8
    visitor = half_in(desk, Role.DIRECTOR)
    assert visitor.fill("/mf-recovery", code=found[0]).status_code == 302
    assert is_in(visitor)
    again = half_in(desk, Role.DIRECTOR)
    assert again.fill("/mf-recovery", code=found[0]).status_code == 200
    assert not is_in(again)


@pytest.mark.parametrize("path", ["/tf-validate", "/mf-recovery"])
def test_who_has_the_password_guesses_five_codes_and_no_more(desk: Desk, path: str) -> None:
    owner = with_app(desk, Role.DIRECTOR)
    spare = re.findall(r"<li><code>([^<]+)</code></li>", owner.fill("/mf-recovery-codes").text)
    thief = half_in(desk, Role.DIRECTOR)
    for guess in range(5):
        thief.fill(path, code=f"00000{guess}")
    right = {"/tf-validate": codes(desk, Role.DIRECTOR, 1), "/mf-recovery": spare[0]}
    assert thief.fill(path, code=right[path]).status_code == 200
    assert not is_in(thief)
    desk.clock.forward(minutes=15)
    assert thief.fill("/mf-recovery", code=spare[0]).status_code == 302  # not used up by the try


def test_old_passwords_are_not_guessed_where_they_are_changed(desk: Desk) -> None:
    visitor = desk.visitor(Role.OFFICER)
    form = form_of(visitor.get("/change").text) | {"new_password": NEW}
    tried = [visitor.send("/change", form, password="x").status_code for _ in range(16)]
    assert tried == [200] * 15 + [429]


@pytest.mark.parametrize("path", ["/tf-setup", "/wan-register", "/mf-recovery-codes"])
def test_whoever_finds_an_open_browser_cannot_change_the_locks(desk: Desk, path: str) -> None:
    visitor = desk.visitor(Role.OFFICER)
    desk.clock.forward(minutes=11)
    sent = visitor.get(path)
    assert (sent.status_code, sent.location) == (302, f"/account/confirm?next={path}")
    assert visitor.fill(sent.location, answer="không phải").status_code == 422
    told = visitor.fill(sent.location, answer=PASSWORD)
    assert (told.status_code, told.location) == (303, path)
    assert visitor.get(path).status_code == 200


def test_who_has_an_app_confirms_with_its_code_and_not_with_the_password(desk: Desk) -> None:
    visitor = with_app(desk, Role.DIRECTOR)
    desk.clock.forward(minutes=11)
    assert visitor.fill("/account/confirm", answer=PASSWORD).status_code == 422
    assert (
        visitor.fill("/account/confirm", answer=codes(desk, Role.DIRECTOR, 1)).status_code == 303
    )


def test_one_is_not_led_elsewhere_after_confirming(desk: Desk) -> None:
    visitor = desk.visitor(Role.OFFICER)
    for place in ("https://evil.example/", "//evil.example", "evil"):
        assert visitor.get(f"/account/confirm?next={place}").status_code == 400


def test_every_sign_in_is_listed_and_can_be_ended_from_elsewhere(desk: Desk) -> None:
    here, elsewhere, other = (desk.visitor(Role.OFFICER) for _ in range(3))
    desk.visitor(Role.AUDITOR)
    page = here.read("/account")
    assert page.text.count("mở 13/07/2026") == 3
    ended = next(f.values["session"] for f in page.forms if "session" in f.values)
    here.send("/account/sessions/end", page.form("/account/sessions/end"), session=ended)
    assert sorted((is_in(elsewhere), is_in(other))) == [False, True]
    told = form_of(here.get("/account").text)
    here.send("/account/sessions/end", told)
    assert (is_in(here), is_in(elsewhere), is_in(other)) == (True, False, False)


def test_of_many_sessions_the_latest_are_shown_and_all_others_end_in_one_act(desk: Desk) -> None:
    here, elsewhere = desk.visitor(Role.OFFICER), desk.visitor(Role.OFFICER)
    with desk.app.app_context():
        moments = [account_tables.now() + timedelta(minutes=at) for at in range(1, 24)]
        owner = accounts.find_account(email(Role.OFFICER))
        assert owner
        whose = {"user_id": owner.id, "uniquifier": owner.fs_uniquifier, "browser": ""}
        for at, seen in enumerate(moments):
            opened = {"address": f"10.0.0.{at}", "opened_at": seen, "seen_at": seen}
            account_tables.db.session.add(Session(key=str(at), **whose, **opened))
        account_tables.db.session.commit()
    page = here.get("/account").text
    shown = [f"10.0.0.{at}" for at in range(22, 3, -1)]
    assert re.findall(r"10\.0\.0\.\d+", page) == shown  # and this browser, before them
    assert "và 5 phiên khác, dùng trước đó" in page
    ended = here.send("/account/sessions/end", form_of(page))
    assert "Đã đóng 24 phiên." in here.get(ended.location).text
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_signing_out_ends_what_a_copied_cookie_would_open(desk: Desk) -> None:
    owner, thief = desk.visitor(Role.OFFICER), desk.visitor(None)
    cookie = owner.client.get_cookie("exemplar")
    assert cookie
    thief.client.set_cookie("exemplar", cookie.value)
    assert is_in(thief)
    owner.send("/logout", form_of(owner.get("/account").text))
    assert (is_in(owner), is_in(thief)) == (False, False)


def test_a_session_that_is_used_all_day_ends_after_twelve_hours(desk: Desk) -> None:
    visitor, seen = desk.visitor(Role.OFFICER), []
    for _ in range(13):
        desk.clock.forward(hours=1)
        seen.append(is_in(visitor))
    assert seen == [True] * 11 + [False] * 2


def test_nobody_ends_the_session_of_another(desk: Desk) -> None:
    theirs, mine = desk.visitor(Role.AUDITOR), desk.visitor(Role.OFFICER)
    form = form_of(mine.get("/account").text)
    mine.send("/account/sessions/end", form, session=1)
    assert (is_in(theirs), is_in(mine)) == (True, True)
    mine.send("/account/sessions/end", form, session=2)
    assert (is_in(theirs), is_in(mine)) == (True, False)


def test_an_administrator_makes_a_link_that_sets_a_password_once(desk: Desk) -> None:
    admin, id = desk.visitor(Role.ADMINISTRATOR), number_of(desk, Role.OFFICER)
    page = admin.fill("/admin/accounts", f"/admin/accounts/{id}/link")
    told = admin.send(f"/admin/accounts/{id}/link", form_of(page.text))
    link = re.search(r"http://localhost(/reset/[^<]+)</code>", told.text)
    assert link
    owner = desk.visitor(None)
    set_one = owner.fill(link[1], password=NEW, password_confirm=NEW)
    assert (set_one.status_code, set_one.location) == (302, "/login")
    right = owner.fill("/login", email=email(Role.OFFICER), password=NEW)
    assert right.status_code == 302
    assert desk.visitor(None).get(link[1]).status_code == 302  # used up


def number_of(desk: Desk, role: Role) -> int:
    with desk.app.app_context():
        account = accounts.find_account(email(role))
        assert account
        return account.id


def test_a_new_password_by_a_link_lifts_the_lock(desk: Desk) -> None:
    owner, admin = desk.visitor(None), desk.visitor(Role.ADMINISTRATOR)
    form = form_of(owner.get("/login").text)
    for _ in range(5):
        owner.send("/login", form, email=email(Role.OFFICER), password="sai")
    page = admin.read("/admin/accounts")
    assert re.search(r"Lê Thu Hà tạm khóa đến 13/07/2026 \d\d:\d\d", page.text)
    id = number_of(desk, Role.OFFICER)
    told = admin.send(f"/admin/accounts/{id}/link", form_of(page.html))
    link = re.search(r"http://localhost(/reset/[^<]+)</code>", told.text)
    assert link
    owner.fill(link[1], password=NEW, password_confirm=NEW)
    assert owner.fill("/login", email=email(Role.OFFICER), password=NEW).status_code == 302
    used = desk.visitor(None)
    assert used.get(link[1]).status_code == 302
    assert "đã dùng một lần, hoặc chép không đủ" in used.read("/login").text


def test_an_account_is_made_for_who_holds_an_office_and_opened_by_its_link(desk: Desk) -> None:
    with desk.app.app_context():
        for one in accounts.list_accounts():
            if one.email == email(Role.REVIEWER):
                accounts.deactivate(one)
    admin = desk.visitor(Role.ADMINISTRATOR)
    person = desk.person(Role.REVIEWER)
    told = admin.fill("/admin/accounts", "/admin/accounts", person=person, email="mai@so.example")
    link = re.search(r"http://localhost(/reset/[^<]+)</code>", told.text)
    assert link, told.text
    owner = desk.visitor(None)
    owner.fill(link[1], password=NEW, password_confirm=NEW)
    assert owner.fill("/login", email="mai@so.example", password=NEW).status_code == 302


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.ADMINISTRATOR])
def test_accounts_are_kept_by_administrators_only(shown: Desk, role: Role) -> None:
    visitor = shown.visitor(role)
    assert visitor.get("/admin/accounts").status_code == 403
    assert visitor.get("/admin/accounts/1/tokens").status_code == 403


def test_only_its_owner_makes_a_token_that_signs(desk: Desk) -> None:
    admin = desk.visitor(Role.ADMINISTRATOR)
    answers = []
    for role in (Role.DIRECTOR, Role.ADMINISTRATOR):
        path = f"/admin/accounts/{number_of(desk, role)}/tokens"
        form = admin.read(path).form(0, path)
        (office,) = (id for id, o in desk.parts.register.offices().items() if o.role is role)
        answers.append(admin.send(path, form, label="x", office=office, days=9, signs="on"))
    assert [answer.status_code for answer in answers] == [403, 200]
    with desk.app.app_context():
        tokens = [t for one in accounts.list_accounts() for t in accounts.list_tokens(one)]
    assert [token.signs for token in tokens] == [True]


def test_what_is_wrong_with_a_new_token_is_said_at_its_field(desk: Desk) -> None:
    admin = desk.visitor(Role.ADMINISTRATOR)
    path = f"/admin/accounts/{number_of(desk, Role.OFFICER)}/tokens"
    form = admin.read(path).form(0, path)
    answer = admin.send(path, form, label="Văn thư", office="office:x", days="400")
    assert answer.status_code == 422
    assert set(re.findall(r'id="f-(\w+)-error"', answer.text)) == {"office", "days"}
    assert 'value="Văn thư"' in answer.text


def test_a_closed_account_is_out_at_once_and_nobody_closes_their_own(desk: Desk) -> None:
    admin, officer = desk.visitor(Role.ADMINISTRATOR), desk.visitor(Role.OFFICER)
    form = form_of(admin.get("/admin/accounts").text)
    at = f"/admin/accounts/{number_of(desk, Role.OFFICER)}"
    admin.send(f"{at}/close", form)
    admin.send(f"/admin/accounts/{number_of(desk, Role.ADMINISTRATOR)}/close", form)
    assert (is_in(officer), is_in(admin)) == (False, True)
    told = admin.send(f"{at}/reopen", form)
    link = re.search(r"http://localhost(/reset/[^<]+)</code>", told.text)
    assert link
    officer.fill(link[1], password=NEW, password_confirm=NEW)
    assert officer.fill("/login", email=email(Role.OFFICER), password=NEW).status_code == 302


def test_a_lost_telephone_is_forgotten_and_the_password_opens_again(desk: Desk) -> None:
    with_app(desk, Role.DIRECTOR)
    admin = desk.visitor(Role.ADMINISTRATOR)
    form = form_of(admin.get("/admin/accounts").text)
    admin.send(f"/admin/accounts/{number_of(desk, Role.DIRECTOR)}/second-factor", form)
    assert is_in(desk.visitor(Role.DIRECTOR))


def test_a_forgotten_password_is_reset_by_letter(original: Path, tmp_path: Path) -> None:
    with letterbox() as (address, letters):
        told = replace(settings(copied(original, tmp_path)), smtp=address)
        at = Desk(create_app(told, Clock()), Clock(), tmp_path)
        visitor = at.visitor(None)
        known = visitor.fill("/reset", email=email(Role.OFFICER))
        unknown = visitor.fill("/reset", email="ai@do.example")
        assert known.status_code == unknown.status_code
        letter = the_one(letters)
        assert (letter["To"], letter["From"]) == (email(Role.OFFICER), "so@sodienhinh.example")
        link = re.search(r"http://localhost(/reset/\S+)", letter.get_content())
        assert link
        visitor.fill(link[1], password=NEW, password_confirm=NEW)
        assert visitor.fill("/login", email=email(Role.OFFICER), password=NEW).status_code == 302


def test_a_letter_leads_to_us_whatever_place_a_stranger_asks_for(
    original: Path, tmp_path: Path
) -> None:
    with letterbox() as (address, letters):
        told = replace(
            settings(copied(original, tmp_path)), smtp=address, base_url="https://so.example.vn"
        )
        stranger = create_app(told, Clock()).test_client()
        asked = {"Host": "evil.example", "Referer": "https://so.example.vn/reset"}
        form = form_of(stranger.get("/login", headers=asked).text)
        stranger.post("/reset", data=form | {"email": email(Role.OFFICER)}, headers=asked)
        links = re.findall(r"https?://[^/]+", the_one(letters).get_content())
    assert links == ["https://so.example.vn"]


@pytest.mark.parametrize("smtp", [None, "smtp://127.0.0.1:9"])
def test_a_letter_that_cannot_be_sent_tells_no_stranger_who_has_an_account(
    original: Path, tmp_path: Path, smtp: str | None
) -> None:
    told = replace(settings(copied(original, tmp_path)), smtp=smtp)
    visitor = Desk(create_app(told, Clock()), Clock(), tmp_path).visitor(None)
    form = form_of(visitor.get("/login").text)
    asked = (email(Role.OFFICER), "ai@do.example")
    answers = [visitor.send("/reset", form, email=address) for address in asked]
    assert [answer.status_code for answer in answers] == [200, 200]
    pages = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert pages[0].replace(asked[0], asked[1]) == pages[1]


def test_without_a_mail_server_the_page_says_whom_to_ask(shown: Desk) -> None:
    page = shown.visitor(None).read("/reset")
    assert "nhờ quản trị viên tạo liên kết" in page.text
    assert [f for f in page.forms if f.method == "post"] == []


@pytest.mark.parametrize(("verified", "opens"), [(True, True), (False, False)])
def test_a_verified_address_of_the_issuer_opens_the_account(
    original: Path, tmp_path: Path, verified: bool, opens: bool
) -> None:
    issuer = Issuer(email(Role.OFFICER), verified)
    with served(issuer.app()) as address:
        issuer.address = address
        oidc = Oidc(address, "so", "secret", "Cổng tỉnh")
        at = Desk(
            create_app(replace(settings(copied(original, tmp_path)), oidc=oidc), Clock()),
            Clock(),
            tmp_path,
        )
        visitor = at.visitor(None)
        assert "Đăng nhập qua Cổng tỉnh" in visitor.read("/login").html
        there = visitor.send("/login/oauthstart/oidc", form_of(visitor.get("/login").text))
        # Not by a redirect: our own policy lets no form be led to another place.
        assert there.status_code == 200
        (led,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', there.text)
        back = requests.get(html.unescape(led), allow_redirects=False, timeout=10)
        visitor.get(back.headers["Location"].removeprefix("http://localhost"))
        assert is_in(visitor) is opens


def test_an_issuer_that_does_not_answer_leaves_the_password(
    original: Path, tmp_path: Path
) -> None:
    oidc = Oidc("http://127.0.0.1:9", "so", "secret", "Cổng tỉnh")
    told = replace(settings(copied(original, tmp_path)), oidc=oidc)
    visitor = Desk(create_app(told, Clock()), Clock(), tmp_path).visitor(None)
    sent = visitor.send("/login/oauthstart/oidc", form_of(visitor.get("/login").text))
    assert (sent.status_code, sent.location) == (303, "/login")
    assert "Cổng tỉnh không trả lời." in visitor.read("/login").text


def test_an_address_that_tries_too_often_waits(desk: Desk) -> None:
    visitor = desk.visitor(None)
    form = form_of(visitor.get("/login").text)
    tried = [visitor.send("/login", form, email=f"{n}@x.example", password="x") for n in range(31)]
    assert [answer.status_code for answer in tried] == [200] * 30 + [429]
    assert 1 <= int(tried[-1].headers["Retry-After"]) <= 61


def test_an_older_register_gets_the_columns_it_lacks(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.folder / "exemplar.db")) as db:
        for column in ("totp_counter", "tf_totp_secret", "mf_recovery_codes"):
            db.execute(f"ALTER TABLE account_user DROP COLUMN {column}")
        db.execute("DROP TABLE account_session")
        db.commit()
    with desk.app.app_context():
        accounts.create_tables()
    assert is_in(desk.visitor(Role.OFFICER))


@pytest.fixture
def strict(original: Path, tmp_path: Path) -> Desk:
    """Return a desk where decisions ask for a second factor, as they do unless told otherwise."""
    told = replace(settings(copied(original, tmp_path)), second_factor=True)
    clock = Clock(TODAY)
    return Desk(create_app(told, clock), clock, tmp_path)


OFFICE = "/offices/new/grant-office"


def test_a_decision_waits_until_a_second_factor_is_there(strict: Desk) -> None:
    sent = strict.visitor(Role.ADMINISTRATOR).get(OFFICE)
    assert (sent.status_code, sent.location) == (302, f"/account?next={OFFICE}")
    assert strict.visitor(Role.OFFICER).get("/units/new/register-unit").status_code == 200


def test_what_was_begun_is_gone_on_with_after_the_second_factor_is_set_up(strict: Desk) -> None:
    visitor = strict.visitor(Role.ADMINISTRATOR)
    visitor.read(visitor.get(OFFICE).location)
    with_app(strict, Role.ADMINISTRATOR, visitor)
    assert [OFFICE in visitor.read("/account").links for _ in "12"] == [True, False]


def test_accounts_are_kept_by_who_showed_the_second_factor_a_moment_ago(strict: Desk) -> None:
    visitor, at = strict.visitor(Role.ADMINISTRATOR), "/admin/accounts"
    assert visitor.get(at).location == f"/account?next={at}"
    with_app(strict, Role.ADMINISTRATOR, visitor)
    form = form_of(visitor.get(at).text)
    strict.clock.forward(minutes=11)
    late = visitor.send(f"{at}/{number_of(strict, Role.DIRECTOR)}/link", form)
    assert (late.status_code, late.location) == (303, at)
    sent = visitor.get(at)
    assert sent.location == f"/account/confirm?next={at}"
    assert "Chưa làm gì." in visitor.read(sent.location).text


def test_a_decision_asks_again_for_the_second_factor_and_keeps_what_was_typed(
    strict: Desk,
) -> None:
    visitor = with_app(strict, Role.ADMINISTRATOR)
    form = visitor.read(OFFICE).form(0, OFFICE)
    strict.clock.forward(minutes=11)
    size = strict.parts.ledger.size()
    late = visitor.send(OFFICE, form, role="reviewer", basis="12/QĐ-SNNMT")
    assert late.status_code == 403
    assert "12/QĐ-SNNMT" in late.text
    assert strict.parts.ledger.size() == size
    sent = visitor.get(OFFICE)
    assert sent.location == f"/account/confirm?next={OFFICE}"
    told = visitor.fill(sent.location, answer=codes(strict, Role.ADMINISTRATOR, 1))
    assert visitor.get(told.location).status_code == 200


def test_many_are_not_recognized_at_once_without_the_second_factor(strict: Desk) -> None:
    at, visitor = "/batches/new?command=recognize-exemplar", strict.visitor(Role.DIRECTOR)
    sent = visitor.get(at)
    assert (sent.status_code, sent.location.partition("?")[0]) == (302, "/account")
    told = {**form_of(visitor.get("/account").text), "record": "1"}
    assert visitor.send(at, told, command="recognize-exemplar").status_code == 403
    assert visitor.get("/batches/new?command=advance-stage").status_code == 200
