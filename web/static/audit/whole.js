// The whole log, checked here: a worker reads every leaf and builds the tree anew.

import { badge, finding, ownKey } from "./marks.js";
import { fetchNote, parseKey, verify } from "./note.js";
import { HERE, kind, number, SAYS, why } from "./words.js";

const card = document.getElementById("whole");
const [start, stop] = [document.getElementById("whole-start"), document.getElementById("whole-stop")];
const bar = document.getElementById("whole-bar");
const said = document.getElementById("whole-said");
const list = document.getElementById("whole-checks");
const counts = document.getElementById("whole-counts");
const sum = document.getElementById("whole-badge");
const { log, key, worker: script } = card.dataset;
let worker = null;

const running = (now) => {
  start.hidden = now;
  stop.hidden = bar.hidden = said.hidden = !now;
};

const failed = (error) => {
  const here = !error.code || HERE.has(error.code);
  finding(list, here ? "unproven" : "unmet", why(error));
  badge(sum, here ? "unproven" : "unmet", here ? SAYS.unknown : SAYS.bad);
};

const done = ({ size, seconds, kinds }) => {
  finding(list, "met", SAYS.whole(size, seconds));
  badge(sum, "met", SAYS.good);
  const rows = Object.entries(kinds).sort(([, one], [, other]) => other - one);
  for (const [name, count] of rows) {
    const [term, value] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = kind(name);
    value.textContent = number(count);
    value.className = "num";
    counts.querySelector("dl").append(term, value);
  }
  counts.hidden = false;
};

const end = () => {
  worker?.terminate();
  worker = null;
  running(false);
};

const begin = async () => {
  list.replaceChildren();
  counts.querySelector("dl").replaceChildren();
  counts.hidden = true;
  badge(sum, "", SAYS.checking);
  running(true);
  try {
    if (!globalThis.crypto?.subtle) throw Object.assign(new Error(), { code: "no-crypto" });
    const note = await fetchNote(`${log}/checkpoint`);
    await verify(note, await parseKey(ownKey() ?? key));
    bar.max = note.size || 1;
    bar.value = 0;
    read(note);
  } catch (error) {
    failed(error);
    end();
  }
};

const read = (note) => {
  worker = new Worker(script, { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.progress !== undefined) {
      bar.value = data.progress;
      said.textContent = SAYS.progress(data.progress, note.size);
      return;
    }
    if (data.refused) failed(data.refused);
    else done(data);
    end();
  };
  worker.onerror = () => {
    failed({});
    end();
  };
  worker.postMessage({ log: new URL(log, location.href).href, size: note.size, root: note.root });
};

start.addEventListener("click", begin);
stop.addEventListener("click", () => {
  badge(sum, "", "");
  end();
});
