import abc
import torch
import torch.nn as nn
class Base(nn.Module, abc.ABC):
    act = nn.ReLU
    def __init__(self, *, width, depth=2, **kwargs):
        super().__init__()
        self.width = width
        self.stem = nn.Linear(kwargs.pop("inputs", 16), width)
        self.build(depth)
    @abc.abstractmethod
    def build(self, depth): ...
    @property
    def outputs(self): return self.width // 2
    def forward(self, x):
        return self.head(self.tail(self.stem(x)))
class Child(Base):
    act = nn.Tanh
    def build(self, depth):
        self.tail = nn.Sequential(*[m for _ in range(depth) for m in (nn.Linear(self.width, self.width), self.act())])
        self.head = nn.Linear(self.width, self.outputs)
class GrandChild(Child):
    def __init__(self, **kw):
        super().__init__(**{"depth": 3, **kw})
        self.head = nn.Sequential(self.head, nn.Dropout(.1), nn.Linear(self.outputs, 1))
net = GrandChild(width=32, inputs=20)
