"""What the API answers, for the documents: each shape once."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from domain.values import (
    CandidateKind,
    Outcome,
    PersonKind,
    PriorityGroup,
    Result,
    Role,
    Stage,
    Title,
)
from web.words.labels import STATES
from workflow.needs import Answer


def text(**more: Any) -> fields.String:
    """Return a text that is always there."""
    return fields.String(required=True, **more)


def maybe(kind: type[fields.Field[Any]] = fields.String, **more: Any) -> fields.Field[Any]:
    """Return a value that is always there and may be null."""
    return kind(required=True, allow_none=True, **more)


def number(**more: Any) -> fields.Integer:
    """Return a number that is always there."""
    return fields.Integer(required=True, **more)


def one_of(values: Any, **more: Any) -> fields.String:
    """Return one of some words."""
    return fields.String(required=True, validate=validate.OneOf([str(v) for v in values]), **more)


def some_of(values: Any) -> fields.List[Any]:
    """Return several of some words."""
    inner = fields.String(validate=validate.OneOf([str(value) for value in values]))
    return fields.List(inner, required=True)


def yes_or_no() -> fields.Boolean:
    """Return a truth that is always there."""
    return fields.Boolean(required=True)


def words(what: str) -> fields.Dict:
    """Return words out of the vault; erased ones say so."""
    return fields.Dict(required=True, metadata={"description": what})


class Line(Schema):
    """A candidate in a list."""

    id = text()
    name = text()
    state = one_of(STATES)
    unit = text()
    unit_id = text()
    kind = one_of(CandidateKind)
    priority = some_of(PriorityGroup)
    suspended = yes_or_no()
    since = fields.String(required=True, metadata={"format": "date"})


class Dated(Schema):
    """An answer of a moment."""

    on = text(metadata={"format": "date"})
    known = maybe(metadata={"description": "As asked; null for all that is recorded by now."})


class Candidates(Dated):
    """A page of candidates, in the Vietnamese order of names."""

    candidates = fields.List(fields.Nested(Line), required=True)
    next = maybe(fields.Integer, metadata={"description": "The cursor of the next page."})


class FormerTitle(Schema):
    """A title of a unit that became a collective's own; titles stay with the old unit."""

    unit = text()
    unit_id = text()
    title = one_of(Title)
    year = number()


class Criterion(Schema):
    """A criterion that applies, and what an assessor found; `evidence` are versions of entries."""

    code = text()
    title = text()
    hard = yes_or_no()
    source = text()
    asks_for = text()
    result = maybe(validate=validate.OneOf([*map(str, Result), None]))
    on = maybe(metadata={"format": "date"})
    by = maybe()
    evidence = fields.List(fields.Integer(), required=True)


class Candidate(Dated):
    """One candidate as it stood."""

    id = text()
    who = words("Name, year of birth and sex of a person, or the name of a collective or model.")
    person = maybe()
    kind = one_of(CandidateKind)
    person_kind = maybe(validate=validate.OneOf([*map(str, PersonKind), None]))
    unit = text()
    unit_id = text()
    priority = some_of(PriorityGroup)
    state = one_of(STATES)
    stage = maybe(validate=validate.OneOf([*map(str, Stage), None]))
    outcome = maybe(validate=validate.OneOf([*map(str, Outcome), None]))
    suspended = yes_or_no()
    since = text(metadata={"format": "date"})
    what = words("Position, place, field, movement and achievement.")
    attested = yes_or_no()
    rule_set = text()
    rule_set_digest = text()
    moves = fields.List(fields.String(), required=True)
    version = number()
    former_titles = fields.List(fields.Nested(FormerTitle), required=True)
    criteria = fields.List(fields.Nested(Criterion), required=True)


class Told(Schema):
    """One entry of a history."""

    position = number()
    version = number()
    effective_on = text(metadata={"format": "date"})
    first_dated = maybe(metadata={"description": "As dated before a correction."})
    recorded_at = text(metadata={"format": "date-time"})
    actor = text()
    actor_name = text()
    acting_as = maybe(validate=validate.OneOf([*map(str, Role), None]))
    event = text()
    says = text(metadata={"description": "The entry in one Vietnamese sentence."})
    words = words("What the vault holds of it.")
    basis = fields.List(fields.Dict(), required=True)
    voided = yes_or_no()
    correction = yes_or_no()


class History(Schema):
    """Every entry about a subject, in the order recorded, on both clocks."""

    id = text()
    known = maybe()
    entries = fields.List(fields.Nested(Told), required=True)


class Need(Schema):
    """What a need says: met, unmet, not proven (a person must look), or waived."""

    need = text()
    answer = one_of(Answer)
    missing = fields.List(fields.String(), required=True)
    supply = some_of(Role)
    via = maybe(metadata={"description": "The command that supplies it."})
    title = text()
    title_en = text()


class MoveNeeds(Schema):
    """One move from here, for the token's office."""

    move = text()
    command = text()
    allowed = yes_or_no()
    needs = fields.List(fields.Nested(Need), required=True)


class Needs(Schema):
    """Every move there is from here, with all its needs."""

    id = text()
    state = one_of(STATES)
    version = number()
    moves = fields.List(fields.Nested(MoveNeeds), required=True)


class Sum(Schema):
    """One subject as what its entries add up to."""

    id = text()
    version = number()
    state = fields.Dict(required=True, metadata={"description": "What its entries add up to."})


class Subject(Dated, Sum):
    """One subject as it stood."""


class Subjects(Dated):
    """A page of subjects of a kind, by id."""

    subjects = fields.List(fields.Nested(Sum), required=True)
    next = maybe(metadata={"description": "The cursor of the next page."})


class Log(Schema):
    """How long the log is, and the Merkle root over all of it, in base64."""

    size = number()
    root = text()


class Part(Schema):
    """The counts of one unit, kind or priority group."""

    unit = fields.String()
    kind = fields.String()
    priority = fields.String()
    share = fields.String(metadata={"description": "Of all candidates, as 3/20; by priority."})
    target = fields.String(metadata={"description": "The share to reach, if the rules set one."})
    states = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class State(Dated):
    """How many candidates are in each state; zero counts are left out."""

    log = fields.Nested(Log, required=True)
    total = number()
    states = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    units = fields.List(fields.Nested(Part))
    kinds = fields.List(fields.Nested(Part))
    priorities = fields.List(fields.Nested(Part))


class Entry(Schema):
    """One entry as it lies in the log: no name and no free text is in it."""

    position = number()
    recorded_at = text(metadata={"format": "date-time"})
    effective_on = text(metadata={"format": "date"})
    subject = text()
    version = number()
    name = text()
    actor = text()
    role = maybe()
    basis = text()
    rule_set = maybe()
    command_id = text()
    leaf = text(metadata={"description": "The hash of its leaf, in base64."})
    body = fields.Dict(required=True)


class Entries(Schema):
    """What came after a position; ask again with the new `after`."""

    entries = fields.List(fields.Nested(Entry), required=True)
    after = number()
    size = number()


class Point(Schema):
    """A checkpoint: size and root of the log when it was signed."""

    origin = text()
    size = number()
    root = text()


class Proof(Schema):
    """How an entry leads to the signed root (RFC 6962, C2SP tlog-proof)."""

    position = number()
    leaf = text(metadata={"description": "The public text that the leaf is made of."})
    path = fields.List(fields.String(), required=True)
    checkpoint = fields.Nested(Point, required=True)
    proof = text(metadata={"description": "The same as a .tlog-proof file."})


class Leaf(Schema):
    """Where an entry is, and the hash of its leaf."""

    position = number()
    hash = text()


class Sealed(Schema):
    """The leaves of the entries, and the checkpoint that covers them if it is signed already."""

    leaves = fields.List(fields.Nested(Leaf), required=True)
    checkpoint = fields.Nested(Point, required=True, allow_none=True)


class Receipt(Schema):
    """What a command has recorded; `repeated` if the same command had done so before."""

    subject = text()
    positions = fields.List(fields.Integer(), required=True)
    versions = fields.List(fields.Integer(), required=True)
    repeated = yes_or_no()
    receipt = fields.Nested(Sealed, required=True)


class Fault(Schema):
    """A field that is not as it should be."""

    pointer = text()
    detail = text()


class Problem(Schema):
    """What went wrong (RFC 9457), with every need that is not met."""

    type = text()
    title = text()
    title_en = text()
    status = number()
    detail = fields.String()
    needs = fields.List(fields.Nested(Need))
    errors = fields.List(fields.Nested(Fault))
    roles = fields.List(fields.String())
    state = fields.String()
    moves = fields.List(fields.String())
    seen = fields.Integer()
    version = fields.Integer()
    checkpoint = fields.Nested(Point, allow_none=True)
