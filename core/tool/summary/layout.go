package summary

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A layout is how a tool prints its table.
type layout struct {
	tool    string                                           // torchinfo, torchsummary, torch-scan, torchstat, Keras
	header  func(line string) bool                           // the line with the names of the columns, in lower case
	columns func(header string) []column                     // where they are
	read    func(t *table, line string, c map[string]string) // adds the row of a line
	itself  bool                                             // the header is a row, or a part of one
}

// The layouts, in the order in which a header is compared with them. torchsummary's
// header is also Keras', so its rows decide.
var (
	torchinfoLayout = &layout{tool: "torchinfo", columns: columnsOf, read: (*table).moduleRow, header: func(line string) bool {
		return strings.Contains(line, "layer (type:depth-idx)") &&
			(strings.Contains(line, "param #") || strings.Contains(line, "shape")) ||
			strings.Contains(line, "layer (type (var_name)") && strings.Contains(line, "param #")
	}}
	kerasLayout = &layout{tool: "Keras", columns: columnsOf, read: (*table).layerRow, header: func(line string) bool {
		return strings.Contains(line, "layer (type)") && strings.Contains(line, "param #")
	}}
	torchsummaryLayout = &layout{tool: "torchsummary", columns: columnsOf, read: func(*table, string, map[string]string) {},
		header: func(string) bool { return false }}
	paddleLayout = &layout{tool: "Paddle", columns: columnsOf, read: func(*table, string, map[string]string) {},
		header: func(string) bool { return false }}
	fastaiLayout = &layout{tool: "fastai", columns: columnsOf, read: (*table).learnerRow,
		header: func(string) bool { return false }}
	xLayout = &layout{tool: "torchsummaryX", columns: columnsOf, read: (*table).xRow, header: func(line string) bool {
		return strings.HasPrefix(line, "kernel shape") && strings.Contains(line, "output shape") &&
			strings.Contains(line, "params")
	}}
	consoleLayout = &layout{tool: "Darknet", columns: columnsOf, read: (*table).consoleRow, header: func(line string) bool {
		return strings.HasPrefix(line, "layer ") && strings.Contains(line, "filters") && strings.Contains(line, "input") &&
			strings.Contains(line, "output")
	}}
	ultralyticsLayout = &layout{tool: "Ultralytics", columns: columnsOf, read: (*table).indexedRow,
		header: func(line string) bool {
			return strings.HasPrefix(line, "from ") && strings.Contains(line, "params") && strings.Contains(line, "arguments")
		}}
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
	for _, l := range []*layout{torchinfoLayout, kerasLayout, torchscanLayout, torchstatLayout, xLayout,
		consoleLayout, ultralyticsLayout, lightningLayout, fvcoreLayout, caffeLayout} {
		if l.header(line) {
			return l
		}
	}
	return nil
}

var (
	// torchsummary: "Conv2d-1  [-1, 64, 224, 224]  1,792", to the right.
	summaryRow = regexp.MustCompile(`^\s*(\S+)-(\d+)\s+(\[.*\])\s+(` + countText + `)$`)
	// Paddle: "Conv2D-1  [[1, 1, 28, 28]]  [1, 6, 28, 28]  60".
	paddleRow = regexp.MustCompile(`^\s*(\S+)-\d+\s+(\[\[[\d, \-]*\]\])\s+(\[[\d, \-]*\])\s+(` + countText + `)$`)
	// torchinfo: "│    └─Conv2d (conv1): 2-1"; the idx and the name may be missing.
	moduleName = regexp.MustCompile(`^([^\s:(]+)(?: \(([^)]*)\))?(?:: ([\d\-]+))?$`)
	// Keras: "conv2d_1 (Conv2D)", cut off where it is too long.
	layerName = regexp.MustCompile(`^(\S|\S.*?\S) ?\(([^()]*)\)?$`)
	// Keras: "input_1[0][0]", cut off where it is too long.
	feederName = regexp.MustCompile(`([^\s,'"\[\]](?:[^,'"\[\]]*[^\s,'"\[\]])?)` +
		`(?:…|\[(\d{1,9})(?:\]|…|$)(?:\[\d*(?:\]|…|$))*)`)
)

// collapsedRow is a row whose blanks were collapsed to one: a name, a shape or two, a
// number, and what feeds it.
var collapsedRow = regexp.MustCompile(`^(.*?[^\s│├└─]) *(?:(\[[\d, ]*\]) +)?` +
	`((?:\[\(|\(|\[)(?:None|null|-1|\d+)(?:, ?(?:None|null|\d+|-1))*,?\)?\]?|multiple|--|\?) +` +
	`(` + countText + `|--|\(` + countText + `\)|\(recursive\))(?: +(\S.*))?$`)

// furtherThousands are those of a number whose thousands are divided by blanks.
var furtherThousands = regexp.MustCompile(`^((?:\d{3} )*\d{3})(?: +(\S.*))?$`)

// unseen are classes whose tensors torchsummary does not count, since none of them is
// called weight or bias: their 0 is no number (torchsummary.py, register_hook).
var unseen = []string{"RNN", "LSTM", "GRU", "RNNCell", "LSTMCell", "GRUCell", "MultiheadAttention"}

// line reads a line that is no ruler. The first row distinguishes torchsummary's
// table, and torchinfo's without depths, from Keras'.
func (t *table) line(line string, columns []column) {
	if m := paddleRow.FindStringSubmatch(line); m != nil &&
		(t.layout == paddleLayout || t.layout == kerasLayout && len(t.rows) == 0) {
		t.layout = paddleLayout
		t.rows = append(t.rows, &row{class: m[1], in: shapeOf(m[2]), out: shapeOf(m[3]), amount: amountOf(m[4])})
		return
	}
	if t.layout == kerasLayout || t.layout == torchsummaryLayout {
		if m := summaryRow.FindStringSubmatch(line); m != nil && (t.layout == torchsummaryLayout || len(t.rows) == 0) {
			t.layout = torchsummaryLayout
			r := &row{class: m[1], out: shapeOf(m[3]), amount: amountOf(m[4])}
			if r.known && r.params.IsZero() && slices.Contains(unseen, m[1]) {
				r.amount = amount{rough: rough{from: num.Of(1), to: num.Of(num.MaxExtent)}}
			}
			t.rows = append(t.rows, r)
			return
		}
	}
	c := cells(withoutMarks(line), columns)
	single := len(columns) == 1
	misplaced := single || len(columns) > 1 && columns[0].to > 0 && !countable(c["param #"])
	if m := collapsedRow.FindStringSubmatch(strings.TrimSpace(withoutMarks(line))); m != nil && misplaced {
		name := columns[0].name
		if t.layout == kerasLayout || single {
			name = "layer (type)"
		}
		if more := furtherThousands.FindStringSubmatch(m[5]); more != nil && t.keras() && len(m[4]) <= 3 {
			m[4], m[5] = m[4]+" "+more[1], more[2]
		}
		c = map[string]string{name: m[1], "input shape": m[2], "output shape": m[3], "param #": m[4],
			"connected to": m[5]}
	}
	if shape := c["output shape"]; t.layout == kerasLayout && len(t.rows) == 0 {
		switch {
		case c["layer (type)"] == "" && strings.Contains(shape, " x "):
			t.layout = fastaiLayout
		case strings.HasPrefix(shape, "[") && !strings.HasPrefix(shape, "[(") && !strings.Contains(shape, "null"):
			t.layout = torchinfoLayout
		}
	}
	t.layout.read(t, line, c)
}

// countable reports whether a cell is empty or states a number of parameters.
func countable(cell string) bool {
	a := amountOf(cell)
	return cell == "" || a.known || a.again || a.inexact()
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
	r.frozen, r.partly = r.frozen || c["trainable"] == "False", c["trainable"] == "Partial"
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

// A cell is what a line of a row has in a column; mostCells is how many a row has.
type cell struct{ column, text string }

const mostCells = 2000

// layerRow reads a line of Keras: a row, or the rest of the one above: of a name or
// a shape that was too long, or a further layer that feeds it.
func (t *table) layerRow(line string, c map[string]string) {
	level := nestedLevel(line)
	if c["param #"] != "" || len(t.rows) == 0 {
		t.rows = append(t.rows, &row{amount: amountOf(c["param #"]), place: place{depth: level}})
	}
	r := t.rows[len(t.rows)-1]
	for _, name := range []string{"layer (type)", "output shape", "connected to", "trainable"} {
		if c[name] != "" && len(r.cells) < mostCells {
			r.cells = append(r.cells, cell{name, c[name]})
		}
	}
}

// finish reads the cells of Keras' rows.
func (t *table) finish() {
	if t.layout == lightningLayout || t.layout == fvcoreLayout {
		t.nest()
	}
	for _, r := range t.rows {
		if len(r.cells) == 0 {
			continue
		}
		whole := map[string]string{}
		for _, c := range r.cells {
			whole[c.column] += c.text
		}
		r.cells = nil
		r.connect(whole["connected to"])
		r.name, r.out = strings.TrimLeft(whole["layer (type)"], "└ "), shapeOf(whole["output shape"])
		if m := layerName.FindStringSubmatch(r.name); m != nil {
			r.name, r.class = m[1], m[2]
		}
		if first, rest, several := strings.Cut(whole["output shape"], "), ("); several && rest != "" &&
			r.meaning().is(layer.LSTMKind.Kind(), layer.GRUKind.Kind(), layer.RNNKind.Kind()) {
			r.out = shapeOf(first + ")") // and its states
		}
		r.frozen = r.frozen || whole["trainable"] == "N"
	}
}

// A feeder is a layer that feeds a row, and which of its uses; of a name that was cut
// off the rest is unknown.
type feeder struct {
	name string
	use  int
	cut  bool
}

// connect adds the layers that feed a row: input_1[0][0], ['dense[0][0]'.
func (r *row) connect(cell string) {
	for _, m := range feederName.FindAllStringSubmatch(cell, -1) {
		use, _ := strconv.Atoi(m[2])
		r.from = append(r.from, feeder{m[1], use, m[2] == ""})
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
	t.rows = append(t.rows, &row{name: name[1], in: extentsOf(strings.Fields(c["input shape"])),
		out:    extentsOf(strings.Fields(c["output shape"])),
		amount: amountOf(c["params"])})
}

// learnerRow reads a line of fastai: a shape for the rows that follow, 64 x 8 x 14 x
// 14, or a layer.
func (t *table) learnerRow(_ string, c map[string]string) {
	class := c["layer (type)"]
	if class == "" {
		if t.shape = extentsOf(strings.Split(c["output shape"], " x ")); len(t.shape) > 1 {
			t.shape = t.shape[1:]
		}
		return
	}
	r := &row{class: class, out: t.shape, amount: amountOf(c["param #"])}
	r.known = r.known || c["param #"] == ""
	r.frozen = c["trainable"] == "False"
	t.rows = append(t.rows, r)
}

var (
	// torchsummaryX: "0_conv1    [1, 6, 5, 5]  [1, 6, 24, 24]  156.0   86.4k"; the
	// kernel may be missing.
	xRow = regexp.MustCompile(`^(\d+)_(\S+)\s+(\[[\d, ]*\]|-|NaN)?\s+(\[[\d, ]*\])\s+(\S+)(?:\s+\S+)*$`)
	// Ultralytics: "0  -1  1  464  ultralytics.nn.modules.conv.Conv  [3, 16, 3, 2]".
	indexedRow = regexp.MustCompile(`^\s*(\d+) +(-?\d+|\[[-\d, ]+\]) +(\d+) +(\d+) +([\w.]+) `)
)

// xRow reads a row of torchsummaryX, which names no class: a kernel of two extents is
// a dense layer's, a larger one a convolution's.
func (t *table) xRow(line string, _ map[string]string) {
	m := xRow.FindStringSubmatch(line)
	if m == nil {
		return
	}
	r := &row{name: m[2], out: shapeOf(m[4]), amount: amountOf(m[5])}
	r.known = r.known || m[5] == "NaN" || m[5] == "-"
	switch kernel := extentsOf(strings.Split(strings.Trim(m[3], "[]"), ",")); {
	case len(kernel) == 2:
		r.class, r.window.in = "Linear", kernel[0].N
	case len(kernel) > 2:
		r.class, r.window.in = "Conv2d", kernel[0].N
		r.window.kernel = extents(kernel[2:])
	}
	t.rows = append(t.rows, r)
}

// indexedRow reads a row of Ultralytics, which states no shapes.
func (t *table) indexedRow(line string, _ map[string]string) {
	m := indexedRow.FindStringSubmatch(line)
	if m == nil {
		return
	}
	n, _ := num.Parse(m[4])
	t.rows = append(t.rows, &row{class: m[5][strings.LastIndexByte(m[5], '.')+1:], amount: amount{params: n, known: true}})
}
