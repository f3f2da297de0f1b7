package count

import (
	"fmt"

	"paramstack/core/arch"
)

// MaxRows is how many rows a report may have beside those of the statements as they
// are written. Equal repetitions of a repeat share their rows, so only a repeat whose
// repetitions all differ, or a second use of second uses, can come near: a link of
// 200 characters can state billions. A page counts so many in about a second.
const MaxRows = 50_000

// A labelled is what a label meant.
type labelled struct {
	label string
	value flow
	made  *Row
}

// label sets what a label means from now on.
func (c *counter) label(label string, value flow, made *Row) {
	c.before = append(c.before, labelled{label, c.labels[label], c.made[label]})
	c.labels[label], c.made[label] = value, made
}

// restore makes labels mean what they did when so many had been set.
func (c *counter) restore(mark int) {
	for i := len(c.before) - 1; i >= mark; i-- {
		b := c.before[i]
		if c.labels[b.label], c.made[b.label] = b.value, b.made; b.made == nil {
			delete(c.labels, b.label)
			delete(c.made, b.label)
		}
	}
	c.before = c.before[:mark]
}

// tooMany is more rows than any report has.
const tooMany = 1 << 30

// measure returns the least number of rows that a body takes, before any is made:
// each repeat once, and what has a label again wherever it is used again, up to too
// many. It counts those that are written.
func (c *counter) measure(body []arch.Node) int {
	size := 0
	for _, n := range body {
		own := 1
		c.written++
		switch n := n.(type) {
		case *arch.Leaf:
		case *arch.Repeat:
			c.written++
			own += 1 + c.measure(n.Body) + c.sizes[n.Of]
		case *arch.Branch:
			for _, p := range n.Paths {
				c.written++
				own += 1 + c.measure(p.Body)
			}
		default:
			panic(fmt.Sprintf("count: unknown node %T", n))
		}
		own = min(own, tooMany)
		if label := n.Head().Label; label != "" {
			c.sizes[label] = own
		}
		size = min(size+own, tooMany)
	}
	return size
}
