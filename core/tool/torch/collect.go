package torch

import (
	"cmp"
	"fmt"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
	"paramstack/core/tool/torch/safetensors"
)

// A collector gathers tensors with their names.
type collector struct {
	tensors []*stored
	seen    map[any]bool
	by      map[string]string // the first name of a tensor, by its storage
	trained bool              // TorchScript's archives say which are
	still   []*stored         // those of which nothing says that they are
	left    []string          // optimizers, which were passed over
	err     error
}

func newCollector() *collector { return &collector{seen: map[any]bool{}, by: map[string]string{}} }

// finish returns the tensors, each with whether it is trained.
func (c *collector) finish() []*stored {
	for _, s := range c.still {
		s.frozen = s.frozen || c.trained
	}
	return c.tensors
}

// collect walks what a pickle made. What was seen is not walked again, so circles
// end.
func (c *collector) collect(name string, v any, depth int) {
	if depth > maxModuleDepth || c.err != nil {
		return
	}
	if t, ok := v.(*pyTensor); ok {
		c.add(name, t, false)
		return
	}
	switch v := v.(type) {
	case *pickle.Dict, *pickle.List, *pickle.Tuple, *pickle.Object:
		if c.seen[v] {
			return
		}
		c.seen[v] = true
	}
	switch v := v.(type) {
	case *pickle.Dict:
		if isOptimizer(v) {
			c.left = append(c.left, cmp.Or(name, "optimizer"))
			return
		}
		for i, k := range v.Keys {
			switch k := k.(type) {
			case string:
				c.collect(joinPath(name, k), v.Values[i], depth+1)
			case int64:
				c.collect(joinPath(name, strconv.FormatInt(k, 10)), v.Values[i], depth+1)
			}
		}
	case *pickle.List:
		c.items(name, v.Items, depth)
	case *pickle.Tuple:
		c.items(name, v.Items, depth)
	case *pickle.Object:
		c.object(name, v, depth)
	}
}

func (c *collector) items(name string, items []any, depth int) {
	for i, item := range items {
		c.collect(joinPath(name, strconv.Itoa(i)), item, depth+1)
	}
}

// object takes a module that was saved as it is: its parameters, its buffers and
// the modules in it (torch.nn.Module.__dict__), or TorchScript's attributes.
func (c *collector) object(name string, o *pickle.Object, depth int) {
	state := attributes(o)
	if state == nil {
		c.collect(name, &o.Items, depth)
		return
	}
	if !isModule(state) {
		c.collect(name, state, depth)
		return
	}
	c.collect(name, state.Get("_parameters"), depth)
	if d, ok := state.Get("_buffers").(*pickle.Dict); ok {
		for i, k := range d.Keys {
			if t, ok := d.Values[i].(*pyTensor); ok {
				c.add(joinPath(name, fmt.Sprint(k)), t, true)
			}
		}
	}
	c.collect(name, state.Get("_modules"), depth)
}

func (c *collector) add(name string, t *pyTensor, buffer bool) {
	s := t.stored
	s.name, s.buffer = name, buffer
	c.trained = c.trained || t.grad
	if !t.param && !t.grad {
		c.still = append(c.still, &s)
	}
	if name == "" {
		s.name = "tensor"
	}
	if n, ok := s.shape.Elements(); ok && n.Cmp(num.Of(num.MaxExtent)) > 0 {
		c.err = diag.New(catalog.ImportTensorBad, layer.Quote(s.name), catalog.ImportTensorMany)
		return
	}
	if t.storage != "" {
		if first, ok := c.by[t.storage]; ok && !s.isBuffer() {
			s.same = first
		} else if !ok {
			c.by[t.storage] = s.name
		}
	}
	if c.tensors = append(c.tensors, &s); len(c.tensors) > safetensors.MaxTensors {
		c.err = source.TooMany(len(c.tensors))
	}
}
