# What keras.layers lacks and exported networks may need. keras_text.go takes the
# definitions out that a network uses; two empty lines divide them.


class Table(keras.layers.Layer):
    """A tensor of its own, the same for every sample of a batch."""

    def __init__(self, shape, **kwargs):
        super().__init__(**kwargs)
        self.table_shape = tuple(shape)

    def build(self, input_shape):
        self.table = self.add_weight(shape=self.table_shape, initializer="zeros", name="table")

    def call(self, batch):
        return keras.ops.broadcast_to(self.table, (keras.ops.shape(batch)[0], *self.table_shape))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.table_shape)

    def get_config(self):
        return {**super().get_config(), "shape": self.table_shape}


class LayerScale(keras.layers.Layer):
    """One learned factor for each feature, and a shift if wanted."""

    def __init__(self, init=1e-6, use_bias=False, **kwargs):
        super().__init__(**kwargs)
        self.init, self.use_bias = init, use_bias

    def build(self, input_shape):
        features = (input_shape[-1],)
        self.gamma = self.add_weight(shape=features, initializer=keras.initializers.Constant(self.init), name="gamma")
        self.beta = self.add_weight(shape=features, initializer="zeros", name="beta") if self.use_bias else None

    def call(self, x):
        x = x * self.gamma
        return x if self.beta is None else x + self.beta

    def get_config(self):
        return {**super().get_config(), "init": self.init, "use_bias": self.use_bias}


class LocalResponseNorm(keras.layers.Layer):
    """Divides each value by the energy of neighbouring channels (AlexNet, 2012)."""

    def __init__(self, size=5, alpha=1e-4, beta=0.75, k=1.0, **kwargs):
        super().__init__(**kwargs)
        self.size, self.alpha, self.beta, self.k = size, alpha, beta, k

    def call(self, x):
        before = self.size // 2
        channels = x.shape[-1]
        squares = keras.ops.pad(keras.ops.square(x), [(0, 0)] * (len(x.shape) - 1) + [(before, self.size - 1 - before)])
        energy = sum(squares[..., i : i + channels] for i in range(self.size))
        return x / (self.k + self.alpha / self.size * energy) ** self.beta

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "size": self.size, "alpha": self.alpha, "beta": self.beta, "k": self.k}
