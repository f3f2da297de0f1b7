package whatif

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// A window is a convolution whose kernel may become others: its input is known and has
// room for the kernel.
type window struct {
	*site
	leaf *arch.Leaf
	conv *layer.Conv
	in   int64 // channels
	dims int
}

// kernels proposes other kernels for a convolution. Between two that come from one there
// is the norm and the activation that follow it, ReLU where none does: without one they
// would compute no more than one.
func (p *plan) kernels(s *site, n *arch.Leaf) {
	w, ok := p.window(s, n)
	if !ok {
		return
	}
	p.splitKernel(w)
	if w.conv.Groups.N == 1 {
		p.separable(w)
		p.bottlenecks(w)
		p.groups(w)
	}
	p.asymmetric(w)
}

// window returns the convolution of a leaf; false if it is none, or its kernel is to stay.
func (p *plan) window(s *site, n *arch.Leaf) (window, bool) {
	conv, ok := layer.ConvKind.As(n.Layer)
	if !ok || !p.free(n) || s.row.Broken() || len(s.row.In) == 0 || len(s.row.In[0]) < 2 || !s.row.In[0][0].Known() {
		return window{}, false
	}
	w := window{s, n, conv, s.row.In[0][0].N, len(s.row.In[0]) - 1}
	return w, conv.Kernel.Fits(w.dims) && !conv.Kernel.Unset() && (w.side(0) > 1 || !w.even())
}

func (w window) side(i int) int64 { return w.conv.Kernel.At(i) }

// even reports whether the window and how it moves are the same on all sides.
func (w window) even() bool {
	for i := range w.dims {
		c := w.conv
		if c.Kernel.At(i) != c.Kernel.At(0) || c.Stride.At(i) != c.Stride.At(0) || c.Dilation.At(i) != c.Dilation.At(0) ||
			c.Padding.Rule == "" && c.Padding.At(i) != c.Padding.At(0) {
			return false
		}
	}
	return true
}

// kernelText returns a kernel as people write it: 3×3.
func kernelText(sides ...int64) string {
	text := make([]string, len(sides))
	for i, n := range sides {
		text[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(text, "×")
}

// kernel returns the window's own kernel as people write it.
func (w window) kernel() string {
	sides := make([]int64, w.dims)
	for i := range sides {
		sides[i] = w.side(i)
	}
	return kernelText(sides...)
}

// square returns a kernel that is n on all sides as people write it.
func (w window) square(n int64) string {
	sides := make([]int64, w.dims)
	for i := range sides {
		sides[i] = n
	}
	return kernelText(sides...)
}

// between returns what is between two convolutions that come from one.
func (w window) between() []layer.Layer {
	var all []layer.Layer
	next := w.next(1)
	if next != nil && layer.BatchNormKind.Is(next.Layer) && next.Shares == "" {
		all = append(all, next.Layer)
		next = w.next(2)
	}
	if next != nil {
		if k := next.Layer.Kind(); k.Group == layer.GroupActivation && k.Holds() == layer.HoldsInPlace && !k.Learns &&
			!layer.SoftmaxKind.Is(next.Layer) {
			return append(all, next.Layer)
		}
	}
	return append(all, layer.ReLUKind.Kind().Default())
}

// like returns the window's convolution, changed; nil if no such layer can be.
func (w window) like(change func(*layer.Conv)) layer.Layer {
	l, err := layer.ConvKind.With(func(c *layer.Conv) {
		*c = *w.conv
		change(c)
	})
	if err != nil {
		return nil
	}
	return l
}

// chain returns layers with what is between them, nil if one of them cannot be.
func (w window) chain(layers ...layer.Layer) []layer.Layer {
	var all []layer.Layer
	for i, l := range layers {
		if l == nil {
			return nil
		}
		if i > 0 {
			all = append(all, w.between()...)
		}
		all = append(all, l)
	}
	return all
}

// sizes returns a size of so many numbers, written once where they are equal.
func sizes(n ...int64) layer.Size {
	for _, v := range n {
		if v != n[0] {
			return layer.SizeOf(n...)
		}
	}
	return layer.SizeOf(n[0])
}

// replace offers a row of layers for the window, with the number in it that is free.
func (p *plan) replace(w window, kind Kind, say, worse catalog.Message, free Choice, layers ...layer.Layer) {
	if all := w.chain(layers...); all != nil {
		p.offer(&Change{Kind: kind, Row: w.leaf.Head().ID, Say: say, Worse: worse, Choice: free,
			Model: p.become(w.leaf, all...)})
	}
}

// grouped writes a number as people read it: 1,024.
func grouped(n int64) string { return num.Of(n).Grouped() }

func choice(of catalog.Key, n int64) Choice { return Choice{of, strconv.FormatInt(n, 10)} }

// splitKernel: 5×5 → two 3×3, 7×7 → three, of the same width; they see as far. The first
// has the stride, so that the others work on the smaller map; where its padding does not
// reach for that, the last has.
func (p *plan) splitKernel(w window) {
	k := w.side(0)
	if !w.even() || k != 5 && k != 7 {
		return
	}
	n, c := int((k-1)/2), w.conv
	stride, dilation, pad := c.Stride.At(0), c.Dilation.At(0), int64(0)
	if c.Padding.Rule == "" {
		if pad = c.Padding.At(0); pad > int64(n)*dilation {
			return
		}
	}
	first := c.Padding.Rule != layer.PadValid && (c.Padding.Rule != "" || pad >= int64(n-1)*dilation)
	layers := make([]layer.Layer, n)
	for i := range layers {
		own := min(pad, dilation)
		if first && c.Padding.Rule == "" && i == 0 {
			own = pad - int64(n-1)*dilation
		}
		pad -= own
		layers[i] = w.like(func(c *layer.Conv) {
			c.Kernel, c.Stride = layer.SizeOf(3), layer.SizeOf(1)
			if first == (i == 0) && (i == 0 || i == n-1) {
				c.Stride = layer.SizeOf(stride)
			}
			if c.Padding.Rule == "" {
				c.Padding = layer.PaddingOf(own)
			}
		})
	}
	p.replace(w, SplitKernel, catalog.Say(catalog.WhatSplit, w.kernel(), n, w.square(3)),
		catalog.Say(catalog.WorseSplit, n), Choice{}, layers...)
}

// pointwise returns the window's convolution with a kernel of 1 and so many filters.
func (w window) pointwise(filters layer.Width) layer.Layer {
	return w.like(func(c *layer.Conv) {
		c.Kernel, c.Stride, c.Padding, c.Dilation = layer.SizeOf(1), layer.SizeOf(1), layer.PaddingOf(0), layer.SizeOf(1)
		c.Filters, c.Groups.N = filters, 1
	})
}

// leastDeep is how many channels a map has at least that is worth dividing: a picture
// has fewer.
const leastDeep = 8

// separable: the kernel slides over each channel by itself, and 1×1 mixes them.
func (p *plan) separable(w window) {
	c := w.conv
	if w.in < leastDeep || c.Mode.Word != layer.ConvKind.New().Mode.Word {
		return
	}
	depthwise, err := layer.DepthwiseKind.With(func(d *layer.Depthwise) {
		d.Kernel, d.Stride, d.Dilation, d.Bias = c.Kernel, c.Stride, c.Dilation, c.Bias
		d.Padding = c.Padding
		if c.Padding.Rule == layer.PadKeras {
			d.Padding = layer.PaddingRule(layer.PadSame)
		}
	})
	if err != nil {
		return
	}
	p.replace(w, Separable, catalog.Say(catalog.WhatSeparable, w.kernel(), w.square(1)),
		catalog.Say(catalog.WorseSeparable), Choice{}, depthwise, w.pointwise(c.Filters))
}

// bottlenecks proposes a quarter of the channels.
func (p *plan) bottlenecks(w window) {
	const least = 32
	if n := min(w.in, w.conv.Filters.Value()); n >= least {
		p.bottleneck(w, round8(n, 1, 4))
	}
}

// bottleneck: 1×1 down to so many channels, the kernel there, 1×1 up again.
func (p *plan) bottleneck(w window, channels int64) {
	narrow := layer.WidthOf(channels)
	middle := w.like(func(c *layer.Conv) { c.Filters = narrow })
	out := w.conv.Filters.Value()
	worse := catalog.Say(catalog.WorseBottleneck, grouped(channels))
	if channels >= min(w.in, out) { // what enters, or what leaves, is as narrow
		const layers = 3
		worse = catalog.Say(catalog.WorseSplit, layers)
	}
	p.replace(w, Bottleneck, catalog.Say(catalog.WhatBottleneck, grouped(w.in), grouped(channels), grouped(out), w.kernel()),
		worse, choice(catalog.ChoiceChannels, channels),
		w.pointwise(narrow), middle, w.pointwise(w.conv.Filters))
}

// groups proposes as many groups as leave each at least eight channels on both sides, up
// to 8.
func (p *plan) groups(w window) {
	out := w.conv.Filters.Value()
	for g := int64(8); g >= 2; g /= 2 {
		if w.in%(g*leastDeep) == 0 && out%(g*leastDeep) == 0 {
			p.grouped(w, g)
			return
		}
	}
}

// grouped: each group of filters sees its share of the channels.
func (p *plan) grouped(w window, g int64) {
	p.replace(w, Grouped, catalog.Say(catalog.WhatGrouped, g), catalog.Say(catalog.WorseGrouped, g),
		choice(catalog.ChoiceGroups, g), w.like(func(c *layer.Conv) { c.Groups.N = g }))
}

// asymmetric: a k×k kernel as 1×k and k×1.
func (p *plan) asymmetric(w window) {
	c := w.conv
	if w.dims != 2 || w.side(0) < 3 || w.side(1) < 3 {
		return
	}
	along := func(axis int) layer.Layer {
		one := func(s layer.Size, none int64) layer.Size {
			v := [2]int64{none, none}
			v[axis] = s.At(axis)
			return sizes(v[:]...)
		}
		return w.like(func(x *layer.Conv) {
			x.Kernel, x.Stride, x.Dilation = one(c.Kernel, 1), one(c.Stride, 1), one(c.Dilation, 1)
			if c.Padding.Rule == "" {
				v := [2]int64{}
				v[axis] = c.Padding.At(axis)
				x.Padding = layer.PaddingOf(v[:]...)
				if v[0] == v[1] {
					x.Padding = layer.PaddingOf(v[0])
				}
			}
		})
	}
	say := catalog.Say(catalog.WhatAsymmetric, w.kernel(), kernelText(1, w.side(1)), kernelText(w.side(0), 1))
	p.replace(w, Asymmetric, say, catalog.Say(catalog.WorseAsymmetric), Choice{}, along(1), along(0))
}

// round8 returns the multiple of 8 next to w·p/q, halves up, and at least 8.
func round8(w, p, q int64) int64 { return max(8, (2*w*p+8*q)/(16*q)*8) }
