// Reads every leaf of a log and builds its tree anew. Answers: progress, what was refused, or all is well.

import { same } from "./bytes.js";
import { Refused } from "./note.js";
import { Growing, hashesOf, leafHash, over, read, textsOf, tilePath, WIDE, width } from "./tree.js";

const AHEAD = 4; // blocks that are fetched while another is hashed
const decoder = new TextDecoder();

// The leaf texts and the leaf hashes that the log serves for one block of 256.
const block = async (log, number, size) => {
  const wide = width(0, number, size);
  const [texts, hashes] = [tilePath("entries", number, wide), tilePath(0, number, wide)];
  const [bundle, tile] = await Promise.all([read(log, texts, "no-store"), read(log, hashes, "no-store")]);
  return { texts: textsOf(bundle, wide, texts), hashes: hashesOf(tile, wide, hashes) };
};

const count = (kinds, text) => {
  const [, line] = decoder.decode(text).split("\n");
  const name = line.slice(0, line.lastIndexOf(" "));
  kinds[name] = (kinds[name] ?? 0) + 1;
};

// The hash above a full block, as the log serves it.
const above = async (log, number, size, kept) => {
  const parent = Math.floor(number / WIDE);
  if (kept.number !== parent) {
    const wide = width(1, parent, size);
    const path = tilePath(1, parent, wide);
    [kept.number, kept.hashes] = [parent, hashesOf(await read(log, path, "no-store"), wide, path)];
  }
  return kept.hashes[number % WIDE];
};

const check = async ({ log, size, root }) => {
  const [began, kinds, tree, kept] = [performance.now(), {}, new Growing(), {}];
  const blocks = Math.ceil(size / WIDE);
  const waiting = [];
  let rest = [];
  for (let number = 0; number < blocks; number++) {
    while (waiting.length < AHEAD && number + waiting.length < blocks) {
      const coming = block(log, number + waiting.length, size);
      coming.catch(() => {}); // it is awaited, and refused, in its turn
      waiting.push(coming);
    }
    const { texts, hashes } = await waiting.shift();
    const leaves = await Promise.all(texts.map(leafHash));
    const wrong = leaves.findIndex((leaf, at) => !same(leaf, hashes[at]));
    if (wrong >= 0) throw new Refused("leaf", { position: number * WIDE + wrong });
    for (const text of texts) count(kinds, text);
    if (leaves.length < WIDE) {
      rest = leaves;
    } else {
      const top = await over(leaves);
      if (!same(top, await above(log, number, size, kept))) {
        throw new Refused("block", { first: number * WIDE, last: number * WIDE + WIDE - 1 });
      }
      await tree.add(top);
    }
    postMessage({ progress: number * WIDE + leaves.length });
  }
  if (!same(await tree.root(rest), root)) throw new Refused("root", { size });
  return { size, kinds, seconds: (performance.now() - began) / 1000 };
};

onmessage = async ({ data }) => {
  try {
    postMessage(await check(data));
  } catch (error) {
    postMessage({ refused: { code: error.code, facts: error.facts } });
  }
};
