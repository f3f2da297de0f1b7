// Package zoo holds published networks as stack texts, each with the numbers
// its source states. One file a family, a function over a table of variants.
package zoo

import "paramstack/core/catalog"

// A Net is one published network, and what its source says of it.
type Net struct {
	ID      string // stable, for links and scripts: "alexnet-2012"
	Name    string // shown to people
	Family  string
	Year    int         // 0: it was never published on its own
	Text    string      // in the notation of the stack text
	Params  string      // published learnable parameters, exact; "" if none are
	MACs    string      // multiply-accumulates of one sample, exact; "" if none are published
	Source  string      // where the numbers are published, as papers cite it
	Told    catalog.Key // the same as a sentence, where there is nothing to cite
	Why     catalog.Key // why the number is what it is
	Weights bool        // Params leaves biases out
}

// Presets are the networks of the menu, in its order. The page opens with the
// first.
var Presets = []Net{
	alexNets[paper],
	toy,
	leNet5,
	alexNets[post],
	alexNets[ungrouped],
	alexNets[torchvision],
	vgg16,
	googLeNet,
	resNets[18],
	resNets[50],
	resNets[152],
}

// Title returns the key of the network's name in the reader's language, "" if it
// is called the same in all.
func (n *Net) Title() catalog.Key {
	if key := catalog.PresetName(n.ID); catalog.Has(key) {
		return key
	}
	return ""
}

// ByID returns the network with an ID, nil if there is none.
func ByID(id string) *Net {
	for i := range Presets {
		if Presets[i].ID == id {
			return &Presets[i]
		}
	}
	return nil
}
