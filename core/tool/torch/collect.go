package torch

import (
	"cmp"
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
	budget  *source.Budget
	err     error
}

func newCollector(budget *source.Budget) *collector {
	return &collector{seen: map[any]bool{}, by: map[string]string{}, budget: budget}
}

// inner joins the name of what is in something to its name. Names grow with every
// level, and what lies in a pickle once may be in it under many: the budget bounds
// them.
func (c *collector) inner(outer, name string) string {
	if len(outer)+len(name) > maxTensorName {
		long := diag.New(catalog.ImportTensorBad, layer.Quote(cmp.Or(outer, name)), catalog.ImportTensorName)
		c.err = cmp.Or(c.err, error(long))
	} else if err := c.budget.Spend(catalog.MadeNames, nameSize+len(outer)+len(name)); err != nil {
		c.err = cmp.Or(c.err, err)
	}
	if c.err != nil {
		return ""
	}
	return joinPath(outer, name)
}

const (
	maxTensorName = 4096 // bytes of a tensor's name
	nameSize      = 16   // bytes that a name takes beside itself
)

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
				c.collect(c.inner(name, k), v.Values[i], depth+1)
			case int64:
				c.collect(c.inner(name, strconv.FormatInt(k, 10)), v.Values[i], depth+1)
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
		c.collect(c.inner(name, strconv.Itoa(i)), item, depth+1)
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
			t, isTensor := d.Values[i].(*pyTensor)
			if k, ok := k.(string); ok && isTensor {
				c.add(c.inner(name, k), t, true)
			}
		}
	}
	c.collect(name, state.Get("_modules"), depth)
}

func (c *collector) add(name string, t *pyTensor, buffer bool) {
	if c.err = cmp.Or(c.err, c.budget.Spend(catalog.MadeTensors, tensorSize)); c.err != nil {
		return
	}
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
