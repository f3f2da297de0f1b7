package layer_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

func ExampleTyped_With() {
	l, err := layer.ConvKind.With(func(c *layer.Conv) {
		c.Filters = layer.WidthOf(64)
		c.Kernel = layer.SizeOf(7, 7)
		c.Stride = layer.SizeOf(2)
		c.Padding = layer.PaddingOf(3)
		c.Groups.N = 2
		c.Bias = false
		c.Mode.Word = "reflect"
	})
	fmt.Println(l.(*layer.Conv).Kernel.At(1), err)

	_, err = layer.ConvKind.With(func(c *layer.Conv) {
		c.Filters, c.Kernel, c.Groups.N = layer.WidthOf(64), layer.SizeOf(3), 0
	})
	fmt.Println(err.(*diag.Diag).Field, "–", err)

	_, err = layer.ConvKind.With(func(c *layer.Conv) { c.Filters = layer.WidthOf(64) })
	fmt.Println(err.(*diag.Diag).Field, "–", err)

	fmt.Println(layer.ReLUKind.Is(layer.ReLUKind.New()), layer.ReLUKind.Is(layer.TanhKind.New()))
	// Output:
	// 7 <nil>
	// groups – ‘0’ is out of range. Enter a value from 1 to 1,125,899,906,842,624.
	// kernel – conv requires a value for kernel, such as 3.
	// true false
}

// writes makes layers of a kind as its Typed does.
type writes struct{ kind *layer.Kind }

func (w writes) with(set func(layer.Layer)) (layer.Layer, error) {
	wanted := w.kind.New()
	set(wanted)
	return layer.Checked(wanted)
}

// TestHandles reads the package's source: every kind of the list has one Typed, of
// the type of its layers.
func TestHandles(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") {
			source.Write(data)
		}
	}
	list := regexp.MustCompile(`(?s)var Kinds = \[\]\*Kind\{(.*?)\n\}`).FindStringSubmatch(source.String())
	names := regexp.MustCompile(`\w+`).FindAllString(list[1], -1)
	if len(names) != len(layer.Kinds) {
		t.Fatalf("%d names in kinds.go, %d kinds", len(names), len(layer.Kinds))
	}
	handles := map[string][]string{}
	for _, m := range regexp.MustCompile(`\w+Kind\s*= Typed\[(\*\w+)\]\{&(\w+)\}`).FindAllStringSubmatch(source.String(), -1) {
		handles[m[2]] = append(handles[m[2]], m[1])
	}
	for i, k := range layer.Kinds {
		made := strings.ReplaceAll(fmt.Sprintf("%T", k.New()), "layer.", "")
		if !slices.Equal(handles[names[i]], []string{made}) {
			t.Errorf("%s has the handles %v; its file needs one: var %sKind = Typed[%s]{&%s}", k.Name, handles[names[i]], strings.TrimPrefix(made, "*"), made, names[i])
		}
	}
}

// TestTyped sets every field of every kind as its Typed does and wants what the
// text of the value gives, and a refusal where that is refused.
func TestTyped(t *testing.T) {
	fields := 0
	for _, k := range layer.Kinds {
		for i := range k.Fields {
			fields++
			t.Run(k.Name+"/"+k.Fields[i].Name, func(t *testing.T) { setsField(t, writes{k}, &k.Fields[i]) })
		}
	}
	t.Logf("%d kinds, %d fields", len(layer.Kinds), fields)
}

// setsField writes values of every sort into one field, with whatever else must be given.
func setsField(t *testing.T, w writes, f *layer.Field) {
	k := w.kind
	set := func(write func(layer.Value)) (layer.Layer, error) {
		return w.with(func(l layer.Layer) {
			for i := range k.Fields {
				if other := &k.Fields[i]; other.Need && other != f {
					if d := other.At(l).Parse(layer.Example(other)); d != nil {
						t.Fatal(d)
					}
				}
			}
			write(f.At(l))
		})
	}
	taken, refused := 0, 0
	for _, v := range valuesLike(f.At(k.New())) {
		l, err := set(func(to layer.Value) { reflect.ValueOf(to).Elem().Set(reflect.ValueOf(v).Elem()) })
		read, d := layer.With(k.New(), f, v.Text())
		switch {
		case (err == nil) != (d == nil):
			t.Errorf("%q: With gives %v, the text %v", v.Text(), err, d)
		case err != nil:
			refused++
			if f.Need && f.At(w.kind.New()).Text() == v.Text() {
				d = needs(k, f) // what is "not given" is not wrong, but missing
			}
			if got := err.(*diag.Diag); got.Field != f.Name || got.Error() != d.Error() {
				t.Errorf("%q: %s: %v; the text %s: %v", v.Text(), got.Field, got, d.Field, d)
			}
			if l != nil {
				t.Errorf("%q: a layer beside an error", v.Text())
			}
		default:
			taken++
			// The bounds too, not only what the text says.
			if !reflect.DeepEqual(f.At(l), f.At(read)) {
				t.Errorf("%q: With gives %+v, the text %+v", v.Text(), f.At(l), f.At(read))
			}
		}
	}
	if taken == 0 {
		t.Error("no value was taken")
	}
	switch f.At(w.kind.New()).(type) {
	case *layer.Switch, *layer.Word: // of these none is wrong: WordOf makes a word of anything
	default:
		if refused == 0 {
			t.Error("no value was refused")
		}
	}
	l, err := set(func(v layer.Value) {})
	switch {
	case f.Need && (err == nil || err.(*diag.Diag).Field != f.Name):
		t.Errorf("not given, and the error is %v", err)
	case !f.Need && (err != nil || !f.IsDefault(l)):
		t.Errorf("not set, and it is %v, %v", l, err)
	}
}

// needs returns what is said of a layer without one of its fields.
func needs(k *layer.Kind, f *layer.Field) *diag.Diag {
	return diag.New(catalog.NeedsField, k.Name, f.Label(), layer.Example(f)).On(f.Name)
}

// valuesLike returns values of the type of v as Go code makes them, good and bad,
// without the bounds, choices and rules of v.
func valuesLike(v layer.Value) []layer.Value {
	const most = num.MaxExtent
	switch v := v.(type) {
	case *layer.Width:
		return all(layer.WidthOf(1), layer.WidthOf(48, 2), layer.WidthOf(most), layer.WidthOf(2, 2, 2, 2, 2),
			layer.WidthOf(-1), layer.WidthOf(most, 2), layer.WidthOf(1, 1, 1, most, most, most))
	case *layer.Whole:
		return all(layer.Whole{N: v.Min}, layer.Whole{N: v.Max}, layer.Whole{N: min(v.Max, 2)}, layer.Whole{N: v.Min - 1}, layer.Whole{N: v.Max + 1})
	case *layer.Size:
		return all(layer.SizeOf(1), layer.SizeOf(3, 3), layer.SizeOf(1, 7), layer.SizeOf(1, 2, 3), layer.SizeOf(0), layer.SizeOf(-1),
			layer.SizeOf(2, -1), layer.SizeOf(1, 2, 3, 4), layer.SizeOf(math.MaxInt32+1))
	case *layer.Padding:
		return all(layer.PaddingOf(1), layer.PaddingOf(0, 3), layer.PaddingOf(-1), layer.PaddingRule("same"), layer.PaddingRule("valid"),
			layer.PaddingRule("keras-same"), layer.PaddingRule("other"), layer.PaddingOf(1, 2, 3, 4))
	case *layer.Switch:
		return all(layer.Switch(true), layer.Switch(false))
	case *layer.Real:
		return all(layer.Real{V: v.Min}, layer.Real{V: v.Max}, layer.Real{V: 0.25}, layer.Real{V: math.NaN()}, layer.Real{V: math.Inf(1)}, layer.Real{V: math.Inf(-1)})
	case *layer.Choice:
		values := all(layer.Choice{Word: "no such word"})
		for _, w := range v.Of {
			values = append(values, &layer.Choice{Word: w})
		}
		return values
	case *layer.Extents:
		return all(layer.ExtentsOf(7), layer.ExtentsOf(3, 5), layer.ExtentsOf(tensor.Unknown, 2), layer.ExtentsOf(1, 2, 3, 4, 5, 6),
			layer.ExtentsOf(0), layer.ExtentsOf(most+1), layer.ExtentsOf(1, 2, 3, 4, 5, 6, 7))
	case *layer.Wholes:
		return all(layer.WholesOf(0), layer.WholesOf(2, 1), layer.WholesOf(-3, math.MaxInt32), layer.WholesOf(math.MaxInt32+1), layer.WholesOf(1, 2, 3, 4, 5, 6, 7))
	case *layer.Sides:
		return all(layer.SidesOf([2]int64{1, 1}), layer.SidesOf([2]int64{1, 2}, [2]int64{0, 3}), layer.SidesOf([2]int64{-1, 0}),
			layer.SidesOf([2]int64{math.MaxInt32 + 1, 0}), layer.SidesOf(make([][2]int64, 5)...))
	case *layer.Reals:
		return all(layer.RealsOf(0.5), layer.RealsOf(0.5, 0.5), layer.RealsOf(0.25, 0.5), layer.RealsOf(2), layer.RealsOf(0), layer.RealsOf(math.NaN()), layer.RealsOf(1, 1, 1, 1))
	case *layer.Word:
		return all(layer.WordOf("Conv"), layer.WordOf("a b!"), layer.WordOf(strings.Repeat("층", 200)))
	case *layer.Tensors:
		many := make([]tensor.Shape, 1001)
		for i := range many {
			many[i] = tensor.Of(1)
		}
		return all(layer.TensorsOf(), layer.TensorsOf(tensor.Of(64, 3), tensor.Of(64)), layer.TensorsOf(tensor.Shape{}),
			layer.TensorsOf(tensor.Of(1, 2, 3, 4, 5, 6, 7)), layer.TensorsOf(many...))
	default:
		panic(fmt.Sprintf("layer: unknown value %T", v))
	}
}

// all returns pointers to the values, which is what implements Value.
func all[T any, P interface {
	*T
	layer.Value
}](values ...T) []layer.Value {
	var ps []layer.Value
	for i := range values {
		ps = append(ps, P(&values[i]))
	}
	return ps
}
