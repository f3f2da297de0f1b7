"""Lists the models of torchvision with their numbers, as JSON: what reading their source must give."""
import inspect
import json
import sys
import warnings

import torch
import torch.nn.init

warnings.simplefilter("ignore")
for name in dir(torch.nn.init):  # initial values change no number
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda t, *a, **k: t)

import torchvision.models as models
import torchvision.models.segmentation as segmentation
import torchvision.models.video as video

torch.set_grad_enabled(False)
found = []


def add(prefix, module, name, shape, **options):
    function = getattr(module, name)
    net = function(**options).eval()
    params = sum(p.numel() for p in net.parameters())
    modules = []  # those that hold parameters and no modules, and attention, with the shapes of what they return

    def sample(y):
        y = y[0] if isinstance(y, tuple) else y
        return list(y.shape[1:] if y.shape[0] == 1 else y.shape)

    for m in net.modules():
        if next(m.parameters(recurse=False), None) is not None and (not list(m.children()) or hasattr(m, "in_proj_weight")):
            m.register_forward_hook(lambda m, _, y: modules.append("x".join(map(str, sample(y)))))
    out = []
    if not name.startswith(("mvit", "s3d")):  # which meta tensors cannot follow
        y = net.to("meta")(torch.zeros(1, *shape, device="meta"))  # shapes without numbers
        out = sample(y["out"] if isinstance(y, dict) else y)
    found.append({
        "name": prefix + name, "function": name, "file": inspect.getmodule(inspect.unwrap(function)).__file__, "out": out,
        "params": params, "buffers": sum(b.numel() for b in net.buffers() if b.is_floating_point()),
        "modules": sorted(modules), "input": "x".join(map(str, shape)),
    })


for name in dir(models):
    if name[0].islower() and inspect.isfunction(getattr(models, name)) and not name.startswith(("get_", "list_")):
        add("", models, name, (3, 299, 299) if name == "inception_v3" else (3, 224, 224), weights=None)
for name in dir(segmentation):
    if inspect.isfunction(getattr(segmentation, name)):
        add("segmentation.", segmentation, name, (3, 224, 224), weights=None, weights_backbone=None)
for name in dir(video):
    if inspect.isfunction(getattr(video, name)):
        add("video.", video, name, (3, 16, 224, 224) if name.startswith(("mvit", "s3d")) else (3, 16, 112, 112), weights=None)
json.dump(found, sys.stdout)
