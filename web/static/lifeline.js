// Makes a slider of the days that a lifeline leads to; without this file its links do the same.
for (const line of document.querySelectorAll("[data-lifeline]")) {
  const slider = line.querySelector("input[type=range]");
  const links = [...line.querySelectorAll(".lifeline-days a")];
  const name = (at) => links[at].querySelector(".num").textContent;
  slider.hidden = false;
  slider.setAttribute("aria-valuetext", name(Math.max(0, slider.value)));
  slider.addEventListener("input", () => slider.setAttribute("aria-valuetext", name(slider.value)));
  slider.addEventListener("change", () => links[slider.value].click());
}
