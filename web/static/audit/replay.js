// The slider of a replay: each step is the page that its link leads to, put in place of this one.

import { SAYS } from "./words.js";

const form = document.getElementById("slider");
const range = form.elements.namedItem("step");
form.querySelector("button").hidden = true;

const address = (step) => {
  const query = new URLSearchParams(new FormData(form));
  query.set("step", step);
  return `${form.getAttribute("action")}?${query}`;
};

let wanted = range.value;
const show = async (step, name = null) => {
  wanted = step;
  range.value = step;
  range.setAttribute("aria-valuetext", SAYS.step(step, range.max));
  const answer = await fetch(address(step));
  if (wanted !== step || !answer.ok) return; // another step was asked for meanwhile
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("step").replaceWith(document.adoptNode(page.getElementById("step")));
  history.replaceState(null, "", address(step));
  if (name) (document.querySelector(`a[data-name="${name}"]`) ?? range).focus();
};

range.addEventListener("input", () => show(range.value));
if (range.value !== range.defaultValue) show(range.value); // moved before this script was here
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-goto]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.dataset.goto, link.dataset.name);
});
