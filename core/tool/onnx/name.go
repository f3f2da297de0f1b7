package onnx

import (
	"paramstack/core/tool/names"
	"strings"
)

// freeName finds a free name for a layer: its module's if its weights have it, else
// its node's, else its output's.
func (l *lowering) freeName(n *node, d draft) string {
	name := ""
	for _, w := range d.weights {
		for _, r := range w.roots {
			if s, ok := moduleName(r.name); ok && name == "" {
				name = s
			}
		}
	}
	if name == "" {
		name = scopeName(n)
	}
	if name += d.tail; name == "" {
		name = "node"
	}
	free := ""
	free, l.asked[name] = names.Find(name, max(l.asked[name], 2), names.Dashed, func(s string) bool {
		_, taken := l.Index[s]
		return !taken
	})
	return free
}

// moduleName returns the module of a parameter: features.0 of features.0.weight.
func moduleName(s string) (string, bool) {
	for _, end := range []string{".weight", ".bias", "_w_0", "_b_0", "_w", "_weight", "_W", "/kernel", "/weight", "/W"} {
		if base, ok := strings.CutSuffix(s, end); ok && base != "" && !strings.Contains(base, "::") {
			return base, true
		}
	}
	return "", false
}

// scopeName makes a module's name of a node's. PyTorch repeats modules on the way
// down: /layer1/layer1.0/conv1/Conv is layer1.0.conv1.
func scopeName(n *node) string {
	if n.Name == "" {
		if len(n.Out) > 0 && n.Out[0] != "" {
			return n.Op + "_" + n.Out[0]
		}
		return n.Op
	}
	parts := strings.Split(strings.Trim(n.Name, "/"), "/")
	if len(parts) < 2 || !strings.HasPrefix(n.Name, "/") {
		return n.Name
	}
	var path []string
	for _, p := range parts[:len(parts)-1] {
		if k := len(path); k > 0 && strings.HasPrefix(p, path[k-1]+".") {
			path[k-1] = p
			continue
		}
		path = append(path, p)
	}
	last := parts[len(parts)-1]
	if strings.HasPrefix(last, n.Op) && (strings.HasPrefix(n.Op, "Conv") || n.Op == "Gemm") {
		return strings.Join(path, ".")
	}
	return strings.Join(append(path, last), ".")
}
