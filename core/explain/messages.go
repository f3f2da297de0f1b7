package explain

import (
	"paramstack/core/catalog"
	"paramstack/core/layer"
)

// messages are the messages that are known, in the words of their sources.
var messages = []struct {
	pattern string
	explain func(n [][]int64) *Error
}{
	{"mat1 and mat2 shapes cannot be multiplied (#x# and #x#)", func(n [][]int64) *Error {
		return product(n[0][0], n[1][0], n[2][0], n[3][0])
	}},
	{"size mismatch, m1: [# x #], m2: [# x #]", func(n [][]int64) *Error {
		return product(n[0][0], n[1][0], n[2][0], n[3][0])
	}},
	{"transposed=#, weight of size @, expected input@ to have # channels, but got # channels", func(n [][]int64) *Error {
		if len(n[1]) < 3 {
			return nil
		}
		weight := append([]int64{n[1][1], n[1][0]}, n[1][2:]...) // in, out, kernel
		return channels(weight, n[2], n[3][0], n[4][0])
	}},
	{"weight of size @, expected input@ to have # channels, but got # channels", func(n [][]int64) *Error {
		return channels(n[0], n[1], n[2][0], n[3][0])
	}},
	{"Calculated padded input size per channel: @. Kernel size: @", func(n [][]int64) *Error {
		return kernel(n[1], n[0])
	}},
	{"Negative dimension size caused by subtracting # from #", func(n [][]int64) *Error { return kernel(n[0], n[1]) }},
	{"Given input size: @. Calculated output size: @. Output size is too small", func(n [][]int64) *Error {
		return tooSmall(n[0])
	}},
	{"One of the dimensions in the output is <= 0*Received input shape @", func(n [][]int64) *Error {
		return tooSmall(first(n[0]))
	}},
	{"expected axis # of input shape to have value #, but received input with shape @", func(n [][]int64) *Error {
		return axis(n[0][0], n[1][0], n[2])
	}},
	{"expected axis # of input shape to have value # but received input with shape @", func(n [][]int64) *Error {
		return axis(n[0][0], n[1][0], n[2])
	}},
	{"expected ndim=#, found ndim=#", func(n [][]int64) *Error {
		return rank(n[0][0], n[1][0], layer.GroupConv, layer.GroupPool, layer.GroupRecurrent, layer.GroupDense)
	}},
	{"expected min_ndim=#, found ndim=#", func(n [][]int64) *Error {
		return rank(n[0][0], n[1][0], layer.GroupConv, layer.GroupPool, layer.GroupRecurrent, layer.GroupDense)
	}},
	{"(unbatched) or #D (batched) input to conv*but got input of size: @", func(n [][]int64) *Error {
		return rank(n[0][0], int64(len(n[1])), layer.GroupConv)
	}},
	{"Shapes @ and @ are incompatible", func(n [][]int64) *Error { return labels(n[0], n[1]) }},
	{"Sizes of tensors must match except in dimension #. Expected size # but got size #", func(n [][]int64) *Error {
		return joined(catalog.Say(catalog.ExplainConcat, n[1][0], n[2][0]), layer.ConcatKind.Kind())
	}},
	{"Sizes of tensors must match except in dimension #. Got # and #", func(n [][]int64) *Error {
		return joined(catalog.Say(catalog.ExplainConcat, n[1][0], n[2][0]), layer.ConcatKind.Kind())
	}},
	{"The size of tensor a (#) must match the size of tensor b (#)", func(n [][]int64) *Error {
		return joined(catalog.Say(catalog.ExplainAdd, n[0][0], n[1][0]), layer.AddKind.Kind())
	}},
	{"running_mean should contain # elements not #", func(n [][]int64) *Error { return norm(n[0][0], n[1][0]) }},
	{"Expected more than 1 value per channel when training, got input size @", func(n [][]int64) *Error {
		return oneValue(n[0])
	}},
	{"view size is not compatible with input tensor's size and stride", func([][]int64) *Error {
		return &Error{Say: catalog.Say(catalog.ExplainContiguous)}
	}},
	{"shape '@' is invalid for input of size #", func(n [][]int64) *Error { return view(n[0], n[1][0]) }},
	{"In[0]: [#,#], In[1]: [#,#]", func(n [][]int64) *Error { return product(n[0][0], n[1][0], n[2][0], n[3][0]) }},
	{"expected shape=@, found shape=@", func(n [][]int64) *Error { return built(n[0], n[1]) }},
	{"output size would be negative. Received: inputs shape=@, kernel shape=@", func(n [][]int64) *Error {
		if dims := len(n[0]) - 2; dims > 0 && len(n[1]) > dims {
			return kernel(n[1][:dims], n[0][1:1+dims])
		}
		return nil
	}},
	{"requires inputs with matching shapes except for the concat*[@, @", func(n [][]int64) *Error {
		return differ(true, n[0], n[1])
	}},
	{"Inputs have incompatible shapes. Received shapes @ and @", func(n [][]int64) *Error {
		return differ(false, n[0], n[1])
	}},
	{"Operands could not be broadcast together with shapes @ @", func(n [][]int64) *Error {
		return differ(false, n[0], n[1])
	}},
	{"target and output must have the same shape. Received: target.shape=@, output.shape=@", func(n [][]int64) *Error {
		return labels(n[0], n[1])
	}},
	{"labels*must have the same shape*(@ vs @)", func(n [][]int64) *Error { return labels(n[1], n[0]) }},
	{"Target size (@) must be the same as input size (@)", func(n [][]int64) *Error {
		return labels(n[0], n[1])
	}},
	{"Target # is out of bounds", func(n [][]int64) *Error { return class(n[0][0]) }},
	{"Expected input batch_size (#) to match target batch_size (#)", func(n [][]int64) *Error {
		return samples(n[0][0], n[1][0])
	}},
	{"Dimensions must be equal, but are # and #", func(n [][]int64) *Error { return equal(n[0][0], n[1][0]) }},
	{"cannot reshape array of size # into shape @", func(n [][]int64) *Error { return arranged(n[0][0], n[1]) }},
	{"total size of new array must be unchanged, input_shape = @, output_shape = @", func(n [][]int64) *Error {
		return arranged(elements(n[0]), n[1])
	}},
	{"input.size(-1) must be equal to input_size. Expected #, got #", func(n [][]int64) *Error {
		return steps(n[0][0], n[1][0])
	}},
	{"Kernel shape must have the same length as input, but received kernel of shape @ and input of shape @",
		func(n [][]int64) *Error { return rank(int64(len(n[0])), int64(len(n[1])), layer.GroupConv) }},
	{"stack expects each tensor to be equal size, but got @ at entry # and @ at entry", func(n [][]int64) *Error {
		return &Error{Say: catalog.Say(catalog.ExplainBatch, write(n[0]), write(n[2]))}
	}},
	{"input depth must be evenly divisible by filter depth: # vs #", func(n [][]int64) *Error {
		return depth(n[0][0], n[1][0])
	}},
	{"must be divisible by groups", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainGroups), "groups") }},
	{"embed_dim must be divisible by num_heads", func([][]int64) *Error {
		return refused(catalog.Say(catalog.ExplainHeads), "heads")
	}},
	{"index out of range in self", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainIndex), "table") }},
	{"non-positive stride is not supported", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainPositive), "") }},
	{"non-positive kernel", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainPositive), "") }},
	{"expected scalar type", func([][]int64) *Error { return &Error{Say: catalog.Say(catalog.ExplainType)} }},
	{"Input type (*) and weight type (*) should be the same", func([][]int64) *Error {
		return &Error{Say: catalog.Say(catalog.ExplainType)}
	}},
	{"mat1 and mat2 must have the same dtype", func([][]int64) *Error { return &Error{Say: catalog.Say(catalog.ExplainType)} }},
	// What PyTorch's pools, paddings, states and losses refuse.
	{"pad should be at most half of effective kernel size, but got pad=#, kernel_size=# and dilation=#",
		func(n [][]int64) *Error { return padded(n[0][0], n[1][0], n[2][0]) }},
	{"pad should be at most half of kernel size, but got pad=# and kernel_size=#",
		func(n [][]int64) *Error { return padded(n[0][0], n[1][0], 1) }},
	{"pad should be smaller than or equal to half of kernel size, but got padW = #, padH = #, kW = #, kH = #",
		func(n [][]int64) *Error {
			if 2*n[0][0] > n[2][0] {
				return padded(n[0][0], n[2][0], 1)
			}
			return padded(n[1][0], n[3][0], 1)
		}},
	{"Padding size should be less than the corresponding input dimension, but got: padding @ at dimension # of input @",
		func(n [][]int64) *Error { return reflected(n[0], n[1][0], n[2]) }},
	{"Expected hidden[#] size @, got @", func(n [][]int64) *Error { return hidden(n[1], n[2]) }},
	{"Expected hidden size @, got @", func(n [][]int64) *Error { return hidden(n[0], n[1]) }},
	{"Expected target size @, got @", func(n [][]int64) *Error { return target(n[0], n[1]) }},
	{"1D target tensor expected, multi-target not supported", func([][]int64) *Error { return oneHot() }},
	{"Expected size for first two dimensions of batch2 tensor to be: @ but got: @", func(n [][]int64) *Error {
		if len(n[0]) < 2 || len(n[1]) < 2 {
			return nil
		}
		return equal(n[0][1], n[1][1])
	}},
	{"size mismatch, got input (#), mat (#x#), vec (#)", func(n [][]int64) *Error {
		return product(n[0][0], n[2][0], n[3][0], 1)
	}},
	{"Tensors must have same number of dimensions: got # and #", func(n [][]int64) *Error {
		return joined(catalog.Say(catalog.ExplainDims, n[0][0], n[1][0]), layer.ConcatKind.Kind())
	}},
	{"divisible by num_groups, but got input of shape @ and num_groups=#", func(n [][]int64) *Error {
		return of(catalog.Say(catalog.ExplainGroupNorm, write(n[0]), n[1][0]), layer.GroupNormKind.Kind())
	}},
	{"Given normalized_shape=@, expected input with shape*but got input of size@", func(n [][]int64) *Error {
		return normalized(n[0], n[1])
	}},
	{"expected #D input (got #D input)", func(n [][]int64) *Error { return rank(n[0][0], n[1][0], layer.GroupNorm) }},
	{"expected #D or #D input (got #D input)", func(n [][]int64) *Error {
		return rank(n[1][0], n[2][0], layer.GroupNorm)
	}},
	{"Expected more than 1 spatial element when training, got input size @", func(n [][]int64) *Error {
		return of(catalog.Say(catalog.ExplainOneSpatial, write(n[0])), layer.InstanceNormKind.Kind())
	}},
	{"Using a target size (@) that is different to the input size (@)", func(n [][]int64) *Error {
		return labels(n[0], n[1])
	}},
	{"must be Tensor, not tuple", func([][]int64) *Error { return tuple() }},
	{"Assertion t >= 0 && t < n_classes failed", func([][]int64) *Error { return asserted() }},
	{"Assertion srcIndex < srcSelectDimSize failed", func([][]int64) *Error {
		return refused(catalog.Say(catalog.ExplainIndex), "table")
	}},
	{"device-side assert triggered", func([][]int64) *Error { return asserted() }},
	{"CUDA out of memory", func([][]int64) *Error { return &Error{Say: catalog.Say(catalog.ExplainMemory)} }},
	{"OOM when allocating tensor", func([][]int64) *Error { return &Error{Say: catalog.Say(catalog.ExplainMemory)} }},
	{"is not a multiple of the number of attention heads", func([][]int64) *Error {
		return refused(catalog.Say(catalog.ExplainHeads), "heads")
	}},
	{"stride should not be zero", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainPositive), "") }},
	// What Keras refuses.
	{"channel dimension of the inputs should be defined", func([][]int64) *Error { return undefined() }},
	{"last dimension of the inputs to*should be defined", func([][]int64) *Error { return undefined() }},
	{"Error when checking *to have # dimensions, but got array with shape @", func(n [][]int64) *Error {
		return rank(n[0][0], int64(len(n[1])), layer.GroupConv, layer.GroupPool, layer.GroupRecurrent, layer.GroupDense)
	}},
	{"Error when checking target: *to have shape @ but got array with shape @", func(n [][]int64) *Error {
		return labels(n[1], n[0])
	}},
	{"Error when checking input: *to have shape @ but got array with shape @", func(n [][]int64) *Error {
		return built(append([]int64{-1}, n[0]...), append([]int64{-1}, n[1]...))
	}},
	{"Received a label value of # which is outside the valid range", func(n [][]int64) *Error { return class(n[0][0]) }},
	{"must have the same first dimension, got logits shape @ and labels shape @", func(n [][]int64) *Error {
		if len(n[0]) == 0 || len(n[1]) == 0 {
			return nil
		}
		if elements(n[0]) == elements(n[1]) {
			return oneHot()
		}
		return samples(n[0][0], n[1][0])
	}},
	{"logits and labels must be broadcastable: logits_size=@ labels_size=@", func(n [][]int64) *Error {
		return labels(n[1], n[0])
	}},
	{"number of input channels must be evenly divisible by the number of groups", func([][]int64) *Error {
		return refused(catalog.Say(catalog.ExplainGroups), "groups")
	}},
	{"indices[*is not in [0, #)", func([][]int64) *Error { return refused(catalog.Say(catalog.ExplainIndex), "table") }},
}
