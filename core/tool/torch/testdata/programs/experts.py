import torch
from torch import nn


class Experts(nn.Module):
    """Sends each word to those of its experts that a router chooses."""
    def __init__(self, width=12, experts=3, best=2):
        super().__init__()
        self.best = best
        self.router = nn.Linear(width, experts)
        self.experts = nn.ModuleList(nn.Sequential(nn.Linear(width, 20), nn.GELU(), nn.Linear(20, width)) for _ in range(experts))

    def forward(self, x):
        score, which = self.router(x).topk(self.best, dim=-1)
        gate = torch.full_like(self.router(x), float("-inf")).scatter(-1, which, score).softmax(-1)
        y, flat, gate = torch.zeros_like(x), x.view(-1, x.size(-1)), gate.view(-1, gate.size(-1))
        for i, expert in enumerate(self.experts):
            chosen = (which == i).any(dim=-1)
            if torch.isnan(score).any():
                raise ValueError("no score")
            if chosen.any():
                y[chosen] += expert(flat[chosen.view(-1)]) * gate[chosen.view(-1), i].unsqueeze(1)
        return y


net = Experts()
y = net(torch.randn(2, 5, 12))
