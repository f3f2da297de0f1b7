package passport

import (
	"slices"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
)

// of reports whether the module is of one of some kinds.
func (m *module) of(kinds ...*layer.Kind) bool { return slices.Contains(kinds, m.kind) }

// isModule reports whether PyTorch's users write a kind as a module: not what joins,
// reshapes or is a bare tensor.
func isModule(k *layer.Kind) bool {
	if k == layer.LayerScaleKind.Kind() || k == layer.ScaleKind.Kind() {
		return false // a tensor of the block around it, as torchvision has it; a product
	}
	switch k.Group {
	case layer.GroupInput, layer.GroupJoin, layer.GroupShape:
		return k == layer.UpsampleKind.Kind() || k == layer.PixelShuffleKind.Kind()
	case layer.GroupTable:
		return !k.InPlace
	}
	return true
}

// ownPReLU reports whether a PReLU has slopes that torch.nn.PReLU cannot have.
func (m *module) ownPReLU() bool {
	l, ok := m.layer.(*layer.PReLU)
	return ok && (bool(l.Each) || l.Shared.Len() > 0)
}

// inside reports whether a layer has modules inside, and whether those are called:
// torch.nn.MultiheadAttention and the attention of torchvision's first Swin call functions
// with their weights.
func (m *module) inside() (has, called bool) {
	switch l := m.layer.(type) {
	case *layer.Attention:
		return true, l.KV.N > 0 || l.HeadDim.N > 0 || l.Window.N > 0 || l.OutBias.Word != layer.BiasSame
	case *layer.WindowAttention:
		return true, l.Version.Word != layer.Swin1
	}
	return m.kind.Group == layer.GroupAttention, m.kind.Group == layer.GroupAttention || m.of(layer.ConvLSTMKind.Kind())
}

func (m *module) conv() bool {
	return m.of(layer.ConvKind.Kind(), layer.DepthwiseKind.Kind(), layer.SeparableKind.Kind())
}

func (m *module) transposed() bool { return m.of(layer.ConvTransposeKind.Kind()) }

func (m *module) norm() bool {
	return m.of(layer.BatchNormKind.Kind(), layer.InstanceNormKind.Kind(), layer.LayerNormKind.Kind(),
		layer.GroupNormKind.Kind())
}

// unknown are layers of libraries or of many operations, which the rules here do not
// follow.
func (m *module) unknown() bool {
	return m.kind.Group == layer.GroupAttention ||
		m.of(layer.ConvLSTMKind.Kind(), layer.DeformConvKind.Kind(), layer.OpaqueKind.Kind(),
			layer.BilinearKind.Kind(),
			layer.RMSNormKind.Kind(), layer.MatMulKind.Kind(),
			layer.CosineKind.Kind(), layer.FractionalMaxPoolKind.Kind(), layer.LPPoolKind.Kind())
}

var zero num.Int

// ownNorm reports whether a norm is of a class of its own, as torchvision's LayerNorm2d:
// tools that look for a class of torch.nn do not know it.
func (m *module) ownNorm() bool {
	l, ok := m.layer.(*layer.LayerNorm)
	return ok && m.of(layer.LayerNormKind.Kind()) && l.Over.Word == layer.OverChannels
}

// macs returns what a tool counts for one run of the layer; false if the rule here does
// not reproduce it.
func (m *module) macs(t Tool) (num.Int, bool) {
	switch t {
	case Torchinfo:
		return m.torchinfo()
	case Ptflops:
		return m.ptflops(true)
	case PtflopsBefore:
		return m.ptflops(false)
	case Thop:
		return m.thop()
	case Fvcore:
		return m.fvcore()
	case Netscope:
		return m.netscopeMACs()
	}
	return zero, true
}

// torchinfo counts the parameters of convolutions and recurrent layers at each position
// or step, biases included, and those of all other layers once, linear ones in a sequence
// too; modules that have modules inside not at all (torchinfo/layer_info.py of 1.8.0,
// calculate_macs).
func (m *module) torchinfo() (num.Int, bool) {
	switch {
	case m.parts || m.of(layer.OpaqueKind.Kind()) || m.uneven && m.transposed():
		return zero, false
	case m.container || !m.is:
		return zero, true
	case m.conv() || m.transposed() || m.of(layer.DeformConvKind.Kind()):
		return m.all.Mul(m.where), true
	case m.kind.Group == layer.GroupRecurrent:
		if bool(m.layer.(*layer.Recurrent).Cell) {
			return m.all.Mul(m.out), true // it takes the state's elements for steps
		}
		return m.all.Mul(m.steps), true
	}
	return m.named, true
}

// plainRecurrent reports whether a recurrent layer is as torch.nn has it.
func (m *module) plainRecurrent() bool {
	l, ok := m.layer.(*layer.Recurrent)
	return ok && l.Proj.N == 0
}

// recurrent returns what is done at each step: so many elements, and each layer's hidden
// state in each direction so many times.
func (m *module) recurrent(elements num.Int, hidden map[*layer.Kind]int64) (num.Int, bool) {
	l, ok := m.layer.(*layer.Recurrent)
	if !ok || !m.plainRecurrent() {
		return zero, false
	}
	states := num.Of(l.Hidden.Value()).Times(l.Layers.N)
	if l.Bidirectional {
		states = states.Times(2)
	}
	return elements.Add(states.Times(hidden[m.kind])).Mul(m.steps), true
}

// ptflops counts biases, twice the elements of a norm with affine, each activation's and
// pool's elements; since it counts functions too, modules that call one of those count
// twice (ptflops/pytorch_ops.py, MODULES_MAPPING and FUNCTIONAL_MAPPING).
func (m *module) ptflops(functions bool) (num.Int, bool) {
	twice := func(n num.Int) num.Int {
		if functions {
			return n.Times(2)
		}
		return n
	}
	positions := m.rows
	if !functions {
		positions = num.Of(1) // it adds the biases of a dense layer once
	}
	function := func(n num.Int) num.Int {
		if functions {
			return n
		}
		return zero
	}
	switch {
	case m.unknown() || m.uneven:
		return zero, false
	case m.kind.Group == layer.GroupRecurrent:
		return m.recurrent(m.all, map[*layer.Kind]int64{layer.LSTMKind.Kind(): 10, layer.GRUKind.Kind(): 7,
			layer.RNNKind.Kind(): 1})
	case m.of(layer.LRNKind.Kind()):
		// It is made of functions: two products, a sum, and an average pool on channels that are
		// padded.
		return function(m.in.Times(3).Add(m.padded)), true
	case m.conv() || m.transposed():
		n := m.mul
		if m.transposed() && !functions {
			n = m.weight.Mul(m.where) // as many positions as the output has
		}
		if !m.bias.IsZero() {
			n = n.Add(m.out)
		}
		return n, true
	case m.of(layer.LinearKind.Kind()):
		return m.mul.Add(m.bias.Mul(positions)), true
	case m.ownNorm():
		return zero, true
	case m.of(layer.LayerNormKind.Kind()):
		return function(m.in), true // 0.6 has no rule for it; 0.7 looks for affine, which layer norm calls otherwise
	case m.norm():
		if m.affine {
			return m.in.Times(2), true
		}
		return m.in, true
	case m.ownPReLU():
		return zero, true
	case m.of(layer.ReLUKind.Kind(), layer.PReLUKind.Kind(), layer.ELUKind.Kind(), layer.GELUKind.Kind()):
		return twice(m.out), true
	case m.of(layer.LeakyReLUKind.Kind(), layer.ReLU6Kind.Kind()):
		return m.out, true // ReLU6 calls hardtanh, which is none of its functions
	case m.of(layer.SiLUKind.Kind(), layer.SoftmaxKind.Kind()):
		return function(m.in), true
	case m.of(layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind(), layer.GlobalAvgPoolKind.Kind(),
		layer.GlobalMaxPoolKind.Kind(),
		layer.AdaptiveAvgPoolKind.Kind(), layer.AdaptiveMaxPoolKind.Kind()):
		return twice(m.in), true
	case m.of(layer.UpsampleKind.Kind()):
		l := m.layer.(*layer.Upsample)
		return twice(m.out), !functions || !strings.Contains(l.Ratio.Text(), ".") && l.Mode.Word != "area"
	}
	return zero, m.mul.IsZero()
}

// hasThopRule reports whether thop has a rule for the class, without which it counts
// neither operations nor parameters.
func (m *module) hasThopRule() bool {
	if m.ownPReLU() {
		return false
	}
	return m.conv() || m.transposed() || m.kind.Group == layer.GroupRecurrent ||
		m.of(layer.LinearKind.Kind(), layer.BatchNormKind.Kind(), layer.InstanceNormKind.Kind(), layer.PReLUKind.Kind()) ||
		m.of(layer.LayerNormKind.Kind()) && !m.ownNorm()
}

// thop counts no biases, four times the elements of a norm with affine, the elements of
// average pools, and no activations (thop/vision/basic_hooks.py, calc_func.py).
func (m *module) thop() (num.Int, bool) {
	switch {
	case m.parts || m.of(layer.OpaqueKind.Kind()) || m.uneven && !m.of(layer.MaxPoolKind.Kind()):
		return zero, false
	case m.container || m.ownPReLU():
		return zero, true // it has no rule
	case m.kind.Group == layer.GroupRecurrent:
		if m.bias.IsZero() {
			return m.recurrent(m.weight, map[*layer.Kind]int64{layer.LSTMKind.Kind(): 8,
				layer.GRUKind.Kind(): 7, layer.RNNKind.Kind(): 1})
		}
		return m.recurrent(m.weight, map[*layer.Kind]int64{layer.LSTMKind.Kind(): 16, layer.GRUKind.Kind(): 13,
			layer.RNNKind.Kind(): 3})
	case m.transposed():
		// The output's positions, where a transposed convolution works at the input's.
		return m.weight.Mul(m.where), true
	case m.conv() || m.of(layer.LinearKind.Kind()):
		return m.mul, true
	case m.ownNorm():
		return zero, true
	case m.of(layer.BatchNormKind.Kind(), layer.LayerNormKind.Kind(), layer.InstanceNormKind.Kind()):
		if m.affine {
			return m.in.Times(4), true
		}
		return m.in.Times(2), true
	case m.of(layer.PReLUKind.Kind()):
		return m.in, true
	case m.of(layer.AvgPoolKind.Kind()):
		return m.out, true
	case m.of(layer.GlobalAvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind()):
		return m.in.Add(m.out), true // (in/out + 1) · out
	case m.of(layer.UpsampleKind.Kind()):
		factor := map[string]int64{"nearest": 1, "linear": 5, "bilinear": 11, "bicubic": 259}
		return m.out.Times(factor[m.layer.(*layer.Upsample).Mode.Word]), true
	case m.of(layer.SoftmaxKind.Kind()):
		return m.out.Times(3).Sub(m.others), true
	}
	return zero, true
}

// fvcore counts neither biases nor activations, twice the elements of batch norm, five
// times those of other norms, and those that enter an adaptive average pool
// (fvcore/nn/flop_count.py, jit_handles.py).
func (m *module) fvcore() (num.Int, bool) {
	times := func(with, without int64) (num.Int, bool) {
		if m.gamma {
			return m.in.Times(with), true
		}
		return m.in.Times(without), true
	}
	switch {
	case m.kind.Group == layer.GroupAttention || m.of(layer.ConvLSTMKind.Kind(), layer.OpaqueKind.Kind(),
		layer.BilinearKind.Kind(), layer.DeformConvKind.Kind()):
		return zero, false
	case m.kind.Group == layer.GroupRecurrent:
		if bool(m.layer.(*layer.Recurrent).Cell) {
			return m.mul, true // it is made of matrix products
		}
		return zero, true // aten::lstm and its like are not supported
	case m.same: // aten::_convolution_mode is not supported either
		if m.of(layer.SeparableKind.Kind()) {
			return m.mul.Sub(m.first.Mul(m.where)), true
		}
		return zero, true
	case m.conv() || m.transposed() || m.of(layer.LinearKind.Kind(), layer.MatMulKind.Kind()):
		return m.mul, true
	case m.of(layer.BatchNormKind.Kind()):
		if l, ok := m.layer.(*layer.BatchNorm); ok && !bool(l.Track) {
			return times(5, 4) // without statistics it is always training
		}
		return times(2, 1)
	case m.of(layer.LayerNormKind.Kind(), layer.GroupNormKind.Kind(), layer.InstanceNormKind.Kind()):
		return times(5, 4)
	case m.of(layer.GlobalAvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind(), layer.UpsampleKind.Kind()) && m.rank != 3:
		return zero, true // only those of images are supported
	case m.of(layer.GlobalAvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind()):
		return m.in, true
	case m.of(layer.UpsampleKind.Kind()):
		switch m.layer.(*layer.Upsample).Mode.Word {
		case "nearest":
			return m.out, true
		case "bilinear":
			return m.out.Times(4), true
		}
		return zero, false
	}
	return zero, true
}

// netscope is what the page for Caffe networks calls parameters: no biases, 2C of batch
// norm, and two for each local response norm (netscope/src/analyzer.coffee).
func (m *module) netscope() num.Int {
	switch {
	case m.of(layer.LRNKind.Kind()):
		return num.Of(2)
	case m.conv() || m.transposed() || m.of(layer.LinearKind.Kind()):
		return m.weight
	case m.of(layer.BatchNormKind.Kind()):
		return m.all
	}
	return zero
}

// netscopeMACs counts multiply-accumulates of convolution, fully connected layer, local
// response norm (its window for each element) and the scale beside Caffe's batch norm. At a
// layer that it does not know its shapes end, and its pools round up without Caffe's limit.
func (m *module) netscopeMACs() (num.Int, bool) {
	switch {
	case m.of(layer.ConvKind.Kind(), layer.DepthwiseKind.Kind(), layer.LinearKind.Kind()):
		return m.mul, true
	case m.of(layer.LRNKind.Kind()):
		return m.in.Times(m.layer.(*layer.LRN).Size.N), true
	case m.of(layer.BatchNormKind.Kind()) && m.affine, m.of(layer.MulKind.Kind()):
		return m.out, true
	case m.of(layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind()):
		return zero, !m.fewer
	}
	return zero, m.of(layer.InputKind.Kind(), layer.BatchNormKind.Kind(), layer.GlobalAvgPoolKind.Kind(),
		layer.GlobalMaxPoolKind.Kind(), layer.FlattenKind.Kind(), layer.ConcatKind.Kind(), layer.AddKind.Kind(),
		layer.ReLUKind.Kind(), layer.LeakyReLUKind.Kind(), layer.DropoutKind.Kind(), layer.SoftmaxKind.Kind(),
		layer.IdentityKind.Kind())
}
