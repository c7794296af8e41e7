"""Write docs/tamper.md anew from what the suite finds: python tests/tamper/page.py."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from attacked_page import PAGE, page  # noqa: E402
from found import outcomes  # noqa: E402

if __name__ == "__main__":
    with TemporaryDirectory() as folder, outcomes(Path(folder)) as found:
        PAGE.write_text(page(found), "utf-8")
