"""Rule sets: checked whole when loaded, never changed in silence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from department import PAPER, UNIT, Clock, Department, who
from stories import MOVES, WORDS

from domain.values import (
    CandidateKind,
    FastTrackGround,
    Outcome,
    PersonKind,
    Rating,
    Role,
    Stage,
    Title,
)
from events_store.ledger import Ledger
from web.diagram import diagram
from workflow import commands as asked
from workflow.lawfulness import findings
from workflow.refusals import NeedsUnmet, NotPermitted
from workflow.register import Register, Request
from workflow.rule_checks import BadRuleSet
from workflow.rules import RuleSet, load_all

GOLDEN = Path(__file__).parent / "golden" / "rule-sets.txt"
BOOK = load_all()
PLAN = "plan-2021-2025.toml"
Damage = Callable[[str, str, str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(str(files("workflow") / "rule_sets"), tmp_path / "rule_sets"))


@pytest.fixture
def damage(folder: Path) -> Damage:
    def damage(file: str, old: str, new: str) -> str:
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(BadRuleSet) as caught:
            load_all(folder)
        return str(caught.value)

    return damage


@pytest.mark.parametrize("rules", BOOK.sets, ids=lambda rules: rules.text.id)
@pytest.mark.parametrize("state", [*Stage, *Outcome])
def test_each_state_has_its_moves_and_no_other(rules: RuleSet, state: str) -> None:
    there_are = {name: rules.destination(name, state) for name in rules.moves_from(state)}
    assert there_are == MOVES[state]


@pytest.mark.parametrize("rules", BOOK.sets, ids=lambda rules: rules.text.id)
def test_r5_6_a_11_nobody_enters_a_stage_but_from_the_one_before_or_after(rules: RuleSet) -> None:
    steps = {(m.move, s, m.to) for m in rules.text.moves for s in m.source if m.to in [*Stage]}
    forth = {("advance", earlier, later) for earlier, later in pairwise(Stage)}
    assert steps == forth | {("return", later, earlier) for earlier, later in pairwise(Stage)}


@pytest.mark.parametrize("rules", BOOK.sets, ids=lambda rules: rules.text.id)
def test_every_move_needs_a_second_person_and_a_day_that_has_come(rules: RuleSet) -> None:
    always = {"second-person", "after-last-change", "not-in-future"}
    assert [always - set(move.needs) for move in rules.text.moves] == [set()] * 13


def test_shipped_rule_sets_never_change_in_silence() -> None:
    names = "".join(f"{rules.name}\n" for rules in BOOK.sets)
    assert names == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("day", "id"),
    [
        (date(2015, 1, 1), "2021"),
        (date(2023, 12, 31), "2021"),
        (date(2024, 1, 1), "2024"),
        (date(2025, 6, 30), "2024"),
        (date(2025, 7, 1), "2025-07"),
        (date(2026, 10, 1), "2025-07"),
    ],
)
def test_a_rule_set_is_in_force_until_the_next_begins(day: date, id: str) -> None:
    assert BOOK.on(day).text.id == id


def test_a_rule_set_is_cited_by_its_digest() -> None:
    first, second, *_ = BOOK.sets
    assert [BOOK.cited(first.name), BOOK.cited(second.name)] == [first, second]
    assert BOOK.cited(first.name.replace("2021@", "2024@")) is None


def test_a_comment_or_blank_does_not_change_the_digest(folder: Path) -> None:
    text = (folder / PLAN).read_text("utf-8")
    (folder / PLAN).write_text(f"# Ghi chú\n\n{text}", "utf-8")
    assert [r.name for r in load_all(folder).sets] == [r.name for r in BOOK.sets]


def test_one_changed_word_changes_the_digest(folder: Path) -> None:
    text = (folder / PLAN).read_text("utf-8")
    (folder / PLAN).write_text(text.replace("Biên bản họp", "Biên bản cuộc họp"), "utf-8")
    assert [r.name == s.name for r, s in zip(load_all(folder).sets, BOOK.sets, strict=True)] == [
        False,
        False,
        False,
        False,
    ]


DAMAGES = [
    ("2021.toml", 'id = "2021"', 'id = "2021"\nidd = "x"', "2021.toml: $: Object contains unknow"),
    ("2021.toml", 'title = "Kế', 'tittle = "Kế', "2021.toml: $: Object contains unknow"),
    ("2021.toml", 'plan = "plan-2021-2025"', 'plan = "no-plan"', "no-plan.toml: plan: no such fi"),
    ("2024.toml", "from = 2024-01-01", "from = 2024-13-01", "2024.toml: $: "),
    ("2024.toml", 'years = "every"', 'years = "some"', "2024.toml: $.yearly[...].years: Invalid "),
    ("2024.toml", 'criterion = "I7"', 'criterion = "I99"', "2024.toml: yearly.civil-servant.crit"),
    ("2024.toml", "[yearly.worker]", "[yearly.miner]", "2024.toml: yearly: there is no 'miner'"),
    (
        PLAN,
        'stages = ["discover", "nurture", "summarize", "replicate"]',
        'stages = ["discover", "summarize", "nurture", "replicate"]',
        "2021.toml: stages: the four stages, in their order, are fixed",
    ),
    (
        PLAN,
        'from = ["nurture"]\nto = "summarize"',
        'from = ["nurture"]\nto = "nurture"',
        "2021.toml: moves[1] advance.to: a stage cannot be skipped",
    ),
    (
        PLAN,
        'from = ["nurture"]\nto = "summarize"',
        'from = ["nurture"]\nto = "replicate"',
        "2021.toml: moves[1] advance.to: a stage cannot be skipped",
    ),
    (
        PLAN,
        'to = "withdrawn"',
        'to = "declined"',
        "2021.toml: moves: no move leads to withdrawn",
    ),
    (
        PLAN,
        'from = ["nurture"]\nto = "summarize"',
        'from = ["nature"]\nto = "summarize"',
        "2021.toml: moves[1] advance.from: there is no 'nature'",
    ),
    (
        PLAN,
        'from = ["replicate"]\nto = "completed"',
        'from = ["replicate"]\nto = "complete"',
        "2021.toml: moves[12] complete.to: there is no 'complete'",
    ),
    (
        PLAN,
        '"acclaim", "endorsement", "no-block", "not-suspended", "second-person", ',
        '"acclaim", "endorsement", "no-block", "not-suspended", ',
        "2021.toml: moves[0] advance.needs: no move without a second person",
    ),
    (
        PLAN,
        'needs = ["field", "newness", "acclaim", ',
        'needs = ["field", "newness", "applause", ',
        "2021.toml: moves[0] advance.needs: there is no 'applause'",
    ),
    (
        PLAN,
        'by = ["reviewer", "standing-body"]',
        "by = []",
        "2021.toml: moves[0] advance.by: nobody may decide this",
    ),
    (
        PLAN,
        'by = ["reviewer", "standing-body"]',
        'by = ["king"]',
        "2021.toml: $.moves[0].by[0]: Invalid enum value 'king'",
    ),
    (
        PLAN,
        'by = ["reviewer", "standing-body"]',
        'by = ["reviewer", "auditor"]',
        "2021.toml: by: an auditor reads, and does nothing else",
    ),
    (
        PLAN,
        'vi = "Biên bản họp đơn vị suy tôn"',
        'vi = " "',
        "2021.toml: needs.acclaim: a need without words",
    ),
    (
        PLAN,
        'vi = "Biên bản họp đơn vị suy tôn"\n',
        "",
        "2021.toml: $.needs[...]: Object missing required field `vi`",
    ),
    (
        PLAN,
        'needs = ["open", "not-in-future"] }',
        'needs = ["ajar", "not-in-future"] }',
        "2021.toml: commands.describe-candidate.needs: there is no 'ajar'",
    ),
    (
        PLAN,
        'supply = ["director"]\nvia = "recognize-exemplar"',
        'supply = ["director"]\nvia = "recognise-exemplar"',
        "2021.toml: needs.recognition.via: there is no 'recognise-exemplar'",
    ),
    (
        PLAN,
        "attach-evidence = {",
        "attach-evidences = {",
        "2021.toml: commands: there is no 'attach-evidences'",
    ),
    (
        PLAN,
        'move = "complete"\n',
        'move = "finish"\n',
        "2021.toml: moves[12] finish: there is no 'finish'",
    ),
    (
        PLAN,
        'from = ["replicate"]\nto = "completed"',
        'from = ["replicate", "replicate"]\nto = "completed"',
        "2021.toml: moves complete.from: 'replicate' is there twice",
    ),
    (
        PLAN,
        'move = "return"\nfrom = ["replicate"]',
        'move = "return"\nfrom = ["summarize"]',
        "2021.toml: moves[5] return.to: a stage cannot be skipped",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), DAMAGES)
def test_a_damaged_rule_set_is_refused_naming_file_and_key(
    damage: Damage, file: str, old: str, new: str, said: str
) -> None:
    assert damage(file, old, new).startswith(said)


def test_a_need_that_nothing_can_answer_is_refused(
    folder: Path, ledger: Ledger, clock: Clock
) -> None:
    text = (folder / PLAN).read_text("utf-8")
    words = '[needs.luck]\nvi = "Vận may"\nen = "Luck"\nsource = "-"\n\n[needs.acclaim]'
    (folder / PLAN).write_text(text.replace("[needs.acclaim]", words), "utf-8")
    with pytest.raises(BadRuleSet, match=r"^2021: needs\.luck: nothing can answer it$"):
        Register(ledger, load_all(folder), clock)


def test_the_diagram_shows_the_moves_between_states() -> None:
    arrows = [f"    {a} --> {b}: {name}" for a in MOVES for name, b in MOVES[a].items() if a != b]
    first, entry, *rest = BOOK.sets[0].mermaid().splitlines()
    assert (first, entry) == ("stateDiagram-v2", "    [*] --> discover")
    assert sorted(rest) == sorted(arrows)


def along(path: str) -> list[tuple[float, float]]:
    """Return points of a drawn line, near enough to each other to be the line."""
    corners = [float(one) for one in re.findall(r"-?\d+", path)]
    if len(corners) != 8:  # level, straight: nothing is written upon these
        return []
    made = []
    for t in (at / 60 for at in range(61)):
        parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (
            sum(p * c for p, c in zip(parts, corners[axis::2], strict=True)) for axis in (0, 1)
        )
        made.append((x, y))
    return made


@pytest.mark.parametrize("rules", BOOK.sets, ids=lambda rules: rules.name)
def test_6_7_a_number_on_the_drawn_process_is_by_no_other_line(rules: RuleSet) -> None:
    wide, high = 40, 16  # of four figures
    lines = diagram(rules).lines
    for one, other in permutations(lines, 2):
        assert abs(one.x - other.x) >= wide or abs(one.y - other.y) >= high, (one, other)
        for x, y in along(other.path):
            assert abs(one.x - x) >= wide / 2 or abs(one.y - y) >= high / 2, (one, other)


def confirming(register: Department) -> asked.ConfirmRuleSet:
    draft = register.rules.sets[-1]
    assert draft.name in register.rules.drafts
    return asked.ConfirmRuleSet(draft.name)


def found_in_october(register: Department, clock: Clock) -> str:
    """Return the rule set that a candidate of October 2026 is received under."""
    clock.set(date(2026, 10, 5))
    found = asked.DiscoverCandidate(CandidateKind.COLLECTIVE, UNIT, who("Tổ rừng"), WORDS)
    return str(register.ask(found, by=Role.OFFICER).entries[0].rule_set).partition("@")[0]


def test_a_28_a_draft_is_not_in_force_before_it_is_confirmed(
    register: Department, clock: Clock
) -> None:
    assert found_in_october(register, clock) == "2025-07"
    register.ask(confirming(register), on=date(2026, 10, 2), basis=PAPER)
    assert found_in_october(register, clock) == "2026-10"
    assert isinstance(register.ledger, Ledger)
    assert [v for v in findings(register.ledger.all(), register.rules) if v.why] == []


def test_a_28_confirming_is_for_administrators_with_the_text_at_hand(
    register: Department,
) -> None:
    with pytest.raises(NotPermitted):
        register.ask(confirming(register), by=Role.DIRECTOR, basis=PAPER)
    with pytest.raises(NeedsUnmet) as caught:
        register.ask(confirming(register))
    assert [f.need for f in caught.value.unmet] == ["official-notice"]
    register.ask(confirming(register), basis=PAPER)
    for twice in (confirming(register), asked.ConfirmRuleSet(register.rules.sets[0].name)):
        with pytest.raises(NeedsUnmet) as caught:
            register.ask(twice, basis=PAPER)
        assert [f.need for f in caught.value.unmet] == ["draft-rule-set"]


def test_a_28_another_text_than_the_confirmed_one_stays_a_draft() -> None:
    draft = BOOK.sets[-1]
    october = date(2026, 10, 1)
    assert BOOK.on(october, {draft.name}) is draft
    assert BOOK.on(october, {"2026-10@0"}).text.id == "2025-07"
    assert BOOK.on(date(2026, 9, 30), {draft.name}).text.id == "2025-07"


def test_a_28_the_draft_asks_for_title_and_excellent_rating() -> None:
    wanted = {s.text.id: s.text.yearly["civil-servant"].also for s in BOOK.sets}
    assert wanted == {"2021": (), "2024": (), "2025-07": (), "2026-10": ("excellent",)}


def test_a_28_under_the_draft_a_title_counts_beside_its_rating_only(
    register: Department, clock: Clock
) -> None:
    clock.set(date(2027, 2, 1))
    register.ask(confirming(register), basis=PAPER)
    found = asked.DiscoverCandidate(
        CandidateKind.INDIVIDUAL, UNIT, who("Lý Thị Mai"), WORDS, PersonKind.CIVIL_SERVANT
    )
    autumn, january = date(2026, 10, 5), date(2027, 1, 20)
    subject = register.ask(found, by=Role.OFFICER, on=autumn).subject
    for command, by in (
        (asked.RecordPeerAcclaim("BB-01"), Role.OFFICER),
        (asked.EndorseCandidate(), Role.UNIT_HEAD),
        (asked.AdvanceStage(), Role.REVIEWER),
    ):
        register.ask(command, subject, by, autumn)
    title = asked.RecordTitle(Title.GRASSROOTS_FIGHTER, 2026)
    register.ask(title, subject, Role.OFFICER, january)

    def lacking() -> list[tuple[str, ...]]:
        request = Request(asked.AdvanceStage(), register.people[Role.REVIEWER], subject)
        return [f.missing for f in register.why(request) if f.need == "yearly-record"]

    assert lacking() == [("2026",)]
    rating = asked.RecordRating(Rating.EXCELLENT, 2026)
    register.ask(rating, subject, Role.OFFICER, january)
    assert lacking() == [()]


def test_a_19_no_text_repeats_the_errors_of_the_seed() -> None:
    texts = [text for s in load_all().sets for text in _words(s)]
    assert [text for text in texts if re.search("do tình|wướng mắc|đề hướng", text)] == []
    (charity,) = {c.vi for s in load_all().sets for c in s.text.criteria if c.code == "G5"}
    assert "do tỉnh" in charity


def _words(rules: RuleSet) -> list[str]:
    text = rules.text
    return [text.title, *(need.vi for need in text.needs.values()), *(c.vi for c in text.criteria)]


@pytest.mark.parametrize("ground", FastTrackGround)
def test_dd85_every_ground_of_the_simple_procedure_is_in_every_rule_set(
    ground: FastTrackGround,
) -> None:
    for rules in load_all().sets:
        assert "council-opinion" in rules.text.terms.fast_track.waives[ground]
