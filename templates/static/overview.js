/* The entries of a timeline that is too long for one page: fetched when something is first chosen, each shown as a line
   under its year. Comes before timeline.js, which does the choosing. */
"use strict";
const VERSION = 1; // of the index, see site_builder/sift_index.py
const AT_ONCE = 100; // entries that are shown at first, and that each "more" adds; but some of each year
const FEWEST = 3;

const overview = (() => {
  const status = one("[data-shown]"), came = [...status.childNodes], skeleton = one("[data-result]").content.firstElementChild;
  let loading, index, years;

  async function fetched() {
    if (location.protocol === "file:") { throw new Error("no page from a disk may ask for it"); }
    const answer = await fetch(words.index);
    if (!answer.ok) { throw new Error(answer.status); }
    const found = await answer.json();
    if (found.version !== VERSION) { throw new Error("another version"); }
    index = found;
  }

  // Whatever is chosen while it comes is shown when it is there. Where it does not come, the next choice tries again.
  function load() {
    status.textContent = words.loading;
    loading ||= fetched().then(() => {
      show();
      reveal();
    }, () => {
      if (chosen().length) { status.textContent = words.unloaded; }
    }).finally(() => { loading = null; });
  }

  function ready(n) {
    if (index) { return true; }
    showPicked();
    clear.hidden = !n;
    if (n) { load(); } else { status.replaceChildren(...came); }
    return false;
  }

  function read() {
    const ids = index.ids.split(" "), of = index.years.flatMap(([year, n]) => Array(n).fill(String(year)));
    const phases = index.choices.map((choice) => choice.startsWith("phase ") && choice.slice(6));
    let date = "";
    years = all(".year").map(drawer);
    const entries = index.traits.map((traits, n) => {
      date = index.dates[n] || date;
      const phase = phases[traits.find((place) => phases[place])] || "";
      return { id: ids[n], title: index.titles[n], date, traits, phase, year: of[n], rank: +index.ranks[n] };
    });
    const known = new Set(years.map(({ year }) => year)); // the index may be newer than the page
    return { places: placed(index.choices), entries: entries.filter(({ year }) => known.has(year)) };
  }

  // A year's section with the parts that take its entries.
  function drawer(section) {
    const lines = document.createElement("ol"), more = document.createElement("button");
    lines.className = "lines";
    more.type = "button";
    one(".column", section).append(lines, more);
    return { section, lines, more, name: one("h2", section).textContent, year: section.id.slice(1), key: one(".year-key", section) };
  }

  function line({ id, title, date, phase, traits }) {
    const own = (kind) => traits.map((place) => index.choices[place].split(" ")).filter(([of]) => of === kind).map(([, id]) => id);
    const made = lineOf(skeleton, { address: worded(index.page, { id }), title, date, phase, places: own("place") });
    const grade = labelled.grade.get(own("grade")[0]);
    if (grade) { one(".when", made).append(" ", grade.firstElementChild.cloneNode(true)); }
    return made;
  }

  function add({ lines, more, name }, fitting, n) {
    const from = lines.children.length, left = fitting.length - from - n;
    lines.append(...fitting.slice(from, from + n).map((entry) => entry.line ||= line(entry)));
    more.hidden = left <= 0;
    more.textContent = worded(words.more, { year: name, n: number(left) });
    more.onclick = () => {
      add({ lines, more, name }, fitting, AT_ONCE);
      one("a", lines.children[from + n]).focus();
    };
  }

  // How many of each year make about as many as are shown at once.
  function share(counts) {
    let n = FEWEST;
    const sum = (most) => counts.reduce((sum, count) => sum + Math.min(count, most), 0);
    while (n < AT_ONCE && sum(n + 1) <= AT_ONCE) { n += 1; }
    return n;
  }

  function display() {
    const sifted = chosen().length > 0, fitting = {};
    if (sifted) { entries.forEach((entry) => { if (entry.fits) { (fitting[entry.year] ||= []).push(entry); } }); }
    const most = share(Object.values(fitting).map((some) => some.length));
    years.forEach((part) => {
      const own = fitting[part.year] || [];
      part.section.hidden = sifted && !own.length;
      part.key?.toggleAttribute("hidden", sifted);
      part.lines.replaceChildren();
      add(part, own, most);
    });
  }

  sieve.hidden = false;
  return { ready, read, show: display };
})();
