# params: 709665
# Wrappers: both directions, and a dense layer at each step.
from tensorflow.keras.layers import Input, Embedding, Bidirectional, GRU, TimeDistributed, Dense, GlobalMaxPooling1D
from tensorflow.keras.models import Model

words = Input(shape=(100,), dtype='int32')
x = Embedding(input_dim=5000, output_dim=100, input_length=100)(words)
x = Bidirectional(GRU(128, return_sequences=True))(x)
x = TimeDistributed(Dense(128, activation='relu'))(x)
x = GlobalMaxPooling1D()(x)
out = Dense(1, activation='sigmoid')(x)
model = Model(words, out)
