"""Exports: anybody and an auditor get what each may have, can read it, and can check it."""

from __future__ import annotations

import csv
import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date, timedelta
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import openly
import pytest
from department import Department
from stories import STORIES

from domain import candidate_events as happened
from domain.candidate_events import CandidateEvent
from domain.corrections import EntryVoided
from domain.upkeep import LogExported
from domain.values import Outcome, Role, Stage
from events_store import complete, proven, verify
from events_store.ledger import Ledger
from events_store.sealing import Sealer
from web import exports
from web.exports.source import Level
from web.parts import Parts
from workflow.lawfulness import findings
from workflow.refusals import NotPermitted

XES = "{http://www.xes-standard.org/}"
# Every way there is through the workflow, told as the states that a candidate comes into.
WAYS = (
    "discover declined",
    "discover withdrawn",
    "discover nurture discover nurture declined",
    "discover nurture withdrawn",
    "discover nurture summarize nurture summarize declined",
    "discover nurture summarize withdrawn",
    "discover nurture summarize revoked",
    "discover nurture summarize replicate summarize replicate withdrawn",
    "discover nurture summarize replicate revoked",
    "discover nurture summarize replicate completed",
    "discover nurture summarize replicate completed revoked",
)
ENDS: Mapping[str, CandidateEvent] = {
    "declined": happened.CandidateDeclined(),
    "withdrawn": happened.CandidateWithdrawn(),
    "revoked": happened.RecognitionRevoked(None),
    "completed": happened.CandidacyCompleted(),
}


def way(states: str) -> list[CandidateEvent]:
    """Return what happened on a way."""
    told: list[CandidateEvent] = []
    for was, now in pairwise(states.split()):
        if now in ENDS:
            told.append(ENDS[now])
        elif list(Stage).index(Stage(now)) > list(Stage).index(Stage(was)):
            told.append(happened.StageAdvanced(Stage(now)))
        else:
            told.append(happened.StageReturned(Stage(now), openly.stories.SEALED))
    return told


class Register:
    """A register with everything in it, sealed, and what exports of it say."""

    def __init__(self, house: Department, ledger: Ledger, sealer: Sealer, folder: Path) -> None:
        self.house, self.folder = house, folder
        self.parts = Parts(ledger.reader(), house, sealer)
        for at, states in enumerate(WAYS):
            on = openly.ON + timedelta(at)
            openly.recorded(house, f"Kín{at}", way(states), on)
        self.exemplar = openly.recorded(house, "Mở", STORIES[Outcome.COMPLETED])
        self.sealed = sealer.seal(ledger.db)
        assert self.sealed
        self.key = str(sealer.keys.verifiers()[-1])

    def export(self, kind: str, level: Level = Level.PUBLIC, name: str = "") -> Path:
        folder = self.folder / (name or f"{level}-{kind}")
        assert self.sealed
        exports.write(self.parts, folder, kind, level, self.sealed.note, self.sealed.point)
        return folder

    def check(self, folder: Path, *more: str) -> int:
        return complete.main([str(folder), "--key", self.key, *more])


@pytest.fixture
def full(register: Department, ledger: Ledger, sealer: Sealer, tmp_path: Path) -> Register:
    return Register(register, ledger, sealer, tmp_path)


def table(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def follows(traces: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    """Return what directly follows what: the model that mining discovers."""
    return {pair for states in traces.values() for pair in pairwise(states)}


def traces_of_xes(file: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for at, trace in enumerate(ET.parse(file).getroot().iter(f"{XES}trace")):
        events = [{a.get("key"): a.get("value") for a in e} for e in trace.iter(f"{XES}event")]
        times = [event["time:timestamp"] for event in events]
        assert times == sorted(set(times), key=str)
        found[str(at)] = [str(event["concept:name"]) for event in events]
    return found


def traces_of_ocel(file: Path) -> dict[str, list[str]]:
    told = json.loads(file.read_text("utf-8"))
    objects = {one["id"] for one in told["objects"]}
    types = {one["name"] for one in told["eventTypes"]}
    found: dict[str, list[tuple[str, str]]] = {id: [] for id in objects}
    for event in told["events"]:
        assert event["type"] in types
        (relation,) = event["relationships"]
        found[relation["objectId"]].append((event["time"], event["type"]))
    return {id: [state for _, state in sorted(events)] for id, events in found.items()}


def transitions(house: Department) -> set[tuple[str, str]]:
    machine = house.rules.on(openly.ON).machine
    steps = [step for name in machine.events for step in machine.get_transitions(name)]
    return {(step.source, step.dest) for step in steps if step.source != step.dest}


def test_6_5_what_process_mining_discovers_is_exactly_the_workflow(full: Register) -> None:
    wanted = transitions(full.house)
    assert follows(traces_of_xes(full.export("xes", Level.AUDIT) / "log.xes")) == wanted
    assert follows(traces_of_ocel(full.export("ocel", Level.AUDIT) / "log.jsonocel")) == wanted


def test_6_5_the_public_mines_the_ways_of_exemplars(full: Register) -> None:
    (trace,) = traces_of_xes(full.export("xes") / "log.xes").values()
    assert trace == ["discover", "nurture", "summarize", "replicate", "completed"]
    assert list(traces_of_ocel(full.export("ocel") / "log.jsonocel").values()) == [trace]


FORMATS = [kind for kind in exports.FORMATS if kind != "tiles"]


def words_in(folder: Path) -> str:
    """Return all that the files of an export say, those packed in columns too."""
    reading = import_module("pyarrow.parquet")
    packed = [reading.read_table(file).to_pylist() for file in folder.glob("*.parquet")]
    files = (file for file in folder.iterdir() if file.is_file() and file.suffix != ".parquet")
    return str(packed) + "".join(file.read_text("utf-8") for file in files)


def test_6_5_no_export_for_anybody_names_who_is_no_exemplar_or_tells_more(full: Register) -> None:
    for kind in FORMATS:
        folder = full.export(kind)
        text = words_in(folder)
        assert "Kín" not in text
        for hidden in (*openly.untold("Mở"), "person:", full.exemplar, "command:"):
            assert hidden not in text, (kind, hidden)


@pytest.mark.parametrize("level", list(Level))
def test_6_5_every_export_verifies_and_nobody_is_left_out(
    full: Register, level: Level, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in FORMATS:
        folder = full.export(kind, level)
        assert verify.main([str(folder), "--key", full.key]) == 0
        assert full.check(folder) == 0
        assert len(table(folder / "manifest.csv")) == len(WAYS) + 1
    told = json.loads((folder / "export.json").read_text("utf-8"))
    assert (told["level"], told["size"]) == (str(level), full.parts.ledger.size())
    capsys.readouterr()


def test_6_5_a_manifest_that_leaves_somebody_out_or_makes_somebody_up_is_found(
    full: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = full.export("csv", Level.AUDIT)
    manifest, entries = folder / "manifest.csv", folder / "entries.csv"
    whole, rows = manifest.read_text("utf-8"), entries.read_text("utf-8")
    lines = whole.splitlines(keepends=True)
    assert full.check(folder, "--entries", str(entries)) == 0
    first, leaf, *rest = lines[1].split(",")
    for wrong, said in (
        ("".join([lines[0], *lines[2:]]), "a candidate is left out"),
        (whole + f"99999,{leaf},1,99999,{leaf}\n", "is not in the log"),
        (whole + f"0,{leaf},1,{first},{leaf}\n", "is no discovery"),
        (whole.replace(lines[1], ",".join([first, "0" * 64, *rest])), "another hash"),
    ):
        manifest.write_text(wrong, "utf-8")
        assert full.check(folder) == 1
        assert said in capsys.readouterr().out
    manifest.write_text(whole, "utf-8")
    entries.write_text(rows.replace("12/QĐ-UBND", "13/QĐ-UBND"), "utf-8")
    assert full.check(folder, "--entries", str(entries)) == 1
    assert "is not the row that was recorded" in capsys.readouterr().out


def test_6_5_every_row_that_an_auditor_takes_along_is_what_a_proof_is_about(
    full: Register,
) -> None:
    entries = full.export("csv", Level.AUDIT) / "entries.csv"
    for row in table(entries):
        found = proven.read_entry(entries, int(row["position"]))
        assert found.leaf.hex() == row["leaf"]


def test_6_5_the_same_log_gives_the_same_bytes(full: Register) -> None:
    for kind in FORMATS:
        one, two = full.export(kind), full.export(kind, name="again")
        for file in sorted(one.iterdir()):
            if file.is_file():
                assert file.read_bytes() == (two / file.name).read_bytes(), file
        shutil.rmtree(two)


def test_6_5_a_record_is_what_its_releases_add_up_to_and_what_is_no_longer_so_is_null(
    full: Register,
) -> None:
    house = full.house
    last = len(house.ledger.entries(full.exemplar))
    openly.add(house, full.exemplar, EntryVoided(last, openly.stories.SEALED))
    full.sealed = full.parts.sealer.seal(house.ledger.db)  # type: ignore[attr-defined]
    folder = full.export("ocds", name="voided")
    releases = json.loads((folder / "releases.json").read_text("utf-8"))["releases"]
    (record,) = json.loads((folder / "records.json").read_text("utf-8"))["records"]
    assert record["releases"] == releases
    assert [release["tag"][0] for release in releases] == [
        "candidate-discovered",
        "stage-advanced",
        "stage-advanced",
        "exemplar-recognized",
        "stage-advanced",
        "candidacy-completed",
        "entry-voided",
    ]
    compiled = record["compiledRelease"]["exemplar"]
    assert (compiled["state"], compiled["name"]) == ("replicate", "Mở-name")
    states = [one["value"] for one in record["versionedRelease"]["exemplar"]["state"]]
    assert states == ["discover", "nurture", "summarize", "replicate", "completed", "replicate"]


def test_6_5_every_column_is_in_the_dictionary_in_both_languages(full: Register) -> None:
    for level in Level:
        folder = full.export("csv", level)
        told = {(row["table"], row["column"]) for row in table(folder / "dictionary.csv")}
        for row in table(folder / "dictionary.csv"):
            assert row["vi"]
            assert row["en"] not in ("", row["vi"])
        for file in folder.glob("*.csv"):
            if file.stem not in ("manifest", "dictionary"):
                with file.open(encoding="utf-8-sig", newline="") as opened:
                    heads = next(csv.reader(opened))
                assert {(file.stem, head) for head in heads} <= told


def test_6_5_csv_json_and_parquet_tell_the_same(full: Register) -> None:
    reading = import_module("pyarrow.parquet")
    for level in Level:
        plain, lists = full.export("csv", level), full.export("json", level)
        columns = full.export("parquet", level)
        for file in sorted(plain.glob("*.csv")):
            if file.stem in ("manifest", "dictionary"):
                continue
            told = json.loads((lists / f"{file.stem}.json").read_text("utf-8"))
            assert [{k: _text(v) for k, v in row.items()} for row in told] == table(file)
            arrow = reading.read_table(columns / f"{file.stem}.parquet").to_pylist()
            assert [{k: _text(v) for k, v in row.items()} for row in arrow] == table(file)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def test_6_5_cloud_events_have_what_the_specification_asks_for(full: Register) -> None:
    for level in Level:
        folder = full.export("cloudevents", level)
        events = list(map(json.loads, (folder / "events.jsonl").read_text("utf-8").splitlines()))
        ids = [(event["source"], event["id"]) for event in events]
        assert len(set(ids)) == len(ids) > 5
        for event in events:
            assert event["specversion"] == "1.0"
            assert event["type"].startswith("exemplar.")
            assert event["time"][10] == "T"
    assert len(events) == full.parts.ledger.size()


def test_6_5_counts_for_anybody_have_no_small_cells(full: Register) -> None:
    public = table(full.export("csv") / "counts.csv")
    assert all(int(row["count"]) >= 5 for row in public)
    inside = table(full.export("csv", Level.AUDIT) / "counts.csv")
    assert sum(int(row["count"]) for row in inside if row["by"] == "state") == len(WAYS) + 1


def test_6_5_only_who_may_see_the_whole_log_takes_it_along(register: Department) -> None:
    before = register.ledger.size()
    for role, person in register.people.items():
        if role in (Role.AUDITOR, Role.COUNCIL, Role.DIRECTOR, Role.ADMINISTRATOR):
            told = register.upkeep(LogExported("csv"), person)
            assert (told.actor, register.offices()[told.acting_as or ""].role) == (person, role)
        else:
            with pytest.raises(NotPermitted):
                register.upkeep(LogExported("csv"), person)
    assert register.ledger.size() == before + 4
    assert isinstance(register.ledger, Ledger)
    ruled = findings(register.ledger.all(), register.rules)
    assert {verdict.ruling for verdict in ruled} == {"lawful"}
