package layer_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// extents are the sizes that break careless arithmetic.
var extents = []int64{tensor.Unknown, 0, 1, 2, 7, 1 << 50}

// shapes returns every shape of a rank made of extents.
func shapes(rank int) []tensor.Shape {
	all := []tensor.Shape{{}}
	for i := 0; i < rank; i++ {
		var longer []tensor.Shape
		for _, s := range all {
			for _, n := range extents {
				longer = append(longer, append(s[:len(s):len(s)], tensor.Dim{N: n}))
			}
		}
		all = longer
	}
	return all
}

// pair gives a joining kind two inputs and any other one.
func pair(k *layer.Kind, x tensor.Shape) []tensor.Shape {
	if k.Joins() {
		return []tensor.Shape{x, x}
	}
	return []tensor.Shape{x}
}

// set returns a copy of l with fields given; a field the kind lacks, or a value
// it refuses, is passed over.
func set(l layer.Layer, fields map[string]string) layer.Layer {
	for name, value := range fields {
		if f := l.Kind().Field(name); f != nil {
			l, _ = layer.With(l, f, value)
		}
	}
	return l
}

// variants returns layers of a kind: ordinary ones, and absurd ones that can be
// typed nevertheless.
func variants(k *layer.Kind) []layer.Layer {
	plain := k.New()
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need {
			plain = set(plain, map[string]string{f.Name: layer.Example(f)})
		}
	}
	all := []layer.Layer{plain}
	for _, fields := range []map[string]string{
		{"kernel": "1"},
		{"kernel": "3", "padding": "1", "stride": "2", "ceil": "on"},
		{"kernel": "3", "padding": "same", "groups": "2"},
		{"kernel": "3", "padding": "same", "stride": "2"},
		{"kernel": "1x7", "padding": "0x3", "bias": "off"},
		{"kernel": "1x2x3", "dilation": "2"},
		{"kernel": "5", "padding": "2", "mode": "reflect", "groups": "7"},
		{"kernel": "5", "padding": "4", "mode": "circular"},
		{"kernel": "2147483647", "dilation": "2147483647", "padding": "2147483647", "stride": "2147483647"},
		{"kernel": "2147483647", "dilation": "2147483647", "padding": "1073741823", "ceil": "on"},
		{"filters": "1125899906842624", "features": "1125899906842624", "slopes": "1125899906842624", "groups": "1125899906842624"},
		{"filters": "48*2", "features": "48*2", "slopes": "7"},
		{"dim": "-1", "start": "-3", "end": "-1"},
		{"dim": "127", "start": "2", "end": "3"},
		{"dim": "-128", "start": "-128", "end": "127"},
		{"dim": "0", "start": "3", "end": "1"},
		{"size": "1"}, {"size": "7x?"}, {"size": "?x?x?"}, {"size": "1125899906842624"},
		{"kernel": "3", "padding": "keras-same", "stride": "2", "dilation": "3"}, {"kernel": "3", "padding": "causal"},
		{"kernel": "2147483647", "dilation": "2147483647", "padding": "keras-same", "stride": "2147483647"},
		{"kernel": "2147483647", "padding": "same", "stride": "2", "multiplier": "1125899906842624"},
		{"kernel": "3", "padding": "2", "stride": "3", "caffe": "on"}, {"kernel": "2", "stride": "7", "caffe": "on"},
		{"kernel": "3", "stride": "2", "padding": "1", "output_padding": "1", "multiplier": "2"},
		{"kernel": "1", "stride": "1", "padding": "7", "output_padding": "2147483647"},
		{"kernel": "2147483647", "stride": "2147483647", "dilation": "2147483647", "output_padding": "2147483646", "padding": "valid"},
		{"kernel": "2", "padding": "same", "stride": "7", "output_padding": "3x0"},
		{"scale_factor": "2"}, {"scale_factor": "0.3x7"}, {"scale_factor": "999999"}, {"scale_factor": "2", "size": "7"},
		{"size": "7", "interpolation": "bilinear"}, {"size": "7", "align_corners": "on"}, {"size": "?x7", "interpolation": "linear"},
		{"output_ratio": "0.999"}, {"output_ratio": "0.5x0.3"}, {"size": "7x2", "kernel": "2147483647"},
		{"upscale_factor": "7", "downscale_factor": "7"}, {"upscale_factor": "2147483647", "downscale_factor": "2147483647"}, {"upscale_factor": "1", "downscale_factor": "1"},
		{"sides": "1+2x0"}, {"sides": "7+2x1x1"}, {"sides": "-1+0"}, {"sides": "2147483647", "mode": "reflect"}, {"sides": "1x1x1", "mode": "circular"}, {"sides": "1", "mode": "replicate"},
		{"affine": "off", "track": "off", "flat": "on"},
		{"shape": "3x?x1125899906842624"},
		{"heads": "1", "window": "2", "hidden": "7", "layers": "3", "bidirectional": "on", "proj": "2"},
		{"heads": "7", "window": "1x7", "version": "v2", "hidden": "2", "cell": "on"},
		{"heads": "2", "window": "7", "version": "maxvit", "kv_heads": "1", "add_bias_kv": "on", "out_bias": "off", "hidden": "7", "last": "on"},
		{"heads": "1125899906842624", "head_dim": "3", "window": "2147483647", "hidden": "1125899906842624", "bidirectional": "on"},
		{"heads": "8", "kv_heads": "3", "head_dim": "1125899906842624", "window": "2097152", "version": "v2", "hidden": "1", "proj": "1"},
		{"heads": "1", "grid": "1x2x3", "kernel_q": "3", "stride_q": "1x2x2", "kernel_kv": "3", "rel_pos": "on"},
		{"heads": "7", "grid": "?x1x?", "kernel_kv": "1x3x3", "stride_kv": "1x1125899x7", "rel_pos": "on", "width": "14", "residual": "on"},
		{"heads": "1", "grid": "1x1x1", "kernel_q": "2147483647", "kernel_kv": "2", "stride_kv": "2147483647", "bias": "off"},
		{"dims": "1"}, {"dims": "1x2"}, {"dims": "2x1", "shifts": "-1x2147483647"}, {"dims": "-1x-2x-3", "keepdim": "on"}, {"dims": "0x1x2"}, {"dims": "2x3x4x1x5x6"},
		{"sizes": "?"}, {"sizes": "?x7", "dim": "-1"}, {"sizes": "7x2x?"}, {"sizes": "1x2x1x7x1"}, {"sizes": "?x?"}, {"sizes": "1125899906842624x1125899906842624x?"},
		{"normalized": "7"}, {"normalized": "2x7"}, {"normalized": "?x1125899906842624x7"}, {"over": "channels"}, {"over": "channels", "normalized": "7"},
		{"from": "1", "step": "2"}, {"from": "-1", "dim": "-1"}, {"from": "-1125899906842624", "to": "-1"}, {"to": "1125899906842624", "step": "1125899906842624", "dim": "2"},
		{"chunks": "1125899906842624"}, {"chunks": "3", "part": "2"}, {"part": "1125899906842624"}, {"index": "-7"}, {"index": "1125899906842624"},
		{"copies": "1125899906842624"}, {"table": "1125899906842624x?"}, {"table": "7"}, {"transpose": "on"}, {"each": "on"}, {"shared_axes": "2x3"},
		{"affine": "on", "scale": "off"}, {"affine": "on", "bias": "off", "track": "on"}, {"counted": "off"},
		{"weights": "none", "macs": "0"}, {"weights": "64x3x7x7,64,[],?", "buffers": "[],1125899906842624x7", "out": "64x?x7"},
	} {
		if l := set(plain, fields); !layer.Equal(l, plain) { // fields of other kinds
			all = append(all, l)
		}
	}
	return all
}

// TestApply runs every kind on every shape of up to five dimensions, unknown,
// empty, single and huge extents among them. Nothing may panic, give a negative
// size, or declare a tensor whose shape and formula disagree.
func TestApply(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, k := range layer.Kinds {
		t.Run(k.Name, func(t *testing.T) {
			layers := append(variants(k), k.New())
			for rank := 0; rank <= 5; rank++ {
				all := shapes(rank)
				for _, l := range layers {
					for _, x := range all {
						if rank > 3 && random.IntN(len(all)/216) != 0 {
							continue // some 216 are enough of the thousands
						}
						apply(t, l, pair(k, x))
						if t.Failed() {
							return
						}
					}
				}
			}
		})
	}
}

// TestJoin runs the joining kinds on inputs that do not match.
func TestJoin(t *testing.T) {
	var all []tensor.Shape
	for rank := 0; rank <= 3; rank++ {
		all = append(all, shapes(rank)...)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, k := range layer.Kinds {
		if !k.Joins() {
			continue
		}
		for _, l := range variants(k) {
			for range 2000 {
				in := make([]tensor.Shape, 1+random.IntN(4))
				for i := range in {
					in[i] = all[random.IntN(len(all))]
				}
				apply(t, l, in)
			}
		}
	}
}

func apply(t *testing.T, l layer.Layer, in []tensor.Shape) {
	t.Helper()
	what := func() string { return fmt.Sprintf("%s %+v on %v", l.Kind().Name, l, in) }
	defer func() {
		if r := recover(); r != nil {
			t.Fatalf("%s: panic: %v", what(), r)
		}
	}()
	r, d := layer.Apply(l, in)
	if d == nil && r.Out == nil && len(r.Notes) == 0 {
		t.Errorf("%s: no output and no problem", what())
	}
	for _, e := range r.Out {
		if e.N < tensor.Unknown {
			t.Errorf("%s: output %s", what(), r.Out)
		}
	}
	for _, w := range r.Weights {
		n, known := w.Count()
		shape, ok := tensor.Of(w.Shape...).Elements()
		if len(w.Shape) == 0 {
			shape, ok = num.Of(1), true
		}
		if ok != known || (ok && !n.Equal(shape)) {
			t.Errorf("%s: %s is %v, its factors give %s", what(), w.Name, w.Shape, n)
		}
	}
	if macs, ok := r.MACs.Value(); ok && macs.Cmp(num.Int{}) < 0 {
		t.Errorf("%s: %s MACs", what(), macs)
	}
	if d != nil {
		if d.Severity != diag.Error {
			t.Errorf("%s: a problem that is no error: %v", what(), d)
		}
		sentence(t, d)
		if !empty(in) { // no remedy brings an empty picture to life, and none can be written
			fixes(t, l, in, d)
		}
	}
	for _, note := range r.Notes {
		if note.Severity == diag.Error {
			t.Errorf("%s: an error among the notes: %v", what(), note)
		}
		sentence(t, note)
	}
}

func empty(in []tensor.Shape) bool {
	for _, x := range in {
		for _, e := range x {
			if e.N == 0 {
				return true
			}
		}
	}
	return false
}

var placeholder = regexp.MustCompile(`\{\d\}`)

// sentence wants a problem to be sayable in both languages, arguments filled in.
func sentence(t *testing.T, d *diag.Diag) {
	t.Helper()
	say := func(m catalog.Message) {
		for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
			if s := m.In(lang); s == "" || s == string(m.Key) || placeholder.MatchString(s) {
				t.Errorf("%s says %q in %s", m.Key, s, lang.Tag())
			}
		}
	}
	say(d.Say)
	for _, f := range d.Fixes {
		say(f.Label())
	}
}

// fixes applies each fix that sets a field; pressing its button until it goes away
// must not take longer than there are dimensions.
func fixes(t *testing.T, l layer.Layer, in []tensor.Shape, d *diag.Diag) {
	t.Helper()
	if d.Field != "" && l.Kind().Field(d.Field) == nil {
		t.Errorf("%s has no field %q, of which is said: %v", l.Kind().Name, d.Field, d)
	}
	for i, fix := range d.Fixes {
		if fix.Op != diag.SetField {
			continue
		}
		now, problem := l, d
		for press := 0; problem != nil && problem.Say.Key == d.Say.Key && i < len(problem.Fixes); press++ {
			if press > layer.MaxSpatial {
				t.Errorf("%s %+v on %v: %v: setting %s to %s does not mend it", l.Kind().Name, l, in, d, fix.Field, fix.Value)
				break
			}
			f := now.Kind().Field(problem.Fixes[i].Field)
			if f == nil {
				t.Errorf("%s has no field %q to mend", now.Kind().Name, fix.Field)
				break
			}
			with, refused := layer.With(now, f, problem.Fixes[i].Value)
			if refused != nil {
				t.Errorf("%s %+v on %v: %v: remedy %s=%s is refused: %v", l.Kind().Name, l, in, d, fix.Field, problem.Fixes[i].Value, refused)
				break
			}
			now = with
			_, problem = layer.Apply(now, in)
		}
	}
}
