import torch
import torch.nn as nn
class Probe(nn.Module):
    """finds the size of its dense layer with a dummy batch"""
    def __init__(self, input_shape=(3, 60, 44)):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(input_shape[0], 8, 5, stride=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 12, 3), nn.ReLU())
        self.fc = nn.Linear(self._conv_output(input_shape), 9)
    def _conv_output(self, shape):
        o = self.features(torch.zeros(1, *shape))
        return int(o.view(1, -1).size(1))
    def forward(self, x):
        return self.fc(self.features(x).view(x.size(0), -1))
net = Probe()
net(torch.zeros(5, 3, 60, 44))
