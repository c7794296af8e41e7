"""Languages: which one a visitor reads, and what is looked up in it."""

from __future__ import annotations

import re

import pytest
from desk import Desk
from markupsafe import Markup
from messages import TABLES, read, said

from domain.values import Stage
from web.languages import Words, _
from web.words.labels import LABELS

pytest_plugins = ["desks"]


@pytest.mark.parametrize(
    ("address", "header", "language"),
    [
        ("/login", "", "vi"),
        ("/login", "en-GB,en;q=0.8", "en"),
        ("/login", "lo", "vi"),
        ("/login?lang=vi", "en", "vi"),
        ("/login?lang=en", "vi", "en"),
        ("/login?lang=lo", "vi", "vi"),
    ],
)
def test_the_address_goes_before_the_browser(
    shown: Desk, address: str, header: str, language: str
) -> None:
    answer = shown.app.test_client().get(address, headers={"Accept-Language": header})
    assert f'<html lang="{language}">' in answer.text


def test_the_choice_lasts(shown: Desk) -> None:
    visitor = shown.visitor()
    assert '<html lang="en">' in visitor.get("/?lang=en").text
    page = visitor.get("/?on=2024-06-30&q=a").text
    assert '<html lang="en">' in page
    assert 'href="/?on=2024-06-30&amp;q=a&amp;lang=vi"' in page
    assert "Discover" in page


def test_a_word_is_translated_when_it_is_looked_up(shown: Desk) -> None:
    assert LABELS[Stage.DISCOVER] == "Phát hiện"
    with shown.app.test_request_context("/?lang=en"):
        assert LABELS[Stage.DISCOVER] == "Discover"
    with shown.app.test_request_context("/?lang=vi"):
        assert LABELS[Stage.DISCOVER] == "Phát hiện"


def test_one_is_told_of_as_one(shown: Desk) -> None:
    visitor = shown.visitor()
    assert "1 result " in visitor.read("/?q=hoang+thi&lang=en").text
    assert "480 results " in visitor.read("/?lang=en").text
    with shown.app.test_request_context("/?lang=en"):
        told = [
            _(
                "Được phân bổ %(total)s chỉ tiêu dự %(name)s, %(document)s",
                total=total,
                name="{a|b}",
                document="%",
            )
            for total in ("1", "1,200")
        ]
    assert told == ["1 place at {a|b} allotted, %", "1,200 places at {a|b} allotted, %"]
    for one in (one for one in read(TABLES / "en" / "LC_MESSAGES" / "messages.po") if one.id):
        assert one.string.count("{") == one.id.count("{") + one.string.count("|")


def test_what_is_chosen_from_a_list_is_translated_where_it_is_shown(shown: Desk) -> None:
    visitor = shown.visitor()
    (path,) = visitor.read("/?q=hoang+thi").candidates
    assert "Sex Female" in visitor.read(f"{path}?lang=en").text


def test_what_is_not_translated_stays_vietnamese(shown: Desk) -> None:
    with shown.app.test_request_context("/?lang=en"):
        assert Words({1: "Chẳng ai dịch"})[1] == "Chẳng ai dịch"
        assert _("Chẳng ai dịch %(what)s", what="câu này") == "Chẳng ai dịch câu này"


@pytest.mark.parametrize("value", ["A & <B>", Markup("<b>A</b>"), 5, None, Stage.NURTURE])
def test_a_sentence_of_a_page_is_filled_in_with_what_is_escaped(
    shown: Desk, value: object
) -> None:
    sentence = "50%% <i>của %(who)s</i>"
    page = shown.app.jinja_env.from_string("{{ _(sentence, who=who) }}")
    with shown.app.test_request_context("/"):
        told = page.render(sentence=sentence, who=value)
    assert told == Markup(sentence) % {"who": value}


def test_what_pages_say_is_found_for_the_translators() -> None:
    found = {message.id for message in said()}
    assert {"Ngôn ngữ", "Phát hiện", "Chuyển khâu"} <= found


def test_everything_that_pages_say_is_translated() -> None:
    for file in TABLES.glob("*/LC_MESSAGES/messages.po"):
        kept = {message.id: message.string for message in read(file) if message.id}
        found = {message.id for message in said() if message.id}
        assert found == set(kept), "run `make messages`, then translate what is new"
        assert [sentence for sentence, told in kept.items() if not told] == []


def test_a_translation_fills_in_what_its_sentence_does() -> None:
    gap = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
    for file in TABLES.glob("*/LC_MESSAGES/messages.po"):
        told = [message for message in read(file) if message.id]
        assert [
            m.id for m in told if sorted(gap.findall(m.id)) != sorted(gap.findall(m.string))
        ] == []
