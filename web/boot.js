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
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const lang = stored(__LANG_KEY__) || navigator.language || "en";
  root.lang = /^ko\b/i.test(lang) ? "ko" : "en";

  // With a link in the address, the prerendered network is not the one wanted.
  if (location.hash.length > 1) root.dataset.link = "";

  // go-app parses the address as Go does, and a malformed percent sign ends the
  // program. Such a fragment is taken out of the address and put aside, for the
  // program to say what is wrong with it.
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
  // the time of hashchange the address is mended already: newURL has the old one.
  addEventListener("popstate", () => guard(location.href), true);
  addEventListener(
    "hashchange",
    (event) => {
      // Where the address could only be mended by another change, nobody went back.
      if (!location.hash && malformed.test(fragment(event.oldURL))) event.stopImmediatePropagation();
      else guard(event.newURL);
    },
    true,
  );

  const words = {
    wasm: [
      "This browser does not support WebAssembly, which the editor requires. You can still read the page.",
      "이 브라우저는 편집기에 필요한 WebAssembly를 지원하지 않습니다. 페이지 읽기는 계속할 수 있습니다.",
    ],
    load: [
      "The editor could not be loaded. You can still read the page, or reload to try again.",
      "편집기를 불러오지 못했습니다. 페이지는 계속 읽을 수 있으며, 새로고침하면 다시 시도합니다.",
    ],
    stopped: [
      "The editor has stopped. Reload the page to continue.",
      "편집기가 멈췄습니다. 계속하려면 페이지를 새로고침하세요.",
    ],
  };

  // paramstackFail says why there is no editor, in both languages: the page may
  // not know yet which one is wanted. The page stays as it is.
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
    const [en, ko] = words[why];
    label.replaceChildren(line("span", en, "en"), line("span", ko, "ko"));
    if (err) label.append(line("small", String(err)));
    root.removeAttribute("data-link"); // nothing else will come: show the example
    root.dataset.failed = why;
    label.hidden = loader.hidden = false;
  };
})();
