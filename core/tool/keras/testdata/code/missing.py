"""No such layers.

360 parameters, 24,096 multiply-accumulates for one sample of 12×12×3.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers


def repeat_block(x, name):
    # lppool2 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.
    raise NotImplementedError("lppool2 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.")
    y = layers.ReLU(name=f"{name}_relu")(x)
    # lppool3 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.
    raise NotImplementedError("lppool3 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.")
    return layers.Add(name=f"{name}_add")([shortcut, y])


inputs = keras.Input(shape=(12, 12, 3), name="input1")
c = layers.Conv2D(8, 3, name="c")
x = c(inputs)  # 10×10×8
# lppool1 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.
raise NotImplementedError("lppool1 (lppool) has no equivalent in Keras code. An error marks its place: complete it by hand.")
y = layers.Conv2D(8, 1, name="conv2")(x)
# glu1 (glu) has no equivalent in Keras code. An error marks its place: complete it by hand.
raise NotImplementedError("glu1 (glu) has no equivalent in Keras code. An error marks its place: complete it by hand.")
y = layers.Conv2D(8, 1, name="conv3")(y)  # 5×5×8
x = layers.Add(name="add1")([y, x])
for i in range(2):
    x = repeat_block(x, name=f"repeat1_{i + 1}")
# linear1 has a problem. Fix it first.
raise NotImplementedError("linear1 has a problem. Fix it first.")
# lppool4 has a problem. Fix it first.
raise NotImplementedError("lppool4 has a problem. Fix it first.")

model = keras.Model(inputs, x, name="no_such_layers")
