"""Vietnamese words of councils, sessions and publicity, joined into the central tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.council import Matter, Seat, TieRule, VoteBase
from domain.session_events import Conflict
from web.languages import Words

LABELS: Final[Words[StrEnum]] = Words(
    {
        Seat.CHAIR: "Chủ tịch Hội đồng",
        Seat.VICE_CHAIR: "Phó Chủ tịch Hội đồng",
        Seat.MEMBER: "Ủy viên",
        Seat.SECRETARY: "Ủy viên thư ký",
        Matter.RECOGNITION: "Công nhận điển hình tiên tiến",
        Matter.UPWARD_PROPOSAL: "Đề nghị cấp trên khen thưởng",
        Matter.PROVINCIAL_FIGHTER: "Đề nghị Chiến sĩ thi đua cấp tỉnh trở lên",
        Matter.STAGE_OPINION: "Ý kiến về việc chuyển khâu",
        Matter.OTHER: "Nội dung khác",
        VoteBase.IN_OFFICE: "Tổng số thành viên đương nhiệm",
        VoteBase.PRESENT: "Số thành viên dự họp hoặc gửi phiếu",
        TieRule.CHAIR_DECIDES: "Theo ý kiến chủ tịch",
        TieRule.NOT_PASSED: "Không thông qua",
        Conflict.CANDIDATE: "Chính là ứng viên",
        Conflict.UNIT_HEAD: "Đứng đầu đơn vị của ứng viên",
        Conflict.RELATIVE: "Là người thân của ứng viên",
        Conflict.RECUSED: "Xin không biểu quyết",
    }
)

COMMANDS: Final[Words[str]] = Words(
    {
        "establish-council": "Ghi quyết định thành lập Hội đồng",
        "confirm-council-terms": "Xác nhận quy chế biểu quyết",
        "appoint-council-member": "Ghi thành viên Hội đồng",
        "dismiss-council-member": "Thôi thành viên Hội đồng",
        "declare-kinship": "Khai quan hệ người thân",
        "notice-session": "Triệu tập phiên họp",
        "add-agenda-item": "Thêm nội dung họp",
        "drop-agenda-item": "Để lại nội dung",
        "send-papers": "Ghi việc gửi tài liệu",
        "record-attendance": "Điểm danh",
        "declare-recusal": "Ghi người không biểu quyết",
        "receive-written-votes": "Nhận phiếu bằng văn bản",
        "name-tally-committee": "Cử ban kiểm phiếu",
        "record-open-votes": "Ghi biểu quyết công khai",
        "tally-ballot": "Ghi kết quả kiểm phiếu kín",
        "correct-tally": "Sửa kết quả kiểm phiếu",
        "record-chair-opinion": "Ghi ý kiến chủ tịch",
        "draw-up-minutes": "Lập biên bản họp",
        "sign-minutes": "Ký biên bản họp",
        "close-session": "Kết thúc phiên họp",
        "open-comment-period": "Mở lấy ý kiến",
        "receive-comment": "Ghi ý kiến góp ý",
        "handle-comment": "Giải quyết ý kiến",
        "close-comment-period": "Kết thúc lấy ý kiến",
    }
)

FIELDS: Final[Words[str]] = Words(
    {
        "absent": "Vắng",
        "base": "Tính tỷ lệ trên",
        "candidate": "Ứng viên",
        "comment": "Ý kiến số",
        "council": "Hội đồng",
        "days": "Số ngày làm việc",
        "excluded": "Không biểu quyết",
        "favours": "Chủ tịch đồng ý",
        "guests": "Số khách mời",
        "held_on": "Ngày họp",
        "invalid": "Số phiếu không hợp lệ",
        "issued": "Số phiếu phát ra",
        "item": "Nội dung số",
        "matter": "Nội dung",
        "members": "Thành viên",
        "other": "Tỷ lệ: nội dung khác",
        "present": "Thành viên có mặt",
        "provincial_fighter": "Tỷ lệ: Chiến sĩ thi đua cấp tỉnh trở lên",
        "question": "Nội dung cần hỏi",
        "quorum": "Tỷ lệ dự họp tối thiểu",
        "recognition": "Tỷ lệ: công nhận điển hình",
        "relative": "Người thân",
        "reply": "Kết quả giải quyết",
        "returned": "Số phiếu thu về",
        "seat": "Vị trí",
        "secret": "Bỏ phiếu kín",
        "session": "Phiên họp Hội đồng",
        "signer": "Người ký",
        "stage_opinion": "Tỷ lệ: ý kiến chuyển khâu",
        "text": "Nội dung ý kiến",
        "tie": "Khi số phiếu ngang nhau",
        "upward_proposal": "Tỷ lệ: đề nghị cấp trên",
        "votes": "Số phiếu",
        "written": "Người vắng được gửi phiếu",
        **dict.fromkeys(("notice-session.place", "session-noticed.place"), "Địa điểm họp"),
        **{
            f"{of}.{name}": told
            for of in ("record-open-votes", "open-votes-recorded")
            for name, told in (
                ("votes_for", "Người đồng ý"),
                ("votes_against", "Người không đồng ý"),
                ("abstained", "Người bỏ phiếu trắng"),
            )
        },
        **dict.fromkeys(("tally-ballot.file", "correct-tally.file"), "Biên bản kiểm phiếu đã ký"),
        "send-papers.file": "Tài liệu đã gửi",
        "draw-up-minutes.file": "Bản thảo biên bản",
        "declare-recusal.person": "Thành viên",
        "receive-written-votes.members": "Thành viên vắng đã gửi phiếu",
        **dict.fromkeys(
            ("recognize-exemplar.reason", "exemplar-recognized.reason"), "Vì sao khác với Hội đồng"
        ),
    }
)

HELP: Final[Words[str]] = Words(
    {
        "days": "Để trống thì theo quy định.",
        "declare-recusal.person": "Vẫn dự họp và vẫn tính trong tổng số thành viên.",
        "favours": "Không đánh dấu nghĩa là chủ tịch không đồng ý.",
        "question": "Khi không xét ứng viên nào: Hội đồng cần cho ý kiến về việc gì.",
        "quorum": "Ví dụ: 2/3. Để trống thì theo bộ quy tắc.",
        "recognition": "Ví dụ: 4/5; ghi >1/2 nghĩa là quá nửa.",
        "recognize-exemplar.reason": "Chỉ khi Hội đồng không thông qua mà vẫn công nhận.",
        "secret": "Không chọn thì theo bộ quy tắc.",
        "session": "Để trống thì lấy phiên họp gần nhất đã xét ứng viên này.",
    }
)

LACKING: Final[Words[str]] = Words(
    {
        "agenda-publicity": "lấy ý kiến đến",
        "attending-members": "có người",
        "comment-time-over": "còn đến",
        "comment-waiting": "ý kiến số",
        "comments-handled": "còn ý kiến số",
        "council-opinion": "hiện",
        "eligible-voters": "vì",
        "impartial": "người này",
        "items-settled": "còn nội dung số",
        "minutes-signed": "còn chờ",
        "publicity": "hiện",
        "publicity-days": "ít nhất, ngày làm việc",
        "quorum": "có mặt",
        "seat-free": "đã có",
        "session-begun": "ngày họp",
        "tally-committee": "có người",
        "written-allowed": "không được",
    }
)
LACKS: Final[Words[str]] = Words(
    {
        "absent": "vắng mặt hoặc không phải thành viên",
        "no-items": "chưa có nội dung nào trong chương trình họp",
        "no-period": "chưa mở lấy ý kiến",
        "no-session": "chưa có phiên họp nào xét ứng viên này",
        "not-a-member": "không phải thành viên đương nhiệm",
        "not-absent": "có người không vắng mặt",
        "not-passed": "Hội đồng không thông qua và chưa nêu lý do",
        "period-open": "đợt lấy ý kiến chưa kết thúc",
        "session-too-early": "phiên họp trước khi hết thời gian lấy ý kiến",
    }
)

KINDS: Final[Words[str]] = Words({"council": "Hội đồng", "session": "phiên họp"})
PROBLEMS: Final[Words[str]] = Words(
    {
        "cannot be more than were issued": "Không thể nhiều hơn số phiếu phát ra.",
        "has signed already": (
            "Biên bản đã được ký ở vị trí này. Biên bản lập lại thì mới ký lại."
        ),
        "is before the ballots were counted": "Không được trước ngày kiểm phiếu.",
        "is before the item was on the agenda": (
            "Không được trước ngày nội dung này được đưa vào chương trình họp."
        ),
        "is before the minutes were drawn up": "Không được trước ngày lập biên bản.",
        "is no person of the register": "Cần là người có trong sổ, không ghi tên.",
        "is no share of votes": "Cần một tỷ lệ như 2/3 hoặc >1/2.",
        "is not on the agenda": "Không có trong chương trình họp.",
        "is on the agenda already": "Đã có trong chương trình họp.",
        "must be 64 hexadecimal digits": (
            "Cần SHA-256 của tệp: 64 chữ số thập lục phân (0–9, a–f), chữ thường."
        ),
        "must be for, against and invalid together": (
            "Phải bằng tổng số phiếu đồng ý, không đồng ý và không hợp lệ."
        ),
        "must be named": "Cần ít nhất một người.",
        "must be named, or another question": (
            "Cần chọn ứng viên. Với “Nội dung khác” thì ghi nội dung cần hỏi."
        ),
        "must be somebody else": "Phải là người khác.",
        "must not be before the notice": "Không được trước ngày triệu tập.",
        "names somebody twice": "Có người được ghi hai lần; mỗi người chỉ một lần.",
    }
)
EVENTS: Final[Words[str]] = Words(
    {
        "comment-period-opened": "Mở lấy ý kiến",
        "comment-received": "Nhận ý kiến",
        "comment-handled": "Giải quyết ý kiến",
        "comment-period-closed": "Kết thúc lấy ý kiến",
        "council-established": "Thành lập Hội đồng",
        "council-terms-confirmed": "Xác nhận quy chế Hội đồng",
        "council-member-appointed": "Cử thành viên Hội đồng",
        "council-member-left": "Thôi thành viên Hội đồng",
        "kinship-declared": "Khai người thân",
        "session-noticed": "Triệu tập phiên họp",
        "agenda-item-added": "Thêm nội dung họp",
        "agenda-item-dropped": "Để lại nội dung họp",
        "papers-sent": "Gửi tài liệu họp",
        "attendance-recorded": "Điểm danh",
        "recusal-declared": "Xin không biểu quyết",
        "written-votes-received": "Nhận phiếu bằng văn bản",
        "tally-committee-named": "Cử ban kiểm phiếu",
        "open-votes-recorded": "Biểu quyết công khai",
        "ballot-tallied": "Kiểm phiếu kín",
        "tally-corrected": "Sửa kết quả kiểm phiếu",
        "chair-opinion-recorded": "Ý kiến của chủ trì",
        "minutes-drawn-up": "Lập biên bản họp",
        "minutes-signed": "Ký biên bản họp",
        "session-closed": "Kết thúc phiên họp",
    }
)
