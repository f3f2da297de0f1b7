package transfer

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"paramstack/core/catalog"
)

// A coder writes the fields of a message, or reads them in the same order. On its way a
// message is a text, its type's name and then the values of its fields, each behind its
// length in bytes: "8:ReadFile1:0". JSON would
// do as well, but a page that reads it downloads 60 KB more.
type coder struct {
	out     strings.Builder
	in      string // what is yet to be read
	reading bool
	bad     bool // what was read is no message
}

// text writes or reads a text. What is not UTF-8 would not arrive: JavaScript's strings
// cannot hold it.
func (c *coder) text(s *string) {
	if !c.reading {
		valid := strings.ToValidUTF8(*s, "\uFFFD")
		c.out.WriteString(strconv.Itoa(len(valid)))
		c.out.WriteByte(':')
		c.out.WriteString(valid)
		return
	}
	length, rest, _ := strings.Cut(c.in, ":")
	n, err := strconv.Atoi(length)
	if err != nil || n < 0 || n > len(rest) {
		c.bad, c.in, *s = true, "", ""
		return
	}
	*s, c.in = rest[:n], rest[n:]
}

// number writes or reads a number, exactly.
func (c *coder) number(f *float64) {
	s := strconv.FormatFloat(*f, 'g', -1, 64)
	c.text(&s)
	if c.reading {
		var err error
		if *f, err = strconv.ParseFloat(s, 64); err != nil {
			c.bad = true
		}
	}
}

// whole writes or reads a whole number, in bounds.
func (c *coder) whole(n *int, most int) {
	s := strconv.Itoa(*n)
	c.text(&s)
	if c.reading {
		var err error
		if *n, err = strconv.Atoi(s); err != nil || *n < 0 || *n > most {
			c.bad, *n = true, 0
		}
	}
}

func (c *coder) flags(all ...*bool) {
	for _, b := range all {
		n := 0
		if *b {
			n = 1
		}
		c.whole(&n, 1)
		*b = n == 1
	}
}

func (c *coder) lang(l *catalog.Lang) {
	tag := l.Tag()
	c.text(&tag)
	*l = catalog.ByTag(tag)
}

// texts writes or reads a list of texts.
func (c *coder) texts(all *[]string) { list(c, all, c.text) }

// list writes or reads a list, nil if it is empty. What is in a list takes two bytes at
// least, so that no length makes it longer than its message.
func list[T any](c *coder, all *[]T, item func(*T)) {
	n := len(*all)
	if !c.reading {
		c.whole(&n, n)
		for i := range *all {
			item(&(*all)[i])
		}
		return
	}
	c.whole(&n, len(c.in)/2)
	*all = nil
	for range n {
		var t T
		item(&t)
		*all = append(*all, t)
	}
}

func encode[M any](message M, fields func(M, *coder) M) string {
	var c coder
	name := reflect.TypeOf(message).Name()
	c.text(&name)
	fields(message, &c)
	return c.out.String()
}

func decode[M any](known []M, message string, fields func(M, *coder) M) (none M, err error) {
	c := coder{in: message, reading: true}
	var name string
	c.text(&name)
	for _, m := range known {
		if reflect.TypeOf(m).Name() != name {
			continue
		}
		m = fields(m, &c)
		if c.bad || c.in != "" {
			return none, fmt.Errorf("transfer: this is no %s", name)
		}
		return m, nil
	}
	return none, fmt.Errorf("transfer: unknown message %q", name)
}
