"""Programs: what asks and does by the API, with a token for one office."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from desk import Desk, email
from werkzeug.test import TestResponse

from domain.values import Role
from web import accounts


@dataclass(frozen=True)
class Program:
    """A program with a token."""

    desk: Desk
    secret: str

    def ask(self, path: str, **query: object) -> TestResponse:
        """Return the answer to a question."""
        client = self.desk.app.test_client()
        return client.get(f"/api/v1{path}", query_string=query, headers=self.headers())

    def found(self, path: str, **query: object) -> Any:
        """Return what a question finds."""
        answer = self.ask(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def do(self, path: str, body: object = None, **headers: str) -> TestResponse:
        """Return the answer to a command; a text or bytes are sent as they are."""
        sent = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.desk.app.test_client().post(
            f"/api/v1{path}",
            data=sent,
            headers={"Content-Type": "application/json", **self.headers(), **names},
        )

    def headers(self) -> dict[str, str]:
        """Return what lets the program in."""
        return {"Authorization": f"Bearer {self.secret}"}


def program(desk: Desk, role: Role = Role.REVIEWER, *, signs: bool = True) -> Program:
    """Return a program of the person who has a role here, in that office."""
    offices = desk.parts.register.offices().items()
    office = next(id for id, one in offices if one.role is role)
    with desk.app.app_context():
        account = accounts.find_account(email(role))
        assert account
        return Program(desk, accounts.create_token(account, "thử", office, 30, signs=signs))
