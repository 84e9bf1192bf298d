/* Filters of the timeline: what is picked narrows the list, is counted at once and stands in the address. */
"use strict";
const depths = { key: 1, more: 2, all: 3 };

const some = (n, total) => worded(words.some, { n: number(n), total: number(total) });
const trait = ({ name, value }) => `${name} ${value}`, placed = (choices) => new Map(choices.map((choice, place) => [choice, place]));

const radios = all("[name=level]"), controls = [...boxes, ...radios];
const drawing = one(".bars");
let entries, places, kindOf, counts, bars;

// The entries as they stand on the page. Where they do not, overview.js has them.
const cards = {
  ready: (n) => n > 0,
  read() {
    const places = placed(boxes.map(trait));
    const had = (kind, ids) => ids?.split(" ").map((id) => places.get(`${kind} ${id}`)) || [];
    return { places, entries: all(".cards > li").map((item) => {
      const { dataset } = item.firstElementChild, year = item.closest(".year").id.slice(1);
      const traits = kinds.flatMap((kind) => had(kind, dataset[kind]));
      return { item, traits, phase: dataset.phase || "", year, rank: +item.className.slice(-1) };
    }) };
  },
  show() {
    entries.forEach(({ item, fits }) => { item.hidden = !fits; });
    all(".month, .year").forEach((part) => { part.hidden = !one(".cards > li:not([hidden])", part); });
  },
};
const list = typeof overview === "undefined" ? cards : overview;

// Once something is picked; until then the page is as it came, and as the style sheet shows its levels.
function prepare() {
  if (entries) { return; }
  ({ places, entries } = list.read());
  kindOf = [...places.keys()].map((choice) => 1 << kinds.indexOf(choice.split(" ")[0]));
  all(".n1, .n2").forEach((text) => text.remove());
  all(".n3").forEach((text) => text.classList.remove("n3"));
  counts = all("[data-of]").map((line) => ({ line, full: line.textContent }));
  bars = all(".bar").map((bar) => ({ bar, label: bar.ariaLabel }));
}

const chosen = () => controls.filter((control) => control.checked && control !== radios.at(-1));

// An entry fits if it has one of the picked choices of each kind. One that fails in a single kind still counts there.
// Kinds are bits of a number and choices go by their place, since there may be a hundred thousand entries.
function sift() {
  const depth = depths[radios.find((radio) => radio.checked)?.value] || 3, wanted = new Set(picked().map((box) => places.get(trait(box))));
  const kindsWanted = picked().reduce((bits, box) => bits | 1 << kinds.indexOf(box.name), 0);
  const found = { shown: 0, ranks: [0, 0, 0, 0], choices: new Uint32Array(places.size), years: {} };
  entries.forEach((entry) => {
    const { traits, rank, year, phase } = entry;
    let failed = kindsWanted;
    traits.forEach((place) => { if (wanted.has(place)) { failed &= ~kindOf[place]; } });
    entry.fits = !failed && rank <= depth;
    if (!failed) { found.ranks[rank] += 1; }
    if (rank > depth || failed & (failed - 1)) { return; } // it fails in two kinds or more
    traits.forEach((place) => { if (!failed || failed === kindOf[place]) { found.choices[place] += 1; } });
    if (failed) { return; }
    const tally = found.years[year] ||= { total: 0, phases: new Map() };
    found.shown += 1;
    tally.total += 1;
    tally.phases.set(phase, (tally.phases.get(phase) || 0) + 1);
  });
  return found;
}

function showChoices({ shown, choices, ranks }) {
  boxes.forEach((box) => showCount(box, choices[places.get(trait(box))] || 0));
  radios.forEach((radio) => showCount(radio, ranks.reduce((n, of, rank) => n + (rank <= depths[radio.value] ? of : 0), 0)));
  one("[data-shown]").textContent = !shown ? words.none : shown < entries.length ? some(shown, entries.length) : words.all;
  clear.hidden = !chosen().length;
}

function showYears({ shown, years }) {
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
    const tally = years[bar.dataset.year] || { total: 0, phases: new Map() }, full = bar.dataset.total;
    const sum = one(".total", bar), year = one(".tick", bar).textContent;
    const said = tally.total < full ? worded(words.bar, { year, entries: some(tally.total, full) }) : label;
    let top = +drawing.dataset.height + 16;
    all(".part", bar).forEach((part) => {
      const share = drawing.dataset.height * (tally.phases.get(part.dataset.phase) || 0) / drawing.dataset.highest;
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
  if (!entries && !list.ready(chosen().length)) { return; }
  prepare();
  const found = sift();
  [showChoices, showPicked, list.show, showYears, showBars].forEach((part) => part(found));
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
  const target = location.hash && document.getElementById(location.hash.slice(1));
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
