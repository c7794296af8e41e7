"""`exemplar digest`: a letter for each person with something late or due, naming nobody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openly
import pytest
from cli_use import Use
from desk import SINCE, Desk, email, filled
from letterbox import letterbox
from stories import STORIES

from domain.publicity import CommentPeriodOpened
from domain.values import Private, Role, Stage, UnitKind
from workflow import commands as asked

OVER = date(2026, 7, 1)
OPENED = CommentPeriodOpened(10, OVER, 0)


@pytest.fixture
def late(tmp_path: Path) -> Desk:
    """Return a register in which a comment waits since a period that is long over."""
    at = filled(tmp_path, sample=False)
    unit = asked.RegisterUnit("Chi cục Kiểm lâm", UnitKind.SUB_DEPARTMENT)
    at.submit(unit, Role.ADMINISTRATOR, on=SINCE)
    id = openly.recorded(at.parts.register, "Ai", (*STORIES[Stage.NURTURE], OPENED))
    at.submit(asked.ReceiveComment(Private({"text": "Ai-ý kiến"})), Role.OFFICER, id)
    return at


def test_6_8_who_has_something_late_gets_one_letter_that_names_nobody(late: Desk) -> None:
    use = Use(late.folder)
    with letterbox() as (address, letters):
        use.env["EXEMPLAR_SMTP"] = address
        told = use.json("digest")
    assert all(one["sent"] and one["late"] for one in told)
    people = [one["to"] for one in told]
    assert sorted(people) == sorted({email(Role.REVIEWER), email(Role.STANDING_BODY)})
    assert sorted(letter["To"] for letter in letters) == sorted(people)
    for letter in letters:
        text = letter.get_content()
        assert "Giải quyết ý kiến góp ý" in text
        assert "Chi cục Kiểm lâm" in text
        assert "Ai-" not in text


def test_6_8_without_a_mail_server_the_letters_are_shown(late: Desk) -> None:
    told = Use(late.folder).run("digest")
    assert f"Đến: {email(Role.REVIEWER)}" in told.stdout
    assert "EXEMPLAR_SMTP chưa đặt" in told.stderr


def test_6_8_a_letter_that_cannot_be_sent_is_said_and_the_exit_tells(late: Desk) -> None:
    use = Use(late.folder)
    use.env["EXEMPLAR_SMTP"] = "smtp://127.0.0.1:9"
    assert all(not one["sent"] for one in use.json("digest", code=1))
