"""Writes prototxts and has OpenCV run them.

    python3 caffe_fixtures.py OUT

makes OUT/caffe, and the lines of OUT/caffe.csv and OUT/caffe_layers.csv: the
output of every layer as OpenCV runs it, and the elements of its blobs. OpenCV
takes the weights with the structure, so they are written too, as zeros, and
OpenCV refuses blobs that do not suit their layer.
"""

import csv
import os
import sys

import cv2
import numpy as np

out = sys.argv[1]
os.makedirs(os.path.join(out, "caffe"), exist_ok=True)
files, layers = [], []


def varint(n):
    b = bytearray()
    while n > 127:
        b.append(n & 127 | 128)
        n >>= 7
    b.append(n)
    return bytes(b)


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def caffemodel(blobs):
    """NetParameter: layer 100; LayerParameter: name 1, blobs 7; BlobProto: data 5, shape 7."""
    b = b""
    for name, shapes in blobs.items():
        layer = field(1, name.encode())
        for s in shapes:
            layer += field(7, field(7, field(1, b"".join(map(varint, s)))) + field(5, bytes(4 * int(np.prod(s)))))
        b += field(100, layer)
    return b


def net(name, shape, *parts):
    """Each part: name, type, bottoms, parameters in the notation of prototxt, the shapes of its blobs."""
    text = [f'name: "{name}"', 'layer {', '  name: "data"', '  type: "Input"', '  top: "data"',
            "  input_param { shape { " + " ".join(f"dim: {d}" for d in shape) + " } }", "}"]
    blobs = {}
    for layer, kind, bottoms, options, shapes in parts:
        text += ["layer {", f'  name: "{layer}"', f'  type: "{kind}"'] + [f'  bottom: "{b}"' for b in bottoms.split()]
        text += [f'  top: "{layer}"'] + ([f"  {options}"] if options else []) + ["}"]
        if shapes:
            blobs[layer] = shapes
    file = f"caffe/{name}.prototxt"
    path = os.path.join(out, file)
    with open(path, "w") as f:
        f.write("\n".join(text) + "\n")
    run = cv2.dnn.readNetFromCaffe(open(path, "rb").read(), caffemodel(blobs))
    run.setInput(np.zeros(shape, np.float32), "data")
    total = 0
    for layer, kind, *_ in parts:
        y = run.forward(layer)
        n = sum(int(np.prod(s)) for s in blobs.get(layer, []))
        total += n
        layers.append([file, layer, kind, "x".join(map(str, y.shape[1:])), n])
    norms = [shapes for _, kind, _, _, shapes in parts if kind == "BatchNorm"]  # mean, variance, and the factor of both
    stats, counters = sum(int(np.prod(s)) for n in norms for s in n[:2]), len(norms)
    files.append([file, f"prototxt, run by OpenCV {cv2.__version__}", "caffe", total - stats - counters, stats, counters])


def conv(n, k, more=""):
    return f"convolution_param {{ num_output: {n} kernel_size: {k} {more}}}"


net("convolutions", (1, 3, 31, 31),
    ("conv1", "Convolution", "data", conv(12, 5, "stride: 2 pad: 2 "), [(12, 3, 5, 5), (12,)]),
    ("relu1", "ReLU", "conv1", "", []),
    ("norm1", "LRN", "relu1", "lrn_param { local_size: 5 alpha: 0.0001 beta: 0.75 }", []),
    ("pool1", "Pooling", "norm1", "pooling_param { pool: MAX kernel_size: 3 stride: 2 }", []),
    ("conv2", "Convolution", "pool1", conv(16, 3, "group: 2 pad: 1 bias_term: false "), [(16, 6, 3, 3)]),
    ("prelu2", "PReLU", "conv2", "", [(16,)]),
    ("dilated", "Convolution", "prelu2", conv(8, 3, "dilation: 2 pad: 2 "), [(8, 16, 3, 3), (8,)]),
    ("pool2", "Pooling", "dilated", "pooling_param { pool: AVE kernel_size: 3 stride: 2 pad: 1 }", []),
    ("fc1", "InnerProduct", "pool2", "inner_product_param { num_output: 20 }", [(20, 8 * 5 * 5), (20,)]),
    ("drop1", "Dropout", "fc1", "dropout_param { dropout_ratio: 0.5 }", []),
    ("fc2", "InnerProduct", "drop1", "inner_product_param { num_output: 10 bias_term: false }", [(10, 20)]),
    ("prob", "Softmax", "fc2", "", []))

net("residual", (1, 4, 16, 16),
    ("conv1", "Convolution", "data", conv(8, 3, "pad: 1 bias_term: false "), [(8, 4, 3, 3)]),
    ("bn1", "BatchNorm", "conv1", "batch_norm_param { use_global_stats: true }", [(8,), (8,), (1,)]),
    ("scale1", "Scale", "bn1", "scale_param { bias_term: true }", [(8,), (8,)]),
    ("relu1", "ReLU", "scale1", "", []),
    ("conv2", "Convolution", "relu1", conv(8, 3, "pad: 1 "), [(8, 8, 3, 3), (8,)]),
    ("sum", "Eltwise", "conv2 relu1", "eltwise_param { operation: SUM }", []),
    ("up", "Deconvolution", "sum", conv(4, 2, "stride: 2 "), [(8, 4, 2, 2), (4,)]),
    ("pool", "Pooling", "up", "pooling_param { pool: MAX kernel_size: 2 stride: 2 }", []),
    ("both", "Concat", "pool sum", "concat_param { axis: 1 }", []),
    ("power", "Power", "both", "power_param { scale: 0.5 shift: 1 }", []),
    ("global", "Pooling", "power", "pooling_param { pool: AVE global_pooling: true }", []),
    ("fc", "InnerProduct", "global", "inner_product_param { num_output: 5 }", [(5, 12), (5,)]))

for name, head, rows in (("caffe", ["file", "made_by", "reader", "params", "stats", "counters"], files),
                         ("caffe_layers", ["file", "module", "class", "output", "params"], layers)):
    with open(os.path.join(out, name + ".csv"), "w", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(head)
        w.writerows(rows)
