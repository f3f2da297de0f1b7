"""Counts exported networks with the real tools.

Reads a job a line and answers a line: what each tool prints for the network, as whole
numbers where the tool has them and as lines where it writes some. The tools are looked
for in the folders of the command line, and in the folders inside those; what is not
there is named in the first answer and skipped. Folders called before have ptflops 0.6.
"""

import contextlib
import faulthandler
import importlib
import importlib.util
import io
import json
import logging
import os
import re
import sys
import warnings

import torch
from torch.overrides import TorchFunctionMode

faulthandler.enable()
warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
torch.set_num_threads(2)
torch.set_flush_denormal(True)
for name in dir(torch.nn.init):
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda tensor, *args, **options: tensor)  # no tool looks at values

roots = [r for r in sys.argv[1:] if os.path.isdir(r)]
for root in roots:
    # A package has an __init__.py; a checkout has a folder with one.
    folders = [d.path for d in os.scandir(root) if d.is_dir() and d.name != "before"]
    sys.path += [root] + [f for f in folders if not os.path.exists(os.path.join(f, "__init__.py"))]


def version(module, distribution):
    try:
        from importlib.metadata import version as of

        return of(distribution)
    except Exception:
        return getattr(module, "__version__", "from source")


def before():
    """ptflops 0.6 under another name: two versions of a package cannot share one."""
    for root in roots:
        file = os.path.join(root, "before", "ptflops", "__init__.py")
        if os.path.exists(file):
            spec = importlib.util.spec_from_file_location("ptflops_before", file, submodule_search_locations=[os.path.dirname(file)])
            module = importlib.util.module_from_spec(spec)
            sys.modules["ptflops_before"] = module
            spec.loader.exec_module(module)
            return module
    raise ImportError("no folder called before")


# Kernels that PyTorch 1.13 has no shapes for.
meta = torch.library.Library("aten", "IMPL", "Meta")


def pool3d(x, kernel, stride=(), padding=(0,), dilation=(1,), ceil=False):
    # The same rule along one dimension at a time.
    def sizes(side, i):
        y = torch.empty(1, 1, side, 1, device="meta")
        p = lambda v, other: (v[min(i, len(v) - 1)], other)
        return torch.ops.aten.max_pool2d_with_indices(y, p(kernel, 1), p(stride or kernel, 1), p(padding, 0), p(dilation, 1), ceil)[0].shape[2]

    shape = (*x.shape[:-3], *(sizes(side, i) for i, side in enumerate(x.shape[-3:])))
    return x.new_empty(shape), x.new_empty(shape, dtype=torch.long)


for name, shapes in (("max_pool3d_with_indices", pool3d), ("channel_shuffle", lambda x, groups: torch.empty_like(x))):
    with contextlib.suppress(RuntimeError):  # it has them
        meta.impl(name, shapes)

MAKERS = {torch.empty, torch.zeros, torch.ones, torch.full, torch.tensor, torch.arange, torch.linspace, torch.randn, torch.rand}


class Meta(TorchFunctionMode):
    """Makes tensors that have shapes and no values."""

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs = kwargs or {}
        if func in MAKERS and kwargs.get("device") is None:
            kwargs["device"] = "meta"
        return func(*args, **kwargs)


def built(job, space, meta):
    """The network; on the meta device its values are not computed."""
    make = space[job["Class"]]
    if not meta:
        return make().eval()
    with contextlib.nullcontext() if job["File"] == "torchvision" else Meta():
        model = make().eval().to("meta")
    # Not within Meta: functions that a mode looks at are called twice, and counted twice.
    model.forward = lambda *args, **named: type(model).forward(model, *(a.to("meta") for a in args), **{k: a.to("meta") for k, a in named.items()})
    return model


def batch(job):
    """Inputs of one sample."""
    kind = torch.long if job["Indices"] else torch.float
    return [torch.zeros(1, *s, dtype=kind) for s in job["Inputs"]]


def line(text, start):
    """The line of an output that begins so."""
    return next((l for l in text.splitlines() if l.startswith(start)), "")


def pytorch(job, model, space):
    return {
        "params": sum(p.numel() for p in model.parameters()),
        # What torch.save writes of it: tied tensors once.
        "state_dict": sum(t.numel() * t.element_size() for t in (*model.parameters(), *model.buffers())),
    }


def torchinfo(job, model, space):
    inputs = batch(job)
    s = modules["torchinfo"].summary(model, input_data=inputs, verbose=0)
    text = str(s)
    # Python's own head of each tensor is in what torchinfo takes for its size.
    heads = sum(sys.getsizeof(t.untyped_storage() if hasattr(t, "untyped_storage") else t.storage()) - t.numel() * t.element_size() for t in inputs)
    return {
        "params": s.total_params,
        "macs": s.total_mult_adds,
        "trainable": s.trainable_params,
        "frozen": s.total_params - s.trainable_params,
        "input": s.total_input - heads,
        "pass": s.total_output_bytes,
        "bytes": s.total_param_bytes,
        "heads": heads,
        "total": s.total_input - heads + s.total_output_bytes + s.total_param_bytes,
        "shown params": line(text, "Total params"),
        # Python writes the member of the enumeration for its value since 3.11.
        "shown macs": re.sub(r"Units\.(\w)\w+", r"\1", line(text, "Total mult-adds")),
        "shown trainable": line(text, "Trainable params"),
        "shown frozen": line(text, "Non-trainable params"),
        "shown input": line(text, "Input size"),
        "shown pass": line(text, "Forward/backward"),
        "shown bytes": line(text, "Params size"),
        "shown total": line(text, "Estimated Total Size"),
    }


def torchsummary(job, model, space):
    out = io.StringIO()
    sizes = [tuple(s) for s in job["Inputs"]]
    with contextlib.redirect_stdout(out), torch.no_grad():
        modules["torchsummary"].summary(model, sizes[0] if len(sizes) == 1 else sizes, device="cpu")
    text = out.getvalue()
    number = lambda start: int(line(text, start).split(":")[1].replace(",", ""))
    # The classes of the code are blocks around its layers, which the network here does not have;
    # and what torchvision writes as functions is modules in a Sequential.
    own, blocks = {n for n, c in space.items() if isinstance(c, type) and c.__module__ == space["__name__"]} - set(job["Helpers"] or []), 0
    for row in text.splitlines():
        m = re.match(r"\s*(\w+)-\d+\s+\[-1((?:, \d+)*)\]", row)
        if m and (m[1] in own or re.fullmatch(r"(Unf|F)latten|\w+Pad\dd|ChannelShuffle|PixelUnshuffle|Fold|Unfold", m[1])):
            n = 1
            for d in m[2].split(", ")[1:]:
                n *= int(d)
            blocks += n
    return {
        "params": number("Total params"),
        "trainable": number("Trainable params"),
        "frozen": number("Non-trainable params"),
        "blocks": 8 * blocks,
        "shown params": line(text, "Total params"),
        "shown trainable": line(text, "Trainable params"),
        "shown frozen": line(text, "Non-trainable params"),
        "shown input": line(text, "Input size"),
        "shown pass": line(text, "Forward/backward"),
        "shown bytes": line(text, "Params size"),
        "shown total": line(text, "Estimated Total Size"),
    }


def flops(module):
    def run(job, model, space):
        out, figures = io.StringIO(), {}
        plain = len(job["Inputs"]) == 1 and not job["Indices"]
        for strings in (False, True):
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                macs, params = module.get_model_complexity_info(
                    model, tuple(job["Inputs"][0]), as_strings=strings, print_per_layer_stat=False, verbose=False,
                    input_constructor=None if plain else lambda _: dict(zip(job["Names"], batch(job))))
            if macs is None:
                raise Exception(" ".join(out.getvalue().split())[-200:])
            figures |= {"shown macs": macs, "shown params": params} if strings else {"macs": int(macs), "params": params}
        return figures

    return run


def thop(job, model, space):
    macs, params = modules["thop"].profile(model, inputs=tuple(batch(job)), verbose=False)
    shown = modules["thop"].clever_format([macs, params], "%.2f")
    return {"macs": int(macs), "params": int(params), "shown macs": shown[0], "shown params": shown[1]}


def fvcore(job, model, space):
    nn_ = modules["fvcore.nn"]
    f = nn_.FlopCountAnalysis(model, tuple(batch(job)))
    f.unsupported_ops_warnings(False).uncalled_modules_warnings(False).tracer_warnings("none")
    cells = [c.strip() for c in nn_.flop_count_table(f, max_depth=1).splitlines()[2].strip("|").split("|")]
    return {
        "macs": int(f.total()), "params": nn_.parameter_count(model)[""],
        "shown params": cells[1], "shown macs": cells[2],
        "shown table": [c.strip() for c in nn_.parameter_count_table(model, max_depth=1).splitlines()[2].strip("|").split("|")][1],
    }


modules, missing = {}, []
for name, distribution in (("torchinfo", "torchinfo"), ("torchsummary", "torchsummary"), ("ptflops", "ptflops"), ("thop", "thop"), ("fvcore.nn", "fvcore")):
    try:
        modules[name] = importlib.import_module(name)
    except ImportError as e:
        missing.append(f"{distribution} ({e})")
try:
    modules["before"] = before()
except ImportError as e:
    missing.append(f"ptflops 0.6 ({e})")

tools = {"pytorch": pytorch}
for name, key, run in (
    ("torchinfo", "torchinfo", torchinfo), ("torchsummary", "torchsummary", torchsummary),
    ("ptflops", "ptflops", lambda *a: flops(modules["ptflops"])(*a)), ("before", "ptflops-0.6", lambda *a: flops(modules["before"])(*a)),
    ("fvcore.nn", "fvcore", fvcore), ("thop", "thop", thop),  # thop leaves its marks on modules: last
):
    if name in modules:
        tools[key] = run


def run(job):
    space = {"__name__": "network"}
    if job["File"] == "torchvision":
        make = getattr(importlib.import_module("torchvision.models"), job["Class"])
        options = {"init_weights": False} if job["Class"] == "googlenet" else {}

        def whole():
            model = make(**options)
            model.aux1 = model.aux2 = model.AuxLogits = None  # heads of training
            return model

        job = {**job, "Class": "make"}  # and its constructors look at values
        space["make"] = whole
    else:
        exec(compile(open(job["File"]).read(), job["File"], "exec"), space)
    figures = {}
    for key, count in tools.items():
        for meta in (True, False):
            if meta and (key == "fvcore" or "DeformConv2d" in space) or not meta and not job["Real"]:
                continue  # fvcore traces, and finds other operators there; torchvision's crashes
            try:
                # ptflops calls the network with gradients, as its users do.
                with torch.no_grad() if key not in ("ptflops", "ptflops-0.6") else contextlib.nullcontext():
                    figures[key] = count(job, built(job, space, meta), space)
                break
            except Exception as e:  # on the meta device: not every operator has shapes there
                figures[key] = {"error": " ".join(f"{type(e).__name__}: {e.__cause__ or e}".split())[-200:]}
    return figures


for text in sys.stdin:
    job = json.loads(text)
    if not job.get("File"):
        names = {"torchinfo": "torchinfo", "torchsummary": "torchsummary", "ptflops": "ptflops", "thop": "thop", "fvcore.nn": "fvcore"}
        answer = {"versions": ["torch " + torch.__version__] + [f"{d} {version(modules[n], d)}" for n, d in names.items() if n in modules],
                  "installed": list(tools), "missing": missing}
    else:
        try:
            answer = run(job)
        except Exception as e:
            answer = {"": {"error": f"{type(e).__name__}: {e}"[:300]}}
    print("answer " + json.dumps(answer), flush=True)
