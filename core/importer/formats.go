package importer

// Formats lists what can be read, in the order in which a file is asked whether
// it is one.
var Formats = []Format{
	keras,
	stack,
	torchFile,
	safetensors,
	onnx,
	caffe,
	darknet,
	torchPrint,
	table,
}
