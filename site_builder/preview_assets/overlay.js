/* The preview in the browser: loads the page again when there is a new build of the site, and lists what stops one.
   The server sends its whole state each time; a page that has missed a message learns of it with the next. */
"use strict";
(() => {
  const own = document.currentScript;
  const build = own.dataset.build;
  const waiting = document.body?.classList.contains("waiting") ?? false;
  const address = (name) => new URL(name, own.src);
  let panel = null; // the shadow tree of the panel, while there is one
  let shown = ""; // the errors in it
  let before = null; // what had the focus

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  function receive(state) {
    if (state.build !== build) {
      location.reload();
    } else if (!waiting) {
      show(state);
    }
  }

  function show(state) {
    const now = JSON.stringify([state.errors, state.old]);
    if (now === shown) return;
    shown = now;
    close();
    if (state.errors.length) open(state);
    else if (state.old) tell("These are the pages of your last preview; today’s are being made.");
  }

  function open(state) {
    const title = make("h2", { id: "title", tabIndex: -1 });
    title.textContent = `${state.count} ${state.count === 1 ? "error" : "errors"}: this is the last good build`;
    const button = make("button", { className: "close", type: "button", textContent: "Close (Esc)" });
    button.addEventListener("click", close);
    const list = make("ol", {}, ...state.errors.map(item));
    const section = frame("alertdialog", make("header", {}, title, button), list);
    section.setAttribute("aria-labelledby", "title");
    if (state.count > state.errors.length) {
      section.append(make("p", { textContent: `and ${state.count - state.errors.length} more, in the terminal` }));
    }
    before = document.activeElement;
    title.focus({ preventScroll: true });
  }

  function frame(role, ...children) {
    const host = make("div", { id: "preview_" });
    const section = make("section", { className: "panel" }, ...children);
    section.setAttribute("role", role);
    panel = host.attachShadow({ mode: "open" });
    panel.append(make("link", { rel: "stylesheet", href: address("overlay.css") }), section);
    document.body.append(host);
    return section;
  }

  function close() {
    if (!panel) return;
    panel.host.remove();
    panel = null;
    if (before?.isConnected) before.focus({ preventScroll: true });
    before = null;
  }

  function item(error) {
    const place = make("button", { type: "button", textContent: error.place, title: `Copy ${error.copy}` });
    const said = make("span", { className: "note" });
    said.setAttribute("role", "status");
    place.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(error.copy);
        said.textContent = " copied";
      } catch {
        said.textContent = ` ${error.copy}`;
      }
    });
    const entry = make("li", {}, place, said, make("p", { textContent: error.message, dir: "auto" }));
    if (error.hint) entry.append(make("p", { className: "hint", textContent: error.hint, dir: "auto" }));
    if (error.excerpt.trim()) entry.append(excerpt(error));
    return entry;
  }

  function excerpt(error) {
    const letters = Array.from(error.excerpt); // columns count code points
    const at = error.column - 1;
    const line = make("pre", { dir: "auto", tabIndex: 0 });
    if (error.column < 1 || at >= letters.length) {
      line.textContent = letters.slice(0, 200).join("");
      return line;
    }
    const start = Math.max(0, at - 60);
    line.append(
      (start ? "…" : "") + letters.slice(start, at).join(""),
      make("mark", { textContent: letters[at] }),
      letters.slice(at + 1, at + 120).join("") + (letters.length > at + 120 ? "…" : ""),
    );
    return line;
  }

  function tell(text) {
    frame("status", make("p", { textContent: text })).dataset.quiet = "";
  }

  function ended() {
    if (panel || waiting) return;
    tell("The preview has ended: this page does not follow your edits any more.");
    shown = "ended";
  }

  /* Some browsers do not count a socket of the same origin as 'self' in a policy; those ask again and again. */
  async function ask() {
    try {
      receive(await (await fetch(address(`state.json?page=${encodeURIComponent(location.pathname)}`))).json());
      setTimeout(ask, 1000);
    } catch {
      setTimeout(follow, 1000);
    }
  }

  let lost = 0;
  function follow() {
    const socket = new WebSocket(address("socket").href.replace(/^http/, "ws"));
    let opened = false;
    socket.addEventListener("open", () => {
      opened = true;
      lost = 0;
      const protocols = ["http://livereload.com/protocols/official-7"];
      socket.send(JSON.stringify({ command: "hello", protocols }));
      socket.send(JSON.stringify({ command: "info", url: location.href }));
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.command === "preview") receive(message);
    });
    socket.addEventListener("close", () => {
      lost += 1;
      if (lost === 2) ended();
      setTimeout(opened || lost > 1 ? follow : ask, 500);
    });
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  follow();
})();
