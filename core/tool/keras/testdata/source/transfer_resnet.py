# params: 24638852
# A base with its mean of each channel, functional, for five classes.
import tensorflow as tf
from tensorflow.keras.applications.resnet50 import ResNet50, preprocess_input
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Model

base = ResNet50(include_top=False, weights=None, input_shape=(224, 224, 3), pooling='avg')
for layer in base.layers:
    layer.trainable = False
x = base.output
x = Dense(512, activation='relu')(x)
x = Dropout(0.3)(x)
predictions = Dense(4, activation='softmax')(x)
model = Model(inputs=base.input, outputs=predictions)
