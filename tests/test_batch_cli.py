"""`exemplar batch`: many at once from the command line, looked at first (issue 4.12)."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from test_cli_story import UNIT, Story


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story(tmp_path_factory.mktemp("batch"))


TITLE = json.dumps({"title": "grassroots-fighter", "year": 2024})


def test_4_12_a_unit_is_given_its_titles_at_once_and_only_once(story: Story) -> None:
    ids = [story.found() for _ in range(2)]
    asked = ("batch", "record-title", "--unit", UNIT, "--data", TITLE, "--token", story.officer)
    looked = story.json(*asked, "--check")
    assert (looked["done"], looked["refused"], looked["position"]) == (2, 0, None)
    assert {item["subject"] for item in looked["items"]} == set(ids)
    again = (*asked, "--command-id", uuid4())
    done, same = story.json(*again), story.json(*again)
    assert (same.pop("repeated"), done.pop("repeated")) == (True, False)
    assert same == done


def test_4_12_each_refusal_is_told_with_its_needs(story: Story) -> None:
    ready, bare = story.ready(), story.found()
    asked = ("batch", "advance-stage", ready, bare, "--token", story.second)
    told = story.run(*asked, code=1).stdout
    assert "Chuyển khâu: 1 đã ghi, 1 bị từ chối" in told
    assert "Biên bản họp đơn vị suy tôn; Xác nhận của người đứng đầu đơn vị" in told
    again = story.json(*asked, code=1)
    assert [item["refused"] for item in again["items"]] == ["NeedsUnmet", "NeedsUnmet"]
    story.run("lawful")


def test_4_12_misuse_is_named(story: Story) -> None:
    assert (
        "Chọn một: record-peer-acclaim" in story.run("batch", "erase-personal-data", code=2).stderr
    )
    assert "Lệnh này cần --to" in story.run("batch", "add-agenda-item", "x", code=2).stderr
    none = story.run("batch", "advance-stage", "--token", story.officer, code=1).stderr
    assert "Các mục: Phải từ 1 đến 500." in none
    assert "Năm (year): Cần điền." in story.run("batch", "record-title", "x", code=1).stderr


def test_4_13_the_command_line_tells_the_work_of_an_office(story: Story) -> None:
    ready, bare = story.ready(), story.found()
    told = story.json("work", "--token", story.second)
    assert ready in {task["subject"] for task in told["now"]}
    assert commands(told["waits"], bare) == set()  # who decides leaves writing to others
    for token in (story.officer, story.head):
        waits = story.json("work", "--token", token)["waits"]
        assert commands(waits, bare) == {"record-peer-acclaim", "endorse-candidate"}
    assert story.json("work", "--office", "auditor") == {"late": [], "now": [], "waits": []}
    said = story.run("work", "--unit", UNIT).stdout
    assert "Trễ hạn: 0 việc" in said
    assert "Ghi biên bản suy tôn: Biên bản họp đơn vị suy tôn" in said


def commands(tasks: list[dict[str, str]], subject: str) -> set[str]:
    return {task["command"] for task in tasks if task["subject"] == subject}
