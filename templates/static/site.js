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
    [themeButton, currentYear, closeYearList, copyButtons].forEach(function (part) { part(); });
  });
}());
