// Chooses light or dark before the first paint; the pages work without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage may be forbidden; the system's choice is then followed
    }
  };

  const remember = (theme) => {
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // nothing to do: the choice lasts for this page
    }
  };

  const show = (theme) => {
    root.dataset.bsTheme = theme;
    const button = document.getElementById("theme");
    button?.setAttribute("aria-pressed", String(theme === "dark"));
  };

  const current = () => remembered() ?? (system.matches ? "dark" : "light");

  show(current());
  system.addEventListener("change", () => show(current()));

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    button.hidden = false;
    show(current());
    button.addEventListener("click", () => {
      const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
      remember(next);
      show(next);
    });
  });

  // A menu made of <details> closes on Escape and on a click elsewhere.
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
