# params: 16033
# Words become numbers in the network itself, by a layer that learns nothing.
import tensorflow as tf
from tensorflow.keras import layers

vectorize = layers.TextVectorization(max_tokens=1000, output_mode='int', output_sequence_length=250)
vectorize.adapt(["some words", "and others"])
model = tf.keras.Sequential([
    layers.Embedding(1001, 16),
    layers.GlobalAveragePooling1D(),
    layers.Dense(1),
])
export_model = tf.keras.Sequential([tf.keras.Input((1,)), vectorize, model, layers.Activation('sigmoid')])
