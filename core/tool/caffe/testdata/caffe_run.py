"""Loads exported prototxts in OpenCV's dnn and compares every layer's output shape.

OpenCV wants the weights with the structure, so a caffemodel is written whose
blobs have the shapes that paramstack declares and hold zeros. OpenCV refuses
blobs that do not suit the layer they belong to.
"""

import json
import os
import sys
import time

import cv2

started = time.time()


def varint(n):
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    out.append(n)
    return bytes(out)


def field(number, data):
    return varint(number << 3 | 2) + varint(len(data)) + data


def caffemodel(path, blobs):
    """NetParameter: layer 100; LayerParameter: name 1, blobs 7; BlobProto: data 5, shape 7 (caffe.proto)."""
    with open(path, "wb") as f:
        for name, shapes in blobs.items():
            head, size = [field(1, name.encode())], 0
            parts = []
            for shape in shapes:
                n = 4
                for d in shape:
                    n *= d
                dims = field(7, field(1, b"".join(varint(d) for d in shape)))
                data = varint(5 << 3 | 2) + varint(n)
                start = varint(7 << 3 | 2) + varint(len(dims) + len(data) + n) + dims + data
                parts.append((start, n))
                size += len(start) + n
            size += len(head[0])
            f.write(varint(100 << 3 | 2) + varint(size) + head[0])
            for start, n in parts:
                f.write(start)
                while n > 0:
                    f.write(bytes(min(n, 1 << 24)))
                    n -= 1 << 24


failed = layers = 0


def run(job):
    """Returns what is wrong with a network, none if nothing is."""
    global layers
    model = os.path.join(os.path.dirname(job["File"]), "zeros.caffemodel")
    try:
        caffemodel(model, job["Blobs"])
        net = cv2.dnn.readNetFromCaffe(job["File"], model)
        wrong = []
        inputs = job["Inputs"] if len(job["Inputs"]) > 1 else job["Inputs"][0]
        ids, _, outs = net.getLayersShapes(inputs)
        names = net.getLayerNames()
        shapes = {}
        for i, out in zip(ids.flatten(), outs):
            if i > 0:
                shapes[names[i - 1]] = [list(map(int, getattr(o, "flatten", lambda: o)())) for o in out]
        for name, want in job["Shapes"].items():
            got = shapes.get(name)
            if got is None:
                continue
            layers += 1
            # A part of a Slice is one of its outputs.
            if want not in got:
                wrong.append(f"{name} gives {got}, {want} here")
        for name, blobs in job["Blobs"].items():
            for k, shape in enumerate(blobs):
                n = 1
                for d in net.getParam(name, k).shape:
                    n *= d
                m = 1
                for d in shape:
                    m *= d
                if n != m:
                    wrong.append(f"{name} blob {k}: {n}, {m} here")
        return "; ".join(wrong[:3])
    except Exception as e:
        return repr(str(e)[:400])
    finally:
        if os.path.exists(model):
            os.remove(model)


if sys.argv[1] == "-":
    # Answers a line for a job a line, for random networks.
    for line in sys.stdin:
        wrong = run(json.loads(line))
        print("answer " + (" ".join(wrong.split()) if wrong else "ok"), flush=True)
    sys.exit()

jobs = json.load(open(sys.argv[1]))
for job in jobs:
    wrong = run(job)
    if wrong:
        failed += 1
        print(f"FAIL {job['ID']}: {wrong}", flush=True)
print(f"OpenCV {cv2.__version__}: {len(jobs)} networks, {layers} layers with their shapes; {failed} differ; {time.time() - started:.0f} s")
