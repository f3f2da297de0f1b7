package summary

import (
	"encoding/json"
	"fmt"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
	"strings"
	"testing"
)

// TestTorchinfo compares the totals with what torchinfo prints of the same
// networks (TylerYep/torchinfo, tests/test_output). Its multiply-adds count
// biases, so they are not compared.
func TestTorchinfo(t *testing.T) {
	for _, c := range []struct {
		id, file, params string
		forward, size    float64 // in MB
		batch            float64
	}{
		{"resnet-152", "resnet152.out", "60,192,808", 360.87, 240.77, 1},
		{"resnet-50", "resnet50.out", "25,557,032", 355.66, 102.23, 2},
	} {
		n := tooltest.NetOf(*zoo.ByID(c.id))
		ours := torchinfoTable(n)
		for label, want := range map[string]string{"Total params: ": c.params, "Trainable params: ": c.params, "Non-trainable params: ": "0"} {
			if got := after(ours, label); got != want {
				t.Errorf("%s: %s%s, torchinfo %s", c.id, label, got, want)
			}
		}
		for label, want := range map[string]float64{"Forward/backward pass size (MB): ": c.forward / c.batch, "Params size (MB): ": c.size} {
			var got float64
			if err := json.Unmarshal([]byte(after(ours, label)), &got); err != nil {
				t.Fatalf("%s: no number: %s%s", c.id, label, after(ours, label))
			}
			if d := got - want; d > 0.006 || d < -0.006 {
				t.Errorf("%s: %s%v, torchinfo %v", c.id, label, got, want)
			}
		}
		// The figures are those of the file, where it is here.
		data := string(truth.Read(t, "summaries/torchinfo/"+c.file))
		if data == "" {
			truth.Absent(t, 1)
			continue
		}
		for label, want := range map[string]string{"Total params: ": c.params, "Trainable params: ": c.params, "Non-trainable params: ": "0",
			"Forward/backward pass size (MB): ": fmt.Sprintf("%.2f", c.forward), "Params size (MB): ": fmt.Sprintf("%.2f", c.size)} {
			if got := after(data, label); got != want {
				t.Errorf("%s: %s%s in the file, not %s", c.file, label, got, want)
			}
		}
	}
}

func after(s, label string) string {
	_, rest, _ := strings.Cut(s, label)
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
}

// TestTorchinfoJoins counts the outputs of joins that have weights as those of
// other layers with weights (case F1: 2 · 4 bytes · 1000 · 1000).
func TestTorchinfoJoins(t *testing.T) {
	for src, want := range map[string]string{
		"input 1000x100; bilinear 1000 { | }":               "8.00",
		"input 1000x100; add { | }":                         "0.00",
		"input 1000x100; add { linear 1000 | linear 1000 }": "16.00",
		"input 1000x100; repeat 2 { bilinear 100 { | } }":   "1.60",
	} {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model), Style: count.PyTorch}
		if got := after(torchinfoTable(n), "Forward/backward pass size (MB): "); got != want {
			t.Errorf("%q: %s MB, want %s", src, got, want)
		}
	}
}
