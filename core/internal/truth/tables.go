package truth

// A table is one set of facts: which columns of the table in the folder of files
// it keeps. Those that no test reads, and no reader needs to find the source, are
// left out.
type table struct {
	name    string
	columns []string // as they are called there; nil: all
	folder  string   // where the files are that column "file" names; "": it is about no files
	packed  bool
}

// tables are all tables of facts. The column sha256 is made from the files.
var tables = []table{
	{name: "torchvision.csv", columns: []string{"model", "weights_enum", "num_params", "gmacs", "ops_input", "task", "source"}},
	{name: "keras.csv", columns: []string{"model", "params", "precision", "input_size", "params_no_top", "source"}},
	{name: "convnet_burden.csv", columns: []string{"model", "task", "input_size", "param_mem", "feature_mem", "flops_as_macs", "file"}},
	{name: "why_differ.csv", columns: []string{"network", "number_a", "number_b", "unit", "source"}},
	{name: "torch_layers_index.csv", columns: []string{"model", "task", "input_chw", "params", "buffer_elements", "conv_linear_macs", "output", "ctor_kwargs"}},
	{name: "torch_layers.csv", columns: []string{"file", "module", "type", "output", "params", "buffers", "macs"}, packed: true},
	{name: "keras_json.csv", columns: []string{"file", "sha256", "source", "kind", "keras_version", "params_from_weights", "params_trainable_by_name"}, folder: "keras_json"},
	{name: "keras_tfjs_summary.csv", columns: []string{"file", "sha256", "status", "total_params", "trainable", "non_trainable", "tfjs_note"}, folder: "keras_json"},
	{name: "keras_tfjs_layers.csv", columns: []string{"file", "layer", "class", "output_shape", "params", "trainable_params"}, packed: true},
	{name: "onnx.csv", columns: []string{"file", "sha256", "producer", "opsets", "ops", "init_elements_float", "constant_node_elements_float",
		"constantofshape_elements", "extra_graph_input_elements", "macs_conv_gemm_matmul"}, folder: "onnx"},
	{name: "onnx_nodes.csv", columns: []string{"file", "node", "op", "output_shapes", "weight_elements"}, packed: true},
	{name: "prototxt_opencv.csv", columns: []string{"file", "sha256", "status", "inputs_batch1", "blob_elements_total", "batchnorm_blobs", "macs_conv_fc_deconv"}, folder: "."},
	{name: "prototxt_opencv_layers.csv", columns: []string{"file", "layer", "type", "output_nchw", "blob_elements", "error"}, packed: true},
	{name: "safetensors.csv", columns: []string{"file", "sha256", "tensors", "elements", "elements_minus_bn_buffers", "dtypes"}, folder: "safetensors"},
	{name: "summaries/index.csv", columns: []string{"file", "sha256", "source", "tool", "model", "total_params", "trainable", "nontrainable"}, folder: "summaries"},
	{name: "torch_layer_cases.json", columns: []string{"cls", "args", "kwargs", "inputs", "output", "params", "buffers", "param_shapes", "error"}, packed: true},
	{name: "keras_layer_cases.json", columns: []string{"cls", "config", "input", "output", "params", "trainable", "weights", "error"}, packed: true},
}
