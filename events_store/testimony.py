"""What others can say of a register: its own seals, the signer's memory, and what lies elsewhere.

A seal tells one root, so it bounds a rewriting between the seal before and itself. A signer
remembers the hashes of a few large subtrees, which is narrower. A published log holds the hash of
every leaf, and names the very first position.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from domain.faults import BadCheckpoint, LedgerError, Unreadable
from events_store import cosignatures, merkle, note, published
from events_store.checkpoint import HEADER, Checkpoint, Receipt, parse_checkpoint, parse_receipt
from events_store.cosignatures import KeptCosignature
from events_store.key_folder import successor
from events_store.keys import VerifierKey
from events_store.memory import Memory, Remembered
from events_store.proofs import BeyondSize, Kept, Subtree, check_inclusion, root_at, subtrees
from events_store.seals import KeptSeal
from events_store.stretch import Fault
from events_store.upkept import Upkept, named
from events_store.witnesses import Vouched

MEMORY: Final = "memory"
OWN: Final = ("checkpoint ", "cosignature ")  # before the number that the database keeps it by
WITNESS: Final = "witness "  # before its name


class Seal(NamedTuple):
    """A checkpoint, and where it was found; a published log can tell every leaf below it."""

    where: str
    point: Checkpoint
    leaves: Kept | None = None
    receipt: Receipt | None = None

    @property
    def own(self) -> bool:
        """Return whether the database keeps it, so that whoever forged one forged the other."""
        return self.where.startswith(OWN)

    @property
    def is_note(self) -> bool:
        """Return whether it lies elsewhere and tells nothing but one root."""
        told = self.own or self.where == MEMORY or self.where.startswith(WITNESS)
        return not told and self.leaves is None


@dataclass(frozen=True)
class Outside:
    """What the database cannot have written: keys, the signer's memory, seals kept elsewhere."""

    keys: Sequence[VerifierKey] = ()
    memory: Memory | None = None
    against: Sequence[tuple[str, bytes]] = ()  # where it lies, a signed note or a receipt
    witnesses: Sequence[VerifierKey] = ()
    vouched: Sequence[Vouched] = ()  # what witnesses are known to have cosigned
    logs: Sequence[Path] = ()  # folders of published logs


class Own(NamedTuple):
    """What the database keeps itself."""

    seals: Sequence[KeptSeal] = ()
    cosigned: Sequence[KeptCosignature] = ()
    upkept: Sequence[Upkept] = ()  # what its entries say of copies put back and keys replaced


class Heard(NamedTuple):
    """Seals that could be opened, what was wrong with the others, and the keys known by then."""

    seals: list[Seal]
    faults: list[Fault]
    keys: list[VerifierKey]


def hear(own: Own, outside: Outside, remembered: Remembered | None) -> Heard:
    """Open all seals, those in the database by the keys known so far."""
    heard = Heard([], [], keys := list(outside.keys))
    _hear_own(own, keys, heard)
    _hear_cosigned(own.cosigned, keys, outside, heard)
    if remembered:
        heard.seals.append(Seal(MEMORY, remembered.point))
        number = remembered.kept + any(each.note == remembered.note for each in own.seals)
        if number > len(own.seals):
            facts = {"kept": number, "left": len(own.seals)}
            heard.faults.append(Fault("seals-lost", None, facts))
    known = [*keys, *outside.witnesses] if keys else []
    for where, text in outside.against:
        try:
            heard.seals.append(_carried(where, text, known))
        except BadCheckpoint as error:
            heard.faults.append(bad(where, error))
    for folder in outside.logs:
        try:
            heard.seals.append(_published(folder, known))
        except LedgerError as error:
            heard.faults.append(bad(str(folder), error))
    return heard


def bad(where: str, error: LedgerError, known: Mapping[str, Any] = MappingProxyType({})) -> Fault:
    """Return what is said of a seal that is not accepted."""
    return Fault("seal", None, {"where": where, "why": str(error), **known})


def _hear_own(own: Own, keys: list[VerifierKey], heard: Heard) -> None:
    size, last = 0, b""
    for at, told in enumerate(own.seals, start=1):
        where = f"checkpoint {told.number}"
        try:
            point = opened(_note(told.note), keys)
        except BadCheckpoint as error:
            found = named(told.note, own.upkept)
            declared = {"declared": found.position, "key": found.event.key} if found else {}
            heard.faults.append(bad(where, error, declared))
            continue
        if (told.number, told.size) != (at, point.size) or point.size < size or told.note == last:
            heard.faults.append(Fault("seal-order", None, {"where": where}))
        size, last = point.size, told.note
        heard.seals.append(Seal(where, point))
        following = successor(told.note, keys)
        if following and following not in keys:
            keys.append(following)


def _hear_cosigned(
    told: Sequence[KeptCosignature], keys: Sequence[VerifierKey], outside: Outside, heard: Heard
) -> None:
    """Open all cosigned checkpoints; what a known witness signed, the log cannot forge."""
    for at, each in enumerate(told, start=1):
        where = f"cosignature {each.number}"
        try:
            point, by = _cosigned(each, keys, outside.witnesses)
        except BadCheckpoint as error:
            heard.faults.append(bad(where, error))
            continue
        if (each.number, each.size) != (at, point.size):
            heard.faults.append(Fault("seal-order", None, {"where": where}))
        heard.seals.append(Seal(f"{WITNESS}{by.name}" if by else where, point))
    for vouched in outside.vouched:
        heard.seals.append(Seal(f"{WITNESS}{vouched.key.name}", vouched.point))


def _cosigned(
    told: KeptCosignature, keys: Sequence[VerifierKey], known: Sequence[VerifierKey]
) -> tuple[Checkpoint, VerifierKey | None]:
    """Return a cosigned checkpoint, and the known witness who did it. Raises BadCheckpoint."""
    _, lines = note.split(_note(told.note))
    if told.witness not in {f"{line.name}+{line.id.hex()}" for line in lines}:
        raise BadCheckpoint(f"{told.witness} has not cosigned it")
    point = opened(told.note, keys)
    known_here = [key for key in known if cosignatures.mark(key) == told.witness]
    if known_here:
        note.open_note(told.note, known_here)
    return point, next(iter(known_here), None)


def _note(kept: object) -> bytes:
    """Return what a table keeps as a note. Raises BadCheckpoint."""
    if not isinstance(kept, bytes):
        raise BadCheckpoint("not a note")
    return kept


def _carried(where: str, text: bytes, keys: Sequence[VerifierKey]) -> Seal:
    receipt = parse_receipt(text) if text.startswith(HEADER.encode()) else None
    return Seal(where, opened(receipt.checkpoint if receipt else text, keys), receipt=receipt)


def _published(folder: Path, keys: Sequence[VerifierKey]) -> Seal:
    read = published.at(folder)
    point = opened(read("checkpoint"), keys)
    return Seal(str(folder), point, published.kept_at(read, point.size))


def opened(signed: bytes, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Return a checkpoint; without any key its signatures stay unchecked. Raises BadCheckpoint."""
    if not keys:
        return parse_checkpoint(note.split(signed)[0])
    return note.open_checkpoint(signed, keys)[0]


def misleads(seal: Seal, ours: Kept) -> Fault | None:
    """Return what is wrong with a receipt that does not lead from our leaf to its root."""
    if seal.receipt is None:
        return None
    at, (_, size, root, _) = seal.receipt.position, seal.point
    leaf = ours(0, at, at + 1)[0] if at < size else b""
    if check_inclusion(leaf, at, size, seal.receipt.path, root):
        return None
    return bad(seal.where, BadCheckpoint("its path does not lead from our entry to its root"))


def parting(remembered: Remembered, last: int, ours: Subtree) -> tuple[int, int]:
    """Return between which positions the signer's memory parts from a tree."""
    start = 0
    for at in range(0, len(remembered.edge), merkle.HASH):
        level = (remembered.point.size - start).bit_length() - 1
        stop = start + (1 << level)
        if _subtree(ours, level, start >> level) != remembered.edge[at : at + merkle.HASH]:
            return start, min(stop - 1, last)
        start = stop
    return 0, last


def _subtree(read: Subtree, level: int, index: int) -> bytes | None:
    """Return the hash over leaves, if they are all there."""
    try:
        return read(level, index)
    except BeyondSize:
        return None


def first_difference(seal: Seal, size: int, ours: Subtree) -> int | None:
    """Return the first position below a size where a published log tells another leaf than ours.

    None if it tells no other. Raises BadCheckpoint where its files do not lead to its own seal.
    """
    assert seal.leaves, "a published log"
    theirs = subtrees(seal.leaves)
    try:
        if root_at(theirs, seal.point.size) != seal.point.root:
            raise BadCheckpoint("its tiles do not lead to its checkpoint")
        for level, index in _perfect(size):
            if theirs(level, index) != ours(level, index):
                return _descend(theirs, ours, (level, index))
    except Unreadable as error:
        raise BadCheckpoint(f"its tiles cannot be read: {error}") from error
    return None


def _descend(theirs: Subtree, ours: Subtree, place: tuple[int, int]) -> int:
    level, index = place
    while level:
        left, right = theirs(level - 1, 2 * index), theirs(level - 1, 2 * index + 1)
        if merkle.node_hash(left, right) != theirs(level, index):
            raise BadCheckpoint(f"its tiles do not agree with each other from {index << level} on")
        level, index = level - 1, 2 * index + (left == ours(level - 1, 2 * index))
    return index


def narrowest(told: Sequence[tuple[Seal, Fault]]) -> Iterator[Fault]:
    """Yield what seals say; of notes elsewhere that say alike, the first: it is nearest."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for seal, fault in told:
        who = (fault.kind,) if seal.is_note else (fault.kind, seal.where)
        alike.setdefault(who, []).append(fault)
    for nearest, *others in alike.values():
        more = {"others": len(others)} if others else {}
        yield nearest._replace(facts={**nearest.facts, **more})


def _perfect(size: int) -> Iterator[tuple[int, int]]:
    """Yield the perfect subtrees that a tree of some size is made of, largest first."""
    start = 0
    while start < size:
        level = (size - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level
