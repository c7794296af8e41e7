"""What each paper says: a report, a decision, a submission, a file, minutes, a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from domain.candidate import Candidate
from domain.legal_text import TextKind
from domain.office import Office
from domain.quota import Quota
from domain.report import Report, ReportKind
from domain.session import Session
from domain.values import CandidateKind, Role
from domain.vietnamese import name_order
from web import people
from web.papers import charts
from web.papers.agency import letterhead
from web.papers.paper import NUMBER, Block, Grid, Letterhead, Line, Paper, in_words
from web.parts import Parts
from web.reports.shown import Table, pivoted, tables
from web.words import report as naming
from web.words.days import day, number
from web.words.labels import label
from web.words.minutes import Minutes
from workflow.openness import METHOD
from workflow.small_cells import LEAST

OPENING = (
    "Thực hiện quy định về công tác thi đua, khen thưởng, {issuer} báo cáo kết quả phát hiện,"
    " bồi dưỡng, tổng kết và nhân điển hình tiên tiến từ ngày {begins} đến ngày {ends};"
    " số liệu có hiệu lực ngày {on}."
)
SOURCE = (
    "Số liệu được tính từ {size} mục ghi đầu của sổ điện tử. Ô dưới {least} người, và ô mà từ đó"
    " suy ra được ô dưới {least} người, được gộp hoặc không nêu./."
)
REVIEWS = {ReportKind.INTERIM: "Sơ kết", ReportKind.FINAL: "Tổng kết"}
PROOF = ("Gốc cây băm của sổ: {root}", "Băm SHA-256 của báo cáo ở dạng máy đọc được: {digest}")


class About(NamedTuple):
    """A candidate in words, as of a day."""

    name: str
    kind: CandidateKind
    unit: str
    position: str
    field: str
    achievement: str


def report(parts: Parts, state: Report, document: bytes) -> Paper:
    """Return a report as a paper."""
    draft = state.draft
    assert draft, "a report was drafted"
    on = state.published.on if state.published else None
    head = letterhead(on or draft.on)
    blocks: list[Block] = [
        Line(
            OPENING.format(
                issuer=_sentence(head.issuer),
                begins=day(draft.begins),
                ends=day(draft.ends),
                on=day(draft.on),
            )
        )
    ]
    for at, table in enumerate(tables(document), 1):
        blocks += _figure(at, table)
    told = {"size": number(draft.size), "root": draft.root, "digest": draft.digest, "least": LEAST}
    blocks += [Line(line.format(**told), "note") for line in PROOF]
    blocks.append(Line(SOURCE.format(**told)))
    return Paper(
        head,
        "BC",
        "BÁO CÁO",
        f"{REVIEWS.get(draft.kind, 'Kết quả')} phát hiện, bồi dưỡng và nhân điển hình tiên tiến"
        f" {naming.period(draft.kind, draft.begins, draft.ends)}",
        blocks,
        on,
        state.number,
        to=("Ủy ban nhân dân tỉnh Lạng Sơn",),
        signer=head.signer,
        name=director(parts, on or draft.on),
        recipients=head.recipients,
    )


def _figure(at: int, table: Table) -> Iterator[Block]:
    yield Line(f"{at}. {table.title}", "heading")
    yield Line(table.definition, "lead")
    if not table.rows:
        yield Line("Không có số liệu, hoặc mọi ô đều dưới 5 nên không nêu.")
        return
    if drawn := charts.drawing(table):
        yield drawn
    yield grid(table)


def grid(table: Table) -> Grid:
    """Return a figure as a table of a paper."""
    one = pivoted(table)
    return Grid(one.title, one.columns, one.rows, one.name, one.keys, one.total, captioned=False)


def decision(parts: Parts, candidate: Candidate, on: date) -> Paper:
    """Return the draft of a decision that recognises a candidate."""
    one, head = about(parts, candidate, on), letterhead(on)
    told: list[Block] = [
        Line(f"{head.signer} {head.issuer}", "center"),
        *_bases(parts, on, f"Theo đề nghị của Hội đồng Thi đua - Khen thưởng {_of(head)},"),
        Line("QUYẾT ĐỊNH:", "center"),
        Line(f"Điều 1. Công nhận điển hình tiên tiến đối với {_titled(one)}.", "article"),
        Line(f"Thành tích: {one.achievement}." if one.achievement else "Thành tích: (ghi rõ)."),
        Line("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", "article"),
        Line(
            f"Điều 3. Chánh Văn phòng Sở, Trưởng phòng Tổ chức cán bộ, {one.unit} và"
            " tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành quyết định này./.",
            "article",
        ),
    ]
    return _signed(
        parts, head, on, "QĐ", "QUYẾT ĐỊNH", "Về việc công nhận điển hình tiên tiến", told,
        recipients=("Như Điều 3", *head.recipients[:1], head.recipients[-1]),
    )  # fmt: skip


def submission(parts: Parts, candidates: Sequence[Candidate], on: date) -> Paper:
    """Return what asks the head of the department to recognise candidates."""
    head = letterhead(on)
    every = [about(parts, one, on) for one in candidates]
    every.sort(key=lambda one: (one.kind is CandidateKind.INDIVIDUAL, name_order(one.name)))
    rows = [
        (at, one.name, one.position or label(one.kind), one.unit, one.achievement)
        for at, one in enumerate(every, 1)
    ]
    columns = (NUMBER, "Họ tên, tên tập thể, mô hình", "Chức vụ, loại", "Đơn vị", "Thành tích")
    told: list[Block] = [
        *_bases(parts, on, "Căn cứ kết quả thẩm định hồ sơ và lấy ý kiến công khai."),
        Line(
            "Phòng Tổ chức cán bộ (bộ phận thường trực Hội đồng Thi đua - Khen thưởng) kính trình"
            " Giám đốc Sở xem xét, công nhận điển hình tiên tiến đối với:"
        ),
        Grid("Danh sách đề nghị công nhận", columns, rows, "Danh sách", keys=5),
        Line("Hồ sơ kèm theo. Kính trình Giám đốc Sở xem xét, quyết định./."),
    ]
    subject = "Về việc đề nghị công nhận điển hình tiên tiến"
    return Paper(
        head, "TTr", "TỜ TRÌNH", subject, told, to=(f"Giám đốc {_of(head)}",),
        signer="TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ", recipients=("Như trên", "Lưu: TCCB"),
    )  # fmt: skip


def file(parts: Parts, candidate: Candidate, on: date) -> Paper:
    """Return the file of a candidate: who it is, its path, its titles, its method."""
    one, head = about(parts, candidate, on), letterhead(on)
    facts = (
        ("Tên", one.name), ("Loại", label(one.kind)), ("Đơn vị", one.unit),
        ("Chức vụ", one.position), ("Lĩnh vực", one.field), ("Thành tích", one.achievement),
        ("Giai đoạn", label(candidate.standing.state)),
    )  # fmt: skip
    path = [
        (day(fact.on), label(getattr(fact.event, "to", "")) or "Phát hiện")
        for fact in candidate.path
    ]
    titles = [
        (str(getattr(fact.event, "year", "")), label(getattr(fact.event, "title", "")),
         str(getattr(fact.event, "decision", "") or ""))
        for fact in candidate.titles
    ]  # fmt: skip
    told: list[Block] = [
        Grid("Lý lịch", ("Mục", "Nội dung"), [f for f in facts if f[1]], "Lý lịch", keys=2),
        Grid("Quá trình", ("Ngày", "Vào khâu"), path, "Quá trình", keys=2),
    ]
    if titles:
        told.append(Grid("Danh hiệu", ("Năm", "Danh hiệu", "Quyết định"), titles, "Danh hiệu"))
    method = people.content_of(parts.ledger, candidate.spread.method)
    told += [Line(str(method[key])) for key in METHOD if method.get(key)]
    subject = f"{one.name}, {one.unit}"
    return _signed(parts, head, None, "HS", "HỒ SƠ ĐIỂN HÌNH TIÊN TIẾN", subject, told)


def minutes(parts: Parts, session: Session, said: Minutes) -> Paper:
    """Return the minutes of a session: the very lines that the page prints."""
    assert session.held_on, "a session was called for a day"
    head = letterhead(session.held_on)
    told: list[Block] = [
        Line(line, "item" if line.startswith("- ") else "body") for line in said.lines[1:]
    ]
    council = parts.register.all("council").get(session.council or "")
    title = f"Họp {council.name}" if council and council.name else ""
    return Paper(
        head, "BB", "BIÊN BẢN", title, told, session.held_on, signer="CHỦ TỌA",
        name=said.chair, left=("THƯ KÝ", said.secretary),
    )  # fmt: skip


def delegates(parts: Parts, quota: Quota, naming_of: Callable[[str], str], on: date) -> Paper:
    """Return the list of those who go to a congress, and of those who wait."""
    head = letterhead(on)
    told: list[Block] = []
    lists = (("Danh sách chính thức", quota.delegates), ("Danh sách dự khuyết", quota.reserve))
    for title, places in lists:
        rows = [
            (at, naming_of(id), naming_of(place.unit))
            for at, (id, place) in enumerate(places.items(), 1)
        ]
        told.append(Grid(title, (NUMBER, "Đại biểu", "Đơn vị"), rows, title, keys=3))
    subject = f"{quota.name or ''}: {len(quota.delegates)}/{quota.total} đại biểu"
    return _signed(parts, head, None, "DS", "DANH SÁCH", subject, told)


def about(parts: Parts, candidate: Candidate, on: date) -> About:
    """Return a candidate in words, and its unit as it was called on a day."""
    who = people.candidate_content(parts.ledger, candidate)
    what = people.content_of(parts.ledger, candidate.description)
    unit = parts.register.units(on).get(candidate.standing.unit or "")
    kind = candidate.standing.kind
    assert kind, "a discovered candidate has a kind"
    told = (str(what.get(name, "") or "") for name in ("position", "field", "achievement"))
    return About(str(who.get("name", "")), kind, (unit and unit.name) or "", *told)


def director(parts: Parts, on: date) -> str:
    """Return the name of who was director on a day, or nothing."""
    offices: Sequence[Office] = list(parts.register.offices().values())
    held = [o.person for o in offices if o.role is Role.DIRECTOR and o.held_on(on) and o.person]
    return people.names(parts.ledger, held[:1]).get(held[0], "") if held else ""


def _bases(parts: Parts, on: date, last: str) -> Iterator[Line]:
    """Yield the legal texts of the register that were in force on the day of a paper."""
    every = [t.text for t in parts.register.all("text").values() if t.text and t.in_force(on)]
    for text in sorted(every, key=lambda text: ([*TextKind].index(text.kind), text.dated)):
        kind, of = label(text.kind), f" của {text.issuer}" if text.issuer else ""
        about = text.name.removeprefix(f"{kind} ")
        number = f"số {text.symbol} {in_words(text.dated)}{of}"
        told = f"{kind} {number} {about}" if about.startswith("về ") else f"{text.name} {number}"
        yield Line(f"Căn cứ {told};", "basis")
    yield Line(last, "basis")


def _signed(
    parts: Parts,
    head: Letterhead,
    on: date | None,
    code: str,
    kind: str,
    subject: str,
    told: Sequence[Block],
    recipients: Sequence[str] = (),
) -> Paper:
    name = director(parts, on or head.begins)
    return Paper(
        head, code, kind, subject, told, signer=head.signer, name=name, recipients=recipients
    )


def _titled(one: About) -> str:
    position = f", {one.position}" if one.position else ""
    return f"{label(one.kind).lower()} {one.name}{position}, {one.unit}"


def _of(head: Letterhead) -> str:
    return _sentence(head.issuer)


def _sentence(name: str) -> str:
    """Return a name in capitals as it is written in a sentence."""
    small = name.lower().replace("sở nông nghiệp", "Sở Nông nghiệp")
    return small.replace("phát triển nông thôn", "Phát triển nông thôn").replace(
        "môi trường", "Môi trường"
    )
