# params: 10767
# Windows of a series through convolutions in one dimension.
import tensorflow as tf
n_steps, n_features = 30, 5
model = tf.keras.models.Sequential([
    tf.keras.layers.Conv1D(filters=32, kernel_size=5, strides=1, padding="causal", activation="relu",
                           input_shape=[n_steps, n_features]),
    tf.keras.layers.MaxPooling1D(2),
    tf.keras.layers.LSTM(32, return_sequences=True),
    tf.keras.layers.SimpleRNN(16),
    tf.keras.layers.Dense(30, activation="relu"),
    tf.keras.layers.Dense(10, activation="relu"),
    tf.keras.layers.Dense(1),
    tf.keras.layers.Lambda(lambda x: x * 400)
])
