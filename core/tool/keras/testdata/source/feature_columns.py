# params: 3719
# Inputs in a dictionary, categories through embeddings in a loop.
import tensorflow as tf

categories = {"color": 12, "shape": 7, "origin": 30}
numeric = ["age", "price"]
inputs, encoded = {}, []
for name, size in categories.items():
    inputs[name] = tf.keras.Input(shape=(1,), name=name, dtype="int64")
    e = tf.keras.layers.Embedding(size, min(50, (size + 1) // 2))(inputs[name])
    encoded.append(tf.keras.layers.Flatten()(e))
for name in numeric:
    inputs[name] = tf.keras.Input(shape=(1,), name=name)
    encoded.append(inputs[name])
x = tf.keras.layers.Concatenate()(encoded)
for units in (64, 16):
    x = tf.keras.layers.Dense(units, activation="elu")(x)
    x = tf.keras.layers.BatchNormalization()(x)
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(x))
