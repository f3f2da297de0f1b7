package layer_test

import "maps"

// The classes of layer for sequences.
func init() {
	recurrent := []string{"in", "hidden"}
	maps.Copy(torchFields, map[string]string{"num_layers": "layers", "proj_size": "proj", "batch_first": "-", "kdim": "-", "vdim": "-"})
	maps.Copy(torchClasses, map[string]torchClass{
		"RNN":                {kind: "rnn", last: true, args: recurrent},
		"LSTM":               {kind: "lstm", last: true, args: recurrent},
		"GRU":                {kind: "gru", last: true, args: recurrent},
		"RNNCell":            {kind: "rnn", last: true, args: recurrent, fixed: map[string]string{"cell": "on"}},
		"LSTMCell":           {kind: "lstm", last: true, args: recurrent, fixed: map[string]string{"cell": "on"}},
		"GRUCell":            {kind: "gru", last: true, args: recurrent, fixed: map[string]string{"cell": "on"}},
		"MultiheadAttention": {kind: "attention", last: true, args: []string{"in", "heads"}},
	})
	fields := map[string]string{"units": "hidden", "useBias": "bias", "returnSequences": "last", "mergeMode": "merge"}
	maps.Copy(kerasClasses, map[string]kerasClass{
		"SimpleRNN": {kind: "rnn", fields: fields},
		"LSTM":      {kind: "lstm", fields: fields},
		"GRU":       {kind: "gru", fields: fields, fixed: map[string]string{"reset_after": "off"}}, // TensorFlow.js has no other
		"ConvLSTM2D": {kind: "convlstm", film: true, fields: map[string]string{"filters": "filters", "kernelSize": "kernel",
			"padding": "padding", "strides": "stride", "returnSequences": "last"}},
		"Bidirectional(LSTM)": {kind: "lstm", fields: fields, fixed: map[string]string{"bidirectional": "on"}},
	})
}
