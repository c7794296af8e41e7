"""Write docs/tamper.md anew from what the suite finds: python tests/tamper/page.py."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

from test_tamper_suite import PAGE, page  # noqa: E402

if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
