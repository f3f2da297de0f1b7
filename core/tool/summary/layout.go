package summary

import (
	"regexp"
	"strings"

	"paramstack/core/tensor"
)

// A layout is how a tool prints its table.
type layout struct {
	tool    string                                           // torchinfo, torchsummary, torch-scan, torchstat, Keras
	header  func(line string) bool                           // the line with the names of the columns, in lower case
	columns func(header string) []column                     // where they are
	read    func(t *table, line string, c map[string]string) // adds the row of a line
}

// The layouts, in the order in which a header is compared with them. torchsummary's
// header is also Keras', so its rows decide.
var (
	torchinfoLayout = &layout{tool: "torchinfo", columns: columnsOf, read: (*table).moduleRow, header: func(line string) bool {
		return strings.Contains(line, "layer (type:depth-idx)") && (strings.Contains(line, "param #") || strings.Contains(line, "shape")) ||
			strings.Contains(line, "layer (type (var_name)") && strings.Contains(line, "param #")
	}}
	kerasLayout = &layout{tool: "Keras", columns: columnsOf, read: (*table).layerRow, header: func(line string) bool {
		return strings.Contains(line, "layer (type)") && strings.Contains(line, "param #")
	}}
	torchsummaryLayout = &layout{tool: "torchsummary", columns: columnsOf, read: func(*table, string, map[string]string) {},
		header: func(string) bool { return false }}
	torchscanLayout = &layout{tool: "torch-scan", columns: columnsOf, read: (*table).scanRow, header: func(line string) bool {
		return strings.HasPrefix(line, "layer ") && strings.Contains(line, " type ") && strings.Contains(line, "param #")
	}}
	torchstatLayout = &layout{tool: "torchstat", columns: columnsToEnds, read: (*table).statRow, header: func(line string) bool {
		return strings.Contains(line, "module name") && strings.Contains(line, "input shape") && strings.Contains(line, "params")
	}}
)

// layoutOf returns the layout whose header a line is, nil if it is none.
func layoutOf(line string) *layout {
	line = strings.ToLower(strings.TrimSpace(line))
	for _, l := range []*layout{torchinfoLayout, kerasLayout, torchscanLayout, torchstatLayout} {
		if l.header(line) {
			return l
		}
	}
	return nil
}

var (
	// torchsummary: "Conv2d-1  [-1, 64, 224, 224]  1,792", to the right.
	summaryRow = regexp.MustCompile(`^\s*(\S+)-(\d+)\s+(\[.*\])\s+([\d,]+)$`)
	// torchinfo: "│    └─Conv2d (conv1): 2-1"; the idx and the name may be missing.
	moduleName = regexp.MustCompile(`^([^\s:(]+)(?: \(([^)]*)\))?(?:: ([\d\-]+))?$`)
	// Keras: "conv2d_1 (Conv2D)", cut off where it is too long.
	layerName = regexp.MustCompile(`^(\S+) ?\(([^)]*)\)?$`)
	// Keras: "input_1[0][0]".
	feederName = regexp.MustCompile(`^(.+?)(?:\[\d+\])+$`)
)

// line reads a line that is no ruler. The first row tells torchsummary's table, and
// torchinfo's without depths, from Keras'.
func (t *table) line(line string, columns []column) {
	if t.layout == kerasLayout || t.layout == torchsummaryLayout {
		if m := summaryRow.FindStringSubmatch(line); m != nil && (t.layout == torchsummaryLayout || len(t.rows) == 0) {
			t.layout = torchsummaryLayout
			t.rows = append(t.rows, &row{class: m[1], out: shapeOf(m[3]), amount: amountOf(m[4])})
			return
		}
	}
	c := cells(line, columns)
	if shape := c["output shape"]; t.layout == kerasLayout && len(t.rows) == 0 && strings.HasPrefix(shape, "[") && !strings.HasPrefix(shape, "[(") {
		t.layout = torchinfoLayout
	}
	t.layout.read(t, line, c)
}

// moduleRow reads a row of torchinfo: a tree to the left, and below a layer its
// tensors, where they were asked for.
func (t *table) moduleRow(line string, c map[string]string) {
	const tree = "│├└─|+ "
	var first string
	for name, cell := range c {
		if strings.HasPrefix(name, "layer") {
			first = cell
		}
	}
	if part := strings.TrimLeft(c["param #"], tree); part != c["param #"] && len(t.rows) > 0 {
		last := t.rows[len(t.rows)-1]
		last.tensors = append(last.tensors, tensorOf(c["kernel shape"], part))
		return
	}
	name := strings.TrimLeft(first, tree)
	r := &row{class: name, in: shapeOf(c["input shape"]), out: shapeOf(c["output shape"]), amount: amountOf(c["param #"])}
	r.depth = len([]rune(line)) - len([]rune(strings.TrimLeft(line, tree)))
	if m := moduleName.FindStringSubmatch(name); m != nil {
		r.class, r.name = m[1], m[2]
	}
	r.frozen = r.frozen || c["trainable"] == "False"
	r.window = windowOf(c["kernel shape"], c["groups"])
	t.rows = append(t.rows, r)
}

// tensorOf reads a tensor's shape, or makes one of its count where the two differ.
func tensorOf(shape, params string) tensor.Shape {
	s, of := extentsOf(strings.Split(strings.Trim(shape, "[]"), ",")), amountOf(params)
	if n, ok := s.Elements(); len(s) > 0 && ok && n.Equal(of.params) {
		return s
	}
	n, _ := of.params.Int64()
	return tensor.Of(n)
}

// layerRow reads a row of Keras, or the rest of the row above: a name that was too
// long, a second layer that feeds it.
func (t *table) layerRow(_ string, c map[string]string) {
	first, from := c["layer (type)"], strings.Trim(c["connected to"], "[], ")
	if c["output shape"] == "" && c["param #"] == "" {
		if len(t.rows) == 0 {
			return
		}
		last := t.rows[len(t.rows)-1]
		last.class = strings.TrimSuffix(strings.TrimPrefix(last.class+first, "("), ")")
		last.connect(from)
		return
	}
	r := &row{name: first, out: shapeOf(c["output shape"]), amount: amountOf(c["param #"])}
	if m := layerName.FindStringSubmatch(first); m != nil {
		r.name, r.class = m[1], m[2]
	}
	r.connect(c["connected to"])
	t.rows = append(t.rows, r)
}

// connect adds the layers that feed a row: input_1[0][0], 'dense[0][0]'.
func (r *row) connect(cell string) {
	for _, part := range strings.Split(cell, ",") {
		part = strings.Trim(part, "[' ")
		if strings.HasSuffix(part, "]") || strings.Contains(part, "[") {
			part = strings.TrimSuffix(part, "'")
		}
		part = strings.Trim(part, "'")
		if !strings.HasSuffix(part, "]") && strings.Contains(part, "[") {
			part += "]"
		}
		if m := feederName.FindStringSubmatch(part); m != nil {
			r.from = append(r.from, m[1])
		}
	}
}

// scanRow reads a row of torch-scan.
func (t *table) scanRow(_ string, c map[string]string) {
	r := &row{name: c["layer"], class: c["type"], out: shapeOf(c["output shape"]), amount: amountOf(c["param #"])}
	r.frozen = r.frozen || c["trainable"] == "False"
	t.rows = append(t.rows, r)
}

// statRow reads a row of torchstat, which begins with its number. The last one, of
// the totals, does not.
func (t *table) statRow(_ string, c map[string]string) {
	name := strings.Fields(c["module name"])
	if len(name) < 2 {
		return
	}
	t.rows = append(t.rows, &row{name: name[1], in: extentsOf(strings.Fields(c["input shape"])), out: extentsOf(strings.Fields(c["output shape"])),
		amount: amountOf(c["params"])})
}
