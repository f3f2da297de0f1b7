package summary

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// of looks for the layer of a family.
func (s *seeker) of(family string) *found {
	out := s.b.ours(s.r.out, s.first)
	switch family {
	case "conv", "convtranspose", "depthwise", "separable":
		return s.convolution(family)
	case "linear":
		for _, bias := range []string{"on", "off"} {
			if f := s.try(false, "linear", "features", strconv.FormatInt(s.width(true), 10), "bias", bias); f != nil {
				return f
			}
		}
	case "bn":
		for _, p := range [][]string{nil, {"scale", "off"}, {"bias", "off"}, {"affine", "off"}} {
			if f := s.try(false, "bn", p...); f != nil {
				return f
			}
		}
	case "layernorm", "prelu":
		if family == "prelu" {
			if f := s.try(false, "prelu", "slopes", strconv.FormatInt(s.count(), 10)); f != nil {
				return f
			}
			return s.try(false, "prelu", "each", "on")
		}
		return s.try(false, "layernorm")
	case "embedding":
		if len(s.in) == 1 && len(s.in[0]) == 1 {
			return s.embedding()
		}
	case "maxpool", "avgpool":
		return s.pool(family)
	case "adaptiveavgpool", "adaptivemaxpool":
		if len(out) > 1 {
			return s.try(false, family, "size", graph.Extents(out[1:]))
		}
	case "globalavgpool", "globalmaxpool":
		s.first = false
		for _, flat := range []string{"on", "off"} {
			if f := s.try(false, family, "flat", flat); f != nil {
				return f
			}
		}
	case "reshape":
		s.first = true
		if x := s.b.ours(s.r.out, true); x != nil {
			if f := s.try(true, "reshape", "sizes", graph.Extents(x)); f != nil {
				return f
			}
		}
	case "lstm", "gru", "rnn", "bidirectional", "lstmcell", "grucell", "rnncell":
		return s.recurrent(family)
	case "concat":
		for dim := len(out); dim >= 1; dim-- {
			if f := s.try(false, "concat", "dim", strconv.Itoa(dim)); f != nil && len(s.in) > 1 {
				return f
			}
		}
	case "add", "mul", "average", "sub", "max":
		if len(s.in) > 1 {
			return s.try(false, family)
		}
	case "pad":
		return s.padded()
	case "upsample":
		for _, by := range []string{"2", "4", "3", "8"} {
			if f := s.try(false, "upsample", "scale_factor", by); f != nil {
				return f
			}
		}
	case "normalization":
	default:
		return s.try(false, family)
	}
	return nil
}

// convolution looks for the kernel that gives the row's parameters, then for a
// stride and a padding that give its output.
func (s *seeker) convolution(kind string) *found {
	out := s.b.ours(s.r.out, s.first)
	if len(s.in) != 1 || len(s.in[0]) < 2 || len(out) != len(s.in[0]) {
		return nil
	}
	in := s.in[0]
	for _, bias := range []string{"on", "off"} {
		for _, groups := range s.groups(in[0].N, out[0].N) {
			for _, k := range s.kernels(len(in) - 1) {
				pairs := []string{"filters", strconv.FormatInt(out[0].N, 10), "kernel", k, "bias", bias}
				switch kind {
				case "depthwise":
					pairs = pairs[2:]
				case "conv", "convtranspose":
					pairs = append(pairs, "groups", groups)
				}
				if f := s.moves(kind, k, pairs); f != nil {
					return f
				}
			}
		}
	}
	return nil
}

// groups are those to be tried: the told ones, else one, else one a channel.
func (s *seeker) groups(in, out int64) []string {
	switch {
	case s.r.groups != "":
		return []string{s.r.groups}
	case in > 1 && out%in == 0:
		return []string{"1", strconv.FormatInt(in, 10)}
	}
	return []string{"1"}
}

// kernels are the sides to be tried: the told ones, else square ones, the usual
// first.
func (s *seeker) kernels(int) []string {
	if s.r.kernel != "" {
		return []string{s.r.kernel}
	}
	return []string{"3", "1", "5", "7", "2", "4", "11", "9", "6", "8", "10", "12", "16", "14", "32"}
}

// moves tries strides and paddings.
func (s *seeker) moves(kind, kernel string, pairs []string) *found {
	if !s.counts(kind, pairs) {
		return nil
	}
	with := func(more ...string) *found {
		return s.try(true, kind, append(append([]string{}, pairs...), more...)...)
	}
	for _, stride := range []string{"1", "2", "3", "4", "5", "8", "16"} {
		if s.b.t.keras() {
			rule := "keras-same"
			if kind == "convtranspose" || kind == "depthwise" || kind == "separable" {
				rule = "same"
			}
			for _, padding := range []string{"valid", rule} {
				if f := with("stride", stride, "padding", padding); f != nil {
					return f
				}
			}
			continue
		}
		half := halves(kernel)
		for _, padding := range []string{half, "0", "1", "2", "3", "4", "5"} {
			if f := with("stride", stride, "padding", padding); f != nil {
				return f
			}
			if kind == "convtranspose" {
				if f := with("stride", stride, "padding", padding, "output_padding", "1"); f != nil {
					return f
				}
			}
		}
	}
	for _, d := range []string{"2", "4", "6", "12", "18", "24", "36"} {
		if f := with("padding", d, "dilation", d); f != nil {
			return f
		}
	}
	return nil
}

// counts reports whether a convolution has the row's parameters, wherever it
// moves to.
func (s *seeker) counts(kind string, pairs []string) bool {
	row := *s.r
	row.out = nil
	only := *s
	only.r = &row
	x := append(tensor.Shape{}, s.in[0]...)
	for i := range x[1:] {
		x[i+1].N = tensor.Unknown
	}
	only.in = []tensor.Shape{x}
	return only.try(false, kind, pairs...) != nil
}

// halves returns half of a kernel, rounded down, for each side.
func halves(kernel string) string {
	parts := strings.Split(kernel, "x")
	for i, p := range parts {
		n, _ := strconv.ParseInt(p, 10, 64)
		parts[i] = strconv.FormatInt(n/2, 10)
	}
	return strings.Join(parts, "x")
}

// picture looks for a first convolution that sees a picture of a usual size, with
// three channels or one.
func (s *seeker) picture() *found {
	out := s.b.ours(s.r.out, true)
	if len(out) != 3 || !out.Known() {
		return nil
	}
	for _, channels := range []int64{3, 1} {
		for _, side := range []int64{224, 32, 28, 299, 227, 256, 64, 96, 128, 150, 160, 192, 300, 320, 331, 384, 480, 512, 520, 600} {
			if side < out[1].N {
				continue
			}
			s.enter = tensor.Of(channels, side, side)
			s.in = []tensor.Shape{s.enter}
			if f := s.convolution("conv"); f != nil && side <= 8*out[1].N {
				return f
			}
		}
	}
	return nil
}

func (s *seeker) embedding() *found {
	d, n := s.width(true), s.count()
	if d < 1 || n < d || n%d != 0 {
		return nil
	}
	return s.try(false, "embedding", "table", fmt.Sprintf("%dx%d", n/d, d))
}

func (s *seeker) pool(kind string) *found {
	kernels := []string{"2", "3", "5", "7", "4", "8", "6"}
	if s.r.kernel != "" {
		kernels = []string{s.r.kernel}
	}
	for _, k := range kernels {
		for _, stride := range []string{k, "2", "1", "3", "4"} {
			paddings := []string{"0", "1", "2", "3"}
			if s.b.t.keras() {
				paddings = []string{"valid", "same"}
			}
			for _, p := range paddings {
				if f := s.try(true, kind, "kernel", k, "stride", stride, "padding", p); f != nil {
					return f
				}
				if !s.b.t.keras() {
					if f := s.try(true, kind, "kernel", k, "stride", stride, "padding", p, "ceil", "on"); f != nil {
						return f
					}
				}
			}
		}
	}
	return nil
}

// recurrent tries as many layers and directions as are usual.
func (s *seeker) recurrent(family string) *found {
	width := s.width(true)
	if width < 1 {
		return nil
	}
	kinds := []string{strings.TrimSuffix(family, "cell")}
	cell := graph.OnOff(strings.HasSuffix(family, "cell"))
	if family == "bidirectional" {
		kinds = []string{"lstm", "gru", "rnn"}
	}
	last := graph.OnOff(s.b.t.keras() && len(s.r.out) == 1)
	for _, kind := range kinds {
		for _, both := range []string{"off", "on"} {
			hidden := width
			if both == "on" {
				if hidden = width / 2; width%2 != 0 {
					continue
				}
			} else if family == "bidirectional" {
				continue
			}
			for layers := 1; layers <= 6; layers++ {
				pairs := []string{"hidden", strconv.FormatInt(hidden, 10), "layers", strconv.Itoa(layers), "bidirectional", both, "last", last, "cell", cell}
				for _, more := range [][]string{nil, {"bias", "off"}, {"reset_after", "off"}} {
					if more != nil && more[0] == "reset_after" && kind != "gru" {
						continue
					}
					if f := s.try(false, kind, append(append([]string{}, pairs...), more...)...); f != nil {
						return f
					}
				}
			}
		}
	}
	return nil
}

// padded looks for as many cells on both sides, or one more behind.
func (s *seeker) padded() *found {
	out := s.b.ours(s.r.out, s.first)
	if len(s.in) != 1 || len(out) != len(s.in[0]) || len(out) < 2 || len(out) > 4 {
		return nil
	}
	var sides []string
	for i := range out[1:] {
		add := out[i+1].N - s.in[0][i+1].N
		if !out[i+1].Known() || !s.in[0][i+1].Known() || add < 0 {
			return nil
		}
		sides = append(sides, fmt.Sprintf("%d+%d", add/2, add-add/2))
	}
	return s.try(true, "pad", "sides", strings.Join(sides, "x"))
}
