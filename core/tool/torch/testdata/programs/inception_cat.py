import torch
import torch.nn as nn
from functools import partial

class Branches(nn.Module):
    def __init__(self, c):
        super().__init__()
        conv = partial(nn.Conv2d, c, bias=True)
        self.b1 = conv(16, kernel_size=1)
        self.b2 = nn.Sequential(conv(8, kernel_size=1), nn.Conv2d(8, 16, 3, padding=1))
        self.b3 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), conv(8, kernel_size=1))

    def forward(self, x):
        return torch.cat([branch(x) for branch in (self.b1, self.b2, self.b3)], 1)

net = nn.Sequential(nn.Conv2d(3, 24, 3, 2), Branches(24), nn.ReLU(), Branches(40), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.Linear(40, 4))
