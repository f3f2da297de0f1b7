// Package names finds free names: a name that is taken gets the first number that
// makes it another's. What a number looks like is a Numbering; how names are found
// is here alone.
package names

import (
	"strconv"
	"strings"
)

// A Numbering makes a name with a number of another.
type Numbering func(name string, n int) string

// Dashed writes conv-2, as labels do.
func Dashed(name string, n int) string { return name + "-" + strconv.Itoa(n) }

// Joined writes conv2, and conv1_2 after a digit, as code does.
func Joined(name string, n int) string {
	if last := name[len(name)-1]; last >= '0' && last <= '9' {
		return name + "_" + strconv.Itoa(n)
	}
	return name + strconv.Itoa(n)
}

// DashedTo is Dashed for names of at most so many bytes: longer ones lose their end.
func DashedTo(most int) Numbering {
	return func(name string, n int) string {
		tail := Dashed("", n)
		short := strings.ToValidUTF8(name[:min(len(name), most-len(tail))], "")
		return strings.TrimRight(short, "-._") + tail
	}
}

// Find returns a name if it is free, else the first free one of number(name, from),
// number(name, from+1), …; and the number to begin with for the next of that name.
func Find(name string, from int, number Numbering, free func(string) bool) (fresh string, next int) {
	fresh, next = name, from
	for ; !free(fresh); next++ {
		fresh = number(name, next)
	}
	return fresh, next
}

// A Set is the names that are taken in one place.
type Set struct {
	number Numbering
	taken  map[string]bool
	next   map[string]int // the number that may be free next
}

// NewSet returns a set in which some names are taken.
func NewSet(number Numbering, taken ...string) *Set {
	s := &Set{number, map[string]bool{}, map[string]int{}}
	for _, name := range taken {
		s.taken[name] = true
	}
	return s
}

// Free returns name, or name with a number if it is taken, and marks the result as
// taken.
func (s *Set) Free(name string) string {
	fresh, next := Find(name, max(s.next[name], 2), s.number, func(n string) bool { return !s.taken[n] })
	if s.taken[fresh] = true; fresh != name {
		s.next[name] = next
	}
	return fresh
}

// Take marks a name as taken.
func (s *Set) Take(name string) { s.taken[name] = true }

// Release makes a name free again.
func (s *Set) Release(name string) {
	delete(s.taken, name)
	clear(s.next)
}
