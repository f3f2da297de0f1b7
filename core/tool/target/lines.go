package target

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// A Line is one line of a table: a layer with the numbers of all its repetitions,
// so that a column adds up to its total; or the head of a block, which has none. It
// holds every column that some table has: each table prints a few of them.
type Line struct {
	Row     *count.Row
	Depth   int
	Name    string
	What    string // the layer in the stack text
	Kind    *layer.Kind
	In, Out tensor.Shape
	Times   num.Int // number of equal repetitions
	Counts  count.Counts
	Params  string // formula of one repetition; "" if it has none
	MACs    string
	Head    bool
}

// Lines lists the rows of a report in the order in which they are computed.
func (n *Network) Lines() []Line {
	var all []Line
	var walk func(rows []*count.Row, depth int, times num.Int)
	walk = func(rows []*count.Row, depth int, times num.Int) {
		for _, row := range rows {
			switch row.Form {
			case count.FormLeaf:
				all = append(all, n.layer(row, depth, times, row.Counts))
			case count.FormRepeat:
				all = append(all, n.block(row, depth, times))
				walk(row.Children, depth+1, times)
			case count.FormTurn:
				if last := row.To; row.From > 1 || last < turns(row) {
					l := n.block(row, depth, times)
					l.Name = strconv.FormatInt(row.From, 10)
					if last > row.From {
						l.Name += "–" + strconv.FormatInt(last, 10)
					}
					l.What = ""
					all = append(all, l)
				}
				walk(row.Children, depth, times.Times(row.Turns()))
			case count.FormBranch:
				all = append(all, n.layer(row, depth, times, row.Own))
				n.paths(row, depth+1, times, &all, walk)
			}
		}
	}
	walk(n.Report.Rows, 0, num.Of(1))
	return all
}

// paths lists what is in a branch; where several paths hold something, each under
// a head of its own.
func (n *Network) paths(row *count.Row, depth int, times num.Int, all *[]Line, walk func([]*count.Row, int, num.Int)) {
	full := 0
	for _, path := range row.Children {
		if len(path.Children) > 0 {
			full++
		}
	}
	for i, path := range row.Children {
		if len(path.Children) == 0 {
			continue
		}
		if full == 1 {
			walk(path.Children, depth, times)
			continue
		}
		head := n.block(path, depth, times)
		head.Name, head.What = n.Lang.In(catalog.PathNumber, i+1), ""
		if b, ok := row.Node.(*arch.Branch); ok && b.Paths[i].From != "" {
			head.What = "@" + b.Paths[i].From
		}
		*all = append(*all, head)
		walk(path.Children, depth+1, times)
	}
}

func turns(row *count.Row) int64 {
	if r, ok := row.Node.(*arch.Repeat); ok && r.Of == "" {
		return r.Times
	}
	return 1
}

func (n *Network) block(row *count.Row, depth int, times num.Int) Line {
	what := ""
	if row.Form != count.FormPath && row.Form != count.FormTurn {
		what = text.Statement(row.Node)
	}
	return Line{Row: row, Depth: depth, Name: row.Name, What: what, In: First(row.In), Out: row.Out, Times: times, Head: true}
}

// First returns the first of some shapes, nil if there is none.
func First(shapes []tensor.Shape) tensor.Shape {
	if len(shapes) == 0 {
		return nil
	}
	return shapes[0]
}

func (n *Network) layer(row *count.Row, depth int, times num.Int, own count.Counts) Line {
	l := Line{Row: row, Depth: depth, Name: row.Name, What: text.Statement(row.Node), Kind: row.Kind(),
		In: First(row.In), Out: row.Out,
		Times: times, Counts: count.Counts{}.Plus(own, times)}
	l.Params = count.Text(n.Report.Formula(row, n.Style))
	l.MACs = count.Text(count.Compute(row.MACs, n.Style))
	return l
}

// Turned writes the formula of all repetitions: n × (formula).
func (l *Line) Turned(formula string) string {
	if formula == "" || l.Times.Equal(num.Of(1)) {
		return formula
	}
	if strings.Contains(formula, " + ") {
		formula = "(" + formula + ")"
	}
	return l.Times.String() + "×" + formula
}

// Amount writes a number, none if it is 0. A lower bound is written as one: "≥", or
// "?" if nothing is known.
func Amount(n num.Int, atLeast bool, write func(num.Int) string, none string) string {
	switch {
	case atLeast && n.IsZero():
		return "?"
	case atLeast:
		return "≥" + write(n)
	case n.IsZero():
		return none
	default:
		return write(n)
	}
}

// Shape writes a shape as the reader's framework does.
func (n *Network) Shape(s tensor.Shape) string {
	if n.Style.Keras {
		return s.In(tensor.ChannelsLast)
	}
	return s.String()
}
