import torch
from torch import nn


class Two(nn.Module):
    """Takes its inputs in a list, and options by name; noise is added in place."""
    def __init__(self, a=6, b=10, out=4, noise=0.1):
        super().__init__()
        self.noise = noise
        self.a, self.b = nn.Linear(a, 8), nn.Linear(b, 8)
        self.out = nn.Linear(16, out)

    def forward(self, xs, *, scale=None, both=False):
        first, second = xs
        keep = (torch.rand_like(first) + self.noise).floor_()
        y = torch.cat([self.a(first.mul(keep)), self.b(second)], dim=1).tanh_()
        return self.out(y).clamp_(-1, 1) if both else y


net = Two()
y = net([torch.randn(2, 6), torch.randn(2, 10)], both=True)
