"""ResNet-18.

11,699,112 parameters (9,600 of them statistics), 1,814,073,344 multiply-accumulates for one sample of 224×224×3.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers


def conv_block(x, filters, name):
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_conv")(x)
    y = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name=f"{name}_bn")(y)
    y = layers.ReLU(name=f"{name}_relu")(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_conv2")(y)
    y = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name=f"{name}_bn2")(y)
    x = layers.Add(name=f"{name}_add")([y, x])
    return layers.ReLU(name=f"{name}_relu2")(x)


def conv_block2(x, filters, name):
    y = layers.ZeroPadding2D(1, name=f"{name}_conv_pad")(x)
    y = layers.Conv2D(filters, 3, strides=2, use_bias=False, name=f"{name}_conv")(y)
    y = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name=f"{name}_bn")(y)
    y = layers.ReLU(name=f"{name}_relu")(y)
    y = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=f"{name}_conv2")(y)
    y = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name=f"{name}_bn2")(y)
    shortcut = layers.Conv2D(filters, 1, strides=2, use_bias=False, name=f"{name}_conv3")(x)
    shortcut = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name=f"{name}_bn3")(shortcut)
    return layers.Add(name=f"{name}_add")([y, shortcut])


inputs = keras.Input(shape=(224, 224, 3), name="input1")
x = layers.ZeroPadding2D(3, name="conv1_pad")(inputs)
x = layers.Conv2D(64, 7, strides=2, use_bias=False, name="conv1")(x)  # 112×112×64
x = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name="bn1")(x)
x = layers.ReLU(name="relu1")(x)
# nothing is below 0 here, so zeros change no maximum
x = layers.ZeroPadding2D(((1, 0), (1, 0)), name="maxpool1_pad")(x)
x = layers.MaxPooling2D(3, strides=2, name="maxpool1")(x)  # 56×56×64
for i in range(2):
    x = conv_block(x, 64, name=f"conv2_x_{i + 1}")
x = conv_block2(x, 128, name="conv3_1")
x = layers.ReLU(name="relu5")(x)
x = conv_block(x, 128, name="conv3_x")
x = conv_block2(x, 256, name="conv4_1")
x = layers.ReLU(name="relu9")(x)
x = conv_block(x, 256, name="conv4_x")
x = conv_block2(x, 512, name="conv5_1")
x = layers.ReLU(name="relu13")(x)
x = conv_block(x, 512, name="conv5_x")
x = layers.GlobalAveragePooling2D(keepdims=True, name="globalavgpool1")(x)  # 1×1×512
x = layers.Flatten(name="flatten1")(x)  # 512
outputs = layers.Dense(1000, name="linear1")(x)  # 1000

model = keras.Model(inputs, outputs, name="resnet_18")
