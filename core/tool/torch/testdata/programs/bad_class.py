import torch.nn as nn
net = nn.Sequential(nn.Lineer(4, 5))
