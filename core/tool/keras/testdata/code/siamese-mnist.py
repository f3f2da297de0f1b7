"""Siamese network (MNIST).

431,102 parameters, 4,586,040 multiply-accumulates for one sample of 28×28×1.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers

inputs = keras.Input(shape=(28, 28, 1), name="input1")
conv1_1 = layers.Conv2D(20, 5, name="conv1_1")
x = conv1_1(inputs)  # 24×24×20
maxpool1_1 = layers.MaxPooling2D(2, name="maxpool1_1")
x = maxpool1_1(x)  # 12×12×20
conv2_1 = layers.Conv2D(50, 5, name="conv2_1")
x = conv2_1(x)  # 8×8×50
maxpool2_1 = layers.MaxPooling2D(2, name="maxpool2_1")
x = maxpool2_1(x)  # 4×4×50
flatten1_1 = layers.Flatten(name="flatten1_1")
x = flatten1_1(x)  # 800
linear1_1 = layers.Dense(500, name="linear1_1")
x = linear1_1(x)  # 500
relu1_1 = layers.ReLU(name="relu1_1")
x = relu1_1(x)
linear2_1 = layers.Dense(10, name="linear2_1")
x = linear2_1(x)  # 10
linear3_1 = layers.Dense(2, name="linear3_1")
x = linear3_1(x)  # 2
tower = x
inputs2 = keras.Input(shape=(28, 28, 1), name="input2")
x = conv1_1(inputs2)  # 24×24×20
x = maxpool1_1(x)  # 12×12×20
x = conv2_1(x)  # 8×8×50
x = maxpool2_1(x)  # 4×4×50
x = flatten1_1(x)  # 800
x = linear1_1(x)  # 500
x = relu1_1(x)
x = linear2_1(x)  # 10
x = linear3_1(x)  # 2
tower2 = x
outputs = layers.Subtract(name="sub1")([tower2, tower])

model = keras.Model([inputs, inputs2], outputs, name="siamese_network_mnist")
