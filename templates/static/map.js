/* A filter, zooming, moving. Without it the page is whole. It has no motion and no words of its own. */
"use strict";
{
const MOST = 12, TIERS = [0, 520, 900, 1800, 3600], STEP = 1.5;
const all = (what, where = document) => [...where.querySelectorAll(what)];
const set = (element, values) => Object.entries(values).forEach(([name, value]) => element.setAttribute(name, value));
const on = (target, names, act, how) => names.split(" ").forEach((name) => target.addEventListener(name, act, how));
const within = (value, least, most) => Math.min(most, Math.max(least, value));

// Which entries are in, which places have any, and which phase then leads in each.
function filter(form) {
  const data = form.dataset, { from, to } = form.elements, boxes = all("[name=phase]", form), places = [];
  const entries = data.entries.split(" ").map((entry) => {
    const [year, phase] = entry.split(".");
    return { year: +year, phase: phase || "-" };
  });
  const told = (n) => n.toLocaleString(form.closest("html").lang);
  const sizes = data.sizes.trim().split(" ").map((step) => step.split(":")), drawn = {};
  all(".map-marks [data-place]").forEach((mark) => { (drawn[mark.dataset.place] ||= []).push(mark); });
  all("li[data-at]").forEach((row) => {
    const marks = (drawn[row.dataset.place] || []).map((mark) => ({ mark, label: mark.getAttribute("aria-label") }));
    const count = row.querySelector(".count b");
    places.push({ row, marks, count, full: count.textContent, at: row.dataset.at.match(/\d+/g) || [] });
  });

  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const whole = () => from.value === from.min && to.value === to.max && boxes.every((box) => box.checked);
  const counted = (what, n) => data[what + (n === 1 ? "One" : "Other")].replace("{n}", told(n));
  // A year as the page words it: the year 0 is 1 BC, and the first hundred are not left as bare numbers.
  const worded = (n) => data[n < 1 ? "before" : n < 100 ? "early" : "year"].replace("{year}", n < 1 ? 1 - n : n);

  function dress(mark, hits) {
    const leads = (box) => hits.filter((n) => entries[n].phase === box.value).length * 2 > hits.length;
    const { colour = "mixed", shape = "mixed" } = boxes.find(leads)?.dataset || {};
    set(mark, { class: mark.getAttribute("class").replace(/ph-\w+/, "ph-" + colour) });
    const sign = mark.querySelector(".sign"), [, size] = sizes.find(([least]) => hits.length >= least);
    if (sign) { set(sign, { href: "#sign_" + shape, x: -size / 2, y: -size / 2, width: size, height: size }); }
  }

  function show() {
    const phases = chosen(), seen = new Set(), somewhere = [], everything = whole();
    const fits = ({ year, phase }) => year >= +from.value && year <= +to.value && (!boxes.length || phases.includes(phase));
    places.forEach(({ row, at, marks, count, full }) => {
      const hits = at.filter((n) => fits(entries[n])), some = data.some.replace("{n}", told(hits.length)).replace("{total}", told(at.length));
      count.textContent = hits.length < at.length ? some : full;
      hits.forEach((n) => seen.add(n));
      row.hidden = !hits.length && !everything;
      if (hits.length) { somewhere.push(row); }
      marks.forEach(({ mark, label }) => {
        mark.classList.toggle("out", !hits.length);
        if (hits.length) { dress(mark, hits); }
        if (label) { mark.ariaLabel = mark.querySelector("title").textContent = label.replace(full, count.textContent); }
      });
    });
    all(".map-group").forEach((group) => { group.hidden = !group.querySelector("li:not([hidden])"); });
    [from, to].forEach((slider) => { slider.ariaValueText = slider.parentNode.querySelector("b").textContent = worded(+slider.value); });
    form.querySelector("[role=status]").textContent = data.status
      .replace("{entries}", counted("entries", seen.size)).replace("{places}", counted("places", somewhere.length));
  }

  function note(at = "") {
    const state = `#from=${from.value}&to=${to.value}&phase=${chosen()}${at && "&at=" + at}`;
    try { history.replaceState(null, "", whole() ? "#" + at : state); } catch { /* refused */ }
  }

  // As the address says; without a filter in it as the form is, which a browser that goes back fills in again. A link
  // within the page leaves only its part there: the filter joins it, lest it be lost when the page is loaded again.
  function recall({ type }) {
    const state = new URLSearchParams(location.hash.slice(1)), phases = state.get("phase")?.split(",");
    if (state.has("from")) {
      from.value = state.get("from");
      to.value = state.get("to") || to.max;
      boxes.forEach((box) => { box.checked = !phases || phases.includes(box.value); });
    }
    if (state.has("from") || !whole()) { show(); }
    if (!state.has("from") && !whole()) { note(location.hash.slice(1)); }
    if (type === "pageshow" && !scrollY) { document.getElementById(state.get("at"))?.scrollIntoView(); }
  }

  on(form, "input", ({ target }) => {
    if (+from.value > +to.value) { (target === from ? to : from).value = target.value; }
    show();
    note();
  });
  on(form, "reset", () => setTimeout(() => { show(); note(); }));
  on(window, "hashchange pageshow", recall);
}

// What of a map is in view, in hundredths. Marks are placed in hundredths too, so they keep their size.
function zoomable(map) {
  const [frame, land, frames, marks, tools] = ["frame", "land", "frames", "marks", "tools"].map((part) => map.querySelector(".map-" + part));
  const [, , width, height] = frames.getAttribute("viewBox").split(" ").map(Number);
  const pointers = new Map();
  let left = 0, top = 0, zoom = 1, start = null, moved = false;
  let list;
  const placed = () => list ||= all(":scope > svg, :scope > a > svg, circle[cx]", marks).map((item) => {
    const names = item.hasAttribute("cx") ? ["cx", "cy"] : ["x", "y"];
    const [x, y] = names.map((name) => parseFloat(item.getAttribute(name)));
    return { item, names, x, y };
  });
  const seen = ({ x, y }) => [(x - left) * zoom, (y - top) * zoom];

  function show(x, y, by) {
    zoom = within(by, 1, MOST);
    left = within(x, 0, 100 - 100 / zoom);
    top = within(y, 0, 100 - 100 / zoom);
    frame.style.aspectRatio = `${width} / ${height}`;
    land.style.width = `${100 * zoom}%`;
    land.style.margin = `${-top * zoom * height / width}% 0 0 ${-left * zoom}%`;
    set(frames, { viewBox: [left * width / 100, top * height / 100, width / zoom, height / zoom].join(" ") });
    placed().forEach((one) => seen(one).forEach((value, n) => one.item.setAttribute(one.names[n], value + "%")));
    marks.dataset.tier = TIERS.filter((tier) => tier <= frame.clientWidth * zoom).length - 1;
    frame.classList.toggle("zoomed", zoom > 1);
  }

  const whole = () => show(0, 0, 1);
  const move = (dx, dy) => show(left + dx / zoom, top + dy / zoom, zoom);
  const scale = (by, [x, y] = [0.5, 0.5]) => { // the point x, y of the frame stays where it is
    const next = within(zoom * by, 1, MOST), gain = 100 / zoom - 100 / next;
    show(left + x * gain, top + y * gain, next);
  };
  const at = ({ clientX, clientY }) => {
    const box = frame.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height];
  };
  const grip = () => { // the middle of the fingers, and how far they are apart
    const [[x, y], [u, v] = [x, y]] = pointers.values();
    return { x: (x + u) / 2, y: (y + v) / 2, apart: Math.hypot(x - u, y - v) };
  };
  const closer = () => scale(STEP), wider = () => scale(1 / STEP);
  const acts = { "+": closer, "=": closer, in: closer, "-": wider, _: wider, out: wider, 0: whole, all: whole };
  const arrows = { ArrowLeft: [-15, 0], ArrowRight: [15, 0], ArrowUp: [0, -15], ArrowDown: [0, 15] };

  on(frame, "keydown", (event) => {
    const { key } = event, arrow = zoom > 1 && arrows[key], act = key.length === 1 && acts[key];
    if (event.ctrlKey || event.metaKey || event.altKey || !(arrow || act)) { return; }
    event.preventDefault();
    if (arrow) { move(...arrow); } else { act(); }
  });
  on(tools, "click", ({ target }) => {
    acts[target.closest("button")?.dataset.zoom]?.();
  });
  on(frame, "wheel", (event) => {
    if (event.ctrlKey) {
      event.preventDefault();
      scale(Math.exp(-event.deltaY / 200), at(event));
    }
  }, { passive: false });
  on(frame, "pointerdown", (event) => {
    if (event.button || event.target.closest(".map-tools")) { return; }
    pointers.set(event.pointerId, at(event));
    start = grip();
    moved = false;
  });
  on(window, "pointermove", (event) => {
    if (!pointers.has(event.pointerId)) { return; }
    pointers.set(event.pointerId, at(event));
    const now = grip();
    moved ||= pointers.size > 1 || Math.hypot(now.x - start.x, now.y - start.y) > 0.01;
    if (!moved) { return; }
    move((start.x - now.x) * 100, (start.y - now.y) * 100);
    if (pointers.size > 1 && start.apart) { scale(now.apart / start.apart, [now.x, now.y]); }
    start = now;
  });
  on(window, "pointerup pointercancel", ({ pointerId }) => {
    pointers.delete(pointerId);
    if (pointers.size) { start = grip(); }
  });
  on(frame, "dragstart", (event) => event.preventDefault());
  on(frame, "click", (event) => { if (moved) { event.preventDefault(); moved = false; } }, true);
  on(frame, "focusin", ({ target }) => { // a mark out of view is brought into it
    const one = placed().find(({ item }) => item.parentNode === target);
    frame.scrollTo(0, 0);
    if (one && seen(one).some((value) => value < 0 || value > 100)) { show(one.x - 50 / zoom, one.y - 50 / zoom, zoom); }
  });
  on(window, "resize", () => { if (zoom > 1) { move(0, 0); } }); // a whole map is the style sheet's
}

all(".map-filter").forEach(filter);
all("[data-map]").forEach(zoomable);
all(".map-filter, .map-help, .map-tools").forEach((part) => { part.hidden = false; });
}
