import torch, torch.nn as nn

class DenseLayer(nn.Module):
    def __init__(self, n, growth):
        super().__init__()
        self.bn = nn.BatchNorm2d(n)
        self.conv = nn.Conv2d(n, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat([x, self.conv(torch.relu(self.bn(x)))], dim=1)

class DenseNet(nn.Module):
    def __init__(self, growth=12, layers=(4, 4), classes=10):
        super().__init__()
        n = 2 * growth
        self.stem = nn.Conv2d(3, n, 3, padding=1)
        blocks = []
        for depth in layers:
            for _ in range(depth):
                blocks.append(DenseLayer(n, growth))
                n += growth
            blocks.append(nn.AvgPool2d(2))
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(n, classes)

    def forward(self, x):
        x = self.blocks(self.stem(x))
        return self.fc(x.mean(dim=(2, 3)))

net = DenseNet()
summary_input = torch.randn(1, 3, 32, 32)
net(summary_input)
