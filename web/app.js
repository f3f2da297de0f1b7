// Loads the program, and keeps the page for offline use. go-app's Go side calls the
// functions whose names begin with goapp: app/site/script_test.go reads in its source
// which they are. Names between double underscores are filled in by the build:
// app/site/fill.go.
"use strict";
(() => {
  // The site is where this script came from: the same files work under every path.
  const base = new URL(".", document.currentScript.src);
  const prefix = base.pathname.replace(/\/$/, "");

  // What the program asks for before it starts.
  const environment = {
    GOAPP_ROOT_PREFIX: prefix,
    GOAPP_STATIC_RESOURCES_URL: prefix,
    GOAPP_INTERNAL_URLS: "[]", // other hosts that are shown in this window: none
  };
  window.goappGetenv = (name) => environment[name];

  // The program puts its own functions here when it starts. Until then nobody listens.
  window.goappNav = () => {};
  window.goappOnUpdate = () => {};
  window.goappOnAppInstallChange = () => {};

  // go-app takes every click on a link for a way to another page of the program.
  // What opens in a tab of its own is the browser's.
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[target=_blank]")) event.stopPropagation();
  });

  // Over the field that is edited, the wheel is its arrow keys. A listener on the whole
  // page would make all scrolling wait for it.
  const turn = (event) => {
    if (event.target !== document.activeElement || !event.deltaY || event.ctrlKey) return;
    event.preventDefault();
    const key = event.deltaY < 0 ? "ArrowUp" : "ArrowDown";
    event.target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  };
  document.addEventListener("focusin", ({ target }) => {
    if (target.dataset?.act === "edit") target.addEventListener("wheel", turn, { passive: false });
  });

  // Installing the page as an application.
  let offer = null; // the browser's, until it is used
  const change = (to) => {
    offer = to;
    window.goappOnAppInstallChange();
  };
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    change(event);
  });
  window.addEventListener("appinstalled", () => change(null));
  window.goappIsAppInstalled = () =>
    matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  window.goappIsAppInstallable = () => offer !== null && !window.goappIsAppInstalled();
  window.goappShowInstallPrompt = async () => {
    const asked = offer;
    offer = null; // an offer can be used once
    await asked?.prompt();
  };

  // Notices of the system. No server is there that could push one: an empty answer
  // is what go-app takes for "not subscribed".
  window.goappNewNotification = (json) => {
    const { title, path = "./", ...options } = JSON.parse(json);
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.goappNav(new URL(path, base).href);
      notice.close();
    };
  };
  window.goappSubscribePushNotifications = async () => "";

  // Takes away what other scripts add to the end of the body, until the function
  // returned is called.
  window.goappKeepBodyClean = () => {
    const body = document.body;
    const most = body.childElementCount;
    const watch = new MutationObserver(() => {
      while (body.childElementCount > most) body.lastElementChild.remove();
    });
    watch.observe(body, { childList: true });
    return () => watch.disconnect();
  };

  // What the build has drawn, for the program to take over: app/site/standin/adopt.go. All
  // nodes, and for each its name, its text, the numbers of its attributes and children,
  // and the attributes; of an icon, which the program draws as a piece, its markup. What
  // is in the diagram is picture.js's, not the program's.
  window.goappFound = () => {
    const nodes = [];
    const words = [];
    const visit = (node) => {
      nodes.push(node);
      if (node.nodeType !== Node.ELEMENT_NODE) {
        words.push(node.nodeName, node.data, 0, 0);
        return;
      }
      const tag = node.localName;
      if (tag === "svg" && node.hasAttribute("class")) {
        words.push(tag, node.outerHTML, 0, 0);
        return;
      }
      const attributes = node.attributes;
      const inside = node.id === "picture-view" ? null : node.firstChild;
      words.push(tag, "", attributes.length, inside ? node.childNodes.length : 0);
      for (let i = 0; i < attributes.length; i++) words.push(attributes[i].name, attributes[i].value);
      for (let child = inside; child; child = child.nextSibling) visit(child);
    };
    visit(document.body.firstElementChild);
    return { nodes, words: words.join("\x1f") };
  };

  // Makes an element with all that is in it: app/site/standin/make.go writes down what. Of
  // an element that is its name, perhaps with the namespace, how many attributes it has, and
  // those; then what is in it, until a slash. What begins with a point is a property.
  window.goappMake = (written) => {
    const nodes = [];
    const words = written.split("\x1f");
    let at = 0;
    const text = (word) => document.createTextNode(word);
    const markup = (word) => {
      const around = document.createElement("div");
      around.innerHTML = word;
      return around.removeChild(around.firstChild);
    };
    const make = () => {
      const [name, space] = words[at++].split(" ");
      if (name[0] === "#") {
        const node = (name === "#text" ? text : markup)(words[at++]);
        nodes.push(node);
        return node;
      }
      const element = space ? document.createElementNS(space, name) : document.createElement(name);
      nodes.push(element);
      for (let left = Number(words[at++]); left > 0; left--) {
        const key = words[at++];
        const value = words[at++];
        if (key[0] === ".") Reflect.set(element, key.slice(1), value);
        else element.setAttribute(key, value);
      }
      while (words[at] !== "/") element.append(make());
      at++;
      return element;
    };
    make();
    return nodes;
  };

  // The page can be read before the program takes the main thread for a while: on a slow
  // machine it would be white until then. A page in the background is not painted. Nor does
  // the program begin in the task in which the last of it arrived.
  const painted = () => new Promise((done) => {
    if (document.hidden || performance.getEntriesByType("paint").length > 0) {
      setTimeout(done);
      return;
    }
    requestAnimationFrame(() => setTimeout(done));
    document.addEventListener("visibilitychange", done, { once: true });
  });

  const start = async () => {
    if (typeof WebAssembly !== "object") {
      window.paramstackFail("wasm");
      return;
    }
    if (!window.paramstackProgram) { // for readers alone: boot.js
      document.getElementById("app-wasm-loader").remove();
      return;
    }
    try {
      const go = new Go();
      go.env = { GOTRACEBACK: "system" }; // instructions in stack traces: functions.txt has their names
      const instance = await WebAssembly.instantiate(await window.paramstackProgram, go.importObject);
      await painted();
      const stopped = (err) => window.paramstackFail("stopped", err);
      go.run(instance).then(() => stopped(), stopped);
    } catch (err) {
      window.paramstackFail("load", err);
      console.error("the program could not be loaded:", err);
    }
  };

  // What the page loads when it is first used is kept before, when nothing else is to be
  // done: then all of it works offline. Not where people pay for each byte.
  const keepRest = async () => {
    if (navigator.connection?.saveData) return;
    const { active } = await navigator.serviceWorker.ready;
    const idle = window.requestIdleCallback ?? ((f) => setTimeout(f, 1000));
    idle(() => active.postMessage("keep the rest"));
  };

  const registerWorker = async () => {
    if (!("serviceWorker" in navigator)) return;
    try {
      const registration = await navigator.serviceWorker.register(new URL("app-worker.js", base));
      registration.addEventListener("updatefound", () => {
        const next = registration.installing;
        next.addEventListener("statechange", () => {
          // On a first visit no worker controls the page, and nothing is older.
          if (next.state === "installed" && navigator.serviceWorker.controller) window.goappOnUpdate();
        });
      });
      setInterval(() => registration.update().catch(() => {}), __UPDATE_EVERY__); // offline is no error
      await keepRest();
    } catch (err) {
      console.error("the service worker could not be registered:", err);
    }
  };

  // The worker loads everything once more, mostly from the browser's cache: the
  // program comes first.
  start().then(registerWorker);
})();
