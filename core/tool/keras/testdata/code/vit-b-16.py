"""ViT-B/16.

86,567,656 parameters, 17,563,828,224 multiply-accumulates for one sample of 224×224×3.
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


def encoder_block(x, name):
    y = layers.LayerNormalization(epsilon=1e-06, name=f"{name}_layernorm")(x)
    y = layers.MultiHeadAttention(num_heads=12, key_dim=64, name=f"{name}_attention")(y, y)
    x = layers.Add(name=f"{name}_add")([y, x])
    y = layers.LayerNormalization(epsilon=1e-06, name=f"{name}_layernorm2")(x)
    y = layers.Dense(3072, name=f"{name}_linear")(y)
    y = layers.Activation("gelu", name=f"{name}_gelu")(y)
    y = layers.Dense(768, name=f"{name}_linear2")(y)
    return layers.Add(name=f"{name}_add2")([y, x])


inputs = keras.Input(shape=(224, 224, 3), name="input1")
x = layers.Conv2D(768, 16, strides=16, name="conv1")(inputs)  # 14×14×768
x = layers.Reshape((196, 768), name="flatten1")(x)  # 196×768
# the class token
y = Table((1, 768), name="param1")(inputs)
x = layers.Concatenate(axis=1, name="concat1")([y, x])  # 197×768
# where each patch is
y = Table((197, 768), name="param2")(inputs)
x = layers.Add(name="add1")([x, y])
for i in range(12):
    x = encoder_block(x, name=f"encoder_{i + 1}")
x = layers.LayerNormalization(epsilon=1e-06, name="layernorm3")(x)
x = x[:, 0]  # 768
outputs = layers.Dense(1000, name="linear3")(x)  # 1000

model = keras.Model(inputs, outputs, name="vit_b_16")
