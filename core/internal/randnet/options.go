package randnet

import (
	"fmt"
	"math"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// leaf returns a layer of a kind with some of its options, for a shape.
func (g *generator) leaf(k *layer.Kind, x tensor.Shape) string {
	words := []string{k.Name}
	often := 0.25
	if g.chance(0.4) {
		often = 0.05 // defaults
	}
	for i := range k.Fields {
		f := &k.Fields[i]
		if !f.Need && !g.chance(often) {
			continue
		}
		v := g.hinted(k, f, x)
		if v == "" {
			v = g.value(f.At(k.New()), x)
		}
		if v != "" {
			words = append(words, f.Name+"="+v)
		}
	}
	if k.Learns && g.chance(0.08) {
		words = append(words, "frozen")
	}
	return strings.Join(words, " ")
}

// hinted returns a value that is likely to fit, where one at random hardly ever
// would; "" if there is none.
func (g *generator) hinted(k *layer.Kind, f *layer.Field, x tensor.Shape) string {
	if len(x) == 0 || !x.Known() {
		return ""
	}
	last, total := x[len(x)-1].N, int64(1)
	for _, d := range x {
		total *= d.N
	}
	switch k.Name + "." + f.Name {
	case "attention.heads", "windowattention.heads", "multiscaleattention.heads":
		return fmt.Sprint(g.divisor(last))
	case "conv.groups", "deformconv.groups", "groupnorm.groups", "channelshuffle.groups":
		return fmt.Sprint(g.divisor(x[0].N))
	case "conv.filters", "deformconv.filters":
		return g.width(x[0].N * int64(1+g.IntN(2)))
	case "reshape.shape":
		return g.split(total)
	case "permute.dims":
		var dims []string
		for _, i := range g.Perm(len(x)) {
			dims = append(dims, fmt.Sprint(i+1))
		}
		return strings.Join(dims, "x")
	case "unflatten.size", "unflatten.shape":
		return g.split(x[0].N)
	case "multiscaleattention.grid":
		if x[0].N > 1 {
			return g.split3(x[0].N - 1)
		}
	case "windowattention.window":
		if len(x) > 1 {
			return fmt.Sprint(g.divisor(x[0].N))
		}
	}
	return ""
}

// paired returns layers that only fit beside one another, "" for other kinds.
func (g *generator) paired(k *layer.Kind, x tensor.Shape) string {
	kernel, stride := 1+g.IntN(3), 1+g.IntN(2)
	switch k {
	case layer.DeformConvKind.Kind():
		return fmt.Sprintf("deformconv %d k%d s%d { | conv %d k%d s%d }", 1+g.IntN(6), kernel, stride, 2*kernel*kernel, kernel, stride)
	case layer.MatMulKind.Kind():
		return []string{"matmul transpose { | }", "matmul { | permute 2x1 }", "matmul transpose { | linear 3 | }"}[g.IntN(3)]
	case layer.FoldKind.Kind():
		if len(x) == 3 && x.Known() {
			return fmt.Sprintf("unfold k%d s%d; fold %dx%d k%d s%d", kernel, stride, x[1].N, x[2].N, kernel, stride)
		}
	case layer.UpsampleKind.Kind():
		if len(x) > 1 {
			return []string{"upsample 2", "upsample 1.5", "upsample 0.5", fmt.Sprintf("upsample size=%d", 2+g.IntN(9)), "upsample 2 interpolation=" +
				[]string{"linear", "bilinear", "trilinear"}[min(len(x)-2, 2)]}[g.IntN(5)]
		}
	case layer.UnflattenKind.Kind():
		if len(x) > 0 && x.Known() {
			return "unflatten " + g.split(x[0].N) + " dim=1"
		}
	}
	return ""
}

// divisor returns one of the divisors of n.
func (g *generator) divisor(n int64) int64 {
	var all []int64
	for d := int64(1); d <= n && d < 1000; d++ {
		if n%d == 0 {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return 1
	}
	return all[g.IntN(len(all))]
}

// split returns extents whose product is n.
func (g *generator) split(n int64) string {
	var parts []string
	for range g.IntN(3) {
		d := g.divisor(n)
		parts, n = append(parts, fmt.Sprint(d)), n/d
	}
	if g.chance(0.3) {
		return strings.Join(append(parts, "?"), "x")
	}
	return strings.Join(append(parts, fmt.Sprint(n)), "x")
}

func (g *generator) split3(n int64) string {
	a := g.divisor(n)
	b := g.divisor(n / a)
	return fmt.Sprintf("%dx%dx%d", a, b, n/a/b)
}

// width writes a number of channels, sometimes as a product.
func (g *generator) width(n int64) string {
	if d := g.divisor(n); d > 1 && d < n && g.chance(0.3) {
		return fmt.Sprintf("%d*%d", d, n/d)
	}
	return fmt.Sprint(n)
}

// value returns some value of a field's type.
func (g *generator) value(v layer.Value, x tensor.Shape) string {
	dims := max(len(x)-1, 1)
	each := func(one func() string) string {
		if dims > 3 || g.chance(0.7) {
			return one()
		}
		var all []string
		for range dims {
			all = append(all, one())
		}
		return strings.Join(all, "x")
	}
	switch v := v.(type) {
	case *layer.Width:
		return g.width(int64(1 + g.IntN(8)))
	case *layer.Whole:
		low, high := max(v.Min, -3), min(v.Max, 6)
		if low > high {
			low = high
		}
		return fmt.Sprint(low + g.Int64N(high-low+1))
	case *layer.Size:
		return each(func() string { return fmt.Sprint(max(v.Least, 0) + g.Int64N(3)) })
	case *layer.Padding:
		if rules := strings.Split(v.Rules, ", "); v.Rules != "" && g.chance(0.5) {
			return rules[g.IntN(len(rules))]
		}
		return each(func() string { return fmt.Sprint(g.IntN(3)) })
	case *layer.Switch:
		return []string{"on", "off"}[g.IntN(2)]
	case *layer.Real:
		return g.real(v.Min, v.Max)
	case *layer.Choice:
		return v.Of[g.IntN(len(v.Of))]
	case *layer.Extents:
		var all []string
		for range min(max(1+g.IntN(3), dims), v.Most) {
			if all = append(all, fmt.Sprint(1+g.IntN(5))); g.chance(0.15) {
				all[len(all)-1] = "?"
			}
		}
		return strings.Join(all, "x")
	case *layer.Sides:
		return each(func() string {
			low := max(v.Least, -1)
			if n := low + g.Int64N(3); g.chance(0.6) {
				return fmt.Sprint(n)
			}
			return fmt.Sprintf("%d+%d", low+g.Int64N(3), low+g.Int64N(3))
		})
	case *layer.Reals:
		return each(func() string { return g.real(math.Nextafter(v.Above, 9), math.Nextafter(v.Below, -9)) })
	case *layer.Wholes:
		var all []string
		for range 1 + g.IntN(max(len(x), 1)) {
			n := 1 + g.IntN(max(len(x), 1))
			if g.chance(0.2) {
				n = -n
			}
			all = append(all, fmt.Sprint(n))
		}
		return strings.Join(all[:min(len(all), layer.MaxRank)], "x")
	case *layer.Word:
		return "Unknown" + string(rune('A'+g.IntN(5)))
	case *layer.Tensors:
		return []string{"none", "3x4", "[]", "2x?", "5,3x3"}[g.IntN(5)]
	default:
		panic(fmt.Sprintf("randnet: no values of type %T", v))
	}
}

// real returns a number between bounds.
func (g *generator) real(low, high float64) string {
	for range 20 {
		if r := []float64{0, 0.1, 0.25, 0.5, 0.9, 1, 1.5, 2, 3, -0.5, 1e-3}[g.IntN(11)]; low <= r && r <= high {
			return fmt.Sprint(r)
		}
	}
	return fmt.Sprint(min(max(low, -num.MaxExtent), high))
}
