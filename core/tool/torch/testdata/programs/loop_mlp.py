import torch
from torch import nn
sizes = [784, 300, 100, 10]
layers = []
for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
    layers += [nn.Linear(a, b)]
    if i < len(sizes) - 2:
        layers.append(nn.BatchNorm1d(b))
        layers.append(nn.ReLU(inplace=True))
net = nn.Sequential(*layers)
out = net(torch.randn(32, 784))
