package torch

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"strings"

	"paramstack/core/num"
	"paramstack/core/tensor"
)

// Quantised weights are stored packed: several in a byte or a word, beside the
// numbers that unpack them. They are counted as the weights that they are, where
// types and shapes show how many: a file of four bits does not have an eighth of the
// parameters. The other numbers are buffers.

// A packing is one way to pack weights. unpack looks at the tensors of one module, by
// the last part of their names, and makes the packed one the weight that it is.
type packing struct {
	name   string
	unpack func(m packedModule) bool
}

// packings are tried in order. What a library writes is seen in its sources, which
// are named.
var packings = []packing{
	{"bitsandbytes, 4 bit", unpackBytes},   // bitsandbytes/functional.py, QuantState.as_dict
	{"bitsandbytes, 8 bit", unpackLLMInt8}, // bitsandbytes/nn/modules.py, Linear8bitLt
	{"GPTQ, AWQ", unpackWords},             // auto_gptq/nn_modules/qlinear, awq/modules/linear
	{"compressed-tensors", unpackCompressed},
	{"MXFP4", unpackBlocks}, // transformers/integrations/mxfp4.py
}

// A packedModule is the tensors of a module by the last part of their names; those of
// what its weight has beside it, weight.absmax, by the last two.
type packedModule map[string]*stored

// mostFact is how many bytes of a tensor are read that states a shape.
const mostFact = 4096

// unpacked makes packed tensors the weights that they are, and those beside them
// buffers in a group of their own. It returns which ways of packing there were, and
// the tensors of which the number of weights is unknown.
func unpacked(tensors []*stored) (ways, open []string) {
	modules, order := map[string]packedModule{}, []string(nil)
	put := func(path, leaf string, t *stored) {
		if modules[path] == nil {
			modules[path] = packedModule{}
			order = append(order, path)
		}
		modules[path][leaf] = t
	}
	for _, t := range tensors {
		put(t.module(), t.leafName(), t)
		if outer, inner, ok := strings.Cut(t.name, ".weight."); ok {
			put(outer, "weight."+inner, t)
		}
	}
	for _, path := range order {
		m := modules[path]
		for _, p := range packings {
			if p.unpack(m) {
				if !slices.Contains(ways, p.name) {
					ways = append(ways, p.name)
				}
				break
			}
		}
	}
	for _, path := range order {
		m := modules[path]
		quantised := false
		for leaf, t := range m {
			if t.whole && !t.buffer && !t.packed && len(t.shape) > 1 && m.packs(leaf) {
				t.shape, t.whole = tensor.Of(tensor.Unknown), false
				open, quantised = append(open, t.name), true
			}
		}
		if w := m["weight"]; quantised || w != nil && (w.whole || w.short) {
			for _, name := range scaleNames {
				if t := m[name]; t != nil {
					t.buffer = true
				}
			}
		}
	}
	slices.Sort(open)
	return ways, open
}

// scaleNames are what libraries call the numbers beside a quantised weight that turn
// it back into real ones.
var scaleNames = strings.Fields(`scale scales zero zeros zero_point absmax weight_scale weight_scale_inv
weight_scale_2 input_scale weight_zero_point weight_format SCB`)

// packs reports whether the name of a tensor of the module is that of packed weights.
func (m packedModule) packs(leaf string) bool {
	return leaf == "qweight" || leaf == "W_q" || strings.HasSuffix(leaf, "_packed") || leaf == "codes" && m["codebooks"] != nil
}

// becomes makes a packed tensor a weight of a shape, and the tensors beside it, by
// their names in the module, buffers.
func (m packedModule) becomes(packed string, shape tensor.Shape, beside ...string) bool {
	t := m[packed]
	path := t.module()
	t.shape, t.packed = shape, true
	if path != "" {
		path += "."
	}
	if packed != "weight" && !strings.HasSuffix(packed, "_blocks") {
		t.name = path + "weight"
	}
	for _, name := range beside {
		if b := m[name]; b != nil {
			b.buffer = true
			b.name = path + "quantization." + strings.ReplaceAll(strings.TrimPrefix(name, "weight."), ".", "_")
		}
	}
	return true
}

// unpackBytes reads two weights of 4 bits in a byte. The state of the quantiser has
// the shape, as JSON in bytes.
func unpackBytes(m packedModule) bool {
	w := m["weight"]
	if w == nil || !w.whole || m["weight.absmax"] == nil {
		return false
	}
	beside := []string{"weight.absmax", "weight.quant_map", "weight.nested_absmax", "weight.nested_quant_map"}
	var state struct {
		Shape []int64 `json:"shape"`
	}
	for name, t := range m {
		if !strings.HasPrefix(name, "weight.quant_state.") {
			continue
		}
		beside = append(beside, name)
		if data := t.fact(); data != nil && json.Unmarshal(data, &state) != nil {
			state.Shape = nil
		}
	}
	n, ok := w.shape.Elements()
	if !ok {
		return false
	}
	n = n.Times(2)
	shape := tensor.Of(state.Shape...)
	positive := len(state.Shape) > 0 && slices.Min(state.Shape) > 0
	if exact, ok := shape.Elements(); ok && positive && exact.Cmp(n) <= 0 && exact.Add(num.Of(1)).Cmp(n) >= 0 {
		return m.becomes("weight", shape, beside...)
	}
	all, ok := n.Int64()
	if !ok || all > num.MaxExtent {
		return false
	}
	shape = tensor.Of(all)
	if b := m["bias"]; b != nil && len(b.shape) == 1 && b.shape[0].N > 0 && all%b.shape[0].N == 0 {
		shape = tensor.Of(b.shape[0].N, all/b.shape[0].N)
	}
	return m.becomes("weight", shape, beside...)
}

// unpackLLMInt8 reads weights of a byte each, whose scales are beside them.
func unpackLLMInt8(m packedModule) bool {
	w := m["weight"]
	if w == nil || !w.whole || m["SCB"] == nil {
		return false
	}
	return m.becomes("weight", w.shape, "SCB", "weight_format")
}

// unpackWords reads weights of a few bits in words of 32: down the columns of
// [in·bits/32, out] (GPTQ), or along the rows of [in, out·bits/32] (AWQ). Scales are
// [groups, out], zero points [groups, out·bits/32].
func unpackWords(m packedModule) bool {
	q, zeros, scales := m["qweight"], m["qzeros"], m["scales"]
	for _, t := range []*stored{q, zeros, scales} {
		if t == nil || len(t.shape) != 2 {
			return false
		}
	}
	rows, columns, out := q.shape[0].N, q.shape[1].N, scales.shape[1].N
	if min(rows, columns, out, zeros.shape[1].N) < 1 || out > num.MaxExtent/32 || max(rows, columns) > num.MaxExtent/32 {
		return false
	}
	bits, whole := zeros.shape[1].N*32/out, zeros.shape[1].N*32%out == 0
	if !whole || bits < 1 || bits > 16 {
		return false
	}
	in := rows
	switch {
	case columns == out: // GPTQ
		if in = rows * 32 / bits; rows*32%bits != 0 {
			return false
		}
		if g := m["g_idx"]; g != nil && (len(g.shape) != 1 || g.shape[0].N != in) {
			return false
		}
	case columns*32 != out*bits:
		return false
	}
	return m.becomes("qweight", tensor.Of(out, in), "qzeros", "scales", "g_idx")
}

// unpackCompressed reads packed weights whose shape is a tensor of its own.
func unpackCompressed(m packedModule) bool {
	w, shape := m["weight_packed"], m["weight_shape"]
	if w == nil || shape == nil {
		return false
	}
	data := shape.fact()
	if len(data) == 0 || len(data)%8 != 0 || len(data) > 8*8 {
		return false
	}
	var extents []int64
	for ; len(data) > 0; data = data[8:] {
		n := binary.LittleEndian.Uint64(data)
		if n < 1 || n > num.MaxExtent {
			return false
		}
		extents = append(extents, int64(n))
	}
	// At least a bit each, at most a word.
	have, ok1 := w.shape.Elements()
	want, ok2 := tensor.Of(extents...).Elements()
	if !ok1 || !ok2 || want.Cmp(have) < 0 || want.Cmp(have.Times(32)) > 0 {
		return false
	}
	return m.becomes("weight_packed", tensor.Of(extents...),
		"weight_shape", "weight_scale", "weight_zero_point", "weight_g_idx")
}

// unpackBlocks reads blocks of 32 weights in 16 bytes: [experts, out, blocks, 16].
func unpackBlocks(m packedModule) bool {
	found := false
	for name, t := range m {
		base, ok := strings.CutSuffix(name, "_blocks")
		if !ok || !t.whole || m[base+"_scales"] == nil || len(t.shape) < 2 || t.shape[len(t.shape)-1].N != 16 {
			continue
		}
		shape := slices.Clone(t.shape[:len(t.shape)-1])
		if last := &shape[len(shape)-1]; last.N > 0 && last.N <= num.MaxExtent/32 {
			last.N *= 32
			found = m.becomes(name, shape, base+"_scales")
		}
	}
	return found
}

// fact returns the bytes of a small tensor; nil if the file's form keeps them
// elsewhere.
func (s *stored) fact() []byte {
	if s.read == nil {
		return nil
	}
	return s.read(mostFact)
}
