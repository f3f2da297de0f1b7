package count_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

func reported(t *testing.T, src string) *count.Report {
	t.Helper()
	file, problems := text.Parse(src)
	if len(problems) > 0 {
		t.Fatalf("%q: %v", src, problems)
	}
	return count.Of(file.Model)
}

// problem returns the first problem with a key.
func problem(r *count.Report, key catalog.Key) *diag.Diag {
	for _, d := range r.Problems {
		if d.Say.Key == key {
			return d
		}
	}
	return nil
}

// TestOrder offers the other reading of an input whose channels are probably
// last, or missing, and wants the right number from it.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		src, other string
		params     string // with the other reading
	}{
		{"input 28x28x1; conv 24 k3 psame; flatten; linear 10", "1x28x28", "188410"},
		{"input 32x32x3; conv 18 k5", "3x32x32", "1368"},
		{"input 28x28; conv 24 k3; maxpool 2; flatten; linear 10", "1x28x28", "40810"},
		{"input 224x224x3; bn; conv 4 k3", "3x224x224", "118"},
		{"input 224x160x4; pad 1; conv 4 k3", "4x224x160", "148"},
		{"input 64x64x3; repeat 2 { relu; conv 4 k3 p1 }", "3x64x64", "260"},
		{"input 64x64x3; maxpool 2; conv 4 k3 p1", "3x64x64", "112"},
		{"input 64x64x3; add { conv 3 k1 | }; relu", "3x64x64", "12"},
	} {
		r := reported(t, c.src)
		d := problem(r, catalog.ChannelsLast)
		if d == nil {
			d = problem(r, catalog.NoChannels)
		}
		if d == nil || len(d.Fixes) != 1 || d.Fixes[0].Value != c.other || d.Severity != diag.Warning || d.Node != r.Rows[0].ID || r.Problems[0] != d {
			t.Errorf("%q: %v, want the remedy %s first", c.src, r.Problems, c.other)
			continue
		}
		file, _ := text.Parse("input " + c.other + c.src[len("input ")+len(r.Rows[0].Out.String())-2*(len(r.Rows[0].Out)-1)+len(r.Rows[0].Out)-1:])
		other := count.Of(file.Model)
		if got := other.Totals.Params(true).String(); got != c.params || problem(other, d.Say.Key) != nil {
			t.Errorf("%q as %s has %s, want %s; %v", c.src, c.other, got, c.params, other.Problems)
		}
	}
}

// TestBatch offers the shape without the batch where an input was probably written with
// it, and leaves films, volumes and sequences as they are.
func TestBatch(t *testing.T) {
	for src, others := range map[string]string{
		"input 1x3x32x32; conv 16 k3":                            "3x32x32",
		"input 8x3x224x224; relu; conv 16 k3":                    "3x224x224",
		"input 3x1x28x28; conv 16 k3; flatten; linear 10":        "1x28x28",
		"input ?x28x28x1; conv 16 k3":                            "1x28x28",
		"input 1x224x160x3; maxpool 2":                           "3x224x160",
		"input 32x32x32x3; conv 8 k3":                            "3x32x32 3x32x32x32",
		"input ?x64x56x56; bn; conv 8 k3":                        "64x56x56",
		"input 16x64x56x56; conv 8 k3":                           "64x56x56",
		"input 8x3x32x32; flatten; linear 10":                    "3x32x32",
		"input 32x784; linear 100; bn; relu; dropout; linear 10": "784",
		"input ?x784; linear 10":                                 "784",
		"input 32x20x128; lstm 64":                               "20x128",
		"input 32x20; embedding 100x8; lstm 64 last":             "20",
		"input 3x16x112x112; conv 64 k3":                         "",
		"input 1x64x64x64; conv 8 k3":                            "",
		"input 1x3x64x64; conv 8 k1x3x3":                         "",
		"input 5x6; linear 3":                                    "",
		"input 16x768; layernorm; add { linear 768; gelu | }":    "",
		"input 16x768; attention 12; linear 10":                  "",
		"input 20x128; lstm 64":                                  "",
		"input 3x32x32; conv 8 k3":                               "",
	} {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatalf("%q: %v", src, problems)
		}
		got := ""
		if d := problem(count.Of(file.Model), catalog.BatchFirst); d != nil {
			for _, fix := range d.Fixes {
				got += " " + fix.Value
			}
			got = got[1:]
		}
		if got != others {
			t.Errorf("%q: other readings %q, want %q", src, got, others)
		}
	}
}

// TestOrderFails wants the remedy of a failure that the order causes to be the
// other order, and not a kernel of 1.
func TestOrderFails(t *testing.T) {
	for _, src := range []string{"input 32x32x3; conv 18 k5", "input 28x28x1; conv 8 k1; maxpool 2", "input 64x64x3; conv 8 k3; relu; conv 8 k3; flatten"} {
		r := reported(t, src)
		found := false
		for _, d := range r.Problems {
			if d.Severity != diag.Error {
				continue
			}
			found = true
			if len(d.Fixes) != 1 || d.Fixes[0].Node != r.Rows[0].ID || d.Fixes[0].Field != "shape" || d.Node == r.Rows[0].ID {
				t.Errorf("%q: %v with %v", src, d, d.Fixes)
			}
			break
		}
		if !found {
			t.Errorf("%q does not fail", src)
		}
	}
	// Another failure keeps its own remedies.
	r := reported(t, "input 64x64x3; conv 8 k3 p1 g5")
	if d := problem(r, catalog.GroupsIn); d == nil || len(d.Fixes) == 0 || d.Fixes[0].Node != 0 {
		t.Errorf("%v", r.Problems)
	}
}

// TestOrderQuiet says nothing where the shape is what was meant.
func TestOrderQuiet(t *testing.T) {
	sources := []string{
		"input 3x224x224; conv 8 k3", "input 28x28; lstm 128", "input 28x28; flatten; linear 10", "input 224x224x3; permute 3x1x2; conv 8 k3",
		"input 100x64; conv 8 k3", "input 64x7x7; conv 8 k3", "input 16x8x5; conv 8 k3", "input 6x6x3; conv 8 k3", "input 1x28x28; conv 8 k3",
		"input 784; linear 10", "input 512x512; attention 8", "input 3x16x112x112; conv 8 k3", "input ?x?x?; conv 8 k3", "input 64x64; mean 2",
	}
	for _, n := range zoo.Presets {
		sources = append(sources, n.Text)
	}
	for _, src := range sources {
		r := reported(t, src)
		for _, key := range []catalog.Key{catalog.ChannelsLast, catalog.NoChannels} {
			if d := problem(r, key); d != nil {
				t.Errorf("%.60q: %v", src, d)
			}
		}
	}
}

// TestImpossible refuses a second use whose weights would need another shape, as
// PyTorch does (cases B5a, B5b).
func TestImpossible(t *testing.T) {
	for src, bad := range map[string]bool{
		"input 4x6; repeat 2 shared { linear 5 }":                        true,
		"input 4x6; a: linear 5; again @a":                               true,
		"input 3x8x8; repeat 3 shared { conv 8 k3 p1 }":                  true,
		"input 3x8x8; a: bn; conv 8 k3 p1; again @a":                     true,
		"input 4x6; t: repeat 2 { linear 6 }; linear 5; again @t":        true,
		"input 4x6; repeat 3 shared { linear 5; relu; linear 6 }":        false,
		"input 3x8x8; a: conv 3 k3; again @a":                            false,
		"input 4x6; t: repeat 2 { linear 6 }; again @t":                  false,
		"input 4x6; repeat 2 { linear 5 }":                               false,
		"input ?x8x8; repeat 2 shared { conv 8 k3 p1 }":                  false,
		"input 4x6; t: repeat 3 shared { linear 6 }; again @t; again @t": false,
	} {
		r := reported(t, src)
		if d := problem(r, catalog.SharesImpossible); (d != nil) != bad || d != nil && d.Severity != diag.Error {
			t.Errorf("%q: %v", src, r.Problems)
		}
	}
}

// TestFilm: norms behind a convlstm are over its channels, and every layout has
// the steps first (case 24; keras.layers.ConvLSTM2D, BatchNormalization).
func TestFilm(t *testing.T) {
	for src, want := range map[string]struct {
		torch, keras string
		last         string // of the last output, channels last
	}{
		"input 6x2x20x20; convlstm 8 k3 psame; bn":                {"2928", "2944", "6×20×20×8"},
		"input 6x2x20x20; convlstm 8 k3 psame; relu; bn":          {"2928", "2944", "6×20×20×8"},
		"input 6x2x20x20; convlstm 8 k3 psame last; bn":           {"2928", "2944", "20×20×8"},
		"input 6x2x20; convlstm 8 k3 psame; bn":                   {"1008", "1024", "6×20×8"},
		"input 6x2x20x20; convlstm 8 k3 psame; convlstm 4 k3; bn": {"4664", "4672", "6×18×18×4"},
		"input 5x4; lstm 6":                                       {"288", "264", "5×6"},
	} {
		r := reported(t, src)
		if got := count.PyTorch.Params(r.Totals.Counts).String(); got != want.torch {
			t.Errorf("%q has %s, want %s", src, got, want.torch)
		}
		if got := count.Keras.Params(r.Totals.Counts).String(); got != want.keras {
			t.Errorf("%q has %s in Keras, want %s", src, got, want.keras)
		}
		if got := r.Rows[len(r.Rows)-1].Out.In(tensor.ChannelsLast); got != want.last {
			t.Errorf("%q ends with %s, want %s", src, got, want.last)
		}
	}
	r := reported(t, "input 6x2x20x20; convlstm 8 k3 psame")
	if got := r.Rows[0].Out.In(tensor.ChannelsLast); got != "6×20×20×2" {
		t.Errorf("the input is %s", got)
	}
	r = reported(t, "input 5x4; lstm 6")
	if p := count.Keras.Of(r.Totals.Counts); p.Weights.String() != "240" || p.Biases.String() != "24" || r.Totals.Layers.String() != "1" {
		t.Errorf("weights %s, biases %s, layers %s", p.Weights, p.Biases, r.Totals.Layers)
	}
}

// TestRefused refuses what PyTorch refuses, each with what it refuses it for.
func TestRefused(t *testing.T) {
	for src, want := range map[string]catalog.Key{
		"input 2x4; mean 1x1":                               catalog.DimTwice,
		"input 2x4; sum 1x1":                                catalog.DimTwice,
		"input 2x4; amax 2x-1":                              catalog.DimTwice,
		"input 1x4x1; squeeze 1x1":                          catalog.DimTwice,
		"input 6x1; instancenorm affine":                    catalog.OnePosition,
		"input 6x1x1; instancenorm":                         catalog.OnePosition,
		"input 6x3x3x7; avgpool 5x2x3 ceil":                 catalog.KernelBeyondMap,
		"input 6x2x9x9; avgpool 3 s1 p1":                    catalog.KernelBeyondMap,
		"input 2x6x5x5; fractionalmaxpool 2x2x1 size=5x1x2": catalog.WindowsBeyondInput,
		"input 6x1; multiscaleattention 1 grid=5x1x1 stride_q=2 stride_kv=2 relpos": catalog.NoDistances,
		"input 6; celu 0":                                   catalog.NeedsNonZero,
		"input 3x8x8; lppool 2 norm_type=0":                 catalog.NeedsNonZero,
		"input 2x4; amax 1x2; prelu 3":                      catalog.SlopesMismatch,
		"input 2x4; mean 2x1; prelu 2":                      catalog.SlopesMismatch,
		"input 6; softshrink -1":                            catalog.NeedsNotNegative,
		"input 6; hardtanh low=1 high=1":                    catalog.NeedsAbove,
		"input 6; rrelu lower=0.5 upper=0.1":                catalog.NeedsAbove,
		"input 2x4; mean 1x2":                               "",
		"input 6x2; instancenorm":                           "",
		"input 6x3x3; avgpool 5 p2":                         "",
		"input 6x3x3x7; avgpool 3x2x3":                      "",
		"input 2x6x5x5; fractionalmaxpool 2x2x1 size=4x1x2": "",
		"input 2x6x5; fractionalmaxpool 2 size=5x1":         "",
		"input 6; celu -1":                                  "",
		"input 6; hardtanh":                                 "",
		"input 6; rrelu lower=0.5 upper=0.5":                "",
	} {
		r := reported(t, src)
		switch first := firstErrorOf(r); {
		case want == "" && first != nil:
			t.Errorf("%q: %v", src, first)
		case want != "" && (first == nil || first.Say.Key != want):
			t.Errorf("%q: %v, want %s", src, first, want)
		case want != "" && len(first.Fixes) == 0:
			t.Errorf("%q has no remedy", src)
		}
	}
}

func firstErrorOf(r *count.Report) *diag.Diag {
	for _, d := range r.Problems {
		if d.Severity == diag.Error {
			return d
		}
	}
	return nil
}

// TestReceptiveJoined: paths that are shifted see their union, and a dense layer
// on a map sees all along its last dimension only (case E1: gradients in PyTorch).
func TestReceptiveJoined(t *testing.T) {
	for src, want := range map[string][2]int64{
		"input 3x8x8; conv 4 k3 p1; linear 8; conv 2 k3 p1":                         {5, 8},
		"input 3x8x9; linear 9; conv 2 k3 p1":                                       {3, 9},
		"input 3x16x16; add { conv 3 k3 p1 | conv 3 k5 p2 }; conv 3 k1":             {5, 5},
		"input 3x16x16; add { pad 2+0; conv 3 k3 | pad 0+2; conv 3 k3 }; conv 3 k1": {5, 5},
		"input 3x16x16; add { pad 2+0; conv 3 k3 | conv 3 k3 p1 }; conv 3 k1":       {4, 4},
		"input 3x16x16; add { | conv 3 k3 p1 }; conv 3 k3":                          {5, 5},
	} {
		r := reported(t, src)
		f := r.Rows[len(r.Rows)-1].Receptive
		if f == nil || f.Whole || f.Size[0] != want[0] || f.Size[1] != want[1] {
			t.Errorf("%q: %+v, want %v; %v", src, f, want, r.Problems)
		}
	}
}

// TestScalarFormula writes a parameter that is a single number as 1.
func TestScalarFormula(t *testing.T) {
	r := reported(t, "a: opaque weights=[] out=3")
	if got := count.Text(r.Formula(r.Rows[0], count.PyTorch)); got != "1" {
		t.Errorf("the formula is %q for %s", got, r.Totals.Params(true))
	}
}

// TestOpenChannels warns of an input whose channels are unknown, where the weights of the
// layers behind it depend on them, and offers images of one and of three channels.
func TestOpenChannels(t *testing.T) {
	for src, others := range map[string]string{
		"input ?x40x24; conv 6 k3":             "1x40x24 3x40x24",
		"input ?x28x28; relu; dw 3; linear 10": "1x28x28 3x28x28",
		"input ?x?x?; conv 6 k3":               "",
		"input ?x40; conv 6 k3":                "",
		"input 4x40x24; conv 6 k3":             "",
		"input ?x40x24; flatten; linear 3":     "",
	} {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatalf("%q: %v", src, problems)
		}
		got := ""
		if d := problem(count.Of(file.Model), catalog.OpenChannels); d != nil {
			for _, fix := range d.Fixes {
				got += " " + fix.Value
			}
		}
		if strings.TrimSpace(got) != others {
			t.Errorf("%q offers %q, want %q", src, strings.TrimSpace(got), others)
		}
	}
}
