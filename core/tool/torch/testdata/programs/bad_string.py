import torch.nn as nn
name = 'net
net = nn.Linear(2, 3)
