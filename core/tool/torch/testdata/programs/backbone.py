import torch.nn as nn
from torchvision.models import resnet50
class Encoder(nn.Module):
    def __init__(self, dim=256):
        super().__init__()
        r = resnet50(weights=None)
        self.backbone = nn.Sequential(*list(r.children())[:-2])
        self.proj = nn.Conv2d(2048, dim, 1)
    def forward(self, x):
        return self.proj(self.backbone(x)).flatten(2).mean(-1)
m = Encoder()
