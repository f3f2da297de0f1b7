"""Writes small models as PyTorch writes them, with what PyTorch counts in them.

    python3 torch_fixtures.py OUT

makes OUT/torch, OUT/safetensors, OUT/print and OUT/onnx, and the lines of
OUT/torch.csv and OUT/torch_layers.csv. Weights are what they happen to be: only
names, shapes and types are read.
"""

import csv
import json
import os
import struct
import sys
import types
import warnings

import onnx
import onnx.numpy_helper
import torch
import torchvision
from torch import nn

warnings.filterwarnings("ignore")
torch.manual_seed(1)
out = sys.argv[1]
for folder in ("torch", "safetensors", "print", "onnx"):
    os.makedirs(os.path.join(out, folder), exist_ok=True)
made_by = f"PyTorch {torch.__version__}"
files, layers = [], []


class Small(nn.Module):
    """Convolutions of all sorts, with a batch norm."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.bn = nn.BatchNorm2d(6)
        self.pool = nn.MaxPool2d(2)
        self.depthwise = nn.Conv2d(6, 12, 3, padding=1, groups=6, bias=False)
        self.prelu = nn.PReLU(12)
        self.up = nn.ConvTranspose2d(12, 4, 2, stride=2)
        self.fc = nn.Linear(4 * 8 * 8, 10)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn(self.conv1(x))))
        x = self.pool(self.up(self.prelu(self.depthwise(x))))
        return self.fc(torch.flatten(x, 1))


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.downsample = None
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        return self.relu(y + (x if self.downsample is None else self.downsample(x)))


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, padding=1, bias=False), nn.BatchNorm2d(8), nn.ReLU())
        self.blocks = nn.Sequential(Block(8, 8, 1), Block(8, 12, 2))
        self.head = nn.Linear(12, 5)

    def forward(self, x):
        return self.head(self.blocks(self.stem(x)).mean((2, 3)))


class Words(nn.Module):
    """A bidirectional LSTM over embeddings, whose head has the table's weights."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(40, 12)
        self.rnn = nn.LSTM(12, 6, num_layers=2, bidirectional=True, batch_first=True)
        self.norm = nn.LayerNorm(12)
        self.head = nn.Linear(12, 40, bias=False)
        self.head.weight = self.embedding.weight

    def forward(self, x):
        return self.head(self.norm(self.rnn(self.embedding(x))[0]))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(6, 16)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32, batch_first=True), 1)
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return self.head(self.encoder(self.embed(x)))


class Film(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv3d(2, 4, (1, 3, 3), padding=(0, 1, 1))
        self.norm = nn.GroupNorm(2, 4)
        self.pool = nn.AvgPool3d(2)
        self.line = nn.Conv1d(4, 6, 3)
        self.instance = nn.InstanceNorm1d(6, affine=True)
        self.gru = nn.GRU(6, 5, batch_first=True)

    def forward(self, x):
        x = self.pool(torch.relu(self.norm(self.conv(x)))).flatten(2)
        return self.gru(self.instance(self.line(x)).transpose(1, 2))[0]


# Exporters store equal tensors once, and untrained norms are all ones and zeros.
def trained(model):
    for m in model.modules():
        for t in list(m.parameters(recurse=False)) + list(m.buffers(recurse=False)):
            if t.dim() == 1 and t.is_floating_point():
                nn.init.uniform_(t, 0.5, 1.5)
    return model


models = {
    "small": (trained(Small()), torch.zeros(1, 1, 16, 16)),
    "residual": (trained(Residual()), torch.zeros(1, 3, 16, 16)),
    "words": (trained(Words()), torch.zeros(1, 7, dtype=torch.long)),
    "attention": (trained(Attention()), torch.zeros(1, 5, 6)),
    "film": (trained(Film()), torch.zeros(1, 2, 4, 8, 8)),
}


def counts(model):
    """Parameters once however often they are used; statistics and counters of batch norm apart."""
    params = sum(p.numel() for p in model.parameters())
    buffers = dict(model.named_buffers())
    counters = sum(b.numel() for n, b in buffers.items() if n.endswith("num_batches_tracked"))
    return {"params": params, "stats": sum(b.numel() for b in buffers.values()) - counters, "counters": counters}


def add(file, reader, numbers, by=made_by, **more):
    size = os.path.getsize(os.path.join(out, file))
    assert size <= 50 << 10, f"{file} has {size} bytes"
    files.append({"file": file, "made_by": by, "reader": reader, **numbers, **more})


def state_files():
    for name, (model, _) in models.items():
        torch.save(model.state_dict(), os.path.join(out, f"torch/{name}.pt"))
        add(f"torch/{name}.pt", "torch", counts(model))
    small, numbers = models["small"][0], counts(models["small"][0])

    def saved(file, value, n=numbers, **options):
        torch.save(value, os.path.join(out, file), **options)
        add(file, "torch", n)

    saved("torch/small.legacy.pt", small.state_dict(), _use_new_zipfile_serialization=False)
    saved("torch/small.checkpoint.pt", {"epoch": 3, "best": 0.5, "state_dict": {"module." + k: v for k, v in small.state_dict().items()}})
    saved("torch/small.model.pt", small)  # the whole module, with a class of __main__
    for word, kind in (("half", torch.float16), ("bfloat16", torch.bfloat16), ("double", torch.float64)):
        saved(f"torch/small.{word}.pt", {k: v.to(kind) if v.is_floating_point() else v for k, v in small.state_dict().items()})
    torch.jit.script(small.eval()).save(os.path.join(out, "torch/small.script.pt"))
    add("torch/small.script.pt", "torch", numbers)
    small.train()


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 3, 3)
        self.norm = nn.BatchNorm2d(3)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


def checkpoint_files():
    """What trainers save: the network beside the states of its optimizer, with moments of every parameter."""
    model, other = Tiny(), nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 1))
    optimizer = torch.optim.Adam(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
    loss = model(torch.ones(2, 1, 4, 4)).sum()
    loss.backward()
    optimizer.step()
    state, adam, plan = model.state_dict(), optimizer.state_dict(), scheduler.state_dict()
    numbers, parallel = counts(model), {"module." + k: v for k, v in state.items()}
    wrapped = {"model." + k: v for k, v in state.items()}
    copy = {k: v.clone() for k, v in state.items()}

    layouts = {
        "tutorial": {"epoch": 3, "model_state_dict": state, "optimizer_state_dict": adam, "loss": loss.detach()},
        "lightning": {"epoch": 3, "global_step": 9, "pytorch-lightning_version": "1.9.0", "state_dict": wrapped, "loops": {"fit_loop": {"state_dict": {"best": torch.zeros(3)}}},
                      "callbacks": {"ModelCheckpoint": {"best_model_score": torch.tensor(0.5), "shadow": copy}}, "optimizer_states": [adam], "lr_schedulers": [plan],
                      "hparams_name": "kwargs", "hyper_parameters": {"net": other, "lr": 0.1}},
        "timm": {"epoch": 3, "arch": "tiny", "state_dict": state, "optimizer": adam, "version": 2, "args": {"lr": 0.1}, "amp_scaler": {"scale": torch.ones(1)},
                 "state_dict_ema": copy, "metric": torch.tensor(70.0)},
        "fairseq": {"args": None, "cfg": {"model": {"_name": "tiny"}}, "model": state, "criterion": {"weight": torch.ones(7)}, "optimizer_history": [{"num_updates": 9}],
                    "task_state": {}, "extra_state": {"best": 0.5, "mean": torch.ones(4)}, "last_optimizer_state": adam},
        "ultralytics": {"epoch": -1, "best_fitness": torch.tensor(0.5), "model": model, "ema": None, "updates": None, "optimizer": adam, "train_args": {"lr0": 0.1}},
        "ema_alone": {"epoch": -1, "model": None, "ema": model, "optimizer": adam},
        "openmmlab": {"meta": {"epoch": 3, "hook_msgs": {"mean": torch.ones(4)}}, "state_dict": state, "optimizer": adam, "message_hub": {"log_scalars": {"loss": torch.ones(4)}}},
        "references": {"model": parallel, "optimizer": adam, "lr_scheduler": plan, "model_ema": {"n_averaged": torch.tensor(2), **parallel}, "scaler": {}, "epoch": 3},
        "ignite": {"trainer": {"iteration": torch.tensor(3)}, "model": state, "optimizer": adam},
        "fastai": {"model": state, "opt": adam},
        "nanogpt": {"model": {"_orig_mod." + k: v for k, v in state.items()}, "optimizer": adam, "model_args": {"n": 2}, "iter_num": 7, "best_val_loss": torch.tensor(0.5), "config": {}},
        "nested": {"state": {"model": state, "optim": adam, "train": {"seen": 4}}},
        "best": {"best_model": state, "optimizerG": adam, "best_acc": torch.tensor(0.5)},
        "averaged": {"net_g_ema": copy, "net_g": state, "optimizers": [adam]},
        "beside": {**state, "optimizer": adam, "epoch": torch.tensor(3)},
        "learner": types.SimpleNamespace(model=model, opt=optimizer, loss=loss.detach()),
        "pair": (state, adam),
    }
    for name, value in layouts.items():
        torch.save(value, os.path.join(out, f"torch/trainer.{name}.pt"))
        add(f"torch/trainer.{name}.pt", "torch", numbers)
    torch.save({"generator": state, "discriminator": other.state_dict(), "optimizer_g": adam}, os.path.join(out, "torch/trainer.two.pt"))
    add("torch/trainer.two.pt", "torch", numbers)


def safetensors_files():
    """The format is eight bytes of length, a JSON header and the data of all tensors."""
    words = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64", torch.int64: "I64"}
    for name, kind in (("small", torch.float32), ("residual", torch.bfloat16), ("attention", torch.float16)):
        model = models[name][0]
        header, at, data = {"__metadata__": {"format": "pt"}}, 0, bytearray()
        for key, value in model.state_dict().items():
            value = value.to(kind) if value.is_floating_point() else value
            size = value.numel() * value.element_size()
            header[key] = {"dtype": words[value.dtype], "shape": list(value.shape), "data_offsets": [at, at + size]}
            data += bytes(size)
            at += size
        head = json.dumps(header, separators=(",", ":")).encode()
        head += b" " * (-len(head) % 8)
        with open(os.path.join(out, f"safetensors/{name}.safetensors"), "wb") as f:
            f.write(struct.pack("<Q", len(head)) + head + data)
        add(f"safetensors/{name}.safetensors", "safetensors", counts(model), made_by + " state_dict")


def run(file, model, inputs):
    """Lists what every module without children gives, as PyTorch runs the model."""
    hooks = []
    for name, module in model.named_modules():
        if not list(module.children()):
            def hook(m, _, y, name=name):
                y = y[0] if isinstance(y, tuple) else y
                layers.append({"file": file, "module": name, "output": "x".join(map(str, y.shape)),
                               "params": sum(p.numel() for p in m.parameters())})
            hooks.append(module.register_forward_hook(hook))
    with torch.no_grad():
        model.eval()(inputs)
    model.train()
    for h in hooks:
        h.remove()


def print_files():
    def printed(name, model, inputs, by):
        file = f"print/{name}.txt"
        with open(os.path.join(out, file), "w") as f:
            print(model, file=f)
        shape = "x".join(map(str, inputs.shape[1:]))
        add(file, "torch-print", counts(model), by, input=shape)
        run(file, model, inputs)

    for name, (model, inputs) in models.items():
        if name not in ("words", "film"):  # print does not tell what is tied, nor what a forward pass permutes
            printed(name, model, inputs, made_by)
    by = f"{made_by}, torchvision {torchvision.__version__}"
    for name in ("alexnet", "vgg11_bn", "squeezenet1_1", "resnet18", "mobilenet_v2", "shufflenet_v2_x0_5", "mnasnet0_5", "efficientnet_b0", "convnext_tiny"):
        model = getattr(torchvision.models, name)(num_classes=37)
        printed(f"{name}-37", model, torch.zeros(1, 3, 224, 224), by)


def macs(model, inputs):
    """Multiply-accumulates of convolutions and dense layers, without biases."""
    total, hooks = 0, []

    def hook(m, x, y):
        nonlocal total
        if isinstance(m, nn.ConvTranspose2d):
            total += x[0].numel() * m.weight[0].numel()
        elif isinstance(m, nn.Linear):
            total += y.numel() * m.in_features
        else:
            total += y.numel() * m.weight[0].numel()
    for m in model.modules():
        if isinstance(m, (nn.Conv1d, nn.Conv2d, nn.Conv3d, nn.ConvTranspose2d, nn.Linear)):
            hooks.append(m.register_forward_hook(hook))
    with torch.no_grad():
        model.eval()(inputs)
    model.train()
    for h in hooks:
        h.remove()
    return total


def onnx_files():
    by = f"{made_by}, checked by onnx {onnx.__version__}"

    def exported(file, model, inputs, numbers, **options):
        path = os.path.join(out, file)
        torch.onnx.export(model, inputs, path, input_names=["x"], output_names=["y"], **options)
        graph = onnx.load(path)
        onnx.checker.check_model(graph)
        if numbers is None:  # batch norm is folded away: what is stored is what there is
            numbers = {"params": sum(onnx.numpy_helper.to_array(t).size for t in graph.graph.initializer if t.data_type in (1, 10, 11)), "stats": 0, "counters": ""}
        add(file, "onnx", {**numbers, "counters": ""}, by, **({"macs": macs(model, inputs)} if "small" in file or "residual" in file else {}))

    training = torch.onnx.TrainingMode
    for name in ("small", "residual"):
        model, inputs = models[name]
        model.eval()
        exported(f"onnx/{name}.opset9.onnx", model, inputs, None, opset_version=9)
        for opset in (11, 13, 16):  # batch norm is kept
            exported(f"onnx/{name}.opset{opset}.onnx", model, inputs, counts(model), opset_version=opset, training=training.PRESERVE, do_constant_folding=False)
    exported("onnx/small.dynamic.onnx", models["small"][0], models["small"][1], None, opset_version=13, dynamic_axes={"x": {0: "n"}})
    exported("onnx/film.onnx", models["film"][0].eval(), models["film"][1], None, opset_version=13)
    exported("onnx/lstm.onnx", nn.LSTM(6, 4, bidirectional=True), torch.zeros(5, 1, 6), None, opset_version=13)
    exported("onnx/gru.onnx", nn.GRU(6, 4, num_layers=2), torch.zeros(5, 1, 6), None, opset_version=13)
    exported("onnx/attention.onnx", models["attention"][0].train(), models["attention"][1], counts(models["attention"][0]), opset_version=13, training=training.PRESERVE, do_constant_folding=False)


state_files()
checkpoint_files()
safetensors_files()
print_files()
onnx_files()

columns = ["file", "made_by", "reader", "params", "stats", "counters", "macs", "input"]
with open(os.path.join(out, "torch.csv"), "w", newline="") as f:
    w = csv.DictWriter(f, columns, restval="", lineterminator="\n")
    w.writeheader()
    w.writerows(files)
with open(os.path.join(out, "torch_layers.csv"), "w", newline="") as f:
    w = csv.DictWriter(f, ["file", "module", "output", "params"], lineterminator="\n")
    w.writeheader()
    w.writerows(layers)
