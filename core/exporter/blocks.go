package exporter

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
)

// An expr makes a module in code: a call, a sequence, or so many of one.
type expr interface {
	// key is the expression without the values of its arguments: expressions with
	// the same key differ in values only.
	key(b *strings.Builder)
	// values calls f with every argument, in order.
	values(f func(*arg))
}

// An arg is one argument of a call.
type arg struct {
	name  string // as the callee names it
	value string // as code
	omit  string // left out where it is this
	named bool   // written with its name
	param string // the parameter of the class around it that stands for the value
}

func pos(name, value string) arg { return arg{name: name, value: value} }
func named(name, value, omit string) arg {
	return arg{name: name, value: value, omit: omit, named: true}
}

type call struct {
	fn      string
	args    []arg
	inner   *block   // the class that fn will be called, if it is one of the code's own
	lead    string   // an argument before the others, the same in every use
	last    string   // one behind the others, likewise
	without []string // tensors that PyTorch's class makes and that are taken away again
	behind  string   // what follows the call: .requires_grad_(False)
}

type sequence struct {
	items []expr
	loop  bool // the turns of a repeat
}

// times are so many modules made alike, each with weights of its own.
type times struct {
	n int64
	e expr
}

func (c *call) key(b *strings.Builder) {
	b.WriteString(c.fn)
	b.WriteByte('(')
	b.WriteString(c.lead)
	if c.inner != nil {
		c.inner.key(b)
	}
	for i := range c.args {
		b.WriteString(c.args[i].name)
		b.WriteByte(',')
	}
	b.WriteString(c.last + strings.Join(c.without, ",") + c.behind)
	b.WriteByte(')')
}

func (c *call) values(f func(*arg)) {
	if c.inner != nil {
		c.args = c.inner.arguments() // once the inner class knows its parameters
	}
	for i := range c.args {
		f(&c.args[i])
	}
}

func (s *sequence) key(b *strings.Builder) {
	b.WriteByte('[')
	for _, e := range s.items {
		e.key(b)
		b.WriteByte(';')
	}
	b.WriteByte(']')
}

func (s *sequence) values(f func(*arg)) {
	for _, e := range s.items {
		e.values(f)
	}
}

func (t *times) key(b *strings.Builder) {
	b.WriteString(strconv.FormatInt(t.n, 10))
	b.WriteByte('*')
	t.e.key(b)
}

func (t *times) values(f func(*arg)) { t.e.values(f) }

// A block is one class of the code, or one use of it: its modules, and how a
// value goes through them. In Keras code it is a function, whose statements are
// its inits.
type block struct {
	name    string // wished for
	id      arch.ID
	inits   []init_
	forward []string
	locals  map[string]bool // names that its parameters may not have
	class   *class
	all     []*arg // the arguments of its modules
	depth   int    // of the blocks in it
}

// An init_ is one attribute of a class, or one statement of a function.
type init_ struct {
	name string
	e    expr   // nil: a statement
	text string // the statement, with {} for the attribute's name, or for e in a function
}

func (b *block) key(w *strings.Builder) {
	w.WriteByte('{')
	for _, i := range b.inits {
		w.WriteString(i.name)
		w.WriteByte('=')
		w.WriteString(i.text)
		if i.e != nil {
			i.e.key(w)
		}
		w.WriteByte('\n')
	}
	w.WriteString(strings.Join(b.forward, "\n"))
	w.WriteByte('}')
}

// arguments are what a use of a block hands to its class.
func (b *block) arguments() []arg {
	args := make([]arg, len(b.class.params))
	for i, p := range b.class.params {
		args[i] = arg{name: p.name, value: b.all[p.at].value}
	}
	return args
}

// A class is what blocks with the same modules and the same forward share. The
// values in which they differ are its parameters.
type class struct {
	name   string
	first  *block // whose code is written
	uses   []*block
	params []param
}

// A param is a parameter of a class: its name, and the first argument it is the
// value of.
type param struct {
	name string
	at   int
}

// classes makes classes of blocks, inner ones first, in the order in which code
// has to define them. name makes a free name of what fits all uses of one.
func classes(blocks []*block, name func(wish string) string) []*class {
	byKey := map[string]*class{}
	var all []*class
	deepest := 0
	for _, b := range blocks {
		deepest = max(deepest, b.depth)
	}
	for depth := 0; depth <= deepest; depth++ {
		var fresh []*class
		for _, b := range blocks {
			if b.depth != depth {
				continue
			}
			var key strings.Builder
			b.key(&key)
			c := byKey[key.String()]
			if c == nil {
				c = &class{first: b}
				byKey[key.String()] = c
				fresh = append(fresh, c)
			}
			b.class = c
			c.uses = append(c.uses, b)
		}
		for _, c := range fresh {
			c.parametrise()
			c.name = name(c.wish())
		}
		all = append(all, fresh...)
	}
	return all
}

// wish is the name that fits all the uses of a class: what their names begin
// with.
func (c *class) wish() string {
	common := c.uses[0].name
	for _, b := range c.uses[1:] {
		n := 0
		for n < min(len(common), len(b.name)) && common[n] == b.name[n] {
			n++
		}
		common = common[:n]
	}
	common = strings.TrimRight(common, "0123456789._-")
	if common == "" {
		common = strings.TrimRight(c.uses[0].name, "0123456789._-")
	}
	return common
}

// parametrise finds the values in which the uses of a class differ. Arguments
// that are equal in every use are one parameter.
func (c *class) parametrise() {
	for _, b := range c.uses {
		for _, i := range b.inits {
			if i.e != nil {
				i.e.values(func(a *arg) { b.all = append(b.all, a) })
			}
		}
	}
	taken := map[string]bool{"self": true, "x": true}
	for name := range c.first.locals {
		taken[name] = true
	}
	byValues := map[string]string{}
	for i, a := range c.first.all {
		same := true
		var values strings.Builder
		for _, b := range c.uses {
			same = same && b.all[i].value == a.value
			values.WriteString(b.all[i].value)
			values.WriteByte('|')
		}
		if same {
			continue
		}
		name, ok := byValues[values.String()]
		if !ok {
			name = a.name
			for n := 2; taken[name]; n++ {
				name = a.name + strconv.Itoa(n)
			}
			taken[name] = true
			byValues[values.String()] = name
			c.params = append(c.params, param{name, i})
		}
		a.param = name
	}
}

// names hands out names that are valid and free.
type names struct {
	taken    map[string]bool
	reserved map[string]bool
	next     map[string]int // the number that may be free next
}

func newNames(reserved string) *names {
	n := &names{map[string]bool{}, map[string]bool{}, map[string]int{}}
	for _, w := range strings.Fields(reserved) {
		n.reserved[w] = true
	}
	return n
}

// free returns name, or name with a number, and takes it.
func (n *names) free(name string) string {
	fresh := name
	for i := max(n.next[name], 2); n.taken[fresh] || n.reserved[fresh]; i++ {
		fresh = name + strconv.Itoa(i)
		if last := name[len(name)-1]; last >= '0' && last <= '9' {
			fresh = name + "_" + strconv.Itoa(i)
		}
		n.next[name] = i + 1
	}
	n.taken[fresh] = true
	return fresh
}

// release makes a name free again.
func (n *names) release(name string) {
	delete(n.taken, name)
	clear(n.next)
}

// identifier returns a free identifier of Python's for a label.
func (n *names) identifier(label string) string { return n.free(identifier(label)) }

// class returns a free name of a class.
func (n *names) class(label string) string { return n.free(camel(label)) }
