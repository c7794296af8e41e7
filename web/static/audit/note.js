// Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint), checked with Ed25519 (WebCrypto).

import { concat, fromBase64, hex, same, sha256, utf8 } from "./bytes.js";

const ED25519 = 1;

// What cannot be accepted, by a word of words.js.
export class Refused extends Error {
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

// A verifier key: name+hash+base64(type || public). Its hash must be its own.
export const parseKey = async (told) => {
  const text = told.trim();
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const data = encoded && fromBase64(encoded);
  if (!data || data.length !== 33 || data[0] !== ED25519) throw new Refused("not-a-key");
  const own = (await sha256(concat(utf8(`${name}\n`), data))).slice(0, 4);
  if (hex(own) !== id) throw new Refused("not-a-key");
  return { text, name, id: own, public: data.slice(1) };
};

// A note is a text, an empty line and signature lines; nothing of it is checked yet.
export const parseNote = (told) => {
  const end = told.lastIndexOf("\n\n");
  if (end < 0 || !told.endsWith("\n")) throw new Refused("not-a-seal");
  const lines = told.slice(end + 2).split("\n").slice(0, -1).map((line) => {
    const [, name, encoded] = /^\u2014 ([^\s+]+) (\S+)$/.exec(line) ?? [];
    const data = encoded && fromBase64(encoded);
    if (!data || data.length < 5) throw new Refused("not-a-seal");
    return { name, id: data.slice(0, 4), raw: data.slice(4) };
  });
  return { told, text: told.slice(0, end + 1), lines, ...parsePoint(told.slice(0, end + 1)) };
};

const parsePoint = (text) => {
  const [origin, size, root] = text.split("\n");
  const hash = root && fromBase64(root);
  if (!origin || !/^(0|[1-9][0-9]{0,15})$/.test(size ?? "") || !hash || hash.length !== 32) {
    throw new Refused("not-a-seal");
  }
  return { origin, size: Number(size), root: hash };
};

// Raises Refused unless the log itself signed the note with this key.
export const verify = async (note, key) => {
  const line = note.lines.find((each) => each.name === key.name && same(each.id, key.id));
  if (!line || key.name !== note.origin) throw new Refused("other-key", { key: key.name });
  const { subtle } = crypto;
  const made = await subtle.importKey("raw", key.public, "Ed25519", false, ["verify"]).catch(unsupported);
  const good = await subtle.verify("Ed25519", made, line.raw, utf8(note.text)).catch(unsupported);
  if (!good) throw new Refused("false-signature", { key: key.name });
};

const unsupported = () => {
  throw new Refused("no-ed25519");
};

// Seals by others, such as witnesses: a name, and the second it was made if it tells one.
export const others = (note) =>
  note.lines
    .filter((line) => line.name !== note.origin)
    .map((line) => ({
      name: line.name,
      time: line.raw.length >= 72 ? Number(new DataView(line.raw.buffer, line.raw.byteOffset).getBigUint64(0)) : null,
    }));

export const fetchNote = async (address) => {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Refused("no-seal");
  return parseNote(await answer.text());
};
