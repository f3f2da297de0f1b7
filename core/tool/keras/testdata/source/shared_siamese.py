# params: 480705
# One encoder for two images, their distance by operators on tensors.
import tensorflow as tf
from tensorflow.keras import layers, Model, Input
from tensorflow.keras import backend as K


def make_encoder(shape):
    inp = Input(shape)
    x = layers.Conv2D(32, 5, activation="relu")(inp)
    x = layers.MaxPool2D()(x)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.MaxPool2D()(x)
    x = layers.Flatten()(x)
    return Model(inp, layers.Dense(288, activation="sigmoid")(x), name="encoder")


shape = (28, 28, 1)
encoder = make_encoder(shape)
left, right = Input(shape), Input(shape)
distance = tf.abs(encoder(left) - encoder(right))
out = layers.Dense(1, activation="sigmoid")(distance)
siamese = Model([left, right], out)
