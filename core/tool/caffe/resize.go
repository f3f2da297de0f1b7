package caffe

import (
	"slices"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Layers of forks that change the size of a map, and follow it where it is open.

// readUpsample stretches: by the nearest values, and with a second input, SegNet's
// mask of the places that a pool took, by putting each value back in its place
// (upsample_layer.cpp). The shape is the same: the input's channels at scale times
// its size, or at a size that is stated.
func readUpsample(c *call) error {
	var o upsampleOptions
	c.options("upsample_param", &o)
	sized := graph.KnownSizes(o.size[:]...)
	if o.scales[0] < 1 || o.scales[1] < 1 {
		o.scales = [2]int64{o.scale, o.scale}
	}
	resize := func(v *layer.Upsample) {
		if sized {
			v.Size = layer.ExtentsOf(o.size[:]...)
		} else {
			v.Ratio = layer.RealsOf(float64(o.scales[0]), float64(o.scales[1]))
		}
	}
	if len(c.in) > 1 {
		c.NoteAbout(catalog.ImportShownAs, c.name)
	}
	if sized || o.cut == [2]bool{} {
		return emit(c, layer.UpsampleKind, c.in[:1], resize)
	}
	whole, err := emitBefore(c, layer.UpsampleKind, c.in[:1], resize)
	if err != nil {
		return err
	}
	return emit(c, layer.CropKind, []string{whole}, func(v *layer.Crop) {
		var sides [2][2]int64
		for i := range sides {
			if o.cut[i] {
				sides[i][1] = 1
			}
		}
		v.Sides = layer.SidesOf(sides[:]...)
	})
}

// mostTiles is how many copies of a value are written as so many paths.
const mostTiles = 32

// readTile lays copies of a value side by side along an axis (tile_layer.cpp).
func readTile(c *call) error {
	var o tileOptions
	c.options("tile_param", &o)
	axis := c.axis(o.axis)
	switch {
	case axis == 0 || o.tiles == 1: // more samples
		return readSplit(c)
	case o.tiles > 1 && o.tiles <= mostTiles:
		return emit(c, layer.ConcatKind, slices.Repeat(c.in[:1], int(o.tiles)), func(v *layer.Concat) { v.Dim.N = axis })
	}
	out := slices.Clone(c.x())
	at := axis - 1
	if at < 0 || at >= int64(len(out)) {
		return c.shapeless()
	}
	n, fits := num.Of(max(out[at].N, 0)).Times(max(o.tiles, 0)).Int64()
	if out[at] = (tensor.Dim{N: tensor.Unknown}); fits && graph.KnownSizes(n) {
		out[at].N = n
	}
	return c.addOpaque(c.in[:1], c.weightless(out))
}

// readReorg moves blocks of a map into channels, or back.
func readReorg(c *call) error {
	var o reorgOptions
	c.options("reorg_param", &o)
	kind := layer.PixelUnshuffleKind
	if o.reverse {
		kind = layer.PixelShuffleKind
	}
	return emit(c, kind, c.in[:1], func(v *layer.PixelShuffle) { v.R.N = o.stride })
}
