package caffe

import (
	"regexp"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
)

// Where values enter a network: input fields, Input layers, and layers that read
// files, whose sizes the network does not always state.

// An entry is a value that enters, with its sizes behind the batch.
type entry struct {
	dims    []int64
	guessed bool // three channels, since pictures mostly have them
}

// isData reports whether a layer reads data: by its type, or because nothing enters
// it and it is in Python or called like one, as those of forks that read files of
// their own. Others without inputs may hold what is learned.
func isData(d *definition) bool {
	if d.key == "input" || strings.HasSuffix(d.key, "data") {
		return true
	}
	if len(d.bottom) > 0 || len(d.top) == 0 || d.row() != nil || isMeasure(d) {
		return false
	}
	holds := false
	d.msg.All("blobs", func(*prototext.Field) { holds = true })
	return !holds && (d.key == "python" || dataWords.MatchString(d.key))
}

var dataWords = regexp.MustCompile("data|input|image|video|sampler|loader|reader")

// statesNoSize reports whether a data layer's values can be of any shape.
func statesNoSize(d *definition) bool {
	return d.key == "hdf5data" || d.key != "input" && !strings.HasSuffix(d.key, "data")
}

// isMeasure reports whether a layer only trains or measures. Of those in Python the
// ones with a weight are losses (Caffe's examples/pycaffe).
func isMeasure(d *definition) bool {
	switch d.key {
	case "accuracy", "silence", "hdf5output", "softmaxwithloss", "detectionevaluate", "implicit":
		return true
	}
	return strings.HasSuffix(d.key, "loss") || d.key == "python" && d.msg.Str("loss_weight") != ""
}

// sourcesOf returns the blobs that enter: those of the net itself (input, and for
// each one input_shape or four input_dim), and what the data layers give, those of
// the state first.
func sourcesOf(net *prototext.Message, all []definition) map[string]*entry {
	sources := map[string]*entry{}
	var shapes [][]int64
	net.All("input_shape", func(f *prototext.Field) {
		var s blobShape
		read(f.Msg, &s)
		shapes = append(shapes, s.sample())
	})
	dims := net.Strs("input_dim")
	for i, name := range net.Strs("input") {
		e := &entry{}
		switch {
		case i < len(shapes):
			e.dims = shapes[i]
		case len(dims) >= 4*(i+1):
			for _, d := range dims[4*i+1 : 4*i+4] {
				e.dims = append(e.dims, extentOf(wholeOf(d)))
			}
		case len(dims) > 0 && i == 0: // fewer than four: what there is
			for _, d := range dims[1:] {
				e.dims = append(e.dims, extentOf(wholeOf(d)))
			}
		}
		sources[name] = e
	}
	for _, absent := range [2]bool{false, true} {
		for i := range all {
			d := &all[i]
			if d.absent != absent || !isData(d) {
				continue
			}
			for k, t := range d.top {
				if sources[t] == nil {
					sources[t] = entryOf(d, k)
				}
			}
		}
	}
	return sources
}

// sample returns the sizes of a shape without the batch.
func (o *blobShape) sample() []int64 {
	if len(o.dims) == 1 {
		return []int64{1} // one number for each sample
	}
	var dims []int64
	for i, n := range o.dims {
		if i > 0 {
			dims = append(dims, extentOf(n))
		}
	}
	return dims
}

// extentOf returns a size, tensor.Unknown if n is none.
func extentOf(n int64) int64 {
	if n < 1 {
		return tensor.Unknown
	}
	return n
}

// entryOf returns what a data layer states about its kth value.
func entryOf(d *definition, k int) *entry {
	for _, name := range []string{"input_param", "dummy_data_param"} {
		p := d.msg.Sub(name)
		var o inputOptions
		if read(p, &o); len(o.shapes) > 0 {
			return &entry{dims: o.shapes[min(k, len(o.shapes)-1)].sample()} // one serves all (input_layer.cpp)
		}
		if len(p.Strs("channels")) > 0 {
			at := func(side string) int64 {
				all := p.Strs(side)
				if len(all) == 0 {
					return tensor.Unknown
				}
				return extentOf(wholeOf(all[min(k, len(all)-1)]))
			}
			return &entry{dims: []int64{at("channels"), at("height"), at("width")}}
		}
	}
	switch {
	case statesNoSize(d):
		return &entry{} // what takes it shows what it is
	case k > 0:
		return &entry{dims: []int64{tensor.Unknown}} // labels
	}
	return pictureOf(d)
}

// pictureOf returns what a layer that reads pictures states: the size that it cuts
// or stretches them to, and how many channels they have.
func pictureOf(d *definition) *entry {
	e := &entry{dims: []int64{tensor.Unknown, tensor.Unknown, tensor.Unknown}}
	transform := d.msg.Sub("transform_param")
	params := []*prototext.Message{transform}
	for _, p := range []string{"memory_data_param", "image_data_param", "window_data_param", "data_param"} {
		params = append(params, d.msg.Sub(p))
	}
	if d.flat {
		params = []*prototext.Message{d.msg}
	}
	for i := len(params) - 1; i >= 0; i-- {
		p := params[i]
		for side, names := range [3][2]string{{"channels", "channels"}, {"height", "new_height"}, {"width", "new_width"}} {
			for _, name := range names {
				if n := p.Whole(name, 0); n > 0 {
					e.dims[side] = n
				}
			}
		}
		for _, name := range []string{"crop_size", "cropsize"} {
			if n := p.Whole(name, 0); n > 0 {
				e.dims[1], e.dims[2] = n, n
			}
		}
	}
	means := len(transform.Strs("mean_value"))
	switch color := d.msg.Sub("image_data_param").Yes("is_color", true); {
	case e.dims[0] > 0:
	case transform.Yes("force_gray", false), d.key == "imagedata" && !color:
		e.dims[0] = 1
	case d.key == "imagedata", d.key == "windowdata", transform.Yes("force_color", false):
		e.dims[0] = 3
	case means > 1:
		e.dims[0] = int64(means)
	case e.dims[1] > 0:
		e.dims[0], e.guessed = 3, true
	}
	return e
}

// value returns the node that gives a blob, "" if it was left out. What enters
// becomes a node when it is first needed; what nobody gives enters too, unless a
// layer behind gives it: Caffe runs layers in the order of the file.
func (l *lowering) value(d *definition, blob string, at int) (string, error) {
	if node, ok := l.blobs[blob]; ok {
		return node, nil
	}
	e := l.sources[blob]
	if e == nil {
		if l.last[blob] > at {
			return "", diag.New(catalog.ImportLater, layer.Quote(blob))
		}
		l.NoteAbout(catalog.ImportNobodyGives, blob)
		e = &entry{}
	}
	if len(e.dims) == 0 {
		e.dims = []int64{tensor.Unknown}
		if takesMaps(d) {
			e.dims = []int64{tensor.Unknown, tensor.Unknown, tensor.Unknown}
		}
	}
	node, err := l.enter(blob, e.dims)
	if err != nil {
		return "", err
	}
	if e.guessed {
		l.NoteAbout(catalog.ImportGuessedColor, blob)
	}
	l.blobs[blob] = node
	return node, nil
}

// takesMaps reports whether a layer works on pictures.
func takesMaps(d *definition) bool {
	switch d.key {
	case "pooling", "lrn", "batchnorm", "bn", "upsample", "reorg", "interp", "crop":
		return true
	}
	r := d.row()
	return r != nil && r.Kind.Group == layer.GroupConv
}

// enter adds an input.
func (l *lowering) enter(name string, dims []int64) (string, error) {
	if len(dims) == 0 {
		dims = []int64{tensor.Unknown}
	}
	if slices.Contains(dims, tensor.Unknown) {
		l.NoteAbout(catalog.ImportInputOpen, name)
	}
	made, err := layer.InputKind.With(func(v *layer.Input) { v.Shape = layer.ExtentsOf(dims...) })
	if err != nil {
		return "", err
	}
	return l.Add(graph.Node{Name: name, Layer: made})
}
