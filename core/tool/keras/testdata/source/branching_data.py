# params: 1290
# A condition that depends on data: one branch is taken, and said.
import tensorflow as tf


class Gate(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.a = tf.keras.layers.Dense(10)
        self.b = tf.keras.layers.Dense(20)

    def call(self, x):
        if tf.reduce_sum(x) > 0:
            return self.b(x)
        return self.a(x)


model = Gate()
model.build(input_shape=(None, 128))
