package keras

import (
	"bytes"
	"encoding/json"
)

// A tensorKey names a tensor: output number output of a layer's call number call.
type tensorKey struct {
	layer  string
	call   int
	output int
}

// A tensorRef is the use of a tensor, with its shape where Keras 3 writes it: with
// the batch, else nil.
type tensorRef struct {
	tensorKey
	shape []int64
}

// A callRefs is one call of a layer: its input tensors, by place and by name.
type callRefs struct {
	args  []tensorRef
	named map[string][]tensorRef
}

// callsOf reads inbound_nodes: one entry a call. Keras 1 and 2 list [name, call,
// output, options]; Keras 3 writes args and kwargs with tensors inside.
func callsOf(v json.RawMessage) []callRefs {
	var calls []json.RawMessage
	if json.Unmarshal(v, &calls) != nil {
		return nil
	}
	uses := make([]callRefs, 0, len(calls))
	for _, call := range calls {
		u := callRefs{named: map[string][]tensorRef{}}
		var three struct {
			Args   json.RawMessage            `json:"args"`
			Kwargs map[string]json.RawMessage `json:"kwargs"`
		}
		if json.Unmarshal(call, &three) == nil && three.Args != nil {
			u.collect(three.Args, "", 0)
			u.collectNamed(three.Kwargs, 0)
		} else {
			u.collect(call, "", 0)
		}
		uses = append(uses, u)
	}
	return uses
}

// each calls f with every tensor of a call.
func (u *callRefs) each(f func(tensorRef)) {
	for _, r := range u.args {
		f(r)
	}
	for _, named := range u.named {
		for _, r := range named {
			f(r)
		}
	}
}

// collectNamed reads the tensors passed by name.
func (u *callRefs) collectNamed(options map[string]json.RawMessage, depth int) {
	for name, v := range options {
		if name != "" {
			u.collect(v, name, depth+1)
		}
	}
}

// collect reads the tensors in a value.
func (u *callRefs) collect(v json.RawMessage, name string, depth int) {
	v = bytes.TrimSpace(v)
	if len(v) == 0 || depth > maxDepth {
		return
	}
	switch v[0] {
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(v, &list) != nil {
			return
		}
		if ref, ok := refOf(list); ok {
			u.add(name, ref)
			if len(list) > 3 {
				var options map[string]json.RawMessage
				if json.Unmarshal(list[3], &options) == nil {
					u.collectNamed(options, depth)
				}
			}
			return
		}
		for _, e := range list {
			u.collect(e, name, depth+1)
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
					ref.shape = shapeIn(t.Shape)
					u.add(name, ref)
				}
			}
			return
		}
		for key, e := range object {
			if name == "" { // tensors in a dictionary are named
				u.collect(e, key, depth+1)
			} else {
				u.collect(e, name, depth+1)
			}
		}
	}
}

// add files a tensor by its place, or by its name.
func (u *callRefs) add(name string, ref tensorRef) {
	if name == "" {
		u.args = append(u.args, ref)
	} else {
		u.named[name] = append(u.named[name], ref)
	}
}

// refOf reads [name, call, output], false if a list is none.
func refOf(list []json.RawMessage) (tensorRef, bool) {
	var ref tensorRef
	if len(list) < 3 || json.Unmarshal(list[0], &ref.layer) != nil || ref.layer == "_CONSTANT_VALUE" {
		return ref, false
	}
	var ok, fine bool
	ref.call, ok = indexOf(list[1])
	ref.output, fine = indexOf(list[2])
	return ref, ok && fine
}
