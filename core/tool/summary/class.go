package summary

import (
	"regexp"
	"strings"
	"sync"

	"paramstack/core/layer"
	"paramstack/core/tool/vocab"
)

// A meaning is the kind of layer of a class in a table; the zero meaning is
// unknown.
type meaning struct {
	kind *layer.Kind
	form form
}

// A form is how a class departs from its kind.
type form uint8

const (
	whole     form = iota
	oneStep        // it takes one step
	twoWay         // Keras' Bidirectional, around a recurrent layer that the table does not name
	dataset        // Keras' Normalization: mean, variance and count, none of them trained
	eachFrame      // Keras' TimeDistributed, around a layer that the table does not name
)

// learns reports whether layers of the class may have parameters.
func (m meaning) learns() bool { return m.kind == nil || m.kind.Learns }

// is reports whether the class is one of some kinds.
func (m meaning) is(kinds ...*layer.Kind) bool {
	for _, k := range kinds {
		if m.kind == k {
			return k != nil
		}
	}
	return false
}

// meanings are the classes that are looked for, PyTorch's and Keras', in lower case
// and without 1d, 2d, 3d.
var meanings = sync.OnceValue(func() map[string]meaning {
	m := map[string]meaning{
		// Layers around or inside another one, and what becomes of weights that no
		// kind has.
		"timedistributed": {form: eachFrame}, "bidirectional": {form: twoWay}, "normalization": {form: dataset},
		"lstmcell": {layer.LSTMKind.Kind(), oneStep}, "grucell": {layer.GRUKind.Kind(), oneStep},
		"rnncell": {layer.RNNKind.Kind(), oneStep}, "simplernncell": {layer.RNNKind.Kind(), oneStep},
		"spatialdropout": {kind: layer.DropoutKind.Kind()}, // the same where sizes and counts are all there is
	}
	for _, table := range []*vocab.Table{vocab.Torch(), vocab.Keras()} {
		for _, row := range table.Rows {
			if row.Preset != nil || !searchable(row.Kind) {
				continue // more than the kind, or not enough in a table
			}
			for _, class := range row.Classes {
				name := plainName(strings.Replace(class, "#", "2", 1))
				if _, there := m[name]; !there {
					m[name] = meaning{kind: row.Kind}
				}
			}
		}
	}
	return m
})

// searchable reports whether a table states enough to find a layer of a kind.
func searchable(k *layer.Kind) bool {
	switch k {
	case layer.InputKind.Kind(), layer.ConvKind.Kind(), layer.ConvTransposeKind.Kind(), layer.DepthwiseKind.Kind(),
		layer.SeparableKind.Kind(),
		layer.MaxPoolKind.Kind(), layer.AvgPoolKind.Kind(), layer.AdaptiveAvgPoolKind.Kind(), layer.AdaptiveMaxPoolKind.Kind(),
		layer.GlobalAvgPoolKind.Kind(), layer.GlobalMaxPoolKind.Kind(),
		layer.LinearKind.Kind(), layer.EmbeddingKind.Kind(), layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind(),
		layer.ConvLSTMKind.Kind(), layer.AttentionKind.Kind(),
		layer.BatchNormKind.Kind(), layer.LayerNormKind.Kind(), layer.PReLUKind.Kind(),
		layer.FlattenKind.Kind(), layer.ReshapeKind.Kind(), layer.PadKind.Kind(), layer.UpsampleKind.Kind(),
		layer.AddKind.Kind(), layer.SubKind.Kind(), layer.MulKind.Kind(), layer.MaximumKind.Kind(),
		layer.AverageKind.Kind(), layer.ConcatKind.Kind(),
		layer.DropoutKind.Kind(), layer.AlphaDropoutKind.Kind(), layer.GaussianNoiseKind.Kind(), layer.StochasticDepthKind.Kind():
		return true
	}
	return k.Group == layer.GroupActivation && !k.Learns
}

var (
	dimensional = regexp.MustCompile(`[123]d`)
	numbered    = regexp.MustCompile(`_\d+$`)
)

// meaning returns the kind of a row's class, as PyTorch and Keras both mean it: a
// convolution for Conv2d and Conv2D. A name that a narrow column has cut off is
// completed by what Keras calls the layer, batch_normalization_3, or where only one
// can be meant. torchstat states no class, but shapes and counts.
func (r *row) meaning() meaning {
	if r.class == "" && r.name != "" {
		switch {
		case r.params.IsZero() || r.in == nil:
			return meaning{}
		case len(r.in) == 1:
			return meaning{kind: layer.LinearKind.Kind()}
		default:
			return meaning{kind: layer.ConvKind.Kind()}
		}
	}
	class := strings.TrimRight(r.class, "….")
	name := plainName(class[strings.LastIndexAny(class, ">.")+1:]) // Custom>Conv2D, module.Conv2D
	if m, ok := meanings()[name]; ok {
		return m
	}
	own := strings.ReplaceAll(plainName(numbered.ReplaceAllString(r.name, "")), "_", "")
	if m, ok := meanings()[own]; ok && strings.HasPrefix(own, name) {
		return m
	}
	var found meaning
	for full, m := range meanings() {
		if len(name) >= 6 && strings.HasPrefix(full, strings.TrimRight(name, "123")) {
			if found != (meaning{}) && m != found {
				return meaning{}
			}
			found = m
		}
	}
	return found
}

// plainName writes a class in lower case and without its dimensions.
func plainName(class string) string {
	return dimensional.ReplaceAllString(strings.ToLower(class), "")
}
