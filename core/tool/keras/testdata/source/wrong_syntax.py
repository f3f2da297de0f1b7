# error: 8:1
# A bracket that is never closed.
from keras.models import Sequential
from keras.layers import Dense
model = Sequential([
    Dense(10, input_dim=4
    Dense(2),
])
