import torch.nn as nn
net = nn.Sequential(
    nn.Linear(4, 5),
    nn.ReLU(]
)
