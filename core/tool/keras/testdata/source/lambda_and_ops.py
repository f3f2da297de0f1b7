# params: 16878
# Lambda layers, tf functions and operators among layers.
import tensorflow as tf
from tensorflow.keras.layers import Input, Lambda, Dense, Conv2D
from tensorflow.keras.models import Model

x_in = Input(shape=(16, 16, 8))
x = Lambda(lambda t: t / 127.5 - 1.0)(x_in)
x = Conv2D(16, 3, padding='same')(x)
y = tf.nn.relu(x)
y = tf.concat([x, y], axis=3)
y = tf.reduce_mean(y, axis=[1, 2])
y = tf.reshape(y, [-1, 4, 8])
y = tf.transpose(y, perm=[0, 2, 1])
y = Dense(64)(y)
y = y * 2 + 1
y = tf.reshape(y, (-1, 8 * 64))
y = tf.expand_dims(y, 1)
y = tf.squeeze(y, axis=1)
out = Dense(30, activation=tf.nn.softmax)(y)
model = Model(x_in, out)
