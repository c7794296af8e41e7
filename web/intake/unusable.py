"""Files that cannot be read at all: why, and what to do about it."""

from __future__ import annotations

from typing import Final

from web.languages import Later

SENTENCES: Final = {
    "empty": Later("Tệp trống. Chọn tệp có sổ đăng ký."),
    "empty-sheets": Later("Sổ không có ô nào được điền. Chọn tệp có sổ đăng ký."),
    "no-rows": Later(
        "Dưới dòng tiêu đề (trang “{sheet}”, dòng {row}) chưa có dòng nào. "
        "Điền ít nhất một dòng rồi nhập lại."
    ),
    "no-header": Later("Không tìm thấy dòng tiêu đề. Tệp phải có một dòng gồm 22 cột: {columns}."),
    "missing-columns": Later(
        "Trang “{sheet}”, dòng tiêu đề {row}: thiếu cột {missing}. "
        "Thêm các cột này (có thể để trống ô bên dưới) rồi nhập lại."
    ),
    "repeated-columns": Later(
        "Trang “{sheet}”, dòng tiêu đề {row}: cột {repeated} có hơn một lần. "
        "Xóa hoặc đổi tên cột thừa rồi nhập lại."
    ),
    "two-tables": Later(
        "Có hơn một trang có sổ đăng ký: {sheets}. "
        "Để mỗi trang vào một tệp riêng rồi nhập từng tệp."
    ),
    "protected": Later(
        "Sổ được bảo vệ bằng mật khẩu. Mở bằng Excel, vào Tệp › Thông tin › "
        "Bảo vệ sổ, bỏ mật khẩu, lưu lại rồi nhập."
    ),
    "damaged": Later("Sổ bị hỏng hoặc chép chưa hết. Mở bằng Excel, lưu lại dạng .xlsx rồi nhập."),
    "damaged-xls": Later(
        "Sổ .xls không mở được: bị hỏng hoặc có mật khẩu. "
        "Mở bằng Excel, bỏ mật khẩu nếu có, lưu lại dạng .xlsx rồi nhập."
    ),
    "text-in-disguise": Later(
        "Tệp mang đuôi {suffix} nhưng bên trong là văn bản, không phải bảng tính. "
        "Mở bằng Excel rồi lưu lại dạng .xlsx; nếu đó là CSV thì đổi đuôi thành .csv."
    ),
    "unknown-format": Later("Không nhận ra dạng tệp. Dùng .xlsx, .xls, .ods hoặc CSV (UTF-8)."),
    "not-utf8": Later(
        "Tệp CSV không ở bảng mã UTF-8. Trong Excel chọn Lưu thành › "
        "“CSV UTF-8 (phân cách bằng dấu phẩy)” rồi nhập lại."
    ),
    "broken-csv": Later(
        "Tệp CSV sai từ dòng {row}: có dấu ngoặc kép mở mà không đóng, "
        "hoặc một ô quá dài. Sửa dòng đó rồi nhập lại."
    ),
    "too-large": Later(
        "Sổ quá lớn (trang “{sheet}” kéo dài đến dòng {row}, cột {column}). "
        "Xóa các ô thừa ở xa bảng, hoặc tách thành nhiều tệp."
    ),
    "too-heavy": Later(
        "Sổ giải nén ra quá lớn. Bỏ hình ảnh và trang thừa, hoặc lưu thành CSV UTF-8."
    ),
    "cell-faults": Later(
        "Sổ có {count} ô báo lỗi công thức (như #REF!, #N/A). Sửa hoặc xóa các ô đó rồi nhập lại."
    ),
}


class Unusable(Exception):
    """The file cannot be taken in; `reason` says why, `facts` with what."""

    def __init__(self, reason: str, **facts: object) -> None:
        self.reason, self.facts = reason, facts
        super().__init__(SENTENCES[reason].format(**facts))
