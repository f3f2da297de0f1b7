package layer_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/diag"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// A torchCase is one layer that PyTorch 1.13 was asked for.
type torchCase struct {
	Cls     string             `json:"cls"`
	Args    []any              `json:"args"`
	Kwargs  map[string]any     `json:"kwargs"`
	Inputs  [][]int64          `json:"inputs"`
	Output  json.RawMessage    `json:"output"` // a shape; several for layers with several outputs
	Params  int64              `json:"params"`
	Buffers int64              `json:"buffers"`
	Shapes  map[string][]int64 `json:"param_shapes"`
	Error   string             `json:"error"`
}

// notSayable says why a case of a class we have cannot be said; "" if it can.
func (c torchCase) notSayable() string {
	if c.Cls == "Flatten" && len(c.Args) > 0 && c.Args[0] == 0.0 {
		return "flattening from dimension 0 mixes the samples of a batch; a stack describes one sample"
	}
	return ""
}

// TestTorchCases compares every layer that PyTorch was asked for, and that we
// can say, with what PyTorch made of it.
func TestTorchCases(t *testing.T) {
	var file struct{ Cases []torchCase }
	truth.JSON(t, "torch_layer_cases.json", &file)
	var report tally
	for i, c := range file.Cases {
		row, _ := vocab.Torch().Class(c.Cls)
		switch {
		case composed[c.Cls] != "":
			report.unsayable(c.Cls + ": " + composed[c.Cls])
			continue
		case row == nil:
			report.miss(c.Cls)
			continue
		}
		if why := c.notSayable(); why != "" {
			report.unsayable(c.Cls + ": " + why)
			continue
		}
		report.ran++
		if c.Error != "" {
			report.refused++
		}
		if err := c.check(row); err != "" {
			report.differ++
			t.Errorf("case %d, %s(%v, %v) on %v: %s", i, c.Cls, c.Args, c.Kwargs, c.Inputs, err)
		}
	}
	report.log(t, len(file.Cases))
}

func (c torchCase) check(row *vocab.Row) string {
	batched := len(c.Inputs[0]) > 1 // the one-dimensional cases (Linear) are a single sample
	in := make([]tensor.Shape, len(c.Inputs))
	for i, sample := range c.Inputs {
		if batched {
			sample = c.sample(sample)
		}
		in[i] = tensor.Of(sample...)
	}
	var args []vocab.Arg
	for _, a := range c.Args {
		args = append(args, vocab.Arg{Value: decoded(a)})
	}
	for _, name := range slices.Sorted(maps.Keys(c.Kwargs)) {
		args = append(args, vocab.Arg{Name: name, Value: decoded(c.Kwargs[name])})
	}
	made, err := vocab.Torch().Make(row, args)
	if len(made.Unknown) > 0 {
		return fmt.Sprintf("the vocabulary does not know the arguments %v", made.Unknown)
	}
	channels := in[0][0]
	if row.In == vocab.Last {
		channels = in[0][len(in[0])-1]
	}
	if made.In != tensor.Unknown && made.In != channels.N {
		return "the case gives another number of input channels than its input has"
	}
	var r layer.Result
	var problem *diag.Diag
	if !errors.As(err, &problem) {
		r, problem = layer.Apply(made.Layer, in)
	}
	if c.Error != "" {
		if problem == nil || problem.Severity != diag.Error {
			return fmt.Sprintf("PyTorch refuses it (%s), we give %s", c.Error, r.Out)
		}
		return ""
	}
	if problem != nil {
		return fmt.Sprintf("PyTorch gives %s, we refuse: %v", c.Output, problem)
	}
	var want []int64
	if err := json.Unmarshal(c.output(), &want); err != nil {
		return err.Error()
	}
	if batched {
		want = c.sample(want)
	}
	if !r.Out.Equal(tensor.Of(want...)) {
		return fmt.Sprintf("output %s, PyTorch %v", r.Out, want)
	}
	return c.tensors(r.Weights)
}

// decoded makes a value of Python's of one of JSON's.
func decoded(v any) vocab.Value {
	switch v := v.(type) {
	case float64:
		if n := int64(v); float64(n) == v {
			return n
		}
	case []any:
		items := make([]vocab.Value, len(v))
		for i := range v {
			items[i] = decoded(v[i])
		}
		return items
	}
	return v
}

// sample takes the batch out of a shape. It comes first, but second in the
// sequences that recurrent layers read by default.
func (c torchCase) sample(batch []int64) []int64 {
	at := 0
	if c.Kwargs["batch_first"] == false {
		at = 1
	}
	return slices.Delete(slices.Clone(batch), at, at+1)
}

// output returns the shape of the output, of the first where there are several.
func (c torchCase) output() json.RawMessage {
	var several []json.RawMessage
	if json.Unmarshal(c.Output, &several) == nil && len(several) > 0 && several[0][0] == '[' {
		return several[0]
	}
	return c.Output
}

func (c torchCase) tensors(weights []layer.Weight) string {
	var params, buffers num.Int
	shapes := map[string][]int64{}
	for _, w := range weights {
		n, _ := w.Count()
		if w.Class.Learnable() {
			params = params.Add(n)
			shapes[w.Name] = w.Shape
		} else {
			buffers = buffers.Add(n)
		}
	}
	if !params.Equal(num.Of(c.Params)) || !buffers.Equal(num.Of(c.Buffers)) {
		return fmt.Sprintf("%s parameters, %s buffers; PyTorch %d, %d", params, buffers, c.Params, c.Buffers)
	}
	if !maps.EqualFunc(shapes, c.Shapes, slices.Equal) {
		return fmt.Sprintf("tensors %v, PyTorch %v", shapes, c.Shapes)
	}
	return ""
}

// build makes a layer from fields as they are written.
func build(kind string, given map[string]string) (layer.Layer, *diag.Diag) {
	l := layer.ByName(kind).New()
	for name, value := range given {
		f := l.Kind().Field(name)
		if f == nil {
			panic(kind + " has no field " + name)
		}
		var d *diag.Diag
		if l, d = layer.With(l, f, value); d != nil {
			return l, d
		}
	}
	return l, nil
}

// written returns a value of JSON in the notation of the stack text.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "?"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = written(v[i])
		}
		return strings.Join(parts, "x")
	default:
		return fmt.Sprint(v)
	}
}

// A tally is what a comparison with other software reports.
type tally struct {
	ran, refused, differ int
	missing              map[string]int // classes not covered yet
	cannot               map[string]int // reasons
}

func (r *tally) miss(class string) { r.missing = count(r.missing, class) }

func (r *tally) unsayable(why string) { r.cannot = count(r.cannot, why) }

func count(m map[string]int, key string) map[string]int {
	if m == nil {
		m = map[string]int{}
	}
	m[key]++
	return m
}

func (r *tally) log(t *testing.T, all int) {
	missing, missed := list(r.missing)
	cannot, unsaid := list(r.cannot)
	t.Logf("%d cases: %d ran (%d of them refused by the other side), %d differ", all, r.ran, r.refused, r.differ)
	t.Logf("%d not sayable: %s", unsaid, strings.Join(cannot, "; "))
	t.Logf("%d of %d classes not covered yet: %s", missed, len(missing), strings.Join(missing, ", "))
	if r.ran+unsaid+missed != all {
		t.Errorf("%d + %d + %d is not %d", r.ran, unsaid, missed, all)
	}
}

func list(m map[string]int) (lines []string, sum int) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		sum += m[name]
		lines = append(lines, fmt.Sprintf("%s (%d)", name, m[name]))
	}
	return lines, sum
}
