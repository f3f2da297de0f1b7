"""Runs the programs of this folder in PyTorch and writes programs.tsv: name, parameters, trainable ones, buffers.

The network is what the program binds last; where it binds none, its last class or function made without arguments.
"""
import contextlib
import glob
import io
import os
import sys
import types

import torch
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
for name in ("torchsummary",):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].summary = lambda *a, **k: None
rows = []
for path in sorted(glob.glob(os.path.join(here, "*.py"))):
    name = os.path.splitext(os.path.basename(path))[0]
    if name == "truth" or name.startswith("bad_"):
        continue
    names = {"__name__": "program", "nn": nn, "torch": torch}
    if name in ("depthwise",):
        names["__name__"] = "__main__"
    source = open(path).read()
    names["__file__"] = path
    sys.modules["program"] = types.ModuleType("program")
    sys.argv = [path]
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(source, path, "exec"), names)
    nets = [v for v in names.values() if isinstance(v, nn.Module) and not isinstance(v, nn.modules.loss._Loss)]
    if not nets:
        made = [v for v in names.values() if isinstance(v, type) and issubclass(v, nn.Module) and v.__module__ == "program"]
        nets = [names["ResNet18"]() if "ResNet18" in names else made[-1]()]
    net = nets[-1]
    rows.append((name, sum(p.numel() for p in net.parameters()), sum(p.numel() for p in net.parameters() if p.requires_grad),
                 sum(b.numel() for b in net.buffers() if b.is_floating_point())))
with open(os.path.join(here, "programs.tsv"), "w") as f:
    for row in rows:
        f.write("\t".join(map(str, row)) + "\n")
