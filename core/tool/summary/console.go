package summary

import (
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/graph"
)

// Rows of Darknet's console (the make_*_layer functions of its src): it states no
// parameters, but which layers a route or a shortcut joins.

var (
	// "0 conv  8  3 x 3 / 1  208 x 208 x 3  ->  208 x 208 x 8  0.019 BF".
	consoleRow = regexp.MustCompile(`^\s*\d+ +([a-zA-Z_]+) +(?:(\d+) +)?(\d+) x +(\d+) ?/ ?(\d+)\S* +` +
		`(\d+) x +(\d+) x +(\d+) +-> +(\d+) x +(\d+) x +(\d+)`)
	// "12 route  11 8", "4 Shortcut Layer: 1, …, outputs: 208 x 208 x 64", "9 upsample  2x …".
	consoleOther = regexp.MustCompile(`^\s*(\d+) +(?:conv +\d+ */ *\d+|([a-zA-Z_]+))(?: (.*))?$`)
	consoleMap   = regexp.MustCompile(`(\d+) x *(\d+) x *(\d+)`)
	consoleFlat  = regexp.MustCompile(`(\d+) +-> +(\d+)\s*$`)
	consolePart  = regexp.MustCompile(`\s\d+ ?/ ?\d+\s+->`) // a route of the n-th part of the channels
	consoleFrom  = regexp.MustCompile(`^\s*(?:Layer: *)?((?:\d+[ ,]*)+)`)
)

// consoleClasses are the classes of Darknet's words; those of others stay as they are.
var consoleClasses = map[string]string{"conv": "Conv2d", "max": "MaxPool2d", "maxpool": "MaxPool2d", "res": "Add",
	"shortcut": "Add", "route": "Concatenate", "upsample": "Upsample", "avg": "GlobalAveragePooling2D",
	"connected": "Linear", "dropout": "Dropout", "softmax": "Softmax"}

// consoleRow reads a row.
func (t *table) consoleRow(line string, _ map[string]string) {
	m := consoleRow.FindStringSubmatch(line)
	if m == nil {
		t.consoleOther(line)
		return
	}
	n := make([]int64, len(m))
	for i := range m {
		n[i], _ = strconv.ParseInt(m[i], 10, 64)
	}
	class := consoleClasses[m[1]]
	if class == "" {
		class = m[1]
	}
	t.rows = append(t.rows, &row{class: class, in: tensor.Of(n[8], n[7], n[6]), out: tensor.Of(n[11], n[10], n[9]),
		window: window{kernel: []int64{n[4], n[3]}, stride: n[5]}})
}

// consoleOther reads a row of a layer that does not slide. One that joins others names
// them by their numbers, which count the rows from 0.
func (t *table) consoleOther(line string) {
	m := consoleOther.FindStringSubmatch(line)
	if m == nil || m[1] != strconv.Itoa(len(t.rows)) {
		return
	}
	word := strings.ToLower(m[2])
	r := &row{class: consoleClasses[word]}
	if r.class == "" {
		r.class = m[2]
	}
	if word != "connected" && word != "" {
		r.params, r.known = num.Int{}, true
	}
	maps, flat := consoleMap.FindAllStringSubmatch(m[3], -1), consoleFlat.FindStringSubmatch(m[3])
	switch {
	case flat != nil && len(maps) == 0:
		r.in, r.out = extentsOf(flat[1:2]), extentsOf(flat[2:3])
	case flat != nil:
		r.out = extentsOf(flat[2:3])
	case len(maps) > 0:
		last := maps[len(maps)-1]
		r.out = extentsOf([]string{last[3], last[2], last[1]})
	}
	if at := consolePart.FindStringIndex(m[3]); at != nil {
		r.class, m[3] = m[2], m[3][:at[0]]
	}
	from := consoleFrom.FindStringSubmatch(m[3])
	if joins := word == "route" || word == "res" || word == "shortcut"; joins && from != nil {
		var of []*row
		if word != "route" && len(t.rows) > 0 {
			of = append(of, t.rows[len(t.rows)-1])
		}
		listed := strings.FieldsFunc(from[1], func(c rune) bool { return c == ' ' || c == ',' })
		if word != "route" {
			listed = listed[:min(len(listed), 1)] // the sizes follow
		}
		for _, s := range listed {
			if i, err := strconv.Atoi(s); err == nil && i < len(t.rows) && len(of) < mostCells {
				of = append(of, t.rows[i])
			}
		}
		r.feed(of, t.rows)
	}
	t.rows = append(t.rows, r)
}

// feed notes what feeds a row. A route of one layer is its value once more; the shape of
// one that joins maps of one size has the channels of all.
func (r *row) feed(of, rows []*row) {
	for _, f := range of {
		if f.name == "" {
			for i := range rows {
				if rows[i] == f {
					f.name = "layer" + strconv.Itoa(i)
				}
			}
		}
		r.from = append(r.from, feeder{name: f.name})
	}
	if r.class != "Concatenate" || len(of) == 0 {
		return
	}
	if len(of) == 1 {
		r.class = "Identity"
	}
	if r.out == nil && len(of[0].out) == 3 {
		channels := int64(0)
		for _, f := range of {
			if len(f.out) == 3 {
				channels += f.out[0].N
			}
		}
		r.out = tensor.Of(channels, of[0].out[1].N, of[0].out[2].N)
	}
}

// unshown adds a layer at the end for the biases and norms that Darknet's console does not
// show, so that no total claims to have counted them.
func (b *builder) unshown() error {
	for _, n := range b.Graph.Nodes {
		if !n.Layer.Kind().Learns {
			continue
		}
		hidden := graph.Opaque("biases_and_norms", []tensor.Shape{tensor.Of(tensor.Unknown)}, []tensor.Shape{}, b.Shapes[b.last])
		name, err := b.Add(graph.Node{Name: "not_shown", Layer: hidden, Inputs: []string{b.last}})
		b.last, b.Graph.Out = name, name
		return err
	}
	return nil
}
