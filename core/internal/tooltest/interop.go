//go:build interop

package tooltest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/tool/target"
	"paramstack/core/zoo"
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

// ZooJobs returns what a tool is asked about every network of the zoo. jobOf writes a
// network for it, or returns why it cannot; that is logged.
func ZooJobs[J any](t *testing.T, tool string, jobOf func(id string, n *target.Network) (J, string)) []J {
	t.Helper()
	var jobs []J
	not := map[string][]string{}
	for _, z := range zoo.All() {
		job, why := jobOf(z.ID, NetOf(z))
		if why != "" {
			not[why] = append(not[why], z.ID)
			continue
		}
		jobs = append(jobs, job)
	}
	t.Logf("%d of %d networks are written for %s", len(jobs), len(zoo.All()), tool)
	for why, ids := range not {
		t.Logf("not %d: %s: %s", len(ids), why, strings.Join(ids, " "))
	}
	return jobs
}

// Run runs a tool, and takes each line of its output that begins with FAIL as an error.
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

// A Server is a tool that is asked again and again: it reads a job a line, and
// answers a line, "ok" or what is wrong.
type Server struct {
	in  io.WriteCloser
	out *bufio.Reader
	cmd *exec.Cmd
	log bytes.Buffer
}

// Serve starts a server; it ends with the test.
func Serve(t *testing.T, cmd *exec.Cmd) *Server {
	s := &Server{cmd: cmd}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = &s.log
	s.in, s.out = in, bufio.NewReaderSize(out, 1<<20)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); cmd.Wait() })
	return s
}

// Ask returns what is wrong with a job, "" if nothing is.
func (s *Server) Ask(t *testing.T, job any) string {
	data, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.in.Write(append(data, '\n')); err != nil {
		t.Fatalf("%v: %v\n%s", s.cmd, err, &s.log)
	}
	for {
		line, err := s.out.ReadString('\n')
		if err != nil {
			t.Fatalf("%v: %v\n%s", s.cmd, err, &s.log)
		}
		if answer, ok := strings.CutPrefix(strings.TrimSpace(line), "answer "); ok {
			return strings.TrimPrefix(answer, "ok")
		}
	}
}
