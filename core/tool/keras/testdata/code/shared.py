"""Network.

270 parameters, 45,064 multiply-accumulates for one sample of 8×8×4.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers

inputs = keras.Input(shape=(8, 8, 4), name="input1")
conv1 = layers.Conv2D(4, 3, padding="same", name="conv1")
x = conv1(inputs)
relu1 = layers.ReLU(name="relu1")
x = relu1(x)
for _ in range(3):
    x = conv1(x)
    x = relu1(x)
x = layers.Permute((3, 1, 2), name="s_permute")(x)
s = layers.Dense(8, name="s")
x = s(x)  # 4×8×8
x = s(x)
x = layers.Permute((2, 3, 1), name="conv2_1_permute")(x)
conv2_1 = layers.Conv2D(4, 1, trainable=False, name="conv2_1")
x = conv2_1(x)  # 8×8×4
conv2_2 = layers.Conv2D(4, 1, trainable=False, name="conv2_2")
x = conv2_2(x)
x = conv2_1(x)
x = conv2_2(x)
y = layers.GlobalAveragePooling2D(keepdims=True, name="globalavgpool1")(x)  # 1×1×4
y = layers.Flatten(name="flatten1")(y)  # 4
y = layers.Dense(2, name="linear3")(y)  # 2

model = keras.Model(inputs, [x, y], name="network")
