"""The 24 candidates of the sample: who they are. What becomes of them is told in `stories`."""

from __future__ import annotations

from typing import Final, NamedTuple

from domain.values import CandidateKind, PersonKind, PriorityGroup, Private

SAMPLE: Final = "DỮ LIỆU MẪU"

COL, IND, MODEL = CandidateKind.COLLECTIVE, CandidateKind.INDIVIDUAL, CandidateKind.MODEL
CIVIL, PUBLIC = PersonKind.CIVIL_SERVANT, PersonKind.PUBLIC_EMPLOYEE
HEAD, WORKER, FARMER = PersonKind.LEADER, PersonKind.WORKER, PersonKind.FARMER


class Hero(NamedTuple):
    """A made-up candidate. `unit` is a code of `units`; a model has an `owner`."""

    number: int
    kind: CandidateKind
    name: str
    unit: str
    achievement: str
    field: str
    position: str = ""
    measure: PersonKind | None = None
    born: int | None = None
    sex: str = ""
    place: str = ""
    owner: str = ""
    priority: tuple[PriorityGroup, ...] = ()

    @property
    def id(self) -> str:
        """Return the candidate's id, the same in every sample."""
        return f"candidate:mau-{self.number:02}"

    @property
    def who(self) -> Private:
        """Return who it is, on its way in."""
        known = {"name": self.name, "birth_year": self.born, "sex": self.sex, "owner": self.owner}
        return Private(known)

    @property
    def what(self) -> Private:
        """Return what it is known for, on its way in."""
        return Private(
            {
                "position": self.position,
                "place": self.place,
                "field": self.field,
                "achievement": f"{self.achievement} ({SAMPLE})",
                "breadth": "Từng lĩnh vực",
                "newness": f"{self.achievement}: chưa đơn vị nào làm trước đó",
            }
        )


PG = PriorityGroup

CAST: Final = {
    hero.number: hero
    for hero in (
        Hero(1, COL, "Chi cục Chăn nuôi và Thú y", "cnty",
             "Tiêm phòng 96% đàn trâu bò, 3 năm liền không có ổ dịch lớn",
             "Phòng, chống dịch bệnh động vật"),
        Hero(2, IND, "Lương Đức Kiên", "cnty",
             "Chỉ đạo mạng lưới thú y cơ sở tiêm phòng đạt 96% đàn trâu bò",
             "Phòng, chống dịch bệnh động vật", "Chi cục trưởng", HEAD, 1975, "Nam"),
        Hero(3, COL, "Hạt Kiểm lâm khu vực Tràng Định", "hatkl",
             "Không để xảy ra cháy rừng; lập 14 tổ tuần tra cùng người dân",
             "Bảo vệ rừng", place="Tràng Định",
             priority=(PG.SMALL_COLLECTIVE, PG.BORDER_AREA)),
        Hero(4, IND, "Hoàng Thế Vinh", "hatkl",
             "Cùng 14 tổ tuần tra giữ rừng ba mùa khô liền", "Bảo vệ rừng",
             "Hạt trưởng Hạt kiểm lâm", HEAD, 1979, "Nam", "Tràng Định"),
        Hero(5, IND, "Nông Thị Hạnh", "ttbvtv",
             "Phòng trừ sinh học sâu hại hồi; đề tài cấp cơ sở được nghiệm thu",
             "Bảo vệ thực vật", "Chuyên viên", CIVIL, 1986, "Nữ"),
        Hero(6, IND, "Vi Văn Toàn", "ttbvtv",
             "Lập 18 mã số vùng trồng na xuất khẩu", "Mã số vùng trồng", "Chuyên viên",
             CIVIL, 1984, "Nam", "Chi Lăng"),
        Hero(7, IND, "Hứa Văn Sơn", "cctl",
             "Cải tiến van cống hồ chứa, tiết kiệm 18% nước tưới", "Thủy lợi",
             "Công nhân vận hành hồ", WORKER, 1981, "Nam", "Lộc Bình",
             priority=(PG.LABOURER, PG.DIRECT_LABOUR)),
        Hero(8, MODEL, "Tổ hợp tác thạch đen hữu cơ", "ptnt",
             "62 hộ tham gia, giá bán tăng 25%", "Nông nghiệp hữu cơ", place="Tràng Định",
             owner="Hợp tác xã Thạch đen Thất Khê (hư cấu)",
             priority=(PG.FARMER, PG.ETHNIC_MINORITY_AREA)),
        Hero(9, IND, "Triệu Thị Đào", "ptnt",
             "Chè Shan gắn với du lịch tại nhà, tạo 12 việc làm", "Kinh tế nông thôn",
             "Nông dân", FARMER, 1983, "Nữ", "Mẫu Sơn",
             priority=(PG.FARMER, PG.BORDER_AREA)),
        Hero(10, IND, "La Quang Huy", "cckl",
             "Cứu 3 người trong trận lũ tháng 9 năm 2024", "Dũng cảm cứu người",
             "Kiểm lâm viên", CIVIL, 1990, "Nam", "Thất Khê",
             priority=(PG.EXTRAORDINARY,)),
        Hero(11, COL, "Phòng Kế hoạch - Tài chính", "khtc",
             "100% khoản chi thanh toán trực tuyến", "Cải cách hành chính"),
        Hero(12, IND, "Bế Thị Ngọc Ánh", "khtc",
             "Bảng theo dõi giải ngân, báo chậm trước 15 ngày", "Cải cách hành chính",
             "Kế toán viên", CIVIL, 1988, "Nữ"),
        Hero(13, COL, "Trung tâm Khuyến nông", "ttkn",
             "Mở 40 lớp học tại ruộng", "Khuyến nông"),
        Hero(14, IND, "Dương Minh Thành", "ttkn",
             "Đưa cán bộ khuyến nông xuống 40 lớp học tại ruộng", "Khuyến nông",
             "Giám đốc Trung tâm", HEAD, 1974, "Nam"),
        Hero(15, IND, "Chu Thị Thu Thảo", "ptnt",
             "Sổ tay lập hồ sơ OCOP, dùng cho 21 sản phẩm", "Phát triển nông thôn",
             "Chuyên viên", CIVIL, 1989, "Nữ"),
        Hero(16, IND, "Đàm Đức Ân", "qlcl",
             "Phòng thử nhanh an toàn thực phẩm tại chợ", "An toàn thực phẩm",
             "Chuyên viên", CIVIL, 1985, "Nam"),
        Hero(17, IND, "Mã Văn Long", "ttns",
             "Bơm năng lượng mặt trời cho 5 thôn", "Nước sạch nông thôn", "Kỹ sư",
             PUBLIC, 1987, "Nam", "Bình Gia", priority=(PG.REMOTE_AREA,)),
        Hero(18, COL, "Văn phòng điều phối nông thôn mới tỉnh", "ntm",
             "Thêm 5 xã đạt chuẩn nông thôn mới", "Nông thôn mới"),
        Hero(19, IND, "Phùng Bích Nguyệt", "vp",
             "Văn phòng điện tử, giảm 70% giấy in", "Cải cách hành chính", "Chuyên viên",
             CIVIL, 1991, "Nữ"),
        Hero(20, MODEL, "Đàn gà sáu ngón an toàn sinh học", "cnty",
             "4 xã đã làm theo", "Chăn nuôi", place="Lộc Bình",
             owner="Tổ hợp tác chăn nuôi gà sáu ngón (hư cấu)", priority=(PG.FARMER,)),
        Hero(21, IND, "Lộc Văn Đạt", "cctl",
             "Ghi chép mực nước hồ", "Thủy lợi", "Nhân viên kỹ thuật", WORKER, 1992, "Nam"),
        Hero(22, IND, "Nông Thị Hoà", "ttkn",
             "Vườn ươm hồi giống", "Khuyến nông", "Khuyến nông viên", PUBLIC, 1990, "Nữ"),
        Hero(23, IND, "Nông Thị Hòa", "ptnt",
             "Tổ tiết kiệm của phụ nữ thôn", "Phát triển nông thôn", "Chuyên viên",
             CIVIL, 1990, "Nữ"),
        Hero(24, COL, "Ban quản lý rừng đặc dụng Hữu Liên", "hl",
             "Tuần tra rừng cùng cộng đồng", "Bảo vệ rừng", place="Hữu Liên"),
    )
}  # fmt: skip
