package onnx

import (
	"fmt"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// finish makes the stack, and says what was done.
func (c *onnxNet) finish() (*source.Result, error) {
	r := &source.Result{}
	for _, v := range c.m.Graph.Outputs {
		if x := c.values[v.Name]; x != nil && x.konst == nil && c.g.Out == "" {
			if s := c.settle(x); s != nil {
				c.g.Out = s.node
			}
		}
	}
	model, err := c.g.Stack()
	if err != nil {
		return nil, err
	}
	r.Model = model
	r.AddNote(false, catalog.ImportOnnxTaken, len(c.m.Graph.Nodes), len(c.g.Nodes))
	if len(c.folded) > 0 {
		r.AddNote(false, catalog.ImportOnnxFolded, counted(c.folded))
	}
	if len(c.opaque) > 0 {
		r.AddNote(true, catalog.ImportOpaque, counted(c.opaque))
	}
	if c.assumed {
		r.AddNote(false, catalog.ImportOnnxBatch)
	} else if c.plan != 0 || c.n > 1 {
		r.AddNote(true, catalog.ImportOnnxNoBatch)
	}
	if c.guess > 0 {
		r.AddNote(true, catalog.ImportOnnxBare, c.guess)
	}
	if c.merged > 0 {
		r.AddNote(true, catalog.ImportOnnxMerged, c.merged)
	}
	if c.states > 0 {
		r.AddNote(true, catalog.ImportOnnxStates, c.states)
	}
	c.unused(r)
	if bad := c.differing(); len(bad) > 0 {
		r.AddNote(true, catalog.ImportOnnxDiffers, strings.Join(bad[:min(len(bad), 3)], ", "), len(bad))
	}
	return r, nil
}

// counted lists words with how often they came, the most frequent first.
func counted(of map[string]int) string {
	words := make([]string, 0, len(of))
	for w := range of {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		if of[a] != of[b] {
			return of[b] - of[a]
		}
		return strings.Compare(a, b)
	})
	for i, w := range words {
		if words[i] = wordOf(w); of[w] > 1 {
			words[i] += fmt.Sprintf(" ×%d", of[w])
		}
	}
	const most = 20
	if len(words) > most {
		words = append(words[:most], "…")
	}
	return strings.Join(words, ", ")
}

// unused says which stored numbers are in no layer: scales of quantised tensors,
// options, and what nothing uses.
func (c *onnxNet) unused(r *source.Result) {
	var scales, spare num.Int
	var spares int
	for _, s := range c.stored {
		switch {
		case s.scale:
			scales = scales.Add(s.elements())
		case !s.used && s.float && !s.constant:
			spare = spare.Add(s.elements())
			spares++
		}
	}
	if !scales.IsZero() {
		r.AddNote(false, catalog.ImportOnnxScales, scales.Grouped())
	}
	if spares > 0 {
		r.AddNote(true, catalog.ImportOnnxSpare, spares, spare.Grouped())
	}
}

// differing lists the values whose shape the file says otherwise than it follows
// from the layers.
func (c *onnxNet) differing() []string {
	var bad []string
	for _, list := range [][]onnxpb.Info{c.m.Graph.Infos, c.m.Graph.Outputs} {
		for _, v := range list {
			x := c.values[v.Name]
			if x == nil || x.konst != nil || v.Dims == nil || x.sample == nil {
				continue
			}
			have := x.dims(c.n)
			same := len(have) == len(v.Dims)
			for i := 0; same && i < len(have); i++ {
				same = have[i] < 0 || v.Dims[i] < 0 || have[i] == v.Dims[i]
			}
			if !same {
				bad = append(bad, fmt.Sprintf("%s %s≠%s", layer.Quote(v.Name), tensor.Of(have...), tensor.Of(v.Dims...)))
			}
		}
	}
	return bad
}
