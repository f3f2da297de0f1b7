//go:build interop

package passport_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/internal/tooltest"
	"paramstack/core/passport"
	"paramstack/core/tool/caffe"
	"paramstack/core/zoo"
)

// TestNetscope counts the networks that Caffe can have with Netscope's own code, of a checkout
// in PARAMSTACK_TOOLS: it is a page, and no registry has it.
func TestNetscope(t *testing.T) {
	dir := tooltest.Interop(t)
	checkout := filepath.Join(os.Getenv("PARAMSTACK_TOOLS"), "netscope")
	if _, err := os.Stat(filepath.Join(checkout, "src")); err != nil {
		t.Skip("not installed, and not compared: Netscope (PARAMSTACK_TOOLS/netscope)")
	}
	args := []string{"", checkout}
	nets := map[string]passport.Entry{}
	script, err := filepath.Abs("testdata/netscope_run.cjs")
	if err != nil {
		t.Fatal(err)
	}
	args[0] = script
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		code, problems := caffe.Writer.Write(n)
		if len(problems) > 0 {
			continue
		}
		file := filepath.Join(t.TempDir(), z.ID)
		if err := os.WriteFile(file, []byte(code), 0o644); err != nil {
			t.Fatal(err)
		}
		nets[z.ID] = passport.Of(n.Report)[passport.Netscope]
		args = append(args, file)
	}
	cmd := exec.Command("node", args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	same, unknown := 0, 0
	for line := range strings.Lines(string(out)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		e := nets[cells[0]]
		if !e.Params.Known || !e.Compute.Known {
			unknown++
			continue
		}
		if e.Params.Value.String() != cells[1] || e.Compute.Value.String() != cells[2] || cells[3] != "" {
			t.Errorf("%s: %s parameters, %s MACs; Netscope has %v", cells[0], e.Params.Value, e.Compute.Value, cells[1:])
			continue
		}
		same++
	}
	t.Logf("%d networks of Caffe, %d the same, %d unknown here", len(nets), same, unknown)
	if same == 0 {
		t.Error("none was compared")
	}
}
