package caffe

import (
	"slices"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
)

// Whose weights they are: frozen ones, and those that layers share by name.

// emitLearned adds a layer with so many tensors that learn, once for each input:
// all go through the same weights (base_conv_layer.cpp).
func emitLearned[L layer.Layer](c *call, kind layer.Typed[L], in []string, tensors int, set func(L)) error {
	made, err := layerOf(kind, set)
	if err != nil {
		return err
	}
	return c.addShared(graph.Node{Layer: made, Frozen: c.frozen(tensors)}, in, tensors)
}

// addShared adds a layer whose tensors other layers can name too, once for each
// input.
func (c *call) addShared(n graph.Node, in []string, tensors int) error {
	n.Name, n.Keep, n.Shares = c.name, true, c.shares(tensors)
	for i := range in {
		n.Inputs = in[i : i+1]
		name, err := c.Add(n)
		if err != nil {
			return err
		}
		if i < len(c.top) {
			c.blobs[c.top[i]] = name
		}
		if i == 0 {
			c.own(name)
			if n.Shares == "" {
				n.Shares = name
			}
		}
	}
	return nil
}

// withBias is how many tensors a layer has: its weights, and a bias where the file states one.
func withBias(bias bool) int {
	if bias {
		return 2
	}
	return 1
}

// rates returns the learning rates of a layer's tensors: lr_mult of each param,
// blobs_lr in old files.
func (d *definition) rates() []float64 {
	of := func(s string) float64 {
		if x, err := strconv.ParseFloat(s, 64); err == nil {
			return x
		}
		return 1
	}
	var all []float64
	for _, s := range d.msg.Strs("blobs_lr") {
		all = append(all, of(s))
	}
	if len(all) == 0 {
		d.msg.All("param", func(f *prototext.Field) { all = append(all, of(f.Msg.Str("lr_mult"))) })
	}
	return all
}

// frozen reports whether none of the call's tensors learn.
func (c *call) frozen(tensors int) bool {
	rates, still := c.rates(), 0
	for _, r := range rates[:min(len(rates), tensors)] {
		if r == 0 {
			still++
		}
	}
	if still > 0 && still < tensors {
		c.NoteAbout(catalog.ImportPartlyFrozen, c.name)
	}
	return still > 0 && still == tensors
}

// allStill reports whether so many tensors, which come behind others, do not learn.
func (c *call) allStill(behind, tensors int) bool {
	rates := c.rates()
	return len(rates) >= behind+tensors && !slices.ContainsFunc(rates[behind:behind+tensors],
		func(r float64) bool { return r != 0 })
}

// tensorNames returns the names under which a layer's tensors are shared.
func (d *definition) tensorNames() []string {
	var all []string
	d.msg.All("param", func(f *prototext.Field) {
		if f.Msg == nil {
			all = append(all, f.Text)
		} else {
			all = append(all, f.Msg.Str("name"))
		}
	})
	return all
}

// shares returns the node that has all the tensors that the call names, "" if there
// is none.
func (c *call) shares(tensors int) string {
	owner, same := "", 0
	names := c.tensorNames()
	for _, n := range names[:min(len(names), tensors)] {
		if o := c.owners[n]; n != "" && o != "" {
			if owner == "" {
				owner = o
			}
			if o == owner {
				same++
			}
		}
	}
	if same > 0 && same < tensors {
		c.NoteAbout(catalog.ImportPartlyShared, c.name)
		return ""
	}
	return owner
}

// own notes the names of the call's tensors, for those that share them.
func (c *call) own(node string) {
	for _, n := range c.tensorNames() {
		if n != "" && c.owners[n] == "" {
			c.owners[n] = node
		}
	}
}

// readParameter is a learned tensor that enters.
func readParameter(c *call) error {
	var s blobShape
	c.definition.options("parameter_param", &sub{"shape", s.fields})
	for i, n := range s.dims {
		s.dims[i] = extentOf(n)
	}
	if len(s.dims) > 1 && s.dims[0] == 1 {
		s.dims = s.dims[1:] // the batch
	}
	made, err := layer.ParamKind.With(func(p *layer.Param) { p.Shape = layer.ExtentsOf(s.dims...) })
	if err != nil {
		return err
	}
	name, err := c.Add(graph.Node{Name: c.name, Layer: made, Keep: true, Frozen: c.frozen(1)})
	if err == nil {
		c.alias(name)
	}
	return err
}

// A sub is a message that holds nothing but another.
type sub struct {
	name string
	list func(*fields)
}

func (o *sub) fields(f *fields) { f.sub(o.name, o.list) }

// readUnknown adds a layer of a type without a kind. Its weights are those that the
// file holds; types of which Caffe or a fork states so have none.
func readUnknown(c *call) error {
	u := graph.Unknown{Type: c.typ, Complete: isWeightless(c.definition)}
	u.Keeps = keepsShape[c.key] && len(c.in) > 0
	c.msg.All("blobs", func(f *prototext.Field) {
		var s blobShape
		if read(f.Msg.Sub("shape"), &s); len(s.dims) == 0 {
			for _, side := range []string{"num", "channels", "height", "width"} {
				s.dims = append(s.dims, f.Msg.Whole(side, 1))
			}
		}
		u.Weights = append(u.Weights, graph.Sized(s.dims...))
	})
	return c.addOpaque(c.in, u)
}

// eachOf are the weights of a Scale or Bias over several dimensions of the call's
// input: one number for each entry.
func (c *call) eachOf(axis, axes int64, bias bool) graph.Unknown {
	x := c.x()
	end := axis + axes
	if axes < 0 {
		end = int64(len(x)) + 1
	}
	w := tensor.Of(tensor.Unknown)
	if axis >= 1 && end > axis && end <= int64(len(x))+1 {
		n := make([]int64, 0, end-axis)
		for _, d := range x[axis-1 : end-1] {
			n = append(n, d.N)
		}
		w = graph.Sized(n...)
	} else if axes == 0 {
		w = tensor.Of(1)
	}
	u := graph.Unknown{Type: c.typ, Keeps: true, Complete: true, Weights: []tensor.Shape{w}}
	if bias {
		u.Weights = append(u.Weights, w)
	}
	return u
}
