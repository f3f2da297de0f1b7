//go:build !js

package e2e

import (
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// opens is how often each page is opened by BenchmarkOpen.
const opens = 9

// BenchmarkOpen is from the start of a first visit, nothing cached, to a page that can be
// used: AlexNet, which the page opens with, ResNet-152 by its link, and an empty page of
// go-app, built here as in its documentation. They take turns, so that what else the
// machine does meets all of them; x-empty is how many times as long as the empty page
// AlexNet takes, task is the longest of each, with what is drawn when nothing else is to be
// done.
func BenchmarkOpen(b *testing.B) {
	pages := []struct{ name, url, fragment string }{
		{"alexnet", host(b, os.DirFS(siteDir)) + "repo/", ""},
		{"resnet152", host(b, os.DirFS(siteDir)) + "repo/", ""},
		{"empty", host(b, os.DirFS(emptySite(b))), ""},
	}
	pages[1].fragment = "#" + cardOf(b, "resnet-152").Link
	ms := map[string][]float64{}
	for b.Loop() {
		for n := range opens + 1 {
			for _, c := range pages {
				p := newPage(b, c.url)
				p.visit(c.fragment)
				took := eval[float64](p, `performance.getEntriesByName("paramstack-ready")[0].startTime`)
				task := eval[float64](p, longestTask)
				p.stop()
				if n > 0 { // the host compresses its files when they are first asked for
					ms[c.name] = append(ms[c.name], took)
					ms[c.name+"-task"] = append(ms[c.name+"-task"], task)
				}
			}
		}
	}
	for _, c := range pages {
		report(b, c.name, ms[c.name])
		report(b, c.name+"-task", ms[c.name+"-task"])
	}
	b.ReportMetric(ms["alexnet"][opens/2]/ms["empty"][opens/2], "x-empty")
}

// longestTask is the longest task until the page has been idle for a while; 0 if none took
// 50 ms.
const longestTask = `new Promise((done) => {
	let most = 0;
	new PerformanceObserver((l) => { for (const e of l.getEntries()) most = Math.max(most, e.duration); }).observe({ type: "longtask", buffered: true });
	setTimeout(() => requestIdleCallback(() => setTimeout(() => done(most), 100)), 300);
})`

// emptySite builds testdata/empty with go-app as it is, and returns its directory.
func emptySite(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	run := func(env []string, name string, args ...string) string {
		cmd := exec.Command(name, args...)
		cmd.Env = append(os.Environ(), env...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			b.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
		}
		return strings.TrimSpace(string(out))
	}
	run(nil, "go", "run", "./testdata/empty", dir)
	run([]string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"}, "go", "build", "-trimpath", "-ldflags=-s -w",
		"-o", filepath.Join(dir, "web/app.wasm"), "./testdata/empty")
	exec, err := os.ReadFile(filepath.Join(run(nil, "go", "env", "GOROOT"), "lib/wasm/wasm_exec.js"))
	if err != nil {
		b.Fatal(err)
	}
	// go-app's own is of an older Go.
	if err := os.WriteFile(filepath.Join(dir, "wasm_exec.js"), exec, 0o644); err != nil {
		b.Fatal(err)
	}
	icon, err := os.Create(filepath.Join(dir, "web/icon.png"))
	if err != nil {
		b.Fatal(err)
	}
	if err := png.Encode(icon, image.NewGray(image.Rect(0, 0, 192, 192))); err != nil {
		b.Fatal(err)
	}
	if err := icon.Close(); err != nil {
		b.Fatal(err)
	}
	return dir
}
