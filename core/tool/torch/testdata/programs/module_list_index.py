import torch
from torch import nn
class Multi(nn.Module):
    def __init__(self, dims=[10, 20, 30], heads={"age": 1, "kind": 4}):
        super().__init__()
        self.body = nn.ModuleList()
        for a, b in zip(dims[:-1], dims[1:]):
            self.body.append(nn.Linear(a, b))
        self.heads = nn.ModuleDict({k: nn.Linear(dims[-1], v) for k, v in heads.items()})
        self.act = getattr(nn, "ELU")()
    def forward(self, x):
        for i in range(len(self.body)):
            x = self.act(self.body[i](x))
        return {name: head(x) for name, head in self.heads.items()}
net = Multi()
net(torch.randn(3, 10))
