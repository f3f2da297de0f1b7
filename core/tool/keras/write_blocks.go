package keras

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tool/oplist"
	"paramstack/core/tool/pycode"
)

func sameValue(a, b held) bool {
	return a.positive == b.positive && slices.Equal(a.order, b.order)
}

// function writes a body as a function of the value that enters, and returns it
// with what it gives.
func (s *codeScope) function(row *count.Row, enters held, write func(inner *codeScope) string) (*pycode.Block, held) {
	inner := s.w.scope(oplist.BlockName(row), row.ID)
	inner.values["x"], inner.batch = enters, "x"
	value := write(inner)
	out := inner.values[value]
	inner.give(value)
	s.w.blocks = append(s.w.blocks, inner.b)
	s.b.Depth = max(s.b.Depth, inner.b.Depth+1)
	return inner.b, out
}

// give writes what a function returns: the last value as it is made.
func (s *codeScope) give(value string) {
	if last := s.last(); last != nil && last.assigns(value) {
		last.Target, last.Return = "", true
		return
	}
	s.emit(pycode.Init{Text: value, Return: true})
}

// use calls a function of the code's own.
func (s *codeScope) use(target, cur, name string, b *pycode.Block) {
	s.emit(pycode.Init{Target: target, E: &pycode.Call{Inner: b, Lead: cur, Last: "name=" + name}})
}

// blockPrefix is a free name for what is in a row.
func (s *codeScope) blockPrefix(row *count.Row) string {
	if s.local {
		return s.layers.block(layerName(oplist.BlockName(row), "block"))
	}
	return s.layers.block(layerName(row.Name+strings.ReplaceAll(s.where, "/", "_"), "block"))
}

// separate reports whether a row may be a function.
func (s *codeScope) separate(row *count.Row, cur string) bool {
	return cur != "" && s.w.tree.Closed(row.ID) && !s.w.twice[row.ID] && !s.w.inline[row.ID]
}

// branch writes the paths one after another, and what joins them.
func (s *codeScope) branch(row *count.Row, n *arch.Branch, cur, target string) string {
	if s.separate(row, cur) && oplist.Learns(row) && !oplist.IsFrom(n) && !(s.turn && s.paths == 0) {
		b, out := s.function(row, s.values[cur], func(inner *codeScope) string { return inner.paths_(row, n, "x", "x") })
		name := s.name(s.blockPrefix(row))
		to := s.target(row, target)
		s.use(to, cur, name, b)
		s.values[to] = out
		return to
	}
	return s.paths_(row, n, cur, target)
}

func (s *codeScope) paths_(row *count.Row, n *arch.Branch, cur, target string) string {
	values := make([]string, len(row.Children))
	names := pathNames(row, n)
	var free []string
	s.paths++
	for i, path := range row.Children {
		from := cur
		if label := n.Paths[i].From; label != "" {
			from = s.labels[label]
		}
		if values[i] = from; len(path.Children) == 0 {
			continue
		}
		to := target
		if len(row.Children) > 1 {
			to = s.variable(names[i])
			free = append(free, to)
		}
		values[i] = s.flow(path.Children, from, to)
	}
	s.paths--
	if side := oplist.IsSide(n); side || oplist.IsFrom(n) {
		for _, v := range values[1:] {
			if v != "" && v == cur && !s.held(v) {
				v = s.copy(s.variable("side"), v)
			}
			s.outputs = append(s.outputs, v)
		}
		return s.keep(row, values[0], target)
	}
	to := s.spelled(row, n.Join, nil, target, values...)
	for _, v := range free { // nothing wants them any more
		if v != to {
			s.vars.Release(v)
		}
	}
	return to
}

// pathNames are what the values of paths are called: the way around the layers of
// a residual block is its shortcut.
func pathNames(row *count.Row, n *arch.Branch) []string {
	names := make([]string, len(row.Children))
	longest, full := 0, 0
	for i, p := range row.Children {
		if len(p.Children) > 0 {
			full++
		}
		if len(p.Children) > len(row.Children[longest].Children) {
			longest = i
		}
	}
	for i := range names {
		switch {
		case full == 1 || i == longest && full == 2 && n.Join.Kind().Name == "add":
			names[i] = "y"
		case full == 2 && n.Join.Kind().Name == "add":
			names[i] = "shortcut"
		default:
			names[i] = "branch" + strconv.Itoa(i+1)
		}
	}
	return names
}

func (s *codeScope) repeat(row *count.Row, n *arch.Repeat, cur, target string) string {
	switch {
	case n.Of != "":
		return s.again(row, n, cur, target)
	case s.w.twice[row.ID] || n.Shared && n.Times > 1:
		return s.turns(row, n, cur, target)
	case s.separate(row, cur):
		return s.calls(row, n, cur, target)
	default:
		return s.bodies(row, n, cur, target)
	}
}

// again writes a second use of something: its layers are called once more.
func (s *codeScope) again(row *count.Row, n *arch.Repeat, cur, target string) string {
	source := s.places[n.Of]
	if source == nil {
		return s.missing(row, diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Of), catalog.ExportKeras), target)
	}
	where, labels := s.where, s.labels
	s.labels = map[string]string{}
	for k, v := range labels {
		s.labels[k] = v
	}
	for _, turn := range row.Children {
		s.where = source.Where
		cur = s.flow(turn.Children, cur, target)
	}
	s.where, s.labels = where, labels
	return s.keep(row, cur, target)
}

// turns writes turns one by one, since their layers are called again: in other
// places, or by the turns themselves, which are a loop then.
func (s *codeScope) turns(row *count.Row, n *arch.Repeat, cur, target string) string {
	where := s.where
	defer func() { s.where = where }()
	turn := int64(0)
	for _, t := range row.Children {
		for i := int64(0); i < t.Turns() && !s.w.full; i++ {
			if turn++; !n.Shared {
				s.where = where + "/" + pycode.Whole(turn)
			}
			begin, layers, v := len(s.b.Inits), len(s.layers.taken), s.values[cur]
			out := s.flow(t.Children, cur, target)
			if left := t.Turns() - i; n.Shared && turn > 1 && left > 1 && out == cur && sameValue(s.values[out], v) && len(s.layers.taken) == layers && !s.w.tree.Escapes(row.ID) {
				s.indent(begin, len(s.b.Inits), "for _ in range("+pycode.Whole(left)+"):")
				turn += left
				i += left
			}
			cur = out
			s.w.count()
		}
	}
	return s.keep(row, cur, target)
}

// indent puts statements under a head, if there are any.
func (s *codeScope) indent(begin, end int, head string) {
	inits := s.b.Inits[begin:end]
	if len(inits) == 0 {
		return
	}
	for i := range inits {
		inits[i].Deep++
	}
	s.b.Inits = slices.Insert(s.b.Inits, begin, pycode.Init{Text: head})
}

// index is the variable of a loop.
func (s *codeScope) index() string {
	if s.loops < 3 {
		return "ijk"[s.loops : s.loops+1]
	}
	name := "i" + strconv.Itoa(s.loops+1)
	s.b.Locals[name] = true
	s.vars.Take(name)
	return name
}

// over is the range of turns, counted from 0.
func over(from, n int64) string {
	if from == 0 {
		return "range(" + pycode.Whole(n) + ")"
	}
	return "range(" + pycode.Whole(from) + ", " + pycode.Whole(from+n) + ")"
}

// calls writes turns as calls of a function, those that are alike as a loop.
func (s *codeScope) calls(row *count.Row, n *arch.Repeat, cur, target string) string {
	type run struct {
		b       *pycode.Block
		print   string
		from, n int64
	}
	var runs []run
	v, done := s.values[cur], int64(0)
	for _, t := range row.Children {
		for left := t.Turns(); left > 0 && !s.w.full; {
			b, out := s.function(row, v, func(inner *codeScope) string {
				inner.turn = true
				return inner.flow(t.Children, "x", "x")
			})
			one := run{b, printBlock(b), done, 1}
			if sameValue(v, out) {
				one.n = left
			}
			if last := len(runs) - 1; last >= 0 && runs[last].print == one.print {
				runs[last].n += one.n
			} else {
				runs = append(runs, one)
			}
			v, left, done = out, left-one.n, done+one.n
			s.w.count()
		}
	}
	prefix := s.blockPrefix(row)
	for _, r := range runs {
		switch {
		case n.Times == 1:
			s.use(target, cur, s.name(prefix), r.b)
		case r.n == 1:
			s.use(target, cur, s.name(prefix+"_"+pycode.Whole(r.from+1)), r.b)
		default:
			cur = s.copy(target, cur)
			i := s.index()
			name := `f"` + s.prefix + prefix + "_{" + i + ` + 1}"`
			s.emit(pycode.Init{Loop: "for " + i + " in " + over(r.from, r.n) + ":", Target: target, E: &pycode.Call{Inner: r.b, Lead: cur, Last: "name=" + name}})
		}
		cur = target
	}
	s.values[cur] = v
	return s.keep(row, cur, target)
}

// print is what a function is, with all values.
func printBlock(b *pycode.Block) string {
	var w strings.Builder
	b.Key(&w)
	var values func(b *pycode.Block)
	values = func(b *pycode.Block) {
		for _, i := range b.Inits {
			if e, ok := i.E.(*pycode.Call); ok {
				for _, a := range e.Args {
					w.WriteString("|" + a.Value)
				}
				if e.Inner != nil {
					values(e.Inner)
				}
			}
		}
	}
	values(b)
	return w.String()
}

// bodies writes turns where they are, those that are alike as a loop.
func (s *codeScope) bodies(row *count.Row, n *arch.Repeat, cur, target string) string {
	if n.Times == 1 {
		for _, t := range row.Children {
			cur = s.flow(t.Children, cur, target)
		}
		return s.keep(row, cur, target)
	}
	outer := *s
	name, i := s.blockPrefix(row), s.index()
	mark := "_{" + i + " + 1}_" // a turn's number in the names of its layers
	loop := cur != "" && !s.w.tree.Escapes(row.ID)
	var last struct {
		begin   int
		print   string
		from, n int64
	}
	// done makes a loop of the last turns that are alike, or gives the one its number.
	done := func(end int) {
		if last.n > 1 {
			s.indent(last.begin, end, "for "+i+" in "+over(last.from, last.n)+":")
		} else if last.n == 1 {
			numbered(s.b.Inits[last.begin:end], mark, "_"+pycode.Whole(last.from+1)+"_")
		}
	}
	turn := int64(0)
	for _, t := range row.Children {
		for left := t.Turns(); left > 0 && !s.w.full; {
			if loop {
				cur = s.copy(target, cur)
			}
			begin, v := len(s.b.Inits), s.values[cur]
			s.layers, s.prefix, s.local = newLayerNames(false), outer.prefix+name+mark, true
			s.where, s.loops = outer.where+"/"+pycode.Whole(turn+1), outer.loops+1
			out := s.flow(t.Children, cur, target)
			s.layers, s.prefix, s.local, s.where, s.loops = outer.layers, outer.prefix, outer.local, outer.where, outer.loops
			alike, times := "", int64(1)
			if loop && out == cur {
				alike = printBlock(&pycode.Block{Inits: s.b.Inits[begin:]})
				if sameValue(s.values[out], v) {
					times = left
				}
			}
			if alike != "" && alike == last.print {
				s.b.Inits = s.b.Inits[:begin]
				last.n += times
			} else {
				before := len(s.b.Inits)
				done(begin)
				begin += len(s.b.Inits) - before // the head of a loop
				last.begin, last.print, last.from, last.n = begin, alike, turn, times
			}
			cur, turn, left = out, turn+times, left-times
			s.w.count()
		}
	}
	done(len(s.b.Inits))
	return s.keep(row, cur, target)
}

// numbered writes a number in the place of a loop's index.
func numbered(inits []pycode.Init, mark, number string) {
	for i := range inits {
		e, ok := inits[i].E.(*pycode.Call)
		if !ok {
			continue
		}
		if e.Last = strings.Replace(e.Last, mark, number, 1); !strings.Contains(e.Last, "{") {
			e.Last = strings.Replace(e.Last, `name=f"`, `name="`, 1)
		}
	}
}
