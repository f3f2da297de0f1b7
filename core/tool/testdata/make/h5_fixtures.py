"""Writes HDF5 files with the HDF5 library, in the layout that Keras 2 has.

    python3 h5_fixtures.py OUT

takes the configurations and the shapes of weights that tfjs_fixtures.mjs left in
OUT/keras and makes OUT/keras/*.h5, and the lines of OUT/h5.csv.
"""

import csv
import glob
import json
import os
import sys

import h5py
import numpy as np

out = sys.argv[1]
made_by = f"HDF5 {h5py.version.hdf5_version}, h5py {h5py.__version__}; counted by TensorFlow.js"
rows = []


def weights(group, model, **how):
    group.attrs["layer_names"] = np.array([name.encode() for name, _ in model["layers"]])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.15.0"
    for name, specs in model["layers"]:
        layer = group.create_group(name)
        names = [f"{weight}:0" for weight, _ in specs]
        layer.attrs["weight_names"] = np.array([n.encode() for n in names]) if names else np.zeros(0, "S1")
        for n, (_, shape) in zip(names, specs):
            layer.create_dataset(n, data=np.zeros(shape, np.float32), **how)


for path in sorted(glob.glob(os.path.join(out, "keras/*.weights.tmp.json"))):
    model = json.load(open(path))
    os.remove(path)
    name = os.path.basename(path).split(".")[0]

    def write(file, whole, libver, **how):
        with h5py.File(os.path.join(out, file), "w", libver=libver) as f:
            if whole:
                f.attrs["model_config"] = json.dumps(model["config"])
                f.attrs["keras_version"] = b"2.15.0"
                f.attrs["backend"] = b"tensorflow"
                weights(f.create_group("model_weights"), model, **how)
            else:
                weights(f, model, **how)
        size = os.path.getsize(os.path.join(out, file))
        assert size <= 50 << 10, f"{file} has {size} bytes"
        rows.append([file, made_by, "keras", model["params"], model["trainable"] if whole else ""])

    if name in ("residual", "transfer"):  # more than 50 kB; the same layers as convolutions
        continue
    # The forms of the library's two generations, and data in compressed chunks.
    write(f"keras/{name}.h5", True, "earliest")
    if name == "convolutions":
        write(f"keras/{name}.latest.h5", True, "latest")
        write(f"keras/{name}.weights.h5", False, "earliest")
    if name == "siamese":
        write(f"keras/{name}.packed.h5", True, "earliest", chunks=True, compression="gzip", shuffle=True)

with open(os.path.join(out, "h5.csv"), "w", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["file", "made_by", "reader", "params", "trainable"])
    w.writerows(rows)
