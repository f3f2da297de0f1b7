// Package vocab is what other tools call the kinds of layer: a table a tool, in
// which a row is a class with its arguments and the kind and fields that they are
// here. Readers look a row up by its class, writers by the kind, and tables that
// people print by either, so that no name of a tool is written twice.
//
// A kind's own name in PyTorch and Keras is in its file (layer.Kind.Torch, Keras),
// since the page shows it; rows take it from there. This package is below the
// packages of the tools and knows none of them.
//
// A row of PyTorch's, with the class's parameters in their order:
//
//	{Kind: conv, Classes: []string{"Conv#d", "LazyConv#d"}, In: First, Params: []Param{
//		{Name: "in_channels", Use: States}, {Name: "out_channels", Field: "filters"}, {Name: "stride"}}}
//
// A row of Keras' is {Kind: conv, Classes: []string{"Conv#D"}, Params: …}: Conv2D is
// found by it, and Conv2DTranspose by "Conv#DTranspose". Another table is a function
// like Torch in a file of its own, and a line in the test's list of tables.
package vocab

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
)

// A Table is the vocabulary of one tool.
type Table struct {
	Rows    []*Row
	ignored map[string]bool // keywords that change neither shapes nor counts, in every class
	byClass map[string]*Row
	byKind  map[*layer.Kind]*Row
}

// A Row is a class of a tool: which kind it is and what its arguments are.
//
// Classes has every name that is spelled, preset and called alike; # is a number
// of spatial dimensions: Conv#d is Conv1d, Conv2d and Conv3d. A kind that has
// several rows is written by the first, and a class in several rows is read by the
// first. A row without classes is a kind that the tool writes in another way.
type Row struct {
	Kind    *layer.Kind
	Classes []string
	Params  []Param // in the order in which they are positional
	Preset  func(layer.Layer)
	In      Axis // the extent of the input that an argument states
	Dims    int  // spatial dimensions of a class whose name has no number; 0: any
	Unnamed int  // how many arguments people write without their keywords

	Message string // the message that holds the arguments, in formats of messages
}

// An Axis is an extent of an input.
type Axis uint8

// The axes.
const (
	NoAxis Axis = iota
	First       // the channels
	Last        // the features
)

// A Param is a parameter of a class and what it is here.
type Param struct {
	Name  string // the tool's keyword: kernel_size
	Field string // the kind's field: kernel; "": called like the keyword
	Use   Use
	Read  func(Value) string // the field's text; nil: Text

	Also    []string // older spellings of the keyword
	Parts   []string // older keywords that hold one of its numbers each
	Default Value    // what the tool takes it to be where a call does not state it
	Like    string   // the parameter whose value is the default
	Stated  bool     // written even where it is the default
}

// A Use is what becomes of an argument.
type Use uint8

// The uses.
const (
	Sets    Use = iota // the field has its value
	Extends            // the field, which another argument sets, has one more number: the columns of a table
	States             // it is an extent of the input: the row's In
	Ignores            // it changes neither shapes nor counts
	Depends            // on more than itself, such as the order of extents: the tool's reader knows
)

// A Value is an argument as it is decoded from Python or JSON: nil, bool, int64,
// float64, string or []Value. A string that is no literal of Python's (a name, an
// expression) is its text.
type Value any

// An Arg is an argument of a call; Name is "" if it is positional.
type Arg struct {
	Name  string
	Value Value
}

// A Made is what a call of a class makes.
type Made struct {
	Layer   layer.Layer
	In      int64 // the extent of the input at the row's In; tensor.Unknown: not stated
	Unknown []int // the arguments that the row does not know
}

// newTable indexes rows.
func newTable(ignored string, rows []*Row) *Table {
	t := &Table{Rows: rows, ignored: map[string]bool{}, byClass: map[string]*Row{}, byKind: map[*layer.Kind]*Row{}}
	for _, name := range strings.Fields(ignored) {
		t.ignored[name] = true
	}
	for _, r := range rows {
		for i := range r.Params {
			if p := &r.Params[i]; p.Field == "" && p.Use <= Extends {
				p.Field = p.Name
			}
		}
		if t.byKind[r.Kind] == nil {
			t.byKind[r.Kind] = r
		}
		for _, c := range r.Classes {
			if t.byClass[c] == nil {
				t.byClass[c] = r
			}
		}
	}
	return t
}

// Of returns the row by which a kind is written, nil if the tool has none.
func (t *Table) Of(k *layer.Kind) *Row { return t.byKind[k] }

// Class returns the row of a class and how many spatial dimensions it works on;
// -1: any. nil if the class is none of the table's.
func (t *Table) Class(name string) (r *Row, dims int) {
	if r = t.byClass[name]; r != nil {
		if r.Dims > 0 {
			return r, r.Dims
		}
		return r, -1
	}
	for i := 1; i+1 < len(name); i++ {
		if c := name[i]; c >= '1' && c <= '3' && name[i+1]|0x20 == 'd' {
			if r = t.byClass[name[:i]+"#"+name[i+1:]]; r != nil {
				return r, int(c - '0')
			}
		}
	}
	return nil, -1
}

// Class returns the class by which the kind is written for so many spatial
// dimensions, "" if there is none.
func (r *Row) Class(dims int) string {
	if len(r.Classes) == 0 {
		return ""
	}
	return strings.Replace(r.Classes[0], "#", strconv.Itoa(dims), 1)
}

// Sets returns the parameter whose value a field is, nil if there is none.
func (r *Row) Sets(field string) *Param {
	for i := range r.Params {
		if p := &r.Params[i]; p.Field == field && p.Use == Sets {
			return p
		}
	}
	return nil
}

// States returns the parameter that states an extent of the input, nil if there is
// none.
func (r *Row) States() *Param {
	for i := range r.Params {
		if p := &r.Params[i]; p.Use == States {
			return p
		}
	}
	return nil
}

// Param returns the parameter of a keyword, nil if there is none.
func (r *Row) Param(name string) *Param {
	for i := range r.Params {
		if p := &r.Params[i]; p.Name == name || slices.Contains(p.Also, name) {
			return p
		}
	}
	return nil
}

// Canonical returns options by the names of the row's parameters: older spellings
// become today's, and numbers that were stated one by one a list. Of several
// spellings the newest that is not None counts. Other options stay as they are.
func (r *Row) Canonical(options map[string]Value) map[string]Value {
	all := maps.Clone(options)
	for i := range r.Params {
		p := &r.Params[i]
		for _, old := range p.Also {
			v, stated := options[old]
			if !stated {
				continue
			}
			if delete(all, old); all[p.Name] == nil {
				all[p.Name] = v
			}
		}
		var parts []Value
		for _, part := range p.Parts {
			if v := options[part]; v != nil {
				parts = append(parts, v)
			}
		}
		if all[p.Name] == nil && parts != nil {
			all[p.Name] = parts
		}
	}
	return all
}

// Make returns the layer that a call of a row's class makes. The error says which
// field cannot have its value, or lacks one.
func (t *Table) Make(r *Row, args []Arg) (Made, error) {
	m := Made{In: tensor.Unknown}
	texts := map[string]string{}
	for i, a := range args {
		var p *Param
		switch {
		case a.Name != "":
			p = r.Param(a.Name)
		case i < len(r.Params):
			p = &r.Params[i]
		}
		switch {
		case p == nil && a.Name != "" && t.ignored[a.Name]:
		case p == nil || p.Use == Depends:
			m.Unknown = append(m.Unknown, i)
		case p.Use == States:
			m.In = Whole(a.Value)
		case p.Use == Sets:
			texts[p.Field] = p.text(a.Value)
		case p.Use == Extends:
			texts[p.Field] = strings.TrimPrefix(texts[p.Field]+"x"+p.text(a.Value), "x")
		}
	}
	for i := range r.Params {
		p := &r.Params[i]
		if _, stated := texts[p.Field]; !stated && p.Use == Sets && p.Default != nil {
			texts[p.Field] = p.text(p.Default)
		}
	}
	l := r.Kind.New()
	if r.Preset != nil {
		r.Preset(l)
	}
	for i := range r.Kind.Fields {
		f := &r.Kind.Fields[i]
		// l was made here, so it may be written in place.
		if text := texts[f.Name]; text != "" {
			if d := f.At(l).Parse(text); d != nil {
				return m, d.On(f.Name)
			}
		}
		if f.Need && f.At(l).Unset() {
			return m, diag.New(catalog.NeedsField, r.Kind.Name, f.Label(), layer.Example(f)).On(f.Name)
		}
	}
	m.Layer = l
	return m, nil
}

func (p *Param) text(v Value) string {
	if p.Read != nil {
		return p.Read(v)
	}
	return Text(v)
}

// Text writes a value as fields are written: [3, 3] is 3x3, None is "" (the
// default), and a None among others is ?.
func Text(v Value) string {
	switch v := v.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "on"
		}
		return "off"
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		return v
	case []Value:
		parts := make([]string, len(v))
		for i, item := range v {
			if parts[i] = Text(item); item == nil && len(v) > 1 {
				parts[i] = "?"
			}
		}
		return strings.Join(parts, "x")
	default:
		return ""
	}
}

// Whole returns a whole number of at least 1, tensor.Unknown if v is none.
func Whole(v Value) int64 {
	if n, ok := v.(int64); ok && n >= 1 {
		return n
	}
	return tensor.Unknown
}

// preset is a Preset of layers of one type. What it sets must be as Parse leaves
// it.
func preset[L layer.Layer](set func(L)) func(layer.Layer) {
	return func(l layer.Layer) { set(l.(L)) }
}
