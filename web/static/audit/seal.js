// The newest seal, checked here: its signature, and that it continues what was seen before.

import { finding, ownKey, remember, remembered, tried } from "./marks.js";
import { fetchNote, others, parseKey, parseNote, verify } from "./note.js";
import { continues } from "./tree.js";
import { number, SAYS } from "./words.js";
import { toBase64 } from "./bytes.js";

const card = document.getElementById("seal");
const list = document.getElementById("seal-checks");
const sum = document.getElementById("seal-badge");
const keyField = document.getElementById("own-key");
const noteField = document.getElementById("own-seal");
const { log, key: serverKey } = card.dataset;

const show = (note, key) => {
  document.getElementById("seal-note").textContent = note.told;
  document.getElementById("seal-size").textContent = number(note.size);
  document.getElementById("seal-root").textContent = toBase64(note.root);
  document.getElementById("seal-key").textContent = key.text;
};

// What this browser saw last time must still be the beginning of the log.
const compare = async (note, key) => {
  const before = JSON.parse(remembered("audit-seen") ?? "null");
  if (!before) return finding(list, "met", SAYS.first);
  const seen = parseNote(before.note);
  await continues(log, seen, note);
  if (before.key !== key.text && !(await signedBy(note, before.key))) finding(list, "unproven", SAYS.keyChanged);
  return finding(list, "met", seen.size === note.size ? SAYS.unchanged : SAYS.continued(seen.size));
};

const signedBy = async (note, told) => {
  try {
    await verify(note, await parseKey(told));
    return true;
  } catch {
    return false;
  }
};

const look = async () => {
  list.replaceChildren();
  const own = ownKey();
  await tried(list, sum, async () => {
    const key = await parseKey(own ?? serverKey);
    const note = await fetchNote(`${log}/checkpoint`);
    show(note, key);
    await verify(note, key);
    finding(list, "met", SAYS.signed(key.name), own ? SAYS.ownKey : SAYS.serverKey);
    for (const { name, time } of others(note)) finding(list, "unproven", SAYS.witness(name, time));
    await compare(note, key);
    remember("audit-seen", JSON.stringify({ note: note.told, key: key.text }));
    if (noteField.value.trim()) await compareKept(note, key);
  });
};

// A seal that the auditor keeps himself.
const compareKept = async (note, key) => {
  const kept = parseNote(`${noteField.value.trim()}\n`);
  const known = await signedBy(kept, key.text);
  await continues(log, kept, note);
  finding(list, known ? "met" : "unproven", SAYS.kept(kept.size), ...(known ? [] : [SAYS.keptKey]));
};

document.getElementById("own-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  remember("audit-key", keyField.value.trim() || null);
  await look();
  list.scrollIntoView({ block: "nearest" });
});
document.getElementById("own-clear").addEventListener("click", () => {
  keyField.value = noteField.value = "";
  remember("audit-key", null);
  look();
});
document.getElementById("own-file").addEventListener("change", async (event) => {
  noteField.value = (await event.target.files[0]?.text()) ?? "";
});

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-unscripted]")) element.hidden = true;
keyField.value = ownKey() ?? "";
look();
