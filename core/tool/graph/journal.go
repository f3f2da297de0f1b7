package graph

// A journal remembers what was written while Try runs, oldest first.
type journal []written

// written is a place that was written to, and what was there before.
type written interface{ restore() }

type variable[T any] struct {
	at  *T
	was T
}

func (v variable[T]) restore() { *v.at = v.was }

type entry[K comparable, V any] struct {
	of  map[K]V
	key K
	was V
	had bool
}

func (e entry[K, V]) restore() {
	if e.had {
		e.of[e.key] = e.was
	} else {
		delete(e.of, e.key)
	}
}

// Set writes v to a place; a Try that fails restores it.
func Set[T any](t *Builder, at *T, v T) {
	if t.trying > 0 {
		t.journal = append(t.journal, variable[T]{at, *at})
	}
	*at = v
}

// Put writes v into a map; a Try that fails restores it.
func Put[K comparable, V any](t *Builder, of map[K]V, key K, v V) {
	if t.trying > 0 {
		was, had := of[key]
		t.journal = append(t.journal, entry[K, V]{of, key, was, had})
	}
	of[key] = v
}

// Try calls f, and undoes all that was added, Set and Put if f fails. Tries nest.
func (t *Builder) Try(f func() bool) bool {
	mark := len(t.journal)
	t.trying++
	done := f()
	t.trying--
	if !done {
		for i := len(t.journal) - 1; i >= mark; i-- {
			t.journal[i].restore()
		}
	}
	if !done || t.trying == 0 {
		clear(t.journal[mark:])
		t.journal = t.journal[:mark]
	}
	return done
}
