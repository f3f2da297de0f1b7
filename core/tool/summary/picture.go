package summary

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A firstTry is how a table's first convolution may see its input, and how unusual
// that is.
type firstTry struct {
	f       filter
	w       slide
	input   tensor.Shape
	unusual float64
}

// picture infers the input of a first convolution, a picture or a sequence. Many kernels, strides, paddings
// and sizes give the same row; the plainest is taken: one group, a picture of one or
// three channels and of a usual size, stride 1, no padding or as much as the other
// convolutions of the table have.
func (s *opener) picture() *match {
	out := s.t.ours(s.r.out, first)
	if len(out) < 2 || len(out) > 3 || !out.Known() {
		return nil
	}
	all := []int64{3, 1}
	if len(out) == 2 {
		all = signals
		if s.t.keras() {
			s.as = first
		}
	}
	style := s.t.paddingStyle()
	var best *firstTry
	for _, channels := range all {
		for _, kernel := range s.kernels() {
			for _, bias := range []bool{true, false} {
				f := filter{channels: out[0].N, groups: 1, bias: bias}
				s.enter(open(channels, len(out)))
				if !s.counts(f, kernel) {
					continue
				}
				for _, try := range s.firstTries(f, kernel, channels, out) {
					try.unusual += unusualKernel(kernel)
					if style != 0 && kernel[0] > 1 && (try.w.padded() != (style > 0)) {
						try.unusual++
					}
					if best == nil || try.unusual < best.unusual {
						best = &try
					}
				}
			}
		}
	}
	if best == nil {
		return nil
	}
	s.enter(best.input)
	return s.likely(s.sliding(best.f, best.w))
}

// padded reports whether a slide keeps its input's size.
func (w *slide) padded() bool {
	return w.padding.Rule == layer.PadKeras || w.padding.Rule == "" && w.padding.At(0) > 0
}

func unusualKernel(kernel []int64) (cost float64) {
	switch k := kernel[0]; {
	case k == 1:
		return 2
	case k%2 == 0:
		return 1
	case k > 7:
		return 0.5
	}
	return 0
}

// firstTries lists the strides and paddings that make the row's output of a square or
// other input.
func (s *opener) firstTries(f filter, kernel []int64, channels int64, out tensor.Shape) (tries []firstTry) {
	for stride := int64(1); stride <= 4; stride++ {
		for i, padding := range s.paddings(kernel) {
			w := slide{kernel: kernel, stride: stride, padding: padding}
			plain := s.t.keras() || i < 2
			sizes := make([]int64, len(out)-1)
			var unusual float64
			for d := range sizes {
				k := kernel[min(d, len(kernel)-1)]
				from := (out[1+d].N-1)*stride + k - 2*padding.At(d)
				if padding.Rule == layer.PadKeras {
					from = (out[1+d].N-1)*stride + 1
				}
				sizes[d] = from
				cost := unusualSize(from, channels, len(sizes))
				for n := from + 1; n < from+stride; n++ {
					if c := unusualSize(n, channels, len(sizes)); c < cost {
						sizes[d], cost = n, c
					}
				}
				unusual = max(unusual, cost)
			}
			if slices.Min(sizes) < 1 {
				continue
			}
			if sizes[0] != sizes[len(sizes)-1] {
				unusual += 2
			}
			wide := len(sizes) > 1 && kernel[0] > 7 // AlexNet: a kernel of 11 in steps of 4, padded by 2
			if stride > 1 && !(wide && stride == 4) {
				unusual += 1 + float64(stride)/2
			}
			if stride == 3 {
				unusual++
			}
			switch {
			case wide && (stride == 4 || !plain):
				unusual++
			case !plain:
				unusual += 2
			}
			tries = append(tries, firstTry{f, w, tensor.Of(append([]int64{channels}, sizes...)...), unusual})
		}
	}
	return tries
}

// usualSizes are the sides of pictures that people use, and how unusual they are.
var usualSizes = map[int64]float64{
	28: 0, 32: 0, 224: 0, 64: 0.5, 299: 0.5, 227: 0.5, 128: 0.5, 256: 0.5, 96: 0.75,
	48: 1, 50: 1, 100: 1, 150: 1, 160: 1, 192: 1, 200: 1, 300: 1, 320: 1, 331: 1, 384: 1, 416: 1, 448: 1, 480: 1,
	512: 1, 600: 1, 608: 1, 640: 1,
	180: 1, 120: 1.5, 80: 1.5, 84: 1.5, 72: 1.5, 240: 1.5, 260: 1.5, 380: 1.5, 400: 1.5, 456: 1.5, 520: 1.5, 528: 1.5,
	1024: 1.5, 178: 1.5, 218: 1.5,
}

// usualLengths are those of sequences, and signals how many values a step of them has,
// the usual first.
var (
	usualLengths = map[int64]float64{100: 0, 128: 0, 1000: 0, 784: 0, 256: 0, 187: 0.5, 500: 0.5, 512: 0.5, 1024: 0.5,
		32: 0.5, 64: 0.5, 50: 0.5, 200: 0.5, 300: 0.5, 400: 1, 2000: 1, 2048: 0.5, 4096: 1, 5000: 1, 8000: 1, 16000: 0.5,
		10: 1, 20: 1, 24: 1, 28: 1, 30: 1, 48: 1, 60: 1, 80: 1, 90: 1, 96: 1, 120: 1, 140: 1, 150: 1, 180: 1, 250: 1}
	signals = []int64{1, 3, 2, 6, 9, 12, 4, 8, 16, 5, 7, 10, 13, 14, 18, 20, 21, 22, 24, 28, 32, 40, 50, 64, 80, 100,
		128, 256, 300}
)

// open returns a shape of so many extents of which only the channels are known.
func open(channels int64, rank int) tensor.Shape {
	x := tensor.Of(channels)
	for len(x) < rank {
		x = append(x, tensor.Dim{N: tensor.Unknown})
	}
	return x
}

func unusualSize(n, channels int64, dims int) float64 {
	if dims == 1 {
		cost, usual := usualLengths[n]
		if !usual {
			cost = 2
		}
		return cost + float64(slices.Index(signals, channels))/16
	}
	cost, usual := usualSizes[n]
	switch {
	case !usual:
		return 6 // more than any stride: 55 behind a kernel of 11 is 224 in steps of 4
	case n == 28 && channels == 3 || n != 28 && n != 32 && channels == 1:
		return cost + 0.25 // digits and clothes are grey
	case n == 32 && channels == 1:
		return cost + 0.125
	}
	return cost
}

// paddingStyle reports what the table's further convolutions do: more than 0 if they
// keep their input's size, less if they make it smaller.
func (t *table) paddingStyle() int {
	style := 0
	var last tensor.Shape
	for i, r := range t.rows {
		out := t.ours(r.out, first)
		if i > 0 && len(out) > 1 && len(out) <= 3 && len(last) == len(out) && r.meaning().is(layer.ConvKind.Kind()) {
			in, c, params := last[0].N, out[0].N, r.count()
			switch small := params <= in*c+c; { // a kernel of 1 has no padding
			case small:
			case last[1:].Equal(out[1:]):
				style++
			case last[1].N-out[1].N == last[len(out)-1].N-out[len(out)-1].N && last[1].N > out[1].N && last[1].N-out[1].N < 11 &&
				out[1].N*2 > last[1].N:
				style--
			}
		}
		if len(out) == 2 || len(out) == 3 {
			last = out
		}
	}
	return style
}
