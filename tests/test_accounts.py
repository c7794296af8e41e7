"""Sign-in, accounts, tokens and the headers, on a real application and a real database."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer

import pytest
from flask import Flask, render_template, render_template_string
from flask.testing import FlaskClient
from flask_security import auth_required, current_user
from flask_security.core import _default_messages
from werkzeug.test import TestResponse

from web import account_copying, accounts, languages, shield
from web.account_tables import db
from web.account_words import MESSAGES

EMAIL = "ha@snnmt.example.vn"
PASSWORD = "ba con nai vang"
WEB = Path(accounts.__file__).parent


class Clock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 1, 5, 8, 0)

    def __call__(self) -> datetime:
        return self.instant

    def forward(self, **span: int) -> None:
        self.instant += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Flask:
    app = built(tmp_path, clock, EXEMPLAR_INSECURE_COOKIES=True, EXEMPLAR_QUICK_PASSWORDS=True)
    with app.app_context():
        accounts.create_tables()
        accounts.create_account(EMAIL, "person:1", PASSWORD)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def built(folder: Path, clock: Clock, **config: object) -> Flask:
    app = Flask("web", root_path=str(WEB))
    app.config.update(SECRET_KEY="only for tests", TESTING=True, **config)
    accounts.install(app, f"sqlite:///{folder / 'register.db'}", clock)
    shield.install(app)
    languages.install(app)
    app.jinja_env.filters.update(day=str, size=str)
    app.jinja_env.globals["link"] = lambda endpoint, **_: f"/{endpoint}"
    for elsewhere in ("public.show", "help.show"):
        app.add_url_rule(f"/{elsewhere}", elsewhere, lambda: "")
    app.add_url_rule("/", view_func=auth_required("session")(home))
    app.add_url_rule("/open", "open", lambda: "open")
    app.add_url_rule("/page", "page", lambda: render_template("base.html"))
    return app


def home() -> str:
    return render_template_string("{{ person }} {{ csrf_token() }}", person=current_user.person)


def csrf(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found, "the page has a form"
    return found[1]


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = EMAIL) -> TestResponse:
    token = csrf(client.get("/login"))
    form = {"email": email, "password": password, "csrf_token": token}
    return client.post("/login", data=form)


def person_shown(client: FlaskClient) -> str | None:
    answer = client.get("/")
    return answer.text.split()[0] if answer.status_code == 200 else None


def without_token(page: TestResponse) -> str:
    return re.sub(r'value="[^"]+"', "", page.text)


def test_the_right_password_signs_in(client: FlaskClient) -> None:
    answer = sign_in(client)
    assert (answer.status_code, answer.location) == (302, "/work")
    assert person_shown(client) == "person:1"


def test_the_case_of_an_address_does_not_matter(client: FlaskClient) -> None:
    assert sign_in(client, email="HA@SNNMT.example.vn").status_code == 302


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    answer = client.get("/?stage=nurture")
    assert answer.status_code == 302
    assert answer.location.startswith("/login?next=")


def test_sign_in_leads_nowhere_outside(client: FlaskClient) -> None:
    token = csrf(client.get("/login"))
    form = {"email": EMAIL, "password": PASSWORD, "csrf_token": token}
    answer = client.post("/login?next=//elsewhere.example/", data=form)
    assert not answer.location or "elsewhere" not in answer.location


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(client: FlaskClient) -> None:
    wrong = sign_in(client, "khong phai mat khau")
    unknown = sign_in(client, "khong phai mat khau", "ai@snnmt.example.vn")
    assert wrong.status_code == unknown.status_code == 200
    assert MESSAGES["GENERIC_AUTHN_FAILED"][0] in wrong.text
    assert without_token(wrong) == without_token(unknown)


def test_five_wrong_passwords_lock_the_account_for_fifteen_minutes(
    client: FlaskClient, clock: Clock
) -> None:
    answers = [sign_in(client, "khong phai mat khau") for _ in range(5)]
    locked = sign_in(client)
    assert locked.status_code == 200
    assert without_token(locked) == without_token(answers[0])
    clock.forward(minutes=14)
    assert sign_in(client).status_code == 200
    clock.forward(minutes=1)
    assert sign_in(client).status_code == 302


def test_four_wrong_passwords_are_forgiven_by_the_right_one(client: FlaskClient) -> None:
    for _ in range(2):
        for _ in range(4):
            sign_in(client, "khong phai mat khau")
        assert sign_in(client).status_code == 302
        client.delete_cookie("exemplar")


def test_a_lock_that_ended_counts_afresh(client: FlaskClient, clock: Clock) -> None:
    for _ in range(5):
        sign_in(client, "khong phai mat khau")
    clock.forward(minutes=16)
    for _ in range(4):
        sign_in(client, "khong phai mat khau")
    assert sign_in(client).status_code == 302


def test_a_sign_in_waits_for_the_register_to_finish_writing(
    tmp_path: Path, client: FlaskClient
) -> None:
    path = tmp_path / "register.db"
    writer = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE account_user SET person = 'person:9'")
    finish = Timer(0.3, writer.execute, ["COMMIT"])
    finish.start()
    sign_in(client, "khong phai mat khau")
    finish.join()
    kept = writer.execute("SELECT person, failed_sign_ins FROM account_user").fetchall()
    writer.close()
    assert kept == [("person:9", 1)]


def test_a_form_without_its_token_is_refused(client: FlaskClient) -> None:
    assert client.post("/login", data={"email": EMAIL, "password": PASSWORD}).status_code == 400
    assert person_shown(client) is None


def test_only_a_post_with_its_token_signs_out(client: FlaskClient) -> None:
    sign_in(client)
    token = client.get("/").text.split()[1]
    assert client.get("/logout").status_code == 405
    assert client.post("/logout").status_code == 400
    assert person_shown(client) == "person:1"
    assert client.post("/logout", data={"csrf_token": token}).location == "/login"
    assert person_shown(client) is None


def test_there_is_no_registration_and_no_token_in_the_address(
    app: Flask, client: FlaskClient
) -> None:
    with app.test_request_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = account.get_auth_token()
    paths = ("/register", "/us-signin", "/login/oauthstart/oidc")
    assert {client.get(path).status_code for path in paths} == {404}
    assert client.get(f"/?auth_token={secret!s}").status_code == 302
    assert client.get("/", headers={"Authentication-Token": str(secret)}).status_code == 302


def test_passwords_are_kept_as_argon2(tmp_path: Path, clock: Clock) -> None:
    with built(tmp_path, clock).app_context():
        accounts.create_tables()
        accounts.create_account(EMAIL, "person:1", PASSWORD)
    with sqlite3.connect(tmp_path / "register.db") as database:
        [kept] = database.execute("SELECT password FROM account_user").fetchone()
        [mode] = database.execute("PRAGMA journal_mode").fetchone()
    database.close()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")  # as its library thinks right
    assert mode == "wal"


def test_a_made_up_password_signs_in(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        password = accounts.create_account("vi@snnmt.example.vn", "person:2")
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
    sign_in(client, password, "vi@snnmt.example.vn")
    assert person_shown(client) == "person:2"


def test_an_address_is_used_once(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(accounts.EmailTaken):
            accounts.create_account(EMAIL.upper(), "person:3")
        with pytest.raises(accounts.EmailUnusable):
            accounts.create_account("ha snnmt", "person:3")
        with pytest.raises(accounts.PasswordTooShort):
            accounts.create_account("vi@snnmt.example.vn", "person:3", "ngắn")
        assert [account.email for account in accounts.list_accounts()] == [EMAIL]


def test_a_new_password_ends_the_old_sessions(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        password = accounts.set_password(account)
    assert person_shown(client) is None
    assert sign_in(client).status_code == 200
    assert sign_in(client, password).status_code == 302


def test_a_closed_account_opens_nothing(app: Flask, client: FlaskClient) -> None:
    sign_in(client)
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = accounts.create_token(account, "báo cáo", "office:1", 30)
        accounts.deactivate(account)
        assert accounts.account_of_token(secret) is None
    assert person_shown(client) is None
    assert sign_in(client).status_code == 200


def test_a_token_expires(app: Flask, clock: Clock) -> None:
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = accounts.create_token(account, "báo cáo", "office:1", 30)
        clock.forward(days=29)
        assert accounts.account_of_token(secret) == account
        clock.forward(days=1)
        assert accounts.account_of_token(secret) is None


def test_a_token_can_be_revoked_and_its_secret_is_not_kept(app: Flask) -> None:
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = accounts.create_token(account, "báo cáo", "office:1", 30)
        token = accounts.token_of(secret)
        assert token
        assert token.office == "office:1"
        assert secret not in token.sha256
        accounts.revoke_token(token)
        assert accounts.account_of_token(secret) is None
        assert accounts.account_of_token("exr_unknown") is None
        assert [kept.label for kept in accounts.list_tokens(account)] == ["báo cáo"]


def test_every_answer_is_shielded(client: FlaskClient) -> None:
    for path in ("/open", "/login", "/static/theme.js", "/nowhere"):
        answer = client.get(path)
        assert {name: answer.headers[name] for name in shield.HEADERS} == shield.HEADERS
        answer.close()
    assert "Strict-Transport-Security" not in client.get("/open").headers


def test_what_is_seen_signed_in_is_not_stored(client: FlaskClient) -> None:
    assert "Cache-Control" not in client.get("/open").headers
    sign_in(client)
    assert client.get("/open").headers["Cache-Control"] == "no-store"


def test_cookies_stay_with_the_browser_and_the_host(tmp_path: Path, clock: Clock) -> None:
    app = built(tmp_path, clock)
    answer = app.test_client().get("/login", base_url="https://so.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-exemplar=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_library_speaks_vietnamese() -> None:
    assert set(MESSAGES) == set(_default_messages)
    for name, (sentence, _) in _default_messages.items():
        named = set(re.findall(r"%\((\w+)\)", MESSAGES[name][0]))
        assert named <= set(re.findall(r"%\((\w+)\)", sentence))


def test_nothing_the_policy_forbids_is_in_a_template() -> None:
    forbidden = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)|javascript:")
    for template in (WEB / "templates").rglob("*.html"):
        assert not forbidden.search(template.read_text()), template.name


def test_a_page_for_strangers_offers_sign_in(client: FlaskClient) -> None:
    page = client.get("/page").text
    assert 'href="/login"' in page
    assert 'action="/logout"' not in page


def test_when_a_token_was_used_is_noted_now_and_then(app: Flask, clock: Clock) -> None:
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = accounts.create_token(account, "báo cáo", "office:1", 30)
        used = []
        for minutes in (0, 9, 1):
            clock.forward(minutes=minutes)
            token = accounts.use_token(secret)
            assert token
            used.append(token.last_used_at)
        assert used == [datetime(2026, 1, 5, 8, 0)] * 2 + [datetime(2026, 1, 5, 8, 10)]
        assert accounts.use_token("exr_unknown") is None


def test_accounts_of_an_older_register_get_what_is_new(
    app: Flask, tmp_path: Path, clock: Clock
) -> None:
    with app.app_context():
        account = accounts.find_account(EMAIL)
        assert account
        secret = accounts.create_token(account, "báo cáo", "office:1", 30)
    with sqlite3.connect(tmp_path / "register.db") as older:
        older.execute("ALTER TABLE account_token DROP COLUMN last_used_at")
    older.close()
    target = tmp_path / "copy.db"
    urls = (f"sqlite:///{tmp_path / 'register.db'}", f"sqlite:///{target}")
    assert account_copying.copy(*urls) == 1
    app = built(tmp_path, clock)
    with app.app_context():
        accounts.create_tables()
        token = accounts.use_token(secret)
        assert token
        assert token.last_used_at == clock()


def test_a_forked_child_reads_accounts_by_a_connection_of_its_own(app: Flask) -> None:
    with app.app_context():
        before = db.engine.pool
        assert accounts.find_account(EMAIL)
    if not (child := os.fork()):
        with app.app_context():
            found = db.engine.pool is not before and accounts.find_account(EMAIL) is not None
        os._exit(0 if found else 1)
    assert os.waitpid(child, 0)[1] == 0
    with app.app_context():
        assert (db.engine.pool is before, accounts.find_account(EMAIL) is not None) == (True, True)
