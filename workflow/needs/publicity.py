"""What recognition needs before it is decided: comments handled, the council asked (A-14)."""

from __future__ import annotations

from typing import Final, cast

from domain.candidate_events import FastTrackGranted
from domain.values import FastTrackGround
from workflow import commands as asked
from workflow.case import Case
from workflow.commands import Command
from workflow.decisions import advised
from workflow.needs.answers import Predicate, Reply, proven, unmet, when
from workflow.sitting import other


def council_entered(case: Case) -> bool:
    """Return whether a council was in the register on the day.

    No law fixes how a department's council works (A-15): until it is entered, with its terms,
    recognition rests on the signed decision alone.
    """
    councils = case.world.all("council").values()
    return any(c.since and c.since <= case.effective_on for c in councils)


def council_opinion(case: Case, command: Command) -> Reply:
    """The council agreed by vote, or the signer says why the decision differs."""
    if not council_entered(case):
        return proven()
    advice = advised(case, command)
    reasoned = isinstance(command, asked.RecognizeExemplar) and command.reason is not None
    if advice is None:
        without = case.rules.text.terms.council.without_session
        return when(without and reasoned, "no-session")
    assert advice.item.tally, "a settled item was voted on"
    if advice.item.passed or reasoned:
        return proven(advice.item.tally)
    return unmet("not-passed")


def publicity(case: Case, command: Command) -> Reply:
    """The comment period ended before the session, and every comment is handled."""
    if not (case.rules.text.terms.publicity.required and council_entered(case)):
        return proven()
    told = case.candidate.publicity
    if told.closed is None or told.closed.on > case.effective_on or told.until is None:
        if not told.open:
            return unmet("no-period", via="open-comment-period")
        return unmet("period-open", via="handle-comment" if told.waiting else None)
    advice = advised(case, command)
    held_on = other(case, advice.session if advice else None, "session").held_on
    if held_on is not None and held_on <= told.until:
        return unmet("session-too-early", via="add-agenda-item")
    return unmet(*told.waiting, via="handle-comment") if told.waiting else proven()


def not_secret(case: Case, command: Command) -> Reply:
    """The achievement holds no state secret, which nobody may publish (Đ84.4, Đ85)."""
    granted = case.candidate.fast_track
    secret = (
        granted and cast(FastTrackGranted, granted.event).ground is FastTrackGround.STATE_SECRET
    )
    return when(not secret, FastTrackGround.STATE_SECRET)


def impartial(case: Case, command: Command) -> Reply:
    """Who decides does not head the unit, and is no declared relative, of the candidate."""
    candidate, actor = case.candidate, case.actor
    if other(case, candidate.standing.unit, "unit", case.effective_on).head == actor:
        return unmet("heads-the-unit")
    councils = case.world.all("council").values()
    related = any((actor, candidate.person) in council.kin for council in councils)
    return when(not related, "relative-of-candidate")


def no_comment_period(case: Case, command: Command) -> Reply:
    """No comment period is open."""
    return when(not case.candidate.publicity.open)


def publicity_days(case: Case, command: Command) -> Reply:
    """The comment period is as long as the rules ask."""
    assert isinstance(command, asked.OpenCommentPeriod)
    least = case.rules.text.terms.publicity.working_days
    return when(command.days is None or command.days >= least, least)


def comment_period_open(case: Case, command: Command) -> Reply:
    """A comment period is open."""
    return when(case.candidate.publicity.open)


def comment_time_over(case: Case, command: Command) -> Reply:
    """The last day of the comment period has passed."""
    until = case.candidate.publicity.until
    return when(until is not None and case.effective_on > until, until or "")


def comments_handled(case: Case, command: Command) -> Reply:
    """Every comment was looked into and answered."""
    waiting = case.candidate.publicity.waiting
    return when(not waiting, *waiting)


def comment_waiting(case: Case, command: Command) -> Reply:
    """There is such a comment, and nobody has handled it."""
    assert isinstance(command, asked.HandleComment)
    return when(command.comment in case.candidate.publicity.waiting)


PREDICATES: Final[dict[str, Predicate]] = {
    "council-opinion": council_opinion,
    "publicity": publicity,
    "impartial": impartial,
    "not-secret": not_secret,
    "no-comment-period": no_comment_period,
    "publicity-days": publicity_days,
    "comment-period-open": comment_period_open,
    "comment-time-over": comment_time_over,
    "comments-handled": comments_handled,
    "comment-waiting": comment_waiting,
}
