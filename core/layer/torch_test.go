package layer_test

import (
	"encoding/json"
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

// A torchClass says a class of torch.nn in our words: its kind, its positional
// arguments in order, and what the class fixes besides.
type torchClass struct {
	kind  string
	args  []string          // field names; "in" is compared with the input's channels, "-" passed over
	fixed map[string]string // fields that the class itself sets
	last  bool              // the class counts the last extent, not the first
	words map[string]string // keywords whose fields are called otherwise in this class alone
	write func(any) string  // how its values are written, if not as written does
}

// torchFields are PyTorch's keywords whose fields are called otherwise.
var torchFields = map[string]string{
	"kernel_size": "kernel", "padding_mode": "mode", "ceil_mode": "ceil",
	"track_running_stats": "track", "k": "bias_k", "negative_slope": "slope", "num_parameters": "slopes",
	"start_dim": "start", "end_dim": "end", "output_size": "size", "divisor_override": "divisor",
}

// torchClasses are the classes paramstack can say now. The plain activations
// come from the kinds themselves.
var torchClasses = func() map[string]torchClass {
	m := map[string]torchClass{
		"Linear":            {kind: "linear", args: []string{"in", "features"}, last: true},
		"Flatten":           {kind: "flatten", args: []string{"start", "end"}},
		"LocalResponseNorm": {kind: "lrn", args: []string{"size"}},
		"Dropout":           {kind: "dropout", args: []string{"p"}},
		"PReLU":             {kind: "prelu", args: []string{"slopes"}},
		"Threshold":         {kind: "threshold", args: []string{"threshold", "value"}},
		"Softmax":           {kind: "softmax"},
		"Softmax2d":         {kind: "softmax", fixed: map[string]string{"dim": "1"}}, // over the channels, by its documentation
		"LogSoftmax":        {kind: "logsoftmax"},
	}
	for _, d := range []string{"1d", "2d", "3d"} {
		m["Conv"+d] = torchClass{kind: "conv", args: []string{"in", "filters"}}
		m["MaxPool"+d] = torchClass{kind: "maxpool"}
		m["AvgPool"+d] = torchClass{kind: "avgpool"}
		m["AdaptiveAvgPool"+d] = torchClass{kind: "adaptiveavgpool", args: []string{"size"}}
		m["BatchNorm"+d] = torchClass{kind: "bn", args: []string{"in"}}
	}
	for _, k := range layer.Kinds {
		if _, there := m[k.Torch]; !there && k.Group == layer.GroupActivation && k.Torch != "" {
			m[k.Torch] = torchClass{kind: k.Name}
		}
	}
	return m
}()

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
		class, ok := torchClasses[c.Cls]
		switch {
		case composed[c.Cls] != "":
			report.unsayable(c.Cls + ": " + composed[c.Cls])
			continue
		case !ok:
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
		if err := c.check(class); err != "" {
			report.differ++
			t.Errorf("case %d, %s(%v, %v) on %v: %s", i, c.Cls, c.Args, c.Kwargs, c.Inputs, err)
		}
	}
	report.log(t, len(file.Cases))
}

func (c torchCase) check(class torchClass) string {
	batched := len(c.Inputs[0]) > 1 // the one-dimensional cases (Linear) are a single sample
	in := make([]tensor.Shape, len(c.Inputs))
	for i, sample := range c.Inputs {
		if batched {
			sample = c.sample(sample)
		}
		in[i] = tensor.Of(sample...)
	}
	given := maps.Clone(class.fixed)
	if given == nil {
		given = map[string]string{}
	}
	write := written
	if class.write != nil {
		write = class.write
	}
	for i, a := range c.Args {
		switch name := class.args[i]; {
		case name == "-": // told by another input
			continue
		case name != "in" && given[name] != "": // two numbers of one field
			given[name] += "x" + write(a)
			continue
		case name != "in":
			given[name] = write(a)
			continue
		}
		channels := in[0][0]
		if class.last {
			channels = in[0][len(in[0])-1]
		}
		if a != float64(channels.N) {
			return "the case gives another number of input channels than its input has"
		}
	}
	for key, value := range c.Kwargs {
		if to, ok := class.words[key]; ok {
			key = to
		} else if to, ok := torchFields[key]; ok {
			key = to
		}
		if key != "-" { // of no matter here
			given[key] = write(value)
		}
	}
	l, problem := build(class.kind, given)
	var r layer.Result
	if problem == nil {
		r, problem = layer.Apply(l, in)
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

// sample takes the batch out of a shape. It comes first, but second in the
// sequences that recurrent layers take unless told otherwise.
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
