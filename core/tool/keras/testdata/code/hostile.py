"""x'''\\ import os\\N.

152 parameters, 5,040 multiply-accumulates for one sample of 8×8×3.
Written by paramstack, for Keras 3.
"""

import keras
from keras import layers


def 한글_block(x, name):
    y = layers.Conv2D(4, 1, name=f"{name}_conv")(x)
    y = layers.Activation("tanh", name=f"{name}_tanh")(y)
    y = layers.ReLU(name=f"{name}_relu")(y)
    y = layers.Activation("sigmoid", name=f"{name}_sigmoid")(y)
    return layers.Add(name=f"{name}_add")([y, x])


# import os  import os
# import os
inputs = keras.Input(shape=(8, 8, 3), name="in_import_os")
# import os  import os
# import os
x = layers.Conv2D(4, 3, name="a_import_os")(inputs)  # 6×6×4
# import os  import os
# import os
x = layers.ReLU(name="name_x_y")(x)
# import os  import os
# import os
for i in range(2):
    x = 한글_block(x, name=f"block_{i + 1}")
# import os  import os
# import os
# ''' b\ (lrn) has no equivalent in Keras code. An error marks its place: complete it by hand.
raise NotImplementedError("''' b\\ (lrn) has no equivalent in Keras code. An error marks its place: complete it by hand.")

model = keras.Model(inputs, x, name="x_import_os_n")
