# params: 32976
model = Sequential()
model.add(Conv2D(32, (3, 3), input_shape=(28, 28, 1), activation='relu'))
model.add(MaxPooling2D())
model.add(BatchNormalization(axis=-1))
model.add(Conv2D(12, (3, 3)))
model.add(Flatten())
model.add(Dense(20))
