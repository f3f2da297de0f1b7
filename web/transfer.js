// The worker that reads and writes files of other tools: it loads its program
// when it is first asked, and hands the page's messages to it.
"use strict";
importScripts("../wasm_exec.js");

const waiting = [];
let answer = null;

// Called by the program once it can answer.
self.paramstackReady = () => {
  answer = self.paramstackAnswer;
  for (const message of waiting.splice(0)) answer(message);
};

self.onmessage = (event) => {
  if (answer) answer(event.data);
  else waiting.push(event.data);
};

(async () => {
  const go = new Go();
  const response = await fetch("transfer.wasm");
  if (!response.ok) throw new Error(response.status + " " + response.statusText);
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject);
  await go.run(instance);
})().catch((err) => self.postMessage({ id: 0, error: String(err) }));
