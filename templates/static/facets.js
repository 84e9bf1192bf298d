/* Filters, as the timeline and the search have them: boxes that open, names that can be found, choices that can be taken
   back. The script of the page that comes after this one says in `change()` what a choice does. */
"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const number = new Intl.NumberFormat(document.documentElement.lang).format;
const worded = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const folded = (text) => text.normalize("NFD").toLowerCase().replace(/[^\p{L}\p{N} ]/gu, "");

const sieve = one("[data-sieve]"), words = sieve.dataset;
const facets = all("[data-facet]");
const kinds = facets.map((facet) => facet.dataset.facet);
const boxes = all("[type=checkbox]", sieve);
const clear = one("[data-clear]"), chips = one("[data-picked]");
const labels = (kind) => new Map(boxes.filter(({ name }) => name === kind).map((box) => [box.value, box.nextElementSibling]));
const labelled = { phase: labels("phase"), place: labels("place"), grade: labels("grade") };
const picked = () => boxes.filter((box) => box.checked);

// An entry as a line of a list, from a copy of the page's skeleton. All that it is told is text, `phase` and `places` are ids.
function lineOf(skeleton, { address, title, date, phase, places = [] }) {
  const line = skeleton.cloneNode(true), sign = labelled.phase.get(phase);
  const where = places.map((id) => labelled.place.get(id)?.textContent).filter(Boolean).join(words.separator);
  one("a", line).href = address;
  one("a", line).textContent = title;
  one(".date", line).textContent = date;
  one(".where", line).textContent = where;
  one(".where", line).hidden = !where;
  if (sign) {
    one(".who-phase", line).textContent = sign.textContent.trim();
    const shape = one("svg", sign)?.cloneNode(true);
    if (shape) {
      line.firstElementChild.classList.add(...[...shape.classList].filter((name) => name.startsWith("ph-")));
      line.firstElementChild.prepend(shape);
    }
  }
  return line;
}

// The number beside a choice tells what it would show.
function showCount(control, n) {
  const count = one(".count", control.parentNode), told = number(n);
  if (count.textContent !== told) { count.textContent = told; } // what is written anew is laid out anew
  control.parentNode.classList.toggle("is-none", !n);
}

function showPicked() {
  facets.forEach((facet) => { one(".chosen", facet).textContent = all(":checked", facet).length || ""; });
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

function note(how, address) {
  try { history[how](null, "", address); } catch { /* where it may not change, all else works */ }
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
