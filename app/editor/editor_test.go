package editor

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/text"
)

// sample has one of everything. Nodes and paths are numbered in the order of the
// text, so tests can name rows by their keys.
const sample = `
input 3x8x8      # 1
conv 4 k3        # 2
repeat 2 {       # 3
  conv 4 k3 p1   # 4
  relu           # 5
}
add {            # 6, its paths 7 and 9
  conv 4 k1      # 8
|
}
flatten          # 10
linear 10        # 11
`

// plain is sample in one line, as edits are checked below.
const plain = "i3x8x8;c4k3;repeat2{c4k3p1;r};add{c4k1|};f;l10"

// start returns a page that shows a text and nothing else.
func start(t testing.TB, src string) State {
	t.Helper()
	s := play(New(Prefs{}), LoadText{"the test", src})
	if s.Notice == nil || s.Notice.Tone == ToneBad {
		t.Fatalf("%v in\n%s", s.Notice, src)
	}
	s.History, s.Notice = History{}, nil
	return s
}

func play(s State, msgs ...Msg) State {
	for _, m := range msgs {
		s, _ = Update(s, m)
	}
	return s
}

// compact writes the network in a line.
func compact(s State) string { return text.Compact(s.Doc.Model) }

// notice returns the sentence shown, "" if there is none.
func notice(s State) string {
	if s.Notice == nil {
		return ""
	}
	return s.Notice.Say.In(catalog.English)
}

// row returns a drawn row.
func row(t testing.TB, s State, k Key) RowView {
	t.Helper()
	r := s.Page.Row(k)
	if r == nil {
		t.Fatalf("row %s is not drawn in %v", k, keys(s.Page))
	}
	return *r
}

// keys returns those of the rows drawn.
func keys(p *Page) []Key {
	keys := make([]Key, p.Rows)
	for i := range keys {
		keys[i] = p.Key(i)
	}
	return keys
}

// allRows returns every row as drawn.
func allRows(p *Page) []RowView {
	var rows []RowView
	for _, run := range p.Runs {
		rows = append(rows, run.Rows...)
	}
	return rows
}

// named returns the key of the first row of a layer by its name: conv2, linear1.
func named(t testing.TB, s State, name string) Key {
	t.Helper()
	for _, k := range keys(s.Page) {
		if s.rowOf(k).Name == name {
			return k
		}
	}
	t.Fatalf("no row is called %s", name)
	return ""
}

func pieceText(pieces []Piece) string {
	out := ""
	for _, p := range pieces {
		out += p.Text
	}
	return out
}

// effect returns the first effect of a type.
func effect[E Effect](t testing.TB, effects []Effect) E {
	t.Helper()
	for _, e := range effects {
		if e, ok := e.(E); ok {
			return e
		}
	}
	var none E
	t.Fatalf("no %T among %v", none, effects)
	return none
}

// sound checks what must be true of every state.
func sound(t testing.TB, s State) {
	t.Helper()
	seen := map[arch.ID]bool{}
	once := func(id arch.ID) {
		if id == 0 || seen[id] {
			t.Fatalf("ID %d is given twice or is 0 in %s", id, compact(s))
		}
		seen[id] = true
	}
	s.Doc.Model.Walk(func(n arch.Node) {
		once(n.Head().ID)
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				once(p.ID)
			}
		}
	})
	if s.Doc.Text != text.Format(s.Doc.Model) {
		t.Fatalf("the text is not the model's:\n%s", s.Doc.Text)
	}
	// An empty network has no link that can be opened: there is nothing to send.
	if again, d := link.Decode(s.Fragment()); len(s.Doc.Model.Body) > 0 && (d != nil || text.Format(again) != s.Doc.Text) {
		t.Fatalf("the link does not give the network back (%v):\n%s", d, s.Doc.Text)
	}
	for _, id := range s.View.Selected {
		if !seen[id] {
			t.Fatalf("node %d is selected but gone from %s", id, compact(s))
		}
	}
	if c := s.View.Cursor; c != "" && !seen[c.ID()] {
		t.Fatalf("the cursor is on %s, which is gone from %s", c, compact(s))
	}
	if e := s.View.Edit; e != nil && !seen[e.ID] {
		t.Fatalf("%s is edited but gone from %s", e.Row, compact(s))
	}
	whole(t, s)
}

// whole checks that the page is the one that would be computed from nothing, each
// row once; late runs only after they were looked at.
func whole(t testing.TB, s State) {
	t.Helper()
	if late := s.Page.late; s.Page.Late() >= 0 {
		fresh := s.page(nil)
		for n, run := range s.Page.Runs {
			for i, want := range fresh.Runs[n].Rows {
				got := run.Rows[i]
				if !late[n] && !reflect.DeepEqual(got, want) || got.Key != want.Key {
					t.Fatalf("row %d of run %d, late %v, is\n%+v\nand drawn anew\n%+v", i, n, late[n], got, want)
				}
			}
		}
		for s.Page.Late() >= 0 {
			n := s.Page.Late()
			if s = play(s, Look{Sight{n, n + 2}}); s.Page.late[n] {
				t.Fatalf("run %d stays late", n)
			}
		}
	}
	p, fresh := s.Page, s.page(nil)
	rows := allRows(p)
	if p.Rows != len(rows) {
		t.Fatalf("%d rows, %d drawn: %v", p.Rows, len(rows), keys(p))
	}
	for i, r := range rows {
		if r.Key != p.Key(i) || p.Find(r.Key) != i || s.rowOf(r.Key).ID != r.Key.ID() {
			t.Fatalf("row %d is %s, in order %s, known as %v (a key given twice?)", i, r.Key, p.Key(i), s.rowOf(r.Key))
		}
		if i > 0 && i%RunRows == 0 && len(p.Runs[i/RunRows-1].Rows) != RunRows {
			t.Fatalf("run %d has %d rows", i/RunRows-1, len(p.Runs[i/RunRows-1].Rows))
		}
	}
	if p.Hidden != fresh.Hidden || p.Issues != fresh.Issues || !reflect.DeepEqual(p.Summary, fresh.Summary) {
		t.Fatalf("beside the rows is\n%+v\nand recomputed\n%+v", p.Summary, fresh.Summary)
	}
	known := map[[2]*Facts]bool{}
	for i, want := range allRows(fresh) {
		got := rows[i]
		both := [2]*Facts{got.Facts, want.Facts}
		if !known[both] && !reflect.DeepEqual(got.Facts, want.Facts) {
			t.Fatalf("row %s says\n%+v\nand drawn anew\n%+v", got.Key, got.Facts, want.Facts)
		}
		known[both] = true
		if !reflect.DeepEqual(got.Reasons, want.Reasons) {
			t.Fatalf("row %s explains\n%+v\nand drawn anew\n%+v", got.Key, got.Reasons, want.Reasons)
		}
		got.Reasons, want.Reasons = nil, nil
		if got.Facts, want.Facts = nil, nil; got != want {
			t.Fatalf("row %d is\n%+v\nand drawn anew\n%+v", i, got, want)
		}
	}
}

// show writes all that a page shows, pointers followed.
func show(p *Page) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%+v %d rows, %d hidden, %d issues\n", p.Summary, p.Rows, p.Hidden, p.Issues)
	for _, r := range allRows(p) {
		facts, reasons := *r.Facts, r.Reasons
		r.Facts, r.Reasons = nil, nil
		fmt.Fprintf(&out, "%+v %+v\n", r, facts)
		if reasons != nil {
			fmt.Fprintf(&out, "%+v\n", *reasons)
		}
	}
	return out.String()
}
