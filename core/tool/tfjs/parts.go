package tfjs

import (
	"paramstack/core/layer"
	"paramstack/core/tool/graph"
)

// pack makes the batch of a picture.
func pack(c conversion) bool {
	x, ok := c.live(0)
	return ok && x.unbatch && len(c.node.in) == 1 && c.leaveOut(value{node: x.node})
}

// unpack takes the batch of a picture away.
func unpack(c conversion) bool {
	x, ok := c.live(0)
	return ok && c.attrs["num"].I == 1 && c.attrs["axis"].I == 0 && c.leaveOut(value{node: x.node, unbatch: true})
}

// channelsJoined returns how many channels the map has that the output is joined with;
// 0 if there is none, or that is unknown. It may be of a convolution that comes later.
func channelsJoined(c conversion) int64 {
	n := c.only(c.name)
	if n == nil || !joins[n.op] || len(n.in) != 2 {
		return 0
	}
	other := n.in[0]
	if other == c.name {
		other = n.in[1]
	}
	if v, ok := c.values[other]; ok && c.first[v.node] {
		return max(c.Dim(v.node, 0), 0)
	}
	for range 6 {
		n := c.byName[other]
		if n == nil || len(n.in) == 0 {
			return 0
		}
		if n.op == "Conv2D" && len(n.in) > 1 {
			if k := c.values[n.in[1]].fixed; k != nil && len(k.dims) == 4 {
				return k.dims[3]
			}
		}
		if !keepsShape[n.op] && !joins[n.op] {
			return 0
		}
		other = n.in[0]
	}
	return 0
}

// split divides the channels into equal parts.
func split(c conversion) bool {
	x, ok := c.live(1)
	s := c.Shapes[x.node]
	parts := int64(c.attrs["num_split"].I)
	if !ok || len(s) == 0 || parts < 1 {
		return false
	}
	at := len(s) - 1
	if c.first[x.node] {
		at = 0
	}
	if k := c.constant(0); k != nil && len(k.data) == 1 {
		if at, ok = place(c, x, k.data[0]); !ok {
			return false
		}
	} else {
		c.infer()
	}
	if !s[at].Known() || s[at].N%parts != 0 || parts > graph.MaxInputs {
		return false
	}
	n := s[at].N / parts
	for i := range parts {
		name := c.name
		if i > 0 {
			name += ":" + decimal(i)
		}
		if len(c.users[name]) == 0 {
			continue
		}
		v, ok := c.emit(layerOf(layer.SliceKind, func(l *layer.Slice) {
			l.From.N, l.To.N, l.Dim.N = i*n, (i+1)*n, int64(at+1)
		}), []value{x})
		if !ok {
			return false
		}
		c.assign(name, v)
	}
	return true
}
