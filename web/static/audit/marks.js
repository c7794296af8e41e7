// How a page shows what was found: a list of findings, and a badge that sums them up.

import { HERE, SAYS, why } from "./words.js";

const TONES = { met: "bg-green-lt", unmet: "bg-red-lt", unproven: "bg-orange-lt" };

export const badge = (element, tone, text) => {
  element.className = `badge ${TONES[tone] ?? "bg-secondary-lt"} ms-auto`;
  element.textContent = text;
};

export const finding = (list, tone, ...texts) => {
  const item = document.createElement("li");
  item.className = `need ${tone}`;
  const box = document.createElement("div");
  texts.forEach((text, at) => {
    const line = document.createElement("div");
    line.textContent = text;
    if (at) line.className = "small text-secondary";
    box.append(line);
  });
  item.append(box);
  list.append(item);
  return item;
};

// Runs checks; shows what was refused, and sums up in the badge. Returns whether all is well.
export const tried = async (list, sum, checks) => {
  badge(sum, "", SAYS.checking);
  try {
    if (!globalThis.crypto?.subtle) throw Object.assign(new Error(), { code: "no-crypto" });
    await checks();
    badge(sum, "met", SAYS.good);
    return true;
  } catch (error) {
    if (!error.code && !(error instanceof TypeError)) throw error; // a fault of ours is not hidden
    const here = !error.code || HERE.has(error.code);
    finding(list, here ? "unproven" : "unmet", why(error));
    badge(sum, here ? "unproven" : "unmet", here ? SAYS.unknown : SAYS.bad);
    return false;
  }
};

export const remembered = (name) => {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be forbidden; then nothing is compared with last time
  }
};

export const remember = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // nothing to do: it lasts for this page
  }
};

// The key to check with: the auditor's own, if one was given, or else the server's.
export const ownKey = () => remembered("audit-key");
