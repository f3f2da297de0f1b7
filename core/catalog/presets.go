package catalog

var presets = map[Key]Text{}
