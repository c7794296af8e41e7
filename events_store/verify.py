"""Check a published log, and count it again, without trusting whoever keeps it.

    python -m events_store.verify FOLDER|URL --key VKEY [--against FILE|FOLDER]...

This one file needs Python and `cryptography` only: a second opinion that shares none of our code.

A log is a folder of files (C2SP tlog-tiles):

    checkpoint           origin, size and root hash, signed (C2SP tlog-checkpoint, signed-note)
    tile/entries/<n>     256 leaf texts, each after its length in two bytes
    tile/0/<n>           256 leaf hashes     SHA-256(0x00 || text)
    tile/<level>/<n>     256 hashes of full tiles of the level below

Hashes are joined two by two, SHA-256(0x01 || left || right), until one is left: the root; an odd
one goes up as it is. That is the tree of RFC 6962, computed here from the leaf texts alone. Then

1. the signature on the checkpoint must be by a key given with --key, and its root must be ours;
2. every tile must hold the hashes that we computed;
3. every older checkpoint given with --against must have the root that the log had at its size:
   then nothing that it sealed was changed, put in or left out since;
4. a witness given with --witness must have cosigned one of these checkpoints.

Each leaf text tells the kind and the day of one entry, so whoever reads them can recount.
Exit status: 0 all is well, 1 something is wrong, 2 the command was misused.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import re
import sys
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WIDE = 256  # hashes in a tile, texts in a bundle
LARGEST = WIDE * (2 + 65_535)  # bytes of the largest file that a log can have
LOG_KEY, WITNESS_KEY = 1, 4  # types of Ed25519 keys: over the text; over a time and the text
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
LINE = re.compile(r"[^\x00-\x1f]+")
DAY = r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
LEAF = re.compile(rf"exemplar/entry/v1\n([a-z0-9-]+) ({DAY})\n[A-Za-z0-9+/]{{43}}=\n".encode())

Read = Callable[[str], bytes]  # path below the log's address -> bytes

# The name of each sentence, then the sentence in Vietnamese; below it the same in English.
WORDS = """
opened     Sổ {origin}: {size} mục ghi, niêm phong {root}, ký bởi {signers}.
           Log {origin}: {size} entries, sealed as {root}, signed by {signers}.
older      Khớp với niêm phong cũ ở cỡ {size} ({where}).
           It agrees with the older seal at size {size} ({where}).
counted    Đếm được {total} mục ghi, từ {first} đến {last}:
           Counted {total} entries, from {first} to {last}:
restored   Sổ đã được đưa lại từ bản sao ({days}): niêm phong trước đó mà không khớp có thể vì thế.
           A copy was put back ({days}): an older seal that does not agree may be of before that.
right      ĐÚNG: sổ còn nguyên vẹn.
           RIGHT: the log is intact.
wrong      SAI: sổ không còn nguyên vẹn.
           WRONG: the log is not intact.
unreadable {where}: không đọc được: {why}
           {where}: cannot be read: {why}
false      {where}: chữ ký của {name} là giả
           {where}: the signature of {name} is false
alone      nhân chứng {name} chưa ký chung niêm phong nào ở đây
           witness {name} has cosigned none of these checkpoints
unsigned   {where}: {origin} không ký bằng khóa nào đã cho
           {where}: {origin} has not signed it with any key given
origin     {where}: niêm phong của sổ khác, {other}
           {where}: a checkpoint of another log, {other}
shorter    {where}: đã niêm phong {old} mục, nay chỉ còn {size}: bị cắt đuôi, hoặc bản cũ đưa lại
           {where}: {old} were sealed, {size} are left: the rest was cut, or an old copy put back
rewritten  {where}: {old} mục đầu không như đã niêm phong; đổi sớm nhất trong {first}-{last}
           {where}: the first {old} are not as sealed; the first change lies within {first}-{last}
text       mục {position}: nội dung đã bị đổi; {path} vẫn như đã niêm phong
           position {position}: its text was changed; {path} is still as sealed
hash       mục {position}: {path} đã bị đổi; nội dung vẫn như đã niêm phong
           position {position}: {path} was changed; the texts are still as sealed
differ     mục {position}: {path} không khớp với những gì nó tóm lại
           position {position}: {path} does not agree with what it sums up
leaf       mục {position}: không phải nội dung công khai của một mục ghi
           position {position}: not the public text of an entry
"""
_LINES = [line.strip().split(None, 1) for line in WORDS.strip().split("\n")]
SENTENCES = {
    name: (told, " ".join(en)) for (name, told), en in zip(_LINES[::2], _LINES[1::2], strict=True)
}


class Wrong(Exception):
    """Something that is not as it should be: a sentence's name, and facts for it."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        super().__init__(SENTENCES[sentence][1].format(**facts))
        self.sentence, self.facts = sentence, facts


class Key(NamedTuple):
    """A verifier key: name+hash+base64(type || public key)."""

    name: str
    id: bytes
    type: int
    public: bytes


class Seal(NamedTuple):
    """A checkpoint whose signatures were checked."""

    where: str
    origin: str
    size: int
    root: bytes
    extensions: list[str]
    signers: list[str]


def read_key(text: str) -> Key:
    """Return the key that a text says, for the command line."""
    name, _, rest = text.partition("+")
    told_id, _, encoded = rest.partition("+")
    data = unbase64(encoded)
    if data is None or len(data) != 33 or data[0] not in (LOG_KEY, WITNESS_KEY):
        raise argparse.ArgumentTypeError(f"not an Ed25519 verifier key: {text!r}")
    key_id = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    if not name or key_id.hex() != told_id:
        raise argparse.ArgumentTypeError(f"the key's hash does not fit: {text!r}")
    return Key(name, key_id, data[0], data[1:])


def unbase64(text: str) -> bytes | None:
    """Return the bytes, or None if this is not how they are written."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def open_seal(note: bytes, keys: Iterable[Key], where: str) -> Seal:
    """Return a checkpoint that its log signed with one of the keys. Raises Wrong."""
    text, blank, signed = note.decode(errors="replace").rpartition("\n\n")
    lines, signatures = text.split("\n"), signed.removesuffix("\n").split("\n")
    whole = f"{text}{blank}{signed}".encode() == note and signed.endswith("\n")
    root = unbase64(lines[2]) if len(lines) > 2 else None
    if not whole or not all(map(LINE.fullmatch, [*lines, *signatures])):
        raise Wrong("unreadable", where=where, why="text")
    if root is None or len(root) != 32 or not NUMBER.fullmatch(lines[1]):
        raise Wrong("unreadable", where=where, why="size, root")
    signers = list(_signers(f"{text}\n", signatures, keys, where))
    if not any(key.type == LOG_KEY and key.name == lines[0] for key in signers):
        raise Wrong("unsigned", where=where, origin=lines[0])
    return Seal(where, lines[0], int(lines[1]), root, lines[3:], [key.name for key in signers])


def _signers(text: str, signatures: list[str], keys: Iterable[Key], where: str) -> Iterator[Key]:
    known = {(key.name, key.id): key for key in keys}
    for line in signatures:
        dash, name, encoded = line.split(" ") if line.count(" ") == 2 else ("", "", "")
        data = unbase64(encoded)
        if dash != "\u2014" or not name or data is None or len(data) < 5:
            raise Wrong("unreadable", where=where, why="signature")
        if key := known.get((name, data[:4])):
            _check_signature(key, text, data[4:], where)
            yield key


def _check_signature(key: Key, text: str, signature: bytes, where: str) -> None:
    if key.type == WITNESS_KEY:  # eight bytes of time stand before the signature
        time = int.from_bytes(signature[:8], "big")
        text, signature = f"cosignature/v1\ntime {time}\n{text}", signature[8:]
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
    except InvalidSignature:
        raise Wrong("false", where=where, name=key.name) from None


def source(place: str) -> Read:
    """Return what reads a file of the log in a folder, or below an http(s) address."""

    def read(path: str) -> bytes:
        try:
            if place.startswith(("http://", "https://")):
                with urllib.request.urlopen(f"{place.rstrip('/')}/{path}", timeout=60) as answer:
                    return bytes(answer.read(LARGEST + 1))
            return (Path(place) / path).read_bytes()
        except (OSError, ValueError, http.client.HTTPException) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            raise Wrong("unreadable", where=path, why=error) from None

    return read


def path_of(level: str, number: int, width: int) -> str:
    """Return where a tile lies: thousands before the last three digits are marked with x."""
    digits = f"{number % 1000:03}"
    while number >= 1000:
        number //= 1000
        digits = f"x{number % 1000:03}/{digits}"
    return f"tile/{level}/{digits}" + ("" if width == WIDE else f".p/{width}")


def read_tile(read: Read, level: int, number: int, width: int) -> list[bytes]:
    """Return the hashes of a tile. Raises Wrong."""
    path = path_of(str(level), number, width)
    data = read(path)
    if len(data) != 32 * width:
        raise Wrong("unreadable", where=path, why=f"{len(data)} != {32 * width}")
    return [data[at : at + 32] for at in range(0, len(data), 32)]


def read_texts(read: Read, number: int, width: int) -> list[bytes]:
    """Return the leaf texts of a bundle. Raises Wrong."""
    path = path_of("entries", number, width)
    data, texts, at = read(path), [], 0
    while at < len(data):
        stop = at + 2 + int.from_bytes(data[at : at + 2], "big")
        texts.append(data[at + 2 : stop])
        at = stop
    if at != len(data) or len(texts) != width:
        raise Wrong("unreadable", where=path, why=f"{len(texts)}, {at} != {width}, {len(data)}")
    return texts


def fold(row: list[bytes]) -> bytes:
    """Return the root over a row of hashes."""
    if not row:
        return hashlib.sha256(b"").digest()
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        joined = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs]
        row = joined + row[2 * len(joined) :]
    return row[0]


@dataclass
class Walk:
    """One pass over all leaf texts: roots, counts, and what does not agree."""

    read: Read
    size: int
    sealed: bytes  # the root that the checkpoint tells
    asked: set[int]  # sizes whose roots are wanted
    days: tuple[str, str]  # first and last day to count
    roots: dict[int, bytes] = field(default_factory=dict)
    published: bytes = b""  # the root that the tiles of leaf hashes lead to
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind, day)
    differ: list[tuple[int, str]] = field(default_factory=list)  # (position, tile)
    faults: list[Wrong] = field(default_factory=list)

    def go(self) -> Walk:
        """Read everything."""
        ours: list[bytes] = []  # the root of every 256 leaves
        theirs: list[bytes] = []
        self.roots[0] = fold([])
        for start in range(0, self.size, WIDE):
            number, width = start // WIDE, min(WIDE, self.size - start)
            leaves = self._leaves(start, read_texts(self.read, number, width))
            for size in (size for size in self.asked if start < size <= start + width):
                self.roots[size] = fold([*ours, fold(leaves[: size - start])])
            told = self._compare(0, number, leaves)
            ours.append(fold(leaves))
            theirs.append(ours[-1] if told == leaves else fold(told))
            if sys.stderr.isatty():
                print(f"\r{start + width} / {self.size} ", end="", file=sys.stderr, flush=True)
        self.published = fold(theirs)
        self._upper((theirs if self.published == self.sealed else ours)[: self.size // WIDE])
        return self

    def _leaves(self, start: int, texts: list[bytes]) -> list[bytes]:
        for at, text in enumerate(texts):
            told = LEAF.fullmatch(text)
            if told is None:
                self.faults.append(Wrong("leaf", position=start + at))
            elif self.days[0] <= (day := told[2].decode()) <= self.days[1]:
                self.counts[told[1].decode(), day] += 1
        return [hashlib.sha256(b"\x00" + text).digest() for text in texts]

    def _compare(self, level: int, number: int, ours: list[bytes]) -> list[bytes]:
        told = read_tile(self.read, level, number, len(ours))
        if told != ours:
            at = next(at for at, mine in enumerate(ours) if mine != told[at])
            place = (WIDE * number + at) << 8 * level  # the first leaf that it covers
            self.differ.append((place, path_of(str(level), number, len(ours))))
        return told

    def _upper(self, row: list[bytes]) -> None:
        """Compare the tiles above: each hash covers a full tile of the level below."""
        level = 1
        while row:
            parts = [row[at : at + WIDE] for at in range(0, len(row), WIDE)]
            for number, part in enumerate(parts):
                self._compare(level, number, part)
            row = [fold(part) for part in parts if len(part) == WIDE]
            level += 1


def faults_of(walk: Walk, seal: Seal, older: list[Seal]) -> Iterator[Wrong]:
    """Yield what is wrong, first positions first."""
    for position, path in sorted(walk.differ):
        text = path.startswith("tile/0/") and walk.published == seal.root
        kind = "hash" if walk.roots[seal.size] == seal.root else "text" if text else "differ"
        yield Wrong(kind, position=position, path=path)
    agreed = 0  # the largest size up to which an agreeing seal vouches for the texts
    for each in sorted([*older, seal], key=lambda told: told.size):
        if each.origin.partition("~")[0] != seal.origin.partition("~")[0]:
            yield Wrong("origin", where=each.where, other=each.origin)
        elif each.size > seal.size:
            yield Wrong("shorter", where=each.where, old=each.size, size=seal.size)
        elif walk.roots[each.size] == each.root:
            agreed = each.size
        else:
            facts = {"first": agreed, "last": max(agreed, each.size - 1)}
            yield Wrong("rewritten", where=each.where, old=each.size, **facts)
    yield from walk.faults


def older_seals(places: Iterable[Path], keys: list[Key]) -> Iterator[Seal]:
    """Yield the seals in files, in folders of files, or within receipts. Raises Wrong."""
    for place in places:
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            note = source(str(file.parent))(file.name)
            if note.startswith(b"c2sp.org/tlog-proof@v1\n"):  # a receipt ends with a checkpoint
                note = note.partition(b"\n\n")[2]
            yield open_seal(note, keys, str(file))


def options(arguments: list[str] | None) -> argparse.Namespace:
    """Return what was asked for; leaves with status 2 if that cannot be understood."""
    parser = argparse.ArgumentParser(prog="verify", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("source", metavar="FOLDER|URL")
    parser.add_argument("--key", action="append", required=True, type=read_key, metavar="VKEY")
    parser.add_argument("--witness", action="append", default=[], type=read_key, metavar="VKEY")
    parser.add_argument("--against", action="append", default=[], type=Path, metavar="CHECKPOINT")
    parser.add_argument("--from", dest="first", default="0000", metavar="DAY")
    parser.add_argument("--until", dest="last", default="9999", metavar="DAY")
    parser.add_argument("--english", action="store_true")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """Check a log, say what was found, and return the exit status."""
    asked = options(arguments)

    def say(sentence: str, **facts: Any) -> None:
        print(SENTENCES[sentence][asked.english].format(**facts))

    try:
        faults = list(_checked(asked, say))
    except Wrong as only:
        faults = [only]
    for fault in faults:
        say(fault.sentence, **fault.facts)
    say("wrong" if faults else "right")
    return 1 if faults else 0


def _checked(asked: argparse.Namespace, say: Callable[..., None]) -> Iterator[Wrong]:
    read = source(asked.source)
    keys = [*asked.key, *asked.witness]
    seal = open_seal(read("checkpoint"), keys, "checkpoint")
    told = {"root": base64.b64encode(seal.root).decode(), "signers": ", ".join(seal.signers)}
    say("opened", origin=seal.origin, size=seal.size, **told)
    print("".join(f"+ {text}\n" for text in seal.extensions), end="")
    older = list(older_seals(asked.against, keys))
    sizes = {seal.size, *(each.size for each in older)}
    walk = Walk(read, seal.size, seal.root, sizes, (asked.first, asked.last)).go()
    for each in older:
        if walk.roots.get(each.size) == each.root:
            say("older", size=each.size, where=each.where)
    _recount(walk.counts, say)
    yield from faults_of(walk, seal, older)
    signers = {name for each in (seal, *older) for name in each.signers}
    yield from (Wrong("alone", name=k.name) for k in asked.witness if k.name not in signers)


def _recount(counts: Counter[tuple[str, str]], say: Callable[..., None]) -> None:
    days = sorted(day for _, day in counts)
    if days:
        say("counted", total=counts.total(), first=days[0], last=days[-1])
    for kind in sorted({kind for kind, _ in counts}):
        told = {day: number for (of, day), number in counts.items() if of == kind}
        print(f"{sum(told.values()):>9}  {min(told)}  {max(told)}  {kind}")
        if kind == "register-restored":
            say("restored", days=", ".join(sorted(told)))


if __name__ == "__main__":
    sys.exit(main())
