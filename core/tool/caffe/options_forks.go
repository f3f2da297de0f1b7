package caffe

import "paramstack/core/tensor"

// The messages of forks.

type shuffleOptions struct{ groups int64 }

func (o *shuffleOptions) fields(f *fields) { f.whole("group", &o.groups, absent) }

// interpOptions are DeepLab's and PSPNet's; 0: not given.
type interpOptions struct{ height, width, zoom, shrink, before, after int64 }

func (o *interpOptions) fields(f *fields) {
	f.whole("height", &o.height, 0)
	f.whole("width", &o.width, 0)
	f.whole("zoom_factor", &o.zoom, 1)
	f.whole("shrink_factor", &o.shrink, 1)
	f.whole("pad_beg", &o.before, 0)
	f.whole("pad_end", &o.after, 0)
}

type priorBoxOptions struct {
	least, most, ratios []float64
	flip                bool
}

func (o *priorBoxOptions) fields(f *fields) {
	f.reals("min_size", &o.least)
	f.reals("max_size", &o.most)
	f.reals("aspect_ratio", &o.ratios)
	f.flag("flip", &o.flip, true)
}

// regionOptions are those of ROI pooling and its kin.
type regionOptions struct{ height, width, group, outputs int64 }

func (o *regionOptions) fields(f *fields) {
	f.whole("group_size", &o.group, tensor.Unknown)
	f.whole("pooled_h", &o.height, o.group)
	f.whole("pooled_w", &o.width, o.group)
	f.whole("output_dim", &o.outputs, absent)
}

type pyramidOptions struct{ height int64 }

func (o *pyramidOptions) fields(f *fields) { f.whole("pyramid_height", &o.height, 0) }

// normalizeOptions are SSD's.
type normalizeOptions struct{ shared bool }

func (o *normalizeOptions) fields(f *fields) { f.flag("channel_shared", &o.shared, true) }

// bnOptions are those of PSPNet's BN, which has slope_filler and bias_filler, and of
// SegNet's and ENet's, which has scale_filler and shift_filler.
type bnOptions struct {
	mode   int
	segnet bool
}

func (o *bnOptions) fields(f *fields) {
	f.word("bn_mode", &o.mode, 0, "LEARN", "INFERENCE")
	o.segnet = f.from.Sub("scale_filler") != nil || f.from.Sub("shift_filler") != nil
}

// upsampleOptions are SegNet's and those of Darknet's converters; 0: not given.
type upsampleOptions struct {
	scale        int64
	scales, size [2]int64
	cut          [2]bool // the last row or column is left out
}

func (o *upsampleOptions) fields(f *fields) {
	f.whole("scale", &o.scale, 2, "stride")
	for i, side := range [2]string{"h", "w"} {
		f.whole("scale_"+side, &o.scales[i], 0)
		f.whole("upsample_"+side, &o.size[i], 0)
		f.flag("pad_out_"+side, &o.cut[i], false)
	}
}

type tileOptions struct{ axis, tiles int64 }

func (o *tileOptions) fields(f *fields) {
	f.whole("axis", &o.axis, 1)
	f.whole("tiles", &o.tiles, absent)
}

// reorgOptions are those of YOLOv2's converters.
type reorgOptions struct {
	stride  int64
	reverse bool
}

func (o *reorgOptions) fields(f *fields) {
	f.whole("stride", &o.stride, 2)
	f.flag("reverse", &o.reverse, false)
}
