//go:build !js

package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A linked package, as go list describes it.
type linked struct {
	ImportPath, Dir string
	Standard        bool
	Module          *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// Licences returns the licences of all that is linked into programs for the browser: the
// project's own first, then Go's, then those of other modules. modfile is the go.mod they
// are built with. A part without a licence file is an error: it must not be shipped.
func Licences(modfile string, programs ...string) ([]byte, error) {
	args := append([]string{"list", "-modfile=" + modfile, "-deps", "-json=ImportPath,Dir,Standard,Module"}, programs...)
	list := exec.Command("go", args...)
	list.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	var said bytes.Buffer
	list.Stderr = &said
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("site: what is linked? %w\n%s", err, &said)
	}
	env, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return nil, fmt.Errorf("site: where is Go? %w", err)
	}
	goroot, version, _ := strings.Cut(strings.TrimSpace(string(env)), "\n")

	var packages []linked
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p linked
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("site: what is linked? %w", err)
		}
		packages = append(packages, p)
	}
	return licences(packages, goroot, version)
}

// A notice is the text of one or more licence files, and whose they are.
type notice struct {
	rank int // what comes first
	of   string
	text string
}

func licences(packages []linked, goroot, version string) ([]byte, error) {
	var notices []notice
	seen := map[string]bool{}
	for _, p := range packages {
		n := notice{rank: 2}
		root := goroot
		switch {
		case p.Standard:
			n.rank, n.of = 1, "Go: runtime, standard library and wasm_exec.js, "+version
		case p.Module == nil:
			return nil, fmt.Errorf("site: %s is of no module", p.ImportPath)
		default:
			root, n.of = p.Module.Dir, strings.TrimSpace(p.Module.Path+" "+p.Module.Version)
			if p.Module.Main {
				n.rank = 0
			}
		}
		dir, files, err := licenceFiles(p.Dir, root)
		if err != nil {
			return nil, fmt.Errorf("site: %s of %s: %w", p.ImportPath, n.of, err)
		}
		if seen[dir] {
			continue
		}
		seen[dir] = true
		if dir != root { // a part with a licence of its own: named by its directory
			n.of, n.rank = p.ImportPath, n.rank+2
			if below, err := filepath.Rel(dir, p.Dir); err == nil {
				n.of = strings.TrimSuffix(n.of, "/"+filepath.ToSlash(below))
			}
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				return nil, err
			}
			n.text += strings.TrimSpace(string(data)) + "\n\n"
		}
		notices = append(notices, n)
	}
	slices.SortFunc(notices, func(a, b notice) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return strings.Compare(a.of, b.of)
	})
	var b bytes.Buffer
	for _, n := range notices {
		fmt.Fprintf(&b, "%s\n%s\n\n%s\n", n.of, strings.Repeat("=", len(n.of)), n.text)
	}
	return b.Bytes(), nil
}

var (
	licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying)([.-].*)?$`)
	addedName   = regexp.MustCompile(`(?i)^(notice|patents)([.-].*)?$`) // which belong to a licence
)

// licenceFiles returns the licence of a package: that of its directory, or of the nearest
// one above it up to root.
func licenceFiles(dir, root string) (where string, files []string, err error) {
	rel, err := filepath.Rel(root, dir)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return "", nil, fmt.Errorf("%s is not in %s", dir, root)
	}
	for ; ; dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return "", nil, err
		}
		var added []string
		for _, e := range entries {
			switch name := e.Name(); {
			case e.IsDir() || filepath.Ext(name) == ".go":
			case licenceName.MatchString(name):
				files = append(files, filepath.Join(dir, name))
			case addedName.MatchString(name):
				added = append(added, filepath.Join(dir, name))
			}
		}
		if len(files) > 0 {
			return dir, append(files, added...), nil
		}
		if filepath.Clean(dir) == filepath.Clean(root) {
			return "", nil, fmt.Errorf("no licence file in %s", root)
		}
	}
}
