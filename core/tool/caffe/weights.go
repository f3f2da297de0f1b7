package caffe

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
)

// Whose weights they are: frozen ones, and those that layers share by name.

// learn adds a layer with so many tensors that learn, once for each input.
func (c *caffeNet) learn(l *caffeLayer, in []string, made layer.Layer, tensors int) error {
	n := graph.Node{Name: l.name, Layer: made, Inputs: in[:1], Keep: true, Frozen: c.frozen(l, tensors), Shares: c.shares(l, tensors)}
	for i := range in {
		n.Inputs = in[i : i+1]
		name, err := c.Add(n)
		if err != nil {
			return err
		}
		if i < len(l.top) {
			c.blobs[l.top[i]] = name
		}
		if i == 0 {
			c.own(l, name)
			if n.Shares == "" {
				n.Shares = name
			}
		}
	}
	return nil
}

// rates returns the learning rates of a layer's tensors, as written: lr_mult of
// each param, blobs_lr in old files.
func (l *caffeLayer) rates() []string {
	if old := l.msg.Strs("blobs_lr"); len(old) > 0 {
		return old
	}
	var all []string
	l.msg.All("param", func(f *prototext.Field) { all = append(all, caffeOr(f.Msg.Str("lr_mult"), "1")) })
	return all
}

// frozen reports whether none of a layer's tensors learn.
func (c *caffeNet) frozen(l *caffeLayer, tensors int) bool {
	rates, still := l.rates(), 0
	for _, r := range rates[:min(len(rates), tensors)] {
		if x, err := strconv.ParseFloat(r, 64); err == nil && x == 0 {
			still++
		}
	}
	if still > 0 && still < tensors {
		c.NoteAbout(catalog.ImportPartlyFrozen, l.name)
	}
	return still > 0 && still == tensors
}

// tensorNames returns the names under which a layer's tensors are shared.
func (l *caffeLayer) tensorNames() []string {
	var all []string
	l.msg.All("param", func(f *prototext.Field) {
		if f.Msg == nil {
			all = append(all, f.Text)
		} else {
			all = append(all, f.Msg.Str("name"))
		}
	})
	return all
}

// shares returns the layer that has all the tensors that l names, "" if there is
// none.
func (c *caffeNet) shares(l *caffeLayer, tensors int) string {
	owner, same := "", 0
	names := l.tensorNames()
	for _, n := range names[:min(len(names), tensors)] {
		if o := c.owners[n]; n != "" && o != "" {
			if owner == "" {
				owner = o
			}
			same += asWhole(o == owner)
		}
	}
	if same > 0 && same < tensors {
		c.NoteAbout(catalog.ImportPartlyShared, l.name)
		return ""
	}
	return owner
}

// own notes the names of a layer's tensors, for those that share them.
func (c *caffeNet) own(l *caffeLayer, node string) {
	for _, n := range l.tensorNames() {
		if n != "" && c.owners[n] == "" {
			c.owners[n] = node
		}
	}
}

// caffeParameter is a learned tensor that enters.
func caffeParameter(c *caffeNet, l *caffeLayer, _ []string) error {
	var dims []string
	for _, d := range l.msg.Sub("parameter_param").Sub("shape").Strs("dim") {
		dims = append(dims, caffeOr(d, "?"))
	}
	if len(dims) > 1 && dims[0] == "1" {
		dims = dims[1:] // the batch
	}
	made, err := graph.Build("param", "shape", strings.Join(dims, "x"))
	if err != nil {
		return err
	}
	name, err := c.Add(graph.Node{Name: l.name, Layer: made, Keep: true, Frozen: c.frozen(l, 1)})
	if err == nil {
		c.alias(l, name)
	}
	return err
}

// caffeWeightless reports whether Caffe or a fork says that a type has no weights.
func caffeWeightless(l *caffeLayer) bool {
	if l.key == "python" { // Faster R-CNN's, which only choose regions
		p := l.msg.Sub("python_param")
		return strings.HasPrefix(p.Str("module"), "rpn.") || strings.HasPrefix(p.Str("module"), "roi_data_layer.")
	}
	return slices.Contains(caffeSameShape, l.key) || slices.Contains(caffeOther, l.key)
}
