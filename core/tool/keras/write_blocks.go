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
// with its output.
func (s *codeScope) function(row *count.Row, enters held, write func(inner *codeScope) string) (*pycode.Block, held) {
	inner := s.program.scope(oplist.BlockName(row), row.ID)
	inner.values["x"], inner.batch = enters, "x"
	value := write(inner)
	out := inner.values[value]
	inner.returns(value)
	s.program.blocks = append(s.program.blocks, inner.block)
	s.block.Depth = max(s.block.Depth, inner.block.Depth+1)
	return inner.block, out
}

// returns ends a function with a value: that of the last statement as it is.
func (s *codeScope) returns(value string) {
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
func blockPrefix(s *codeScope, row *count.Row) string {
	if s.names.local {
		return s.names.layers.block(layerName(oplist.BlockName(row), "block"))
	}
	return s.names.layers.block(layerName(row.Name+strings.ReplaceAll(s.at.where, "/", "_"), "block"))
}

// isFunction reports whether a row may be a function.
func isFunction(s *codeScope, row *count.Row, cur string) bool {
	return cur != "" && s.program.facts.closed(row) && !s.program.inline[row.ID]
}

// branch writes the paths one after another, and what joins them.
func (s *codeScope) branch(row *count.Row, n *arch.Branch, cur, target string) string {
	if isFunction(s, row, cur) && oplist.Learns(row) && !n.GoesOnFromLabel() && !(s.at.body && s.at.paths == 0) {
		b, out := s.function(row, s.values[cur], func(inner *codeScope) string { return inner.joined(row, n, "x", "x") })
		name := s.name(blockPrefix(s, row))
		to := s.target(row, target)
		s.use(to, cur, name, b)
		s.values[to] = out
		return to
	}
	return s.joined(row, n, cur, target)
}

// joined writes the paths of a branch, and what joins them.
func (s *codeScope) joined(row *count.Row, n *arch.Branch, cur, target string) string {
	values := make([]string, len(row.Children))
	names := pathNames(row, n)
	var free []string
	s.at.paths++
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
	s.at.paths--
	if !n.Joins() {
		for _, v := range values[1:] {
			if v != "" && v == cur && !s.held(v) {
				v = s.assignCopy(s.variable("side"), v)
			}
			s.outputs = append(s.outputs, v)
		}
		return s.keep(row, values[0], target)
	}
	to := s.layer(row, n.Join, nil, target, values...)
	for _, v := range free { // nothing needs them any more
		if v != to {
			s.names.variables.Release(v)
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
	case s.program.facts.twice[row.ID] || n.Shared && n.Times > 1:
		return s.repetitions(row, n, cur, target)
	case isFunction(s, row, cur):
		return s.calls(row, n, cur, target)
	default:
		return s.bodies(row, n, cur, target)
	}
}

// again writes a second use of something: its layers are called once more.
func (s *codeScope) again(row *count.Row, n *arch.Repeat, cur, target string) string {
	source := s.places[n.Of]
	if source == nil {
		return writeMissing(s, row, diag.New(catalog.ExportNoTie, row.Name, layer.Quote(n.Of), catalog.ExportKeras), target)
	}
	where := s.at.where
	for _, turn := range row.Children {
		s.at.where = source.Where
		for _, used := range turn.Children {
			oplist.Again(used.Node, s.labels, func() { cur = s.flow([]*count.Row{used}, cur, target) })
		}
	}
	s.at.where = where
	return s.keep(row, cur, target)
}

// repetitions writes repetitions one by one, since their layers are called again: in
// other places, or by the repetitions themselves, which are a loop then.
func (s *codeScope) repetitions(row *count.Row, n *arch.Repeat, cur, target string) string {
	where := s.at.where
	defer func() { s.at.where = where }()
	turn := int64(0)
	for _, t := range row.Children {
		for i := int64(0); i < t.Turns() && !s.program.full(); i++ {
			if turn++; !n.Shared {
				s.at.where = where + "/" + pycode.Whole(turn)
			}
			begin, layers, v := len(s.block.Inits), len(s.names.layers.taken), s.values[cur]
			out := s.flow(t.Children, cur, target)
			same := out == cur && sameValue(s.values[out], v) && len(s.names.layers.taken) == layers
			if left := t.Turns() - i; n.Shared && turn > 1 && left > 1 && same && !s.program.facts.tree.Escapes(row.ID) {
				s.indent(begin, len(s.block.Inits), "for _ in range("+pycode.Whole(left)+"):")
				turn += left
				i += left
			}
			cur = out
			s.program.count()
		}
	}
	return s.keep(row, cur, target)
}

// indent moves statements under a head, if there are any.
func (s *codeScope) indent(begin, end int, head string) {
	inits := s.block.Inits[begin:end]
	if len(inits) == 0 {
		return
	}
	for i := range inits {
		inits[i].Deep++
	}
	s.block.Inits = slices.Insert(s.block.Inits, begin, pycode.Init{Text: head})
}

// loopIndex is the variable of a loop.
func loopIndex(s *codeScope) string {
	if s.at.loops < 3 {
		return "ijk"[s.at.loops : s.at.loops+1]
	}
	name := "i" + strconv.Itoa(s.at.loops+1)
	s.block.Locals[name] = true
	s.names.variables.Take(name)
	return name
}

// over is the range of repetitions, counted from 0.
func over(from, n int64) string {
	if from == 0 {
		return "range(" + pycode.Whole(n) + ")"
	}
	return "range(" + pycode.Whole(from) + ", " + pycode.Whole(from+n) + ")"
}

// calls writes repetitions as calls of a function, those that are alike as a loop.
func (s *codeScope) calls(row *count.Row, n *arch.Repeat, cur, target string) string {
	type alike struct { // repetitions, one after another
		b       *pycode.Block
		from, n int64
	}
	var runs []alike
	v, done := s.values[cur], int64(0)
	for _, t := range row.Children {
		for left := t.Turns(); left > 0 && !s.program.full(); {
			b, out := s.function(row, v, func(inner *codeScope) string {
				inner.at.body = true
				return inner.flow(t.Children, "x", "x")
			})
			times := int64(1)
			if sameValue(v, out) {
				times = left
			}
			if last := len(runs) - 1; last >= 0 && sameCode(runs[last].b.Inits, b.Inits) {
				runs[last].n += times
			} else {
				runs = append(runs, alike{b, done, times})
			}
			v, left, done = out, left-times, done+times
			s.program.count()
		}
	}
	prefix := blockPrefix(s, row)
	for _, r := range runs {
		switch {
		case n.Times == 1:
			s.use(target, cur, s.name(prefix), r.b)
		case r.n == 1:
			s.use(target, cur, s.name(prefix+"_"+pycode.Whole(r.from+1)), r.b)
		default:
			cur = s.assignCopy(target, cur)
			i := loopIndex(s)
			name := `f"` + s.names.prefix + prefix + "_{" + i + ` + 1}"`
			s.emit(pycode.Init{Loop: "for " + i + " in " + over(r.from, r.n) + ":", Target: target,
				E: &pycode.Call{Inner: r.b, Lead: cur, Last: "name=" + name}})
		}
		cur = target
	}
	s.values[cur] = v
	return s.keep(row, cur, target)
}

// sameCode reports whether statements are the same, with all values.
func sameCode(a, b []pycode.Init) bool {
	return slices.EqualFunc(a, b, func(x, y pycode.Init) bool {
		e, f := x.E, y.E
		x.E, y.E = nil, nil
		return x == y && sameCall(e, f)
	})
}

func sameCall(x, y pycode.Expr) bool {
	a, ok := x.(*pycode.Call)
	b, fine := y.(*pycode.Call)
	if !ok || !fine {
		return x == y
	}
	if a.Func != b.Func || a.Lead != b.Lead || a.Last != b.Last || !slices.Equal(a.Args, b.Args) {
		return false
	}
	return a.Inner == b.Inner || a.Inner != nil && b.Inner != nil && sameCode(a.Inner.Inits, b.Inner.Inits)
}

// bodies writes repetitions where they are, those that are alike as a loop.
func (s *codeScope) bodies(row *count.Row, n *arch.Repeat, cur, target string) string {
	if n.Times == 1 {
		for _, t := range row.Children {
			cur = s.flow(t.Children, cur, target)
		}
		return s.keep(row, cur, target)
	}
	outer := struct {
		names naming
		at    position
	}{s.names, s.at}
	name, i := blockPrefix(s, row), loopIndex(s)
	mark := "_{" + i + " + 1}_" // a repetition's number in the names of its layers
	loop := cur != "" && !s.program.facts.tree.Escapes(row.ID)
	var last struct {
		begin   int
		loops   bool // may be a loop
		from, n int64
	}
	// done makes a loop of the last repetitions that are alike, or numbers the one.
	done := func(end int) {
		if last.n > 1 {
			s.indent(last.begin, end, "for "+i+" in "+over(last.from, last.n)+":")
		} else if last.n == 1 {
			numbered(s.block.Inits[last.begin:end], mark, "_"+pycode.Whole(last.from+1)+"_")
		}
	}
	turn := int64(0)
	for _, t := range row.Children {
		for left := t.Turns(); left > 0 && !s.program.full(); {
			if loop {
				cur = s.assignCopy(target, cur)
			}
			begin, v := len(s.block.Inits), s.values[cur]
			s.names.layers, s.names.prefix, s.names.local = newLayerNames(false), outer.names.prefix+name+mark, true
			s.at.where, s.at.loops = outer.at.where+"/"+pycode.Whole(turn+1), outer.at.loops+1
			out := s.flow(t.Children, cur, target)
			s.names, s.at = outer.names, outer.at
			times, loops := int64(1), loop && out == cur
			if loops && sameValue(s.values[out], v) {
				times = left
			}
			if code := s.block.Inits; loops && last.loops && sameCode(code[last.begin:begin], code[begin:]) {
				s.block.Inits = s.block.Inits[:begin]
				last.n += times
			} else {
				before := len(s.block.Inits)
				done(begin)
				begin += len(s.block.Inits) - before // the head of a loop
				last.begin, last.loops, last.from, last.n = begin, loops, turn, times
			}
			cur, turn, left = out, turn+times, left-times
			s.program.count()
		}
	}
	done(len(s.block.Inits))
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
