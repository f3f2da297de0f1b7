package catalog

var page = map[Key]Text{}
