package keras

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/keras/trace"
)

// What source has and files have not: weights and constants that a program makes
// itself, and the classes that paramstack writes into the code of a network.
func sourceReadings() map[string]*reading {
	return map[string]*reading{
		trace.Variable:                 {read: readVariable, source: true},
		trace.Constant:                 {read: readConstant, source: true},
		"paramstack>Table":             {read: readVariable},
		reversibleEmbedding:            {read: readReversible, prefers: prefersRows},
		"paramstack>LayerScale":        {read: readLayerScale, alike: true},
		"paramstack>LocalResponseNorm": {read: readLRN, prefers: prefersMap},
	}
}

// readVariable reads a weight: a tensor of its own.
func readVariable(c *call) (value, error) {
	shape := c.options().sizes("shape")
	if table := c.options().sizes("table_shape"); table != nil {
		shape = table
	}
	if len(shape) == 0 {
		shape = []int64{1}
	}
	kind := layer.ParamKind
	if !c.options().trainable() {
		kind = layer.BufferKind
	}
	o := asIs(len(shape)) // paramstack's own tables are as they are in the stack
	if c.config.class.name == trace.Variable {
		o = c.after(len(shape))
	}
	return emit(c, kind, nil, o, func(p *layer.Param) { p.Shape = layer.ExtentsOf(o.ours(shape)...) })
}

// readConstant reads what is not learned and not counted.
func readConstant(c *call) (value, error) {
	shape := c.options().sizes("shape")
	if len(shape) == 0 {
		shape = []int64{1}
	}
	l := graph.Opaque("constant", []tensor.Shape{}, nil, tensor.Of(shape...))
	l.(*layer.Opaque).MACs.N = 0
	return c.add(l, nil, asIs(len(shape)))
}

// readLayerScale reads a factor for each feature.
func readLayerScale(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	init, stated := c.options().real(-1e9, 1e9, "init")
	return emit(c, layer.LayerScaleKind, []value{in}, in.order, func(s *layer.LayerScale) {
		if stated {
			s.Init.V = init
		}
		s.Bias = layer.Switch(c.options().flag("use_bias"))
		if !in.order.featuresLast() {
			s.Over.Word = "channels"
		}
	})
}

// readLRN reads the normalization over neighbouring channels.
func readLRN(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if in, err = c.arranged(in, channelsLast(len(in.order))); err != nil {
		return in, err
	}
	real := func(r *layer.Real, name string) {
		if x, ok := c.options().real(-1e9, 1e9, name); ok {
			r.V = x
		}
	}
	return emit(c, layer.LRNKind, []value{in}, in.order, func(n *layer.LRN) {
		n.Size.N = c.options().whole(n.Size.N, "size")
		real(&n.Alpha, "alpha")
		real(&n.Beta, "beta")
		real(&n.K, "k")
	})
}

// readReversible reads a table of words; called again it leads from features back to
// words, by the same weights.
func readReversible(c *call) (value, error) {
	if !c.added.again || len(c.added.first) != 1 {
		return readEmbedding(c)
	}
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if in, err = c.arranged(in, asIs(len(in.order))); err != nil {
		return in, err
	}
	l, err := layer.LinearKind.With(func(l *layer.Linear) {
		l.Features, l.Bias = c.options().width("input_dim"), false
	})
	if err != nil {
		return in, err
	}
	node, err := c.Add(graph.Node{Name: c.config.path + "/reverse", Layer: l, Inputs: []string{in.node},
		Shares: c.added.first[0].node})
	return value{node, in.order}, err
}
