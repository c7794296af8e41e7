"""What the commands of a walk need of titles, revocation and complaints."""

from __future__ import annotations

from walk.asking import NEEDS, Ask, Needed, need

# No walk settles a complaint or names who granted a title: see `coverage.LEFT_OUT`.
for _code in ("plain-block", "no-complaint-block", "title-authority"):
    NEEDS[_code] = lambda ask: True
NEEDS["revoking-paper"] = lambda ask: bool(ask.get("decision")) or ask.paper


@need("consecutive-titles")
def consecutive(ask: Ask) -> Needed:
    """Three years of the grassroots title in a row, or a paper of who looked at the gap."""
    if ask.args["matter"] != "provincial-fighter-proposal" or ask.get("candidate") is None:
        return True
    told = ask.annals.facts(ask.args["candidate"])
    found = told.last("CandidateDiscovered")
    if found is None or found.data["kind"] != "individual":
        return True
    titles = (fact.data for fact in told.every("TitleRecorded"))
    years = {t["year"] for t in titles if t["title"] == "grassroots-fighter"}
    last = max(years, default=ask.on.year - 1)
    return True if {last, last - 1, last - 2} <= years or ask.paper else None
