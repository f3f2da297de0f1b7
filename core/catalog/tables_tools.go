//go:build !page

package catalog

var toolTables = []map[Key]Text{
	transferCaffe,
	transferPython,
	transferSource,
	transferTorch,
	transferCheckpoint,
	transferLimits,
	transferUnsupported,
	transferOnnx,
	transferKeras,
	transferTfjs,
	exports,
	derivations,
}

// toolPlaces are the places of sentences that only the worker has.
var toolPlaces = map[Key]place{
	PythonAt: {0, 1}, PythonAtFile: {1, 2}, PythonAtExpr: {-1, 0},
	PythonAtCell: {1, 2}, PythonLine: {0, -1}, PythonLineCell: {1, -1}, PythonLineFile: {1, -1},
	ImportInLayer: {1, -1}, ImportNoSection: {0, -1},
}
