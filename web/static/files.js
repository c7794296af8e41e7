// Files to bring: dropped or chosen, listed with their size, taken out again, sent with progress.
// Without this script the form is an ordinary one.

const language = document.documentElement.lang;

function size(bytes) {
  const kilo = Math.ceil(bytes / 1024);
  const figures = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
  return kilo < 1024 ? `${figures.format(kilo)} kB` : `${figures.format(kilo / 1024)} MB`;
}

function element(name, kind, text) {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

function install(form, before = []) {
  const drop = form.querySelector("[data-drop]");
  const input = drop.querySelector("input[type=file]");
  const list = drop.querySelector(".chosen");
  const bar = drop.querySelector("progress");
  const trouble = drop.querySelector("[data-trouble]");
  const says = drop.dataset;
  let chosen = [];

  const take = (files) => {
    const key = (file) => `${file.name}/${file.size}/${file.lastModified}`;
    const known = new Set(chosen.map(key));
    chosen.push(...[...files].filter((file) => !known.has(key(file))));
    keep();
  };

  const keep = () => {
    const carrier = new DataTransfer();
    for (const file of chosen) carrier.items.add(file);
    input.files = carrier.files;
    list.replaceChildren(...chosen.map(line));
  };

  const line = (file) => {
    const item = document.createElement("li");
    const large = file.size > Number(says.limit);
    const note = large ? `${size(file.size)}, ${says.tooLarge}` : size(file.size);
    const remove = element("button", "btn btn-sm ms-auto", says.remove);
    remove.type = "button";
    remove.setAttribute("aria-label", `${says.remove} ${file.name}`);
    remove.addEventListener("click", () => {
      chosen = chosen.filter((one) => one !== file);
      keep();
      input.focus();
    });
    item.append(
      element("span", "text-break", file.name),
      element("span", `${large ? "text-danger" : "text-secondary"} small`, note),
      remove,
    );
    return item;
  };

  drop.querySelector(".drop-hint").hidden = false;
  take(before);
  for (const lost of form.querySelectorAll("[data-lost]")) lost.hidden = before.length > 0;
  input.addEventListener("change", () => take(input.files));
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  for (const name of ["dragleave", "drop"]) {
    drop.addEventListener(name, () => drop.classList.remove("over"));
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });

  form.addEventListener("submit", (event) => {
    if (!chosen.length) return;
    event.preventDefault();
    const busy = (is) => {
      bar.hidden = !is;
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = is;
    };
    trouble.hidden = true;
    send(form, {
      sent: (part) => (bar.value = part),
      failed: () => {
        busy(false);
        trouble.textContent = says.failed;
        trouble.hidden = false;
      },
      chosen,
    });
    busy(true);
  });
}

function send(form, tell) {
  const sending = new XMLHttpRequest();
  sending.upload.addEventListener("progress", (sent) => {
    if (sent.lengthComputable) tell.sent((100 * sent.loaded) / sent.total);
  });
  sending.addEventListener("load", () => {
    const to = sending.getResponseHeader("Location");
    if (sending.status === 201 && to) location.assign(to);
    else answered(sending.responseText, tell);
  });
  sending.addEventListener("error", tell.failed);
  sending.open("POST", location.href);
  sending.setRequestHeader("X-Upload", "1"); // told where to go, and not taken there
  sending.send(new FormData(form));
}

// What is wrong is shown where it would be after an ordinary form.
function answered(text, tell) {
  const found = new DOMParser().parseFromString(text, "text/html").getElementById("content");
  if (!found) {
    tell.failed();
    return;
  }
  document.getElementById("content").replaceWith(document.importNode(found, true));
  const again = document.querySelector("form[data-upload]");
  if (again) install(again, tell.chosen);
  document.querySelector(".alert, .is-invalid")?.scrollIntoView({ block: "center" });
  document.querySelector(".is-invalid")?.focus();
}

install(document.querySelector("form[data-upload]"));
