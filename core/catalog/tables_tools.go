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
