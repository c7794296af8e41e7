"""Guides: what each office does here, step by step, and a tour of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from domain.values import Role
from web.languages import Later


class Step(NamedTuple):
    """One thing to do: what, and where."""

    says: str
    at: str | None = None
    given: Mapping[str, Any] = {}


class Guide(NamedTuple):
    """What an office is here for, and what it does; `roles` are those it is for."""

    name: str
    purpose: str
    roles: tuple[Role, ...]
    steps: tuple[Step, ...]


WORK: Final = Step(
    Later("Mở Việc cần làm: việc quá hạn đứng đầu, rồi đến việc quyết được ngay."), "work.show"
)
GUIDES: Final[Mapping[str, Guide]] = {
    "officer": Guide(
        Later("Công chức phụ trách thi đua"),
        Later("Ghi vào sổ những gì đơn vị gửi lên, đúng ngày và có căn cứ."),
        (Role.OFFICER,),
        (
            WORK,
            Step(Later("Giới thiệu điển hình mới: lĩnh vực và điểm mới là bắt buộc để đi tiếp."),
                 "doing.discover"),
            Step(Later("Có danh sách cũ: nhập từ Excel, đọc thử trước, chỉ ghi khi đồng ý."),
                 "imports.ask"),
            Step(Later("Ở trang ứng viên, mở “Ghi thêm vào hồ sơ”: biên bản suy tôn, danh hiệu, "
                       "xếp loại, và tệp minh chứng (PDF, ảnh, Word, Excel)."), "register.show"),
            Step(Later("Ghi nhầm: không xóa được. Bấm “Sửa ngày” hoặc “Hủy mục”; người khác "
                       "quyết việc sửa.")),
        ),
    ),
    "unit-head": Guide(
        Later("Người đứng đầu đơn vị"),
        Later("Xác nhận và theo dõi điển hình của đơn vị mình."),
        (Role.UNIT_HEAD,),
        (
            WORK,
            Step(Later("Xem ứng viên của đơn vị: lọc theo đơn vị, hoặc xem bảng theo khâu."),
                 "board.show"),
            Step(Later("Xác nhận ứng viên: mở hồ sơ, “Ghi thêm vào hồ sơ”, “Đơn vị xác nhận”.")),
            Step(Later("Nộp kế hoạch, báo cáo đúng hạn ở trang Chương trình."), "subject.list",
                 {"kind": "programme"}),
            Step(Later("Người đứng đầu chỉ được công nhận khi tập thể của mình đã là điển hình; "
                       "trang ứng viên nói rõ còn thiếu gì.")),
        ),
    ),
    "reviewer": Guide(
        Later("Chuyên viên thẩm định"),
        Later("Xem đủ điều kiện hay chưa, và vì sao."),
        (Role.REVIEWER,),
        (
            WORK,
            Step(Later("Tìm ứng viên: gõ tên không cần dấu, ví dụ “hoang thi”."), "register.show"),
            Step(Later("Đọc “Để sang khâu sau”: ✓ đủ, ✗ thiếu (ai bổ sung được), ? chưa chứng "
                       "minh (phải có người xem).")),
            Step(Later("Đánh giá tiêu chí, dẫn minh chứng bằng số mục, ví dụ C9: 12, 14.")),
            Step(Later("Chuyển khâu: chỉ người không lập hồ sơ ấy mới quyết được. Bấm “Xem trước” "
                       "để biết điều gì sẽ được ghi.")),
        ),
    ),
    "standing-body": Guide(
        Later("Phòng Tổ chức cán bộ (thường trực)"),
        Later("Giữ cho chương trình chạy: mốc, nghĩa vụ, hội đồng, chỉ tiêu."),
        (Role.STANDING_BODY,),
        (
            WORK,
            Step(Later("Xem mốc, đơn vị còn nợ gì và nhắc việc ở trang Chương trình."),
                 "subject.list", {"kind": "programme"}),
            Step(Later("Làm cho nhiều người một lúc: đánh dấu trong danh sách, xem trước từng "
                       "người, rồi ghi một lần."), "register.show"),
            Step(Later("Lập phiên họp hội đồng, gửi tài liệu, đưa ứng viên vào nội dung."),
                 "subject.list", {"kind": "session"}),
            Step(Later("Xem lịch: mốc, hạn, phiên họp, ngày nghỉ."), "work.calendar"),
        ),
    ),
    "director": Guide(
        Later("Giám đốc Sở"),
        Later("Ký quyết định: công nhận, hủy công nhận, tạm dừng, mở giai đoạn."),
        (Role.DIRECTOR,),
        (
            WORK,
            Step(Later("Mở ứng viên, xem “Việc có thể làm”: mỗi việc nêu đủ điều kiện và còn "
                       "thiếu gì."), "board.show"),
            Step(Later("Công nhận: ghi số quyết định và phiên họp. Quyết khác ý kiến hội đồng thì "
                       "phải ghi lý do.")),
            Step(Later("Hỏi bất kỳ ngày nào: đặt “Tại ngày” ở đầu trang; hoặc so sánh hai ngày."),
                 "compare.show"),
            Step(Later("Trước khi quyết, sổ có thể hỏi lại mã xác thực thứ hai."), "account.show"),
        ),
    ),
    "council": Guide(
        Later("Thư ký và ủy viên Hội đồng"),
        Later("Họp đúng thể thức: triệu tập, điểm danh, biểu quyết, biên bản."),
        (Role.COUNCIL,),
        (
            WORK,
            Step(Later("Mở phiên họp: nội dung, tài liệu, ai vắng, ai phải tránh mặt."),
                 "subject.list", {"kind": "session"}),
            Step(Later("Điểm danh: sổ tự tính đủ số thành viên đang giữ nhiệm kỳ hôm đó.")),
            Step(Later("Phiếu kín chỉ ghi tổng số phiếu, không bao giờ ghi ai bỏ phiếu nào.")),
            Step(Later("In biên bản ngay từ trang phiên họp, rồi ghi số, ký hiệu biên bản.")),
        ),
    ),
    "auditor": Guide(
        Later("Kiểm toán viên"),
        Later("Kiểm tra mà không phải tin ai: chỉ đọc, không ghi."),
        (Role.AUDITOR,),
        (
            Step(Later("Kiểm tra niêm phong ngay trong trình duyệt của mình."), "audit.show"),
            Step(Later("Lọc nhật ký theo loại, người, ngày; mở một mục để xem đường chứng minh "
                       "đến gốc đã ký."), "audit.show"),
            Step(Later("Ở trang ứng viên, “Phát lại lịch sử” từng bước: trước, mục ghi, sau."),
                 "register.show"),
            Step(Later("So sánh hai ngày, hoặc hai lúc biết: mỗi khác biệt kèm mục ghi gây ra "
                       "nó."),
                 "compare.show"),
            Step(Later("Giữ một niêm phong ở nơi sổ không với tới; sau này dùng “exemplar verify "
                       "--against” để so."), "log.checkpoint"),
        ),
    ),
    "administrator": Guide(
        Later("Quản trị hệ thống"),
        Later("Giữ cho sổ chạy và giao đúng chức trách cho đúng người."),
        (Role.ADMINISTRATOR,),
        (
            Step(Later("Lập đơn vị, rồi giao chức trách có ngày bắt đầu và kết thúc."),
                 "subject.list", {"kind": "office"}),
            Step(Later("Tạo tài khoản, gửi liên kết đặt mật khẩu dùng một lần."),
                 "accounts_admin.show"),
            Step(Later("Nhập sổ cũ từ Excel."), "imports.ask"),
            Step(Later("Sao lưu bằng “exemplar backup”, kiểm tra bằng “exemplar verify” và "
                       "“exemplar doctor”.")),
            Step(Later("Quản trị không mở được tệp minh chứng và không quyết hồ sơ.")),
        ),
    ),
    "public": Guide(
        Later("Người dân"),
        Later("Không cần tài khoản: xem ai được công nhận, góp ý, kiểm tra rằng sổ không bị sửa."),
        (),
        (
            Step(Later("Xem danh sách điển hình đã được công nhận, và cách làm của họ."),
                 "public.list_"),
            Step(Later("Lấy niêm phong mới nhất: năm dòng chữ có chữ ký. Giữ lại một bản."),
                 "log.checkpoint"),
            Step(Later("Lần sau lấy niêm phong khác và so: sổ chỉ có thể dài thêm, không thể khác "
                       "đi. Ai làm chứng cũng có thể ký vào.")),
            Step(Later("Có ý kiến về một ứng viên đang công khai: viết ngay ở trang Góp ý, không "
                       "cần để tên. Danh tính người khiếu nại, tố cáo được giữ riêng."),
                 "public.comments"),
        ),
    ),
}  # fmt: skip


# What to do first where a list is still empty.
FIRST: Final[Mapping[str, str]] = {
    "unit": Later("Lập đơn vị trước tiên: ứng viên, chức trách và chỉ tiêu đều thuộc một đơn vị."),
    "person": Later("Ghi người khi giao chức trách, hoặc khi giới thiệu điển hình là cá nhân."),
    "office": Later("Giao chức trách cho ít nhất hai người: không ai tự quyết hồ sơ mình lập."),
    "programme": Later("Soạn kế hoạch, rồi ban hành: mốc và nghĩa vụ của đơn vị đi từ đó ra."),
    "obligation": Later("Nghĩa vụ có từ khi kế hoạch được ban hành; đơn vị nộp thì hiện ở đây."),
    "movement": Later("Phát động phong trào; các lần sơ kết của nó giới thiệu ứng viên."),
    "round": Later("Mở đợt chọn sau khi đã có ứng viên được công nhận."),
    "quota": Later("Phân bổ chỉ tiêu đại hội trước, rồi chia cho đơn vị và chọn người."),
    "council": Later("Ghi quyết định thành lập hội đồng, rồi từng thành viên và nhiệm kỳ."),
    "session": Later("Cần hội đồng trước; sau đó triệu tập phiên họp và đưa ứng viên vào."),
    "text": Later("Ghi văn bản làm căn cứ, có ngày hiệu lực."),
    "calendar": Later("Ngày nghỉ theo luật đã có sẵn; chỉ khai thêm ngày nghỉ, ngày làm bù khác."),
    "rule-set": Later(
        "Bộ quy tắc có sẵn trong chương trình; ở đây chỉ hiện bộ dự thảo đã xác nhận."
    ),
    "place": Later("Ghi xã, phường để xét nhóm ưu tiên theo địa bàn; có thể nhập từ danh mục."),
    "complaint": Later("Chưa có đơn nào. Đơn nhận được ghi ở đây; người gửi được giữ riêng."),
}


class Stop(NamedTuple):
    """One stop of the tour: what is seen there, and where."""

    title: str
    says: str
    at: str
    given: Mapping[str, Any] = {}


def _candidate(number: int, **more: Any) -> Mapping[str, Any]:
    return {"id": f"mau-{number:02}", **more}


TOUR: Final = (
    Stop(Later("Việc chờ bạn"), Later("Việc quá hạn, việc quyết được ngay, việc chờ người khác."),
         "work.show"),
    Stop(Later("Bảng theo khâu"), Later("Bốn khâu cạnh nhau: mỗi thẻ nói đã chờ bao lâu và còn "
         "thiếu gì."), "board.show"),
    Stop(Later("Đi trọn đường"), Later("Một tập thể qua đủ bốn khâu; mỗi bước là một mục ghi có "
         "ngày, người và căn cứ."), "candidate.show", _candidate(1)),
    Stop(Later("Quy tắc người đứng đầu: chưa được"), Later("Tháng 12/2023: hội đồng đồng ý, nhưng "
         "tập thể chưa là điển hình nên người đứng đầu phải chờ."), "candidate.show",
         _candidate(4, on="2023-12-31")),
    Stop(Later("… và được"), Later("Tháng 12/2024: tập thể đã được công nhận trước."),
         "candidate.show", _candidate(4, on="2024-12-31")),
    Stop(Later("Năm bị thiếu"), Later("Không có danh hiệu năm 2022: không tự đạt, cũng không tự "
         "trượt; phải có người xem."), "candidate.show", _candidate(6)),
    Stop(Later("Tệp minh chứng"), Later("Biên bản và ảnh, kèm mã SHA-256; chỉ chức trách được "
         "giao mới mở được."), "candidate.show", _candidate(5, _anchor="evidence")),
    Stop(Later("Ký trước, vào sổ sau"), Later("Quyết định ký 28/12/2023, ghi sổ 05/01/2024. Vào "
         "ngày 31/12/2023, sổ chưa biết điều này."), "candidate.show",
         _candidate(19, on="2023-12-31", known="2023-12-31")),
    Stop(Later("Danh hiệu bị hủy"), Later("Số liệu không đúng: danh hiệu bị hủy, rồi công nhận bị "
         "hủy theo."), "candidate.show", _candidate(13)),
    Stop(Later("… và hồ sơ phải xem lại"), Later("Người được công nhận cùng tập thể ấy: sổ đòi "
         "xem lại, không tự gỡ."), "candidate.show", _candidate(14)),
    Stop(Later("Đã xóa theo yêu cầu"), Later("Rút và xin xóa dữ liệu cá nhân: lời đã mất, mục ghi "
         "và số đếm vẫn đúng."), "candidate.show", _candidate(17)),
    Stop(Later("So sánh hai ngày"), Later("Ai đổi trạng thái trong nửa đầu năm 2024, và vì mục "
         "ghi nào."), "compare.show", {"a": "2023-12-31", "b": "2024-06-30"}),
    Stop(Later("Phiên họp hội đồng"), Later("Điểm danh, tránh mặt, kiểm phiếu kín, và biên bản in "
         "được."), "subject.list", {"kind": "session"}),
    Stop(Later("Nhật ký kiểm toán"), Later("Kiểm tra niêm phong và cả sổ trong trình duyệt của "
         "mình (đăng nhập bằng tài khoản kiểm toán)."), "audit.show"),
)  # fmt: skip
