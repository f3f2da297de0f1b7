package summary

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// TestPlainNetworks reads tables of random plain networks from which the input row
// is missing, and compares the layers with those that made the table. Rows state no
// kernel, stride, padding or input, so some cannot come out the same.
func TestPlainNetworks(t *testing.T) {
	const each = 200
	r := rand.New(rand.NewPCG(1, 2))
	for _, layout := range []string{"Keras", "torchsummary", "torchinfo"} {
		same := 0
		var other string
		for range each {
			src := plainNetwork(r, layout == "Keras")
			n := tooltest.NetFrom(t, src)
			res, _, d := tooltest.Open(tooltest.File("x.txt", []byte(printed(n.Report, layout))), readers...)
			if d != nil {
				t.Fatalf("%s: %v", src, d)
			}
			if got := count.Of(res.Model).Totals.Params(true); !got.Equal(n.Report.Totals.Params(true)) {
				t.Errorf("%s parameters, not %s:\n%s", got, n.Report.Totals.Params(true), src)
			}
			got := strings.SplitN(strings.TrimSpace(text.Format(res.Model)), "\n", 2)[1]
			if want := strings.TrimSpace(text.Format(n.Model)); strings.Join(unlabelled(got), "\n") == want {
				same++
			} else if other == "" {
				other = fmt.Sprintf("for example\n%s\nnot\n%s", strings.Join(unlabelled(got), "; "), strings.ReplaceAll(want, "\n", "; "))
			}
		}
		t.Logf("%s: %d of %d tables without an input row have the same layers; %s", layout, same, each, other)
		if same*100 < 97*each {
			t.Errorf("%s: only %d of %d have the same layers", layout, same, each)
		}
	}
}

// unlabelled are the lines of a stack text without labels.
func unlabelled(src string) []string {
	lines := strings.Split(src, "\n")
	for i, l := range lines {
		if _, rest, ok := strings.Cut(l, ": "); ok {
			lines[i] = rest
		}
	}
	return lines
}

// plainNetwork writes a network as courses and tutorials have them: a picture of a
// usual size, convolutions of stride 1 all without padding or all with, pools, dense
// layers.
func plainNetwork(r *rand.Rand, keras bool) string {
	pick := func(from ...int) int { return from[r.IntN(len(from))] }
	size := pick(28, 32, 64, 224, 227, 299)
	channels := pick(1, 3)
	if size != 28 && size != 32 {
		channels = 3
	} else if size == 28 {
		channels = 1
	}
	padded, pool, norm := r.IntN(2) == 0, pick(2, 2, 2, 3), r.IntN(3) == 0
	kernels := []int{3, 3, 3, 5, 7}
	lines := []string{fmt.Sprintf("input %dx%dx%d", channels, size, size)}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	width := pick(6, 8, 16, 32, 64)
	for range 1 + r.IntN(4) {
		for range 1 + r.IntN(2) {
			k := kernels[r.IntN(len(kernels))]
			if size < 2*k {
				continue
			}
			pad := ""
			switch {
			case padded && keras:
				pad = " padding=keras-same"
			case keras:
				pad = " pvalid"
			case padded:
				pad = fmt.Sprintf(" p%d", k/2)
			}
			if !padded {
				size -= k - 1
			}
			add("conv %d k%d%s", width, k, pad)
			if norm && !keras {
				add("bn")
			}
			if !keras {
				add("relu")
			}
		}
		if size >= 2*pool {
			pad := ""
			if keras {
				pad = " pvalid"
			}
			add("maxpool %d s%d%s", pool, pool, pad)
			size /= pool
		}
		width *= pick(1, 2)
	}
	add("flatten")
	if r.IntN(2) == 0 {
		add("linear %d", pick(64, 120, 128, 256))
	}
	add("linear 10")
	return strings.Join(lines, "\n") + "\n"
}

// printed writes a table of a network as a tool does, without its input.
func printed(report *count.Report, layout string) string {
	var b strings.Builder
	rule := strings.Repeat("=", 65) + "\n"
	switch layout {
	case "torchinfo":
		fmt.Fprintf(&b, "%s%-41s %-25s %s\n%s%-41s %-25s %s\n", rule, "Layer (type:depth-idx)", "Output Shape", "Param #", rule, "Net", "[1, 10]", "--")
	default:
		fmt.Fprintf(&b, "%-29s %-25s %s\n%s", "Layer (type)", "Output Shape", "Param #", rule)
	}
	for i, row := range report.Rows[1:] {
		class := row.Kind().Torch
		params := num.Int{}
		for _, w := range row.Weights {
			if n, ok := w.Count(); ok && w.Class.Learnable() {
				params = params.Add(n)
			}
		}
		switch layout {
		case "Keras":
			class = row.Kind().Keras
			fmt.Fprintf(&b, "%-29s %-25s %s\n", fmt.Sprintf("%s_%d (%s)", row.Kind().Name, i, class), "(None, "+kerasShape(row.Out)+")", params)
		case "torchinfo":
			if params.IsZero() {
				fmt.Fprintf(&b, "%-41s %-25s --\n", fmt.Sprintf("├─%s: 1-%d", class, i+1), shapeText("[1, ", row.Out))
			} else {
				fmt.Fprintf(&b, "%-41s %-25s %s\n", fmt.Sprintf("├─%s: 1-%d", class, i+1), shapeText("[1, ", row.Out), params.Grouped())
			}
		default:
			fmt.Fprintf(&b, "%20s %26s %15s\n", fmt.Sprintf("%s-%d", class, i+1), shapeText("[-1, ", row.Out), params.Grouped())
		}
	}
	fmt.Fprintf(&b, "%sTotal params: %s\n", rule, report.Totals.Params(true).Grouped())
	return b.String()
}

func shapeText(open string, s tensor.Shape) string {
	return open + strings.ReplaceAll(s.String(), "×", ", ") + "]"
}

func kerasShape(s tensor.Shape) string {
	return strings.ReplaceAll(append(append(tensor.Shape{}, s[1:]...), s[0]).String(), "×", ", ")
}
