//go:build interop

package passport_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"paramstack/core/tool/torch"
	"paramstack/core/zoo"
)

// A job is a network for tools_run.py.
type job struct {
	File, Class string
	Inputs      [][]int64
	Indices     int64    // the inputs are whole numbers below this; 0: they are not
	Names       []string // of forward's arguments
	Helpers     []string // classes of layers that torch.nn does not have
	Real        bool     // small enough to compute; of others only the shapes are known
}

var (
	classes  = regexp.MustCompile(`(?m)^class (\w+)\(`)
	forwards = regexp.MustCompile(`(?m)^    def forward\(self, ([^)]*)\)`)
)

// jobOf writes a network as PyTorch code; false if it cannot be.
func jobOf(t *testing.T, dir string, n *target.Network) (job, bool) {
	code, problems := torch.Writer.Write(n)
	if len(problems) > 0 {
		return job{}, false
	}
	j := job{File: filepath.Join(dir, "passport.py")}
	if err := os.WriteFile(j.File, []byte(code), 0o644); err != nil {
		t.Fatal(err)
	}
	helpers, err := os.ReadFile("../tool/torch/torch_helpers.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range classes.FindAllStringSubmatch(string(helpers), -1) {
		j.Helpers = append(j.Helpers, m[1])
	}
	all := classes.FindAllStringSubmatch(code, -1)
	j.Class = all[len(all)-1][1]
	calls := forwards.FindAllStringSubmatch(code, -1)
	j.Names = strings.Split(calls[len(calls)-1][1], ", ")
	j.Real = n.Report.Totals.MACs.Float() < 5e9
	n.Report.Leaves(func(row *count.Row, _ num.Int) {
		switch k := row.Kind(); {
		case k == layer.InputKind.Kind():
			var in []int64
			for _, d := range row.Out {
				in = append(in, d.N)
			}
			j.Inputs = append(j.Inputs, in)
		case strings.HasPrefix(k.Name, "embedding") && j.Indices == 0:
			j.Indices = row.Weights[0].Shape[0]
		}
	})
	return j, true
}

// A bench has the tools at hand.
type bench struct {
	count func(job) map[string]map[string]any
	here  []string // the IDs of the tools that are installed
	lack  []string // the names of those that are not
}

// toolsOf starts the tools.
func toolsOf(t *testing.T) bench {
	dir := tooltest.Interop(t)
	server := tooltest.Serve(t, exec.Command("/usr/bin/python3", filepath.Join("testdata", "tools_run.py"),
		filepath.Join(dir, "python"), os.Getenv("PARAMSTACK_TOOLS")))
	ask := func(j job, into any) {
		d := json.NewDecoder(strings.NewReader(server.Ask(t, j)))
		d.UseNumber()
		if err := d.Decode(into); err != nil {
			t.Fatal(err)
		}
	}
	var hello struct {
		Versions           []string
		Installed, Missing []string
	}
	ask(job{}, &hello)
	t.Log(strings.Join(hello.Versions, ", "))
	for _, name := range hello.Missing {
		t.Logf("not installed, and not compared: %s", name)
	}
	return bench{func(j job) map[string]map[string]any {
		var answer map[string]map[string]any
		ask(j, &answer)
		return answer
	}, hello.Installed, hello.Missing}
}

// A tally counts the figures of a tool.
type tally struct{ exact, lines, unknown, failed int }

// asideOf reports which figures differ by how the code of core/tool/torch is written, where the
// passport follows torchvision: layerscale and param are modules in that code, tensors of the block
// in torchvision; windowattention calls linear modules, where torchvision calls functions with their
// weights. TestPrinted compares these with torchvision's.
func asideOf(r *count.Report) func(tool, figure string) bool {
	kinds := map[string]bool{}
	r.Leaves(func(row *count.Row, _ num.Int) { kinds[row.Kind().Name] = true })
	return func(tool, figure string) bool {
		switch {
		case tool == "thop":
			return kinds["windowattention"]
		case kinds["layerscale"] || kinds["windowattention"]:
			return tool == "torchinfo" || tool == "torchsummary"
		case kinds["param"]:
			return tool == "torchinfo" && slices.Contains([]string{"pass", "bytes", "total"}, figure)
		}
		return false
	}
}

// tops are figures that a line of a tool has more on top of.
var tops = map[[2]string]string{
	{"torchsummary", "pass"}: "blocks", {"torchsummary", "total"}: "blocks",
	{"torchinfo", "input"}: "heads", {"torchinfo", "total"}: "heads",
}

// compare compares a network's figures with those that the tools print.
func compare(r *count.Report, printed map[string]map[string]any, sums map[string]*tally) (wrong []string) {
	all, aside := figures(r), asideOf(r)
	for _, tool := range slices.Sorted(maps.Keys(printed)) {
		sum := sums[tool]
		if sum == nil {
			sum = &tally{}
			sums[tool] = sum
		}
		say := func(format string, args ...any) { wrong = append(wrong, tool+": "+fmt.Sprintf(format, args...)) }
		if e, ok := printed[tool]["error"]; ok {
			sum.failed++
			if strings.Contains(fmt.Sprint(e), "Expected more than 1 value per channel") {
				continue // PyTorch itself refuses the network
			}
			if all[[2]string{tool, "params"}].Known {
				say("the tool fails: %v", e)
			}
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(printed[tool])) {
			figure, shown := strings.CutPrefix(name, "shown ")
			f, ok := all[[2]string{tool, figure}]
			switch want := fmt.Sprint(printed[tool][name]); {
			case !ok || aside(tool, figure):
			case shown && tops[[2]string{tool, figure}] != "":
				// What comes on top in the line: blocks around layers, Python's heads of tensors.
				n, err := printed[tool][tops[[2]string{tool, figure}]].(json.Number).Int64()
				if err != nil || !f.Known {
					sum.unknown++
					break
				}
				sum.lines++
				by, printed := 1e6, want[strings.LastIndex(want, " ")+1:]
				if tool == "torchsummary" {
					by = 1 << 20
				}
				if mb := strconv.FormatFloat(f.Value.Add(num.Of(n)).Float()/by, 'f', 2, 64); mb != printed {
					say("%s is %s MB with %d more, printed %s", figure, mb, n, printed)
				}
			case !f.Known:
				sum.unknown++
			case shown:
				sum.lines++
				if f.Shown != want {
					say("%s is written %q, printed %q", figure, f.Shown, want)
				}
			default:
				sum.exact++
				if f.Value.String() != want {
					n, _ := num.Parse(want)
					say("%s is %s, printed %s: %s", figure, f.Value, want, f.Value.Sub(n))
				}
			}
		}
	}
	return wrong
}

// TestTools counts the networks of the zoo with the real tools.
func TestTools(t *testing.T) {
	tools := toolsOf(t)
	dir := t.TempDir()
	sums := map[string]*tally{}
	compared := 0
	for _, z := range zoo.All() {
		n := tooltest.NetOf(z)
		j, ok := jobOf(t, dir, n)
		if !ok {
			continue
		}
		compared++
		for _, w := range compare(n.Report, tools.count(j), sums) {
			t.Errorf("%s: %s", z.ID, w)
		}
	}
	logTallies(t, compared, sums)
}

// TestTorchvision counts the networks of testdata/printed.csv in torchvision's own code: what is
// recorded there is what the tools print. With -update it is recorded again.
func TestTorchvision(t *testing.T) {
	if err := exec.Command("/usr/bin/python3", "-c", "import torchvision").Run(); err != nil {
		t.Skip("not installed, and not compared: torchvision")
	}
	tools := toolsOf(t)
	old, err := os.ReadFile("testdata/printed.csv")
	if err != nil {
		t.Fatal(err)
	}
	jobs := map[string]job{}
	for _, z := range zoo.All() {
		if _, ok := jobs[z.Torch]; !ok {
			j, _ := jobOf(t, t.TempDir(), tooltest.NetOf(z))
			jobs[z.Torch] = job{File: "torchvision", Class: z.Torch, Inputs: j.Inputs, Real: j.Real}
		}
	}
	var kept string // what is recorded of the tools that are here
	for line := range strings.Lines(string(old)) {
		if cells := strings.Split(line, ","); cells[0] == "network" || slices.Contains(tools.here, cells[1]) {
			kept += line
		}
	}
	now := "network,tool,figure,value\n"
	done := map[string]bool{"network": true}
	for line := range strings.Lines(string(old)) {
		name, _, _ := strings.Cut(line, ",")
		if done[name] {
			continue
		}
		done[name] = true
		printed := tools.count(jobs[name])
		for _, tool := range slices.Sorted(maps.Keys(printed)) {
			if e, ok := printed[tool]["error"]; ok {
				if tool == "" {
					t.Fatalf("%s: %v", name, e)
				}
				t.Logf("%s: %s fails: %v", name, tool, e)
			}
			for _, figure := range slices.Sorted(maps.Keys(printed[tool])) {
				value := fmt.Sprint(printed[tool][figure])
				if shown, ok := strings.CutPrefix(figure, "shown "); ok {
					_, mb, ok := strings.Cut(value, "(MB): ")
					if !ok || tool != "torchsummary" {
						continue
					}
					figure, value = shown+" (MB)", mb
				}
				if figure != "blocks" && figure != "heads" && figure != "error" {
					now += strings.Join([]string{name, tool, figure, value}, ",") + "\n"
				}
			}
		}
	}
	switch {
	case *tooltest.Update && len(tools.lack) > 0:
		t.Errorf("recorded only with all tools: %v", tools.lack)
	case *tooltest.Update:
		if err := os.WriteFile("testdata/printed.csv", []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	case now != kept:
		t.Errorf("the tools print other figures than are recorded: go test -tags interop -run TestTorchvision -update")
	}
	t.Logf("%d networks of torchvision, %d figures", len(done)-1, strings.Count(now, "\n")-1)
}

func logTallies(t *testing.T, networks int, sums map[string]*tally) {
	t.Logf("%d networks", networks)
	for _, tool := range slices.Sorted(maps.Keys(sums)) {
		s := sums[tool]
		t.Logf("%-12s %d numbers, %d lines; %d unknown here; the tool fails %d times", tool, s.exact, s.lines, s.unknown,
			s.failed)
	}
}

// TestToolsRandom counts random networks, and one for each kind.
func TestToolsRandom(t *testing.T) {
	tools := toolsOf(t)
	dir := t.TempDir()
	sums := map[string]*tally{}
	compared := 0
	check := func(source string) string {
		f, problems := text.Parse(source)
		if len(problems) > 0 {
			return ""
		}
		n := &target.Network{Model: f.Model, Report: count.Of(f.Model)}
		// Some of the tools fail where there are no parameters or no input.
		if randnet.Empty(n.Report) || randnet.Faulty(n.Report) || n.Report.Totals.Params(true).IsZero() {
			return ""
		}
		j, ok := jobOf(t, dir, n)
		if !ok || len(j.Inputs) == 0 {
			return ""
		}
		compared++
		printed := tools.count(j)
		if strings.Contains(source, "@") {
			delete(printed, "fvcore") // what nothing uses, since a label took its place, is not in the trace
		}
		return strings.Join(compare(n.Report, printed, sums), "\n\t")
	}
	sources := tooltest.EveryKind()
	for i := range own {
		sources = append(sources, own[i].src)
	}
	for _, source := range sources {
		if w := check(source); w != "" {
			t.Errorf("%s\n\t%s", source, w)
		}
	}
	// What takes indices has to come first; torchvision's deformconv crashes with weights that are
	// not set.
	randnet.Hold(t, 100, 60, randnet.Options{Kinds: randnet.Except("embedding", "embeddingbag", "deformconv")}, check)
	logTallies(t, compared, sums)
}
