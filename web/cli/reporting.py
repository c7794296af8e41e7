"""`exemplar report`: draft, show, publish and verify reports on a period."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from domain.report import Report, ReportKind
from events_store.rebuilt import rows
from web.cli import options, shown
from web.cli.desk import desk
from web.moment import day_of
from web.parts import Parts
from web.reports import changes, document
from web.reports import shown as in_words
from web.reports.document import BadReport, Spec
from web.reports.exported import exported
from web.reports.verify import Verdict, verify
from web.words import figures as words
from web.words import report as naming
from web.words.sentences import refused
from workflow import commands as asked
from workflow.refusals import Refusal, UnknownSubject
from workflow.register import Request

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
OUT = click.Path(path_type=Path, dir_okay=False)
FROM = click.Path(path_type=Path, exists=True)


@click.group("report", help="Lập, xem, công bố và kiểm chứng báo cáo theo kỳ.")
def report() -> None:
    """Keep reports."""


@report.command(help="Lập dự thảo báo cáo của một kỳ từ số liệu của sổ.")
@click.argument("kind", metavar="LOẠI", type=click.Choice([str(kind) for kind in ReportKind]))
@click.option("--from", "begins", metavar="NGÀY", required=True, help="Ngày đầu kỳ.")
@click.option("--to", "ends", metavar="NGÀY", required=True, help="Ngày cuối kỳ.")
@click.option("--on", metavar="NGÀY", help="Số liệu tại ngày nào; mặc định ngày cuối kỳ.")
@options.known
@click.option("--replaces", metavar="ID", help="Báo cáo đã công bố mà bản này thay thế.")
@options.token
@options.as_json
def draft(
    kind: str,
    begins: str,
    ends: str,
    on: str | None,
    known: str | None,
    replaces: str | None,
    token: str | None,
    json: bool,
) -> int:
    """Enter a draft."""
    at = desk()
    parts, last = at.parts, day_of("to", ends)
    size = parts.ledger.size()
    moment = options.when(parts, on or ends, known)
    below = size if moment.known is None else min(moment.known, size)
    spec = Spec(ReportKind(kind), day_of("from", begins), last, moment.on, below, size)
    command = document.draft(parts.ledger, parts.register, spec, _id(replaces))
    return _submit(parts, Request(command, at.actor(token)), json=json)


@report.command("show", help="Liệt kê báo cáo, hoặc in một báo cáo; -o ghi nguyên văn ra tệp.")
@click.argument("id", required=False, metavar="ID")
@click.option("-o", "--output", type=OUT, metavar="TỆP", help="Ghi văn bản JSON ra tệp.")
@options.as_json
def show(id: str | None, output: Path | None, json: bool) -> None:
    """Print all reports, or one with its figures and what has changed since."""
    parts = desk().parts
    if id is None:
        _list(parts.register.all("report"), json=json)
        return
    found = _found(parts, id)
    told = document.kept(parts.ledger, found)
    if output:
        output.write_bytes(told)
    elif json:
        click.echo(told.decode())
    else:
        assert found.draft, "it was found"
        _tell(told, changes.since(parts.ledger, document.spec_of(found.draft)))


@report.command(help="Công bố báo cáo đã ký, với số do văn thư cấp.")
@click.argument("id", metavar="ID")
@click.option("--number", metavar="SỐ", required=True, help="Số, ký hiệu văn bản đi: 05/BC-SNN.")
@options.token
@options.as_json
def publish(id: str, number: str, token: str | None, json: bool) -> int:
    """Publish a signed report."""
    at = desk()
    request = Request(asked.PublishReport(number), at.actor(token), _id(id))
    return _submit(at.parts, request, json=json)


@report.command("verify", help="Dựng lại một báo cáo chỉ từ sổ, so từng con số và từng byte.")
@click.argument("file", metavar="TỆP", type=FILE)
@click.option(
    "--log", type=FROM, metavar="THƯ MỤC", help="Bản xuất có entries.csv; không có thì sổ ở đây."
)
@options.as_json
def verify_(file: Path, log: Path | None, json: bool) -> int:
    """Rebuild a report from an export of the log, or from the register here."""
    try:
        if log:
            return _judge(verify(file.read_bytes(), exported(log)), json=json)
        return _judge(verify(file.read_bytes(), rows(desk().parts.ledger.db)), json=json)
    except BadReport as bad:
        raise click.ClickException(f"Không kiểm chứng được: {bad.problem}") from None


def _judge(verdict: Verdict, *, json: bool) -> int:
    if json:
        told = [{"figure": c.figure, "keys": c.keys, "told": c.was, "made": c.now}
                for c in verdict.changes]  # fmt: skip
        answer = {"good": verdict.good, "same_bytes": verdict.same, "same_root": verdict.root,
                  "same_template": verdict.template, "digest": verdict.digest,
                  "published": verdict.published, "differences": told}  # fmt: skip
        shown.as_json(answer)
        return 0 if verdict.good else 1
    shown.tell(f"SHA-256 {verdict.digest}")
    if verdict.published is not None:
        shown.tell(f"Công bố ở mục ghi số {verdict.published}.")
    else:
        shown.tell("Sổ này không có mục ghi công bố báo cáo này.")
    if verdict.good:
        shown.tell("KHỚP: dựng lại từ sổ được đúng từng byte.")
        return 0
    if not verdict.root:
        shown.tell("Gốc cây băm của sổ khác gốc ghi trong báo cáo.")
    if not verdict.template:
        shown.tell("Báo cáo được lập theo mẫu khác với mẫu của chương trình này.")
    shown.as_table(
        ("Số liệu", "Dòng", "Báo cáo ghi", "Dựng lại được"),
        [
            (_titled(c.figure), _plain(c.keys), _plain(c.was), _plain(c.now))
            for c in verdict.changes
        ],
    )
    shown.tell("KHÔNG KHỚP.")
    return 1


def _titled(figure: str) -> str:
    return words.TITLES.get(figure, figure) or figure


def _plain(values: tuple[object, ...] | None) -> str:
    return "—" if values is None else ", ".join(map(str, values))


def _tell(told: bytes, since: list[changes.Change]) -> None:
    for table in in_words.tables(told):
        shown.as_table(table.columns, table.rows, table.title)
    shown.as_table(
        ("Thay đổi từ khi lập", "Dòng", "Đã ghi", "Nay", "Do mục"),
        [
            (_titled(c.figure), _plain(c.keys), _plain(c.was), _plain(c.now), _plain(c.causes))
            for c in since
        ],
    )


def _list(found: Mapping[str, Report], *, json: bool) -> None:
    rows = [
        (id.removeprefix("report:"), _name(state), state.number or "", naming.status(state))
        for id, state in found.items()
    ]
    if json:
        shown.as_json(
            [dict(zip(("id", "name", "number", "status"), r, strict=True)) for r in rows]
        )
    else:
        shown.as_table(("ID", "Báo cáo", "Số", "Trạng thái"), rows)


def _name(state: Report) -> str:
    draft = state.draft
    return naming.name(draft.kind, draft.begins, draft.ends) if draft else ""


def _found(parts: Parts, id: str) -> Report:
    found = parts.register.all("report").get(_id(id) or "")
    if found is None:
        raise UnknownSubject(f"report:{id}")
    state: Report = found
    return state


def _id(text: str | None) -> str | None:
    return text if text is None or ":" in text else f"report:{text}"


def _submit(parts: Parts, request: Request, *, json: bool) -> int:
    try:
        receipt = parts.register.submit(request)
    except Refusal as refusal:
        shown.note(f"Lỗi: {refused(refusal, parts.register.in_force(parts.register.today()))}")
        return 1
    parts.sealer.finish(lambda: parts.ledger.db)
    told = {"report": receipt.subject.removeprefix("report:"), "entry": receipt.last}
    if json:
        shown.as_json(told)
    else:
        shown.tell(f"Đã ghi báo cáo {told['report']} ở mục số {told['entry']}.")
    return 0
