# error: 5:1
# A network without an end.
import keras
m = keras.Sequential([keras.Input((4,))])
n = 0
while n < 1:
    m.add(keras.layers.Dense(4))
