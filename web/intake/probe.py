"""Run as a program: read a workbook from standard input, and end well if that can be done.

A damaged workbook can make the reading library ask for more memory than there is, which ends
the whole process. So each workbook is read once here, in a process of its own, before it is
read in the server's. Exit status 3 says that it asks for a password.
"""

from __future__ import annotations

import io
import resource
import sys
from typing import Final

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

MEMORY_LIMIT: Final = 3 * 2**30
PROTECTED: Final = 3


def main() -> int:
    """Read every sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for told in book.sheets_metadata:
            if told.typ is SheetTypeEnum.WorkSheet:
                book.get_sheet_by_name(told.name)
    except PasswordError:
        return PROTECTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
