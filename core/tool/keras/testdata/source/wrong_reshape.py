# error: 7:12
# 784 numbers cannot lie in 27 by 27.
import keras
from keras import layers

i = keras.Input((28, 28))
x = layers.Reshape((27, 27, 1))(i)
model = keras.Model(i, layers.Flatten()(x))
