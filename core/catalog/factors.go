package catalog

var factors = map[Key]Text{}
