"""Small frozen values that entries are made of."""

from __future__ import annotations

import hmac
import json
import secrets
from binascii import b2a_base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")
_blank, _put = object.__new__, object.__setattr__


class Stage(StrEnum):
    """The four stages, in order (plan II.4)."""

    DISCOVER = "discover"
    NURTURE = "nurture"
    SUMMARIZE = "summarize"
    REPLICATE = "replicate"


class Outcome(StrEnum):
    """How a candidacy can end."""

    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


class CandidateKind(StrEnum):
    """What may be held up as an exemplar (plan II.1; models by A-1)."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    MODEL = "model"


class PersonKind(StrEnum):
    """Which criteria a person is measured by (plan II.3.b; farmers and others by A-2)."""

    CIVIL_SERVANT = "civil-servant"
    PUBLIC_EMPLOYEE = "public-employee"
    WORKER = "worker"
    LEADER = "leader"
    FARMER = "farmer"


class PriorityGroup(StrEnum):
    """Whom the plan asks to look for first (plan II.4, PG1 to PG9)."""

    SMALL_COLLECTIVE = "small-collective"
    LABOURER = "labourer"
    FARMER = "farmer"
    DIRECT_LABOUR = "direct-labour"
    REMOTE_AREA = "remote-area"
    BORDER_AREA = "border-area"
    ETHNIC_MINORITY_AREA = "ethnic-minority-area"
    EXTRAORDINARY = "extraordinary"
    GOOD_DEED = "good-deed"


class PositionGroup(StrEnum):
    """Positions as the yearly tables split individuals (TT 02/2023, table 0603)."""

    PROVINCIAL_LEADER = "provincial-leader"
    DEPARTMENT_LEADER = "department-leader"
    BUSINESSPERSON = "businessperson"
    OTHER_LEADER = "other-leader"
    DIRECT_WORKER = "direct-worker"


class GivenGroup(StrEnum):
    """The priority groups that somebody grants, with a ground (PG8, PG9)."""

    EXTRAORDINARY = "extraordinary"
    GOOD_DEED = "good-deed"


class Title(StrEnum):
    """Emulation titles by year (Law 06/2022, articles 21 to 28)."""

    ADVANCED_WORKER = "advanced-worker"
    GRASSROOTS_FIGHTER = "grassroots-fighter"
    PROVINCIAL_FIGHTER = "provincial-fighter"
    NATIONAL_FIGHTER = "national-fighter"
    ADVANCED_COLLECTIVE = "advanced-collective"
    EXCELLENT_COLLECTIVE = "excellent-collective"


class Authority(StrEnum):
    """Who grants titles (Law 06/2022, articles 77 to 80)."""

    AGENCY = "agency-head"
    DEPARTMENT = "department-head"
    COMMUNE = "commune-chair"
    PROVINCE = "province-chair"
    MINISTER = "minister"
    PRIME_MINISTER = "prime-minister"


class Rating(StrEnum):
    """Yearly quality ratings (Decree 90/2020, Decree 335/2025)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "task-completed"
    NOT_COMPLETED = "task-not-completed"


class Result(StrEnum):
    """What an assessor found; missing evidence is not a failure (R3-2)."""

    MET = "met"
    NOT_MET = "not-met"
    NOT_PROVEN = "not-proven"


class SupportKind(StrEnum):
    """How a candidate is supported (R1-7)."""

    COURSE = "support-course"
    VISIT = "support-visit"
    FUNDING = "support-funding"
    MENTORING = "support-mentoring"


class BlockGround(StrEnum):
    """What forbids commendation for the time being (domain facts 2.7)."""

    DISCIPLINE = "discipline"
    INSPECTION = "inspection"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


class FastTrackGround(StrEnum):
    """Why the simple procedure applies (Law 06/2022, article 85; A-13)."""

    EXTRAORDINARY = "extraordinary-achievement"
    FOUND_BY_HEAD = "discovered-by-head"
    LONG_SERVICE = "long-service"
    EXTERNAL = "external-relations"
    POLITICAL_TASK = "political-task"
    STATE_SECRET = "state-secret"


class ReReviewCause(StrEnum):
    """Why a candidate must be looked at again (R4-1, Law 06/2022, article 93)."""

    RECOGNITION_LOST = "recognition-lost"
    RATING_LOST = "rating-lost"
    TITLE_LOST = "title-lost"
    HEADSHIP_CHANGED = "headship-changed"
    OPINION_CHANGED = "opinion-changed"
    COMPLAINT_FOUNDED = "complaint-founded"


class ReReviewResult(StrEnum):
    """What a re-review comes to; only the signer revokes."""

    KEPT = "recognition-kept"
    REVOCATION_PROPOSED = "revocation-proposed"


class RevocationGround(StrEnum):
    """Why a recognition is cancelled (Law 06/2022, article 93.2, a to d)."""

    FALSE_DECLARATION = "false-declaration"
    FORGED_PAPERS = "forged-papers"
    UNLAWFUL_PROPOSAL = "unlawful-proposal"
    LATER_VIOLATION = "later-violation"


class ErasureGround(StrEnum):
    """Why personal data are deleted (Law 91/2025, article 14)."""

    REQUESTED = "requested"
    PURPOSE_FULFILLED = "purpose-fulfilled"
    RETENTION_OVER = "retention-over"
    DECIDED = "decided-by-authority"


class Role(StrEnum):
    """What an office empowers its holder to be (domain facts 1.9)."""

    OFFICER = "officer"
    UNIT_HEAD = "unit-head"
    REVIEWER = "reviewer"
    STANDING_BODY = "standing-body"
    DIRECTOR = "director"
    COUNCIL = "council"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class UnitKind(StrEnum):
    """The kinds of units of a department (R1-2)."""

    DIVISION = "division"
    BOARD = "board"
    SUB_DEPARTMENT = "sub-department"
    CENTRE = "centre"
    OFFICE = "office"
    INSPECTORATE = "inspectorate"
    PUBLIC_SERVICE = "public-service-unit"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Basis:
    """One document that an entry rests on.

    `file` is the SHA-256 of the document in hex; `place` says where in the file, as "Sheet!row".
    """

    symbol: str
    dated: date | None = None
    issuer: str | None = None
    file: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A salted commitment to content that is kept in the vault under `id`."""

    id: str
    mac: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """A salted commitment to an identity that is kept in a store of its own under `id`."""

    id: str
    mac: str


@dataclass(frozen=True, slots=True)
class Content:
    """Words on their way in, with the salt of their commitment."""

    content: Mapping[str, str | int | None]
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)

    def canonical(self) -> str:
        """Return the content as canonical JSON, empty values left out."""
        kept = {key: value for key, value in self.content.items() if value not in (None, "")}
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Private(Content):
    """Names and free text on their way in: sealed at the door, kept in the vault.

    `file` are the bytes of a document that the words describe, by its hash.
    """

    file: bytes | None = field(default=None, repr=False)

    def sealed(self) -> Sealed:
        """Return the commitment that stands in the log for this content."""
        return Sealed(self.id, commitment(self.salt, self.canonical()))


@dataclass(frozen=True, slots=True, repr=False)
class Protected(Content):
    """Whom a complaint comes from, on its way in: kept apart even from the vault (2.9)."""

    def sealed(self) -> Guarded:
        """Return the commitment that stands in the log for this identity."""
        return Guarded(self.id, commitment(self.salt, self.canonical()))

    def __repr__(self) -> str:
        """Return no word of it, wherever an error may print this."""
        return "Protected(…)"


@dataclass(frozen=True, slots=True)
class Secret:
    """Content on its way into its store. `owner` is the subject whose erasure deletes it."""

    owner: str
    content: Private | Protected


def private(text: str) -> Private:
    """Return free text as private content."""
    return Private({"text": text})


def commitment(salt: bytes, content: str) -> str:
    """Return base64 of HMAC-SHA256(salt, content)."""
    mac = hmac.digest(salt, content.encode(), "sha256")
    return b2a_base64(mac, newline=False).decode()


def new_id(kind: str) -> str:
    """Return a random subject id, such as `candidate:9f86d081884c7d65`."""
    return f"{kind}:{secrets.token_hex(8)}"


def changed(value: T, **changes: Any) -> T:
    """Return a copy of a frozen dataclass with some fields changed.

    The same as `dataclasses.replace`, at a quarter of its price: replaying a register is
    little else. The class must not have slots.
    """
    copy = _blank(value.__class__)
    _put(copy, "__dict__", value.__dict__ | changes)
    return copy
