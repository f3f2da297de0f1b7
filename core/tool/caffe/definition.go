package caffe

import (
	"strings"
	"sync"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/graph"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
)

// A document is a file as it is written.
type document struct {
	src    string
	net    *prototext.Message
	level  int64 // those that the file names itself
	stages []string
}

// A definition is one layer as the file has it, of any generation: a field for each of
// LayerParameter that matters here.
type definition struct {
	name, typ   string
	key         string // the type without its spelling: innerproduct
	bottom, top []string
	msg         *prototext.Message
	flat        bool // of the first generation: options are beside the name
	at          int  // where in the text
	uses        []int
	absent      bool // of another state
	trains      bool // in the TRAIN phase it takes part
}

// options reads the message of a definition's options. In files of the first
// generation they are fields of the layer itself.
func (d *definition) options(name string, m message) {
	if d.flat {
		read(d.msg, m)
	} else {
		read(d.msg.Sub(name), m)
	}
}

// row is what the vocabulary has about the type, nil if it has no kind.
func (d *definition) row() *vocab.Row { return rows()[d.key] }

// eachLayer calls f with every layer of the file.
func (doc *document) eachLayer(f func(l *prototext.Field)) {
	for i := range doc.net.Fields {
		if l := &doc.net.Fields[i]; l.Msg != nil && (l.Name == "layer" || l.Name == "layers") {
			f(l)
		}
	}
}

// definitions returns the layers of all generations in the order of the file, old
// ones first as Caffe keeps them apart, with how often each value is used in a
// state before it is written over.
func (doc *document) definitions(s state) ([]definition, error) {
	var all []definition
	var wrong *diag.Diag
	doc.eachLayer(func(f *prototext.Field) {
		d := definition{msg: f.Msg, at: f.At, bottom: f.Msg.Strs("bottom"), top: f.Msg.Strs("top")}
		switch {
		case wrong != nil:
			return
		case len(all) == source.MaxNodes:
			wrong = diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(), num.Of(source.MaxNodes).Grouped())
			return
		case len(d.bottom) > graph.MaxInputs || len(d.top) > graph.MaxInputs:
			wrong = diag.New(catalog.ImportTooManyInputs, layer.Quote(f.Msg.Str("name")), graph.MaxInputs)
			return
		}
		if inner := f.Msg.Sub("layer"); inner != nil {
			d.msg, d.flat = inner, true
		}
		d.name, d.typ = d.msg.Str("name"), d.msg.Str("type")
		if d.name == "" && len(d.top) > 0 {
			d.name = d.top[0]
		}
		d.key = key(d.typ)
		d.absent, d.trains = !doc.included(f.Msg, s), doc.included(f.Msg, state{"TRAIN", s.stage})
		d.uses = make([]int, len(d.top))
		all = append(all, d)
	})
	if wrong != nil {
		return nil, wrong
	}
	// In-place layers write a value over, so names are not enough.
	now := map[string]*int{}
	for i := range all {
		d := &all[i]
		if d.absent {
			continue
		}
		for _, b := range d.bottom {
			if n := now[b]; n != nil {
				*n++
			}
		}
		for k, t := range d.top {
			now[t] = &d.uses[k]
		}
	}
	return all, nil
}

// key makes one spelling of the names of a type in three generations:
// InnerProduct, INNER_PRODUCT and innerproduct.
func key(typ string) string {
	key := strings.ToLower(strings.ReplaceAll(typ, "_", ""))
	if new, old := oldTypes[key]; old {
		return new
	}
	return key
}

// oldTypes are types that had another name (UpgradeV0LayerType and
// UpgradeV1LayerType in upgrade_proto.cpp).
var oldTypes = map[string]string{
	"conv": "convolution", "pool": "pooling", "images": "imagedata", "softmaxloss": "softmaxwithloss",
}

// rows are the rows of the vocabulary by the keys of their types.
var rows = sync.OnceValue(func() map[string]*vocab.Row {
	all := map[string]*vocab.Row{}
	for _, r := range vocab.Caffe().Rows {
		for _, c := range r.Classes {
			if all[key(c)] == nil {
				all[key(c)] = r
			}
		}
	}
	return all
})
