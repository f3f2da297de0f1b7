"""A network of a table in which classes and arguments are strings, and classes that register themselves."""
from __future__ import annotations
import enum
import torch
import torch.nn as nn
import numpy as np
from torch.autograd import Variable

table = {"classes": 9, "act": "nn.SiLU()", "rows": [["Conv", [16, 3, 2]], ["Conv", [24, "wide"]], ["nn.Flatten", []],
                                                    ["nn.Linear", [24 * 64, "classes"]]]}
kinds: dict[str, type] = {}


class Norm(enum.Enum):
    BATCH = "batch"
    NONE = "none"

    def make(self, n: int) -> nn.Module:
        match self:
            case Norm.BATCH:
                return nn.BatchNorm2d(n)
            case _:
                return nn.Identity()


class Registered(nn.Module):
    def __init_subclass__(cls, key: str | None = None, **rest):
        super().__init_subclass__(**rest)
        if key is not None:
            kinds[key] = cls


class Conv(Registered, key="Conv"):
    def __init__(self, n, out, kernel=1, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(n, out, kernel, stride, kernel // 2, bias=False)
        self.norm, self.act = Norm("batch").make(out), eval(table["act"])

    def forward(self, x):
        return self.act(self.norm(self.conv(x)))


def build(rows, channels=3):
    layers = []
    for name, args in rows:
        make = kinds[name] if name in kinds else eval(name)
        for i, a in enumerate(args):
            try:
                args[i] = eval(a, None, table) if a == "classes" else eval(a) if isinstance(a, str) else a
            except NameError:
                args[i] = 1
        if make is Conv:
            args = [channels, *args]
            channels = args[1]
        layers.append(make(*args) if make is not nn.Linear else make(args[0], table["classes"]))
    return nn.Sequential(*layers)


net = build(table["rows"])
scale = Variable(torch.from_numpy(np.array([1, 0, 0, 1]).astype(np.float32))).view(1, 4)
y = net(Variable(torch.rand(2, 3, 16, 16)))
