package importer

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// Whose weights they are: frozen ones, and those that layers share by name.

// learn adds a layer with so many tensors that learn, once for each input.
func (c *caffeNet) learn(l *caffeLayer, in []string, made layer.Layer, tensors int) error {
	n := Node{Name: l.name, Layer: made, Inputs: in[:1], Keep: true, Frozen: c.frozen(l, tensors), Shares: c.shares(l, tensors)}
	for i := range in {
		n.Inputs = in[i : i+1]
		name, err := c.add(n)
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
	if old := l.msg.strs("blobs_lr"); len(old) > 0 {
		return old
	}
	var all []string
	l.msg.all("param", func(f *protoField) { all = append(all, caffeOr(f.msg.str("lr_mult"), "1")) })
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
		c.tell(catalog.ImportPartlyFrozen, l.name)
	}
	return still > 0 && still == tensors
}

// tensorNames returns the names under which a layer's tensors are shared.
func (l *caffeLayer) tensorNames() []string {
	var all []string
	l.msg.all("param", func(f *protoField) {
		if f.msg == nil {
			all = append(all, f.text)
		} else {
			all = append(all, f.msg.str("name"))
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
		c.tell(catalog.ImportPartlyShared, l.name)
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
	for _, d := range l.msg.sub("parameter_param").sub("shape").strs("dim") {
		dims = append(dims, caffeOr(d, "?"))
	}
	if len(dims) > 1 && dims[0] == "1" {
		dims = dims[1:] // the batch
	}
	made, err := build("param", "shape", strings.Join(dims, "x"))
	if err != nil {
		return err
	}
	name, err := c.add(Node{Name: l.name, Layer: made, Keep: true, Frozen: c.frozen(l, 1)})
	if err == nil {
		c.alias(l, name)
	}
	return err
}

// caffeWeightless reports whether Caffe or a fork says that a type has no weights.
func caffeWeightless(l *caffeLayer) bool {
	if l.key == "python" { // Faster R-CNN's, which only choose regions
		p := l.msg.sub("python_param")
		return strings.HasPrefix(p.str("module"), "rpn.") || strings.HasPrefix(p.str("module"), "roi_data_layer.")
	}
	return slices.Contains(caffeSameShape, l.key) || slices.Contains(caffeOther, l.key)
}
