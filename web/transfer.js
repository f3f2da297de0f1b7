// The worker that reads and writes files of other tools: it loads its program
// when it is first asked, and hands the page's messages to it.
"use strict";
importScripts("../wasm_exec.js");

const waiting = [];
let answer = null;

// What the program says last, if it stops by itself: "out of memory".
let said = "";
const decoder = new TextDecoder();
const write = fs.writeSync;
fs.writeSync = (fd, bytes) => {
  if (said.length < 4096) said += decoder.decode(bytes);
  return write(fd, bytes);
};
const lastWords = () => /(?:fatal error|panic): (.*)/.exec(said)?.[1] || "";

// Tells the page that there is no program, and whether there was one: all that it
// was asked for fails then, and the page begins a new worker with its next request.
const failed = (why) => self.postMessage({ id: 0, error: String(why), died: answer !== null });

const hand = (message) => {
  try {
    answer(message);
  } catch (err) {
    failed(lastWords() || err); // a trap of the machine
  }
};

// Called by the program once it can answer.
self.paramstackReady = () => {
  answer = self.paramstackAnswer;
  for (const message of waiting.splice(0)) hand(message);
};

self.onmessage = (event) => {
  if (answer) hand(event.data);
  else waiting.push(event.data);
};

(async () => {
  const go = new Go();
  let code = 0;
  go.exit = (number) => { code = number; };
  const response = await fetch("transfer.wasm");
  if (!response.ok) throw new Error(response.status + " " + response.statusText);
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer(), go.importObject);
  await go.run(instance); // as long as it lives
  failed(lastWords() || "exit " + code);
})().catch(failed);
