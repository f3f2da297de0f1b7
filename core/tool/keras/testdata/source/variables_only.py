# params: 118266
# tf.Variable in a model, no layer at all.
import tensorflow as tf


class MLP(tf.keras.Model):
    def __init__(self, n_in, n_hidden, n_out):
        super().__init__()
        init = tf.random.normal
        self.W1 = tf.Variable(init([n_in, n_hidden], stddev=0.1), name="W1")
        self.b1 = tf.Variable(tf.zeros([n_hidden]), name="b1")
        self.W2 = tf.Variable(init([n_hidden, n_out], stddev=0.1), name="W2")
        self.b2 = tf.Variable(tf.zeros(n_out), name="b2")

    def call(self, x):
        x = tf.reshape(x, [-1, 784])
        h = tf.nn.relu(tf.matmul(x, self.W1) + self.b1)
        return tf.matmul(h, self.W2) + self.b2


net = MLP(784, 148, 14)
y = net(tf.random.normal([8, 28, 28]))
