import torch
from torch import nn

net = nn.Sequential(nn.LazyConv2d(6, kernel_size=5, padding=2), nn.LazyBatchNorm2d(), nn.Tanh(), nn.AvgPool2d(2),
                    nn.LazyConv2d(12, 3), nn.Flatten(), nn.LazyLinear(20), nn.ReLU(), nn.LazyLinear(7))
print(net(torch.zeros(1, 1, 28, 28)).shape)
