package oplist

import (
	"strconv"
	"strings"
)

// Names hands out names that are valid and free.
type Names struct {
	Taken    map[string]bool
	reserved map[string]bool
	next     map[string]int // the number that may be free next
}

func NewNames(reserved string) *Names {
	n := &Names{map[string]bool{}, map[string]bool{}, map[string]int{}}
	for _, w := range strings.Fields(reserved) {
		n.reserved[w] = true
	}
	return n
}

// Free returns name, or name with a number, and takes it.
func (n *Names) Free(name string) string {
	fresh := name
	for i := max(n.next[name], 2); n.Taken[fresh] || n.reserved[fresh]; i++ {
		fresh = name + strconv.Itoa(i)
		if last := name[len(name)-1]; last >= '0' && last <= '9' {
			fresh = name + "_" + strconv.Itoa(i)
		}
		n.next[name] = i + 1
	}
	n.Taken[fresh] = true
	return fresh
}

// Release makes a name free again.
func (n *Names) Release(name string) {
	delete(n.Taken, name)
	clear(n.next)
}
