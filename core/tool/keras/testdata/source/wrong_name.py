# error: 7:18
# A name that nobody has defined.
import keras
from keras import layers

i = keras.Input((10,))
x = layers.Dense(n_hidden)(i)
model = keras.Model(i, layers.Dense(2)(x))
