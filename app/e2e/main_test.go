//go:build !js

// Package e2e drives the built site in a real Chromium.
//
// TestMain builds the site once with build.sh and starts one browser. Every test
// gets a page of its own in a fresh profile:
//
//	p := open(t, "")                       // ready to use, at /repo/
//	p.click("#undo")
//	p.typeKeys("conv 64 k3")
//	p.press("ctrl+z")
//	p.wait("the total", `document.querySelector("…").dataset.value === "300"`)
//	if got := p.value("#preset"); got != "toy" { … }
//
// Nothing sleeps: what takes time is waited for with a deadline. An uncaught
// exception, a console error or a request to another host fails the test at its
// end, unless p.allow expects it; a test that fails leaves a picture.
//
//	PARAMSTACK_SITE=DIR    use a built site instead of building one
//	PARAMSTACK_SHOTS=DIR   keep screenshots there
//
// Without Chromium the tests are skipped; where CI is set they fail.
package e2e

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

var (
	siteDir string          // the built site
	browser context.Context // the running Chromium, nil if there is none
)

// browsers are the names of Chromium's program.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

func TestMain(m *testing.M) {
	code, err := runAll(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		code = 1
	}
	os.Exit(code)
}

func runAll(m *testing.M) (code int, err error) {
	if siteDir = os.Getenv("PARAMSTACK_SITE"); siteDir == "" {
		tmp, err := os.MkdirTemp("", "paramstack-e2e-")
		if err != nil {
			return 1, err
		}
		defer os.RemoveAll(tmp)
		siteDir = filepath.Join(tmp, "site")
		build := exec.Command("../../build.sh", siteDir)
		if out, err := build.CombinedOutput(); err != nil {
			return 1, fmt.Errorf("build.sh: %w\n%s", err, out)
		}
	}
	for _, name := range browsers {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		stop, err := startBrowser(path)
		if err != nil {
			return 1, fmt.Errorf("starting %s: %w", path, err)
		}
		defer stop()
		break
	}
	return m.Run(), nil
}

// TestSources looks at all that the site is built from. go test cannot see that by
// itself; what a test has looked at makes it run all of them again when it changes.
func TestSources(t *testing.T) {
	for _, root := range []string{"../../app", "../../core", "../../web", "../../build.sh", "../../go.mod"} {
		err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
			if err == nil && !strings.HasSuffix(p, "_test.go") {
				_, err = os.Stat(p)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// startBrowser starts a Chromium that knows no host but this machine.
func startBrowser(path string) (stop func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("lang", "en-US"),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocator)
	stop = func() { stopBrowser(); stopAllocator() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, err
	}
	browser = ctx
	return stop, nil
}
