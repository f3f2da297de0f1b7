"""GPT-2 small.

124,439,808 parameters, 145,824,153,600 multiply-accumulates for one sample of 1024.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers


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


def block(x, name):
    y = layers.LayerNormalization(epsilon=1e-05, name=f"{name}_layernorm")(x)
    y = layers.MultiHeadAttention(
        num_heads=12, key_dim=64, name=f"{name}_attention"
    )(y, y, use_causal_mask=True)
    y = layers.Dropout(0.5, name=f"{name}_dropout")(y)
    x = layers.Add(name=f"{name}_add")([y, x])
    y = layers.LayerNormalization(epsilon=1e-05, name=f"{name}_layernorm2")(x)
    y = layers.Dense(3072, name=f"{name}_linear")(y)
    y = layers.Activation("gelu", name=f"{name}_gelu")(y)
    y = layers.Dense(768, name=f"{name}_linear2")(y)
    y = layers.Dropout(0.5, name=f"{name}_dropout2")(y)
    return layers.Add(name=f"{name}_add2")([y, x])


inputs = keras.Input(shape=(1024,), dtype="int32", name="input1")
words = layers.ReversibleEmbedding(50257, 768, name="words")
x = words(inputs)  # 1024×768
# where each is
y = Table((1024, 768), name="param1")(inputs)
x = layers.Add(name="add1")([x, y])
x = layers.Dropout(0.5, name="dropout1")(x)
for i in range(12):
    x = block(x, name=f"block_{i + 1}")
x = layers.LayerNormalization(epsilon=1e-05, name="layernorm3")(x)
outputs = words(x, reverse=True)  # 1024×50257

model = keras.Model(inputs, outputs, name="gpt_2_small")
