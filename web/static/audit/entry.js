// One entry, checked here: its stored body to the commitment, the leaf to the signed root.

import { concat, fromBase64, hex, same, sha256, toBase64, u32, u64, utf8 } from "./bytes.js";
import { ownKey, tried } from "./marks.js";
import { parseKey, parseNote, Refused, verify } from "./note.js";
import { leafHash, step } from "./tree.js";

const card = document.getElementById("proof");
const list = document.getElementById("proof-problems");
const text = (id) => document.getElementById(id).textContent;
const data = card.dataset;

// Marks a step by whether it holds, and stops at the first that does not.
const mark = (item, holds) => {
  item.classList.remove("unproven");
  item.classList.add(holds ? "met" : "unmet");
  if (!holds) throw new Refused("leaf", { position: Number(data.position) });
};

// The bytes that bind a stored row (see events_store/seal.py).
const preimage = (digest) => {
  const [subject, name] = [utf8(data.subject), utf8(data.name)];
  return concat(
    u64(data.position), u64(data.version), u64(data.recorded),
    u32(subject.length), subject, u32(name.length), name, digest,
  );
};

const climb = async () => {
  const item = (name) => card.querySelector(`[data-step="${name}"]`);
  const digest = await sha256(utf8(text("body")));
  mark(item("body"), hex(digest) === data.digest);
  const commitment = toBase64(await sha256(concat(fromBase64(data.blind), preimage(digest))));
  mark(item("commitment"), text("leaf-text").split("\n")[2] === commitment);
  let hash = await leafHash(utf8(text("leaf-text")));
  mark(item("leaf"), toBase64(hash) === data.leaf);
  for (const each of card.querySelectorAll("[data-beside]")) {
    hash = await step(hash, each.dataset.beside, each.dataset.side);
    mark(each, toBase64(hash) === each.dataset.reached);
  }
  const note = parseNote(text("seal-note"));
  mark(item("root"), same(hash, note.root));
  await verify(note, await parseKey(ownKey() ?? data.key));
  mark(item("signature"), true);
};

tried(list, document.getElementById("proof-badge"), climb);
