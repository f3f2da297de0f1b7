package layer_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"paramstack/core/diag"
	"paramstack/core/internal/truth"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A kerasCase is one layer that TensorFlow.js 4.22 was asked for, channels last
// and without the batch.
type kerasCase struct {
	Cls       string         `json:"cls"`
	Config    map[string]any `json:"config"`
	Input     []int64        `json:"input"`
	Output    sizes          `json:"output"`
	Params    int64          `json:"params"`
	Trainable *int64         `json:"trainable"`
	Weights   [][]int64      `json:"weights"`
	Error     string         `json:"error"`
}

// sizes reads the sizes of a shape; what Keras leaves open (null) is unknown.
type sizes []int64

// UnmarshalJSON implements json.Unmarshaler.
func (s *sizes) UnmarshalJSON(b []byte) error {
	var all []*int64
	err := json.Unmarshal(b, &all)
	for _, n := range all {
		if n == nil {
			n = new(int64)
			*n = tensor.Unknown
		}
		*s = append(*s, *n)
	}
	return err
}

// A kerasClass says a class of keras.layers in our words.
type kerasClass struct {
	kind   string
	fields map[string]string // option → field; "-" is of no matter here
	fixed  map[string]string
	image  bool                                       // the input has channels, last
	film   bool                                       // the same, behind the steps in time
	write  func(any) string                           // how its values are written, if not as written does
	say    func(c kerasCase, given map[string]string) // says the options, where names alone do not
}

var kerasClasses = func() map[string]kerasClass {
	convolution := map[string]string{"filters": "filters", "kernelSize": "kernel", "strides": "stride",
		"padding": "padding", "useBias": "bias", "dilationRate": "dilation"}
	pooling := map[string]string{"poolSize": "kernel", "strides": "stride", "padding": "padding"}
	m := map[string]kerasClass{
		"Dense":                  {kind: "linear", fields: map[string]string{"units": "features", "useBias": "bias"}},
		"TimeDistributed(Dense)": {kind: "linear", fields: map[string]string{"units": "features"}},
		"BatchNormalization":     {kind: "bn", fields: map[string]string{"center": "bias", "scale": "scale"}, image: true},
		"Flatten":                {kind: "flatten", image: true},
		"LeakyReLU":              {kind: "leakyrelu"},
		"ELU":                    {kind: "elu"},
		"Softmax":                {kind: "softmax"},
		"Dropout":                {kind: "dropout", fields: map[string]string{"rate": "p"}},
		"Activation":             {kind: "relu", fields: map[string]string{"activation": "-"}},
	}
	for _, d := range []string{"1D", "2D", "3D"} {
		m["Conv"+d] = kerasClass{kind: "conv", fields: convolution, image: true, write: kerasPadding}
		m["MaxPooling"+d] = kerasClass{kind: "maxpool", fields: pooling, image: true}
		m["AveragePooling"+d] = kerasClass{kind: "avgpool", fields: pooling, image: true}
		m["GlobalAveragePooling"+d] = kerasClass{kind: "globalavgpool", fixed: map[string]string{"flat": "on"}, image: true}
	}
	return m
}()

// TestKerasCases compares every layer that TensorFlow.js was asked for with
// what it made of it. Its batch norm
// counts the moving statistics as parameters: ours are buffers.
func TestKerasCases(t *testing.T) {
	var file struct{ Cases []kerasCase }
	truth.JSON(t, "keras_layer_cases.json", &file)
	var report tally
	for i, c := range file.Cases {
		class, ok := kerasClasses[c.Cls]
		if !ok {
			report.miss(c.Cls)
			continue
		}
		report.ran++
		if c.Error != "" {
			report.refused++
		}
		if err := c.check(class); err != "" {
			report.differ++
			t.Errorf("case %d, %s(%v) on %v: %s", i, c.Cls, c.Config, c.Input, err)
		}
	}
	report.log(t, len(file.Cases))
}

func (c kerasCase) check(class kerasClass) string {
	in := class.ours(tensor.Of(c.Input...), true)
	given := map[string]string{}
	for field, value := range class.fixed {
		given[field] = value
	}
	if class.say != nil {
		class.say(c, given)
		c.Config = nil
	}
	for option, value := range c.Config {
		field := class.fields[option]
		switch {
		case option == "returnSequences":
			given["last"] = written(value == false)
		case field == "":
			return "option " + option + " is not understood"
		case field != "-" && value != nil && class.write != nil:
			given[field] = class.write(value)
		case field != "-" && value != nil:
			given[field] = written(value)
		}
	}
	l, problem := build(class.kind, given)
	var r layer.Result
	if problem == nil {
		r, problem = layer.Apply(l, []tensor.Shape{in})
	}
	// TensorFlow.js has no causal convolution ("not implemented yet" in
	// conv1dWithBias, tfjs-layers/src/layers/convolutional.ts), and its shape rule
	// forgets it. Keras' gives ⌈in/stride⌉ (conv_output_length in
	// keras/src/utils/conv_utils.py, compute_conv_output_shape in Keras 3).
	if c.Config["padding"] == "causal" {
		stride := int64(c.Config["strides"].(float64))
		c.Output[0] = (c.Input[0] + stride - 1) / stride
	}
	// TensorFlow.js lets an empty output pass, Keras itself refuses it ("resulted
	// in an empty output"), as PyTorch does and so do we.
	if c.Error == "" && slices.Contains(c.Output, 0) {
		c.Error = "an empty output"
	}
	if c.Error != "" {
		if problem == nil || problem.Severity != diag.Error {
			return fmt.Sprintf("Keras refuses it (%s), we give %s", c.Error, r.Out)
		}
		return ""
	}
	if problem != nil {
		return fmt.Sprintf("Keras gives %v, we refuse: %v", c.Output, problem)
	}
	want := class.ours(tensor.Of(c.Output...), given["last"] != "true")
	for i := range want {
		if !want[i].Known() && i < len(r.Out) {
			want[i] = r.Out[i] // Keras does not say what follows from the other sizes
		}
	}
	if !r.Out.Equal(want) {
		return fmt.Sprintf("output %s, Keras %s", r.Out, want)
	}
	return c.numbers(r.Weights)
}

// ours puts the channels where we have them. Of a film the steps in time stay
// before them, if there are any.
func (class kerasClass) ours(s tensor.Shape, steps bool) tensor.Shape {
	switch {
	case class.film && steps:
		return append(s[:1:1], first(s[1:])...)
	case class.film || class.image:
		return first(s)
	}
	return s
}

// numbers compares the counts, and the sizes of the tensors in any layout.
func (c kerasCase) numbers(weights []layer.Weight) string {
	var trainable, all num.Int
	var sizes, theirs []string
	for _, w := range weights {
		n, _ := w.Count()
		if w.Class == layer.ClassCounter || w.TorchOnly {
			continue // Keras keeps no counter, and one bias where PyTorch has two
		}
		all = all.Add(n)
		sizes = append(sizes, n.String())
		if w.Class.Learnable() {
			trainable = trainable.Add(n)
		}
	}
	for _, w := range c.Weights {
		n, _ := tensor.Of(w...).Elements()
		theirs = append(theirs, n.String())
	}
	if !all.Equal(num.Of(c.Params)) || (c.Trainable != nil && !trainable.Equal(num.Of(*c.Trainable))) {
		return fmt.Sprintf("%s elements, %s of them learned; Keras %d, %v", all, trainable, c.Params, c.Trainable)
	}
	slices.Sort(sizes)
	slices.Sort(theirs)
	if c.Weights != nil && !slices.Equal(sizes, theirs) {
		return fmt.Sprintf("tensors of %v, Keras %v", sizes, theirs)
	}
	return ""
}

// first puts the channels of a shape first.
func first(s tensor.Shape) tensor.Shape {
	return append(tensor.Shape{s[len(s)-1]}, s[:len(s)-1]...)
}
