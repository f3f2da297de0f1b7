package darknet

import (
	"strconv"
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/vocab"
)

// A reader adds the layers of a section on the current value.
type reader func(l *lowering, s *section) error

// layer adds the layers of a section on the current value.
func (l *lowering) layer(s *section) error {
	if m := kindMakers()[kindOf(s.typ)]; m != nil {
		return m(l, s)
	}
	switch s.typ {
	case "local":
		return readLocal(l, s)
	case "activation":
		return l.activate(s, "linear")
	case "cost":
		l.NoteAbout(catalog.ImportLeftOut, "["+s.typ+"] "+strconv.Itoa(len(l.values)))
		return nil
	case "empty", "silence":
		return nil
	case "yolo", "Gaussian_yolo", "region":
		// They read boxes out of the map.
		return l.addHere(graph.Unknown{Type: s.typ, Complete: true, Keeps: true, In: l.checkFilters(s)})
	case "detection", "iseg", "l2norm", "contrastive":
		return l.same(s.typ)
	case "shift_channels", "control_channels", "select_channels", "alternate_channels":
		return readChannels(l, s)
	case "rnn", "gru", "lstm":
		return readRecurrent(l, s)
	case "crnn", "conv_lstm":
		return readConvRecurrent(l, s)
	}
	return l.addHere(graph.Unknown{Type: s.typ})
}

// kindMakers are the sections that are a kind.
var kindMakers = sync.OnceValue(func() map[*layer.Kind]reader {
	return map[*layer.Kind]reader{
		layer.ConvKind.Kind():           readConv,
		layer.ConvTransposeKind.Kind():  readDeconv,
		layer.LinearKind.Kind():         readConnected,
		layer.MaxPoolKind.Kind():        readMaxPool,
		layer.AvgPoolKind.Kind():        readLocalAvgPool,
		layer.GlobalAvgPoolKind.Kind():  func(l *lowering, s *section) error { return emit(l, layer.GlobalAvgPoolKind, nil) },
		layer.BatchNormKind.Kind():      func(l *lowering, s *section) error { return emit(l, layer.BatchNormKind, nil) },
		layer.SigmoidKind.Kind():        func(l *lowering, s *section) error { return emit(l, layer.SigmoidKind, nil) },
		layer.DropoutKind.Kind():        readDropout,
		layer.LRNKind.Kind():            readLRN,
		layer.SoftmaxKind.Kind():        readSoftmax,
		layer.ConcatKind.Kind():         readRoute,
		layer.AddKind.Kind():            readShortcut,
		layer.MulKind.Kind():            readScaleChannels,
		layer.UpsampleKind.Kind():       readUpsample,
		layer.PixelUnshuffleKind.Kind(): readReorg,
		layer.CropKind.Kind():           readCrop,
		layer.ParamKind.Kind():          readImplicit,
	}
})

// activate adds the activation that closes a layer; missing is the default. Those
// without a kind have no weights and keep the shape too.
func (l *lowering) activate(s *section, missing string) error {
	name := s.word("activation", missing)
	row, _ := vocab.Darknet().Class(name)
	if row == nil {
		return l.same("activation." + name)
	}
	if _, function := row.Kind.Default().(*layer.Activation); !function { // a section's word
		return l.same("activation." + name)
	}
	if row.Kind == layer.IdentityKind.Kind() {
		return nil
	}
	made, err := vocab.Darknet().Make(row, nil)
	if err != nil {
		return err
	}
	return l.add([]string{l.now}, made.Layer, "")
}

func readDropout(l *lowering, s *section) error {
	return emit(l, layer.DropoutKind, func(v *layer.Dropout) { v.P.V = s.real("probability", v.P.V) })
}

func readLRN(l *lowering, s *section) error {
	return emit(l, layer.LRNKind, func(v *layer.LRN) {
		v.Size.N, v.Alpha.V = s.whole("size", v.Size.N), s.real("alpha", v.Alpha.V)
		v.Beta.V, v.K.V = s.real("beta", v.Beta.V), s.real("kappa", v.K.V)
	})
}

// readSoftmax runs over all numbers, unless it is spatial.
func readSoftmax(l *lowering, s *section) error {
	if s.whole("groups", 1) > 1 || s.word("tree", "") != "" {
		return l.same("softmax.groups")
	}
	if x := l.x(); len(x) == 3 && !s.flag("spatial") && (x[1].N != 1 || x[2].N != 1) {
		if err := emit(l, layer.FlattenKind, nil); err != nil {
			return err
		}
	}
	return emit(l, layer.SoftmaxKind, nil)
}

// readRoute lays the values of other layers side by side, of each only one of groups
// (parse_route).
func readRoute(l *lowering, s *section) error {
	in, err := l.places(s.word("layers", ""))
	if err != nil {
		return err
	}
	if groups := s.whole("groups", 1); groups > 1 {
		for i := range in {
			l.now = in[i]
			if err := emit(l, layer.ChunkKind,
				func(v *layer.Chunk) { v.Chunks.N, v.Part.N = groups, s.whole("group_id", 0) }); err != nil {
				return err
			}
			in[i] = l.now
		}
	}
	return emitJoin(l, layer.ConcatKind, in, nil)
}

// readShortcut adds the values of other layers to the current one. Where their
// channels differ those that both have are added. It may have a learned number for
// each value, or for each of its channels (make_shortcut_layer).
func readShortcut(l *lowering, s *section) error {
	in, err := l.places(s.word("from", ""))
	if err != nil {
		return err
	}
	in = append([]string{l.now}, in...)
	x := l.x()
	u := graph.Unknown{Type: "shortcut", Complete: true, Keeps: true}
	odd := false
	switch s.word("weights_type", "none") {
	case "per_feature", "per_layer":
		u.Weights = append(u.Weights, graph.Sized(int64(len(in))))
	case "per_channel":
		u.Weights = append(u.Weights, graph.Sized(int64(len(in)), l.extent(0)))
	}
	for _, n := range in[1:] {
		y := l.Shapes[n]
		odd = odd || x.Known() && y.Known() && !x.Equal(y)
	}
	if odd || len(u.Weights) > 0 {
		err = l.addOpaque(in, u)
	} else {
		err = emitJoin(l, layer.AddKind, in, nil)
	}
	if err != nil {
		return err
	}
	return l.activate(s, "linear")
}

// readScaleChannels scales the other layer's value by the current one.
func readScaleChannels(l *lowering, s *section) error {
	in, err := l.places(s.word("from", ""))
	if err != nil {
		return err
	}
	if err := emitJoin(l, layer.MulKind, []string{in[0], l.now}, nil); err != nil {
		return err
	}
	return l.activate(s, "linear")
}

func readUpsample(l *lowering, s *section) error {
	return emit(l, layer.UpsampleKind, func(v *layer.Upsample) { v.Ratio = layer.RealsOf(float64(s.whole("stride", 2))) })
}

// reorgStride is YOLOR's, whose [reorg] has no options; Darknet's own default of 1
// would do nothing.
const reorgStride = 2

func readReorg(l *lowering, s *section) error {
	l.Result.AddNote(false, catalog.ImportReorgOrder)
	kind := layer.PixelUnshuffleKind
	if s.flag("reverse") {
		kind = layer.PixelShuffleKind
	}
	return emit(l, kind, func(v *layer.PixelShuffle) { v.R.N = s.whole("stride", reorgStride) })
}

// readCrop cuts the middle out, as when it does not train (forward_crop_layer).
func readCrop(l *lowering, s *section) error {
	h, w := s.whole("crop_height", 1), s.whole("crop_width", 1)
	x := l.x()
	if len(x) != 3 || !graph.KnownSizes(x[1].N, x[2].N, h, w) || h > x[1].N || w > x[2].N {
		u := graph.Unknown{Type: s.typ, Complete: true}
		if len(x) == 3 {
			u.Out = tensor.Shape{x[0], {N: h}, {N: w}}
		}
		return l.addHere(u)
	}
	sides := make([][2]int64, 2)
	for i, n := range [2]int64{x[1].N - h, x[2].N - w} {
		sides[i] = [2]int64{n / 2, n - n/2}
	}
	return emit(l, layer.CropKind, func(v *layer.Crop) { v.Sides = layer.SidesOf(sides...) })
}
