// The service worker: keeps the page for offline use. It may share its origin with
// other sites and with other copies of this one, so it keeps to its own scope and to its
// own caches. Names between double underscores are filled in by the build:
// app/site/fill.go.
"use strict";

const scope = new URL(self.registration.scope);
const family = `paramstack-${scope.pathname}@`; // how the names of its caches begin
const current = family + __VERSION__;
const firstVisit = __FIRST_VISIT__;
const onDemand = __ON_DEMAND__;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.waitUntil(keep(onDemand).catch(() => {}))); // offline, or full
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return;
  event.respondWith(answer(event, pathname.slice(scope.pathname.length)));
});

async function install() {
  await keep(firstVisit);
  await self.skipWaiting();
}

// keep has the cache hold files: all that are missing, or none of them. The host's max-age
// must not mix the files of two versions. To ask again costs a 304 for each, not a download.
async function keep(files) {
  const cache = await caches.open(current);
  const kept = await Promise.all(files.map((file) => cache.match(new URL(file, scope))));
  const missing = files.filter((_, i) => !kept[i]);
  await cache.addAll(missing.map((file) => new Request(new URL(file, scope), { cache: "no-cache" })));
}

// takeOver drops what older versions kept, and answers for the page from now on: on a
// first visit too, so that what it loads later may come from here.
async function takeOver() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(family) && name !== current);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// answer returns a file of the site, the kept one if there is one. The page is the same
// whatever is asked of it, and has two names. What is loaded on demand is kept once
// somebody has used it; a full storage is no reason not to use it. If a file of the first
// visit has gone from the cache, all that have are fetched again.
async function answer(event, file) {
  const { request } = event;
  const page = request.mode === "navigate" && (file === "" || file === "index.html");
  const name = page ? scope.href : request.url;
  const cache = await caches.open(current);
  const kept = await cache.match(name);
  if (kept) return kept;
  const response = await fetch(request);
  if (firstVisit.includes(file || "./")) event.waitUntil(keep(firstVisit).catch(() => {}));
  if (response.ok && onDemand.includes(file)) event.waitUntil(cache.put(name, response.clone()).catch(() => {}));
  return response;
}
