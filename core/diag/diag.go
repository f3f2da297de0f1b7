// Package diag has the one type for problems: in a text, in a layer, in a file.
package diag

import "paramstack/core/catalog"

// A NodeID names a node of a model for as long as the node lives. 0 names none. It
// is here because diag is the lowest package that refers to nodes.
type NodeID int32

// A Severity is how much a problem matters.
type Severity uint8

// The severities.
const (
	Error   Severity = iota // the layer cannot exist: what depends on it is unknown
	Warning                 // legal, and probably not what was meant
	Note                    // worth knowing
)

// A Span is a place in a text: byte offsets [Start, End).
type Span struct{ Start, End int }

// A Diag is one problem: where it is, what it is in the reader's language, and
// what would fix it. Say is the sentence; its arguments repeat what was
// received and what would be right.
type Diag struct {
	Severity Severity
	Node     NodeID // the node concerned, 0 if none
	Field    string // the hyper-parameter concerned, "" if none
	Span     *Span  // the place in the text, nil if it does not come from one
	Say      catalog.Message
	Fixes    []Fix
}

// New returns an error with its sentence.
func New(key catalog.Key, args ...any) *Diag {
	return &Diag{Say: catalog.Message{Key: key, Args: args}}
}

// Warn returns a warning with its sentence.
func Warn(key catalog.Key, args ...any) *Diag {
	return &Diag{Severity: Warning, Say: catalog.Message{Key: key, Args: args}}
}

// On names the hyper-parameter concerned and returns d.
func (d *Diag) On(field string) *Diag {
	d.Field = field
	return d
}

// AddFix adds a mechanical fix and returns d.
func (d *Diag) AddFix(f Fix) *Diag {
	d.Fixes = append(d.Fixes, f)
	return d
}

// Error makes a Diag usable as an error, in English.
func (d *Diag) Error() string { return d.Say.In(catalog.English) }

// An Op is what a Fix does to the node it is offered for.
type Op uint8

// The mechanical fixes.
const (
	SetField     Op = iota // write Value into Field
	InsertBefore           // insert the layer in Value before the node
	Remove                 // remove the node
	SetSource              // have the layer Node output Value; which field that is, core/count finds out
	Clear                  // forget Field: the layer takes Value, which it receives
	AppendToPath           // insert the layer in Value at the end of the path Node, which is the Path-th
)

// A Fix is a change that a button can apply.
type Fix struct {
	Op    Op
	Node  NodeID // the node to change, where it is not the one the problem is at
	Field string
	Value string // in the notation of the stack text
	Path  int
}

// Label returns the text of the button.
func (f Fix) Label() catalog.Message {
	switch f.Op {
	case SetField:
		if f.Node != 0 && f.Field == "shape" {
			return catalog.Say(catalog.FixInput, f.Value)
		}
		if f.Node != 0 {
			return catalog.Say(catalog.FixEarlier, catalog.FieldName(f.Field), f.Value)
		}
		return catalog.Say(catalog.FixSet, catalog.FieldName(f.Field), f.Value)
	case Clear:
		return catalog.Say(catalog.FixSet, catalog.FieldName(f.Field), f.Value)
	case InsertBefore:
		return catalog.Say(catalog.FixInsert, f.Value)
	case AppendToPath:
		return catalog.Say(catalog.FixAppend, f.Value, f.Path)
	default:
		if f.Node != 0 {
			return catalog.Say(catalog.FixRemoveFlatten)
		}
		return catalog.Say(catalog.FixRemove)
	}
}
