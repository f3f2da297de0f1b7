//go:build interop

package tooltest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Interop is the folder of make interop, where the real tools are. Tests with them
// are built with the tag interop only: they are no part of go test ./...
func Interop(t *testing.T) string {
	dir := os.Getenv("PARAMSTACK_INTEROP")
	if dir == "" {
		t.Fatal("PARAMSTACK_INTEROP is not set: make interop")
	}
	return dir
}

// RunPython runs a script of testdata with the system's Python on jobs, and takes
// each line of its output that begins with FAIL as an error.
func RunPython(t *testing.T, dir, script string, jobs any) {
	data, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, script+".json")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	Run(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", script), file))
}

func Run(t *testing.T, cmd *exec.Cmd) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	for line := range strings.Lines(out.String()) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "FAIL") {
			t.Error(line)
		} else {
			fmt.Println(line)
		}
	}
	if err != nil {
		t.Errorf("%v: %v", cmd, err)
	}
}
