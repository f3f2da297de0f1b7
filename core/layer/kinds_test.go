package layer_test

import (
	"reflect"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// TestKinds refuses a half-described kind: one that people could put into a
// stack and that then has no name, no explanation, or a field that cannot be
// written and read back.
func TestKinds(t *testing.T) {
	owner := map[string]string{} // every spelling, and the kind it names
	for _, k := range layer.Kinds {
		t.Run(k.Name, func(t *testing.T) {
			names(t, k, owner)
			says(t, catalog.KindDoc(k.Name))
			says(t, k.Group.Label())
			fresh := k.New()
			if fresh.Kind() != k {
				t.Errorf("New makes a %q", fresh.Kind().Name)
			}
			if reflect.TypeOf(fresh).Elem().Size() > 0 && fresh == k.New() {
				t.Error("New hands out the same layer twice")
			}
			if !layer.Equal(fresh, k.New()) {
				t.Error("New gives different defaults")
			}
			main := 0
			seen := map[string]bool{}
			for i := range k.Fields {
				f := &k.Fields[i]
				if f.Main {
					main++
				}
				own := map[string]bool{f.Name: true, f.Short: true, f.Off: true}
				delete(own, "")
				for n := range own {
					if seen[n] {
						t.Errorf("two fields are called %q", n)
					}
					seen[n] = true
				}
				t.Run(f.Name, func(t *testing.T) { field(t, k, f) })
			}
			if main > 1 {
				t.Errorf("%d main fields", main)
			}
			if k.Learns != learns(k) {
				t.Errorf("Learns is %v, but declares weights: %v", k.Learns, learns(k))
			}
		})
	}
}

func names(t *testing.T, k *layer.Kind, owner map[string]string) {
	for _, n := range append([]string{k.Name, k.Alias}, k.Also...) {
		if n == "" {
			continue
		}
		if other, taken := owner[n]; taken {
			t.Errorf("%q names both %s and %s", n, other, k.Name)
		}
		owner[n] = k.Name
		if layer.ByName(n) != k {
			t.Errorf("ByName(%q) finds another kind", n)
		}
		if strings.Trim(n, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || n[0] < 'a' {
			t.Errorf("%q is not a word of lower-case letters and digits", n)
		}
	}
	// In links a value follows an alias at once: c64 is conv 64.
	if a := k.Alias; a != "" && a[len(a)-1] <= '9' {
		t.Errorf("the alias %q ends in a digit", a)
	}
}

// says wants a sentence in both languages.
func says(t *testing.T, key catalog.Key) {
	t.Helper()
	if !catalog.Has(key) || catalog.English.In(key) == "" || catalog.Korean.In(key) == "" {
		t.Errorf("the catalogue lacks %s", key)
	}
}

func field(t *testing.T, k *layer.Kind, f *layer.Field) {
	says(t, f.Label())
	says(t, f.Doc())
	fresh := k.New()
	v := f.At(fresh)
	if v.Unset() && f.Text(fresh) != "" {
		t.Error("an unset field has a text")
	}
	if f.Need != v.Unset() && f.Need {
		t.Error("the field must be given, yet has a default")
	}
	if !f.IsDefault(fresh) {
		t.Error("a fresh layer's value is not the default")
	}
	inside(t, fresh, v)
	changed := 0
	for _, s := range samples(v) {
		with, d := layer.With(fresh, f, s)
		if d != nil {
			continue // a value of another layer's field
		}
		if !reflect.DeepEqual(fresh, k.New()) {
			t.Fatalf("setting %q on a copy changed the original", s)
		}
		text := f.Text(with)
		again, d := layer.With(k.New(), f, text)
		if d != nil {
			t.Fatalf("%q is written %q, which cannot be read: %v", s, text, d)
		}
		if !layer.Equal(again, with) || f.Text(again) != text {
			t.Errorf("%q is written %q, which reads as %q", s, text, f.Text(again))
		}
		if !f.IsDefault(with) {
			changed++
		}
		back := layer.Clone(with)
		layer.Reset(f, back)
		if !layer.Equal(back, k.New()) {
			t.Errorf("Reset after %q does not give the default back", s)
		}
	}
	if changed == 0 {
		t.Error("no value other than the default can be read")
	}
	for _, bad := range []string{"", " ", "x", "-", "3x", "1e999", "NaN", "½", "𝟛", "3 3", "\x00", strings.Repeat("9", 300)} {
		if _, word := v.(*layer.Word); word && (bad == "x" || bad == "NaN") {
			continue // x and NaN are names
		}
		if with, d := layer.With(fresh, f, bad); d == nil {
			t.Errorf("%q is read as %q", bad, f.Text(with))
		} else {
			sentence(t, d)
			if !layer.Equal(with, fresh) {
				t.Errorf("the refused %q changed the layer", bad)
			}
		}
	}
}

// inside wants that At points into the layer it was given, so that writing
// through it writes the layer.
func inside(t *testing.T, l layer.Layer, v layer.Value) {
	t.Helper()
	whole, part := reflect.ValueOf(l).Elem(), reflect.ValueOf(v)
	start, at := whole.UnsafeAddr(), part.Pointer()
	if at < start || at >= start+whole.Type().Size() {
		t.Error("At does not point into the layer")
	}
}

// samples returns texts that a value of this type might accept.
func samples(v layer.Value) []string {
	switch v := v.(type) {
	case *layer.Width:
		return []string{"1", "96", "48*2", "48x2", "2*3*5*7", num.Of(num.MaxExtent).String()}
	case *layer.Whole:
		return []string{"-2", "0", "1", "2", "7", num.Of(v.Min).String(), num.Of(v.Max).String()}
	case *layer.Size, *layer.Padding:
		return []string{"0", "1", "3", "1x7", "7×1", "2x2", "1x2x3", "4x4x4", "same", "valid", "keras-same", "causal", "2147483647"}
	case *layer.Switch:
		return []string{"on", "off", "true", "FALSE", "1", "0"}
	case *layer.Real:
		return []string{"0", "0.5", "1", "-3.25", "1e-12", "6.02e23"}
	case *layer.Choice:
		return v.Of
	case *layer.Sides:
		return []string{"0", "1", "1x2", "1+2x3+4", "1×1", "2+2", "-1+0", "-3", "1x2x3", "8+8x0x0", "2147483647"}
	case *layer.Reals:
		return []string{"2", "0.5", "2x2", "2x0.5", "1.5×3", "1e-05x0.3x0.1", "0.999999"}
	case *layer.Extents:
		return []string{"1", "7", "3x227x227", "3x?x?", "?", "1x2x3x4", "7×7"}
	case *layer.Wholes:
		return []string{"0", "1", "-1", "2x3x1", "3×1×2", "-2x-1", "2147483647", "1x2x3x4x5x6"}
	case *layer.Word:
		return []string{"Conv", "torchvision.ops.DeformConv2d", "ai.onnx/NonMaxSuppression-11", "층_1"}
	case *layer.Tensors:
		return []string{"none", "[]", "64", "64x3x7x7,64", "?x3,[],1", "1125899906842624x1125899906842624"}
	default:
		return nil
	}
}

// learns reports whether a kind declares a weight on some sample.
func learns(k *layer.Kind) bool {
	for rank := 1; rank <= 4; rank++ {
		for _, l := range variants(k) {
			for _, x := range shapes(rank) {
				if r, d := layer.Apply(l, pair(k, x)); d == nil && len(r.Weights) > 0 {
					return true
				}
			}
		}
	}
	return false
}
