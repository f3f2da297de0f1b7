// Loads exported Keras JSON in TensorFlow.js and compares the parameters and
// every layer's output shape. Weights start as zeros: their values do not count,
// and drawing hundreds of millions of them at random takes minutes.
import fs from "node:fs";
import readline from "node:readline";
import * as tf from "@tensorflow/tfjs";

const initializers = ["kernel", "bias", "depthwise", "pointwise", "recurrent", "embeddings", "gamma", "beta", "moving_mean", "moving_variance", "alpha"];

function plain(layer) {
  const c = layer.config;
  for (const name of initializers) if (name !== "kernel" || !/Separable|Depthwise/.test(layer.class_name)) c[name + "_initializer"] = { class_name: "Zeros", config: {} };
  if (c.layer) plain(c.layer);
}

let layers = 0;

// run returns what is wrong with a network, "" if nothing is.
async function run(job) {
  try {
    const config = JSON.parse(fs.readFileSync(job.File));
    for (const layer of config.config.layers) if (layer.class_name !== "InputLayer") plain(layer);
    const model = await tf.models.modelFromJSON(config);
    const wrong = [];
    const params = model.countParams();
    if (String(params) !== job.Params) wrong.push(`${params} parameters, ${job.Params} here`);
    for (const layer of model.layers) {
      const want = job.Shapes[layer.name];
      if (!want) continue;
      layers++;
      let got = layer.inboundNodes[0].outputShapes[0];
      if (Array.isArray(got[0])) got = got[0];
      if (JSON.stringify(got.slice(1)) !== JSON.stringify(want)) wrong.push(`${layer.name} gives ${got.slice(1)}, ${want} here`);
    }
    for (const w of model.weights) w.val ? w.val.dispose() : w.read().dispose();
    return wrong.slice(0, 3).join("; ");
  } catch (e) {
    return String(e).slice(0, 300);
  }
}

if (process.argv[2] === "-") {
  // Answers a line for a job a line, for random networks.
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const wrong = (await run(JSON.parse(line))).replace(/\s+/g, " ");
    console.log("answer " + (wrong || "ok"));
  }
  process.exit(0);
}

const jobs = JSON.parse(fs.readFileSync(process.argv[2]));
let failed = 0;
const started = Date.now();
for (const job of jobs) {
  const wrong = await run(job);
  if (wrong) {
    failed++;
    console.log(`FAIL ${job.ID}: ${wrong}`);
  }
}
console.log(`TensorFlow.js ${tf.version.tfjs}: ${jobs.length} networks, ${layers} layers with their shapes; ${failed} differ; ${Math.round((Date.now() - started) / 1000)} s`);
