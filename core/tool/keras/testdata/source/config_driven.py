# params: 156234
# What a network is comes from a dictionary; classes by getattr.
from dataclasses import dataclass, field
import keras
from keras import layers

CONFIG = {
    "input_shape": (28, 28, 1),
    "blocks": [("Conv2D", 16, 3), ("Conv2D", 32, 3), ("Conv2D", 64, 3)],
    "head": [128],
    "classes": 10,
}


@dataclass
class Builder:
    config: dict
    names: list = field(default_factory=list)

    def block(self, x, kind, filters, kernel, index):
        layer = getattr(layers, kind)(filters, kernel, padding="same", name=f"conv_{index:02d}")
        self.names.append(layer.name)
        x = layer(x)
        x = layers.BatchNormalization(name=f"bn_{index:02d}")(x)
        return layers.MaxPooling2D(2, padding="same")(layers.ReLU()(x))

    def build(self):
        inputs = layers.Input(self.config["input_shape"])
        x = inputs
        for i, (kind, *args) in enumerate(self.config["blocks"], start=1):
            x = self.block(x, kind, *args, index=i)
        x = layers.Flatten()(x)
        for units in self.config["head"]:
            x = layers.Dense(units, activation="swish")(x)
        return keras.Model(inputs, layers.Dense(self.config["classes"])(x))


builder = Builder(CONFIG)
model = builder.build()
assert builder.names == ["conv_01", "conv_02", "conv_03"]
