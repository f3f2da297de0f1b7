# params: 19834
# Blocks as models, in lists, the whole built by build().
import tensorflow as tf


class ResidualBlock(tf.keras.layers.Layer):
    def __init__(self, filters, stride=1):
        super().__init__()
        self.conv1 = tf.keras.layers.Conv2D(filters, 3, strides=stride, padding="same", use_bias=False)
        self.bn1 = tf.keras.layers.BatchNormalization()
        self.conv2 = tf.keras.layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.bn2 = tf.keras.layers.BatchNormalization()
        if stride != 1:
            self.down = tf.keras.Sequential()
            self.down.add(tf.keras.layers.Conv2D(filters, 1, strides=stride))
        else:
            self.down = lambda x: x

    def call(self, inputs, training=None):
        x = tf.nn.relu(self.bn1(self.conv1(inputs), training=training))
        x = self.bn2(self.conv2(x), training=training)
        return tf.nn.relu(tf.keras.layers.add([x, self.down(inputs)]))


class Net(tf.keras.Model):
    def __init__(self, blocks, num_classes=10):
        super(Net, self).__init__()
        self.stem = tf.keras.layers.Conv2D(16, 3, padding="same")
        self.blocks = []
        for i, n in enumerate(blocks):
            for k in range(n):
                self.blocks.append(ResidualBlock(16, stride=2 if i > 0 and k == 0 else 1))
        self.pool = tf.keras.layers.GlobalAveragePooling2D()
        self.fc = tf.keras.layers.Dense(num_classes, activation="softmax")

    def call(self, x, training=None):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x, training=training)
        return self.fc(self.pool(x))


model = Net([2, 2])
model.build((None, 32, 32, 3))
model.summary()
