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
self.addEventListener("activate", (event) => event.waitUntil(dropOlder()));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== scope.origin || !pathname.startsWith(scope.pathname)) return;
  event.respondWith(answer(event, pathname.slice(scope.pathname.length)));
});

// The host's max-age must not mix the files of two versions. To ask again costs a 304
// for each, not a download.
async function install() {
  const cache = await caches.open(current);
  await cache.addAll(firstVisit.map((file) => new Request(file, { cache: "no-cache" })));
  await self.skipWaiting();
}

async function dropOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(family) && name !== current);
  await Promise.all(older.map((name) => caches.delete(name)));
}

// answer returns a file of the site, the kept one if there is one. The page is the same
// whatever is asked of it, and has two names. What is loaded on demand is kept once
// somebody has used it; a full storage is no reason not to use it.
async function answer(event, file) {
  const { request } = event;
  const page = request.mode === "navigate" && (file === "" || file === "index.html");
  const name = page ? scope.href : request.url;
  const cache = await caches.open(current);
  const kept = await cache.match(name);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok && onDemand.includes(file)) event.waitUntil(cache.put(name, response.clone()).catch(() => {}));
  return response;
}
