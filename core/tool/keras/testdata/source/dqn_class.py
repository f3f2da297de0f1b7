# params: 1685154
# A network that a method of a class makes, and that the constructor keeps.
from keras.models import Sequential, clone_model
from keras.layers import Conv2D, Dense, Flatten
from keras.optimizers import Adam


class Agent:
    def __init__(self, state_shape, n_actions, learning_rate=1e-4):
        self.state_shape = state_shape
        self.n_actions = n_actions
        self.learning_rate = learning_rate
        self.epsilon = 1.0
        self.model = self._build_model()

    def _build_model(self):
        model = Sequential()
        model.add(Conv2D(32, (8, 8), strides=(4, 4), activation="relu", input_shape=self.state_shape))
        model.add(Conv2D(64, (4, 4), strides=(2, 2), activation="relu"))
        model.add(Conv2D(64, (3, 3), strides=(1, 1), activation="relu"))
        model.add(Flatten())
        model.add(Dense(512, activation="relu"))
        model.add(Dense(self.n_actions))
        model.compile(loss="mse", optimizer=Adam(lr=self.learning_rate))
        return model

    def act(self, state):
        return self.model.predict(state)


agent = Agent((84, 84, 4), n_actions=2)
