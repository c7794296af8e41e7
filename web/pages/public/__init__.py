"""The public site: exemplars, methods worth copying, comments, the log, open data. No account."""

from __future__ import annotations

from web.pages.public import comments, data, exemplars, reports
from web.pages.public.site import gather, pages, shared

__all__ = ["comments", "data", "exemplars", "gather", "pages", "reports", "shared"]
