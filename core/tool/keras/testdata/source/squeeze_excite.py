# params: 15760
# Squeeze and excitation, with a Reshape of what is weighed.
from tensorflow.keras import layers as L, models as M


def se(x, ratio=8):
    c = x.shape[-1]
    s = L.GlobalAveragePooling2D()(x)
    s = L.Reshape((1, 1, c))(s)
    s = L.Dense(c // ratio, activation='relu', use_bias=False)(s)
    s = L.Dense(c, activation='sigmoid', use_bias=False)(s)
    return L.Multiply()([x, s])


i = L.Input((48, 48, 1))
x = L.SeparableConv2D(64, 3, padding='same')(i)
x = L.PReLU(shared_axes=[1, 2])(x)
x = se(x)
x = L.DepthwiseConv2D(3, padding='same', strides=2)(x)
x = L.LeakyReLU(alpha=0.1)(x)
x = L.SeparableConv2D(128, 3)(x)
x = se(x)
o = L.Dense(7, activation='softmax')(L.GlobalMaxPooling2D()(x))
net = M.Model(i, o)
