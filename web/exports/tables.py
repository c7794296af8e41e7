"""Tables: what each has, in which columns, and what these mean, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, Literal, NamedTuple

from web.exports import rows
from web.exports.source import Source
from web.languages import Later

Type = Literal["text", "integer", "date"]


class Column(NamedTuple):
    """One column: its name, its type, and what it means."""

    name: str
    means: str
    type: Type = "text"


class Table(NamedTuple):
    """One table: its columns, and how its rows come, some at a time."""

    name: str
    means: str
    columns: tuple[Column, ...]
    rows: Callable[[Source], Iterator[rows.Row]]
    public: bool = True


ID: Final = Column("id", Later("Mã trong tệp này; công chúng biết theo số mục phát hiện"))
ENTRY: Final = Column("entry", Later("Số mục ghi trong sổ công khai"), "integer")


def told_to(source: Source) -> tuple[Table, ...]:
    """Return the tables that whoever asks may have."""
    return tuple(table for table in TABLES if table.public or not source.public)


TABLES: Final = (
    Table(
        "exemplars",
        Later("Điển hình đã được công nhận"),
        (
            ID,
            Column("kind", Later("Loại: cá nhân, tập thể hay mô hình")),
            Column("name", Later("Tên")),
            Column("position", Later("Chức vụ khi được công nhận")),
            Column("unit", Later("Đơn vị khi được công nhận")),
            Column("field", Later("Lĩnh vực")),
            Column("achievement", Later("Thành tích tóm tắt")),
            Column("decision", Later("Số quyết định công nhận")),
            Column("recognized_on", Later("Ngày công nhận"), "date"),
            ENTRY,
        ),
        rows.exemplars,
    ),
    Table(
        "methods",
        Later("Cách làm có thể học theo"),
        (
            ID,
            Column("problem", Later("Vấn đề đặt ra")),
            Column("action", Later("Đã làm gì")),
            Column("conditions", Later("Điều kiện cần có")),
            Column("costs", Later("Chi phí")),
            Column("outcome", Later("Kết quả")),
            Column("how_to", Later("Cách làm theo")),
        ),
        rows.methods,
    ),
    Table(
        "steps",
        Later("Các khâu đã qua"),
        (
            ID,
            Column("state", Later("Khâu hoặc kết quả đã chuyển sang")),
            Column("on", Later("Ngày có hiệu lực"), "date"),
            Column("event", Later("Loại mục ghi")),
            ENTRY,
        ),
        rows.steps,
    ),
    Table(
        "counts",
        Later("Số ứng viên; nhóm dưới 5 được gộp lại"),
        (
            Column("by", Later("Đếm theo gì: trạng thái, loại hay đơn vị")),
            Column("of", Later("Nhóm nào; rest là các nhóm nhỏ gộp lại")),
            Column("count", Later("Bao nhiêu ứng viên"), "integer"),
        ),
        rows.counts,
    ),
    Table(
        "units",
        Later("Đơn vị"),
        (
            Column("unit", Later("Mã đơn vị")),
            Column("name", Later("Tên")),
            Column("kind", Later("Loại đơn vị")),
            Column("symbol", Later("Ký hiệu văn bản")),
            Column("parent", Later("Đơn vị cấp trên")),
            Column("merged_on", Later("Ngày sáp nhập, chia tách"), "date"),
            Column("merged_into", Later("Các đơn vị kế tiếp")),
        ),
        rows.units,
    ),
    Table(
        "movements",
        Later("Phong trào thi đua"),
        (
            Column("movement", Later("Mã phong trào")),
            Column("name", Later("Tên")),
            Column("kind", Later("Thường xuyên hay chuyên đề")),
            Column("level", Later("Cấp phát động")),
            Column("begins", Later("Từ ngày"), "date"),
            Column("ends", Later("Đến ngày"), "date"),
            Column("closed_on", Later("Ngày kết thúc"), "date"),
        ),
        rows.movements,
    ),
    Table(
        "milestones",
        Later("Mốc của kế hoạch"),
        (
            Column("programme", Later("Kế hoạch")),
            Column("milestone", Later("Mốc")),
            Column("begins", Later("Từ ngày"), "date"),
            Column("due", Later("Hạn"), "date"),
            Column("reached", Later("Ngày thực hiện"), "date"),
        ),
        rows.milestones,
    ),
    Table(
        "texts",
        Later("Văn bản làm căn cứ"),
        (
            Column("symbol", Later("Số, ký hiệu")),
            Column("kind", Later("Loại văn bản")),
            Column("name", Later("Trích yếu")),
            Column("issuer", Later("Cơ quan ban hành")),
            Column("dated", Later("Ngày ban hành"), "date"),
            Column("begins", Later("Có hiệu lực từ"), "date"),
            Column("ends", Later("Hết hiệu lực"), "date"),
        ),
        rows.texts,
    ),
    Table(
        "candidates",
        Later("Mọi ứng viên, theo tình trạng khi niêm phong"),
        (
            ID,
            Column("discovered_at", Later("Số mục ghi việc phát hiện"), "integer"),
            Column("kind", Later("Loại: cá nhân, tập thể hay mô hình")),
            Column("unit", Later("Mã đơn vị")),
            Column("state", Later("Khâu hoặc kết quả")),
            Column("suspended", Later("1 là đang tạm dừng"), "integer"),
            Column("priority", Later("Nhóm ưu tiên")),
            Column("decision", Later("Số quyết định công nhận")),
            Column("recognized_on", Later("Ngày công nhận"), "date"),
            Column("person", Later("Mã người")),
            Column("name", Later("Tên; trống nếu đã xóa theo yêu cầu")),
        ),
        rows.candidates,
        public=False,
    ),
    Table(
        "entries",
        Later("Toàn bộ sổ nhật ký, đúng như đã ghi"),
        (
            Column("position", Later("Số mục ghi, từ 0"), "integer"),
            Column("subject", Later("Về ai, về gì")),
            Column("version", Later("Mục thứ mấy của đối tượng đó"), "integer"),
            Column("recorded_at", Later("Lúc ghi, micro giây từ 1970 (UTC)"), "integer"),
            Column("name", Later("Loại mục ghi")),
            Column("body", Later("Nội dung (JSON)")),
            Column("blind", Later("Số ngẫu nhiên che nội dung công khai")),
            Column("leaf", Later("Mã băm trong sổ công khai")),
        ),
        rows.entries,
        public=False,
    ),
    Table(
        "spans",
        Later("Ai ở trạng thái nào, theo cả hai đồng hồ"),
        (
            Column("candidate", Later("Số mục ghi đầu tiên của ứng viên"), "integer"),
            Column("valid_from", Later("Có hiệu lực từ"), "date"),
            Column("valid_to", Later("Có hiệu lực đến trước ngày"), "date"),
            Column("known_from", Later("Được biết từ mục ghi"), "integer"),
            Column("end_known", Later("Ngày cuối được biết từ mục ghi"), "integer"),
            Column("known_to", Later("Không còn tin từ mục ghi"), "integer"),
            Column("state", Later("Khâu hoặc kết quả")),
            Column("unit", Later("Số mục ghi đầu tiên của đơn vị"), "integer"),
            Column("kind", Later("Loại: cá nhân, tập thể hay mô hình")),
            Column("priority", Later("Nhóm ưu tiên")),
            Column("suspended", Later("1 là đang tạm dừng"), "integer"),
            Column("since", Later("Ở trạng thái này từ ngày"), "date"),
        ),
        rows.spans,
        public=False,
    ),
)
