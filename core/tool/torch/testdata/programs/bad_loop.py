import torch.nn as nn
layers = []
while len(layers) >= 0:
    layers.append(nn.ReLU())
net = nn.Sequential(*layers)
