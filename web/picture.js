// Shows the diagram that the program has drawn: core/picture. What was there before is
// changed into what is to be there, element by element, so that what moves is seen to
// move (picture.css) and the keyboard's focus stays where it is.
"use strict";
(() => {
  const view = () => document.getElementById("picture-view");
  let zoom = null; // as large as it is drawn, or a little smaller if all of it can be seen then
  let shown = 0; // when it was last changed
  let cursor = "";
  let lit = [];

  // Which of the old elements a new one is: that of the same row and panel, else the next
  // of the same kind.
  const name = (el) => `${el.localName} ${el.getAttribute("data-panel") ?? ""} ${el.getAttribute("data-node") ?? ""}`;
  const alike = (a, b) => a.localName === b.localName && a.getAttribute("data-node") === b.getAttribute("data-node");

  const change = (old, now) => {
    const to = now.attributes;
    let known = 0; // of the old attributes
    for (let i = 0; i < to.length; i++) {
      const { name, value } = to[i];
      const was = old.getAttribute(name);
      if (was !== null) known++;
      if (was !== value) old.setAttribute(name, value);
    }
    if (old.attributes.length > to.length || known < to.length) {
      for (const { name } of [...old.attributes]) if (!now.hasAttribute(name)) old.removeAttribute(name);
    }
    let from = old.firstElementChild;
    let child = now.firstElementChild;
    if (!from && !child) {
      if (old.textContent !== now.textContent) old.textContent = now.textContent;
      return;
    }
    // Mostly the same elements come in the same order.
    while (from && child && alike(from, child)) {
      const next = child.nextElementSibling;
      if (!from.isEqualNode(child)) change(from, child);
      from = from.nextElementSibling;
      child = next;
    }
    if (!from && !child) return;
    const spare = new Map();
    for (let el = from; el; el = el.nextElementSibling) {
      const key = name(el);
      if (spare.has(key)) spare.get(key).push(el);
      else spare.set(key, [el]);
    }
    let place = from;
    while (child) {
      const next = child.nextElementSibling;
      const mine = spare.get(name(child))?.shift();
      if (mine) change(mine, child);
      const el = mine ?? child;
      if (el === place) place = place.nextElementSibling;
      else old.insertBefore(el, place);
      child = next;
    }
    for (const rest of spare.values()) for (const el of rest) el.remove();
  };

  // What is drawn of a row: its own block and areas. Where it has no block, those of the
  // rows in it, else the one that it is a part of: that of the layer before, of the block
  // around it, or of one around that.
  const marks = (key) => {
    if (!key || !view()) return [];
    const find = (attribute, key) => [...view().querySelectorAll(`[${attribute}="${CSS.escape(key)}"]`)];
    const block = (row) => find("data-node", row.dataset.node).filter((el) => el.hasAttribute("data-shape"));
    const own = find("data-node", key);
    if (own.some((el) => el.hasAttribute("data-shape"))) return own;
    const held = find("data-holds~", key);
    const row = document.getElementById(`row-${key}`);
    if (held.length || !row) return [...own, ...held];
    const level = (row) => Number(row.getAttribute("aria-level"));
    const rows = [...document.querySelectorAll("#stack [data-node]")];
    const at = rows.indexOf(row);
    const inside = [];
    for (let i = at + 1; i < rows.length && level(rows[i]) > level(row); i++) inside.push(...block(rows[i]));
    if (inside.length) return [...own, ...inside];
    for (let i = at - 1, above = level(row); i >= 0 && !inside.length; i--) {
      if (level(rows[i]) >= above) continue;
      above = level(rows[i]);
      inside.push(...block(rows[i]));
    }
    return [...own, ...inside];
  };

  // As large as it is drawn, or a little smaller if all of it can be seen then. Where it
  // has a place of a height (picture.css) it takes all of that: nothing moves.
  let at = 1;
  const fits = () => Math.min(1, (view().clientWidth - 2) / view().querySelector("svg").viewBox.baseVal.width);
  const scale = () => {
    const svg = view()?.querySelector("svg");
    if (!svg) return;
    const { width, height } = svg.viewBox.baseVal;
    const room = { width: view().clientWidth - 2, height: parseFloat(getComputedStyle(view()).minHeight) };
    view().classList.add("scaled");
    const wide = fits() > 0.8 ? fits() : 1;
    const high = room.height / height;
    at = zoom ?? (high > 0.8 ? Math.min(wide, high) : wide);
    const whole = !zoom && at * width <= room.width && at * height <= room.height && Math.min(room.width / width, high) < 1.2;
    svg.setAttribute("width", Math.round(whole ? room.width : width * at));
    svg.setAttribute("height", Math.floor(whole ? room.height : height * at));
  };

  // The program calls this after every change. An empty text leaves the picture as it is.
  window.paramstackPicture = (text, row) => {
    const place = view();
    if (!place) return;
    if (text) {
      const box = document.createElement("template");
      box.innerHTML = text;
      const now = box.content.firstElementChild;
      const old = place.firstElementChild;
      // One change is seen to move; many quick ones would only be a blur, and late.
      const time = performance.now();
      place.classList.toggle("moves", shown && time - shown > 400);
      shown = time;
      if (old) change(old, now);
      else place.append(now);
      scale();
    }
    for (const el of marks(cursor)) el.classList.remove("cur");
    cursor = row;
    for (const el of marks(cursor)) el.classList.add("cur");
    for (const el of lit) el.classList.add("lit");
  };

  // Draws an exported picture as PNG, so many times as large, and saves it; 0 copies it.
  window.paramstackPNG = (name, text, times) => {
    const draw = async () => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
      await image.decode();
      URL.revokeObjectURL(image.src);
      const canvas = document.createElement("canvas");
      const most = 16384 / Math.max(image.width, image.height); // what browsers draw at once
      const by = Math.min(times || 2, most);
      canvas.width = Math.round(image.width * by);
      canvas.height = Math.round(image.height * by);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no PNG"))), "image/png"));
    };
    // The clipboard takes the promise, so that it is still the click that copies.
    if (!times) return navigator.clipboard.write([new ClipboardItem({ "image/png": draw() })]);
    return draw().then((blob) => {
      const a = document.createElement("a");
      a.href = URL.createObjectURL(blob);
      a.download = name;
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 30000);
    });
  };

  // Pointing at a block lights its row and its areas, and back.
  const point = (event) => {
    const el = event.target.closest?.("#picture [data-node], #stack [data-node]");
    const key = el?.getAttribute("data-node") ?? "";
    if (lit.key === key && lit.every((el) => el.classList.contains("lit"))) return;
    for (const el of lit) el.classList.remove("lit");
    lit = marks(key);
    const row = document.getElementById(`row-${key}`);
    if (row && lit.length) lit.push(row);
    lit.key = key;
    for (const el of lit) el.classList.add("lit");
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("pointermove", point); // what was lit may have been drawn again
  document.addEventListener("focusin", point);

  // A click goes to the row, which the program selects.
  document.addEventListener("click", (event) => {
    const to = event.target.closest?.("[data-zoom]")?.dataset.zoom;
    if (to) {
      if (!view()?.querySelector("svg")) return;
      zoom = to === "fit" ? fits() : Math.min(4, Math.max(0.25, to === "in" ? at * 1.25 : at / 1.25));
      scale();
      return;
    }
    const key = event.target.closest?.("#picture [data-node]")?.getAttribute("data-node");
    if (key) document.getElementById(`row-${key}`)?.scrollIntoView({ block: "center" });
  });

  // The arrows go from block to block; Enter is a click.
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("#picture [role=button]");
    if (!here) return;
    const blocks = [...here.parentNode.querySelectorAll(":scope > [role=button]")];
    const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -blocks.length, End: blocks.length };
    if (event.key === "Enter" || event.key === " ") {
      here.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      document.getElementById(`row-${here.getAttribute("data-node")}`)?.focus({ preventScroll: true });
    } else if (event.key in steps) {
      const to = Math.min(blocks.length - 1, Math.max(0, blocks.indexOf(here) + steps[event.key]));
      here.setAttribute("tabindex", "-1");
      blocks[to].setAttribute("tabindex", "0");
      blocks[to].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // Drawn by hand: a mouse pans by dragging; a finger scrolls.
  let drag = null;
  document.addEventListener("pointerdown", (event) => {
    const place = event.target.closest?.("#picture-view");
    if (place && event.pointerType === "mouse" && event.button === 0) {
      drag = { place, x: event.clientX, left: place.scrollLeft, y: event.clientY, top: place.scrollTop };
    }
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    drag.place.scrollLeft = drag.left - (event.clientX - drag.x);
    drag.place.scrollTop = drag.top - (event.clientY - drag.y);
  });
  document.addEventListener("pointerup", () => (drag = null));
  document.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !event.target.closest?.("#picture-view")) return;
    event.preventDefault();
    zoom = Math.min(4, Math.max(0.25, at * (event.deltaY < 0 ? 1.1 : 1 / 1.1)));
    scale();
  }, { passive: false });
  addEventListener("resize", scale);
})();
