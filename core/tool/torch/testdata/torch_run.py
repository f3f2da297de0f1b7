"""Runs exported networks in PyTorch and compares what they have and do.

Reads jobs written by interop_torch_test.go. A job's events are what its forward
pass must do, in order: "m" a module of torch.nn or a helper, "f" a function
outside of modules, with the shape that each must give. Between two modules
functions may do more than is expected (an add of three terms is two), modules
never.
"""

import json
import sys
import time

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

torch.set_num_threads(2)
started = time.time()

MAKERS = {torch.empty, torch.zeros, torch.ones, torch.full, torch.tensor, torch.arange, torch.linspace, torch.randn, torch.rand}


class Meta(TorchFunctionMode):
    """Makes tensors that have shapes and no values."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in MAKERS and kwargs.get("device") is None:
            kwargs["device"] = "meta"
        return func(*args, **kwargs)


# Kernels that PyTorch 1.13 has no shapes for.
meta = torch.library.Library("aten", "IMPL", "Meta")


def pool3d(x, kernel, stride=(), padding=(0,), dilation=(1,), ceil=False):
    # The same rule along two dimensions at a time.
    def sizes(side, i):
        y = torch.empty(1, 1, side, 1, device="meta")
        p = lambda v, other: (v[min(i, len(v) - 1)], other)
        return torch.ops.aten.max_pool2d_with_indices(y, p(kernel, 1), p(stride or kernel, 1), p(padding, 0), p(dilation, 1), ceil)[0].shape[2]

    out = [sizes(side, i) for i, side in enumerate(x.shape[-3:])]
    shape = (*x.shape[:-3], *out)
    return x.new_empty(shape), x.new_empty(shape, dtype=torch.long)


meta.impl("max_pool3d_with_indices", pool3d)
meta.impl("channel_shuffle", lambda x, groups: torch.empty_like(x))


class Watch(TorchFunctionMode):
    def __init__(self, model, helpers):
        super().__init__()
        self.seen, self.depth = [], 0
        self.hook(model, helpers or [])

    def hook(self, module, helpers):
        own = type(module).__module__.startswith("torch.nn") and not isinstance(module, (nn.Sequential, nn.ModuleList))
        if own or type(module).__name__ in helpers:
            module.register_forward_pre_hook(self.enter)
            module.register_forward_hook(self.leave)
            return
        for child in module.children():
            self.hook(child, helpers)

    def enter(self, module, args):
        self.depth += 1

    def leave(self, module, args, result):
        self.depth -= 1
        result = result[0] if isinstance(result, tuple) else result
        self.seen.append(("m", list(result.shape[1:]), type(module).__name__))

    def __torch_function__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        if self.depth == 0:
            for t in result if isinstance(result, (tuple, list)) else [result]:
                if isinstance(t, torch.Tensor):
                    self.seen.append(("f", list(t.shape[1:]), getattr(func, "__name__", "?")))
        return result


def compare(expected, seen):
    at = 0
    for want in expected:
        while at < len(seen) and seen[at][0] == "f" and (want["Type"] == "m" or seen[at][1] != want["Shape"]):
            at += 1
        if at == len(seen):
            return f"{want['Name']}: nothing left"
        kind, shape, name = seen[at]
        if kind != want["Type"] or want["Shape"] is not None and shape != want["Shape"]:
            return f"{want['Name']}: expected {want}, PyTorch does {seen[at]}"
        at += 1
    more = [s for s in seen[at:] if s[0] == "m"]
    return f"modules that no layer accounts for: {more[:3]}" if more else None


def run(job):
    space = {"__name__": job["ID"]}
    exec(compile(open(job["File"]).read(), job["File"], "exec"), space)
    cls = space[job["Class"]]
    if job["Real"]:
        model = cls().eval()
        make = lambda s: torch.randint(0, job["Indices"], (job["Batch"], *s)) if job["Indices"] else torch.rand(job["Batch"], *s)
        inputs = [make(s) for s in job["Inputs"]]
    else:
        with Meta():
            model = cls().eval()
        kind = torch.long if job["Indices"] else torch.float
        inputs = [torch.empty(1, *s, dtype=kind, device="meta") for s in job["Inputs"]]
    counts = {} if job["Open"] else {
        "Params": sum(p.numel() for p in model.parameters()),
        "Trainable": sum(p.numel() for p in model.parameters() if p.requires_grad),
        "Buffers": sum(b.numel() for b in model.buffers()),
    }
    for what, n in counts.items():
        if not job["Open"] and str(n) != job[what]:
            return f"{what} {n} in PyTorch, {job[what]} here"
    if job["Open"]:
        with torch.no_grad():
            model(*inputs)
        return None
    watch = Watch(model, job["Helpers"])
    with torch.no_grad(), (watch if job["Real"] else Both(watch)):
        model(*inputs)
    return compare(job["Events"] or [], watch.seen)


class Both:
    def __init__(self, watch):
        self.modes = [Meta(), watch]

    def __enter__(self):
        for m in self.modes:
            m.__enter__()

    def __exit__(self, *error):
        for m in reversed(self.modes):
            m.__exit__(*error)


def serve():
    """Answers a line for a job a line, for random networks."""
    for line in sys.stdin:
        job = json.loads(line)
        try:
            wrong = run(job)
        except Exception as e:
            if job["Open"] and not isinstance(e, (SyntaxError, NameError, TypeError, AttributeError)):
                print("answer ok", flush=True)  # no size suits it that was tried
                continue
            wrong = f"{type(e).__name__}: {e}"
        print("answer " + (" ".join(str(wrong).split())[:600] if wrong else "ok"), flush=True)


if sys.argv[1] == "-":
    serve()
    sys.exit()

failed = computed = layers = 0
for job in json.load(open(sys.argv[1])):
    begun = time.time()
    try:
        wrong = run(job)
    except Exception as e:
        wrong = f"{type(e).__name__}: {e}"
    if wrong:
        failed += 1
        print(f"FAIL {job['ID']}: {str(wrong)[:600]}", flush=True)
    computed += job["Real"]
    layers += len(job["Events"])
    if time.time() - begun > 5:
        print(f"  {job['ID']}: {time.time() - begun:.0f} s", flush=True)
n = len(json.load(open(sys.argv[1])))
print(f"PyTorch {torch.__version__}: {n} networks, {computed} of them computed, {layers} layer calls with their shapes; {failed} differ; {time.time() - started:.0f} s")
