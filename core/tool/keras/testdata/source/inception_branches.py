# params: 187514
# Paths side by side, joined, with a class attribute for the activation.
import keras
from keras.layers import Conv2D, MaxPooling2D, AveragePooling2D, concatenate, Input, Flatten, Dense

inp = Input((64, 64, 3))
stem = Conv2D(64, 7, strides=2, padding="same", activation=keras.activations.relu)(inp)
a = Conv2D(64, (1, 1), padding="same", activation="relu")(stem)
b = Conv2D(96, (1, 1), padding="same", activation="relu")(stem)
b = Conv2D(128, (3, 3), padding="same", activation="relu")(b)
c = Conv2D(16, (1, 1), padding="same", activation="relu")(stem)
c = Conv2D(32, (5, 5), padding="same", activation="relu")(c)
d = MaxPooling2D((3, 3), strides=(1, 1), padding="same")(stem)
d = Conv2D(32, (1, 1), padding="same", activation="relu")(d)
x = concatenate([a, b, c, d], axis=-1)
x = AveragePooling2D(8)(x)
x = Flatten()(x)
m = keras.Model(inp, Dense(10)(x))
