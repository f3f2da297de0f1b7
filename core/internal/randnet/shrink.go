package randnet

import (
	"paramstack/core/arch"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// Shrink returns, in one line, the smallest network it finds that still fails: statements are
// left out, half of them at first, blocks are opened, and options are set back.
// It must remain what it was chosen for: that it is valid, for instance. Both are
// asked with stack text.
func Shrink(source string, remains, fails func(source string) bool) string {
	left := 400 // calls
	try := func(m arch.Model) bool {
		if left <= 0 || len(m.Body) == 0 {
			return false
		}
		s := text.Format(m)
		if file, problems := text.Parse(s); len(problems) > 0 || len(file.Model.Body) == 0 {
			return false // a label is gone, say
		}
		left--
		return remains(s) && fails(s)
	}
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		return source
	}
	m := file.Model
	for smaller := true; smaller && left > 0; {
		smaller = false
		all := nodes(m)
		for size := max(len(all)/2, 1); size > 0; size /= 2 {
			for at := 0; at < len(all); at += size {
				if less := m.Delete(all[at:min(at+size, len(all))]...); text.Format(less) != text.Format(m) && try(less) {
					m, smaller = less, true
				}
			}
		}
		for _, id := range nodes(m) {
			for i := 0; i < len(simpler(m, id)); i++ {
				if less := simpler(m, id)[i]; text.Format(less) != text.Format(m) && try(less) {
					m, smaller = less, true
					i = -1 // there are other ways now
				}
			}
		}
	}
	return text.Compact(m)
}

func nodes(m arch.Model) []arch.ID {
	var all []arch.ID
	m.Walk(func(n arch.Node) { all = append(all, n.Head().ID) })
	return all
}

// simpler returns a model with one node made simpler, in several ways.
func simpler(m arch.Model, id arch.ID) []arch.Model {
	n := m.Find(id)
	if n == nil {
		return nil
	}
	var all []arch.Model
	if n.Head().Label != "" {
		all = append(all, m.SetLabel(id, ""))
	}
	plain := func(l layer.Layer) {
		k := l.Kind()
		for i := range k.Fields {
			if f := &k.Fields[i]; !f.IsDefault(l) && !f.Need && f.Text(k.Default()) != "" {
				if less, d := layer.With(l, f, f.Text(k.Default())); d == nil {
					all = append(all, m.SetLayer(id, less))
				}
			}
		}
	}
	switch n := n.(type) {
	case *arch.Leaf:
		if n.Frozen {
			all = append(all, m.SetFrozen(id, false))
		}
		if n.Shares != "" {
			all = append(all, m.SetShares(id, ""))
		}
		plain(n.Layer)
	case *arch.Repeat:
		if n.Of == "" {
			all = append(all, m.Unwrap(id), m.SetShared(id, false))
			if n.Times > 1 {
				all = append(all, m.SetTimes(id, 1))
			}
		}
	case *arch.Branch:
		all = append(all, m.Unwrap(id))
		for _, p := range n.Paths {
			all = append(all, m.DeletePath(p.ID))
		}
		plain(n.Join)
	}
	return all
}
