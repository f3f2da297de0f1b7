import torch
import torch.nn as nn

class Siamese(nn.Module):
    def __init__(self):
        super().__init__()
        self.cnn = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(4))
        self.fc = nn.Linear(256, 32)
        self.out = nn.Linear(32, 1)

    def once(self, x):
        return self.fc(torch.flatten(self.cnn(x), 1))

    def forward(self, a, b):
        return self.out(torch.abs(self.once(a) - self.once(b)))

net = Siamese()
net(torch.randn(2, 1, 28, 28), torch.randn(2, 1, 28, 28))
