package tensor_test

import (
	"testing"

	"paramstack/core/num"
	"paramstack/core/tensor"
)

func TestShapeStrings(t *testing.T) {
	for _, c := range []struct {
		shape       tensor.Shape
		first, last string
	}{
		{nil, "?", "?"},
		{tensor.Shape{}, "", ""},
		{tensor.Of(1000), "1000", "1000"},
		{tensor.Of(96, 55, 54), "96×55×54", "55×54×96"},
		{tensor.Of(4, 8, 112, 56), "4×8×112×56", "8×112×56×4"},
		{tensor.Of(3, tensor.Unknown, 224), "3×?×224", "?×224×3"},
	} {
		if got := c.shape.String(); got != c.first {
			t.Errorf("channels first: %q, want %q", got, c.first)
		}
		if got := c.shape.In(tensor.ChannelsLast); got != c.last {
			t.Errorf("channels last: %q, want %q", got, c.last)
		}
	}
}

func TestElements(t *testing.T) {
	for _, c := range []struct {
		shape tensor.Shape
		want  string
		known bool
	}{
		{nil, "0", false},
		{tensor.Shape{}, "1", true}, // a single number
		{tensor.Of(96, 55, 55), "290400", true},
		{tensor.Of(3, tensor.Unknown), "0", false},
		{tensor.Of(0, 5), "0", true},
		{tensor.Of(1<<50, 1<<50, 1<<50, 1<<50), "1606938044258990275541962092341162602522202993782792835301376", true},
	} {
		n, known := c.shape.Elements()
		if n.String() != c.want || known != c.known || c.shape.Known() != c.known {
			t.Errorf("%s: %s elements, known %v; want %s, %v", c.shape, n, known, c.want, c.known)
		}
	}
}

func TestEqual(t *testing.T) {
	lanes := tensor.Shape{{N: 96, Written: num.ProductOf(48, 2)}}
	flat := tensor.Shape{{N: 9216, Parts: tensor.Of(6, 6, 256)}}
	for _, c := range []struct {
		a, b        tensor.Shape
		equal, like bool
	}{
		{nil, nil, true, true},
		{nil, tensor.Shape{}, false, false},
		{tensor.Of(3, 4), tensor.Of(3, 4), true, true},
		{tensor.Of(3, 4), tensor.Of(4, 3), false, false},
		{tensor.Of(3), tensor.Of(3, 1), false, false},
		{tensor.Of(tensor.Unknown), tensor.Of(tensor.Unknown), true, true},
		{tensor.Of(tensor.Unknown), tensor.Of(1), false, false},
		{lanes, tensor.Of(96), true, false},
		{lanes, tensor.Shape{{N: 96, Written: num.ProductOf(48, 2), From: 7}}, true, true},
		{flat, tensor.Of(9216), true, false},
		{flat, tensor.Shape{{N: 9216, Parts: tensor.Of(6, 6, 256)}}, true, true},
		{flat, tensor.Shape{{N: 9216, Parts: tensor.Of(3, 12, 256)}}, true, false},
	} {
		if c.a.Equal(c.b) != c.equal || c.b.Equal(c.a) != c.equal {
			t.Errorf("%s and %s equal: %v", c.a, c.b, !c.equal)
		}
		if c.a.LooksLike(c.b) != c.like || c.b.LooksLike(c.a) != c.like {
			t.Errorf("%s and %s look alike: %v", c.a, c.b, !c.like)
		}
	}
}

func TestDTypes(t *testing.T) {
	for i, want := range []string{"102228128", "51114064", "25557032"} {
		if got := tensor.DTypes[i].Bytes(num.Of(25557032)).String(); got != want {
			t.Errorf("ResNet-50 in %s takes %s bytes, want %s", tensor.DTypes[i].Name, got, want)
		}
	}
}
