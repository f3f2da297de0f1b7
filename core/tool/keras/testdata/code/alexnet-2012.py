"""AlexNet 2012.

60,965,224 parameters, 724,406,816 multiply-accumulates for one sample of 227×227×3.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers


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


inputs = keras.Input(shape=(227, 227, 3), name="input1")
x = layers.Conv2D(96, 11, strides=4, name="conv1")(inputs)  # 55×55×96
x = layers.ReLU(name="relu1")(x)
x = LocalResponseNorm(5, name="lrn1")(x)
x = layers.MaxPooling2D(3, strides=2, name="maxpool1")(x)  # 27×27×96
x = layers.Conv2D(256, 5, padding="same", groups=2, name="conv2")(x)  # 27×27×256
x = layers.ReLU(name="relu2")(x)
x = LocalResponseNorm(5, name="lrn2")(x)
x = layers.MaxPooling2D(3, strides=2, name="maxpool2")(x)  # 13×13×256
x = layers.Conv2D(384, 3, padding="same", name="conv3")(x)  # 13×13×384
x = layers.ReLU(name="relu3")(x)
x = layers.Conv2D(384, 3, padding="same", groups=2, name="conv4")(x)
x = layers.ReLU(name="relu4")(x)
x = layers.Conv2D(256, 3, padding="same", groups=2, name="conv5")(x)  # 13×13×256
x = layers.ReLU(name="relu5")(x)
x = layers.MaxPooling2D(3, strides=2, name="maxpool3")(x)  # 6×6×256
x = layers.Flatten(name="flatten1")(x)  # 9216
x = layers.Dense(4096, name="linear1")(x)  # 4096
x = layers.ReLU(name="relu6")(x)
x = layers.Dropout(0.5, name="dropout1")(x)
x = layers.Dense(4096, name="linear2")(x)
x = layers.ReLU(name="relu7")(x)
x = layers.Dropout(0.5, name="dropout2")(x)
x = layers.Dense(1000, name="linear3")(x)  # 1000
outputs = layers.Softmax(name="softmax1")(x)

model = keras.Model(inputs, outputs, name="alexnet_2012")
