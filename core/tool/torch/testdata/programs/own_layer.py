import math
import torch
from torch import nn
class MyLinear(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(out_features, in_features))
        self.bias = nn.Parameter(torch.empty(out_features))
        nn.init.kaiming_uniform_(self.weight, a=math.sqrt(5))
    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)
class Gate(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.w = nn.Parameter(torch.rand(n, n))
        self.scale = nn.Parameter(torch.ones(1))
    def forward(self, x):
        return torch.sigmoid(x @ self.w) * x * self.scale
net = nn.Sequential(MyLinear(12, 24), Gate(24), MyLinear(24, 3))
net(torch.randn(7, 12))
