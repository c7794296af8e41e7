"""What follows for others: a lost recognition, title or rating asks for a second look (R4-1)."""

from __future__ import annotations

from collections.abc import Iterator

from walk.annals import FAR, REDATED, VOIDED, Fact, Told, kind_of
from walk.areas.leader import Heads, heads_on, of_unit
from walk.asking import Ask, Made
from walk.views import Candidate, Session

TAKEN = "TitleRevoked"
AFTER = FAR * 2  # what is not told yet takes effect last of its day


def consequences(ask: Ask, made: Made) -> Iterator[Made]:
    """Yield what follows for others from a fact about a candidate, a unit or a session."""
    kind = kind_of(ask.subject)
    if kind == "unit" and ask.annals.versions(ask.subject):
        for one in made.data.get("candidates", ()) if made.name == "CandidatesTransferred" else ():
            yield Made(one, "CandidateTransferred", {"unit": made.data["receiver"]})
        yield from _headships(ask, made)
    elif kind == "session" and ask.annals.versions(ask.subject):
        yield from _opinions(ask, made)
    elif kind == "candidate" and (ask.me.honoured or made.name == TAKEN):
        yield from _lost(ask, ask.me, Candidate(retold(ask, made)), taken=made.name == TAKEN)


def _lost(ask: Ask, was: Candidate, now: Candidate, *, taken: bool) -> Iterator[Made]:
    """Yield whose recognition rested on what a candidate has lost."""
    if _same(was, now):
        return
    rested = any(_rests(ask, now, title, taken=taken) for title in _gone(was, now))
    if rested and not _asked(now, "title-lost", ask.subject):
        yield _look_again(ask.subject, "title-lost", ask.subject)
    if was.honoured and was.kind == "collective" and was.unit:
        yield from _heads(ask, was, now)


def _look_again(subject: str, cause: str, of: str) -> Made:
    return Made(subject, "ReReviewRequired", {"cause": cause, "candidate": of})


def retold(ask: Ask, made: Made) -> Told:
    """Return what will count of the subject once a fact is told."""
    version, data = ask.annals.versions(ask.subject) + 1, made.data
    facts = ask.annals.counting(ask.subject)
    if made.name == VOIDED:
        facts = [f for f in facts if f.version != data["target"]]
    elif made.name == REDATED:
        facts = [f._replace(on=data["to"]) if f.version == data["target"] else f for f in facts]
    else:
        facts = [*facts, Fact(AFTER, version, ask.on, "", made.name, data)]
    return Told(sorted(facts, key=lambda fact: (fact.on, fact.pos)))


def _headships(ask: Ask, made: Made) -> Iterator[Made]:
    """Yield the recognized who, as it is told now, had other units to answer for."""
    was, now = Heads(ask), Heads(ask, ask.subject, retold(ask, made))
    changed = {h.person for h in {*was.of(ask.subject)} ^ {*now.of(ask.subject)}}
    for subject in sorted(_of_heads(ask, changed, was, now)):
        leader = ask.candidate(subject)
        if leader.honoured and leader.person in changed:
            day = leader.honoured.on
            if was.answers(leader.person, day) != now.answers(leader.person, day):
                yield from _again(ask, subject, "headship-changed")


def _opinions(ask: Ask, made: Made) -> Iterator[Made]:
    """Yield the recognized on whom a session, as it is told now, decided otherwise."""
    now = Session(retold(ask, made))
    for item in ask.session().items:
        told = now.item(item.number)
        if not item.candidate or not item.settled or (told and told.passed == item.passed):
            continue
        known = ask.candidate(item.candidate).honoured
        if known and known.get("session") == ask.subject:
            yield from _again(ask, item.candidate, "opinion-changed")


def _again(ask: Ask, subject: str, cause: str) -> Iterator[Made]:
    counts = cause in ask.rules.text.get("re_review", ())
    if counts and not _asked(ask.candidate(subject), cause, subject):
        yield _look_again(subject, cause, subject)


def _titles(one: Candidate) -> list[tuple[object, ...]]:
    return [_said(f) for f in one.titles]


def _said(fact: Fact) -> tuple[object, ...]:
    return fact.on, fact.by, *sorted(fact.data.items())


def _same(was: Candidate, now: Candidate) -> bool:
    """Return whether recognition, titles and ratings count as they did."""
    before, after = was.honoured, now.honoured
    known = (before and _said(before)) == (after and _said(after))
    ratings = [[_said(f) for f in one.ratings] for one in (was, now)]
    return known and not set(_titles(was)) - set(_titles(now)) and ratings[0] == ratings[1]


def _gone(was: Candidate, now: Candidate) -> list[Fact]:
    kept = _titles(now)
    return [f for f in was.titles if _said(f) not in kept]


def _rests(ask: Ask, now: Candidate, title: Fact, *, taken: bool) -> bool:
    """Return whether something rests on a title (93.2).

    A recognition of a later year does; where the title was taken back, a later commendation does
    too, and the criterion of yearly records if it was found met.
    """
    if now.honoured and title.data["year"] < now.honoured.on.year:
        return True
    if not taken:
        return False
    granted = [
        f.on
        for at, one in enumerate(now.told)
        if one.name == "AchievementRecorded"
        for f in now.told[at:]
        if f.name == "CommendationGranted" and f.data["achievement"] == one.data["number"]
    ]
    rule = ask.rules.yearly.get((now.person_kind if now.kind == "individual" else now.kind) or "")
    looked_at = now.assessed(rule["criterion"]) if rule else None
    met = looked_at is not None and looked_at.get("result") == "met"
    return met or any(title.on <= day for day in granted)


def _heads(ask: Ask, was: Candidate, now: Candidate) -> Iterator[Made]:
    assert was.unit
    heads = Heads(ask)
    people = {headship.person for headship in heads.of(was.unit)}
    for subject in sorted(_of_heads(ask, people, heads) - {ask.subject}):
        leader = ask.candidate(subject)
        if leader.honoured is None or leader.person is None:
            continue
        day = leader.honoured.on
        if not heads_on(heads.headed(leader.person).get(was.unit, []), day):
            continue
        lost = [
            cause
            for cause in ("recognition-lost", "rating-lost", "title-lost")
            if _lends(was, cause, leader) and not _lends(now, cause, leader)
        ]
        if lost and not _asked(leader, lost[0], ask.subject):
            yield _look_again(subject, lost[0], ask.subject)


def _of_heads(ask: Ask, people: set[str], *heads: Heads) -> set[str]:
    """Return the individuals of all units, and their parents, that these people ever headed."""
    places = {unit for told in heads for person in people for unit in told.headed(person)}
    places |= {parent for u in places if (parent := ask.unit(u).parent)}
    return {id for place in places for id in of_unit(ask, place, "individual")}


def _lends(collective: Candidate, cause: str, leader: Candidate) -> bool:
    """Return whether a collective lends its head what the recognition rests on."""
    assert leader.honoured
    day, known = leader.honoured.on, collective.honoured
    if cause == "recognition-lost":
        return known is not None and known.on <= day
    if cause == "rating-lost":
        return collective.rated(day.year - 1) == "excellent"
    wanted = ("excellent-collective", day.year - 1)
    titles = collective.titles
    return wanted in [(f.data["title"], f.data["year"]) for f in titles]


def _asked(one: Candidate, cause: str, of: str) -> bool:
    """Return whether a second look is asked for already."""
    wanted = (cause, of)
    return wanted in [(f.data["cause"], f.data["candidate"]) for f in one.re_reviews]
