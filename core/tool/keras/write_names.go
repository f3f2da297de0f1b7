package keras

import (
	"strings"
	"unicode"

	"paramstack/core/tool/names"
	"paramstack/core/tool/pycode"
)

// Layers of a Keras model have names that must differ. Code makes many of them of
// a block's name and what is in it, so that a name that begins like a block's is
// not free either.
type layerNames struct {
	taken    map[string]bool
	prefixes map[string]bool // what the names in blocks begin with, without the _
	begins   map[string]bool // what taken names begin with, up to a _
	next     map[string]int  // the number that may be free next
	whole    bool            // the names are whole: no block's name is before them
}

func newLayerNames(whole bool) *layerNames {
	return &layerNames{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]int{}, whole}
}

// layer reserves a name for a layer, block one for a block.
func (n *layerNames) layer(preferred string) string { return n.take(preferred, false) }

func (n *layerNames) block(preferred string) string { return n.take(preferred, true) }

func (n *layerNames) take(preferred string, block bool) string {
	if n.inBlock(preferred) {
		preferred = strings.ReplaceAll(preferred, "_", "")
	}
	number := func(name string, i int) string {
		if last := name[len(name)-1]; n.prefixes[name] && '0' <= last && last <= '9' {
			name += "x" // with a _ it would be a name in that block
		}
		return names.Joined(name, i)
	}
	fresh, next := names.Find(preferred, max(n.next[preferred], 2), number, func(name string) bool { return n.free(name, block) })
	n.next[preferred] = next
	if n.taken[fresh] = true; block {
		n.prefixes[fresh] = true
	}
	for i := range fresh {
		if fresh[i] == '_' {
			n.begins[fresh[:i]] = true
		}
	}
	return fresh
}

func (n *layerNames) free(name string, block bool) bool {
	return !n.taken[name] && !n.inBlock(name) && !(block && n.begins[name]) && !(n.whole && isOperationName(name))
}

// inBlock reports whether a block's layers may have such a name.
func (n *layerNames) inBlock(name string) bool {
	for i := range name {
		if name[i] == '_' && n.prefixes[name[:i]] {
			return true
		}
	}
	return false
}

// isOperationName reports whether Keras may assign the name to a function in the
// model.
func isOperationName(name string) bool {
	if kind := strings.TrimRight(name, "0123456789"); kind != name {
		name = strings.TrimSuffix(kind, "_")
		if name == kind {
			return false // pad1, where Keras writes pad_1
		}
	}
	switch name {
	case "pad", "get_item", "roll", "matmul", "log_softmax", "gelu", "celu", "soft_shrink", "hard_shrink", "mean",
		"sum", "amax", "swapaxes":
		return true
	}
	return false
}

// layerName returns a valid name for a layer: TensorFlow accepts letters of ASCII,
// digits and _ only, PyTorch no dots.
func layerName(name, otherwise string) string {
	ascii := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return ' '
		}
		return r
	}, name)
	if s := pycode.Identifier(ascii); s != "n" || name == "n" {
		return s
	}
	return otherwise
}
