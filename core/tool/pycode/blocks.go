// Package pycode is Python in the form that networks are written in: classes of
// expressions that make modules, and statements that call them. Blocks with the
// same code become one Class, and values in which its uses differ become its
// parameters; each is printed once.
package pycode

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/tool/names"
)

// An Expr makes a module in code: a call, a sequence, or so many of one.
type Expr interface {
	// key is the expression without the values of its arguments: expressions with
	// the same key differ in values only.
	key(b *strings.Builder)
	// Values calls f with every argument, in order.
	Values(f func(*Arg))
}

// An Arg is one argument of a call.
type Arg struct {
	Name  string // as the callee names it
	Value string // as code
	Omit  string // left out where it is this
	Named bool   // written with its name
	param string // the parameter of the class around it that holds the value
}

// Pos is an argument by its place.
func Pos(name, value string) Arg { return Arg{Name: name, Value: value} }

// Named is an argument with its name, left out where its value is omit.
func Named(name, value, omit string) Arg {
	return Arg{Name: name, Value: value, Omit: omit, Named: true}
}

// A Call is a call of a function, or of the class of a block.
type Call struct {
	Func    string
	Args    []Arg
	Inner   *Block   // the block whose class is called instead of Func
	Lead    string   // an argument before the others, the same in every use
	Last    string   // one after the others, likewise
	Without []string // tensors that PyTorch's class makes and that are taken away again
	Behind  string   // what follows the call: .requires_grad_(False)
}

// A Sequence is expressions one after another.
type Sequence struct {
	Items []Expr
	Loop  bool // the repetitions of a repeat
}

// Times is a number of modules constructed alike, each with weights of its own.
type Times struct {
	N int64
	E Expr
}

func (c *Call) key(b *strings.Builder) {
	b.WriteString(c.Func)
	b.WriteByte('(')
	b.WriteString(c.Lead)
	if c.Inner != nil {
		c.Inner.Key(b)
	}
	for i := range c.Args {
		b.WriteString(c.Args[i].Name)
		b.WriteByte(',')
	}
	b.WriteString(c.Last + strings.Join(c.Without, ",") + c.Behind)
	b.WriteByte(')')
}

// Values implements Expr.
func (c *Call) Values(f func(*Arg)) {
	if c.Inner != nil {
		c.Args = c.Inner.arguments() // once the inner class knows its parameters
	}
	for i := range c.Args {
		f(&c.Args[i])
	}
}

func (s *Sequence) key(b *strings.Builder) {
	b.WriteByte('[')
	for _, e := range s.Items {
		e.key(b)
		b.WriteByte(';')
	}
	b.WriteByte(']')
}

// Values implements Expr.
func (s *Sequence) Values(f func(*Arg)) {
	for _, e := range s.Items {
		e.Values(f)
	}
}

func (t *Times) key(b *strings.Builder) {
	b.WriteString(strconv.FormatInt(t.N, 10))
	b.WriteByte('*')
	t.E.key(b)
}

// Values implements Expr.
func (t *Times) Values(f func(*Arg)) { t.E.Values(f) }

// A Block is one class of the code, or one use of it: its modules, and the path of
// a value through them. In Keras code it is a function, and inits are its
// statements.
type Block struct {
	Name    string // preferred
	ID      arch.ID
	Inits   []Init
	Forward []Statement
	Locals  map[string]bool // names that its parameters may not have
	Class   *Class
	all     []*Arg // the arguments of its modules
	Depth   int    // of the blocks in it
}

// An Init is one attribute of a class, or one statement of a function.
type Init struct {
	Name string
	E    Expr   // nil: a statement
	Text string // the statement, with {} for the attribute's name; in a function what follows the target, or e

	// In a function:
	Target string // the variable that is assigned; "": none
	Return bool   // its value is what the function returns
	Loop   string // the head of a loop whose body it is
	Deep   int    // how many loops are around it
	Note   string // a comment after it
}

// Key writes what is equal in two blocks that one class can serve.
func (b *Block) Key(w *strings.Builder) {
	w.WriteByte('{')
	for _, i := range b.Inits {
		w.WriteString(i.Name)
		w.WriteByte('=')
		w.WriteString(i.Text)
		if i.Return {
			w.WriteString("return ")
		}
		w.WriteString(strings.Join([]string{i.Target, i.Loop, strconv.Itoa(i.Deep), i.Note}, "|"))
		if i.E != nil {
			i.E.key(w)
		}
		w.WriteByte('\n')
	}
	PrintBody(w, b.Forward, "")
	w.WriteByte('}')
}

// arguments are what a use of a block hands to its class.
func (b *Block) arguments() []Arg {
	args := make([]Arg, len(b.Class.Params))
	for i, p := range b.Class.Params {
		args[i] = Arg{Name: p.Name, Value: b.all[p.at].Value}
	}
	return args
}

// A Class is what blocks with the same modules and the same forward share. The
// values in which they differ are its parameters.
type Class struct {
	Name   string
	First  *Block // whose code is written
	Uses   []*Block
	Params []param
}

// A param is a parameter of a class: its name, and the first argument it is the
// value of.
type param struct {
	Name string
	at   int
}

// Classes makes classes of blocks, inner ones first, in the order in which code
// has to define them. name makes a free name of what fits all uses of one.
func Classes(blocks []*Block, name func(preferred string) string) []*Class {
	byKey := map[string]*Class{}
	var all []*Class
	deepest := 0
	for _, b := range blocks {
		deepest = max(deepest, b.Depth)
	}
	for depth := 0; depth <= deepest; depth++ {
		var fresh []*Class
		for _, b := range blocks {
			if b.Depth != depth {
				continue
			}
			var key strings.Builder
			b.Key(&key)
			c := byKey[key.String()]
			if c == nil {
				c = &Class{First: b}
				byKey[key.String()] = c
				fresh = append(fresh, c)
			}
			b.Class = c
			c.Uses = append(c.Uses, b)
		}
		for _, c := range fresh {
			c.parametrise()
			c.Name = name(c.preferredName())
		}
		all = append(all, fresh...)
	}
	return all
}

// preferredName is the name that fits all the uses of a class: what their names
// begin with.
func (c *Class) preferredName() string {
	common := c.Uses[0].Name
	for _, b := range c.Uses[1:] {
		n := 0
		for n < min(len(common), len(b.Name)) && common[n] == b.Name[n] {
			n++
		}
		common = common[:n]
	}
	common = strings.TrimRight(common, "0123456789._-")
	if common == "" {
		common = strings.TrimRight(c.Uses[0].Name, "0123456789._-")
	}
	return common
}

// parametrise finds the values in which the uses of a class differ. Arguments
// that are equal in every use are one parameter.
func (c *Class) parametrise() {
	for _, b := range c.Uses {
		for _, i := range b.Inits {
			if i.E != nil {
				i.E.Values(func(a *Arg) { b.all = append(b.all, a) })
			}
		}
	}
	free := names.NewSet(names.Joined, "self", "x")
	for name := range c.First.Locals {
		free.Take(name)
	}
	byValues := map[string]string{}
	for i, a := range c.First.all {
		same := true
		var values strings.Builder
		for _, b := range c.Uses {
			same = same && b.all[i].Value == a.Value
			values.WriteString(b.all[i].Value)
			values.WriteByte('|')
		}
		if same {
			continue
		}
		name, ok := byValues[values.String()]
		if !ok {
			name = free.Free(a.Name)
			byValues[values.String()] = name
			c.Params = append(c.Params, param{name, i})
		}
		a.param = name
	}
}

// NewNames returns a set of Python names in which reserved words, and the names in
// taken, divided by blanks, are taken.
func NewNames(taken string) *names.Set {
	return names.NewSet(names.Joined, strings.Fields(reserved+" "+taken)...)
}

// FreeIdentifier returns a free identifier of Python's for a label.
func FreeIdentifier(n *names.Set, label string) string { return n.Free(Identifier(label)) }

// FreeClass returns a free name of a class for a label.
func FreeClass(n *names.Set, label string) string { return n.Free(camel(label)) }
