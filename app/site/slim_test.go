//go:build !js

package site

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// slimmed returns a directory that Slim wrote, one for all tests.
func slimmed(t *testing.T) string {
	t.Helper()
	slimOnce.Do(func() {
		t.Chdir("../..") // Slim reads the project's go.mod
		if slimDir, slimErr = os.MkdirTemp("", "paramstack-slim-"); slimErr == nil {
			slimErr = Slim(slimDir)
		}
		t.Chdir("app/site")
	})
	if slimErr != nil {
		t.Fatal(slimErr)
	}
	return slimDir
}

var (
	slimOnce sync.Once
	slimDir  string
	slimErr  error
)

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(slimDir)
	os.Exit(code)
}

// What serves is gone from the copy, and its licence is there.
func TestSlim(t *testing.T) {
	dir := slimmed(t)
	for name := range serving {
		data, err := os.ReadFile(filepath.Join(dir, "go-app/pkg", name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "net/http") {
			t.Errorf("%s still serves", name)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "go-app/LICENSE")); err != nil {
		t.Error(err)
	}
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	if err != nil || !strings.Contains(string(mod), "replace "+goApp+" => ") {
		t.Errorf("go.mod does not replace go-app: %v", err)
	}
}

// Each patch applies to the go-app of go.mod, and stops where its passage is not there
// exactly once.
func TestPatches(t *testing.T) {
	dir := slimmed(t)
	for _, p := range patches {
		done, err := os.ReadFile(filepath.Join(dir, "go-app/pkg", p.file))
		if err != nil {
			t.Fatal(err)
		}
		before, after, ok := strings.Cut(string(done), p.new)
		if !ok || strings.Contains(before, p.old) || strings.Contains(after, p.old) {
			t.Errorf("%s is not patched", p.file)
		}
		for what, source := range map[string]string{"gone": "package app", "twice": p.old + p.old} {
			if _, err := p.apply([]byte(source)); err == nil || !strings.Contains(err.Error(), p.file) {
				t.Errorf("%s, passage %s: error %v", p.file, what, err)
			}
		}
	}
}

// A go-app without a file or a function that is to be changed stops the build.
func TestSlimStops(t *testing.T) {
	if err := copyModule(t.TempDir(), t.TempDir()); err == nil || !strings.Contains(err.Error(), "no longer has") {
		t.Errorf("an empty go-app: error %v", err)
	}
	for name, keep := range serving {
		if _, err := strip(name, []byte("package app\n"), append(keep, "other")); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s without its functions: error %v", name, err)
		}
	}
}
