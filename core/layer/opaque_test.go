package layer

import (
	"testing"

	"paramstack/core/tensor"
)

// TestOpaqueKeeps wants a layer that keeps its input's shape to follow it, and to
// have no shape where the input has none.
func TestOpaqueKeeps(t *testing.T) {
	l, err := OpaqueKind.With(func(o *Opaque) { o.Keeps, o.Weights = true, TensorsOf() })
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []tensor.Shape{tensor.Of(3, 8, 8), tensor.Of(3, tensor.Unknown, 5), nil} {
		r, d := Apply(l, []tensor.Shape{x})
		if d != nil || !r.Out.Equal(x) || len(r.Out) != len(x) || len(r.Weights) != 0 {
			t.Errorf("of %v: %v, %v, %v", x, r.Out, r.Weights, d)
		}
		if open := len(r.Notes) > 0; open != (x == nil) {
			t.Errorf("of %v: notes %v", x, r.Notes)
		}
	}
}
