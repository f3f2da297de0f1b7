package explain_test

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/explain"
	"paramstack/core/text"
)

const lenet = "input 1x28x28; a: conv 6 k5 p2; relu; maxpool 2; b: conv 16 k5; bn; relu; maxpool 2; flatten; c: linear 120; relu; d: linear 84; linear 10"

// TestRead explains messages as PyTorch 2 and Keras 2 and 3 print them, and finds
// the layer and the remedy in a network.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		message, says string // a part of the sentence
		network       string
		at, fix       string // the layer's name, and what its remedy writes
	}{
		{"RuntimeError: mat1 and mat2 shapes cannot be multiplied (16x1152 and 980x10)", "in_features 980, but the tensor has 1152 values per sample. In PyTorch write Linear(1152, 10)", "input 32x6x6; flatten; x: linear 10", "x", ""},
		{"RuntimeError: mat1 and mat2 shapes cannot be multiplied (16x1152 and 980x10)", "Linear(1152, 10)", lenet, "linear3", ""},
		{"Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\nRuntimeError: mat1 and mat2 shapes cannot be multiplied (64x120 and 128x84)", "in_features 128", lenet, "d", "128"},
		{"mat1 and mat2 shapes cannot be multiplied (2560x5 and 400x120)", "a flatten is missing", "input 16x5x5; x: linear 120", "x", "flatten"},
		{"RuntimeError: size mismatch, m1: [64 x 400], m2: [256 x 120] at /pytorch/aten/src/TH/generic/THTensorMath.cpp:197", "Linear(400, 120)", lenet, "c", ""},
		{"mat1 and mat2 shapes cannot be multiplied (4x7 and 9x33)", "Linear(7, 33)", lenet, "", ""},
		{"RuntimeError: Given groups=1, weight of size [16, 6, 5, 5], expected input[4, 8, 14, 14] to have 6 channels, but got 8 channels instead", "16 filters expects 6 input channels, but the tensor has 8", lenet, "b", ""},
		{"Given groups=1, weight of size [6, 3, 5, 5], expected input[1, 1, 28, 28] to have 3 channels, but got 1 channels instead", "expects 3 input channels", lenet, "a", "3x28x28"},
		{"Given groups=1, weight of size [64, 3, 7, 7], expected input[8, 224, 224, 3] to have 3 channels, but got 224 channels instead", "has them last", lenet, "", ""},
		{"RuntimeError: Calculated padded input size per channel: (2 x 2). Kernel size: (5 x 5). Kernel size can't be greater than actual input size", "kernel 5×5 is larger than the padded input 2×2", "input 3x2x2; x: conv 4 k5", "x", ""},
		{"ValueError: Negative dimension size caused by subtracting 3 from 2 for '{{node conv2d/Conv2D}}'", "kernel 3 is larger", "input 3x2x2; x: conv 4 k3", "x", ""},
		{"RuntimeError: Given input size: (16x1x1). Calculated output size: (16x0x0). Output size is too small", "receives 16×1×1", "input 16x1x1; x: maxpool 2", "x", ""},
		{"ValueError: One of the dimensions in the output is <= 0 due to downsampling in conv2d_2. Consider increasing the input size. Received input shape [None, 1, 1, 64] which would produce output shape with a zero or negative value in a dimension.", "receives 64×1×1", "input 64x1x1; x: conv 8 k3", "x", ""},
		{"ValueError: Input 0 of layer \"dense\" is incompatible with the layer: expected axis -1 of input shape to have value 980, but received input with shape (None, 1152)", "built for 980 along this axis, but it receives 1152", "input 32x6x6; flatten; x: linear 10", "x", ""},
		{"Input 0 of layer dense_1 is incompatible with the layer: expected axis -1 of input shape to have value 128 but received input with shape [None, 120]", "built for 128", lenet, "d", "128"},
		{"Input 0 of layer \"conv2d\" is incompatible with the layer: expected axis -1 of input shape to have value 3, but received input with shape (None, 28, 28, 1)", "built for 3", lenet, "a", "3x28x28"},
		{"ValueError: Input 0 of layer \"conv2d\" is incompatible with the layer: expected min_ndim=4, found ndim=3. Full shape received: (None, 28, 28)", "4 dimensions including the batch, but the tensor has 3", "input 28x28; x: conv 4 k3", "x", ""},
		{"RuntimeError: Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [32, 784]", "4 dimensions", lenet, "", ""},
		{"ValueError: Shapes (None, 1) and (None, 10) are incompatible", "labels have shape ?×1, but the network outputs ?×10", lenet, "linear3", ""},
		{"ValueError: Shapes (32, 12) and (32, 10) are incompatible", "outputs 32×10", lenet, "linear3", "12"},
		{"RuntimeError: Sizes of tensors must match except in dimension 1. Expected size 28 but got size 27 for tensor number 1 in the list.", "28 and 27", "input 3x8x8; x: concat { conv 4 k3 | conv 4 k3 p1 }", "x", ""},
		{"RuntimeError: The size of tensor a (64) must match the size of tensor b (128) at non-singleton dimension 1", "64 and 128", "input 3x8x8; x: add { conv 64 k1 | conv 128 k1 }", "x", ""},
		{"RuntimeError: running_mean should contain 16 elements not 32", "has 32 channels, but receives 16", lenet, "bn1", "32"},
		{"ValueError: Expected more than 1 value per channel when training, got input size torch.Size([1, 64, 1, 1])", "1×64×1×1", "input 64x1x1; x: bn", "x", ""},
		{"RuntimeError: shape '[-1, 400]' is invalid for input of size 9216", "9216 values cannot be arranged in rows of 400", lenet, "flatten1", ""},
		{"RuntimeError: Error(s) in loading state_dict for ResNet:\n\tsize mismatch for d.weight: copying a param with shape torch.Size([1000, 120]) from checkpoint, the shape in current model is torch.Size([84, 120]).", "d.weight has shape 1000×120 in the checkpoint, but 84×120", lenet, "d", "1000"},
		{"size mismatch for classifier.6.bias: copying a param with shape torch.Size([100]) from checkpoint, the shape in current model is torch.Size([10]).", "100 in the checkpoint", lenet, "linear3", "100"},
		{"RuntimeError: Error(s) in loading state_dict for Net:\r\n\tMissing key(s) in state_dict: \"b.weight\", \"b.bias\".", "has b.weight, which the checkpoint lacks", lenet, "b", ""},
		{"Error(s) in loading state_dict for Net: Unexpected key(s) in state_dict: \"module.conv1.weight\".", "module.conv1.weight, which the model lacks", lenet, "", ""},
		{"ValueError: Input 0 of layer \"sequential\" is incompatible with the layer: expected shape=(None, 28, 28, 1), found shape=(32, 32, 32, 3)", "samples of 28×28×1, but receives 32×32×3", lenet, "input1", "3x32x32"},
		{"ValueError: Computed output size would be negative. Received: `inputs shape=(None, 2, 2, 64)`, `kernel shape=(3, 3, 64, 64)`, `dilation_rate=[1 1]`.", "kernel 3×3 is larger", "input 64x2x2; x: conv 64 k3", "x", ""},
		{"ValueError: A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[(None, 28, 28, 64), (None, 27, 27, 64)]", "28 and 27", "input 3x8x8; x: concat { conv 4 k3 | conv 4 k3 p1 }", "x", ""},
		{"ValueError: Inputs have incompatible shapes. Received shapes (28, 28, 64) and (28, 28, 32)", "64 and 32", "input 3x8x8; x: add { conv 64 k1 | conv 32 k1 }", "x", ""},
		{"ValueError: `logits` and `labels` must have the same shape, received ((None, 10) vs (None, 4)).", "labels have shape ?×4, but the network outputs ?×10", lenet, "linear3", "4"},
		{"ValueError: Target size (torch.Size([32])) must be the same as input size (torch.Size([32, 10]))", "outputs 32×10", lenet, "linear3", ""},
		{"IndexError: Target 10 is out of bounds.", "at least 11 outputs", lenet, "linear3", "11"},
		{"ValueError: Expected input batch_size (324) to match target batch_size (4).", "324 rows for 4 labels", lenet, "flatten1", ""},
		{"ValueError: Dimensions must be equal, but are 120 and 100 for '{{node dense/MatMul}}'", "are 120 and 100", lenet, "d", "100"},
		{"ValueError: cannot reshape array of size 784 into shape (28,28,3)", "784 values cannot be arranged as 28×28×3, which has 2352", lenet, "input1", ""},
		{"RuntimeError: shape '[4, 3, -1]' is invalid for input of size 100", "100 values cannot be arranged as 4×3×?", lenet, "input1", ""},
		{"RuntimeError: input.size(-1) must be equal to input_size. Expected 128, got 64", "input_size 128, but receives 64", "input 20; embedding 100x64; x: lstm 32", "x", ""},
		{"RuntimeError: input.size(-1) must be equal to input_size. Expected 128, got 64", "input_size 128", "input 20x9; linear 64; x: lstm 32", "x", "128"},
		{"InvalidArgumentError: Matrix size-incompatible: In[0]: [32,120], In[1]: [128,84] [Op:MatMul]", "in_features 128", lenet, "d", "128"},
		{"ValueError: out_channels must be divisible by groups", "multiples of groups", "input 4x8x8; conv 4 k3; x: conv 6 k3 g4", "x", ""},
		{"AssertionError: embed_dim must be divisible by num_heads", "number of heads", "input 9x10; x: attention 4", "x", ""},
		{"  File \"a.py\"\r\nIndexError: index out of range in self\r\n", "rows of the embedding", "input 9; x: embedding 10x4", "x", ""},
		{"RuntimeError: expected scalar type Long but found Float", "different types", lenet, "", ""},
		{"RuntimeError: Input type (torch.cuda.FloatTensor) and weight type (torch.FloatTensor) should be the same", "devices", lenet, "", ""},
		{"RuntimeError: Given transposed=1, weight of size [64, 32, 2, 2], expected input[1, 128, 8, 8] to have 64 channels, but got 128 channels instead", "32 filters expects 64 input channels", "input 128x8x8; x: convtranspose 32 k2", "x", "64x8x8"},
		{"RuntimeError: stack expects each tensor to be equal size, but got [3, 224, 224] at entry 0 and [3, 200, 224] at entry 1", "3×224×224 and 3×200×224", lenet, "", ""},
		{"RuntimeError: non-positive stride is not supported", "at least 1", lenet, "", ""},
		{"RuntimeError: pad should be at most half of effective kernel size, but got pad=3, kernel_size=4 and dilation=1", "padding 3 and kernel 4, but its padding may be at most half of its kernel. Use padding 2", "input 3x9x9; x: maxpool 4 p3", "x", "2"},
		{"RuntimeError: pad should be smaller than or equal to half of kernel size, but got padW = 1, padH = 2, kW = 3, kH = 3", "padding 2 and kernel 3", "input 3x9x9; x: avgpool 3 p2", "x", "1"},
		{">>> m(x)\nRuntimeError: pad should be at most half of kernel size, but got pad=3 and kernel_size=4", "at most half", lenet, "", ""},
		{"RuntimeError: Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (5, 5) at dimension 3 of input [1, 3, 5, 5]", "padding 5 requires more than 5 cells", "input 3x5x5; x: pad 5 mode=reflect", "x", ""},
		{"RuntimeError: Expected hidden[0] size (4, 9, 20), got [4, 7, 20]", "must be 4×9×20", "input 12x5; x: lstm 20", "x", ""},
		{"RuntimeError: Expected hidden size (1, 64, 20), got (1, 32, 20)", "but it is 1×32×20", "input 12x5; gru 7; x: gru 20", "x", ""},
		{"RuntimeError: Expected target size [6, 11], got [6, 4]", "expects labels of 6×11", lenet, "", ""},
		{"RuntimeError: Expected target size (32, 10), got torch.Size([32, 1])", "they are 32×1", lenet, "", ""},
		{"RuntimeError: 0D or 1D target tensor expected, multi-target not supported", "one class number", lenet, "linear3", ""},
		{"RuntimeError: CUDA error: device-side assert triggered\nCUDA kernel errors might be asynchronously reported", "out of range", lenet, "linear3", ""},
		{"/pytorch/aten/src/ATen/native/cuda/Loss.cu:271: block: [0,0,0], thread: [3,0,0] Assertion `t >= 0 && t < n_classes` failed.", "a label that is not below", lenet, "linear3", ""},
		{"Assertion `srcIndex < srcSelectDimSize` failed.", "rows of the embedding", "input 9; x: embedding 10x4", "x", ""},
		{"torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.20 GiB", "memory of the GPU is full", lenet, "", ""},
		{"RuntimeError: Tensors must have same number of dimensions: got 4 and 2", "4 and 2 dimensions", "input 3x8x8; x: concat { conv 4 k3 | flatten }", "x", ""},
		{"RuntimeError: Expected number of channels in input to be divisible by num_groups, but got input of shape [2, 12, 4, 4] and num_groups=5", "2×12×4×4 into 5 groups", "input 12x4x4; x: groupnorm 5", "x", ""},
		{"RuntimeError: Given normalized_shape=[48], expected input with shape [*, 48], but got input of size[8, 10, 96]", "built for 48 along this axis, but it receives 96", "input 10x7; linear 96; x: layernorm", "x", "48"},
		{"ValueError: expected 4D input (got 2D input)", "expects 4 dimensions including the batch, but the tensor has 2", "input 40; x: bn", "x", ""},
		{"ValueError: Expected more than 1 spatial element when training, got input size torch.Size([2, 64, 1, 1])", "2×64×1×1: one value per channel", "input 64x1x1; x: instancenorm", "x", ""},
		{"UserWarning: Using a target size (torch.Size([48])) that is different to the input size (torch.Size([48, 1])).", "shape 48, but the network outputs 48×1: the same values", "input 20; x: linear 1", "x", ""},
		{"TypeError: linear(): argument 'input' (position 1) must be Tensor, not tuple", "several values", "input 12x5; x: lstm 20; linear 3", "x", ""},
		{"ValueError: Expected more than 1 value per channel when training, got input size [1, 512]", "1×512", "input 512; x: bn", "x", ""},
		{"ValueError: Negative dimension size caused by subtracting 5 from 3 for 'conv2d_3/convolution' (op: 'Conv2D') with input shapes: [?,3,3,64], [5,5,64,64].", "kernel 5 is larger", "input 3x3x3; x: conv 4 k5", "x", ""},
		{"ValueError: The channel dimension of the inputs should be defined. Found `None`.", "State it, as in Input", "x: input ?x28x28; conv 8 k3", "x", ""},
		{"ValueError: The last dimension of the inputs to a Dense layer should be defined. Found None. Full input shape received: (None, None)", "State it, as in Input", "x: input ?; linear 4", "x", ""},
		{"ValueError: Error when checking input: expected conv2d_1_input to have 4 dimensions, but got array with shape (600, 28, 28)", "4 dimensions including the batch, but the tensor has 3", "input 28x28; x: conv 4 k3", "x", ""},
		{"ValueError: Error when checking target: expected dense_2 to have shape (10,) but got array with shape (1,)", "labels have shape 1, but the network outputs 10", lenet, "linear3", ""},
		{"ValueError: Error when checking input: expected dense_1_input to have shape (784,) but got array with shape (64,)", "samples of 784, but receives 64", "x: input 784; linear 10", "x", "64"},
		{"Received a label value of 12 which is outside the valid range of [0, 10). Label values: 3 12 1", "at least 13 outputs", lenet, "linear3", "13"},
		{"logits and labels must have the same first dimension, got logits shape [32,10] and labels shape [320]", "one-hot", lenet, "linear3", ""},
		{"InvalidArgumentError: indices[3,7] = 10000 is not in [0, 10000)", "rows of the embedding", "input 9; x: embedding 10x4", "x", ""},
		{"> **RuntimeError:** Given groups=1, weight of size `[6, 3, 5, 5]`, expected input`[32, 1, 28, 28]` to have 3 channels, but got 1 channels instead", "expects 3 input channels", lenet, "a", "3x28x28"},
		{"RuntimeError: mat1 and mat2 shapes cannot be multiplied (32×120 and 128×84)", "in_features 128", lenet, "d", "128"},
		{"RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.", "Use reshape", lenet, "", ""},
		{"InvalidArgumentError: Graph execution error:\ninput depth must be evenly divisible by filter depth: 1 vs 3\n\t [[node model/conv2d/Conv2D]]", "take 3 input channels, but the tensor has 1", lenet, "a", "3x28x28"},
		{"KeyError: 'x'", "not one about shapes", lenet, "", ""},
		{"Traceback (most recent call last):\n  File \"a.py\", line 3\nKeyError: 'x'", "not one about shapes", lenet, "", ""},
	} {
		e := explain.Read(c.message)
		if e == nil {
			t.Errorf("%q is not understood", c.message)
			continue
		}
		if says := e.Say.In(catalog.English); !strings.Contains(says, c.says) {
			t.Errorf("%q: %q, want %q", c.message, says, c.says)
		}
		file, problems := text.Parse(c.network)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		r := count.Of(file.Model)
		d := e.In(r)
		at, fix := "", ""
		if d != nil {
			at = r.Name(d.Node)
			if len(d.Fixes) > 0 {
				fix = d.Fixes[0].Value
			}
		}
		if at != c.at || fix != c.fix {
			t.Errorf("%q: at %q with the remedy %q, want %q with %q", c.message, at, fix, c.at, c.fix)
		}
	}
	for _, other := range []string{"", "input 3x8x8\nconv 4 k3", "mat1 and mat2", "mat1 and mat2 shapes cannot be multiplied (axb and cxd)", "Shapes (a) and (b) are incompatible",
		strings.Repeat("mat1 and mat2 shapes cannot be multiplied (1x", 5000)} {
		if e := explain.Read(other); e != nil {
			t.Errorf("%.60q is explained: %s", other, e.Say.In(catalog.English))
		}
	}
}
