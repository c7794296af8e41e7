// Makes a slider of the days that a lifeline leads to; without this file its links do the same.
const KEYS = {
  ArrowLeft: "[rel=prev]",
  ArrowDown: "[rel=prev]",
  ArrowRight: "[rel=next]",
  ArrowUp: "[rel=next]",
  Home: "li:first-child a",
  End: "li:last-child a",
};

for (const line of document.querySelectorAll("[data-lifeline]")) {
  const slider = line.querySelector("input[type=range]");
  const links = [...line.querySelectorAll(".lifeline-days a")];
  const far = (link) => Math.abs(link.dataset.x - slider.value);
  const nearest = () => links.reduce((best, link) => (far(link) < far(best) ? link : best));
  const say = () => slider.setAttribute("aria-valuetext", nearest().querySelector(".num").textContent);
  slider.hidden = false;
  say();
  slider.addEventListener("input", say);
  slider.addEventListener("change", () => {
    const link = nearest();
    slider.value = link.dataset.x;
    link.click();
  });
  slider.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS)) return;
    event.preventDefault(); // a step is to the next day on which something is told
    line.querySelector(KEYS[event.key])?.click();
  });
}
