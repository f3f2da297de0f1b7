// Counts Caffe networks with Netscope (github.com/cwlacewe/netscope, 097acf8), a page: its parser
// and analyzer run as they are, but for three lines that CoffeeScript refuses.
//
//     node netscope_run.cjs CHECKOUT FILE…
//
// A line for each file: its name, the parameters, the multiply-accumulates, and the first error.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const tools = createRequire(path.join(process.cwd(), "index.js")); // of make interop's folder
const coffee = tools("coffee-script");
require.extensions[".coffee"] = (module, file) => {
  const source = fs.readFileSync(file, "utf8").replace(/;[ \t]*$/gm, "")
    .replace('when "shift":', 'when "shift"').replace('                  when "roipooling"', '                when "roipooling"');
  module._compile(coffee.compile(source, { bare: true }), file);
};

let errors = [];
global._ = tools("lodash");
global.$ = { inArray: (x, all) => all.indexOf(x) };
global.onerror = (message) => errors.push(String(message));
global.window = global;
global.do_variants_analysis = false;
const print = console.log;
console.log = () => {};
const caffe = require(path.join(process.argv[2], "src/caffe/caffe.coffee"));

for (const file of process.argv.slice(3)) {
  errors = [];
  let params = 0;
  let macs = 0;
  try {
    // It has the older name of an input.
    for (const node of caffe.parse(fs.readFileSync(file, "utf8").replace(/type: "Input"/g, 'type: "Data"'), "test").sortTopologically()) {
      params += node.analysis.mem.param;
      macs += node.analysis.comp.macc;
    }
  } catch (e) {
    errors.push(String(e));
  }
  print([path.basename(file), params, macs, (errors[0] || "").replace(/\s+/g, " ")].join("\t"));
}
