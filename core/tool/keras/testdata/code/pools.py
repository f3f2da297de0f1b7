"""Network.

112 parameters, 972 multiply-accumulates for one sample of 20×20×3.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers

inputs = keras.Input(shape=(20, 20, 3), name="input1")
x = keras.ops.pad(inputs, ((0, 0), (1, 0), (1, 0), (0, 0)), constant_values=float("-inf"))
x = layers.MaxPooling2D(3, strides=2, name="maxpool1")(x)  # 10×10×3
x = layers.ReLU(name="relu1")(x)
# nothing is below 0 here, so zeros change no maximum
x = layers.ZeroPadding2D(((1, 0), (1, 0)), name="maxpool2_pad")(x)
x = layers.MaxPooling2D(3, strides=2, name="maxpool2")(x)  # 5×5×3
x = layers.Conv2D(4, 3, strides=2, padding="same", name="conv1")(x)  # 3×3×4
x = keras.ops.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)), constant_values=float("-inf"))
outputs = layers.MaxPooling2D(2, name="maxpool3")(x)  # 2×2×4

model = keras.Model(inputs, outputs, name="network")
