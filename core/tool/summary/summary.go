package summary

import (
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// Reader is what people print of their networks: the summaries of torchinfo,
// torchsummary (pytorch-summary), torch-scan, torchstat and Keras. A row tells a
// layer's class, what it gives and how many parameters it has.
var Reader = source.Reader{
	ID: "table", Label: "summary (torchinfo, torchsummary, Keras)",
	Detect: func(head []byte, _ *source.File) bool {
		for line := range strings.Lines(string(head)) {
			if headerOf(line) != "" {
				return true
			}
		}
		return false
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		t, err := readTable(string(data))
		if err != nil {
			return nil, err
		}
		if err := f.Progress(0.3); err != nil {
			return nil, err
		}
		return t.result()
	},
}

// A printedTable is a summary as it was read.
type printedTable struct {
	tool   string // torchinfo, torchsummary, torch-scan, torchstat, Keras
	name   string
	rows   []*tableRow
	stated map[string]num.Int // total, trainable, frozen: what the lines below say
	tables int                // how many the text holds
}

// keras reports whether the table counts as Keras does, channels last.
func (t *printedTable) keras() bool { return t.tool == "Keras" }

// style is how the tool counts that printed the table.
func (t *printedTable) style() count.Style { return count.Style{Biases: true, Keras: t.keras()} }

// A tableRow is one row, with what it tells.
type tableRow struct {
	depth  int
	name   string // of the layer, "" if only its class is told
	class  string
	in     tensor.Shape // one sample as the tool lays it out; nil: not told
	out    tensor.Shape
	params num.Int
	told   bool // params was told
	again  bool // a layer that stood before
	frozen bool
	kernel string // 3x3
	groups string
	from   []string       // the layers that feed it
	parts  []tensor.Shape // its tensors
	kids   bool           // rows below belong to it
	// omitted: its author wrote dots for rows.
	omitted bool
}

var (
	rulers     = regexp.MustCompile(`^[\s=_\-─━┃│┏┓┡┩┗┛├┤└┘┬┴┼╇┳┻]+$`)
	statedLine = regexp.MustCompile(`^\s*(Total|Trainable|Non-trainable) params: *([\d,]+)`)
	modelLine  = regexp.MustCompile(`^\s*Model: "([^"]*)"`)
)

// headerOf tells by the line with the names of the columns which tool wrote a
// table, "" if it is no such line. torchsummary's is also Keras', so its rows
// decide.
func headerOf(line string) string {
	line = strings.ToLower(strings.TrimSpace(line))
	switch {
	case strings.Contains(line, "param #") && strings.Contains(line, "layer (type:depth-idx)"),
		strings.Contains(line, "layer (type:depth-idx)") && strings.Contains(line, "shape"),
		strings.Contains(line, "param #") && strings.Contains(line, "layer (type (var_name)"):
		return "torchinfo"
	case strings.Contains(line, "layer (type)") && strings.Contains(line, "param #"):
		return "Keras"
	case strings.HasPrefix(line, "layer ") && strings.Contains(line, " type ") && strings.Contains(line, "param #"):
		return "torch-scan"
	case strings.Contains(line, "module name") && strings.Contains(line, "input shape") && strings.Contains(line, "params"):
		return "torchstat"
	}
	return ""
}

// readTable reads the first table of a text.
func readTable(text string) (*printedTable, error) {
	t := &printedTable{stated: map[string]num.Int{}}
	var columns []tableColumn
	open := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n")
		if m := modelLine.FindStringSubmatch(line); m != nil && t.tables == 0 {
			t.name = m[1]
		}
		if tool := headerOf(line); tool != "" {
			if t.tables++; t.tables == 1 {
				t.tool, open = tool, true
				columns = columnsOf(line, tool)
			}
			continue
		}
		if t.tables != 1 {
			continue
		}
		if m := statedLine.FindStringSubmatch(line); m != nil {
			open = false
			key := map[string]string{"Total": "total", "Trainable": "trainable", "Non-trainable": "frozen"}[m[1]]
			if _, there := t.stated[key]; !there {
				t.stated[key], _ = num.Parse(strings.ReplaceAll(m[2], ",", ""))
			}
			continue
		}
		if !open || line == "" {
			continue
		}
		if rulers.MatchString(line) {
			open = len(t.rows) == 0 || !strings.Contains(line, "=") && !strings.ContainsAny(line, "┗└")
			if len(t.rows) > 0 {
				t.rows[len(t.rows)-1].closed(line)
			}
			continue
		}
		if dots := strings.Trim(line, " │|"); dots == "..." || dots == "…" || dots == "⋮" {
			if n := len(t.rows); n > 0 && !t.rows[n-1].omitted {
				t.rows = append(t.rows, &tableRow{omitted: true})
			}
			continue
		}
		if len(t.rows) > source.MaxNodes {
			return nil, source.TooMany(len(t.rows))
		}
		t.row(line, columns)
	}
	if len(t.rows) == 0 {
		return nil, diag.New(catalog.ImportNoLayers, "summary")
	}
	for i, r := range t.rows[:len(t.rows)-1] {
		r.kids = t.rows[i+1].depth > r.depth
	}
	return t, nil
}

// A tableColumn is one column of a table: from which character to which.
type tableColumn struct {
	name     string
	from, to int
}

// columnsOf finds the columns in the line with their names. Cells begin where
// their column's name does; torchstat's end there.
func columnsOf(header, tool string) []tableColumn {
	runes := []rune(header)
	var columns []tableColumn
	if strings.ContainsAny(header, "┃│") {
		for _, cell := range splitBars(header) {
			columns = append(columns, tableColumn{name: strings.ToLower(strings.TrimSpace(cell))})
		}
		return columns
	}
	if tool == "torchstat" {
		end := 0
		for _, name := range []string{"module name", "input shape", "output shape", "params"} {
			if at := strings.Index(string(runes[end:]), name); at >= 0 {
				next := end + at + len(name)
				columns = append(columns, tableColumn{name, end, next})
				end = next
			}
		}
		return columns
	}
	at := 0
	for at < len(runes) {
		for at < len(runes) && runes[at] == ' ' {
			at++
		}
		from := at
		for at < len(runes) && (runes[at] != ' ' || at+1 < len(runes) && runes[at+1] != ' ') {
			at++
		}
		if from < at {
			columns = append(columns, tableColumn{strings.ToLower(string(runes[from:at])), from, 1 << 30})
		}
	}
	for i := range columns {
		if i == 0 {
			columns[0].from = 0
		} else {
			columns[i-1].to = columns[i].from
		}
	}
	return columns
}

func splitBars(line string) []string {
	return strings.FieldsFunc(line, func(r rune) bool { return r == '┃' || r == '│' })
}

// cells cuts a line into its columns' cells by their names.
func cells(line string, columns []tableColumn) map[string]string {
	m := map[string]string{}
	if len(columns) > 0 && columns[0].to == 0 { // with bars
		for i, cell := range splitBars(line) {
			if i < len(columns) {
				m[columns[i].name] = strings.TrimSpace(cell)
			}
		}
		return m
	}
	runes := []rune(line)
	for _, c := range columns {
		if c.from < len(runes) {
			m[c.name] = strings.TrimSpace(string(runes[c.from:min(c.to, len(runes))]))
		}
	}
	return m
}

// shapeOf reads the shape of one sample, nil where none or several are told. A
// batch stands first, unless there is one extent alone.
func shapeOf(s string) tensor.Shape {
	s = strings.TrimSpace(s)
	groups := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("()[]", r) })
	var inner []string
	for _, g := range groups {
		if strings.Trim(g, ", ") != "" {
			inner = append(inner, g)
		}
	}
	if len(inner) != 1 || !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
		return nil
	}
	shape := extentsOf(strings.Split(inner[0], ","))
	if len(shape) > 1 {
		shape = shape[1:]
	}
	return shape
}

// extentsOf reads extents, nil if one is neither a number nor open.
func extentsOf(parts []string) tensor.Shape {
	var shape tensor.Shape
	for _, p := range parts {
		p = strings.TrimSpace(p)
		n, err := strconv.ParseInt(p, 10, 64)
		switch {
		case p == "":
			continue
		case p == "None" || p == "?" || p == "-1":
			n = tensor.Unknown
		case err != nil || n < 0 || n > num.MaxExtent || len(shape) == source.MaxDims:
			return nil
		}
		shape = append(shape, tensor.Dim{N: n})
	}
	return shape
}

// countOf reads a number of parameters: 9,408, (9,408) where they are frozen,
// (recursive), --.
func (r *tableRow) countOf(s string) {
	s = strings.TrimSpace(s)
	switch s {
	case "(recursive)":
		r.again = true
		return
	case "--": // torchinfo: none
		r.told = true
		return
	}
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		s, r.frozen = strings.TrimSuffix(inner, ")"), true
	}
	s, _, _ = strings.Cut(s, " ") // Keras 3 says sizes behind
	s = strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".0")
	if n, ok := num.Parse(s); ok && s != "" {
		r.params, r.told = n, true
	}
}
