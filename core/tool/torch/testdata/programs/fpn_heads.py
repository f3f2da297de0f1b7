import torch
import torch.nn as nn
import torch.nn.functional as F
from typing import Dict, List

class FPN(nn.Module):
    def __init__(self, channels: List[int], out: int = 64):
        super().__init__()
        self.lateral = nn.ModuleList([nn.Conv2d(c, out, 1) for c in channels])
        self.smooth = nn.ModuleList([nn.Conv2d(out, out, 3, padding=1) for _ in channels])

    def forward(self, features: List[torch.Tensor]) -> List[torch.Tensor]:
        maps = [l(f) for l, f in zip(self.lateral, features)]
        for i in range(len(maps) - 1, 0, -1):
            maps[i - 1] = maps[i - 1] + F.interpolate(maps[i], size=maps[i - 1].shape[-2:], mode="nearest")
        return [s(m) for s, m in zip(self.smooth, maps)]

class Detector(nn.Module):
    def __init__(self, classes=4, anchors=3):
        super().__init__()
        widths = [16, 32, 64, 128]
        self.stages = nn.ModuleList()
        for a, b in zip([3] + widths, widths):
            self.stages.append(nn.Sequential(nn.Conv2d(a, b, 3, 2, 1, bias=False), nn.BatchNorm2d(b), nn.SiLU()))
        self.fpn = FPN(widths[1:])
        self.cls = nn.Conv2d(64, anchors * classes, 1)
        self.box = nn.Conv2d(64, anchors * 4, 1)

    def forward(self, x) -> Dict[str, List[torch.Tensor]]:
        features = []
        for stage in self.stages:
            x = stage(x)
            features.append(x)
        maps = self.fpn(features[1:])
        return {"cls": [self.cls(m) for m in maps], "box": [self.box(m) for m in maps]}

model = Detector()
out = model(torch.zeros(1, 3, 160, 160))
