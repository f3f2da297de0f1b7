// Writes small models as TensorFlow.js writes them, with what it counts in them.
//
//     node tfjs_fixtures.mjs OUT
//
// makes OUT/keras, and the lines of OUT/tfjs.csv and OUT/tfjs_layers.csv: of every
// layer the class, the output without the batch and its parameters.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

// TensorFlow.js is where npm put it, beside the caller and not beside this file.
const require = createRequire(path.join(process.cwd(), "package.json"));
const tf = require("@tensorflow/tfjs");

const out = process.argv[2];
fs.mkdirSync(path.join(out, "keras"), { recursive: true });
const L = tf.layers, files = [], layers = [];
const madeBy = `TensorFlow.js ${tf.version.tfjs}`;

function sequential(...list) {
  const m = tf.sequential();
  for (const l of list) m.add(l);
  return m;
}

function convolutions() {
  return sequential(
    L.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5, padding: "same", activation: "relu" }),
    L.batchNormalization(),
    L.maxPooling2d({ poolSize: 2 }),
    L.separableConv2d({ filters: 8, kernelSize: 3, useBias: false }),
    L.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, strides: 2 }),
    L.leakyReLU({ alpha: 0.1 }),
    L.conv2dTranspose({ filters: 4, kernelSize: 2, strides: 2 }),
    L.averagePooling2d({ poolSize: 2, padding: "same" }),
    L.dropout({ rate: 0.25 }),
    L.flatten(),
    L.dense({ units: 10, activation: "softmax" }),
  );
}

function residual() {
  const input = tf.input({ shape: [16, 16, 3], name: "picture" });
  const conv = (filters, strides, useBias = false) => L.conv2d({ filters, strides, kernelSize: 3, padding: "same", useBias });
  let x = conv(8, 1).apply(input);
  for (const [filters, strides] of [[8, 1], [12, 2]]) {
    let y = L.reLU().apply(L.batchNormalization().apply(conv(filters, strides).apply(x)));
    y = L.batchNormalization({ scale: false }).apply(conv(filters, 1).apply(y));
    const short = strides === 1 ? x : L.conv2d({ filters, strides, kernelSize: 1 }).apply(x);
    x = L.activation({ activation: "relu" }).apply(L.add().apply([y, short]));
  }
  const both = L.concatenate().apply([L.globalAveragePooling2d({}).apply(x), L.globalMaxPooling2d({}).apply(x)]);
  return tf.model({ inputs: input, outputs: L.dense({ units: 5 }).apply(both) });
}

function words() {
  return sequential(
    L.embedding({ inputDim: 40, outputDim: 12, inputLength: 7 }),
    L.bidirectional({ layer: L.lstm({ units: 6, returnSequences: true }), mergeMode: "concat" }),
    L.timeDistributed({ layer: L.dense({ units: 8 }) }),
    L.layerNormalization(),
    L.simpleRNN({ units: 5 }),
    L.dense({ units: 3 }),
  );
}

function films() {
  return sequential(
    L.conv3d({ inputShape: [4, 8, 8, 2], filters: 4, kernelSize: [1, 3, 3], padding: "same" }),
    L.maxPooling3d({ poolSize: [1, 2, 2], strides: [1, 2, 2] }),
    L.reshape({ targetShape: [16, 16] }),
    L.conv1d({ filters: 6, kernelSize: 3, dilationRate: 2 }),
    L.prelu(),
    L.gru({ units: 5 }),
  );
}

// The tower is one layer that two inputs go through.
function siamese() {
  const tower = sequential(L.dense({ inputShape: [12], units: 8, activation: "relu" }), L.dense({ units: 4 }));
  const a = tf.input({ shape: [12], name: "a" }), b = tf.input({ shape: [12], name: "b" });
  const dot = L.multiply().apply([tower.apply(a), tower.apply(b)]);
  return tf.model({ inputs: [a, b], outputs: L.dense({ units: 1, activation: "sigmoid" }).apply(dot) });
}

// A frozen body below a head that is trained.
function transfer() {
  const m = convolutions();
  for (const l of m.layers.slice(0, -1)) l.trainable = false;
  return m;
}

const shape = (s) => s.slice(1).map((n) => n ?? "?").join("x");
const count = (weights) => weights.reduce((n, w) => n + w.shape.reduce((a, b) => a * b, 1), 0);

for (const [name, make] of Object.entries({ convolutions, residual, words, films, siamese, transfer })) {
  const m = make();
  let artifacts;
  await m.save(tf.io.withSaveHandler(async (a) => {
    artifacts = a;
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  }));
  const trainable = count(m.trainableWeights);
  const kept = [];
  const write = (file, value) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    if (text.length > 50 << 10) throw new Error(`${file} has ${text.length} bytes`);
    fs.writeFileSync(path.join(out, file), text);
    files.push([file, madeBy, "keras", m.countParams(), trainable]);
    kept.push(file);
  };
  write(`keras/${name}.model.json`, {
    format: "layers-model", generatedBy: artifacts.generatedBy, convertedBy: null, modelTopology: artifacts.modelTopology,
    weightsManifest: [{ paths: ["weights.bin"], weights: artifacts.weightSpecs }],
  });
  write(`keras/${name}.config.json`, m.toJSON(null, false));
  for (const l of m.layers) {
    let s = l.outputShape;
    if (Array.isArray(s[0])) s = s[0];
    layers.push([`keras/${name}.model.json`, l.name, l.getClassName(), shape(s), l.countParams()]);
  }
  // For the HDF5 files: which weights each layer has.
  fs.writeFileSync(path.join(out, `keras/${name}.weights.tmp.json`), JSON.stringify({
    config: m.toJSON(null, false), params: m.countParams(), trainable,
    layers: m.layers.map((l) => [l.name, l.weights.map((w) => [w.originalName, w.shape])]),
  }));
}

const csv = (head, rows) => [head, ...rows].map((r) => r.map((c) => (/[",]/.test(c) ? `"${String(c).replaceAll('"', '""')}"` : c)).join(",")).join("\n") + "\n";
fs.writeFileSync(path.join(out, "tfjs.csv"), csv(["file", "made_by", "reader", "params", "trainable"], files));
fs.writeFileSync(path.join(out, "tfjs_layers.csv"), csv(["file", "module", "class", "output", "params"], layers));
