package torch

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/safetensors"
)

// sumOf adds up tensors, those that are learned and those that are not.
func sumOf(tensors []*stored) (learned, buffers num.Int) {
	for _, t := range tensors {
		n, _ := t.shape.Elements()
		switch {
		case t.same != "":
		case t.isBuffer():
			buffers = buffers.Add(n)
		default:
			learned = learned.Add(n)
		}
	}
	return learned, buffers
}

// randomState lists the tensors of a network of random modules in a random order, with
// small extents, so that many of them happen to fit each other.
func randomState(r *rand.Rand) []*stored {
	var all []*stored
	size := func() int64 { return 1 + r.Int64N(6) }
	for i := range 1 + r.IntN(8) {
		name := []string{"conv", "norm", "emb", "ln", "fc", "x"}[r.IntN(6)]
		path := fmt.Sprintf("%s%d", name, i)
		add := func(leaf string, extents ...int64) {
			all = append(all, &stored{name: path + "." + leaf, shape: tensor.Of(extents...), whole: leaf == "num_batches_tracked"})
		}
		bias := func(n int64) {
			if r.IntN(2) == 0 {
				add("bias", n)
			}
		}
		switch n := size(); r.IntN(9) {
		case 0, 1, 2: // a convolution in any number of dimensions, transposed or depthwise too
			kernel := []int64{n, size()}
			if r.IntN(4) == 0 {
				kernel[1] = 1
			}
			for range 1 + r.IntN(3) {
				kernel = append(kernel, 1+r.Int64N(3))
			}
			add("weight", kernel...)
			bias(kernel[r.IntN(4)%2])
		case 3, 4:
			add("weight", n, size())
			bias(n)
		case 5:
			add("weight", n)
			bias(n)
			if r.IntN(2) == 0 {
				add("running_mean", n)
				add("running_var", n)
				add("num_batches_tracked")
			}
		case 6:
			in, gates := size(), []int64{1, 3, 4}[r.IntN(3)]
			for l := range 1 + r.IntN(2) {
				if l > 0 {
					in = n
				}
				add(fmt.Sprintf("weight_ih_l%d", l), gates*n, in)
				add(fmt.Sprintf("weight_hh_l%d", l), gates*n, n)
				add(fmt.Sprintf("bias_ih_l%d", l), gates*n)
				add(fmt.Sprintf("bias_hh_l%d", l), gates*n)
			}
		case 7:
			add("in_proj_weight", 3*n, n)
			add("in_proj_bias", 3*n)
		default:
			add("gamma", n, size(), size())
		}
	}
	return all
}

// holdsSum compares a stack with the sum of the tensors that it was read from.
func holdsSum(t *testing.T, name string, tensors []*stored, r *source.Result) {
	t.Helper()
	learned, buffers := sumOf(tensors)
	k := count.Of(r.Model).Totals
	if k.ParamsAtLeast || !k.Params(true).Equal(learned) || !k.Buffers().Equal(buffers) {
		t.Errorf("%s: %s and %s buffers (at least: %v), the tensors have %s and %s\n%s",
			name, k.Params(true), k.Buffers(), k.ParamsAtLeast, learned, buffers, text.Format(r.Model))
	}
}

// TestStackAddsUp holds random dictionaries of tensors against their sum, and wants most
// of them read as layers nevertheless.
func TestStackAddsUp(t *testing.T) {
	layers, fallen := 0, 0
	for seed := range uint64(2000) {
		tensors := randomState(rand.New(rand.NewPCG(seed, 22)))
		n, err := readTensors(tensors, false)
		if err != nil {
			t.Fatal(err)
		}
		if layers += len(n.kinds); !n.addsUp(tensors) {
			fallen++
		}
		r, err := tensorStack(tensors, "PyTorch")
		if err != nil {
			t.Fatal(err)
		}
		holdsSum(t, fmt.Sprint("seed ", seed), tensors, r)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d kinds of layers; %d dictionaries of 2000 fell back to their tensors", layers, fallen)
	if layers < 2000 || fallen > 0 {
		t.Errorf("%d kinds of layers were recognised, %d dictionaries fell back", layers, fallen)
	}
}

// TestFallsBack takes a reading that does not add up back to tensors.
func TestFallsBack(t *testing.T) {
	tensors := []*stored{{name: "fc.weight", shape: tensor.Of(3, 4)}, {name: "fc.bias", shape: tensor.Of(3)}}
	n, err := readTensors(tensors, false)
	if err != nil || !n.addsUp(tensors) || n.raw != 0 {
		t.Fatalf("%v, %d", err, n.raw)
	}
	if n.addsUp(tensors[:1]) {
		t.Error("15 parameters add up to 12")
	}
	if n, err = readTensors(tensors, true); err != nil || !n.addsUp(tensors) || n.raw != 1 {
		t.Errorf("%v, %d", err, n.raw)
	}
}

// TestFixturesAddUp does the same for the files that PyTorch wrote.
func TestFixturesAddUp(t *testing.T) {
	files := 0
	for _, f := range truth.Fixtures(t) {
		data := truth.Fixture(t, f["file"])
		file := tooltest.File(filepath.Base(f["file"]), data)
		var tensors []*stored
		switch f["reader"] {
		case "torch":
			root, err := zipPickle(file)
			if bytes.HasPrefix(data, legacyMagic) {
				root, err = legacyPickle(file)
			}
			if err != nil {
				t.Fatal(err)
			}
			c := newCollector(file.Budget())
			c.collect("", choose(root, file.Budget(), 0).network, 0)
			tensors = c.finish()
		case "safetensors":
			all, err := safetensors.Read(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				tensors = append(tensors, &stored{name: s.Name, shape: s.Shape, whole: s.Whole})
			}
		default:
			continue
		}
		files++
		r, _, d := tooltest.Open(file, readers...)
		if d != nil {
			t.Fatal(d)
		}
		holdsSum(t, f["file"], tensors, r)
	}
	if files < 15 {
		t.Errorf("%d files", files)
	}
}

// TestDimensionsChange reads convolutions whose dimensions change from one to the next.
func TestDimensionsChange(t *testing.T) {
	for name, shapes := range map[string][]tensor.Shape{
		"1272": {tensor.Of(8, 4, 3), tensor.Of(8), tensor.Of(16, 8, 3, 3), tensor.Of(16)},
		"3768": {tensor.Of(8, 4, 3, 3), tensor.Of(8), tensor.Of(16, 8, 3, 3, 3), tensor.Of(16)},
		"524":  {tensor.Of(8, 4, 3, 3), tensor.Of(8), tensor.Of(9, 8, 3), tensor.Of(9), tensor.Of(1, 1, 1, 1, 2), tensor.Of(1)}, // 288+8+216+9+2+1
		"87":   {tensor.Of(6, 1, 3), tensor.Of(6), tensor.Of(6, 1, 3, 3), tensor.Of(6), tensor.Of(2), tensor.Of(1, 1, 1, 1)},    // 18+6+54+6+2+1
	} {
		var tensors []*stored
		for i, s := range shapes {
			tensors = append(tensors, &stored{name: fmt.Sprintf("%d.%s", i/2, []string{"weight", "bias"}[i%2]), shape: s})
		}
		r, err := tensorStack(tensors, "PyTorch")
		if err != nil {
			t.Fatal(err)
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != name {
			t.Errorf("%s parameters, want %s:\n%s", got, name, text.Format(r.Model))
		}
	}
}

// TestForms counts what torch.nn.utils keeps beside a weight as buffers, as
// spectral_norm, prune and the parametrizations register it.
func TestForms(t *testing.T) {
	for src, want := range map[string]string{
		"weight_orig (4, 5)\nweight_u (4,)\nweight_v (5,)\nbias (4,)":                                                                      "24 9",
		"a.b.weight_orig (6, 3, 2, 2)\na.b.weight_u (6,)\na.b.weight_v (12,)":                                                              "72 18",
		"fc.weight_orig (4, 5)\nfc.weight_mask (4, 5)\nfc.bias (4,)":                                                                       "24 20",
		"l.parametrizations.weight.original (4, 5)\nl.parametrizations.weight.0._u (4,)\nl.parametrizations.weight.0._v (5,)\nl.bias (4,)": "24 9",
		"a.weight_g (4, 1)\na.weight_v (4, 5)\na.bias (4,)":                                                                                "28 0",
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &ListingReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		k := count.Of(r.Model).Totals
		if got := k.Params(true).String() + " " + k.Buffers().String(); got != want {
			t.Errorf("%s, want %s: %s", got, want, src)
		}
	}
}
