// The Merkle tree (RFC 6962) and its tiles (C2SP tlog-tiles), read over HTTP.
// Sizes go beyond 32 bits, so there is no bit arithmetic here: halves are floors.

import { concat, fromBase64, same, sha256 } from "./bytes.js";
import { Refused } from "./note.js";

export const WIDE = 256;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (text) => sha256(concat(LEAF, text));
export const nodeHash = (left, right) => sha256(concat(NODE, left, right));

// The root over up to 256 hashes, a level at a time.
export const over = async (hashes) => {
  let row = hashes;
  while (row.length > 1) {
    const pairs = [];
    for (let at = 0; at + 1 < row.length; at += 2) pairs.push(nodeHash(row[at], row[at + 1]));
    const next = await Promise.all(pairs);
    if (row.length % 2) next.push(row.at(-1));
    row = next;
  }
  return row[0] ?? sha256(new Uint8Array());
};

// A growing tree over blocks of 256 leaves: add each block's root, and at last what is left over.
export class Growing {
  blocks = [];
  count = 0;

  async add(root) {
    this.blocks.push(root);
    for (let full = ++this.count; full % 2 === 0; full /= 2) {
      const right = this.blocks.pop();
      this.blocks.push(await nodeHash(this.blocks.pop(), right));
    }
  }

  async root(rest = []) {
    const parts = [...this.blocks];
    if (rest.length) parts.push(await over(rest));
    let top = parts.pop() ?? (await over([]));
    while (parts.length) top = await nodeHash(parts.pop(), top);
    return top;
  }
}

export const tilePath = (level, number, width) => {
  const digits = String(number);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g);
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
  return `tile/${level}/${place}${width === WIDE ? "" : `.p/${width}`}`;
};

export const read = async (log, path, cache = "default") => {
  const answer = await fetch(`${log}/${path}`, { cache });
  if (!answer.ok) throw new Refused("unreadable", { path });
  return new Uint8Array(await answer.arrayBuffer());
};

export const hashesOf = (tile, width, path) => {
  if (tile.length !== width * 32) throw new Refused("unreadable", { path });
  return Array.from({ length: width }, (_, at) => tile.subarray(32 * at, 32 * at + 32));
};

export const textsOf = (bundle, width, path) => {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.length);
  const texts = [];
  let at = 0;
  while (at + 2 <= bundle.length) {
    const begins = at + 2;
    at = begins + view.getUint16(at);
    texts.push(bundle.subarray(begins, at));
  }
  if (texts.length !== width || at !== bundle.length) throw new Refused("unreadable", { path });
  return texts;
};

// How wide a tile of a level is in a log of some size.
export const width = (level, number, size) => Math.min(WIDE, Math.floor(size / WIDE ** level) - number * WIDE);

// Reads hashes of perfect subtrees from the tiles of a log.
export const subtrees = (log, size) => {
  const kept = new Map();
  const tile = (level, number) => {
    const wide = width(level, number, size);
    const path = tilePath(level, number, wide);
    if (!kept.has(path)) kept.set(path, read(log, path, "no-store").then((data) => hashesOf(data, wide, path)));
    return kept.get(path);
  };
  return async (level, index) => {
    const above = Math.floor(level / 8);
    const many = 2 ** (level % 8);
    const start = index * many;
    const hashes = await tile(above, Math.floor(start / WIDE));
    return over(hashes.slice(start % WIDE, (start % WIDE) + many));
  };
};

// The root over leaves that begin where a subtree of their width could.
const range = async (subtree, from, stop) => {
  const parts = [];
  for (let start = from; start < stop; ) {
    const level = Math.floor(Math.log2(stop - start));
    parts.push(await subtree(level, start / 2 ** level));
    start += 2 ** level;
  }
  let top = parts.pop();
  while (parts.length) top = await nodeHash(parts.pop(), top);
  return top;
};

const split = (wide) => 2 ** Math.ceil(Math.log2(wide) - 1);

// RFC 9162, 2.1.4.1
export const proveConsistency = async (subtree, old, size) => {
  const proof = [];
  let [start, stop] = [0, size];
  while (stop !== old) {
    const middle = start + split(stop - start);
    if (old <= middle) {
      proof.push(await range(subtree, middle, stop));
      stop = middle;
    } else {
      proof.push(await range(subtree, start, middle));
      start = middle;
    }
  }
  if (start) proof.push(await range(subtree, start, stop));
  return proof.reverse();
};

// RFC 9162, 2.1.4.2: whether the newer seal continues the older one.
export const checkConsistency = async (old, now, proof) => {
  const whole = Number.isInteger(Math.log2(old.size));
  const [first, ...rest] = whole ? [old.root, ...proof] : proof;
  if (!first) return false;
  let [at, last] = [old.size - 1, now.size - 1];
  while (at % 2) [at, last] = [(at - 1) / 2, Math.floor(last / 2)];
  let [was, is] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (at % 2 || at === last) {
      [was, is] = [await nodeHash(beside, was), await nodeHash(beside, is)];
      while (at && at % 2 === 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else {
      is = await nodeHash(is, beside);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && same(was, old.root) && same(is, now.root);
};

// Raises Refused unless the log of the newer seal begins with the log of the older one.
export const continues = async (log, old, now) => {
  if (old.origin !== now.origin) throw new Refused("other-log", { origin: old.origin });
  if (old.size > now.size) throw new Refused("shrank", { old: old.size, size: now.size });
  if (old.size === now.size) {
    if (!same(old.root, now.root)) throw new Refused("forked", { old: old.size });
    return;
  }
  if (old.size === 0) return;
  const proof = await proveConsistency(subtrees(log, now.size), old.size, now.size);
  if (!(await checkConsistency(old, now, proof))) throw new Refused("forked", { old: old.size });
};

// RFC 9162, 2.1.3.2, one step: which hash stands beside, and on which side.
export const step = (hash, beside, side) => {
  const other = fromBase64(beside);
  return side === "left" ? nodeHash(other, hash) : nodeHash(hash, other);
};
