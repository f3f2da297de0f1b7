import torch.nn as nn
width = 8
net = nn.Sequential(nn.Linear(4, witdh), nn.ReLU())
