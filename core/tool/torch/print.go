package torch

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
)

// PrintReader is the text of print(model) of PyTorch: a tree of modules, each
// with its arguments (torch.nn.Module.__repr__).
var PrintReader = source.Reader{
	ID: "torch-print", Label: "PyTorch print(model)",
	Detect: func(head []byte, _ *source.File) bool { return looksPrinted(head) },
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		m, err := parsePrint(string(data))
		if err != nil {
			return nil, err
		}
		return planTorch(m)
	},
}

// A line of print: (conv1): Conv2d(3, 64, …) or (0-11): 12 x Block(.
var printLine = regexp.MustCompile(`^\s*\(([^()\s]{1,200})\): (?:(\d{1,12}) x )?([A-Za-z_][\w.]{0,200})\((.*)$`)

// printRoot is the first line, and parameterLine an entry of a ParameterList.
var (
	printRoot     = regexp.MustCompile(`^(?:>>> ?)?([A-Za-z_][\w.]{0,200})\((.*)$`)
	parameterLine = regexp.MustCompile(`^\s*\(([^()\s]{1,200})\): (?:Parameter containing|Object of type): \[?(?:[\w.]+ of size|torch\.[\w.]*Tensor of size) ?([\dx]*)[^\]]*\]?$`)
)

// looksPrinted reports whether a text looks like print(model): a root that opens, and
// a child in it; or one layer of torch.nn alone.
func looksPrinted(head []byte) bool {
	root := false
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, " \t\r\n")
		switch {
		case len(line) == 0:
		case root && (printLine.Match(line) || parameterLine.Match(line)):
			return true
		default:
			found := printRoot.FindSubmatch(line)
			root = found != nil && len(found[2]) == 0 || root && bytes.HasPrefix(line, []byte("  "))
			if found != nil && len(bytes.TrimSpace(head)) == len(line) && isLayer(string(found[1])) && bytes.HasSuffix(found[2], []byte(")")) {
				return true
			}
		}
	}
	return false
}

// maxModuleDepth is how deep modules may nest.
const maxModuleDepth = 200

// parsePrint reads the tree. What is before it and behind it is passed over.
func parsePrint(text string) (*module, error) {
	var root, alone *module
	var open []*module
	count, at := 0, 0
	for line := range strings.Lines(text) {
		at++
		line = strings.TrimRight(line, " \t\r\n")
		var m *module
		rest := ""
		if found := printLine.FindStringSubmatch(line); found != nil && len(open) > 0 {
			m = &module{name: found[1], class: found[3], times: 1}
			rest = found[4]
			if found[2] != "" {
				n, _ := strconv.ParseInt(found[2], 10, 64)
				if n < 1 || n > arch.MaxTimes {
					return nil, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.OutOfRange, found[2], 1, arch.MaxTimes))
				}
				m.times = n
				if nested := repeats(open) + 1; n > 1 && nested > maxBlocks {
					return nil, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.TextTooDeep, maxBlocks))
				}
			}
		} else if found := parameterLine.FindStringSubmatch(line); found != nil && len(open) > 0 {
			open[len(open)-1].own = append(open[len(open)-1].own, parseExtents(found[2]))
			continue
		} else if found := printRoot.FindStringSubmatch(line); found != nil && root == nil {
			m = &module{class: found[1], times: 1}
			rest = found[2]
		}
		switch {
		case m != nil:
			if count++; count > source.MaxNodes {
				return nil, diag.New(catalog.ImportTooManyNodes, count, source.MaxNodes)
			}
			m.class = m.class[strings.LastIndexByte(m.class, '.')+1:]
			if len(open) > 0 {
				m.path = joinPath(open[len(open)-1].path, m.name)
				open[len(open)-1].kids = append(open[len(open)-1].kids, m)
			}
			// What holds others breaks its line behind the bracket; a layer closes it.
			if rest != "" {
				m.args = parseArguments(strings.TrimSuffix(rest, ")"))
			} else if open = append(open, m); len(open) > maxModuleDepth {
				return nil, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.TextTooDeep, maxModuleDepth))
			}
			switch {
			case root != nil:
			case rest == "":
				root = m
			case alone == nil && isLayer(m.class):
				alone = m // one layer printed by itself, if no tree follows
			}
		case len(open) == 0:
			// Before the tree, or behind it.
		case strings.TrimSpace(line) == ")":
			open = open[:len(open)-1]
		default:
			// What a module states of itself comes before the modules in it.
			top := open[len(open)-1]
			if len(top.kids) == 0 {
				top.args = append(top.args, parseArguments(line)...)
			}
		}
		if root != nil && len(open) == 0 {
			break
		}
	}
	if len(open) > 0 {
		return nil, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.ImportTreeOpen, open[len(open)-1].describe()))
	}
	if root == nil {
		root = alone
	}
	if root == nil {
		return nil, diag.New(catalog.ImportNoLayers, "PyTorch")
	}
	return root, nil
}

// isLayer reports whether a class has a kind of its own.
func isLayer(class string) bool {
	row, _ := rowOf(class)
	return row != nil
}

// repeats counts those among modules that stand for several.
func repeats(open []*module) int {
	n := 0
	for _, m := range open {
		if m.times > 1 {
			n++
		}
	}
	return n
}

// describe names a module for a message.
func (m *module) describe() string {
	if m.path == "" {
		return m.class
	}
	return m.path
}

func joinPath(outer, name string) string {
	if outer == "" {
		return name
	}
	return outer + "." + name
}

// parseExtents reads 10x10; "" is a single number.
func parseExtents(s string) tensor.Shape {
	shape := tensor.Shape{}
	for _, part := range strings.Split(s, "x") {
		if part != "" && len(shape) < source.MaxDims {
			shape = append(shape, tensor.Dim{N: vocab.Whole(literal(part))})
		}
	}
	return shape
}
