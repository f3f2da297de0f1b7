import torch
from torch import nn

class MlpBlock(nn.Module):
    def __init__(self, n, hidden):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(n, hidden), nn.GELU(), nn.Linear(hidden, n))
    def forward(self, x): return self.net(x)

class MixerBlock(nn.Module):
    def __init__(self, tokens, dim):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.token_mix = MlpBlock(tokens, tokens // 2)
        self.channel_mix = MlpBlock(dim, dim * 4)
    def forward(self, x):
        x = x + self.token_mix(self.norm1(x).transpose(1, 2)).transpose(1, 2)
        return x + self.channel_mix(self.norm2(x))

class Mixer(nn.Module):
    def __init__(self, size=64, patch=8, dim=96, depth=4, classes=12):
        super().__init__()
        self.stem = nn.Conv2d(3, dim, patch, stride=patch)
        self.blocks = nn.ModuleList(MixerBlock((size // patch) ** 2, dim) for _ in range(depth))
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, classes)
    def forward(self, x):
        x = self.stem(x).flatten(2).transpose(1, 2)
        for b in self.blocks: x = b(x)
        return self.fc(self.norm(x).mean(1))

m = Mixer()
m(torch.randn(2, 3, 64, 64))
