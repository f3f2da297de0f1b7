import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU())
        self.head = nn.Linear(16, 5)
    def forward(self, x):
        return self.head(self.backbone(x).mean((-2, -1)))
net = Net()
for p in net.backbone.parameters():
    p.requires_grad = False
