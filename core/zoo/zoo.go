// Package zoo holds published networks as stack texts, each with the numbers
// its source states. One file a family, a function over a table of variants.
package zoo

import (
	"slices"

	"paramstack/core/catalog"
)

// A Net is one published network, with what its source states.
type Net struct {
	ID      string // stable, for links and scripts: "alexnet-2012"
	Name    string // shown to people
	Family  string
	Year    int    // 0: it was never published on its own
	Text    string // in the notation of the stack text
	Params  string // published learnable parameters, exact; "" if none are
	MACs    string // multiply-accumulates of one sample, exact; "" if none are published
	GMACs   string // the same in units of 10⁹ where only a rounded figure is published
	Torch   string // torchvision's name, by which its truth is found; "" if it is not of torchvision
	Keras   string // Keras Applications' name; Params then are Keras' total, batch norm's statistics included
	Task    Task
	Source  string      // where the numbers are published, as papers cite it
	Remark  catalog.Key // a sentence instead, where there is nothing to cite
	Why     catalog.Key // why the number is what it is; "" if nothing is to be explained
	Weights bool        // Params leaves biases out
}

// A Task is what a network is for.
type Task uint8

// The tasks.
const (
	Classification Task = iota
	Segmentation
	Video
	Generation
	Language
	Tasks // how many there are
)

// Label returns the key of the task's name.
func (t Task) Label() catalog.Key { return catalog.TaskName(int(t)) }

// families make the networks that are no presets, one function a file. They are
// functions so that the page, which knows only the presets, is not burdened with
// them: the gallery's file is written when the site is built.
var families = []func() []Net{
	resNetFamily,
	resNeXtFamily, vggFamily, denseNetFamily, squeezeNetFamily, mnasNetFamily, regNetFamily, inceptionFamily, shuffleNetFamily,
	videoFamily, mobileNetFamily, efficientNetFamily, convNeXtFamily, segmentationFamily, kerasFamily,
	leNets, classics, googLeNetFamily, swinFamily, maxVitFamily,
	vitFamily, mvitFamily, transformers, cifarResNets, uNetFamily, gans,
}

// All returns every network, presets first.
func All() []Net {
	all := slices.Clone(Presets)
	for _, family := range families {
		all = append(all, family()...)
	}
	return all
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
	resNet18,
	resNet50,
	resNet152,
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
