// Suggests names while one is typed; without this file the server asks back what was meant.
const WAIT = 200; // milliseconds after the last key

for (const input of document.querySelectorAll("input[data-pick]")) {
  const list = document.getElementById(input.getAttribute("list"));
  const own = [...list.options].map((option) => option.value);
  let timer;
  const suggest = async () => {
    const asked = input.value.trim();
    if (asked.length < 2) return;
    const answer = await fetch(`/pick/${input.dataset.pick}?q=${encodeURIComponent(asked)}`);
    if (!answer.ok || input.value.trim() !== asked) return;
    const { found } = await answer.json();
    const names = [...new Set([...own, ...found])];
    list.replaceChildren(...names.map((name) => new Option(name, name)));
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
}
