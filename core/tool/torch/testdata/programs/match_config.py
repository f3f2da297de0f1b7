import torch
from torch import nn
def act(name: str) -> nn.Module:
    match name:
        case "relu": return nn.ReLU()
        case "gelu" | "quick": return nn.GELU()
        case _: raise ValueError(f"unknown {name!r}")
def build(cfg: dict) -> nn.Sequential:
    layers = []
    n = cfg["input"]
    for item in cfg["layers"]:
        match item:
            case {"type": "dense", "units": units}:
                layers.append(nn.Linear(n, units)); n = units
            case ["act", name]:
                layers.append(act(name))
            case int(p):
                layers.append(nn.Dropout(p / 100))
    return nn.Sequential(*layers)
net = build({"input": 30, "layers": [{"type": "dense", "units": 40}, ["act", "gelu"], 20, {"type": "dense", "units": 2}]})
