/* Filters of the timeline: what is picked narrows the list, is counted at once and stands in the address. */
"use strict";
const add = (tally, key) => { tally[key] = (tally[key] || 0) + 1; };
const depths = { key: 1, more: 2, all: 3 };

const some = (n, total) => worded(words.some, { n: number(n), total: number(total) });

const radios = all("[name=level]"), controls = [...boxes, ...radios];
const drawing = one(".bars");
let entries, counts, bars;

// Once something is picked; until then the page is as it came, and as the style sheet shows its levels.
function prepare() {
  if (entries) { return; }
  all(".n1, .n2").forEach((text) => text.remove());
  all(".n3").forEach((text) => text.classList.remove("n3"));
  entries = all(".cards > li").map((item) => {
    const traits = item.firstElementChild.dataset;
    const has = Object.fromEntries(kinds.map((kind) => [kind, traits[kind]?.split(" ") || []]));
    return { item, has, phase: traits.phase || "", year: item.closest(".year").id.slice(1), rank: +item.className.slice(-1) };
  });
  counts = all("[data-of]").map((line) => ({ line, full: line.textContent }));
  bars = all(".bar").map((bar) => ({ bar, label: bar.ariaLabel }));
}

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
  controls.forEach((control) => showCount(control, choices[`${control.name} ${control.value}`] || 0));
  one("[data-shown]").textContent = !shown ? words.none : shown < entries.length ? some(shown, entries.length) : words.all;
  clear.hidden = !chosen().length;
}

function showList({ shown, years }) {
  all(".month, .year").forEach((part) => { part.hidden = !one(".cards > li:not([hidden])", part); });
  counts.forEach(({ line, full }) => {
    const n = years[line.dataset.of]?.total || 0;
    line.textContent = n < line.dataset.total ? some(n, line.dataset.total) : full;
    line.closest("li")?.toggleAttribute("hidden", !n);
  });
  one(".year-list")?.toggleAttribute("hidden", !shown);
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
  if (!entries && !chosen().length) { return; }
  prepare();
  const found = sift();
  [showChoices, showPicked, showList, showBars].forEach((part) => part(found));
}

function choose(query) {
  const wanted = radios.find((radio) => radio.value === query.get("level")) || radios.at(-1);
  controls.forEach((control) => {
    const checked = control === wanted || query.getAll(control.name).includes(control.value);
    if (control.checked !== checked) { control.checked = checked; } // also the same value would have the page styled anew
  });
  show();
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
