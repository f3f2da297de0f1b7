# params: 24922
# Keras 2 as it was in repositories: default arguments, kernel_regularizer, merges, Input with tensors.
from keras.layers import Input, Dense, Conv2D, MaxPooling2D, Dropout, Flatten, Add, Average, Maximum
from keras.models import Model
from keras.regularizers import l2

weight_decay = 1e-4


def bottleneck(init, base, k=1, strides=(1, 1)):
    x = Conv2D(base * k, (3, 3), padding='same', kernel_initializer='he_normal',
               kernel_regularizer=l2(weight_decay), use_bias=False, strides=strides)(init)
    return Add()([init, x])


ip = Input(shape=(32, 32, 16))
x = ip
for _ in range(4):
    x = bottleneck(x, 16)
a = MaxPooling2D((2, 2))(x)
b = Conv2D(16, (2, 2), strides=(2, 2))(x)
x = Average()([a, b])
y = Maximum()([a, b])
x = Flatten()(Dropout(0.3)(Conv2D(1, 1)(x)))
x = Dense(57, activation='softmax')(x)
model = Model(inputs=ip, outputs=[x, y])
