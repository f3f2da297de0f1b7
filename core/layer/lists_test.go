package layer_test

import (
	"testing"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// What a file declares can be written, and read again with as many elements.
func TestTensorsOf(t *testing.T) {
	for want, shapes := range map[string][]tensor.Shape{
		"none":                   nil,
		"64x3x7x7,64,[]":         {tensor.Of(64, 3, 7, 7), tensor.Of(64), {}},
		"2":                      {tensor.Of(0, 3), tensor.Of(2), tensor.Of(0), tensor.Of(0, tensor.Unknown)},
		"1x2x3x4x5x336":          {tensor.Of(1, 2, 3, 4, 5, 6, 7, 8)},
		"1x2x3x4x5x?":            {tensor.Of(1, 2, 3, 4, 5, 1<<40, 1<<40)},
		"?":                      {tensor.Of(1<<62, 2)},
		"1125899906842624x?x1,?": {tensor.Of(1<<50, tensor.Unknown, 1), tensor.Of(tensor.Unknown)},
	} {
		l := layer.TensorsOf(shapes...)
		if l.Text() != want {
			t.Errorf("%v is written %s, want %s", shapes, l.Text(), want)
		}
		if d := new(layer.Tensors).Parse(l.Text()); d != nil {
			t.Errorf("%s: %v", l.Text(), d)
		}
	}
}
