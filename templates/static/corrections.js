/* The kind of change that is shown stands in the address, so that a reload, a link and the back button keep it. The page
   itself is narrowed by its style sheet. */
"use strict";
const kinds = [...document.querySelectorAll("[name=kind]")];

function read() {
  const asked = new URLSearchParams(location.search).get("kind");
  (kinds.find(({ value }) => value === asked) || kinds[0]).checked = true;
}

kinds.forEach((kind) => {
  kind.onchange = () => {
    const address = kind === kinds[0] ? location.pathname : `?kind=${kind.value}`;
    try { history.pushState(null, "", address); } catch { /* where it may not change, the choice works all the same */ }
  };
});
onpopstate = onpageshow = read;
