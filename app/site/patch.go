//go:build !js

package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// updateEvery is how often an open page looks for a newer version.
const updateEvery = time.Hour

// A patch replaces a passage of go-app's output that must occur exactly once:
// when go-app changes, the build stops instead of shipping it unmended.
type patch struct{ old, new string }

func mend(name, text string, patches []patch) (string, error) {
	for _, p := range patches {
		if n := strings.Count(text, p.old); n != 1 {
			return "", fmt.Errorf("site: go-app's %s has %d times, not once, what is to be mended: %q", name, n, p.old)
		}
		text = strings.Replace(text, p.old, p.new, 1)
	}
	return text, nil
}

// scriptPatches mend app.js, which loads the program.
func scriptPatches(wasmSize int) []patch {
	return []patch{
		// The prefix is where this very script came from, so that the same
		// files work under every path.
		{`const goappLoadingLabel = "{progress}";`, fmt.Sprintf(`const goappBase = new URL(".", document.currentScript.src);
goappEnv.GOAPP_ROOT_PREFIX = goappEnv.GOAPP_STATIC_RESOURCES_URL =
  goappBase.pathname.replace(/\/$/, "");
const goappWasmSize = %d;`, wasmSize)},
		{`const goappWasmContentLengthHeader = "";
`, ""},
		// The worker loads everything once more, mostly from the browser's
		// cache: let the program come first.
		{`goappInitServiceWorker();
goappWatchForUpdate();
goappWatchForInstallable();
goappInitWebAssembly();`, `goappWatchForUpdate();
goappWatchForInstallable();
goappInitWebAssembly().then(goappInitServiceWorker);`},
		{`"/app-worker.js"`, `new URL("app-worker.js", goappBase)`},
		{`    registration.update();
`, `    registration.update().catch(() => {}); // offline is no error
`},
		{`  let instantiateStreaming = WebAssembly.instantiateStreaming;`, `  if (typeof WebAssembly !== "object") {
    paramstackFail("wasm");
    return;
  }

  let instantiateStreaming = WebAssembly.instantiateStreaming;`},
		// A thin bar instead of a spinner over the whole page.
		{`  const loaderIcon = document.getElementById("app-wasm-loader-icon");
  const loaderLabel = document.getElementById("app-wasm-loader-label");
`, `  const loaderBar = document.getElementById("app-wasm-loader-bar");
`},
		{`loaderLabel.innerText = goappLoadingLabel.replace("{progress}", progress);`, `loaderBar.value = progress;`},
		{`fetchWithProgress("/web/app.wasm", showProgress)`, `fetchWithProgress(new URL("web/app.wasm", goappBase), showProgress)`},
		{`    go.run(wasm.instance);
    loader.remove();
`, `    go.run(wasm.instance).then(() => paramstackFail("stopped"));
    loader.hidden = true;
`},
		{`    loaderIcon.className = "goapp-logo";
    loaderLabel.innerText = err;
    console.error(`, `    paramstackFail("load", err);
    console.error(`},
		// Content-Length is the compressed size on most hosts; what arrives
		// here is decoded.
		{`  const response = await fetch(url);

  let contentLength;
  try {
    contentLength = response.headers.get(goappWasmContentLengthHeader);
  } catch {}
  if (!goappWasmContentLengthHeader || !contentLength) {
    contentLength = response.headers.get("Content-Length");
  }

  const total = parseInt(contentLength, 10);
`, `  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(response.status + " " + response.statusText);
  }

  const total = goappWasmSize;
`},
		{`progess(Math.round((loaded * 100) / total));`, `progess(Math.min(100, Math.round((loaded * 100) / total)));`},
		// Hosts that do not know the type would make streaming fail.
		{`    res.headers.set(pair[0], pair[1]);
  }
`, `    res.headers.set(pair[0], pair[1]);
  }
  res.headers.set("Content-Type", "application/wasm");
`},
	}
}

// worker mends the service worker: it may share its origin with other sites and
// with other copies of this one, so it keeps to its own scope and its own
// caches.
func worker(text string, files map[string][]byte) (string, error) {
	list := []string{"./"}
	for _, p := range paths(files) {
		if p != "index.html" && !slices.Contains(onDemand, p) && !strings.HasPrefix(p, ".") {
			list = append(list, p)
		}
	}
	resources, err := json.Marshal(list)
	if err != nil {
		return "", err
	}
	from := strings.Index(text, "const resourcesToCache = ")
	if from < 0 {
		return "", fmt.Errorf("site: go-app's app-worker.js has no list of resources")
	}
	to := from + strings.Index(text[from:], "\n")
	late, err := json.Marshal(onDemand)
	if err != nil {
		return "", err
	}
	constants := fmt.Sprintf("const onDemand = %s;\nconst resourcesToCache = %s;", late, resources)
	return mend("app-worker.js", text[:from]+constants+text[to:], workerPatches)
}

var workerPatches = []patch{
	{`const cacheName = "app-" + "` + versionMark + `";`, `const scope = new URL(self.registration.scope);
const cachePrefix = "paramstack-" + scope.pathname + "@";
const cacheName = cachePrefix + "` + versionMark + `";`},
	// The host's max-age must not mix the files of two versions. Asking again
	// costs a 304 for each, not a download.
	{`cache.addAll(resourcesToCache)`, `cache.addAll(
          resourcesToCache.map((url) => new Request(url, { cache: "no-cache" }))
        )`},
	{`        self.skipWaiting();`, `        return self.skipWaiting();`},
	{`if (key !== cacheName) {`, `if (key.startsWith(cachePrefix) && key !== cacheName) {`},
	{`  event.respondWith(
    caches.match(event.request).then((response) => {
      return response || fetch(event.request);
    })
  );
`, `  const request = event.request;
  const url = new URL(request.url);
  if (
    request.method !== "GET" ||
    url.origin !== scope.origin ||
    !url.pathname.startsWith(scope.pathname)
  ) {
    return;
  }
  let wanted = request;
  if (request.mode === "navigate") {
    // The page is the same whatever is asked of it, and has two names.
    const page = url.pathname.slice(scope.pathname.length);
    wanted = page === "" || page === "index.html" ? scope.href : request.url;
  }
  event.respondWith(
    caches
      .open(cacheName)
      .then(async (cache) => {
        const kept = await cache.match(wanted);
        if (kept) return kept;
        const response = await fetch(request);
        if (response.ok && onDemand.includes(url.pathname.slice(scope.pathname.length))) {
          await cache.put(wanted, response.clone());
        }
        return response;
      })
  );
`},
}
