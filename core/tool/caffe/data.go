package caffe

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
)

// Where values enter a Caffe network: input fields, Input layers, and layers that
// read files, whose sizes the network does not always tell.

// A caffeSource is a value that enters, with its sizes behind the batch; -1 for
// one that cannot be told.
type caffeSource struct {
	dims    []int64
	guessed bool // three channels, since pictures mostly have them
}

// isCaffeData reports whether a type reads data.
func isCaffeData(key string) bool {
	return key == "input" || strings.HasSuffix(key, "data")
}

// isCaffeMeasure reports whether a layer only trains or measures. Of those in
// Python the ones with a weight are losses (Caffe's examples/pycaffe).
func isCaffeMeasure(l *caffeLayer) bool {
	switch l.key {
	case "accuracy", "silence", "hdf5output", "softmaxwithloss", "detectionevaluate", "implicit":
		return true
	}
	return strings.HasSuffix(l.key, "loss") || l.key == "python" && l.msg.Str("loss_weight") != ""
}

// inputs promises the inputs of the net itself: input, and for each one
// input_shape or four input_dim.
func (c *caffeNet) inputs() {
	var shapes [][]int64
	c.net.All("input_shape", func(f *prototext.Field) { shapes = append(shapes, caffeDims(f.Msg)) })
	dims := c.net.Strs("input_dim")
	for i, name := range c.net.Strs("input") {
		s := &caffeSource{}
		switch {
		case i < len(shapes):
			s.dims = shapes[i]
		case len(dims) >= 4*(i+1):
			for _, d := range dims[4*i+1 : 4*i+4] {
				s.dims = append(s.dims, caffeWhole(d))
			}
		case len(dims) > 0 && i == 0: // fewer than four: what there is
			for _, d := range dims[1:] {
				s.dims = append(s.dims, caffeWhole(d))
			}
		}
		c.sources[name] = s
	}
}

// caffeDims returns the sizes of a BlobShape without the batch.
func caffeDims(shape *prototext.Message) []int64 {
	var dims []int64
	for i, d := range shape.Strs("dim") {
		if i > 0 {
			dims = append(dims, caffeWhole(d))
		}
	}
	if len(dims) == 0 && len(shape.Strs("dim")) > 0 {
		dims = []int64{1} // one number for each sample
	}
	return dims
}

// caffeWhole returns a size, -1 if it is none.
func caffeWhole(s string) int64 {
	n, err := strconv.ParseInt(s, 0, 64)
	if err != nil || n < 1 {
		return -1
	}
	return n
}

// enterable promises what the data layers give, those of the test phase first.
func (c *caffeNet) enterable(layers []caffeLayer) {
	for _, out := range [2]bool{false, true} {
		for i := range layers {
			l := &layers[i]
			if l.out != out || !isCaffeData(l.key) {
				continue
			}
			for k, t := range l.top {
				if c.sources[t] == nil {
					c.sources[t] = caffeData(l, k)
				}
			}
		}
	}
}

// caffeData returns what a data layer tells of its kth value.
func caffeData(l *caffeLayer, k int) *caffeSource {
	for _, name := range []string{"input_param", "dummy_data_param"} {
		p := l.msg.Sub(name)
		var shapes [][]int64
		p.All("shape", func(f *prototext.Field) { shapes = append(shapes, caffeDims(f.Msg)) })
		if len(shapes) > 0 {
			return &caffeSource{dims: shapes[min(k, len(shapes)-1)]} // one serves all (input_layer.cpp)
		}
		if d := p.Strs("channels"); len(d) > 0 {
			at := func(side string) int64 {
				all := p.Strs(side)
				if len(all) == 0 {
					return -1
				}
				return caffeWhole(all[min(k, len(all)-1)])
			}
			return &caffeSource{dims: []int64{at("channels"), at("height"), at("width")}}
		}
	}
	if k > 0 {
		return &caffeSource{dims: []int64{-1}} // labels
	}
	return caffePicture(l)
}

// caffePicture returns what a layer that reads pictures tells: the size that it
// cuts or stretches them to, and how many channels they have.
func caffePicture(l *caffeLayer) *caffeSource {
	if l.key == "hdf5data" {
		return &caffeSource{}
	}
	s := &caffeSource{dims: []int64{-1, -1, -1}}
	transform := l.msg.Sub("transform_param")
	params := []*prototext.Message{transform}
	for _, p := range []string{"memory_data_param", "image_data_param", "window_data_param", "data_param"} {
		params = append(params, l.msg.Sub(p))
	}
	if l.flat {
		params = []*prototext.Message{l.msg}
	}
	for i := len(params) - 1; i >= 0; i-- {
		p := params[i]
		for d, names := range [3][2]string{{"channels", "channels"}, {"height", "new_height"}, {"width", "new_width"}} {
			for _, name := range names {
				if n := p.Whole(name, 0); n > 0 {
					s.dims[d] = n
				}
			}
		}
		for _, name := range []string{"crop_size", "cropsize"} {
			if n := p.Whole(name, 0); n > 0 {
				s.dims[1], s.dims[2] = n, n
			}
		}
	}
	means := len(transform.Strs("mean_value"))
	switch color := l.msg.Sub("image_data_param").Yes("is_color", true); {
	case s.dims[0] > 0:
	case transform.Yes("force_gray", false), l.key == "imagedata" && !color:
		s.dims[0] = 1
	case l.key == "imagedata", l.key == "windowdata", transform.Yes("force_color", false):
		s.dims[0] = 3
	case means > 1:
		s.dims[0] = int64(means)
	case s.dims[1] > 0:
		s.dims[0], s.guessed = 3, true
	}
	return s
}

// value returns the node that gives a blob, "" if it was left out. What enters
// becomes a node when it is first needed; what nobody gives enters too, unless a
// layer behind gives it: Caffe runs layers in the order of the file.
func (c *caffeNet) value(l *caffeLayer, blob string, at int) (string, error) {
	if node, ok := c.blobs[blob]; ok {
		return node, nil
	}
	s := c.sources[blob]
	if s == nil {
		if c.gives[blob] > at {
			return "", diag.New(catalog.ImportLater, layer.Quote(blob))
		}
		c.NoteAbout(catalog.ImportNobodyGives, blob)
		s = &caffeSource{}
	}
	if len(s.dims) == 0 {
		s.dims = []int64{-1}
		switch l.key {
		case "convolution", "deconvolution", "pooling", "lrn", "batchnorm":
			s.dims = []int64{-1, -1, -1}
		}
	}
	node, err := c.enter(blob, s.dims)
	if err != nil {
		return "", err
	}
	if s.guessed {
		c.NoteAbout(catalog.ImportGuessedColor, blob)
	}
	c.blobs[blob] = node
	return node, nil
}

// enter adds an input.
func (c *caffeNet) enter(name string, dims []int64) (string, error) {
	if len(dims) == 0 {
		dims = []int64{-1}
	}
	parts := make([]string, len(dims))
	for i, d := range dims {
		parts[i] = "?"
		if d > 0 {
			parts[i] = strconv.FormatInt(d, 10)
		}
	}
	if slices.Contains(parts, "?") {
		c.NoteAbout(catalog.ImportInputOpen, name)
	}
	made, err := graph.Build("input", "shape", strings.Join(parts, "x"))
	if err != nil {
		return "", err
	}
	return c.Add(graph.Node{Name: name, Layer: made})
}
