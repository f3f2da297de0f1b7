// Runs before the first paint and before the program: what cannot wait for it. Names
// between double underscores are filled in by the build: app/site/fill.go.
(() => {
  "use strict";
  const root = document.documentElement;

  // Storage may be forbidden, and go-app uses it without asking: then there is one
  // that lasts as long as the page.
  try {
    localStorage.getItem(__THEME_KEY__);
  } catch {
    class Storage extends Map {
      getItem(key) { return this.get(key) ?? null; }
      setItem(key, value) { this.set(key, String(value)); }
      removeItem(key) { this.delete(key); }
    }
    Object.defineProperty(window, "localStorage", { value: new Storage() });
  }
  const stored = (key) => localStorage.getItem(key);
  const theme = stored(__THEME_KEY__);
  if (__THEMES__.includes(theme)) root.dataset.theme = theme;
  const langs = __LANGS__; // the first is for all who ask for another
  const asked = (stored(__LANG_KEY__) || navigator.language || "").toLowerCase().split("-")[0];
  root.lang = langs.includes(asked) ? asked : langs[0];

  // With a link in the address, the prerendered network is not the one asked for.
  if (location.hash.length > 1) root.dataset.link = "";

  // go-app parses the address as Go does, and a malformed percent sign ends the
  // program. Such a fragment is taken out of the address and put aside, for the
  // program to explain what is wrong with it.
  const malformed = /%(?![0-9a-f]{2})/i;
  const fragment = (href) => href.split("#").slice(1).join("#");
  const guard = (href) => {
    const raw = fragment(href);
    window.paramstackRawHash = malformed.test(raw) ? raw : null;
    if (!malformed.test(location.hash)) return;
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
    } catch {
      location.hash = ""; // Safari allows only so many in a while
    }
  };
  guard(location.href);
  // This script is first, so its listeners are called before the program's. By
  // the time of hashchange the address is fixed already: newURL has the old one.
  addEventListener("popstate", () => guard(location.href), true);
  addEventListener(
    "hashchange",
    (event) => {
      // Where the address could only be fixed by another change, nobody went back.
      if (!location.hash && malformed.test(fragment(event.oldURL))) event.stopImmediatePropagation();
      else guard(event.newURL);
    },
    true,
  );

  // paramstackFail shows why there is no editor, in all languages: the page may not know
  // yet which one is preferred. The page stays as it is.
  const reasons = __REASONS__;
  window.paramstackFail = (why, err) => {
    const loader = document.getElementById("app-wasm-loader");
    const label = document.getElementById("app-wasm-loader-label");
    if (!loader || !label) return;
    const line = (tag, text, lang) => {
      const el = document.createElement(tag);
      el.textContent = text;
      if (lang) el.lang = lang;
      return el;
    };
    label.replaceChildren(...langs.map((lang) => line("span", reasons[why][lang], lang)));
    if (err) label.append(line("small", String(err)));
    root.removeAttribute("data-link"); // nothing else will come: show the example
    root.dataset.failed = why;
    label.hidden = loader.hidden = false;
  };
})();
