"""Attention with rotated queries, few keys for many heads, and a cache that is written into."""
import torch
from torch import nn


def turns(width, longest):
    speed = 1.0 / (10000.0 ** (torch.arange(0, width, 2)[: width // 2].float() / width))
    angles = torch.outer(torch.arange(longest), speed).float()
    return torch.polar(torch.ones_like(angles), angles)


def turned(x, by):
    pairs = torch.view_as_complex(x.float().reshape(*x.shape[:-1], -1, 2))
    return torch.view_as_real(pairs * by.view(1, x.size(1), 1, -1)).flatten(3).type_as(x)


class Attend(nn.Module):
    def __init__(self, width=32, heads=8, kept=2, longest=24):
        super().__init__()
        self.heads, self.kept, self.each = heads, kept, width // heads
        self.q = nn.Linear(width, heads * self.each, bias=False)
        self.kv = nn.Linear(width, 2 * kept * self.each, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.cache = torch.zeros(4, longest, kept, self.each)

    def forward(self, x, at, by, mask):
        b, n, _ = x.shape
        q = turned(self.q(x).view(b, n, self.heads, self.each), by)
        k, v = self.kv(x).view(b, n, 2 * self.kept, self.each).chunk(2, dim=2)
        self.cache = self.cache.to(q)
        self.cache[:b, at:at + n] = turned(k, by)
        k = self.cache[:b, :at + n]
        k, v = (t[:, :, :, None, :].expand(b, n, self.kept, self.heads // self.kept, self.each).reshape(b, n, self.heads, self.each)
                for t in (k, v))
        scores = q.transpose(1, 2) @ k.permute(0, 2, 3, 1) * self.each ** -0.5
        if mask is not None:
            scores = scores + mask
        y = scores.softmax(-1) @ v.transpose(1, 2)
        return self.out(y.transpose(1, 2).contiguous().view(b, n, -1))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(60, 32)
        self.layers = nn.ModuleList([Attend() for _ in range(2)])
        self.by = turns(4, 48)

    def forward(self, x, at=0):
        n = x.shape[1]
        mask = torch.triu(torch.full((n, n), float("-inf")), diagonal=1) if n > 1 else None
        h = self.table(x)
        for layer in self.layers:
            h = h + layer(h, at, self.by[at:at + n], mask)
        return h


model = Model()
y = model(torch.randint(0, 60, (2, 10)), 0)
