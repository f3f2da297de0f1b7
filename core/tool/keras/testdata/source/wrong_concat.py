# error: 9:12
# Maps of two sizes cannot be joined side by side.
import keras
from keras import layers

i = keras.Input((32, 32, 3))
a = layers.Conv2D(8, 3)(i)
b = layers.Conv2D(8, 3, padding="same")(i)
x = layers.Concatenate()([a, b])
x = layers.GlobalAveragePooling2D()(x)
model = keras.Model(i, layers.Dense(10)(x))
