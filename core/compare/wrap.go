package compare

// A block that was put around statements, or taken away from around them, has no
// partner, and neither have they: they are on other levels of the tree. through finds
// such blocks between the pairs of two bodies and aligns what is in them with the
// statements beside them.
func (a *aligner) through(all []pair) []pair {
	var out []pair
	for i := 0; i < len(all); {
		if all[i].x != nil && all[i].y != nil {
			out = append(out, all[i])
			i++
			continue
		}
		var xs, ys []*item
		for ; i < len(all) && (all[i].x == nil || all[i].y == nil); i++ {
			if x := all[i].x; x != nil {
				xs = append(xs, x)
			} else {
				ys = append(ys, all[i].y)
			}
		}
		out = a.gap(xs, ys, out)
	}
	return out
}

// gap appends statements without partners, seen through the blocks among them.
func (a *aligner) gap(xs, ys []*item, out []pair) []pair {
	if len(xs) == 0 || len(ys) == 0 {
		return alone(xs, ys, out)
	}
	if all := a.inPlace(xs, ys); all != nil {
		return append(out, all...)
	}
	// Put around: blocks of the second network, each with the statements that it has.
	for k, y := range ys {
		if inner, from, to := a.around(y, xs, false); inner != nil {
			out = a.gap(xs[:from], ys[:k], out)
			out = append(out, pair{y: y, inner: inner})
			return a.gap(xs[to:], ys[k+1:], out)
		}
	}
	// Taken away: the same from the other side.
	for k, x := range xs {
		if inner, from, to := a.around(x, ys, true); inner != nil {
			out = a.gap(xs[:k], ys[:from], out)
			out = append(out, pair{x: x, inner: inner})
			return a.gap(xs[k+1:], ys[to:], out)
		}
	}
	return alone(xs, ys, out)
}

// around aligns the bodies in a block with statements beside it, of which those from
// to to are in it; nil if most of them are not. flip is for a block of the first
// network. Of a branch the path that holds most is looked at, the others are new or
// gone.
func (a *aligner) around(block *item, beside []*item, flip bool) (inner []pair, from, to int) {
	body, path := block.kids, -1
	if block.layerOf() != nil {
		for i, p := range block.kids {
			if path < 0 || p.weight > block.kids[path].weight {
				path = i
			}
		}
		if path < 0 {
			return nil, 0, 0
		}
		body = block.kids[path].kids
	}
	if len(body) == 0 || len(body)*len(beside) > a.spare {
		return nil, 0, 0
	}
	// What is spent here must not be missing where pairs are looked for.
	left, coarse := a.left, a.coarse
	a.left = a.spare
	defer func() { a.left, a.spare, a.coarse = left, a.left, coarse }()
	aligned := a.oriented(body, beside, flip)
	seen := overlap{from: len(beside)}
	seen.add(a, aligned, flip)
	whole := block.weight
	if from, to = seen.from, seen.to; from < to {
		for _, x := range beside[from:to] {
			whole += x.weight
		}
	}
	if 3*seen.both <= whole { // of both sides together, so two thirds of them have to be alike
		return nil, 0, 0
	}
	aligned = a.oriented(body, beside[from:to], flip)
	if path < 0 {
		return aligned, from, to
	}
	for i, p := range block.kids {
		one := pair{y: p}
		if flip {
			one = pair{x: p}
		}
		if i == path {
			one.inner = aligned
		}
		inner = append(inner, one)
	}
	return inner, from, to
}

// An overlap is what a block and the statements beside it have in common.
type overlap struct {
	at, from, to int   // the statement beside it that comes next; the range of those that have partners
	both         int32 // what has a partner that is much like it
}

func (o *overlap) add(a *aligner, all []pair, flip bool) {
	for _, p := range all {
		in, out := p.y, p.x
		if flip {
			in, out = p.x, p.y
		}
		if out == nil {
			o.add(a, p.inner, flip)
			continue
		}
		if p.inner != nil { // what is in a block beside it is beside it once
			inside := overlap{}
			inside.add(a, p.inner, flip)
			o.both += inside.both
			o.from, o.to = min(o.from, o.at), o.at+1
		}
		if in != nil {
			o.from, o.to = min(o.from, o.at), o.at+1
			if a.cost(p.x, p.y) < scale*in.weight/2 {
				o.both += in.weight
			}
		}
		o.at++
	}
}

// oriented aligns a block's body with what is beside the block, first network first.
func (a *aligner) oriented(body, beside []*item, flip bool) []pair {
	if flip {
		return a.through(a.pairs(body, beside))
	}
	return a.through(a.pairs(beside, body))
}
