// What makes pages nicer where scripts run; all of them are whole without it. No dependency, nothing from elsewhere.
"use strict";

// ---------------------------------------------------------------------------------------------- suggestions (combobox)
for (const input of document.querySelectorAll("input[data-suggest]")) suggest(input);

function suggest(input) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = `suggestions-${input.id}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.insertAdjacentElement("afterend", list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
  let items = [], chosen = -1, asked = 0, timer = 0;
  const leads = input.name === "q";

  function close() { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
  function choose(at) {
    chosen = at;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) { input.setAttribute("aria-activedescendant", list.children[at].id); list.children[at].scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  }
  function take(at) {
    if (leads) { location.href = items[at].url; return; }
    input.value = items[at].text;
    close();
    input.form.requestSubmit();
  }
  async function ask() {
    const words = input.value.trim(), number = ++asked;
    if (words.length < 2) { close(); return; }
    const address = new URL(input.dataset.suggest, location.origin);
    address.searchParams.set("q", words);
    let found;
    try { found = await (await fetch(address)).json(); } catch { return; }
    if (number !== asked || document.activeElement !== input) return;
    items = found;
    list.replaceChildren(...found.map((one, at) => {
      const item = document.createElement("li"), name = document.createElement("bdi"), sort = document.createElement("small"), note = document.createElement("small");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      name.textContent = one.text;
      sort.textContent = one.sort;
      note.textContent = one.note;
      item.append(name, sort);
      if (one.note) item.append(note);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(at); });
      return item;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    chosen = -1;
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose((chosen + 1) % items.length);
    else if (event.key === "ArrowUp") choose((chosen <= 0 ? items.length : chosen) - 1);
    else if (event.key === "Enter" && chosen >= 0) take(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

// ------------------------------------------------------------------------------- addresses without what was left empty
document.addEventListener("submit", (event) => {
  for (const field of event.target.elements) if (field.name && field.name !== "q" && field.value === "") field.disabled = true;
});
addEventListener("pageshow", () => { for (const field of document.querySelectorAll("form :disabled")) field.disabled = false; });

// ------------------------------------------------------------------------------------------------------ pan and zoom
function zoomable(svg) {
  const home = svg.viewBox.baseVal, begin = [home.x, home.y, home.width, home.height];
  let box = [...begin];
  const show = () => { svg.setAttribute("viewBox", box.map((value) => value.toFixed(2)).join(" ")); svg.classList.toggle("near", box[2] < begin[2] * 0.6); svg.classList.toggle("zoomed", box[2] < begin[2]); };
  function zoom(by, x = box[0] + box[2] / 2, y = box[1] + box[3] / 2) {
    const width = Math.min(begin[2] * 1.5, Math.max(begin[2] / 40, box[2] * by)), real = width / box[2];
    box = [x - (x - box[0]) * real, y - (y - box[1]) * real, width, box[3] * real];
    show();
  }
  const point = (event) => { const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()); return [at.x, at.y]; };
  svg.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) return; event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, ...point(event)); }, { passive: false });
  svg.addEventListener("dblclick", (event) => { event.preventDefault(); zoom(0.6, ...point(event)); });
  let from = null, moved = false;
  svg.addEventListener("pointerdown", (event) => { if (event.button === 0) { from = [event.clientX, event.clientY, ...box]; moved = false; } });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = 1 / svg.getScreenCTM().a, dx = (event.clientX - from[0]) * scale, dy = (event.clientY - from[1]) * scale;
    if (Math.hypot(event.clientX - from[0], event.clientY - from[1]) > 4) { moved = true; svg.setPointerCapture(event.pointerId); }
    if (moved) { box = [from[2] - dx, from[3] - dy, from[4], from[5]]; show(); }
  });
  const end = () => { from = null; };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
  svg.addEventListener("click", (event) => { if (moved) { event.preventDefault(); event.stopPropagation(); moved = false; } }, true);
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  const buttons = document.createElement("div");
  buttons.className = "zooms";
  for (const [sign, name, act] of [["+", "Zoom in", () => zoom(0.7)], ["−", "Zoom out", () => zoom(1.4)], ["⟲", "Show all", () => { box = [...begin]; show(); }]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    buttons.append(button);
  }
  svg.parentElement.querySelector(".zooms")?.remove();
  svg.insertAdjacentElement("afterend", buttons);
}
document.querySelectorAll("svg.zoomable").forEach(zoomable);

// ------------------------------------------------------------------ a network that grows in place, with its own address
const stage = document.querySelector("#network[data-live]");
if (stage) {
  const show = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) { location.href = address; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = document.querySelector("main"), come = page.querySelector("main");
    old.querySelector("#network").replaceChildren(...come.querySelector("#network").childNodes);
    for (const part of ["main > p.quiet", "main > details"]) {
      const here = old.ownerDocument.querySelectorAll(part), there = page.querySelectorAll(part);
      here.forEach((one, at) => { if (there[at]) one.replaceWith(there[at]); });
    }
    document.querySelector("form[action='/network']").replaceWith(page.querySelector("form[action='/network']"));
    document.querySelectorAll("form[action='/network'] input[data-suggest]").forEach(suggest);
    stage.querySelectorAll("svg.zoomable").forEach(zoomable);
  };
  stage.addEventListener("click", (event) => {
    const link = event.target.closest(".node");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = new URL(link.getAttribute("href"), location.origin);
    if (address.pathname !== "/network") return;
    event.preventDefault();
    history.pushState({}, "", address);
    show(address).then(() => { stage.querySelector(`[data-node="${CSS.escape(link.dataset.node)}"]`)?.focus(); });
  });
  addEventListener("popstate", () => show(location.href));
}

// ------------------------------------------------------------------------------------------- the sentence, the editor
const mark = document.getElementById("at");
if (mark && !location.hash) mark.scrollIntoView({ block: "center" });
document.querySelector(".editor textarea")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});
