package keras

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// kerasOptions is the config of one layer, option by option: which options there
// are differs by class and by version, and most are of no matter here.
type kerasOptions map[string]json.RawMessage

// get returns the first of several spellings of an option that is given.
func (o kerasOptions) get(names ...string) json.RawMessage {
	for _, n := range names {
		if v, ok := o[n]; ok && len(v) > 0 && string(v) != "null" {
			return v
		}
	}
	return nil
}

// text returns an option that is a word, "" if it is not given or is no word.
func (o kerasOptions) text(names ...string) string {
	var s string
	if json.Unmarshal(o.get(names...), &s) != nil {
		return ""
	}
	return s
}

// written returns a number as its file writes it, ready for a field; "" if it is
// not given.
func (o kerasOptions) written(names ...string) string {
	v := o.get(names...)
	if len(v) == 0 {
		return ""
	}
	if n, ok := wholeOf(v); ok {
		return strconv.FormatInt(n, 10)
	}
	if s := strings.Trim(string(v), `"`); len(s) < 40 {
		return s
	}
	return "?" // no field reads it, so that it is told
}

// yes returns a switch.
func (o kerasOptions) yes(other bool, names ...string) bool {
	var b bool
	if json.Unmarshal(o.get(names...), &b) != nil {
		return other
	}
	return b
}

// whole returns a whole number.
func (o kerasOptions) whole(other int64, names ...string) int64 {
	if n, ok := wholeOf(o.get(names...)); ok {
		return n
	}
	return other
}

// numbers returns a list of whole numbers, or one; nil if there is none. What is
// left open (null, or −1) is tensor.Unknown.
func (o kerasOptions) numbers(names ...string) []int64 {
	n, _ := sizesOf(o.get(names...))
	return n
}

// wholeOf reads a whole number; 3.0 is one too.
func wholeOf(v json.RawMessage) (int64, bool) {
	s := string(bytes.TrimSpace(v))
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, true
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || !(x < 1<<53 && x > -1<<53) || x != float64(int64(x)) {
		return 0, false
	}
	return int64(x), true
}

// sizesOf reads whole numbers, alone or in a list; null and negative ones are
// tensor.Unknown. False if it is neither.
func sizesOf(v json.RawMessage) ([]int64, bool) {
	if n, ok := wholeOf(v); ok {
		return []int64{n}, true
	}
	var list []json.RawMessage
	if json.Unmarshal(v, &list) != nil || len(list) > 64 {
		return nil, false
	}
	n := make([]int64, len(list))
	for i, e := range list {
		one, ok := wholeOf(e)
		switch {
		case string(bytes.TrimSpace(e)) == "null":
			one = tensor.Unknown
		case !ok:
			return nil, false
		case one < 0:
			one = tensor.Unknown
		}
		n[i] = one
	}
	return n, true
}

// A kerasKey names a tensor: output number tensor of a layer's call number node.
type kerasKey struct {
	layer  string
	node   int
	tensor int
}

// A kerasRef is the use of a tensor, with its shape where Keras 3 tells it: with
// the batch, else nil.
type kerasRef struct {
	kerasKey
	shape []int64
}

// A kerasUse is one call of a layer: the tensors it is given by place and by name.
type kerasUse struct {
	args []kerasRef
	by   map[string][]kerasRef
}

// maxKerasDepth is how deep models, and lists of tensors, may nest.
const maxKerasDepth = 32

// usesOf reads inbound_nodes: one entry a call. Keras 1 and 2 list [name, call,
// output, options]; Keras 3 writes args and kwargs with tensors inside.
func usesOf(v json.RawMessage) []kerasUse {
	var calls []json.RawMessage
	if json.Unmarshal(v, &calls) != nil {
		return nil
	}
	uses := make([]kerasUse, 0, len(calls))
	for _, call := range calls {
		u := kerasUse{by: map[string][]kerasRef{}}
		var three struct {
			Args   json.RawMessage            `json:"args"`
			Kwargs map[string]json.RawMessage `json:"kwargs"`
		}
		if json.Unmarshal(call, &three) == nil && three.Args != nil {
			u.refs(three.Args, "", 0)
			u.named(three.Kwargs, 0)
		} else {
			u.refs(call, "", 0)
		}
		uses = append(uses, u)
	}
	return uses
}

// named reads the tensors given by name.
func (u *kerasUse) named(options map[string]json.RawMessage, depth int) {
	for name, v := range options {
		if name != "" {
			u.refs(v, name, depth+1)
		}
	}
}

// refs collects the tensors in a value.
func (u *kerasUse) refs(v json.RawMessage, name string, depth int) {
	v = bytes.TrimSpace(v)
	if len(v) == 0 || depth > maxKerasDepth {
		return
	}
	switch v[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(v, &list) != nil {
			return
		}
		if ref, ok := refOf(list); ok {
			u.put(name, ref)
			if len(list) > 3 {
				var options map[string]json.RawMessage
				if json.Unmarshal(list[3], &options) == nil {
					u.named(options, depth)
				}
			}
			return
		}
		for _, e := range list {
			u.refs(e, name, depth+1)
		}
	case '{':
		var object map[string]json.RawMessage
		if json.Unmarshal(v, &object) != nil {
			return
		}
		if string(object["class_name"]) == `"__keras_tensor__"` {
			var t struct {
				Shape   json.RawMessage   `json:"shape"`
				History []json.RawMessage `json:"keras_history"`
			}
			if json.Unmarshal(object["config"], &t) == nil {
				if ref, ok := refOf(t.History); ok {
					ref.shape, _ = sizesOf(t.Shape)
					u.put(name, ref)
				}
			}
			return
		}
		for key, e := range object {
			if name == "" { // tensors in a dictionary are named
				u.refs(e, key, depth+1)
			} else {
				u.refs(e, name, depth+1)
			}
		}
	}
}

// put files a tensor by its place, or by its name.
func (u *kerasUse) put(name string, ref kerasRef) {
	if name == "" {
		u.args = append(u.args, ref)
	} else {
		u.by[name] = append(u.by[name], ref)
	}
}

// refOf reads [name, call, output], false if a list is none.
func refOf(list []json.RawMessage) (kerasRef, bool) {
	var ref kerasRef
	if len(list) < 3 || json.Unmarshal(list[0], &ref.layer) != nil || ref.layer == "_CONSTANT_VALUE" {
		return ref, false
	}
	node, ok := wholeOf(list[1])
	output, fine := wholeOf(list[2])
	if !ok || !fine || node < 0 || output < 0 || node > source.MaxNodes || output > source.MaxNodes {
		return ref, false
	}
	ref.node, ref.tensor = int(node), int(output)
	return ref, true
}

// shapeOfSizes writes sizes as fields read them, "" if there are none.
func shapeOfSizes(n []int64) string {
	e := layer.ExtentsOf(n[:min(len(n), layer.MaxRank)]...)
	if len(n) == 0 || len(n) > layer.MaxRank {
		return ""
	}
	return e.Text()
}
