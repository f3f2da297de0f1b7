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
      get length() { return this.size; }
      key(n) { return [...this.keys()][n] ?? null; }
    }
    Object.defineProperty(window, "localStorage", { value: new Storage() });
  }
  const stored = (key) => localStorage.getItem(key);
  const theme = stored(__THEME_KEY__);
  if (__THEMES__.includes(theme)) root.dataset.theme = theme;
  const langs = __LANGS__; // the first is for all who ask for another
  const asked = (stored(__LANG_KEY__) || navigator.language || "").toLowerCase().split("-")[0];
  root.lang = langs.includes(asked) ? asked : langs[0];

  // The page as first drawn is there in every language. Nothing is seen of the default
  // one where another is asked for.
  if (root.lang !== langs[0]) {
    root.dataset.turning = "";
    const turn = () => {
      const page = document.querySelector(`template[data-lang="${root.lang}"]`);
      const whole = document.readyState !== "loading";
      if (!("turning" in root.dataset)) return; // once is enough
      if (!whole && !page?.nextElementSibling) return; // it is still being read
      watch.disconnect();
      if (page) document.body.firstElementChild.replaceWith(page.content);
      delete root.dataset.turning;
    };
    const watch = new MutationObserver(turn);
    watch.observe(root, { childList: true, subtree: true });
    document.addEventListener("readystatechange", turn, { once: true });
  }

  // With a link in the address, the prerendered network is not the one asked for; nor is
  // it after a reload of another.
  const left = () => {
    try {
      return sessionStorage.getItem(__LEFT_KEY__);
    } catch {
      return null;
    }
  };
  if (location.hash.length > 1 || left()) root.dataset.link = "";

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

  // Search engines read the prerendered page, and ?wasm=false shows it to others.
  // There is a maker of telephones named Cubot.
  const readsOnly =
    /bot|crawl|spider/i.test(navigator.userAgent.replace(/cubot/gi, "")) ||
    new URLSearchParams(location.search).get("wasm") === "false";

  // Reports in hundredths how much of the program is here. Its size is known from the
  // build: hosts name that of the compressed file, if any.
  const counted = (response) => {
    let loaded = 0;
    let shown = 0;
    const show = () => {
      const hundredths = Math.min(100, Math.round((100 * loaded) / __WASM_SIZE__));
      const bar = document.getElementById("app-wasm-loader-bar");
      if (bar && hundredths !== shown) bar.value = shown = hundredths;
    };
    // What comes before the bar is read counts too.
    addEventListener("DOMContentLoaded", show, { once: true });
    const counter = new TransformStream({
      transform(chunk, out) {
        loaded += chunk.byteLength;
        show();
        out.enqueue(chunk);
      },
    });
    return response.body.pipeThrough(counter);
  };

  // Fetches and compiles the program while the page is still being read. A host may not
  // know its type, without which it would not be compiled as it arrives.
  //
  // To be counted it goes in pieces through this thread, which reads the page meanwhile:
  // that takes longer than a host nearby needs to send it. From there, where the service
  // worker keeps it too, it is compiled uncounted, and the bar states no number.
  const [visit] = performance.getEntriesByType("navigation");
  const near = visit?.responseStart - visit?.requestStart < 40; // ms
  const compile = async () => {
    if (near && WebAssembly.compileStreaming) {
      const bare = () => document.getElementById("app-wasm-loader-bar")?.removeAttribute("value");
      addEventListener("DOMContentLoaded", bare, { once: true });
      try {
        return await WebAssembly.compileStreaming(fetch("web/app.wasm"));
      } catch {} // of another type perhaps
      removeEventListener("DOMContentLoaded", bare);
    }
    const response = await fetch("web/app.wasm");
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const headers = { "Content-Type": "application/wasm" };
    const program = new Response(counted(response), { headers });
    return WebAssembly.compileStreaming
      ? WebAssembly.compileStreaming(program)
      : WebAssembly.compile(await program.arrayBuffer());
  };
  const possible = typeof WebAssembly === "object";
  window.paramstackProgram = readsOnly || !possible ? null : compile();
  window.paramstackProgram?.catch(() => {}); // app.js says what went wrong

  // What is clicked, chosen or typed until the page is drawn is done then, on the same
  // element, or on the one that has its place. The program listens a little earlier, and
  // must not answer as well: each is done once, and in the order in which they were.
  const early = [];
  const place = (el) => {
    const marks = (e) => [...e.attributes].filter(({ name }) => name === "id" || /^data-(?!node$)/.test(name));
    const row = el.closest("[data-node]");
    const own = el.id ? [el.attributes.id] : marks(el);
    return (row && row !== el ? `[data-node="${CSS.escape(row.dataset.node)}"] ` : "") +
      el.localName + own.map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`).join("");
  };
  // A key that types nothing where it is pressed, and that means nothing to the browser.
  const bare = ({ key, ctrlKey, altKey, metaKey, target }) =>
    /^(\S|Process)$/u.test(key) && !ctrlKey && !altKey && !metaKey && !target.closest?.("input, textarea, select");
  const note = (event) => {
    const { type, target } = event;
    if (root.dataset.failed) return;
    const key = type === "keydown";
    const el = key ? root : target.closest?.("[data-act], [data-node]");
    if (key ? !bare(event) : !el || (/click/.test(type) && target.closest("select, textarea, a"))) return;
    event.stopImmediatePropagation();
    const value = /change|input/.test(type) ? target.value : null;
    if (value !== null) early.splice(0, early.length, ...early.filter((e) => e.target !== target || e.event.type !== type));
    early.push({ event, target, value, place: place(el) });
    root.dataset.waiting = "";
  };
  const kinds = ["click", "dblclick", "change", "input", "keydown"];
  const begin = () => {
    kinds.forEach((kind) => removeEventListener(kind, note, true));
    document.getElementById("app-wasm-loader")?.setAttribute("hidden", "");
    delete root.dataset.waiting;
    delete root.dataset.loading;
    for (const { event, target, value, place } of early) {
      const there = target.isConnected ? target : document.querySelector(place);
      // A key goes where the focus is, which what came before it may have moved.
      const now = event.type === "keydown" ? document.activeElement : there;
      if (!now || now.closest(":disabled")) continue;
      if (value !== null) now.value = value;
      now.dispatchEvent(new event.constructor(event.type, event));
    }
  };
  if (!readsOnly) {
    root.dataset.loading = "";
    kinds.forEach((kind) => addEventListener(kind, note, true));
    const drawn = new MutationObserver(() => {
      if (root.dataset.drawn !== "true") return;
      drawn.disconnect();
      begin();
    });
    drawn.observe(root, { attributes: true, attributeFilter: ["data-drawn"] });
  }

  // paramstackFail shows why there is no editor, in all languages: the page may not know
  // yet which one is preferred. The page stays as it is, below.
  const reasons = __REASONS__;
  const words = __WORDS__;
  window.paramstackFail = (why, err) => {
    const loader = document.getElementById("app-wasm-loader");
    const label = document.getElementById("app-wasm-loader-label");
    if (!loader || !label || root.dataset.failed) return;
    const make = (tag, text, lang) => {
      const el = document.createElement(tag);
      if (text) el.textContent = text;
      if (lang) el.lang = lang;
      return el;
    };
    const inAll = (tag, texts) => {
      const el = make(tag);
      el.append(...langs.flatMap((lang, i) => [...(i ? [" · "] : []), make("span", texts[lang], lang)]));
      return el;
    };
    const button = (texts, act) => {
      const el = inAll("button", texts);
      el.type = "button";
      el.addEventListener("click", act);
      return el;
    };
    const detail = err ? String(err) : label.textContent; // where go-app writes why it ends
    label.replaceChildren(...langs.map((lang) => make("span", reasons[why][lang], lang)));
    if (detail) label.append(make("small", detail));
    const buttons = make("span");
    buttons.className = "boot-acts";
    if (why !== "wasm") buttons.append(button(words.reload, () => location.reload()));
    // What was made must not be lost: here is its text.
    const network = document.getElementById("text")?.value;
    if (why === "stopped" && network) {
      const text = make("textarea", network);
      text.readOnly = true;
      text.rows = 5;
      text.ariaLabel = words.network[root.lang];
      buttons.append(button(words.copy, () => {
        text.select();
        navigator.clipboard?.writeText(network).catch(() => document.execCommand("copy"));
      }));
      label.after(text);
    }
    label.append(buttons);
    // On top, so that it covers nothing, and in sight wherever the page is scrolled to.
    document.body.prepend(loader);
    delete root.dataset.link; // nothing else will come: show the example
    delete root.dataset.loading;
    delete root.dataset.waiting;
    root.dataset.failed = why;
    label.hidden = loader.hidden = false;
  };
  // A trap inside the program ends it without a word.
  addEventListener("error", ({ error }) => {
    if (possible && error instanceof WebAssembly.RuntimeError) window.paramstackFail("stopped", error);
  });
})();
