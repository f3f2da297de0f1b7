package editor

import (
	"slices"

	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// A Page is what there is to draw, in the reader's language, ready to print. It is
// complete when Update returns, and never changes after: drawing computes nothing.
//
// A Page is also the one cache of the next: what did not change is shared with it,
// down to the same pointers, so that the drawing can skip it. So the cache holds
// one page, at most View.Limit rows, and is freed with it.
//
// On a long page whose rows stay where they are, the runs out of sight are at first
// those of the page before, see Look: building a thousand rows takes some
// milliseconds, and drawing them several times that, longer than a frame. So is the
// diagram, see DrawDiagram.
type Page struct {
	Hidden  int    // rows beyond View.Limit that are not drawn
	Rows    int    // rows drawn
	Runs    []*Run // the rows
	Summary Summary
	Issues  int      // errors in the stack
	Diagram *Diagram // nil while it is closed; perhaps of an earlier page, see DrawDiagram

	spots    []spot       // of the rows drawn
	foldable []foldable   // rows that can be folded
	from     []*count.Row // what each row's facts were computed from
	serial   int          // the last one of a run
	reasoned reasoned     // the explanation of the selected row
	late     []bool       // runs that are as on an earlier page
	undrawn  bool         // so is the diagram

	// What the page was computed from.
	report *count.Report
	prefs  Prefs
	view   View
	canvas Canvas
}

// A foldable is a row that can be folded, drawn or beyond the limit.
type foldable struct {
	key    Key
	closed bool
}

// RunRows is how many rows the page draws as one unit.
const RunRows = 8

// A Run is rows that are drawn as one piece. Of two runs of one page after another
// those with one serial number are the same: to compare the rest is needless.
type Run struct {
	Serial int
	Rows   []RowView
}

// Key returns the key of the nth row.
func (p *Page) Key(n int) Key { return p.spots[n].key }

// Find returns which row has a key, -1 if none that is drawn does.
func (p *Page) Find(k Key) int {
	return slices.IndexFunc(p.spots, func(at spot) bool { return at.key == k })
}

// Row returns a row as drawn, nil if it is not.
func (p *Page) Row(k Key) *RowView {
	n := p.Find(k)
	if n < 0 {
		return nil
	}
	return &p.Runs[n/RunRows].Rows[n%RunRows]
}

// Last returns the key of the last row of the network's own body, "" if there is
// none.
func (p *Page) Last() Key {
	for i := len(p.spots) - 1; i >= 0; i-- {
		if p.spots[i].depth == 0 {
			return p.Key(i)
		}
	}
	return ""
}

// Foldable reports whether anything can be folded.
func (p *Page) Foldable() bool { return len(p.foldable) > 0 }

// SameRows reports whether two pages have the same rows in the same places, with
// any contents.
func (p *Page) SameRows(q *Page) bool {
	return p == q || q != nil && p.prefs == q.prefs &&
		slices.EqualFunc(p.spots, q.spots, func(a, b spot) bool { return a.key == b.key })
}

// A RowView is one row of the page. It is comparable: equal rows look the same.
type RowView struct {
	Key      Key
	Depth    int
	Facts    *Facts // what follows from the network alone, shared by equal rows
	Times    string // the number of equal copies shown as this row, exact
	Fold     Fold
	Selected bool
	Cursor   bool
	Source   bool   // the number pointed at comes from here
	LitField string // the chip of this row that the number pointed at repeats
	Hot      int    // the piece of the formula pointed at, -1 if none
	Tip      string // its explanation
	Edit     string // the field being edited, "" if none
	EditText string // its text when editing began
	EditBad  string // why what is typed cannot be taken
	Drop     DropSide
	Dragged  bool
	Share    string   // of the parameters: 0.06 %
	Other    string   // what the other framework counts, where it differs: on the first such row, and the selected one
	Bar      int      // share of the parameters in thousandths; -1 for none
	BarMACs  int      // share of the MACs
	Reasons  *Reasons // of the selected row, while they are shown
}

// A Fold is whether a row can be folded, and whether it is.
type Fold uint8

// The states of folding.
const (
	FoldNone Fold = iota
	FoldOpen
	FoldClosed
)

// A DropSide is where a dragged row would land.
type DropSide uint8

// The sides.
const (
	DropNone DropSide = iota
	DropBefore
	DropAfter
)

// Facts are what a row shows that depends on the network and the preferences only.
// They never change.
type Facts struct {
	Form     count.Form
	Kind     string // conv, repeat, add …; stable, for scripts
	Title    string // in the reader's language
	Doc      string // what the kind does
	Name     string // label or automatic name
	Labelled bool
	Users    string // who refers to the label
	Group    layer.Group
	Quiet    bool // learns nothing and computes nothing
	Frozen   bool
	Tag      string // what comes after the title: @tower
	Class    string // what the framework calls it: torch.nn.Conv2d
	Origin   string // the line of the program that made it, see arch.Head
	Editable bool   // a node of its own: can be selected, moved, deleted
	Allowed  Allowed
	Chips    []Chip
	In, Out  string // shapes in the reader's notation
	OutExact string // C×H×W with x between, for scripts: 96x55x55
	Formula  []Piece
	Value    string // 34,944; "≥ 34,944" where not all could be counted; "" if it learns nothing
	Compute  []Piece
	MACs     string // 105,415,200
	Buffers  string // "128 + 1 buffers" in words, "" if none
	Params   string // exact digits, for scripts
	MACsRaw  string
	Field    string // receptive field in words, "" if none
	Problems []Problem
}

// A Chip is one hyper-parameter of a row.
type Chip struct {
	Field   string
	Label   string // its name in words
	Doc     string
	Text    string // what the chip shows: 11×11, stride 4
	Value   string // the value as it is typed: 11x11
	Role    layer.Role
	Default bool     // shown only while the row is selected
	Switch  bool     // on or off, no typing
	On      bool     // of a switch
	Choices []string // words to choose from
}

// A Piece is a number or a sign of a formula.
type Piece struct {
	Text string
	Role layer.Role
	Num  bool // can be pointed at
}

// A Problem is something wrong with a row, and its fixes.
type Problem struct {
	Severity diag.Severity
	Text     string
	Fixes    []string // labels of the buttons, in the order of the Diag's fixes
	Index    int      // which of the row's problems
}

// A Summary is what is shown beside the stack.
type Summary struct {
	Title       string
	AtLeast     bool
	Params      string // 60,965,224
	Short       string // 61.0 M
	Raw         Raw
	Weights     string
	Biases      string
	Trainable   string
	Frozen      string // learnable or stored, but not trained; "" if none
	Buffers     string // with what they are: "53,120 + 53"
	MACs        string // 724.4 M
	MACsFull    string // 724,406,816
	FLOPs       string // 1.449 G
	MACsLeast   bool
	Outputs     string // activation memory with its rule
	Largest     string
	Memory      Memory
	Sizes       []Size // fp32, fp16, int8
	Field       string
	Layers      string // "8 layers with weights"
	ParamShares []Part // shares of the parameters
	MACShares   []Part // shares of the MACs
}

// Raw are the exact digits of the totals, for scripts.
type Raw struct{ Params, Weights, Biases, Trainable, Buffers, MACs string }

// A Size is the memory of the parameters in an element type.
type Size struct{ DType, Bytes string }

// A Part is the share of a family of layers.
type Part struct {
	Group   layer.Group
	Label   string
	Share   string
	Permill int
}
