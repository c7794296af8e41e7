"""One request as the model sees it, and where each area says what it needs and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from walk.annals import Annals, Fact, Told
from walk.regime import Regime
from walk.views import Candidate, Council, Office, Session, Unit

# Met or unmet, not proven (None), "warned" (in nobody's way), or met by facts whose authors are
# no second person then.
Needed = bool | str | None | Iterable[Fact | None]
SECRET = "§"  # what begins so is private: it goes into the vault, and the log does not tell it
TELLING = ("field", "newness", "owner")  # "§… #field": the words tell it, and the log says so
BLANK = Candidate(Told())


class Wrong(NamedTuple):
    """A way in which a request contradicts itself or names what is not there."""

    refusal: str
    fact: str


class Made(NamedTuple):
    """One fact that a request leads to; `on` if it is not the day asked for."""

    subject: str
    name: str
    data: dict[str, Any]
    on: date | None = None


@dataclass
class Ask:
    """A request and its circumstances, and the annals it is decided on."""

    annals: Annals
    name: str
    args: dict[str, Any]
    subject: str
    actor: str
    today: date
    on: date
    paper: bool = False
    drafts: frozenset[str] = frozenset()
    office: str | None = None
    rules: Regime = None  # type: ignore[assignment]

    def get(self, key: str, default: Any = None) -> Any:
        """Return one of the words of the command."""
        value = self.args.get(key)
        return default if value is None else value

    @cached_property
    def told(self) -> Told:
        """Return what counts of the subject now."""
        return self.annals.facts(self.subject)

    @cached_property
    def me(self) -> Candidate:
        """Return the candidate it is about; a blank one if it is about something else."""
        return self.candidate(self.subject)

    @cached_property
    def offices(self) -> dict[str, Office]:
        """Return the offices that the actor holds today; the one to act in, if it is named."""
        every = self.annals.every("office", Office)
        return {
            id: o
            for id, o in every
            if o.person == self.actor and o.held_on(self.today) and self.office in (None, id)
        }

    def candidate(self, subject: str | None, on: date | None = None) -> Candidate:
        """Return a candidate as of a day."""
        if not subject or not subject.startswith("candidate:"):
            return BLANK
        return self.annals.view(Candidate, subject, on)

    def unit(self, subject: str | None, on: date | None = None) -> Unit:
        """Return a unit as of a day."""
        return self.annals.view(Unit, subject, on)

    def council(self, subject: str | None, on: date | None = None) -> Council:
        """Return a council as of a day."""
        known = subject and subject.startswith("council:")
        return self.annals.view(Council, subject if known else "", on)

    def session(self, subject: str | None = None) -> Session:
        """Return a session; that of the request if none is named."""
        return self.annals.view(Session, subject or self.subject)

    def known(self, subject: str | None, kind: str) -> bool:
        """Return whether there is such a subject of a kind."""
        return bool(subject) and subject in self.annals.all(kind)


NEEDS: dict[str, Callable[[Ask], Needed]] = {}
WRONG: dict[str, list[Callable[[Ask], Iterable[Wrong]]]] = {}
ALSO: dict[str, Callable[[Ask], dict[str, Any]]] = {}
INSTEAD: dict[str, Callable[[Ask], Iterator[Made]]] = {}
Rule = TypeVar("Rule", bound=Callable[..., Any])


def need(*codes: str) -> Callable[[Rule], Rule]:
    """Let a function answer needs."""
    return _into(NEEDS, *codes)


def also(*commands: str) -> Callable[[Rule], Rule]:
    """Let a function say what an event tells besides the words of its command."""
    return _into(ALSO, *commands)


def instead(*commands: str) -> Callable[[Rule], Rule]:
    """Let a function say all that a command leads to."""
    return _into(INSTEAD, *commands)


def wrong(*commands: str) -> Callable[[Rule], Rule]:
    """Let a function say what cannot be right about commands."""

    def known(rule: Rule) -> Rule:
        for command in commands:
            WRONG.setdefault(command, []).append(rule)
        return rule

    return known


def _into(table: dict[str, Any], *names: str) -> Callable[[Rule], Rule]:
    def known(rule: Rule) -> Rule:
        for name in names:
            assert name not in table, f"{name} is there twice"
            table[name] = rule
        return rule

    return known


def words(args: dict[str, Any]) -> dict[str, Any]:
    """Return what the log tells of a command's words: nothing private, nothing left out."""
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in args.items()
        if value and not (isinstance(value, str) and value.startswith(SECRET))
    }


def telling(*texts: str | None) -> dict[str, Any]:
    """Return what the log says of what private words tell."""
    told = tuple(name for name in TELLING if any(f"#{name}" in (text or "") for text in texts))
    return {"told": told} if told else {}


def symbols(*fields: str) -> Callable[[Ask], Iterator[Wrong]]:
    """Return what is wrong with the symbols of documents: empty, long, or on several lines."""
    return lambda ask: (
        Wrong("InvalidCommand", field)
        for field in fields
        if (value := ask.get(field)) is not None and not _line(value, 60)
    )


def names(*fields: str) -> Callable[[Ask], Iterator[Wrong]]:
    """Return what is wrong with names: empty, long, or on several lines."""
    return lambda ask: (
        Wrong("InvalidCommand", field)
        for field in fields
        for value in (ask.get(field) if isinstance(ask.get(field), list) else [ask.get(field)])
        if value is not None and not _line(value, 200)
    )


def _line(value: str, longest: int) -> bool:
    return bool(value.strip()) and len(value) <= longest and value.isprintable()


def no_less(field: str, least: int = 0, refused_as: str = "") -> Callable[[Ask], Iterator[Wrong]]:
    """Return what is wrong with a number that may not be smaller."""
    return lambda ask: (
        Wrong("InvalidCommand", refused_as or field) for _ in range(ask.get(field, least) < least)
    )


def unit_there(field: str, day: str = "") -> Callable[[Ask], Iterator[Wrong]]:
    """Return what is wrong with units: they are not there, or merged by the day."""

    def check(ask: Ask) -> Iterator[Wrong]:
        named = ask.get(field, ())
        on = ask.get(day) if day else ask.on
        for unit in (named,) if isinstance(named, str) else named:
            if not ask.known(unit, "unit"):
                yield Wrong("UnknownSubject", unit)
            elif (merged := ask.unit(unit).merged_on) and merged <= on:
                yield Wrong("InvalidCommand", "unit")

    return check


def there(field: str, kind: str) -> Callable[[Ask], Iterator[Wrong]]:
    """Return that a subject is not there."""
    return lambda ask: (
        Wrong("UnknownSubject", ask.args[field])
        for _ in range(ask.get(field) is not None and not ask.known(ask.args[field], kind))
    )


def checks(commands: str, *rules: Callable[[Ask], Iterable[Wrong]]) -> None:
    """Say what cannot be right about commands."""
    for rule in rules:
        wrong(*commands.split())(rule)
