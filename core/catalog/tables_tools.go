//go:build !page

package catalog

var toolTables = []map[Key]Text{
	transferCaffe,
	transferPython,
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
