"""Runs exported Keras code against a stand-in for Keras 3 and compares what it
builds.

Keras needs a package registry that not every machine reaches. The stand-in takes
the arguments that Keras 3 documents for each layer, no others, and follows its
documented rules for shapes and weights; it computes no values. It counts as
Keras does: the weights of the layers that lead to a model's outputs, once each,
and it wants their names to differ. TensorFlow.js, a real Keras, checks the same
layers in their JSON form (interop_tfjs_test.go).

Reads jobs written by interop_keras_test.go. A job's events are the layers that
the code must call, in order, with the shape that each must give; functions in a
row count as one.
"""

import json
import math
import sys
import types

BATCH = None
log = []  # (class, shape without the batch) of every call, if no layer is being called
depth = 0
counters = {}


class Wrong(Exception):
    pass


def need(ok, what):
    if not ok:
        raise Wrong(what)


def numbers(value, rank, what):
    """A whole number, or one for each dimension."""
    value = (value,) * rank if isinstance(value, int) else tuple(value)
    need(len(value) == rank and all(isinstance(v, int) for v in value), f"{what} is {value} for rank {rank}")
    return value


def pairs(value, rank, what):
    """A number, one for each dimension, or two for each. One pair alone is of one dimension."""
    if rank == 1 and not isinstance(value, int):
        value = (value,)
    value = (value,) * rank if isinstance(value, int) else tuple(value)
    need(len(value) == rank, f"{what} is {value} for rank {rank}")
    return [(v, v) if isinstance(v, int) else tuple(v) for v in value]


def product(values):
    n = 1
    for v in values:
        n *= v
    return n


def slide(size, kernel, stride, padding, dilation):
    if size is None:
        return None
    if padding in ("same", "causal"):
        return -(-size // stride)
    need(padding == "valid", f"padding {padding!r}")
    n = (size - dilation * (kernel - 1) - 1) // stride + 1
    need(n > 0, f"a window of {kernel} on {size}")
    return n


class Tensor:
    def __init__(self, shape, source=None, inputs=(), dtype="float32"):
        self.shape, self.source, self.inputs, self.dtype = tuple(shape), source, inputs, dtype

    def __getitem__(self, key):
        key = key if isinstance(key, tuple) else (key,)
        if Ellipsis in key:
            i = key.index(Ellipsis)
            key = key[:i] + (slice(None),) * (len(self.shape) - len(key) + 1) + key[i + 1 :]
        need(len(key) <= len(self.shape), "too many indices")
        shape = []
        for size, k in zip(self.shape, key + (slice(None),) * (len(self.shape) - len(key))):
            if isinstance(k, slice):
                shape.append(size if k == slice(None) else len(range(*k.indices(size))))
            else:
                need(-size <= k < size, f"index {k} of {size}")
        return operation("get_item", shape, self)

    def arithmetic(self, other):
        return operation("op", broadcast([self.shape, getattr(other, "shape", ())]), self, other)

    __add__ = __mul__ = __truediv__ = __pow__ = __radd__ = __rmul__ = arithmetic


def broadcast(shapes):
    rank = max(len(s) for s in shapes)
    out = []
    for i in range(rank):
        sides = {s[len(s) - rank + i] for s in shapes if len(s) - rank + i >= 0} - {1}
        need(len(sides) < 2, f"{shapes} do not go together")
        out.append(sides.pop() if sides else 1)
    return tuple(out)


def operation(name, shape, *inputs):
    n = counters[name] = counters.get(name, 0) + 1
    node = types.SimpleNamespace(name=name if n == 1 else f"{name}_{n - 1}", weights=[])
    if depth == 0:
        log.append(("op", tuple(shape)[1:]))
    return Tensor(shape, node, [x for x in inputs if isinstance(x, Tensor)])


class Layer:
    def __init__(self, *, name=None, trainable=True, dtype=None):
        need(name is None or isinstance(name, str) and name and "/" not in name and "." not in name and name.isascii(), f"name {name!r}")
        kind = type(self).__name__.lower()
        n = counters[kind] = counters.get(kind, 0) + 1
        self.name = name or f"{kind}_{n}"
        self.trainable, self.weights, self.built = trainable, [], None

    def add_weight(self, shape=None, initializer=None, name=None, trainable=True):
        need(all(isinstance(n, int) for n in shape), f"a weight of {shape}")
        self.weights.append((tuple(shape), trainable))
        return Tensor(shape)

    def weight(self, *shape):
        self.add_weight(shape)

    def build(self, shape):
        pass

    def get_config(self):
        return {"name": self.name}

    def rank(self, x, *ranks):
        need(len(x) - 1 in ranks, f"{type(self).__name__} on {x}")

    def fits(self, shape):
        if isinstance(shape, list):
            return [s[-1] for s in self.built] == [s[-1] for s in shape]
        return self.built[-1] == shape[-1]

    def __call__(self, x, *more, **options):
        global depth
        tensors = (list(x) if isinstance(x, (list, tuple)) else [x]) + list(more)
        need(all(isinstance(t, Tensor) for t in tensors), f"{self.name} is called on {tensors}")
        shapes = [t.shape for t in tensors]
        shape = shapes if isinstance(x, (list, tuple)) or more else shapes[0]
        if self.built is None:
            self.build(shape)
            self.built = shape
        elif self.weights:
            need(self.fits(shape), f"{self.name} is called on {self.built} and {shape}")
        out = self.compute_output_shape(shape) if hasattr(self, "compute_output_shape") else None
        if hasattr(self, "call"):  # a layer of the code's own
            depth += 1
            result = self.call(x).shape
            depth -= 1
            need(out is None or tuple(out) == result, f"{self.name} gives {result} and says {out}")
            out = result
        if depth == 0:
            log.append((type(self).__name__, tuple(out)[1:]))
        return Tensor(out, self, tensors)


LAYERS = {"Layer": Layer}


def layer(cls):
    LAYERS[cls.__name__] = cls
    return cls


def each(ranks, name):
    """Makes a class for every number of dimensions: Conv → Conv1D …"""

    def make(cls):
        for rank in ranks:
            full = name.format(rank)
            LAYERS[full] = type(full, (cls,), {"dims": rank})
        return cls

    return make


class Sliding(Layer):
    def window(self, kernel_size, strides, padding, dilation_rate):
        self.kernel = numbers(kernel_size, self.dims, "kernel_size")
        self.strides = numbers(strides, self.dims, "strides")
        self.dilation = numbers(dilation_rate, self.dims, "dilation_rate")
        need(padding in ("valid", "same") or padding == "causal" and self.dims == 1, f"padding {padding!r}")
        need(max(self.strides) == 1 or max(self.dilation) == 1, "strides and dilation")
        self.padding = padding

    def positions(self, x):
        self.rank(x, self.dims + 1)
        return tuple(slide(n, k, s, self.padding, d) for n, k, s, d in zip(x[1:-1], self.kernel, self.strides, self.dilation))


@each((1, 2, 3), "Conv{}D")
class Conv(Sliding):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.window(kernel_size, strides, padding, dilation_rate)
        self.filters, self.groups, self.bias = filters, groups, use_bias

    def build(self, x):
        need(x[-1] % self.groups == 0 and self.filters % self.groups == 0, f"{self.groups} groups of {x[-1]} and {self.filters}")
        self.weight(*self.kernel, x[-1] // self.groups, self.filters)
        if self.bias:
            self.weight(self.filters)

    def compute_output_shape(self, x):
        return (BATCH, *self.positions(x), self.filters)


@each((1, 2), "DepthwiseConv{}D")
class DepthwiseConv(Sliding):
    def __init__(self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.window(kernel_size, strides, padding, dilation_rate)
        need(padding != "causal", "causal")
        self.times, self.bias = depth_multiplier, use_bias

    def build(self, x):
        self.weight(*self.kernel, x[-1], self.times)
        if self.bias:
            self.weight(x[-1] * self.times)

    def compute_output_shape(self, x):
        return (BATCH, *self.positions(x), x[-1] * self.times)


@each((1, 2), "SeparableConv{}D")
class SeparableConv(Sliding):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.window(kernel_size, strides, padding, dilation_rate)
        need(padding != "causal", "causal")
        self.filters, self.times, self.bias = filters, depth_multiplier, use_bias

    def build(self, x):
        self.weight(*self.kernel, x[-1], self.times)
        self.weight(*(1,) * self.dims, x[-1] * self.times, self.filters)
        if self.bias:
            self.weight(self.filters)

    def compute_output_shape(self, x):
        return (BATCH, *self.positions(x), self.filters)


@each((1, 2, 3), "Conv{}DTranspose")
class ConvTranspose(Sliding):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.window(kernel_size, strides, padding, dilation_rate)
        self.filters, self.bias = filters, use_bias

    def build(self, x):
        self.weight(*self.kernel, self.filters, x[-1])
        if self.bias:
            self.weight(self.filters)

    def compute_output_shape(self, x):
        self.rank(x, self.dims + 1)
        sides = []
        for n, k, s, d in zip(x[1:-1], self.kernel, self.strides, self.dilation):
            k = d * (k - 1) + 1
            sides.append(n * s if self.padding == "same" else n * s + max(k - s, 0))
        return (BATCH, *sides, self.filters)


@each((1, 2, 3), "ConvLSTM{}D")
class ConvLSTM(Sliding):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh", recurrent_activation="sigmoid", use_bias=True, *, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.window(kernel_size, strides, padding, dilation_rate)
        self.filters, self.bias, self.sequences = filters, use_bias, return_sequences

    def build(self, x):
        self.weight(*self.kernel, x[-1], 4 * self.filters)
        self.weight(*self.kernel, self.filters, 4 * self.filters)
        if self.bias:
            self.weight(4 * self.filters)

    def compute_output_shape(self, x):
        self.rank(x, self.dims + 2)
        out = (*self.positions((BATCH, *x[2:])), self.filters)
        return (BATCH, x[1], *out) if self.sequences else (BATCH, *out)


@each((1, 2, 3), "MaxPooling{}D")
@each((1, 2, 3), "AveragePooling{}D")
class Pooling(Sliding):
    def __init__(self, pool_size=2, strides=None, padding="valid", data_format=None, **kwargs):
        super().__init__(**kwargs)
        need(padding != "causal", "causal")
        self.window(pool_size, pool_size if strides is None else strides, padding, 1)

    def compute_output_shape(self, x):
        return (BATCH, *self.positions(x), x[-1])


@each((1, 2, 3), "GlobalMaxPooling{}D")
@each((1, 2, 3), "GlobalAveragePooling{}D")
class GlobalPooling(Layer):
    def __init__(self, data_format=None, keepdims=False, **kwargs):
        super().__init__(**kwargs)
        self.keep = keepdims

    def compute_output_shape(self, x):
        self.rank(x, self.dims + 1)
        return (BATCH, *(1,) * self.dims, x[-1]) if self.keep else (BATCH, x[-1])


@layer
class Dense(Layer):
    def __init__(self, units, activation=None, use_bias=True, **kwargs):
        super().__init__(**kwargs)
        self.units, self.bias = units, use_bias

    def build(self, x):
        need(len(x) > 1, f"Dense on {x}")
        self.weight(x[-1], self.units)
        if self.bias:
            self.weight(self.units)

    def compute_output_shape(self, x):
        return (*x[:-1], self.units)


@layer
class Embedding(Layer):
    def __init__(self, input_dim, output_dim, **kwargs):
        super().__init__(**kwargs)
        self.rows, self.width = input_dim, output_dim

    def build(self, x):
        self.weight(self.rows, self.width)

    def compute_output_shape(self, x):
        return (*x, self.width)


@layer
class ReversibleEmbedding(Embedding):
    def __call__(self, x, reverse=False):
        self.reverse = reverse
        return super().__call__(x)

    def fits(self, x):
        return not self.reverse or x[-1] == self.width

    def compute_output_shape(self, x):
        return (*x[:-1], self.rows) if self.reverse else super().compute_output_shape(x)


class Norm(Layer):
    def setup(self, axis, count, center, scale):
        self.axes = [axis] if isinstance(axis, int) else list(axis)
        self.vectors = count + center + scale

    def build(self, x):
        for _ in range(self.vectors):
            self.weight(*(x[a] for a in self.axes))

    def compute_output_shape(self, x):
        return x


@layer
class BatchNormalization(Norm):
    def __init__(self, axis=-1, momentum=0.99, epsilon=1e-3, center=True, scale=True, **kwargs):
        super().__init__(**kwargs)
        self.setup(axis, 2, center, scale)


@layer
class LayerNormalization(Norm):
    def __init__(self, axis=-1, epsilon=1e-3, center=True, scale=True, **kwargs):
        super().__init__(**kwargs)
        self.setup(axis, 0, center, scale)


@layer
class RMSNormalization(Norm):
    def __init__(self, axis=-1, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.setup(axis, 0, False, True)


@layer
class GroupNormalization(Norm):
    def __init__(self, groups=32, axis=-1, epsilon=1e-3, center=True, scale=True, **kwargs):
        super().__init__(**kwargs)
        self.groups = groups
        self.setup(axis, 0, center, scale)

    def build(self, x):
        need(x[-1] % self.groups == 0, f"{self.groups} groups of {x[-1]}")
        super().build(x)


class Same(Layer):
    def compute_output_shape(self, x):
        return x


@layer
class Dropout(Same):
    def __init__(self, rate, noise_shape=None, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.noise = noise_shape

    def build(self, x):
        need(self.noise is None or len(self.noise) == len(x), f"noise {self.noise} on {x}")


@layer
class AlphaDropout(Dropout):
    pass


@layer
class GaussianDropout(Same):
    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)


@layer
class GaussianNoise(Same):
    def __init__(self, stddev, seed=None, **kwargs):
        super().__init__(**kwargs)


@each((1, 2, 3), "SpatialDropout{}D")
class SpatialDropout(Same):
    def __init__(self, rate, seed=None, **kwargs):
        super().__init__(**kwargs)

    def build(self, x):
        self.rank(x, self.dims + 1)


ACTIVATIONS = "sigmoid tanh selu silu softsign linear mish gelu softplus hard_sigmoid hard_silu exponential log_sigmoid tanh_shrink relu relu6".split()


@layer
class Activation(Same):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        need(activation in ACTIVATIONS, f"activation {activation!r}")


@layer
class ReLU(Same):
    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)


@layer
class LeakyReLU(Same):
    def __init__(self, negative_slope=0.3, **kwargs):
        super().__init__(**kwargs)


@layer
class ELU(Same):
    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)


@layer
class Softmax(Same):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, x):
        need(self.axis != 0 and -len(x) < self.axis < len(x), f"axis {self.axis} of {x}")


@layer
class PReLU(Same):
    def __init__(self, alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.shared = shared_axes or ()

    def build(self, x):
        self.weight(*(1 if i in self.shared else n for i, n in enumerate(x) if i > 0))


@layer
class Rescaling(Same):
    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)


@layer
class Flatten(Layer):
    def __init__(self, data_format=None, **kwargs):
        super().__init__(**kwargs)

    def compute_output_shape(self, x):
        return (BATCH, product(x[1:]))


@layer
class Reshape(Layer):
    def __init__(self, target_shape, **kwargs):
        super().__init__(**kwargs)
        self.target = tuple(target_shape)

    def compute_output_shape(self, x):
        need(product(x[1:]) == product(self.target), f"{x} as {self.target}")
        return (BATCH, *self.target)


@layer
class Permute(Layer):
    def __init__(self, dims, **kwargs):
        super().__init__(**kwargs)
        self.dims = tuple(dims)
        need(sorted(self.dims) == list(range(1, len(dims) + 1)), f"dims {dims}")

    def compute_output_shape(self, x):
        need(len(x) == len(self.dims) + 1, f"{self.dims} of {x}")
        return (BATCH, *(x[d] for d in self.dims))


@layer
class RepeatVector(Layer):
    def __init__(self, n, **kwargs):
        super().__init__(**kwargs)
        self.n = n

    def compute_output_shape(self, x):
        self.rank(x, 1)
        return (BATCH, self.n, x[1])


@each((1, 2, 3), "ZeroPadding{}D")
class ZeroPadding(Layer):
    def __init__(self, padding=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.sides = pairs(padding, self.dims, "padding")

    def compute_output_shape(self, x):
        self.rank(x, self.dims + 1)
        need(all(a >= 0 and b >= 0 for a, b in self.sides), f"padding {self.sides}")
        return (BATCH, *(n + a + b for n, (a, b) in zip(x[1:], self.sides)), x[-1])


@each((1, 2, 3), "Cropping{}D")
class Cropping(Layer):
    def __init__(self, cropping=1, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.sides = pairs(cropping, self.dims, "cropping")

    def compute_output_shape(self, x):
        self.rank(x, self.dims + 1)
        need(all(n > a + b and a >= 0 and b >= 0 for n, (a, b) in zip(x[1:], self.sides)), f"cropping {self.sides} of {x}")
        return (BATCH, *(n - a - b for n, (a, b) in zip(x[1:], self.sides)), x[-1])


class UpSampling(Layer):
    def compute_output_shape(self, x):
        self.rank(x, self.dims + 1)
        return (BATCH, *(n * s for n, s in zip(x[1:], self.size)), x[-1])


@each((1,), "UpSampling{}D")
class UpSampling1(UpSampling):
    def __init__(self, size=2, **kwargs):
        super().__init__(**kwargs)
        need(isinstance(size, int), "size")
        self.size = (size,)


@each((2,), "UpSampling{}D")
class UpSampling2(UpSampling):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs):
        super().__init__(**kwargs)
        need(interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"), f"interpolation {interpolation!r}")
        self.size = numbers(size, 2, "size")


@each((3,), "UpSampling{}D")
class UpSampling3(UpSampling):
    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.size = numbers(size, 3, "size")


@layer
class Resizing(Layer):
    def __init__(self, height, width, interpolation="bilinear", **kwargs):
        super().__init__(**kwargs)
        need(interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5", "area"), f"interpolation {interpolation!r}")
        self.size = (height, width)

    def compute_output_shape(self, x):
        self.rank(x, 3)
        return (BATCH, *self.size, x[-1])


class Merge(Layer):
    def compute_output_shape(self, x):
        need(isinstance(x, list) and len(x) > 1, f"{type(self).__name__} of {x}")
        return broadcast(x)


for name in "Add Multiply Maximum Minimum Average Subtract".split():
    LAYERS[name] = type(name, (Merge,), {})


@layer
class Concatenate(Layer):
    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def compute_output_shape(self, x):
        need(isinstance(x, list) and len(x) > 1, f"Concatenate of {x}")
        axis = self.axis % len(x[0])
        need(axis > 0 and len({(*s[:axis], *s[axis + 1 :]) for s in x}) == 1, f"Concatenate of {x} over {axis}")
        return (*x[0][:axis], sum(s[axis] for s in x), *x[0][axis + 1 :])


@layer
class Dot(Layer):
    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        self.axes = (axes, axes) if isinstance(axes, int) else tuple(axes)

    def compute_output_shape(self, x):
        (a, b), (i, j) = x, self.axes
        need(a[i] == b[j], f"Dot of {x} over {self.axes}")
        return (*a[:i], *a[i + 1 :], *b[1:j], *b[j + 1 :])


class Recurrent(Layer):
    gates = 1

    def setup(self, units, use_bias, return_sequences, biases=1):
        self.units, self.bias, self.sequences, self.biases = units, use_bias, return_sequences, biases

    def build(self, x):
        self.rank(x, 2)
        self.weight(x[-1], self.gates * self.units)
        self.weight(self.units, self.gates * self.units)
        if self.bias:
            self.weight(self.biases, self.gates * self.units)

    def compute_output_shape(self, x):
        return (BATCH, x[1], self.units) if self.sequences else (BATCH, self.units)


@layer
class SimpleRNN(Recurrent):
    def __init__(self, units, activation="tanh", use_bias=True, *, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.setup(units, use_bias, return_sequences)


@layer
class LSTM(Recurrent):
    gates = 4

    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, *, return_sequences=False, **kwargs):
        super().__init__(**kwargs)
        self.setup(units, use_bias, return_sequences)


@layer
class GRU(Recurrent):
    gates = 3

    def __init__(self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True, *, return_sequences=False, reset_after=True, **kwargs):
        super().__init__(**kwargs)
        self.setup(units, use_bias, return_sequences, 2 if reset_after else 1)


@layer
class Bidirectional(Layer):
    def __init__(self, layer, merge_mode="concat", **kwargs):
        super().__init__(**kwargs)
        need(merge_mode in ("sum", "mul", "concat", "ave"), f"merge_mode {merge_mode!r}")
        self.layer, self.mode = layer, merge_mode

    def build(self, x):
        self.layer.build(x)
        self.weights += self.layer.weights * 2

    def compute_output_shape(self, x):
        out = self.layer.compute_output_shape(x)
        return (*out[:-1], 2 * out[-1]) if self.mode == "concat" else out


@layer
class MultiHeadAttention(Layer):
    def __init__(self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None, **kwargs):
        super().__init__(**kwargs)
        self.heads, self.size, self.bias, self.axes = num_heads, key_dim, use_bias, attention_axes

    def __call__(self, query, value, key=None, use_causal_mask=False):
        return super().__call__(query, value, *([] if key is None else [key]))

    def build(self, x):
        query, value, key = x[0], x[1], x[-1] if len(x) > 2 else x[1]
        need(value[1:-1] == key[1:-1], f"value {value}, key {key}")
        # Without axes all positions look at all others.
        need(len(query) == 3 or self.axes == len(query) - 2, f"attention over {self.axes} of {query}")
        for width in (query[-1], key[-1], value[-1]):
            self.weight(width, self.heads, self.size)
            if self.bias:
                self.weight(self.heads, self.size)
        self.weight(self.heads, self.size, query[-1])
        if self.bias:
            self.weight(query[-1])

    def compute_output_shape(self, x):
        return x[0]


def reduction(name):
    def reduce(x, axis=None, keepdims=False):
        axes = {a % len(x.shape) for a in ([axis] if isinstance(axis, int) else axis)}
        need(0 not in axes, "over the batch")
        return operation(name, [1 if i in axes else n for i, n in enumerate(x.shape) if keepdims or i not in axes], x)

    return reduce


def pad(x, pad_width, mode="constant", constant_values=None):
    need(len(pad_width) == len(x.shape) and tuple(pad_width[0]) == (0, 0), f"pad {pad_width} of {x.shape}")
    need(mode in ("constant", "reflect", "symmetric") and (constant_values is None or mode == "constant"), f"mode {mode!r}")
    return operation("pad", (BATCH, *(n + a + b for n, (a, b) in zip(x.shape[1:], pad_width[1:]))), x)


def matmul(a, b):
    need(a.shape[-1] == b.shape[-2], f"{a.shape} times {b.shape}")
    return operation("matmul", (*broadcast([a.shape[:-2], b.shape[:-2]]), a.shape[-2], b.shape[-1]), a, b)


def swapaxes(x, axis1, axis2):
    shape = list(x.shape)
    shape[axis1], shape[axis2] = shape[axis2], shape[axis1]
    return operation("swapaxes", shape, x)


def roll(x, shift, axis=None):
    need(len(shift) == len(axis) and all(0 < a < len(x.shape) for a in axis), f"roll over {axis}")
    return operation("roll", x.shape, x)


def same(name, **options):
    def f(x, **given):
        need(set(given) <= set(options), f"{name} with {given}")
        return operation(name, x.shape, x)

    return f


def Input(shape=None, batch_size=None, dtype=None, name=None):
    source = Layer(name=name)
    log.append(("Input", tuple(shape)))
    return Tensor((BATCH, *shape), source, (), dtype or "float32")


class Model:
    def __init__(self, inputs, outputs, name=None):
        need(name and name.isascii() and "/" not in name, f"name {name!r}")
        self.inputs = list(inputs) if isinstance(inputs, list) else [inputs]
        self.outputs = list(outputs) if isinstance(outputs, list) else [outputs]
        nodes, seen, todo = {}, set(), list(self.outputs)
        while todo:
            t = todo.pop()
            if id(t) in seen:
                continue
            seen.add(id(t))
            need(t.inputs or any(t is i for i in self.inputs), f"{t.source.name} is no input of the model")
            nodes[id(t.source)] = t.source
            todo += t.inputs
        names = {}
        for node in nodes.values():
            need(names.setdefault(node.name, node) is node, f"the name {node.name} is used twice")
        self.layers = list(nodes.values())

    def count_params(self):
        return sum(product(shape) for node in self.layers for shape, _ in node.weights)

    def frozen(self):
        return sum(product(shape) for node in self.layers if node.weights and not node.trainable for shape, _ in node.weights)


def module(name, **members):
    m = types.ModuleType(name)
    m.__dict__.update(members)
    sys.modules[name] = m
    return m


layers = module("keras.layers", **LAYERS)
ops = module(
    "keras.ops", pad=pad, matmul=matmul, swapaxes=swapaxes, roll=roll, mean=reduction("mean"), sum=reduction("sum"), amax=reduction("amax"),
    log_softmax=same("log_softmax", axis=-1), square=same("square"), shape=lambda x: x.shape, broadcast_to=lambda x, shape: operation("broadcast_to", broadcast([x.shape, shape]), x),
)
activations = module(
    "keras.activations", gelu=same("gelu", approximate=False), celu=same("celu", alpha=1.0), soft_shrink=same("soft_shrink", threshold=0.5), hard_shrink=same("hard_shrink", threshold=0.5),
)
initializers = module("keras.initializers", Constant=lambda value=0.0: value)
module("keras", layers=layers, ops=ops, activations=activations, initializers=initializers, Input=Input, Model=Model)


def collapse(events):
    """Functions in a row count as one."""
    out = []
    for e in events:
        if out and e[0] == out[-1][0] == "op":
            out.pop()
        out.append(e)
    return out


def check(job):
    log.clear()
    counters.clear()
    with open(job["File"]) as f:
        code = f.read()
    space = {"__name__": "exported"}
    exec(compile(code, job["File"], "exec"), space)
    model = space["model"]
    if model.count_params() != int(job["Params"]):
        yield f"{model.count_params()} parameters, ours {job['Params']}"
    if model.frozen() != int(job["Frozen"]):
        yield f"{model.frozen()} frozen parameters, ours {job['Frozen']}"
    seen = collapse(log)
    want = collapse([(e["Class"], e["Shape"] and tuple(e["Shape"])) for e in job["Events"]])
    for i in range(max(len(seen), len(want))):
        a, b = seen[i] if i < len(seen) else None, want[i] if i < len(want) else None
        if a is None or b is None or a[0] != b[0] or b[1] is not None and a[1] != b[1]:
            yield f"call {i} is {a}, ours {b}"
            break
    outputs = [list(t.shape[1:]) for t in model.outputs]
    if outputs != job["Outputs"]:
        yield f"outputs {outputs}, ours {job['Outputs']}"


def main():
    with open(sys.argv[1]) as f:
        jobs = json.load(f)
    calls = failed = 0
    for job in jobs:
        try:
            wrong = list(check(job))
        except Exception as e:
            wrong = [f"{type(e).__name__}: {e}"]
        calls += len(log)
        failed += bool(wrong)
        for w in wrong:
            print(f"FAIL {job['ID']}: {w}")
    print(f"Keras code: {len(jobs) - failed} of {len(jobs)} networks build, {calls} calls with our shapes")


main()
