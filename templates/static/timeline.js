/* Filters of the timeline: what is picked narrows the list, is counted at once and stands in the address. */
"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const add = (tally, key) => { tally[key] = (tally[key] || 0) + 1; };
const number = (n) => (+n).toLocaleString(document.documentElement.lang);
const worded = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const folded = (text) => text.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N} ]/gu, "");
const depths = { key: 1, more: 2, all: 3 };

const sieve = one("[data-sieve]"), words = sieve.dataset;
const some = (n, total) => worded(words.some, { n: number(n), total: number(total) });
all(".n1, .n2").forEach((text) => text.remove());
all(".n3").forEach((text) => text.classList.remove("n3"));

const facets = all("[data-facet]");
const kinds = facets.map((facet) => facet.dataset.facet);
const boxes = all("[type=checkbox]", sieve);
const radios = all("[name=level]");
const controls = [...boxes, ...radios];
const clear = one("[data-clear]"), chips = one("[data-picked]"), drawing = one(".bars");
const entries = all(".cards > li").map((item) => {
  const traits = item.firstElementChild.dataset;
  const has = Object.fromEntries(kinds.map((kind) => [kind, traits[kind]?.split(" ") || []]));
  return { item, has, phase: traits.phase || "", year: item.closest(".year").id.slice(1), rank: +item.className.slice(-1) };
});
const counts = all("[data-of]").map((line) => ({ line, full: line.textContent }));
const bars = all(".bar").map((bar) => ({ bar, label: bar.ariaLabel }));

const picked = () => boxes.filter((box) => box.checked);
const chosen = () => controls.filter((control) => control.checked && control !== radios.at(-1));

// An entry fits if it has one of the picked choices of each kind. One that fails in a single kind still counts there.
function sift() {
  const depth = depths[radios.find((radio) => radio.checked)?.value] || 3, wanted = {}, found = { shown: 0, choices: {}, years: {} };
  picked().forEach((box) => (wanted[box.name] ||= []).push(box.value));
  entries.forEach(({ item, has, phase, year, rank }) => {
    const failed = kinds.filter((kind) => wanted[kind] && !has[kind].some((id) => wanted[kind].includes(id)));
    radios.forEach(({ value }) => { if (!failed.length && rank <= depths[value]) { add(found.choices, `level ${value}`); } });
    if (rank <= depth && failed.length < 2) {
      (failed[0] ? failed : kinds).forEach((kind) => has[kind].forEach((id) => add(found.choices, `${kind} ${id}`)));
    }
    item.hidden = rank > depth || failed.length > 0;
    if (item.hidden) { return; }
    found.shown += 1;
    found.years[year] ||= {};
    add(found.years[year], "total");
    add(found.years[year], `of ${phase}`);
  });
  return found;
}

function showChoices({ shown, choices }) {
  controls.forEach((control) => {
    const n = choices[`${control.name} ${control.value}`] || 0;
    one(".count", control.parentNode).textContent = number(n);
    control.parentNode.classList.toggle("is-none", !n);
  });
  facets.forEach((facet) => { one(".chosen", facet).textContent = all(":checked", facet).length || ""; });
  one("[data-shown]").textContent = !shown ? words.none : shown < entries.length ? some(shown, entries.length) : words.all;
  clear.hidden = !chosen().length;
}

function showChips() {
  chips.hidden = !picked().length;
  chips.replaceChildren(...picked().map((box, place) => {
    const item = document.createElement("li"), button = document.createElement("button"), facet = box.closest("details");
    const kind = one(".facet-name", facet).textContent;
    button.textContent = worded(words.chip, { kind, label: box.nextElementSibling.textContent.trim() });
    button.ariaLabel = `${words.remove} ${button.textContent}`;
    button.onclick = () => {
      box.checked = false;
      change();
      const left = all("button", chips);
      (left[place] || left.at(-1) || one("summary", facet)).focus();
    };
    item.append(button);
    return item;
  }));
}

function showList({ years }) {
  all(".month, .year").forEach((part) => { part.hidden = !one(".cards > li:not([hidden])", part); });
  counts.forEach(({ line, full }) => {
    const n = years[line.dataset.of]?.total || 0;
    line.textContent = n < line.dataset.total ? some(n, line.dataset.total) : full;
    line.closest("li")?.toggleAttribute("hidden", !n);
  });
}

// A bar shrinks to what is shown of its year; its full length stays behind it.
function showBars({ shown, years }) {
  drawing?.parentNode.classList.toggle("is-sifted", shown < entries.length);
  bars.forEach(({ bar, label }) => {
    const tally = years[bar.dataset.year] || { total: 0 }, full = bar.dataset.total;
    const sum = one(".total", bar), year = one(".tick", bar).textContent;
    const said = tally.total < full ? worded(words.bar, { year, entries: some(tally.total, full) }) : label;
    let top = +drawing.dataset.height + 16;
    all(".part", bar).forEach((part) => {
      const share = drawing.dataset.height * (tally[`of ${part.dataset.phase}`] || 0) / drawing.dataset.highest;
      top -= share;
      part.setAttribute("y", top);
      part.setAttribute("height", share && Math.max(share - 1, 1));
    });
    bar.classList.toggle("is-empty", !tally.total);
    bar.ariaLabel = one("title", bar).textContent = said;
    sum.textContent = number(tally.total);
    sum.setAttribute("y", top - 4);
  });
}

function show() {
  const found = sift();
  [showChoices, showChips, showList, showBars].forEach((part) => part(found));
}

function choose(query) {
  const wanted = radios.find((radio) => radio.value === query.get("level")) || radios.at(-1);
  controls.forEach((control) => { control.checked = control === wanted || query.getAll(control.name).includes(control.value); });
  show();
}

function note(how, address) {
  try { history[how](null, "", address); } catch { /* where it may not change, all else works */ }
}

// Each choice is a step that the back button takes back.
function change() {
  const query = new URLSearchParams(chosen().map(({ name, value }) => [name, value]));
  show();
  note("pushState", String(query) ? `?${query}` : location.pathname);
}

function read() {
  choose(new URLSearchParams(location.search));
  reveal();
}

// Whoever follows a link to an entry sees it, whatever was chosen before.
function reveal() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target || !target.closest("[hidden]")) { return; }
  choose(new URLSearchParams());
  note("replaceState", location.pathname + location.hash);
  target.scrollIntoView();
}

facets.forEach((facet) => {
  const summary = one("summary", facet), field = one("[type=search]", facet), items = all("li", facet);
  const close = () => { facet.open = false; summary.focus(); };
  one("[data-close]", facet).onclick = close;
  facet.onkeydown = ({ key }) => { if (key === "Escape") { close(); } };
  facet.ontoggle = () => { if (facet.open) { one(".facet-box", facet).scrollIntoView({ block: "nearest" }); } };
  field?.addEventListener("input", () => {
    const sought = folded(field.value), fits = (item) => folded(item.textContent).includes(sought);
    items.forEach((item) => { item.hidden = !fits(item); });
    const n = number(items.filter(fits).length), total = number(items.length);
    one("[role=status]", facet).textContent = sought && worded(words.found, { n, total });
  });
});
onclick = ({ target }) => facets.forEach((facet) => { facet.open &&= facet.contains(target); });
controls.forEach((control) => { control.onchange = change; });
clear.onclick = () => {
  choose(new URLSearchParams());
  change();
  (one(":checked", sieve) || one("summary", sieve)).focus();
};
onpopstate = onpageshow = read;
onhashchange = reveal;
one("[data-facets]")?.removeAttribute("hidden");
read();
