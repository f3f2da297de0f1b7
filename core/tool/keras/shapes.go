package keras

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// readInput reads an input of the network; stale shapes of later layers are
// ignored: the shape that enters decides.
func readInput(c *call) (value, error) {
	stated := c.options().get("batch_input_shape", "batch_shape")
	shape := withoutBatch(stated)
	if shape == nil && stated == nil {
		c.journal.unfed = append(c.journal.unfed, c.config.path)
		shape = []int64{tensor.Unknown}
	}
	v, err := c.addInput(c.config.path, c.config.origin, shape, c.scope.model.preferred(c.place, len(shape), 0))
	c.added.values = append(c.added.values, v)
	return v, err
}

func readDense(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	if in, err = c.arranged(in, asIs(len(in.order))); err != nil {
		return in, err
	}
	units, bias := c.options().width("units"), c.options().flag("use_bias")
	return emit(c, layer.LinearKind, []value{in}, in.order,
		func(l *layer.Linear) { l.Features, l.Bias = units, layer.Switch(bias) })
}

// readActivation reads an activation as a layer; a linear one passes all on.
func readActivation(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	out, err := c.activated(in)
	if err == nil && out.node == in.node { // linear
		return emit(c, layer.IdentityKind, []value{in}, in.order, nil)
	}
	c.journal.acting-- // it is no option of another layer
	return out, err
}

// readSoftmax reads a softmax along an axis.
func readSoftmax(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	dim, ok := c.dim(in, c.options().whole(-1, "axis"))
	return emit(c, layer.SoftmaxKind, []value{in}, in.order, func(s *layer.Softmax) {
		if ok {
			s.Dim.N = dim
		}
	})
}

// readReLU reads a ReLU with a bound, a slope or a threshold (keras.layers.ReLU).
func readReLU(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	at := []value{in}
	most, bounded := c.options().real(0, 1e9, "max_value")
	slope, _ := c.options().real(-1e9, 1e9, "negative_slope")
	switch {
	case bounded && most == 6:
		return emit(c, layer.ReLU6Kind, at, in.order, nil)
	case bounded:
		return emit(c, layer.HardtanhKind, at, in.order, func(a *layer.Activation) { a.A.V, a.B.V = 0, most })
	case slope != 0:
		return emit(c, layer.LeakyReLUKind, at, in.order, func(a *layer.Activation) { a.A.V = slope })
	}
	return emit(c, layer.ReLUKind, at, in.order, nil)
}

// readPReLU reads a slope for each position, unless axes share them.
func readPReLU(c *call) (value, error) {
	in, err := c.one()
	if err != nil || in.order == nil {
		return in, errUnsupported
	}
	var shared []int64
	for _, axis := range c.options().sizes("shared_axes") {
		dim, ok := c.dim(in, axis)
		if !ok {
			return in, errUnsupported
		}
		shared = append(shared, dim)
	}
	return emit(c, layer.PReLUKind, []value{in}, in.order,
		func(p *layer.PReLU) { p.Each, p.Shared = true, layer.WholesOf(shared...) })
}

// readEmbedding adds an extent after those of the indices.
func readEmbedding(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	o := asIs(2)
	if in.order != nil {
		if in, err = c.arranged(in, asIs(len(in.order))); err != nil {
			return in, err
		}
		o = asIs(len(in.order) + 1)
	}
	words, stated := c.options().count("input_dim")
	features, both := c.options().count("output_dim")
	return emit(c, layer.EmbeddingKind, []value{in}, o, func(e *layer.Embedding) {
		if stated && both {
			e.Table = layer.ExtentsOf(words, features)
		}
	})
}

// readFlatten lays everything in a row but the dimensions in front that are taken
// one by one.
func readFlatten(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	lead := c.scope.lead
	if in.order == nil {
		return emit(c, layer.FlattenKind, []value{in}, asIs(1), nil)
	}
	if lead > 0 {
		if in, err = c.arranged(in, asIs(len(in.order))); err != nil {
			return in, err
		}
		if len(in.order) <= lead+1 {
			return emit(c, layer.IdentityKind, []value{in}, in.order, nil)
		}
	}
	return emit(c, layer.FlattenKind, []value{in}, asIs(lead+1), func(f *layer.Flatten) { f.Start.N = int64(lead) + 1 })
}

// readReshape lays out the sizes in the order that what follows prefers. Elements are
// not followed one by one, so none is moved for it.
func readReshape(c *call) (value, error) {
	in, err := c.one()
	target, ok := sizesOf(c.options().get("target_shape"))
	if err != nil || !ok {
		return in, errUnsupported
	}
	if lead := c.scope.lead; lead > 0 {
		shape := c.sizes(in)
		if len(shape) < lead {
			return in, errUnsupported
		}
		if in, err = c.arranged(in, asIs(len(in.order))); err != nil {
			return in, err
		}
		target = slices.Concat(numbersOf(shape[:lead]), target)
	}
	if len(target) == 0 {
		target = []int64{1}
	}
	o := c.after(len(target))
	return addReshape(c, in, o, o.ours(target))
}

// addReshape adds a reshape.
func addReshape(c *call, in value, o order, sizes []int64) (value, error) {
	return emit(c, layer.ReshapeKind, []value{in}, o, func(r *layer.Reshape) {
		if len(sizes) <= layer.MaxRank {
			r.Sizes = layer.ExtentsOf(sizes...)
		}
	})
}

// readPermute reorders extents: dims counts from 1, without the batch.
func readPermute(c *call) (value, error) {
	in, err := c.one()
	dims := c.options().sizes("dims")
	if err != nil || c.scope.lead > 0 || len(dims) != len(in.order) {
		return in, errUnsupported
	}
	o := c.after(len(dims))
	ours := make([]int64, len(dims))
	for i, axis := range o {
		at := in.order.at(int(dims[axis]) - 1)
		if at < 0 {
			return in, errUnsupported
		}
		ours[i] = int64(at) + 1
	}
	return emit(c, layer.PermuteKind, []value{in}, o, func(p *layer.Permute) { p.Dims = layer.WholesOf(ours...) })
}

// readRepeatVector makes a sequence of copies of a vector.
func readRepeatVector(c *call) (value, error) {
	in, err := c.one()
	if err != nil || c.scope.lead > 0 {
		return in, errUnsupported
	}
	n, stated := c.options().count("n")
	return emit(c, layer.RepeatVectorKind, []value{in}, asIs(2), func(r *layer.RepeatVector) {
		if stated {
			r.Copies.N = n
		}
	})
}
