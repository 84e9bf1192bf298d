/* Search over the index in pagefind/, which is made with the site. What is asked stands in the address. */
"use strict";
const library = new URL("../pagefind/pagefind.js", document.currentScript.src).href;
const AT_ONCE = 20;

const form = one("[data-seek]"), field = form.elements.q;
const live = one("[data-live]"), ways = one("[data-ways]"), list = one("[data-results]");
const more = one("[data-more]"), status = one("[data-shown]"), skeleton = one("[data-result]").content.firstElementChild;
const radios = all("[type=radio]", sieve);
const kindButtons = radios.filter(({ name }) => name === "kind");
const chosen = (name) => radios.find((radio) => radio.name === name && radio.checked).value;
let engine, found = [], turn = 0, typing = false;

function say(why) {
  all("[data-why]", ways).forEach((reason) => { reason.hidden = reason.dataset.why !== why; });
}

// Entries that have one of the picked choices of each kind; `open`: a kind in which everything will do.
function entries(open) {
  const wanted = { kind: "entry" };
  picked().filter(({ name }) => name !== open).forEach((box) => (wanted[box.name] ||= { any: [] }).any.push(box.value));
  return wanted;
}

// Beside each choice stands how many it would show, so each kind with choices is asked for once more without them.
async function seek() {
  const mine = ++turn, sought = field.value.trim(), kind = chosen("kind"), open = [...new Set(picked().map(({ name }) => name))];
  const sort = chosen("order") === "date" || !sought ? { date: "asc" } : {};
  const ask = (filters, more) => engine.search(sought || null, { filters, ...more });
  const [every, fitting, ...opened] = await Promise.all([ask({}), ask(entries(), { sort }), ...open.map((name) => ask(entries(name)))]);
  const shown = kind === "entry" ? fitting : await ask({ kind });
  if (mine !== turn) { return; } // something else has been asked since
  const counts = { ...fitting.filters, kind: { ...every.filters.kind, entry: fitting.results.length } };
  open.forEach((name, place) => { counts[name] = opened[place].filters[name]; });
  [...boxes, ...kindButtons].forEach((control) => showCount(control, counts[control.name]?.[control.value] || 0));
  showPicked();
  const other = kind !== "entry"; // the filters are those of entries, and narrow nothing else
  one("[data-facets]")?.toggleAttribute("hidden", other);
  chips.hidden ||= other;
  clear.hidden = other || !picked().length;
  one("[data-order]").hidden = kind !== "entry" || !sought;
  await show(!sought && !open.length && kind === "entry" ? [] : shown.results);
  const asked = sought || open.length || kind !== "entry", elsewhere = Object.values(counts.kind).some((n) => n);
  const key = !asked ? "hint" : !found.length ? (elsewhere ? "elsewhere" : "none") : found.length === 1 ? "one" : "other";
  if (mine === turn) { status.textContent = worded(words[key], { n: number(found.length) }); }
}

async function show(results) {
  found = results;
  list.replaceChildren();
  await add();
}

async function add() {
  const mine = turn, from = list.children.length;
  const pages = await Promise.all(found.slice(from, from + AT_ONCE).map((result) => result.data()));
  if (mine !== turn) { return; }
  list.append(...pages.map(item));
  more.hidden = list.children.length >= found.length;
}

function item({ url, meta, filters: traits, excerpt, plain_excerpt: plain, content }) {
  const result = lineOf(skeleton, { address: url, title: meta.title, date: meta.date || "", phase: traits.phase?.[0], places: traits.place });
  const begun = content.startsWith(plain) ? "" : "… ", ended = content.endsWith(plain) ? "" : " …";
  one(".summary", result).append(begun, ...marked(excerpt), ended);
  return result;
}

// The excerpt comes as a text in which `<` and `>` are escaped and the words found stand between <mark> and </mark>.
function marked(excerpt) {
  const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  return excerpt.split(/<mark>(.*?)<\/mark>/).map((part, place) => {
    if (place % 2 === 0) { return plain(part); }
    const mark = document.createElement("mark");
    mark.textContent = plain(part);
    return mark;
  });
}

// What is typed replaces itself in the address; a choice, and a search that is sent, is a step that the back button takes back.
function keep(step) {
  const query = new URLSearchParams();
  if (field.value.trim()) { query.set("q", field.value.trim()); }
  radios.filter((radio) => radio.checked && !radio.defaultChecked).forEach(({ name, value }) => query.append(name, value));
  picked().forEach(({ name, value }) => query.append(name, value));
  const address = String(query) ? `?${query}` : location.pathname;
  if (address !== location.search) { note(step ? "pushState" : "replaceState", address); }
}

function change() {
  keep(true);
  typing = false;
  seek();
}

function read() {
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") || "";
  radios.forEach((radio) => {
    const wanted = radios.find(({ name, value }) => name === radio.name && value === query.get(name));
    radio.checked = wanted ? wanted === radio : radio.defaultChecked;
  });
  boxes.forEach((box) => { box.checked = query.getAll(box.name).includes(box.value); });
  if (engine) { seek(); }
}

let waiting;
field.oninput = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    keep(!typing);
    typing = true;
    seek();
  }, 200);
};
form.onsubmit = (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  change();
};
[...boxes, ...radios].forEach((control) => { control.onchange = change; });
clear.onclick = () => {
  boxes.forEach((box) => { box.checked = false; });
  change();
  field.focus();
};
more.onclick = async () => {
  const next = list.children.length;
  await add();
  one("a", list.children[next]).focus();
};
onpopstate = onpageshow = read;

async function start() {
  read();
  if (location.protocol === "file:") { return say("disk"); }
  try {
    const loaded = await import(library);
    await loaded.init();
    await loaded.filters();
    engine = loaded;
  } catch {
    return say("missing");
  }
  ways.hidden = true;
  live.hidden = false;
  return seek();
}
start();
