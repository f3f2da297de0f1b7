package why

import (
	"strings"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/passport"
)

// A part is one of the sums that conventions leave out, add or count otherwise.
type part uint8

// The parts. The head is the last layer that multiplies by weights: the classifier.
const (
	convW part = iota
	convB
	denseW
	denseB
	headW
	headB
	rnnW
	rnnB
	attnW
	attnB
	tableW // embeddings
	freeW  // tensors that hang on no layer: positions, class tokens
	normW
	normB
	restW
	restB

	stats    // running statistics and other buffers
	counters // batch norm's counters
	twins    // second biases of recurrent layers, which Keras has not got
	frozen   // learnable and not trained
	again    // elements of shared tensors, once for each further use

	convBiases  // convolutions that have a bias, each once
	denseBiases // dense layers that have one, the head among them
	shallow     // the convolutions' weights without the depth of their kernels, the head's not
	shallowHead // the head's, if it is a convolution
	flatW       // the convolutions' weights without the height and width of their kernels, the head's not
	flatHead    // the head's, if it is a convolution
	entering    // features and channels that enter layers with a bias, the head's not
	enteringTop // those that enter the head, if it has one
	spread      // elements that convolutions with a bias put out, the head's not
	spreadHead  // those of the head, if it is one
	rnnState    // what recurrent layers begin with
	loraDense   // rows and columns of the dense layers' matrices, the head's not: what LoRA adds per rank
	loraQV      // the same of the matrices for query and value
	attnLayers  // layers of attention

	macConv
	macDense
	macHead
	macRNN
	macAttn
	macRest
	macScore // of macAttn and macRest: products of two activations

	extra                                // what a convention adds: states of an optimizer, the scalars beside them
	tool                                 // MACs as a tool counts them, instead of the others
	tools                                // what each tool counts of MACs, by passport's numbers
	ops   = tools + part(passport.Tools) // what each rule counts beside MACs, by passport's numbers
	parts = ops + part(passport.Rules)
)

// A tally is the sums of a network by part, exact.
type tally [parts]int64

// learned and computed are the parts that make up parameters and MACs.
var (
	learned = [...]part{convW, convB, denseW, denseB, headW, headB, rnnW, rnnB, attnW, attnB, tableW, freeW,
		normW, normB, restW, restB}
	computed = [...]part{macConv, macDense, macHead, macRNN, macAttn, macRest}
	biases   = [...]part{convB, denseB, headB, rnnB, attnB, restB}
)

func (t *tally) params() int64 {
	sum := t[extra]
	for _, p := range learned {
		sum += t[p]
	}
	return sum
}

func (t *tally) macs() int64 {
	sum := t[tool]
	for _, p := range computed {
		sum += t[p]
	}
	return sum
}

func (t *tally) zero(all ...part) {
	for _, p := range all {
		t[p] = 0
	}
}

// sum adds a.
func (t *tally) sum(a *tally) {
	for i := range t {
		t[i] += a[i]
	}
}

// plus returns t + n·(b − a).
func (t tally) plus(a, b *tally, n int64) tally {
	for i := range t {
		t[i] += n * (b[i] - a[i])
	}
	return t
}

// tallyOf adds up a report. It fails where something is not counted, or too large to
// be anyone's number.
func tallyOf(r *count.Report) (tally, bool) {
	var t tally
	c := &r.Totals.Counts
	if c.ParamsAtLeast || c.MACsAtLeast || c.Weights.Cmp(num.Of(limit)) > 0 || c.MACs.Cmp(num.Of(limit)) > 0 {
		return t, false
	}
	head := headOf(r)
	r.Layers(func(row *count.Row, times num.Int) {
		n, ok := times.Int64()
		if !ok {
			return
		}
		t.add(row, n, row.ID == head)
	})
	return t, true
}

// headOf returns the last layer that multiplies by weights and is no norm, 0 if there
// is none. What side branches end in is not it.
func headOf(r *count.Report) arch.ID {
	var last arch.ID
	var walk func(rows []*count.Row)
	walk = func(rows []*count.Row) {
		for _, row := range rows {
			switch row.Form {
			case count.FormLeaf:
				switch row.Kind().Group {
				case layer.GroupConv, layer.GroupDense:
					last = row.ID
				}
			case count.FormBranch:
				if layer.SideKind.Is(row.Node.(*arch.Branch).Join) {
					continue
				}
				walk(row.Children)
			default:
				walk(row.Children)
			}
		}
	}
	walk(r.Rows)
	return last
}

// add adds what a layer declares itself, n times.
func (t *tally) add(row *count.Row, n int64, head bool) {
	group := row.Kind().Group
	w, b, m := restW, restB, macRest
	switch {
	case group == layer.GroupConv && head, group == layer.GroupDense && head:
		w, b, m = headW, headB, macHead
	case group == layer.GroupConv:
		w, b, m = convW, convB, macConv
	case group == layer.GroupDense:
		w, b, m = denseW, denseB, macDense
	case group == layer.GroupRecurrent:
		w, b, m = rnnW, rnnB, macRNN
	case group == layer.GroupAttention:
		w, b, m = attnW, attnB, macAttn
	case group == layer.GroupNorm:
		w, b = normW, normB
	case layer.EmbeddingKind.Is(leafLayer(row)) || layer.EmbeddingBagKind.Is(leafLayer(row)):
		w, b = tableW, restB
	case group == layer.GroupTable:
		w, b = freeW, freeW
	}
	biased := false
	for i := range row.Weights {
		v := &row.Weights[i]
		count, ok := v.Count()
		size, fits := count.Int64()
		if !ok || !fits {
			continue
		}
		size *= n
		if v.Shared() {
			if v.Class.Learnable() {
				t[again] += size
			}
			continue
		}
		switch v.Class {
		case layer.ClassWeight:
			t[w] += size
			t.shapes(v, group, size, n, head)
		case layer.ClassBias:
			t[b] += size
			biased = true
			if v.TorchOnly {
				t[twins] += size
			}
		case layer.ClassStat:
			t[stats] += size
		case layer.ClassCounter:
			t[counters] += size
		}
	}
	if leaf, ok := row.Node.(*arch.Leaf); ok && leaf.Frozen {
		own, _ := row.Counts.Frozen.Int64()
		t[frozen] += own * n
	}
	if r, ok := leafLayer(row).(*layer.Recurrent); ok {
		for i := range row.Weights {
			if w := &row.Weights[i]; strings.HasPrefix(w.Name, "weight_hh") && len(w.Shape) == 2 {
				t[rnnState] += n * w.Shape[1]
				if layer.LSTMKind.Is(r) {
					t[rnnState] += n * w.Shape[1] // the cell's too
				}
			}
		}
	}
	if biased && len(row.In) == 1 && len(row.In[0]) > 0 {
		in, out := entering, spread
		if head {
			in, out = enteringTop, spreadHead
		}
		at := 0
		if group == layer.GroupDense {
			at = len(row.In[0]) - 1
		}
		t[in] += n * max(row.In[0][at].N, 0)
		if e, ok := row.Out.Elements(); ok && group == layer.GroupConv {
			if size, fits := e.Int64(); fits {
				t[out] += n * size
			}
		}
	}
	if biased {
		switch group {
		case layer.GroupConv:
			t[convBiases] += n
		case layer.GroupDense:
			t[denseBiases] += n
		}
	}
	if macs, ok := row.MACs.Value(); ok {
		if one, fits := macs.Int64(); fits {
			t[m] += one * n
			if group == layer.GroupAttention && len(row.In) > 0 {
				t[macScore] += max(one-projections(row), 0) * n
			}
		}
	}
}

// projections returns the operations of an attention's matrices: each once for each position.
func projections(row *count.Row) int64 {
	positions, sum := int64(1), int64(0)
	for _, d := range row.In[0][:max(len(row.In[0])-1, 0)] {
		positions *= d.N
	}
	for i := range row.Weights {
		w := &row.Weights[i]
		if v, ok := w.Count(); ok && w.Class == layer.ClassWeight && len(w.Shape) == 2 {
			size, _ := v.Int64()
			sum += size * positions
		}
	}
	return sum
}

// shapes adds what conventions need of the shape of a weight.
func (t *tally) shapes(w *layer.Weight, group layer.Group, size, n int64, head bool) {
	switch group {
	case layer.GroupConv:
		p, q := shallow, flatW
		if head {
			p, q = shallowHead, flatHead
		}
		t[p] += size / depthOf(w)
		t[q] += size / areaOf(w)
	case layer.GroupDense:
		if !head && len(w.Shape) == 2 {
			t[loraDense] += n * (w.Shape[0] + w.Shape[1])
		}
	case layer.GroupAttention:
		if len(w.Shape) != 2 {
			return
		}
		rows, columns := w.Shape[0], w.Shape[1]
		switch w.Name {
		case "in_proj_weight":
			t[loraQV] += n * 2 * (rows/3 + columns)
			t[loraDense] += n * 3 * (rows/3 + columns)
			t[attnLayers] += n
		case "q_proj_weight", "v_proj_weight":
			t[loraQV] += n * (rows + columns)
			t[loraDense] += n * (rows + columns)
			if w.Name == "q_proj_weight" {
				t[attnLayers] += n
			}
		default:
			t[loraDense] += n * (rows + columns)
		}
	}
}

// leafLayer returns a row's layer; an identity for other rows.
func leafLayer(row *count.Row) layer.Layer {
	if leaf, ok := row.Node.(*arch.Leaf); ok && row.Form == count.FormLeaf {
		return leaf.Layer
	}
	return layer.IdentityKind.Kind().Default()
}

// areaOf returns the height × width of a convolution's kernels.
func areaOf(w *layer.Weight) int64 {
	area := int64(1)
	for _, side := range w.Shape[min(2, len(w.Shape)):] {
		area *= max(side, 1)
	}
	return area
}

// depthOf returns how deep the kernels of a convolution's weight are.
func depthOf(w *layer.Weight) int64 {
	for i := range w.Factors {
		if f := &w.Factors[i]; f.Role == layer.RoleIn && f.N > 0 {
			return f.N
		}
	}
	return 1
}
