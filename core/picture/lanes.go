package picture

import (
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// lanes draws tensors in as many groups as the layers around them have: a layer's own,
// else those of the next layer that multiplies them by weights.
func (p *plan) lanes() {
	for _, c := range p.columns {
		if c.own > 0 { // it has been laid out before
			c.lanes = c.own
		}
	}
	ahead := map[*column]int64{}
	for i := len(p.columns) - 1; i >= 0; i-- {
		c := p.columns[i]
		for _, from := range c.from {
			n := c.lanes
			if !c.learns {
				n = ahead[c]
			}
			if from = from.drawn(); n > 1 && n <= MaxTowers && ahead[from] == 0 && channels(from.shape)%n == 0 {
				ahead[from] = n
			}
		}
	}
	written := int64(0)
	for _, c := range p.columns {
		own := c.lanes
		c.own = own
		if c.folded > 0 || c.cuts != nil {
			continue
		}
		switch {
		case own > 1:
		case ahead[c] > 1:
			c.lanes = ahead[c]
		case !c.learns && len(c.from) == 1:
			if n := c.from[0].drawn().lanes; n <= MaxTowers && n > 1 && channels(c.shape)%n == 0 {
				c.lanes = n
			}
		case written > 1 && writtenAs(c.shape) == written:
			c.lanes = written
		}
		if own > 1 && own <= MaxTowers {
			written = own
		}
	}
}

// orient finds which tensors have their channels last: those of layers that work on the
// last extent, and what leads to them. There is no such thing in a shape itself.
func (p *plan) orient() {
	ahead := map[*column]*column{} // the next layer that learns
	for i := len(p.columns) - 1; i >= 0; i-- {
		c := p.columns[i]
		for _, from := range c.from {
			if c.learns || ahead[c] == nil {
				ahead[from.drawn()] = c
			} else {
				ahead[from.drawn()] = ahead[c]
			}
		}
	}
	for _, c := range p.columns {
		switch {
		case len(c.shape) < 2 || c.shape.Timed():
		case c.family.OnLast():
			c.last = true
		case c.family == layer.GroupConv || c.family == layer.GroupPool || c.family == layer.GroupInput:
		case ahead[c] != nil && len(ahead[c].row.In) > 0 && len(ahead[c].row.In[0]) == len(c.shape):
			c.last = ahead[c].family.OnLast()
		case len(c.from) > 0:
			c.last = c.from[0].drawn().last
		}
	}
}

// dims returns a column's shape with its channels first, as the law expects.
func (c *column) dims() tensor.Shape {
	if !c.last {
		return c.shape
	}
	n := len(c.shape) - 1
	return append(tensor.Shape{c.shape[n]}, c.shape[:n]...)
}

// writtenAs returns the last of the factors that channels were written as, 1 if they
// are a plain number.
func writtenAs(s tensor.Shape) int64 {
	if len(s) == 0 || s[0].Written.IsPlain() {
		return 1
	}
	factors := s[0].Written.Factors()
	return factors[len(factors)-1]
}
