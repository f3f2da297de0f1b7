package darknet

import (
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// layer adds what a section stands for behind the current value.
func (d *darknetNet) layer(s *darknetSection) error {
	switch s.typ {
	case "conv", "convolutional":
		return d.conv(s)
	case "deconv", "deconvolutional":
		pad := s.whole("padding", 0)
		if s.whole("pad", 0) != 0 {
			pad = s.whole("size", 1) / 2
		}
		if err := d.normed(s, "convtranspose", nil, "filters", graph.Crossed(s.whole("filters", 1)), "kernel", graph.Crossed(s.whole("size", 1)),
			"stride", graph.Crossed(s.whole("stride", 1)), "padding", graph.Crossed(pad)); err != nil {
			return err
		}
		return d.activate(s, "logistic")
	case "conn", "connected":
		if len(d.Shapes[d.now]) != 1 {
			if err := d.put("flatten"); err != nil {
				return err
			}
		}
		if err := d.normed(s, "linear", nil, "features", graph.Crossed(s.whole("output", 1))); err != nil {
			return err
		}
		return d.activate(s, "logistic")
	case "local":
		if err := d.local(s); err != nil {
			return err
		}
		return d.activate(s, "logistic")
	case "max", "maxpool":
		return d.pool(s, "maxpool")
	case "local_avg", "local_avgpool":
		return d.pool(s, "avgpool", "count_include_pad", "off")
	case "avg", "avgpool":
		return d.put("globalavgpool")
	case "batchnorm":
		return d.put("bn")
	case "dropout":
		return d.put("dropout", "p", s.str("probability", ""))
	case "lrn", "normalization":
		return d.put("lrn", "size", s.str("size", ""), "alpha", s.str("alpha", ""), "beta", s.str("beta", ""), "bias_k", s.str("kappa", ""))
	case "activation":
		return d.activate(s, "linear")
	case "logistic":
		return d.put("sigmoid")
	case "soft", "softmax":
		return d.softmax(s)
	case "route":
		return d.route(s)
	case "shortcut":
		return d.shortcut(s)
	case "scale_channels", "sam": // the other layer's value is scaled by the current one
		in, err := d.places(s.str("from", ""))
		if err != nil {
			return err
		}
		if err := d.join([]string{in[0], d.now}, "mul"); err != nil {
			return err
		}
		return d.activate(s, "linear")
	case "upsample":
		return d.put("upsample", "scale_factor", graph.Crossed(s.whole("stride", 2)))
	case "reorg", "reorg3d", "reorg_old":
		d.Result.AddNote(false, catalog.ImportReorgOrder)
		if s.whole("reverse", 0) != 0 {
			return d.put("pixelshuffle", "upscale_factor", graph.Crossed(s.whole("stride", 1)))
		}
		return d.put("pixelunshuffle", "downscale_factor", graph.Crossed(s.whole("stride", 1)))
	case "crop":
		return d.crop(s)
	case "cost":
		d.NoteAbout(catalog.ImportLeftOut, "["+s.typ+"] "+strconv.Itoa(len(d.values)))
		return nil
	case "empty":
		return nil
	case "yolo", "Gaussian_yolo", "region", "detection", "iseg", "l2norm":
		return d.same(s.typ) // they read boxes out of the map
	case "rnn", "gru", "lstm":
		return d.recurrent(s)
	case "crnn", "conv_lstm":
		return d.convRecurrent(s)
	}
	return d.keep([]string{d.now}, graph.Unknown{Type: s.typ})
}

// conv is a convolution, batch norm and activation (parse_convolutional). Its
// padding grows with the dilation (im2col_cpu_ext). With antialiasing the stride is
// that of a blur behind it, whose numbers are fixed.
func (d *darknetNet) conv(s *darknetSection) error {
	size, dilation := s.whole("size", 1), s.whole("dilation", 1)
	if size == 1 {
		dilation = 1
	}
	pad := s.whole("padding", 0)
	if s.whole("pad", 0) != 0 {
		pad = size / 2
	}
	if pad >= 0 && pad < 1<<31 && dilation > 0 && dilation < 1<<31 {
		pad *= dilation
	}
	stride := s.whole("stride", 1)
	strides := graph.Crossed(s.whole("stride_y", stride), s.whole("stride_x", stride))
	blur := s.whole("antialiasing", 0) != 0
	over := strides
	if blur {
		strides = "1"
	}
	var shares []string
	if i, ok := s.options["share_index"]; ok {
		at := darknetWhole(i)
		if at < 0 {
			at += int64(len(d.values))
		}
		if at < 0 || at >= int64(len(d.values)) {
			return diag.New(catalog.ImportBadPlace, layer.Quote(i), len(d.values))
		}
		shares = d.own[at]
	}
	if err := d.normed(s, "conv", shares, "filters", graph.Crossed(s.whole("filters", 1)), "kernel", graph.Crossed(size), "stride", strides,
		"padding", graph.Crossed(pad), "dilation", graph.Crossed(dilation), "groups", graph.Crossed(s.whole("groups", 1))); err != nil {
		return err
	}
	if err := d.activate(s, "logistic"); err != nil || !blur {
		return err
	}
	made, err := graph.Build("maxpool", "kernel", "3", "stride", over, "padding", "1") // goes where a blur goes
	if err != nil {
		return err
	}
	return d.keep([]string{d.now}, graph.Unknown{Type: "antialiasing", Complete: true, Out: d.Apply(made, []string{d.now})})
}

// pool is a pool whose padding is what both sides have together: as much as the
// kernel but one, unless told, half of it before, rounded down. The map comes out
// as (in + padding − size)/stride + 1 (make_maxpool_layer).
func (d *darknetNet) pool(s *darknetSection, kind string, more ...string) error {
	if s.whole("maxpool_depth", 0) != 0 {
		u := graph.Unknown{Type: "maxpool_depth", Complete: true}
		if x := d.Shapes[d.now]; len(x) == 3 {
			u.Out = tensor.Shape{{N: s.whole("out_channels", 1)}, x[1], x[2]}
		}
		return d.keep([]string{d.now}, u)
	}
	stride := s.whole("stride", 1)
	sy, sx, size := s.whole("stride_y", stride), s.whole("stride_x", stride), s.whole("size", stride)
	pad := s.whole("padding", size-1)
	pairs := append([]string{"kernel", graph.Crossed(size), "stride", graph.Crossed(sy, sx)}, more...)
	if !graph.KnownSizes(size, sy, sx) || pad < 0 || pad%2 == 0 {
		return d.put(kind, append(pairs, "padding", graph.Crossed(pad/2))...)
	}
	whole, exact := true, true
	for i, step := range [2]int64{sy, sx} {
		in := d.extent(i + 1)
		if !graph.KnownSizes(in) || pad > in {
			whole = false
			continue
		}
		out := (in+pad-size)/step + 1
		whole = whole && pad/2 == 0 && in >= size && out == (in-size)/step+1
		exact = exact && max((out-1)*step+size-in, 0)/2 == pad/2
	}
	switch {
	case whole: // no window reaches the padding
		return d.put(kind, pairs...)
	case pad == size-1:
		if !exact {
			d.NoteAbout(catalog.ImportOtherFunction, d.at)
		}
		return d.put(kind, append(pairs, "padding", "same")...)
	}
	u := graph.Unknown{Type: kind, Complete: true}
	if x := d.Shapes[d.now]; len(x) == 3 {
		u.Out = tensor.Shape{x[0], {N: tensor.Unknown}, {N: tensor.Unknown}}
		for i, step := range [2]int64{sy, sx} {
			if in := x[i+1].N; graph.KnownSizes(in) && in+pad >= size {
				u.Out[i+1].N = (in+pad-size)/step + 1
			}
		}
	}
	return d.keep([]string{d.now}, u)
}

// softmax runs over all numbers, unless it is spatial.
func (d *darknetNet) softmax(s *darknetSection) error {
	if s.whole("groups", 1) > 1 || s.str("tree", "") != "" {
		return d.same("softmax.groups")
	}
	if x := d.Shapes[d.now]; len(x) == 3 && s.whole("spatial", 0) == 0 && (x[1].N != 1 || x[2].N != 1) {
		if err := d.put("flatten"); err != nil {
			return err
		}
	}
	return d.put("softmax")
}

// route lays the values of other layers side by side, of each only one of groups
// (parse_route).
func (d *darknetNet) route(s *darknetSection) error {
	in, err := d.places(s.str("layers", ""))
	if err != nil {
		return err
	}
	if groups := s.whole("groups", 1); groups > 1 {
		for i := range in {
			d.now = in[i]
			if err := d.put("chunk", "chunks", graph.Crossed(groups), "part", graph.Crossed(s.whole("group_id", 0))); err != nil {
				return err
			}
			in[i] = d.now
		}
	}
	return d.join(in, "concat")
}

// shortcut adds the values of other layers to the current one. Where their
// channels differ those that both have are added. It may have a learned number for
// each value, or for each of its channels (make_shortcut_layer).
func (d *darknetNet) shortcut(s *darknetSection) error {
	in, err := d.places(s.str("from", ""))
	if err != nil {
		return err
	}
	in = append([]string{d.now}, in...)
	x := d.Shapes[d.now]
	u := graph.Unknown{Type: "shortcut", Complete: true, Out: x}
	odd := false
	switch s.str("weights_type", "none") {
	case "per_feature", "per_layer":
		u.Weights = append(u.Weights, graph.Sized(int64(len(in))))
	case "per_channel":
		u.Weights = append(u.Weights, graph.Sized(int64(len(in)), d.extent(0)))
	}
	for _, n := range in[1:] {
		y := d.Shapes[n]
		odd = odd || x.Known() && y.Known() && !x.Equal(y)
	}
	if odd || len(u.Weights) > 0 {
		err = d.keep(in, u)
	} else {
		err = d.join(in, "add")
	}
	if err != nil {
		return err
	}
	return d.activate(s, "linear")
}

// crop cuts the middle out, as when it does not train (forward_crop_layer).
func (d *darknetNet) crop(s *darknetSection) error {
	h, w := s.whole("crop_height", 1), s.whole("crop_width", 1)
	x := d.Shapes[d.now]
	if len(x) != 3 || !graph.KnownSizes(x[1].N, x[2].N, h, w) || h > x[1].N || w > x[2].N {
		u := graph.Unknown{Type: s.typ, Complete: true}
		if len(x) == 3 {
			u.Out = tensor.Shape{x[0], {N: h}, {N: w}}
		}
		return d.keep([]string{d.now}, u)
	}
	sides := make([]string, 2)
	for i, n := range [2]int64{x[1].N - h, x[2].N - w} {
		sides[i] = strconv.FormatInt(n/2, 10) + "+" + strconv.FormatInt(n-n/2, 10)
	}
	return d.put("crop", "sides", strings.Join(sides, "x"))
}

// local is a convolution with kernels of its own at each place (make_local_layer).
func (d *darknetNet) local(s *darknetSection) error {
	n, size, stride := s.whole("filters", 1), s.whole("size", 1), s.whole("stride", 1)
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: -1}
	to := [2]int64{tensor.Unknown, tensor.Unknown}
	for i := range to {
		in := d.extent(i + 1)
		if s.whole("pad", 0) == 0 {
			in -= size
		} else {
			in--
		}
		if d.extent(i+1) > 0 && in >= 0 && stride > 0 {
			to[i] = in/stride + 1
		}
	}
	u.Out = tensor.Of(n, to[0], to[1])
	u.Weights = []tensor.Shape{graph.Sized(to[0], to[1], n, d.extent(0), size, size), graph.Sized(n, to[0], to[1])}
	if c, ok := u.Weights[0].Elements(); ok {
		if v, fits := c.Int64(); fits && graph.KnownSizes(v) {
			u.MACs = v // each weight is used once
		}
	}
	return d.keep([]string{d.now}, u)
}

// gate adds a dense or convolutional part of a recurrent layer: a matrix and
// biases, with batch_normalize scales and two statistics.
func gate(u *graph.Unknown, s *darknetSection, out int64, sides ...int64) {
	c := graph.Sized(out)
	u.Weights = append(u.Weights, graph.Sized(append([]int64{out}, sides...)...), c)
	if s.whole("batch_normalize", 0) != 0 {
		u.Weights = append(u.Weights, c)
		u.Buffers = append(u.Buffers, c, c)
	}
}

// recurrent is rnn, gru or lstm: dense layers for each gate, from the input and
// from the state, each with biases (make_rnn_layer, make_gru_layer, make_lstm_layer).
func (d *darknetNet) recurrent(s *darknetSection) error {
	in, out := d.elements(), s.whole("output", 1)
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: -1, Out: tensor.Of(out)}
	if s.typ == "rnn" {
		hidden := s.whole("hidden", out)
		gate(&u, s, hidden, in)
		gate(&u, s, hidden, hidden)
		gate(&u, s, out, hidden)
		return d.keep([]string{d.now}, u)
	}
	for range map[string]int{"gru": 3, "lstm": 4}[s.typ] {
		gate(&u, s, out, in)
		gate(&u, s, out, out)
	}
	return d.keep([]string{d.now}, u)
}

// convRecurrent is crnn or conv_lstm: the same with convolutions
// (make_crnn_layer, make_conv_lstm_layer).
func (d *darknetNet) convRecurrent(s *darknetSection) error {
	size, groups := s.whole("size", 3), max(s.whole("groups", 1), 1)
	out := s.whole("output", s.whole("output_filters", 1))
	pad := s.whole("padding", 0)
	if s.whole("pad", 0) != 0 || s.typ == "crnn" && len(s.options["size"]) == 0 {
		pad = size / 2
	}
	lane := func(c int64) int64 {
		if c < 0 {
			return c
		}
		return c / groups
	}
	c := d.extent(0)
	u := graph.Unknown{Type: s.typ, Complete: true, MACs: -1}
	if s.typ == "crnn" {
		hidden := s.whole("hidden", s.whole("hidden_filters", 1))
		gate(&u, s, hidden, lane(c), size, size)
		gate(&u, s, hidden, lane(hidden), size, size)
		gate(&u, s, out, lane(hidden), size, size)
	} else {
		for range 4 {
			gate(&u, s, out, lane(c), size, size)
			gate(&u, s, out, lane(out), size, size)
		}
		if s.whole("peephole", 0) != 0 {
			for range 3 {
				gate(&u, s, out, lane(out), size, size)
			}
		}
	}
	if made, err := graph.Build("conv", "filters", graph.Crossed(out), "kernel", graph.Crossed(size), "padding", graph.Crossed(pad), "stride", graph.Crossed(s.whole("stride", 1))); err == nil {
		u.Out = d.Apply(made, []string{d.now})
	}
	return d.keep([]string{d.now}, u)
}
