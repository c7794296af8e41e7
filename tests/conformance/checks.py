"""What schemathesis cannot know: which of our refusals a well-formed request may meet."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

# The documents ask for random UUIDs: without this, headers are made of letters and figures only.
schemathesis.openapi.format("uuid", st.uuids(version=4).map(str))


@schemathesis.check
def what_is_documented_is_well_formed(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """Let no request that follows the documents be called badly formed."""
    positive = case.meta is not None and case.meta.generation.mode.is_positive
    if positive and response.status_code == 422:
        problem = response.json()
        assert not problem["type"].endswith("#problem-invalid-request"), problem
