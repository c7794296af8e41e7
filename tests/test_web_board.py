"""The board: the same register as the list, by stage, at any moment."""

from __future__ import annotations

from desk import Desk

from domain.values import Stage
from events_store import figures
from web.pages.board import CARDS

pytest_plugins = ["desks"]


def test_the_board_has_what_the_list_has_at_every_moment(shown: Desk) -> None:
    visitor = shown.visitor()
    for question in ("", "on=2024-06-30", "on=2024-06-30&q=chi cuc", "kind=collective"):
        page = visitor.read(f"/board?{question}")
        mine: list[str] = []
        for stage in Stage:
            listed = visitor.read(f"/?state={stage}&{question}").candidates
            mine += [address.partition("?")[0] for address in listed[:CARDS]]
        assert [address.partition("?")[0] for address in page.candidates] == mine


def test_the_board_counts_and_names_what_is_missing(shown: Desk) -> None:
    at = shown.parts.register.today()
    counts = figures.counts(shown.parts.ledger.db, at)
    text = shown.visitor().read("/board").text
    assert [f"{counts[stage]}" in text for stage in Stage] == [True] * 4
    assert "Biên bản họp đơn vị suy tôn" in text
    assert f"Xem cả {counts['nurture']} trong danh sách" in text


def test_the_register_leads_through_its_life_and_to_a_comparison(shown: Desk) -> None:
    for path in ("/", "/board"):
        now, then = (shown.visitor().read(f"{path}{more}") for more in ("", "?on=2024-06-30"))
        assert f"{path}?on=2024-05-31" in then.links
        assert "/compare?on=2024-06-30&a=2024-06-30" in then.links
        assert "/compare?a=2024-06-30" not in now.links
