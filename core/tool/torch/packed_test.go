package torch

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// tensorsIn is a safetensors file of tensors, each "name type 4x3", with the bytes of
// those in data and zeros for the others.
func tensorsIn(list []string, data map[string][]byte) []byte {
	bytesOf := map[string]int{"F32": 4, "F16": 2, "I64": 8, "I32": 4, "I8": 1, "U8": 1, "F8_E4M3": 1}
	var header []string
	var body []byte
	for _, line := range list {
		f := strings.Fields(line)
		size, shape := bytesOf[f[1]], []string{}
		if len(f) > 2 {
			for extent := range strings.SplitSeq(f[2], "x") {
				var n int
				fmt.Sscan(extent, &n)
				size, shape = size*n, append(shape, extent)
			}
		}
		header = append(header, fmt.Sprintf(`"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}`, f[0], f[1],
			strings.Join(shape, ","), len(body), len(body)+size))
		body = append(body, slices.Concat(data[f[0]], make([]byte, size))[:size]...)
	}
	return append(safe("{"+strings.Join(header, ",")+"}", 0), body...)
}

// TestPacked counts quantised weights as the weights they are, as the libraries lay
// them out, and the numbers beside them as buffers.
func TestPacked(t *testing.T) {
	state := []byte(`{"quant_type":"nf4","blocksize":64,"dtype":"bfloat16","shape":[5,3],"nested_blocksize":256}`)
	words := func(n ...uint64) (b []byte) {
		for _, w := range n {
			b = binary.LittleEndian.AppendUint64(b, w)
		}
		return b
	}
	for _, c := range []struct {
		name            string
		tensors         []string
		data            map[string][]byte
		params, buffers string
		least           bool
		layer           string // in the text
	}{
		{"bitsandbytes", []string{"fc.weight U8 8x1", "fc.weight.absmax U8 1", "fc.weight.quant_map F32 16", "fc.weight.nested_absmax F32 1",
			"fc.weight.nested_quant_map F32 256", fmt.Sprint("fc.weight.quant_state.bitsandbytes__nf4 U8 ", len(state)), "fc.bias F32 5"},
			map[string][]byte{"fc.weight.quant_state.bitsandbytes__nf4": state}, "20", fmt.Sprint(1 + 16 + 1 + 256 + len(state)), false, "linear 5"},
		{"bitsandbytes, a state of another shape", []string{"fc.weight U8 8x1", "fc.weight.absmax U8 1", fmt.Sprint("fc.weight.quant_state.bitsandbytes__nf4 U8 ", len(state)), "fc.bias F32 4"},
			map[string][]byte{"fc.weight.quant_state.bitsandbytes__nf4": []byte(strings.Replace(string(state), "[5,3]", "[5,9]", 1))},
			"20", fmt.Sprint(1 + len(state)), false, "linear 4"},
		{"bitsandbytes without its state", []string{"fc.weight U8 24x1", "fc.weight.absmax F32 1", "fc.bias F32 8"}, nil, "56", "1", false, "linear 8"},
		{"LLM.int8", []string{"fc.weight I8 6x8", "fc.SCB F32 6", "fc.weight_format U8", "fc.bias F16 6"}, nil, "54", "7", false, "linear 6"},
		{"GPTQ, 4 bits", []string{"q.qweight I32 16x64", "q.qzeros I32 4x8", "q.scales F16 4x64", "q.g_idx I32 128", "q.bias F16 64"}, nil,
			"8256", fmt.Sprint(4*8 + 4*64 + 128), false, "linear 64"},
		{"GPTQ, 3 bits", []string{"q.qweight I32 9x32", "q.qzeros I32 3x3", "q.scales F16 3x32", "q.g_idx I32 96"}, nil, "3072", "201", false, "linear 32 nobias"},
		{"GPTQ, 8 bits, without an index", []string{"q.qweight I32 16x32", "q.qzeros I32 2x8", "q.scales F16 2x32"}, nil, "2048", "80", false, "linear 32 nobias"},
		{"AWQ", []string{"q.qweight I32 128x8", "q.qzeros I32 4x8", "q.scales F16 4x64"}, nil, "8192", "288", false, "linear 64 nobias"},
		{"compressed-tensors", []string{"q.weight_packed I32 64x16", "q.weight_scale F16 64x4", "q.weight_shape I64 2"},
			map[string][]byte{"q.weight_shape": words(64, 128)}, "8192", "258", false, "linear 64 nobias"},
		{"compressed-tensors, of a false shape", []string{"q.weight_packed I32 64x16", "q.weight_scale F16 64x4", "q.weight_shape I64 2"},
			map[string][]byte{"q.weight_shape": words(1<<40, 128)}, "0", "258", true, ""},
		{"FP8", []string{"q.weight F8_E4M3 64x128", "q.weight_scale_inv F32 1x1"}, nil, "8192", "1", false, ""},
		{"MXFP4", []string{"e.up_blocks U8 4x32x2x16", "e.up_scales U8 4x32x2", "e.up_bias F32 4x32"}, nil, "8320", "256", false, ""},
		{"HQQ", []string{"q.W_q U8 64x64", "q.scale F16 1x64", "q.zero F16 1x64", "q.bias F16 64"}, nil, "64", "128", true, ""},
		{"whole numbers that are no weights", []string{"q.weight F32 4x3", "q.index I64 4x3"}, nil, "12", "12", false, ""},
		{"learned scales", []string{"q.weight F32 4x3", "q.weight_scale F32 4"}, nil, "16", "0", false, ""},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.safetensors", tensorsIn(c.tensors, c.data)), readers...)
		if d != nil {
			t.Errorf("%s: %v", c.name, d)
			continue
		}
		k, src := count.Of(r.Model).Totals, text.Format(r.Model)
		if k.Params(true).String() != c.params || k.Buffers().String() != c.buffers || k.ParamsAtLeast != c.least {
			t.Errorf("%s: %s parameters (at least: %v) and %s buffers, want %s (%v) and %s:\n%s", c.name, k.Params(true), k.ParamsAtLeast,
				k.Buffers(), c.params, c.least, c.buffers, src)
		}
		if !strings.Contains(src, c.layer) {
			t.Errorf("%s: no %s in\n%s", c.name, c.layer, src)
		}
		said := slices.ContainsFunc(r.Notes, func(n source.Note) bool {
			return n.Say.Key == catalog.ImportPacked || n.Say.Key == catalog.ImportPackedOpen
		})
		if quantised := c.name != "FP8" && c.name != "learned scales" && !strings.HasPrefix(c.name, "whole"); said != quantised {
			t.Errorf("%s: said: %v, %v", c.name, said, r.Notes)
		}
	}
}

// TestBuffersBeside counts parameters as PyTorch does where a name alone does not
// show what is learned: the sizes are those of state dictionaries that PyTorch 1.13
// wrote.
func TestBuffersBeside(t *testing.T) {
	for _, c := range []struct {
		name            string
		tensors         []string
		params, buffers string
	}{
		{"weight norm", []string{"c.bias F32 64", "c.weight_g F32 64x1x1", "c.weight_v F32 64x80x7"}, "35968", "0"},
		{"weight norm, parametrized", []string{"c.bias F32 64", "c.parametrizations.weight.original0 F32 64x1x1",
			"c.parametrizations.weight.original1 F32 64x80x7"}, "35968", "0"},
		{"spectral norm", []string{"c.bias F32 8", "c.weight_orig F32 8x3x3x3", "c.weight_u F32 8", "c.weight_v F32 27"}, "224", "35"},
		{"spectral norm, parametrized", []string{"c.bias F32 8", "c.parametrizations.weight.original F32 8x3x3x3",
			"c.parametrizations.weight.0._u F32 8", "c.parametrizations.weight.0._v F32 27"}, "224", "35"},
		{"orthogonal", []string{"c.bias F32 8", "c.parametrizations.weight.original F32 8x8", "c.parametrizations.weight.0.base F32 8x8"}, "72", "64"},
		{"pruned", []string{"c.bias F32 8", "c.weight_orig F32 8x3x3x3", "c.weight_mask F32 8x3x3x3"}, "224", "216"},
		{"an optimizer's tensors", []string{"model.fc.weight F32 4x3", "optimizer.state.exp_avg.fc.weight F32 4x3", "state.fc.weight.momentum_buffer F32 4x3"}, "12", "0"},
		{"a module called base", []string{"base.weight F32 4x3", "net.base F32 4x3"}, "24", "0"},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.safetensors", tensorsIn(c.tensors, nil)), readers...)
		if d != nil {
			t.Errorf("%s: %v", c.name, d)
			continue
		}
		if k := count.Of(r.Model).Totals; k.Params(true).String() != c.params || k.Buffers().String() != c.buffers || k.ParamsAtLeast {
			t.Errorf("%s: %s parameters and %s buffers, want %s and %s", c.name, k.Params(true), k.Buffers(), c.params, c.buffers)
		}
	}
}

// TestTrainers opens what trainers write: the network, others beside it, and nothing
// of the training.
func TestTrainers(t *testing.T) {
	linear := func(out, in byte) string { // a state dictionary of out·in + out
		return "}(" + word("fc.weight") + tensorIn(word(string('a'+out)), "K"+string(out)+"K"+string(in)+"\x86") +
			word("fc.bias") + tensorIn(word(string('A'+out)), "K"+string(out)+"\x85") + "u"
	}
	moments := "}(" + word("state") + "}K\x00}(" + word("step") + "K\x05" + word("exp_avg") + tensorIn(word("m"), "K\x08K\x04\x86") + "us" +
		word("param_groups") + "]}au"
	dict := func(entries ...string) string { return "}(" + strings.Join(entries, "") + "u" }
	for _, c := range []struct {
		name, pickle string
		params       string
		more         int
		refused      catalog.Key
	}{
		{"adversaries", dict(word("netG"), linear(8, 4), word("netD"), linear(1, 4), word("optG"), moments), "40", 1, ""},
		{"adversaries by letter", dict(word("G_A"), linear(8, 4), word("G_B"), linear(8, 4), word("D_A"), linear(1, 4)), "40", 2, ""},
		{"an encoder and its decoder", dict(word("encoder"), linear(4, 8), word("decoder"), linear(8, 4), word("adam"), moments), "76", 0, ""},
		{"moments beside a network", dict(word("net"), linear(8, 4), word("exp_avg"), tensorIn(word("e"), "K\x08K\x04\x86"), word("step"), "K\x05"), "40", 0, ""},
		{"moments by name beside it", dict(word("backbone"), linear(8, 4), word("exp_avg"), linear(8, 4), word("exp_avg_sq"), linear(8, 4)), "40", 0, ""},
		{"an optimizer alone", moments, "", 0, catalog.ImportTrainingOnly},
		{"random numbers alone", dict(word("python"), "K\x03\x85", word("cpu"), tensorIn(word("r"), "K\x10\x85")), "", 0, catalog.ImportTrainingOnly},
		{"DeepSpeed", dict(word("module"), linear(8, 4), word("optimizer"), "N", word("param_shapes"), "]", word("ds_config"), "}"), "40", 0, ""},
		{"a mean of the weights", dict(word("state_dict"), linear(8, 4), word("state_dict_ema"), linear(8, 4)), "40", 0, ""},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.pt", zipOf([]byte("\x80\x02"+c.pickle+"."))), readers...)
		switch {
		case c.refused != "":
			if d == nil || d.Say.Key != c.refused {
				t.Errorf("%s: %v", c.name, d)
			}
		case d != nil:
			t.Errorf("%s: %v", c.name, d)
		default:
			if n := count.Of(r.Model).Totals.Params(true).String(); n != c.params || len(r.More) != c.more {
				t.Errorf("%s: %s parameters and %d more networks, want %s and %d", c.name, n, len(r.More), c.params, c.more)
			}
		}
	}
}
