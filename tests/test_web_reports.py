"""Reports on pages and the command line: from a period to a PDF that a stranger verifies."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from cli_use import Use
from desk import Desk
from programs import program

from domain.report import ReportKind
from domain.values import Role
from events_store.figures import FIGURES, Holds
from web.reports.document import Spec, build, canonical, digest
from web.reports.headlines import headlines
from web.reports.shown import tables
from workflow import commands as asked

pytest_plugins = ["desks"]
FORMS = ("docx", "pdf", "xlsx")


def led_to(page: str, made: bytes) -> bool:
    """Return whether headlines and contents of a report's page lead to its tables, as told."""
    named = [table.name for table in tables(made)]
    assert re.findall(r'<section class="card mb-3" id="figure-([^"]+)"', page) == named
    contents = page.partition('<nav class="card contents"')[2].partition("</nav>")[0]
    assert re.findall(r'href="#figure-([^"]+)"', contents) == named
    tiles = re.findall(r'<a class="card card-link" href="#figure-([^"]+)"', page)
    told = re.findall(r'<div class="h1 m-0 num">([^<]+)<', page)
    assert [*zip(tiles, told, strict=True)] == [(o.figure, o.value) for o in headlines(made)]
    return tiles == ["shares", "by-stage", "passages"]


def test_6_2_6_3_6_6_a_report_from_its_period_to_a_file_that_anyone_verifies(desk: Desk) -> None:
    clerk = desk.visitor(Role.STANDING_BODY)
    period = {"kind": "yearly", "begins": "2024-01-01", "ends": "2024-12-31", "on": ""}
    wrong = clerk.fill("/reports/new", 0, **{**period, "begins": "2025-01-01"})
    assert wrong.status_code == 422
    answer = clerk.fill("/reports/new", 0, **period)
    assert answer.status_code == 303
    path = answer.location
    report = f"report:{path.rpartition('/')[2]}"
    assert "Báo cáo năm 2024" in clerk.get("/reports").text
    first, again = clerk.get(path).text, clerk.get(f"{path}?again=yes").text
    made = [("Chưa tính lại" in text, "khớp từng byte" in text) for text in (first, again)]
    assert made == [(True, False), (False, True)]  # nothing is said to be checked that is not
    desk.submit(asked.CheckReport(), Role.REVIEWER, report)
    desk.submit(asked.SignReport(), Role.DIRECTOR, report)
    desk.submit(asked.PublishReport("05/BC-SNN"), Role.STANDING_BODY, report)
    shown = clerk.get(path).text
    assert "khớp từng byte" in shown
    assert "Mọi số liệu vẫn như khi lập." in shown
    assert led_to(shown, clerk.get(f"{path}/report.json").data)
    assert clerk.get(f"{path}/by-stage.svg").mimetype == "image/svg+xml"
    assert clerk.get(f"{path}/nothing.svg").status_code == 404
    id = path.rpartition("/")[2]
    made = {form: clerk.get(f"/papers/report/{id}.{form}") for form in FORMS}
    assert {answer.status_code for answer in made.values()} == {200}
    stranger = desk.visitor(None).get(f"/public/reports/{id}.pdf?lang=en")
    assert stranger.data == made["pdf"].data  # papers are in Vietnamese, whoever reads
    made["json"], made["html"] = clerk.get(f"{path}/report.json"), clerk.get(f"{path}/print")
    use = Use(desk.folder)
    export = ("export", desk.folder / "log", "--format", "csv", "--level", "audit")
    use.run("key", "create")
    use.run(*export)
    assert "log-exported" in (desk.folder / "log" / "entries.csv").read_text("utf-8")
    for form in ("pdf", "json", "html"):
        file = desk.folder / f"report.{form}"
        file.write_bytes(made[form].data)
        verdict = use.json("report", "verify", file, "--log", desk.folder / "log")
        assert (verdict["good"], verdict["differences"]) == (True, []), form
    forged = json.loads(made["json"].data)
    forged["figures"][0]["rows"][0][-1] += 1
    file.write_text(json.dumps(forged), "utf-8")
    verdict = use.json("report", "verify", file, code=1)
    assert [one["figure"] for one in verdict["differences"]] == ["by-stage"]
    names = {desk.parts.ledger.entries(report)[0].actor}
    assert not any(name in made["json"].text for name in names)


def test_6_3_papers_of_a_candidate_can_be_taken_away(shown: Desk) -> None:
    reviewer = shown.visitor(Role.REVIEWER)
    id = reviewer.read("/").candidates[0].rpartition("/")[2]
    for name in ("file", "submission", "decision"):
        assert reviewer.get(f"/papers/{name}/{id}.docx").data[:2] == b"PK", name
    assert reviewer.get("/papers/decision/none.docx").status_code == 404
    assert reviewer.get("/papers/minutes/none.pdf").status_code == 404


def test_6_2_what_a_program_makes_up_is_drafted_and_not_checked(desk: Desk) -> None:
    ledger, register = desk.parts.ledger, desk.parts.register
    days, size = (date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31)), ledger.size()
    told = json.loads(build(ledger, register, Spec(ReportKind.YEAR, *days, size, size)))
    told["figures"][0]["rows"][0][-1] += 1
    text = canonical(told)
    body = {name: told[name] for name in ("kind", "begins", "ends", "on", "known", "template")}
    body |= told["log"] | {"digest": digest(text), "document": text.decode()}
    drafted = program(desk, Role.REVIEWER).do("/reports", {"data": body})
    assert drafted.status_code == 201, drafted.text
    report = drafted.json["subject"].partition(":")[2]
    checked = program(desk, Role.STANDING_BODY).do(f"/reports/{report}/check-report", {})
    assert checked.status_code == 409
    (need,) = checked.json["needs"]
    assert (need["need"], need["missing"]) == ("report-remade", ["by-stage"])
    page = desk.visitor(Role.STANDING_BODY).read(f"/reports/{report}")
    assert "KHÔNG khớp — khác ở: Ứng viên theo khâu" in page.text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.OFFICER])
def test_6_2_nobody_drafts_a_report_who_may_not(shown: Desk, role: Role) -> None:
    assert shown.visitor(role).get("/reports/new").status_code == 403


def test_6_2_the_command_line_drafts_and_shows(desk: Desk) -> None:
    use = Use(desk.folder)
    period = ("--from", "2024-01-01", "--to", "2024-06-30")
    refused = use.run("report", "draft", "half-yearly", *period, code=1)
    assert "Lỗi" in refused.stderr
    command = asked.GrantOffice("person:quan-tri", Role.REVIEWER)
    desk.submit(command, Role.ADMINISTRATOR, on=date(2021, 1, 1))
    made = use.json("report", "draft", "half-yearly", *period)
    (told,) = use.json("report", "show")
    assert (told["id"], told["name"]) == (made["report"], "Báo cáo 6 tháng đầu năm 2024")
    assert "Ứng viên theo khâu" in use.run("report", "show", made["report"]).stdout
    assert use.run("report", "publish", made["report"], "--number", "05/BC", code=1).stderr


def test_6_7_the_process_is_drawn_by_unit_and_period_as_the_figures_tell(shown: Desk) -> None:
    visitor = shown.visitor(Role.AUDITOR)
    period = "since=2023-01-01&on=2024-12-31"
    unit = shown.unit("Chi cục Kiểm lâm")
    for name, where in (("passages", ""), ("passages-by-unit", f"&unit={unit}")):
        rows = visitor.get(f"/figures/{name}.json?{period}").json["rows"]
        told = {
            (r["before"], r["state"]): r["count"] for r in rows if not where or r["unit"] == unit
        }
        page = visitor.read(f"/figures?{period}{where}")
        links = [link for link in page.links if "key-before=" in link]
        assert len(links) == len(told) > 1
        (before, state), count = max(told.items(), key=lambda one: one[1])
        keys = f"key-before={before}&key-state={state}"
        entries = visitor.read(next(link for link in links if keys in link))
        assert entries.html.count('<tr><td class="num">') == min(count, 100)


def test_6_1_a_row_that_no_figure_has_rests_on_no_entry(shown: Desk) -> None:
    visitor = shown.visitor(Role.AUDITOR)
    for name, figure in FIGURES.items():
        for column in figure.by:
            answer = visitor.get(f"/figures/{name}/entries?key-{column.name}=x")
            expected = 404 if column.holds is Holds.UNIT else 200
            assert answer.status_code == expected, (name, column.name)
            assert '<tr><td class="num">' not in answer.text, (name, column.name)


def test_6_1_every_figure_has_a_page_and_two_files(shown: Desk) -> None:
    visitor = shown.visitor(Role.AUDITOR)
    for name, figure in FIGURES.items():
        page = visitor.read(f"/figures/{name}?on=2024-12-31&mapped=yes")
        told = visitor.get(f"/figures/{name}.json?on=2024-12-31&mapped=yes").json
        assert [c["name"] for c in told["columns"]] == [c.name for c in figure.columns]
        assert page.html.count("/entries?") == len(told["rows"]), name
        assert visitor.get(f"/figures/{name}.csv?on=2024-12-31").mimetype == "text/csv"
