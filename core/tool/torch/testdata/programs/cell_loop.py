import torch, torch.nn as nn
class CellNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = nn.LSTMCell(8, 16)
        self.out = nn.Linear(16, 2)
    def forward(self, x):
        h = torch.zeros(x.size(0), 16); c = torch.zeros(x.size(0), 16)
        for t in range(x.size(1)):
            h, c = self.cell(x[:, t], (h, c))
        return self.out(h)
net = CellNet()
net(torch.randn(3, 5, 8))
