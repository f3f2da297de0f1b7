package layer

// Kinds lists every kind of layer in palette order.
var Kinds = []*Kind{
	input,
	conv, depthwise, separable, convTranspose, deformConv,
	maxPool, avgPool, globalAvgPool, globalMaxPool, adaptiveAvgPool, adaptiveMaxPool, lpPool, fractionalMaxPool,
	mean, sum, amax,
	linear, bilinear,
	rnn, lstm, gru, convLSTM,
	attention, windowAttention, multiscaleAttention,
	embedding, embeddingBag, param, buffer,
	batchNorm, layerNorm, groupNorm, instanceNorm, rmsNorm, layerScale, scale, lrn,
	relu, relu6, leakyReLU, prelu, rrelu, elu, celu, selu, gelu, silu, mish, hardswish,
	sigmoid, hardsig, logSigmoid, tanh, hardtanh, tanhshrink,
	softplus, exponential, softsign, softshrink, hardshrink, threshold, softmax, softmin, logSoftmax, glu, identity,
	dropout, spatialDropout, alphaDropout, gaussianDropout, gaussianNoise, stochasticDepth,
	flatten, unflatten, reshape, permute, squeeze, unsqueeze, slice, chunk, selected, roll, repeatVector,
	pad, crop, upsample, pixelShuffle, pixelUnshuffle, channelShuffle, unfold, fold,
	add, mul, sub, maximum, minimum, average, concat, matMul, cosine, side, from,
	opaque,
}

// byName finds kinds by every accepted spelling.
var byName = func() map[string]*Kind {
	m := make(map[string]*Kind)
	for _, k := range Kinds {
		k.base = k.New()
		for _, n := range append([]string{k.Name, k.Alias}, k.Also...) {
			if n != "" {
				m[n] = k
			}
		}
	}
	return m
}()

// ByName returns the kind with a name, an alias or another accepted spelling;
// nil if there is none.
func ByName(name string) *Kind { return byName[name] }
