package editor

import (
	"maps"
	"slices"
)

// Messages about which rows are drawn.
type (
	// FoldRow folds or unfolds a row; FoldAll does so with all.
	FoldRow struct{ Row Key }
	FoldAll struct{ Open bool }
	// Unroll shows every repetition of every repeat separately, or no more.
	Unroll struct{}
	// ShowMore draws more rows of a very long stack.
	ShowMore struct{}
)

func (m FoldRow) apply(s State) (State, []Effect) {
	k := m.Row
	if k == "" {
		k = s.View.Cursor
	}
	n := slices.IndexFunc(s.Page.foldable, func(f foldable) bool { return f.key == k })
	if n < 0 {
		return s, nil
	}
	s.View.Folded = maps.Clone(s.View.Folded)
	if s.View.Folded == nil {
		s.View.Folded = map[Key]bool{}
	}
	s.View.Folded[k] = !s.Page.foldable[n].closed
	return s, nil
}

func (m FoldAll) apply(s State) (State, []Effect) {
	s.View.Folded, s.View.openAll = nil, m.Open
	if !m.Open {
		s.View.Folded, s.View.Unroll = map[Key]bool{}, false
		for _, f := range s.Page.foldable {
			s.View.Folded[f.key] = true
		}
	}
	return s, nil
}

func (Unroll) apply(s State) (State, []Effect) {
	s.View.Unroll = !s.View.Unroll
	s.View.openAll = s.View.Unroll
	s.View.Folded = nil
	return s, nil
}

func (ShowMore) apply(s State) (State, []Effect) {
	s.View.Limit += firstRows
	return s, nil
}
