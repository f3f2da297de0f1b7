# params: 552874
# Blocks in a function of its own, cifar10's shape, and batch normalization.
import tensorflow as tf

(x_train, y_train), _ = tf.keras.datasets.cifar10.load_data()


def vgg_block(filters, rate, **kwargs):
    return [
        tf.keras.layers.Conv2D(filters, (3, 3), activation='relu', padding='same', **kwargs),
        tf.keras.layers.BatchNormalization(),
        tf.keras.layers.Conv2D(filters, (3, 3), activation='relu', padding='same'),
        tf.keras.layers.BatchNormalization(),
        tf.keras.layers.MaxPooling2D((2, 2)),
        tf.keras.layers.Dropout(rate),
    ]


model = tf.keras.Sequential(
    vgg_block(32, 0.2, input_shape=x_train.shape[1:]) + vgg_block(64, 0.3) + vgg_block(128, 0.4)
)
model.add(tf.keras.layers.Flatten())
model.add(tf.keras.layers.Dense(128, activation='relu', kernel_initializer='he_uniform'))
model.add(tf.keras.layers.BatchNormalization())
model.add(tf.keras.layers.Dropout(0.5))
model.add(tf.keras.layers.Dense(10, activation='softmax'))
opt = tf.keras.optimizers.SGD(learning_rate=0.001, momentum=0.9)
model.compile(optimizer=opt, loss='sparse_categorical_crossentropy')
