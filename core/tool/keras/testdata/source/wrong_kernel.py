# error: 11:7
# The map has become smaller than the kernel.
from tensorflow.keras import Sequential
from tensorflow.keras.layers import Conv2D, MaxPooling2D, Flatten, Dense

model = Sequential()
model.add(Conv2D(8, 3, input_shape=(8, 8, 1)))
model.add(MaxPooling2D(4))
model.add(Conv2D(8, 3))
model.add(Flatten())
model.add(Dense(10))
