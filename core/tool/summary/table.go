package summary

import (
	"regexp"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// A table is a printed summary as it was read.
type table struct {
	layout *layout
	name   string
	rows   []*row
	stated map[string]num.Int // total, trainable, frozen: the lines below the rows
	tables int                // how many the text holds
	shape  tensor.Shape       // of the rows that follow, where it has a line of its own
	tops   map[string]string  // the layers that Caffe's blobs are of
	cut    bool               // it ends without a ruler and without totals

	// What is found once, of all rows.
	pooling [][2]tensor.Shape
	orders  map[int]order // of inputs, by their rank
}

// keras reports whether the table counts as Keras does, channels last.
func (t *table) keras() bool { return t.layout == kerasLayout }

// countsStatistics reports whether the tool counts running means and variances as
// parameters.
func (t *table) countsStatistics() bool { return t.keras() || t.layout == paddleLayout }

// style is how the tool counts that printed the table.
func (t *table) style() count.Style { return count.Style{Biases: true, Keras: t.countsStatistics()} }

// An order is how a value is laid out where kinds differ: a sequence L×C and a
// volume C×D×H×W are usual.
type order uint8

const (
	usual order = iota
	first       // a sequence with its channels first, C×L
	film        // pictures one after another, T×C×H×W
)

// ours turns a shape as the tool lays it out into channels first. Of Keras'
// sequences L×C only layers that slide over them take C×L.
func (t *table) ours(s tensor.Shape, as order) tensor.Shape {
	if !t.keras() || len(s) < 2 || len(s) == 2 && as != first {
		return s
	}
	last := len(s) - 1
	if as == film && len(s) == 4 {
		return tensor.Shape{s[0], s[last], s[1], s[2]}
	}
	return append(tensor.Shape{s[last]}, s[:last]...)
}

// complete sets the one number that is not exact to the difference to the stated
// total, and in each model within to the difference to what the model states.
func (t *table) complete() {
	rest, known := t.total()
	t.completeRows(t.rows, rest, known)
}

func (t *table) completeRows(rows []*row, rest num.Int, known bool) {
	var open *row
	n := 0
	for i := 0; i < len(rows); i++ {
		r := rows[i]
		switch {
		case r.omitted:
			known = false
		case r.known:
			rest = rest.Sub(r.params)
		case r.inexact():
			open, n = r, n+1
		}
		if t.cumulative() {
			i += below(r, rows[i+1:])
		}
	}
	if n == 1 && known && rest.Cmp(num.Int{}) >= 0 && open.allows(rest) {
		open.params, open.known = rest, true
	}
	for i, r := range rows {
		if n := below(r, rows[i+1:]); n > 0 && t.cumulative() {
			t.completeRows(rows[i+1:i+1+n], r.params, r.known)
		}
	}
}

// addsUp reports whether the rows add up to the stated total, so that none with
// parameters is missing.
func (t *table) addsUp() bool {
	rest, known := t.total()
	for i := 0; i < len(t.rows); i++ {
		rest, known = rest.Sub(t.rows[i].params), known && t.rows[i].known
		if t.cumulative() {
			i += below(t.rows[i], t.rows[i+1:])
		}
	}
	return known && rest.IsZero()
}

// total is what the table states of the network, without the optimizer's parameters.
func (t *table) total() (num.Int, bool) {
	total, known := t.stated["total"]
	return total.Sub(t.stated["optimizer"]), known
}

// A row is one row of a table, with what it states.
type row struct {
	place
	name  string // of the layer, "" if only its class is stated
	class string
	in    tensor.Shape // one sample as the tool lays it out; nil: not stated
	out   tensor.Shape
	amount
	window  window
	from    []feeder       // the layers that feed it
	cells   []cell         // of Keras, whose rows may have several lines
	tensors []tensor.Shape // its weights, one by one
}

// A place is where a row is in the tree of modules.
type place struct {
	depth   int
	inner   bool // it has rows below it
	omitted bool // it is no layer: the author wrote dots for rows
}

// A window is what a row states of a layer that slides; nil and 0: nothing.
type window struct {
	kernel []int64
	stride int64
	groups int64
	in     int64 // channels or features of the input
}

var (
	rulers     = regexp.MustCompile(`^[\s|¯=_\-─━┃│┏┓┡┩┗┛├┤└┘┬┴┼╇┳┻]+$`)
	statedLine = regexp.MustCompile(`^\s*(Total|Trainable|Non-trainable|Optimizer)(?: trainable| non-trainable)? params:? *` +
		`((?:~|≈)? ?` + countText + `(?: \d{3})*(?: ?[kKMGBT]\b|e\+?\d+)?)(?:[ (].*)?$`)
	modelLine = regexp.MustCompile(`^\s*Model: "([^"]*)"`)
)

// statedKeys are the keys of a table's stated totals by the word that begins their line.
var statedKeys = map[string]string{"Total": "total", "Trainable": "trainable", "Non-trainable": "frozen",
	"Optimizer": "optimizer"}

// readTable reads the first table of a text.
func readTable(text string) (*table, error) {
	t := &table{stated: map[string]num.Int{}, orders: map[int]order{}, tops: map[string]string{}}
	var columns []column
	open := false
	text = unwrapped(divided(text))
	whole := true
	if !hasHeader(text) {
		var l *layout
		if l, whole = headless(text); l != nil {
			text = l.plainHeader(text) + "\n" + text
		}
	}
	for line := range strings.Lines(text) {
		line, apart := plainColumns(line)
		if m := modelLine.FindStringSubmatch(line); m != nil && t.tables == 0 {
			t.name = m[1]
		}
		if l := layoutOf(line); l != nil && !(l.itself && t.layout == l) {
			if t.tables++; t.tables == 1 {
				t.layout, open = l, true
				if columns = l.columns(line); apart && len(columns) > 1 {
					columns = columns[:1] // its places are not those of the rows
				}
			}
			if !l.itself {
				continue
			}
		}
		if t.tables != 1 {
			continue
		}
		if m := statedLine.FindStringSubmatch(line); m != nil {
			open = false
			key := statedKeys[m[1]]
			if _, there := t.stated[key]; !there {
				if a := amountOf(m[2]); a.known {
					t.stated[key] = a.params
				}
			}
			continue
		}
		if !open || line == "" {
			continue
		}
		if t.layout == caffeLayout && loggedEnd.MatchString(line) {
			open = false
			continue
		}
		if rulers.MatchString(line) {
			open = len(t.rows) == 0 || !strings.Contains(line, "=") && !strings.ContainsAny(line, "┗└")
			continue
		}
		if elided.MatchString(line) && !statesShape.MatchString(line) {
			if n := len(t.rows); n > 0 && !t.rows[n-1].omitted {
				t.rows = append(t.rows, &row{place: place{omitted: true, depth: t.rows[n-1].depth}})
			}
			continue
		}
		if len(t.rows) > source.MaxNodes {
			return nil, source.TooMany(len(t.rows))
		}
		t.line(line, columns)
	}
	if len(t.rows) == 0 {
		return nil, diag.New(catalog.ImportNoLayers, "summary")
	}
	t.finish()
	t.cut = open && len(t.stated) == 0 && (t.keras() || t.layout == torchinfoLayout || t.layout == torchsummaryLayout)
	if !whole && !t.addsUp() {
		t.rows = append([]*row{{place: place{omitted: true}}}, t.rows...)
	}
	for i, r := range t.rows[:len(t.rows)-1] {
		r.inner = t.rows[i+1].depth > r.depth
	}
	t.complete()
	return t, nil
}
