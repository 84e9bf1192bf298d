/* Comfort only; every page is whole without it. A classic script, so that pages opened from disk have it too. */
(function () {
  "use strict";
  var root = document.documentElement;
  var modes = ["auto", "light", "dark"];

  function remembered() {
    try { return localStorage.getItem("theme") || "auto"; } catch (refused) { return "auto"; }
  }

  function apply(mode) {
    if (mode === "light" || mode === "dark") { root.dataset.theme = mode; } else { delete root.dataset.theme; }
  }

  apply(remembered()); // in the head, so that no page flashes in the other colours

  function themeButton() {
    var button = document.querySelector("[data-theme-button]");
    if (!button) { return; }
    var mode = modes.indexOf(remembered()) < 0 ? "auto" : remembered();
    function show() { button.querySelector(".label").textContent = button.dataset[mode]; }
    button.addEventListener("click", function () {
      mode = modes[(modes.indexOf(mode) + 1) % modes.length];
      try { localStorage.setItem("theme", mode); } catch (refused) { /* it then lasts for this page */ }
      apply(mode);
      show();
    });
    show();
    button.hidden = false;
  }

  function currentYear() {
    var years = document.querySelectorAll("section.year[id]");
    var map = document.querySelector("[data-minimap]");
    if (!map || !years.length || !("IntersectionObserver" in window)) { return; }
    var inView = new Set();
    var watcher = new IntersectionObserver(function (changes) {
      changes.forEach(function (change) {
        if (change.isIntersecting) { inView.add(change.target); } else { inView.delete(change.target); }
      });
      var first = Array.from(years).find(function (year) { return inView.has(year); });
      var now = first ? first.id.slice(1) : "";
      map.querySelectorAll("[data-year]").forEach(function (link) {
        if (link.dataset.year === now) { link.setAttribute("aria-current", "location"); }
        else { link.removeAttribute("aria-current"); }
      });
    }, { rootMargin: "-110px 0px -60% 0px" });
    years.forEach(function (year) { watcher.observe(year); });
  }

  // A card that has not been in view has a guessed height, so the number of pixels that a browser comes back to is not the
  // place that was left; the card that was at the top is.
  function samePlace() {
    var cards = Array.from(document.querySelectorAll(".cards > li > [id]"));
    function left() { return "left " + location.pathname + location.search; }
    function top(card) { return card.getBoundingClientRect().top; }
    function find(place, frames) {
      var card = document.getElementById(place.id);
      if (card) { scrollBy(0, top(card) - place.top); }
      if (card && frames) { requestAnimationFrame(function () { find(place, frames - 1); }); } // as its neighbours grow
    }
    addEventListener("pagehide", function () {
      var first = cards.find(function (card) { return card.getBoundingClientRect().bottom > 0; });
      if (!first) { return; }
      try { sessionStorage.setItem(left(), JSON.stringify({ id: first.id, top: top(first) })); } catch (refused) { /* it then is near */ }
    });
    addEventListener("load", function () {
      var came = performance.getEntriesByType("navigation")[0], place = null;
      try { place = JSON.parse(sessionStorage.getItem(left())); } catch (refused) { /* as above */ }
      if (place && came && came.type !== "navigate") { find(place, 10); }
    });
  }

  function closeYearList() {
    document.querySelectorAll(".year-list a").forEach(function (link) {
      link.addEventListener("click", function () { link.closest("details").open = false; });
    });
  }

  function copyButtons() {
    if (!navigator.clipboard) { return; }
    document.querySelectorAll("[data-copy]").forEach(function (part) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = part.dataset.copyLabel;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", function () {
        navigator.clipboard.writeText(part.href || part.value || part.textContent).then(function () {
          button.textContent = part.dataset.copiedLabel;
          setTimeout(function () { button.textContent = part.dataset.copyLabel; }, 4000);
        });
      });
      part.after(button);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    [themeButton, currentYear, samePlace, closeYearList, copyButtons].forEach(function (part) { part(); });
  });
}());
