package passport

import (
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A Rule is a way of counting operations that numbers are quoted by and that is none of the
// tools' above: of tools for FLOPs, of older versions, of nobody's tool.
type Rule uint8

// The rules.
const (
	BiasesToo      Rule = iota // one for each bias that is added
	ActivationsToo             // biases, and one for each element of an activation
	NormsToo                   // biases of convolutions, and two for each element of a batch norm
	ThopBefore                 // thop 0.0.31 of 2020 (thop/vision/basic_hooks.py at 05fe619)
	ThopFirst                  // thop of 2019 (thop/count_hooks.py at 1023a53), in the table of its README
	DeepSpeed                  // DeepSpeed and calflops (deepspeed/profiling/flops_profiler/profiler.py)
	TensorFlow                 // tf.profiler (tensorflow/python/profiler/internal/flops_registry.py)
	Rules                      // how many there are
)

// ID returns a stable name, for scripts.
func (r Rule) ID() string {
	return [Rules]string{"biases", "activations", "norms", "thop-0.0.31", "thop-2019", "deepspeed", "tensorflow"}[r]
}

// Doubled reports whether the rule counts a multiply and an add for each multiply-accumulate,
// as all do that are called FLOPs by their tools.
func (r Rule) Doubled() bool { return r == DeepSpeed || r == TensorFlow }

// A Beside is what each rule counts of a network beside its multiply-accumulates.
type Beside struct {
	sums    [Rules]num.Int
	unknown [Rules]bool
}

// BesideOf adds up what the rules count of a network.
func BesideOf(r *count.Report) *Beside {
	b := &Beside{}
	r.Layers(func(row *count.Row, times num.Int) {
		m := moduleOf(row)
		b.add(m, len(row.Out), times)
	})
	return b
}

// Of returns what a rule counts; false if it is not reproduced for a layer of the network.
func (b *Beside) Of(r Rule) (num.Int, bool) { return b.sums[r], !b.unknown[r] }

// add adds a layer whose output has so many extents, so many times.
func (b *Beside) add(m *module, extents int, times num.Int) {
	for r := Rule(0); r < Rules; r++ {
		n, ok := m.beside(r, extents)
		b.unknown[r] = b.unknown[r] || !ok
		if !n.IsZero() {
			b.sums[r] = b.sums[r].Add(n.Mul(times))
		}
	}
}

// beside returns what a rule counts of one run of the layer beside its multiply-accumulates;
// false if the rule is not reproduced.
func (m *module) beside(r Rule, extents int) (num.Int, bool) {
	bias := zero
	if !m.bias.IsZero() {
		bias = m.out
	}
	thop := r == ThopBefore || r == ThopFirst
	switch {
	case m.unknown() || m.kind.Group == layer.GroupRecurrent || m.transposed() && thop:
		return zero, false
	case m.conv() || m.transposed():
		return bias, true
	case m.of(layer.LinearKind.Kind()):
		switch r {
		case BiasesToo, ActivationsToo, TensorFlow:
			return bias, true
		case ThopFirst:
			return m.mul.Sub(m.out), true // a sum of n products has n − 1 additions
		}
	case m.kind.Group == layer.GroupNorm:
		return m.besideNorm(r), true
	case m.kind.Group == layer.GroupPool:
		return m.besidePool(r, extents), true
	case m.of(layer.SoftmaxKind.Kind()):
		if r == TensorFlow {
			return m.out.Times(5), true
		}
	case m.kind.Group == layer.GroupActivation:
		if _, dropout := m.layer.(*layer.Dropout); dropout {
			return zero, true // nothing is done in inference
		}
		if r == ActivationsToo || r == DeepSpeed || thop && m.of(layer.LeakyReLUKind.Kind()) {
			return m.out, true
		}
	case m.of(layer.UpsampleKind.Kind()):
		nearest := m.layer.(*layer.Upsample).Mode.Word == "nearest"
		return zero, nearest && r != DeepSpeed || !thop && r != DeepSpeed
	case m.of(layer.MulKind.Kind()):
		if r == TensorFlow {
			return m.out, true
		}
	}
	return zero, true
}

func (m *module) besideNorm(r Rule) num.Int {
	batch := m.of(layer.BatchNormKind.Kind())
	switch {
	case r == DeepSpeed && !batch && m.norm():
		if m.affine {
			return m.in.Times(5)
		}
		return m.in.Times(4)
	case r == DeepSpeed && batch && !m.affine:
		return m.in
	case batch && (r == NormsToo || r == ThopBefore || r == DeepSpeed):
		return m.in.Times(2)
	case batch && r == ThopFirst:
		return m.in.Times(4)
	}
	return zero
}

func (m *module) besidePool(r Rule, extents int) num.Int {
	adaptive := m.of(layer.GlobalAvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind())
	average := m.of(layer.AvgPoolKind.Kind())
	window := func() num.Int {
		area := num.Of(1)
		for i := range extents - 1 {
			area = area.Times(kernelOf(m.layer).At(i))
		}
		return m.out.Mul(area)
	}
	switch r {
	case ThopBefore, ThopFirst:
		switch {
		case adaptive:
			return m.in.Add(m.out)
		case average && r == ThopFirst:
			return window().Add(m.out)
		case average:
			return m.out
		}
	case DeepSpeed:
		return m.in
	case TensorFlow:
		switch {
		case adaptive:
			return m.in
		case average || m.of(layer.MaxPoolKind.Kind()):
			return window()
		}
	}
	return zero
}

// kernelOf returns the window of a pool that has one.
func kernelOf(l layer.Layer) layer.Size {
	switch l := l.(type) {
	case *layer.MaxPool:
		return l.Kernel
	case *layer.AvgPool:
		return l.Kernel
	}
	return layer.SizeOf(1)
}
