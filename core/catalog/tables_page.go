//go:build page

package catalog

// The page's program says nothing of files: its worker does.
var toolTables []map[Key]Text

var toolPlaces map[Key]place
