# at least: 1738
# A layer of a library that is not here stays, with what is known around it.
import tensorflow as tf
import tensorflow_hub as hub
from tensorflow.keras import layers

hub_layer = hub.KerasLayer("https://example.org/model", trainable=True)
i = tf.keras.Input(shape=(16,))
x = layers.Dense(64, activation="relu")(i)
y = layers.Dense(10)(x)
z = hub_layer(y)
model = tf.keras.Model(i, [z, y])
