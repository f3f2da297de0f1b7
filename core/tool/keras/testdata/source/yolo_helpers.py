# params: 66671
# Functions composed of functions; a wrapped constructor with defaults by functools.
from functools import partial, reduce, wraps

from keras.layers import Add, BatchNormalization, Conv2D, Input, LeakyReLU, ZeroPadding2D
from keras.models import Model
from keras.regularizers import l2


def compose(*funcs):
    if funcs:
        return reduce(lambda f, g: lambda *a, **kw: g(f(*a, **kw)), funcs)
    raise ValueError('Composition of empty sequence not supported.')


@wraps(Conv2D)
def darknet_conv(*args, **kwargs):
    options = {'kernel_regularizer': l2(5e-4)}
    options['padding'] = 'valid' if kwargs.get('strides') == (2, 2) else 'same'
    options.update(kwargs)
    return Conv2D(*args, **options)


def conv_bn_leaky(*args, **kwargs):
    no_bias = {'use_bias': False}
    no_bias.update(kwargs)
    return compose(darknet_conv(*args, **no_bias), BatchNormalization(), LeakyReLU(alpha=0.1))


def resblock_body(x, num_filters, num_blocks):
    x = ZeroPadding2D(((1, 0), (1, 0)))(x)
    x = conv_bn_leaky(num_filters, (3, 3), strides=(2, 2))(x)
    for i in range(num_blocks):
        y = compose(conv_bn_leaky(num_filters // 2, (1, 1)), conv_bn_leaky(num_filters, (3, 3)))(x)
        x = Add()([x, y])
    return x


inputs = Input((416, 416, 3))
x = conv_bn_leaky(16, (3, 3))(inputs)
x = resblock_body(x, 32, 1)
x = resblock_body(x, 64, 1)
x = darknet_conv(255, (1, 1))(x)
model = Model(inputs, x)
