# params: 16835
# Attention by hand: reshapes with the batch, products of matrices, an index.
import tensorflow as tf
from tensorflow.keras import layers


class SelfAttention(layers.Layer):
    def __init__(self, dim, heads=8, **kwargs):
        super().__init__(**kwargs)
        if dim % heads:
            raise ValueError(f"{dim} is no multiple of {heads}")
        self.heads, self.size = heads, dim // heads
        self.q, self.k, self.v = (layers.Dense(dim) for _ in range(3))
        self.out = layers.Dense(dim)

    def separated(self, x, batch):
        x = tf.reshape(x, (batch, -1, self.heads, self.size))
        return tf.transpose(x, perm=[0, 2, 1, 3])

    def call(self, inputs):
        batch = tf.shape(inputs)[0]
        q, k, v = (self.separated(f(inputs), batch) for f in (self.q, self.k, self.v))
        score = tf.matmul(q, k, transpose_b=True) / tf.math.sqrt(tf.cast(tf.shape(k)[-1], tf.float32))
        x = tf.matmul(tf.nn.softmax(score, axis=-1), v)
        x = tf.transpose(x, perm=[0, 2, 1, 3])
        x = tf.reshape(x, (batch, -1, self.heads * self.size))
        return self.out(x)


i = layers.Input((20, 64))
x = SelfAttention(64, heads=4, name="attention")(i)
model = tf.keras.Model(i, layers.Dense(3)(x[:, 0]))
