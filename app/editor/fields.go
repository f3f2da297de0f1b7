package editor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/text"
)

// The fields of a row that are not hyper-parameters of its kind.
const (
	LabelField = "label"
	TimesField = "times"
	// SharedField is the switch of a repeat whose repetitions have one set of
	// weights, SharesField the label of the layer whose weights a layer uses.
	SharedField = "shared"
	SharesField = "shares"
)

// Messages about the hyper-parameters of a node.
type (
	// SetField writes a hyper-parameter, the label or the times of a node.
	SetField struct {
		ID           arch.ID
		Field, Value string
	}
	// Toggle flips a switch of a node.
	Toggle struct {
		ID    arch.ID
		Field string
	}
	// ApplyFix applies a remedy: the Fix-th of the Problem-th problem of a row.
	ApplyFix struct {
		Row          Key
		Problem, Fix int
	}
)

func (m SetField) apply(s State) (State, []Effect) {
	model, d := setField(s.Doc.Model, m.ID, m.Field, s.typed(m.ID, m.Field, m.Value))
	if d != nil {
		return s.say(ToneBad, d.Say), nil
	}
	return s.edit(model, "")
}

func (m Toggle) apply(s State) (State, []Effect) {
	node := s.Doc.Model.Find(m.ID)
	if r, ok := node.(*arch.Repeat); ok && m.Field == SharedField {
		return s.edit(s.Doc.Model.SetShared(m.ID, !r.Shared), "")
	}
	l := layerOf(node)
	if l == nil {
		return s, nil
	}
	f := l.Kind().Field(m.Field)
	if f == nil || !f.IsSwitch() {
		return s, nil
	}
	value := "on"
	if f.Text(l) == "on" {
		value = "off"
	}
	return SetField{m.ID, m.Field, value}.apply(s)
}

// The button of a fix disappears with the problem, so the focus moves to the row.
func (m ApplyFix) apply(s State) (State, []Effect) {
	row := s.rowOf(m.Row)
	if row == nil || m.Problem >= len(noted(row)) || m.Fix >= len(noted(row)[m.Problem].Fixes) {
		return s, nil
	}
	fix := noted(row)[m.Problem].Fixes[m.Fix]
	model := s.Doc.Model
	switch fix.Op {
	case diag.SetField:
		var d *diag.Diag
		id := row.ID
		if fix.Node != 0 {
			id = fix.Node
		}
		if model, d = setField(model, id, fix.Field, fix.Value); d != nil {
			return s.say(ToneBad, d.Say), nil
		}
	case diag.Clear:
		var d *diag.Diag
		if model, d = setField(model, row.ID, fix.Field, ""); d != nil {
			return s.say(ToneBad, d.Say), nil
		}
	case diag.InsertBefore:
		nodes, problems := text.ParseNodes(fix.Value)
		if firstError(problems) != nil {
			return s, nil
		}
		model, _ = model.Insert(arch.Place{Anchor: row.ID, Side: arch.Before}, nodes...)
	case diag.AppendToPath:
		nodes, problems := text.ParseNodes(fix.Value)
		if firstError(problems) != nil {
			return s, nil
		}
		model, _ = model.Insert(arch.Place{Anchor: fix.Node, Side: arch.Into}, nodes...)
	case diag.Remove:
		if fix.Node != 0 {
			model = model.Delete(fix.Node)
			break
		}
		m.Row = s.rowBeside([]arch.ID{row.ID})
		model = model.Delete(row.ID)
	default:
		panic(fmt.Sprintf("editor: unknown remedy %d", fix.Op))
	}
	s, effects := s.edit(model, "")
	return s.moveTo(m.Row, effects)
}

// setField writes a hyper-parameter, a label or the times of a repeat.
func setField(m arch.Model, id arch.ID, field, value string) (arch.Model, *diag.Diag) {
	node := m.Find(id)
	if node == nil {
		return m, diag.New(catalog.NoticeGone)
	}
	value = strings.TrimSpace(value)
	switch field {
	case LabelField:
		if d := text.CheckLabel(m, id, value); d != nil {
			return m, d
		}
		return m.SetLabel(id, value), nil
	case SharesField:
		label := strings.TrimPrefix(value, "@")
		if label != "" && !hasLabel(m, label) {
			return m, diag.New(catalog.NoSuchLabel, layer.Quote(label)).On(SharesField)
		}
		return m.SetShares(id, label), nil
	case TimesField:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 || n > arch.MaxTimes {
			return m, diag.New(catalog.OutOfRange, layer.Quote(value), 1, arch.MaxTimes).On(TimesField)
		}
		return m.SetTimes(id, n), nil
	}
	l := layerOf(node)
	if l == nil || l.Kind().Field(field) == nil {
		return m, diag.New(catalog.NoticeGone)
	}
	f := l.Kind().Field(field)
	value = strings.ToLower(value) // as in the text: phones begin with a capital
	if value == "" && !f.Need {
		value = f.Text(l.Kind().New()) // cleared: back to the default
		if value == "" {
			fresh := layer.Clone(l)
			layer.Reset(f, fresh)
			return m.SetLayer(id, fresh), nil
		}
	}
	fresh, d := layer.With(l, f, value)
	if d != nil {
		return m, d
	}
	return m.SetLayer(id, fresh), nil
}

func hasLabel(m arch.Model, label string) bool {
	found := false
	m.Walk(func(n arch.Node) { found = found || n.Head().Label == label })
	return found
}

// layerOf returns the layer of a leaf or the join of a branch, nil for others.
func layerOf(n arch.Node) layer.Layer {
	switch n := n.(type) {
	case *arch.Leaf:
		return n.Layer
	case *arch.Branch:
		return n.Join
	default:
		return nil
	}
}

// An input is shown in the order of the preferences, so it is typed in that order.

// inputOf returns a node's layer if it is an input whose channels are shown last,
// and how many extents before them are steps in time.
func (s State) inputOf(id arch.ID) (in *layer.Input, steps int) {
	if s.Prefs.Layout != tensor.ChannelsLast {
		return nil, 0
	}
	in, _ = layerOf(s.Doc.Model.Find(id)).(*layer.Input)
	if row := s.Doc.Report.Row(id); row != nil && row.Out.Timed() {
		steps = 1
	}
	return in, steps
}

// typed returns what was typed into a field in the notation of the stack text.
func (s State) typed(id arch.ID, field, value string) string {
	in, steps := s.inputOf(id)
	if in == nil || field != "shape" {
		return value
	}
	extents := strings.FieldsFunc(strings.TrimSpace(value), func(r rune) bool { return r == 'x' || r == 'X' || r == '×' })
	if len(extents) < steps+2 || strings.ContainsAny(value, " ,") {
		return value
	}
	last := len(extents) - 1
	return strings.Join(slices.Insert(extents[:last:last], steps, extents[last]), "x")
}

// shown returns a field as it is shown, and typed, in the order of the preferences.
func (s State) shown(id arch.ID, field, value string) string {
	in, steps := s.inputOf(id)
	if in == nil || field != "shape" {
		return value
	}
	extents := strings.Split(value, "x")
	if len(extents) < steps+2 {
		return value
	}
	rest := append(extents[:steps:steps], extents[steps+1:]...)
	return strings.Join(append(rest, extents[steps]), "x")
}
