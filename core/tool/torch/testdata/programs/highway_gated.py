import torch, torch.nn as nn

class Highway(nn.Module):
    def __init__(self, n, layers=2):
        super().__init__()
        self.gates = nn.ModuleList([nn.Linear(n, n) for _ in range(layers)])
        self.moves = nn.ModuleList([nn.Linear(n, n) for _ in range(layers)])
    def forward(self, x):
        for gate, move in zip(self.gates, self.moves):
            g = torch.sigmoid(gate(x))
            x = g * torch.relu(move(x)) + (1 - g) * x
        return x

class GatedConv(nn.Module):
    def __init__(self, n, dilation):
        super().__init__()
        self.filter = nn.Conv1d(n, n, 2, dilation=dilation)
        self.gate = nn.Conv1d(n, n, 2, dilation=dilation)
        self.skip = nn.Conv1d(n, n, 1)
        self.d = dilation
    def forward(self, x):
        z = torch.tanh(self.filter(x)) * torch.sigmoid(self.gate(x))
        return self.skip(z) + x[..., self.d:]

net = nn.Sequential(nn.Conv1d(1, 16, 1), *[GatedConv(16, 2 ** i) for i in range(4)], nn.AdaptiveAvgPool1d(1), nn.Flatten(), Highway(16), nn.Linear(16, 3))
net(torch.randn(4, 1, 200))
