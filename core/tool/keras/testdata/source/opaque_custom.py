# at least: 1290
# A layer of a library that is not here stays, with what is behind it.
import tensorflow as tf
import tensorflow_hub as hub
from tensorflow.keras import layers

hub_layer = hub.KerasLayer("https://example.org/model", input_shape=[], dtype=tf.string, trainable=True)
model = tf.keras.Sequential([
    tf.keras.Input(shape=(16,)),
    hub_layer,
    layers.Reshape((128,)),
    layers.Dense(10),
])
