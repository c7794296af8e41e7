"""Vietnamese words for why a seal, a note or a key is not accepted.

The reasons are the sentences of `BadCheckpoint`; what they name is put into ours.
"""

from __future__ import annotations

import re
from typing import Final

from web.languages import Words, _

REASONS: Final[Words[str]] = Words({
    "no known key has signed it": "không có chữ ký của khóa nào đã biết",
    "no known key of {} has signed it": "không có chữ ký của khóa nào đã biết của {}",
    "the signature of {} is false": "chữ ký của {} sai",
    "a note is a text, an empty line and signature lines":
        "phải có lời, một dòng trống và các dòng chữ ký",
    "not UTF-8": "có chữ không ở bảng mã UTF-8",
    "a control character": "có ký tự điều khiển",
    "a note of {} bytes": "dài đến {} byte",
    "{} signature lines, or one that does not end":
        "có {} dòng chữ ký, hoặc một dòng không kết thúc",
    "not a signature line: {}": "có dòng không phải chữ ký: {}",
    "a signature of {} bytes by {}": "chữ ký chỉ {} byte của {}",
    "a text that a note cannot hold": "lời không thể niêm phong",
    "a line of a checkpoint cannot hold another": "một dòng không thể chứa dòng khác",
    "a checkpoint has at least three lines, each of them ended":
        "phải có ít nhất ba dòng, dòng nào cũng kết thúc",
    "no tree has size {} and a root of {} bytes":
        "không có cây nào cỡ {} với gốc dài {} byte",
    "not a line of a checkpoint: {}": "có dòng không thuộc niêm phong: {}",
    "a receipt that would be read otherwise": "biên nhận đọc lại thành khác",
    "a receipt begins with {} and ends with a checkpoint":
        "biên nhận phải bắt đầu bằng {} và kết thúc bằng niêm phong",
    "a receipt names one position and at most 63 hashes":
        "biên nhận phải nêu một số mục và nhiều nhất 63 giá trị băm",
    "not a size or position: {}": "không phải cỡ hay số mục: {}",
    "a hash has {} bytes, not {}": "giá trị băm dài {} byte, không phải {}",
    "not base64: {}": "không phải base64: {}",
    "base64 that should be written otherwise: {}": "base64 viết không đúng cách: {}",
    "a cosignature of {} is cut short": "chữ ký chứng của {} bị cắt cụt",
    "a cosignature carries a time, and nothing else does": "chỉ chữ ký chứng mới mang giờ ký",
    "a cosignature at second {}": "chữ ký chứng mang giây {}",
    "a name of more than 255 bytes": "tên dài hơn 255 byte",
    "{} is of another log, {}": "{} là của sổ khác, {}",
    "not a note": "không phải một bản ghi có chữ ký",
    "a request that would be read otherwise": "đề nghị đọc lại thành khác",
    "a request is an old size, a proof, an empty line and a checkpoint":
        "đề nghị phải có cỡ cũ, chứng minh, một dòng trống và niêm phong",
    "a request names one old size and at most {} hashes":
        "đề nghị phải nêu một cỡ cũ và nhiều nhất {} giá trị băm",
    "{} has not cosigned it": "{} chưa ký chứng",
    "its path does not lead from our entry to its root":
        "đường băm không dẫn từ mục trong sổ đến gốc của nó",
    "its tiles do not lead to its checkpoint": "các tệp công bố không dẫn đến niêm phong của nó",
    "its tiles do not agree with each other from {} on":
        "các tệp công bố không khớp nhau từ mục {}",
    "its tiles cannot be read: {}": "không đọc được các tệp công bố: {}",
    "{} known witnesses have cosigned it, not one":
        "có {} nhân chứng đã biết ký chứng, không phải một",
})  # fmt: skip
_READ: Final = [
    (re.compile(re.escape(said).replace(r"\{\}", "(.*)"), re.DOTALL), words)
    for said, words in REASONS.source.items()
]


def reason(problem: str) -> str:
    """Return why a seal is not accepted; what comes from elsewhere is quoted."""
    for pattern, words in _READ:
        if found := pattern.fullmatch(problem):
            return _(words).format(*found.groups())
    return f"“{problem}”"
