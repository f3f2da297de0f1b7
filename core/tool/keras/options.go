package keras

import (
	"bytes"
	"encoding/json"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/vocab"
)

// options are the arguments of a layer's constructor, decoded, by the names of
// Keras 3. Which there are differs by class and by version; most are of no matter
// here.
type options struct {
	class  string
	row    *vocab.Row // of the class, with the defaults; nil: it has none
	values map[string]vocab.Value
	inner  map[string]json.RawMessage // options that are, or hold, objects: other layers
	wrong  *diag.Diag                 // the first option of another type than its class declares
}

// newOptions are the options of a class.
func newOptions(class string, values map[string]vocab.Value) *options {
	row, _ := vocab.Keras().Class(class)
	if row != nil {
		values = row.Canonical(values)
	}
	return &options{class: class, row: row, values: values, inner: map[string]json.RawMessage{}}
}

// optionsOf decodes the config of a layer.
func optionsOf(class string, config json.RawMessage) (*options, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(config, &raw); err != nil {
		return nil, err
	}
	values, inner := map[string]vocab.Value{}, map[string]json.RawMessage{}
	for name, v := range raw {
		if plain, ok := decoded(v); ok {
			values[name] = plain
		} else {
			inner[name] = v
		}
	}
	o := newOptions(class, values)
	o.inner = inner
	return o, nil
}

// decoded returns a value of JSON; false if there is an object in it.
func decoded(raw json.RawMessage) (vocab.Value, bool) {
	if raw = bytes.TrimSpace(raw); bytes.IndexByte(raw, '{') >= 0 && raw[0] != '"' {
		return nil, false
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if d.Decode(&v) != nil {
		return nil, true
	}
	return valueOf(v), true
}

func valueOf(v any) vocab.Value {
	switch v := v.(type) {
	case json.Number:
		if n, err := strconv.ParseInt(v.String(), 10, 64); err == nil {
			return n
		}
		x, _ := v.Float64()
		return x
	case []any:
		list := make([]vocab.Value, len(v))
		for i := range v {
			list[i] = valueOf(v[i])
		}
		return list
	default:
		return v
	}
}

// get returns the first of several options that is stated and not None.
func (o *options) get(names ...string) vocab.Value {
	for _, n := range names {
		if v := o.values[n]; v != nil {
			return v
		}
	}
	return nil
}

// stated returns an option, else its default.
func (o *options) stated(name string) vocab.Value {
	if v := o.values[name]; v != nil || o.row == nil {
		return v
	}
	return o.standard(name)
}

// standard is the default of an option, nil if it has none.
func (o *options) standard(name string) vocab.Value {
	if o.row != nil {
		if p := o.row.Param(name); p != nil {
			return p.Default
		}
	}
	return nil
}

// given reports whether an option is set and not None, of any type.
func (o *options) given(name string) bool { return o.values[name] != nil || o.inner[name] != nil }

// text returns an option that is a word, "" if it is none.
func (o *options) text(name string) string {
	s, _ := o.stated(name).(string)
	return s
}

// flag returns a switch; one that is not stated has its default.
func (o *options) flag(name string) bool {
	standard, _ := o.standard(name).(bool)
	return o.flagOr(standard, name)
}

func (o *options) flagOr(other bool, name string) bool {
	if b, ok := o.values[name].(bool); ok {
		return b
	}
	return other
}

// trainable reports whether the layer learns.
func (o *options) trainable() bool { return o.flagOr(true, "trainable") }

// whole returns a whole number, else its default, else other.
func (o *options) whole(other int64, names ...string) int64 {
	if n, ok := wholeOf(o.get(names...)); ok {
		return n
	}
	if n, ok := o.standard(names[0]).(int64); ok {
		return n
	}
	return other
}

// count returns a whole number that the layer cannot do without; false if it is not
// stated. Something else in its place is wrong.
func (o *options) count(name string) (int64, bool) {
	v := o.values[name]
	if v == nil && o.inner[name] == nil {
		return 0, false
	}
	n, ok := wholeOf(v)
	if s, text := v.(string); text {
		var err error
		n, err = strconv.ParseInt(s, 10, 64)
		ok = err == nil
	}
	if !ok {
		o.mistyped(name, "1")
	}
	return n, ok
}

// width is a count as a field has it.
func (o *options) width(name string) layer.Width {
	if n, ok := o.count(name); ok {
		return layer.WidthOf(n)
	}
	return layer.WidthOf()
}

// mistyped records an option of another type than its class declares.
func (o *options) mistyped(name, like string) {
	if o.wrong != nil {
		return
	}
	received := o.inner[name]
	if received == nil {
		received, _ = json.Marshal(o.values[name])
	}
	o.wrong = diag.New(catalog.ImportKerasShape, o.class, "config."+name, layer.Quote(string(received)), like)
}

// real returns a number within bounds, else its default.
func (o *options) real(least, most float64, name string) (float64, bool) {
	if x, ok := vocab.Bounded(o.values[name], least, most); ok {
		return x, true
	}
	return vocab.Bounded(o.standard(name), least, most)
}

// sizes returns whole numbers, alone or in a list, else the default; nil if there
// are none. What is left open (None, or negative) is tensor.Unknown.
func (o *options) sizes(name string) []int64 {
	n, ok := sizesOf(o.get(name))
	if !ok {
		n, _ = sizesOf(o.standard(name))
	}
	return n
}

// axes returns whole numbers, alone or in a list, that count from the end where
// they are negative; nil if there are none.
func (o *options) axes(name string) []int64 { return signed(o.stated(name)) }

// signed reads whole numbers, alone or in a list.
func signed(v vocab.Value) []int64 {
	if n, ok := wholeOf(v); ok {
		return []int64{n}
	}
	list, _ := v.([]vocab.Value)
	all := make([]int64, 0, len(list))
	for _, e := range list {
		n, ok := e.(int64)
		if !ok {
			return nil
		}
		all = append(all, n)
	}
	return all
}

// wholeOf reads a whole number; 3.0 is one too.
func wholeOf(v vocab.Value) (int64, bool) {
	switch v := v.(type) {
	case int64:
		return v, true
	case float64:
		if v < 1<<53 && v > -1<<53 && v == float64(int64(v)) {
			return int64(v), true
		}
	}
	return 0, false
}

// sizesOf reads whole numbers, alone or in a list; None and negative ones are
// tensor.Unknown. False if it is neither.
func sizesOf(v vocab.Value) ([]int64, bool) {
	if n, ok := wholeOf(v); ok {
		return []int64{n}, true
	}
	list, ok := v.([]vocab.Value)
	if !ok || len(list) > 64 {
		return nil, false
	}
	n := make([]int64, len(list))
	for i, e := range list {
		size, ok := wholeOf(e)
		switch {
		case e == nil || ok && size < 0:
			size = tensor.Unknown
		case !ok:
			return nil, false
		}
		n[i] = size
	}
	return n, true
}

// withoutBatch reads a shape and drops its first extent, nil if there is none.
func withoutBatch(v vocab.Value) []int64 {
	n, ok := sizesOf(v)
	if _, list := v.([]vocab.Value); !ok || !list || len(n) == 0 {
		return nil
	}
	return n[1:]
}
