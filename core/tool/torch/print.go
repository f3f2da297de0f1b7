package torch

import (
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
		roots, cut, err := parsePrint(string(data))
		if err != nil {
			return nil, err
		}
		r, err := planAll(roots)
		if err == nil && cut {
			r.AddNote(true, catalog.ImportPrintCut)
		}
		return r, err
	},
}

// A line of print: (conv1): Conv2d(3, 64, …) or (0-11): 12 x Block(. PyTorch before
// 0.4 and modules that print themselves have a blank before the bracket.
var printLine = regexp.MustCompile(`^\(([^()]{1,200})\): (?:(\d{1,12}) x )?([A-Za-z_][\w.]{0,200}) ?\((.*)$`)

// printRoot is the first line of a model, and parameterLine an entry of a ParameterList.
var (
	printRoot     = regexp.MustCompile(`^(?:Out\[\d+\]: ?)?([A-Za-z_][\w.]{0,200}) ?\((.*)$`)
	parameterLine = regexp.MustCompile(`^\(([^()]{1,200})\): (?:Parameter containing|Object of type): \[?(?:[\w.]+ of size|torch\.[\w.]*Tensor of size) ?([\dx]*)[^\]]*\]?$`)
	printedInside = regexp.MustCompile(`\([^()]{1,200}\): (?:(?:\d{1,12} x )?[A-Za-z_][\w.]{0,200} ?\(|` +
		`(?:Parameter containing|Object of type): )`)
	// elided is a line where modules were left out, or what is in the brackets of a
	// module whose own were.
	elided = regexp.MustCompile(`^[\[(<{# ]*(?:\.\.\.|…|⋮|\. \. \.|truncated|omitted)(?:[\])>} ]*$|.{0,60}$)`)
	// numberedGap is a line for modules by their numbers: (1)…(8), (1-8): ..., (1) to (8).
	numberedGap = regexp.MustCompile(`^\(\d+(?:-\d+)?\)[: ]*(?:\.\.\.|…|⋮|to |through |[-–~])`)
)

// looksPrinted reports whether a text looks like print(model): a root that opens, and
// a child in it; or layers of torch.nn alone.
func looksPrinted(head []byte) bool {
	root, lines := false, printLines(inTree(string(head)))
	for i, line := range lines {
		switch {
		case isWhole(line):
			return true
		case root && (printLine.MatchString(line) || parameterLine.MatchString(line) || numberedGap.MatchString(line)):
			return true
		default:
			found := printRoot.FindStringSubmatch(line)
			root = found != nil && found[2] == "" || root && found == nil && i+1 < len(lines)
			if found != nil && len(lines) == 1 && isLayer(found[1]) && strings.HasSuffix(found[2], ")") {
				return true
			}
		}
	}
	return false
}

// maxModuleDepth is how deep modules may nest.
const maxModuleDepth = 200

// parsePrint reads the trees of a text. What is before one and behind it is passed
// over, and a tree that the text does not have whole is one with an unknown module.
func parsePrint(text string) (roots []*module, cut bool, err error) {
	var alone *module
	lines := printLines(inTree(text))
	open := opened(lines)
	cut = open != nil
	count, at := 0, 0
	for _, line := range lines {
		at++
		var m *module
		rest := ""
		if found := printLine.FindStringSubmatch(line); found != nil && len(open) > 0 {
			m = &module{name: found[1], class: found[3], times: 1}
			rest = found[4]
			if found[2] != "" {
				n, _ := strconv.ParseInt(found[2], 10, 64)
				if n < 1 || n > arch.MaxTimes {
					return nil, false, diag.New(catalog.ImportTextBad, at, 1,
						catalog.Say(catalog.OutOfRange, found[2], 1, arch.MaxTimes))
				}
				m.times = n
				if nested := repeats(open) + 1; n > 1 && nested > maxBlocks {
					return nil, false, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.TextTooDeep, maxBlocks))
				}
			}
		} else if found := parameterLine.FindStringSubmatch(line); found != nil && len(open) > 0 {
			open[len(open)-1].own = append(open[len(open)-1].own, parseExtents(found[2]))
			continue
		} else if found := printRoot.FindStringSubmatch(line); found != nil &&
			(len(open) == 0 || len(open) == 1 && len(open[0].kids) == 0 && found[2] == "") {
			m = &module{class: found[1], times: 1}
			rest = found[2]
			open = nil // what was open is no model: a call, an optimizer
		}
		switch {
		case m != nil:
			if count++; count > source.MaxNodes {
				return nil, false, diag.New(catalog.ImportTooManyNodes, count, source.MaxNodes)
			}
			m.class = m.class[strings.LastIndexByte(m.class, '.')+1:]
			isRoot := len(open) == 0
			if !isRoot {
				outer := open[len(open)-1]
				if outer.skipsTo(m.name) {
					outer.leaveOut()
				}
				m.path = joinPath(outer.path, m.name)
				outer.kids = append(outer.kids, m)
			}
			// What holds others breaks its line behind the bracket; a layer closes it.
			if at == len(lines) && balance(line) > 0 && rest != "" {
				outer := m // cut off amid its arguments
				if !isRoot {
					outer = open[len(open)-1]
					outer.kids = outer.kids[:len(outer.kids)-1]
				}
				outer.leaveOut()
			} else if rest != "" && elided.MatchString(rest) {
				m.leaveOut()
			} else if rest != "" {
				m.args = parseArguments(strings.TrimSuffix(rest, ")"))
				if isRoot && alone == nil && isLayer(m.class) {
					alone = m // one layer printed by itself, if no tree follows
				}
			} else if open = append(open, m); len(open) > maxModuleDepth {
				return nil, false, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.TextTooDeep, maxModuleDepth))
			}
		case len(open) == 0:
			// Before a tree, or behind it.
		case elided.MatchString(line), numberedGap.MatchString(line):
			open[len(open)-1].leaveOut()
		case line == ")":
			top := open[len(open)-1]
			top.split()
			if open = open[:len(open)-1]; len(open) == 0 && (len(top.kids) > 0 || len(top.own) > 0) {
				roots = append(roots, top)
			}
		default:
			// What a module states of itself comes before the modules in it.
			top := open[len(open)-1]
			if len(top.kids) == 0 {
				top.args = append(top.args, parseArguments(line)...)
			}
		}
	}
	if len(open) > 0 && len(open[0].kids)+len(open[0].own) > 0 {
		roots, open, cut = append(roots, closeAll(open)), nil, true
	}
	if len(open) > 0 && len(roots) == 0 {
		return nil, false, diag.New(catalog.ImportTextBad, at, 1, catalog.Say(catalog.ImportTreeOpen, open[len(open)-1].describe()))
	}
	if len(roots) == 0 && alone != nil {
		roots = append(roots, alone)
	}
	if len(roots) == 0 {
		return nil, false, diag.New(catalog.ImportNoLayers, "PyTorch")
	}
	return roots, cut, nil
}

// leaveOut adds what somebody left out of a print: one unknown module.
func (m *module) leaveOut() {
	if n := len(m.kids); n == 0 || m.kids[n-1].class != "…" {
		m.kids = append(m.kids, &module{name: "elided", path: joinPath(m.path, "elided"), class: "…", times: 1})
	}
}

// skipsTo reports whether modules are missing before the next one: PyTorch numbers
// those of a Sequential and of a ModuleList one after the other, (0-3) are four.
func (m *module) skipsTo(name string) bool {
	if n := len(m.kids); n > 0 && (m.class == "Sequential" || m.class == "ModuleList") {
		last := m.kids[n-1].name
		before, err := strconv.Atoi(last[strings.LastIndexByte(last, '-')+1:])
		first, _, _ := strings.Cut(name, "-")
		next, err2 := strconv.Atoi(first)
		return err == nil && err2 == nil && next > before+1
	}
	return false
}

// split makes a layer with modules in it two: the layer, under its own path, before
// them. PyTorch prints its arguments on a line of their own then (timm's norms with
// an activation, the layers of LoRA).
func (m *module) split() {
	if m.splitParametrized() || len(m.kids) == 0 || len(m.args) == 0 || torchModules[m.class] != nil || !isLayer(m.class) {
		return
	}
	own := &module{path: m.path, name: "base_layer", class: m.class, args: m.args, times: 1}
	m.kids, m.args = append([]*module{own}, m.kids...), nil
}

// isLayer reports whether a class has a kind of its own.
func isLayer(class string) bool {
	row, _ := rowOf(class)
	return row != nil
}

// repeats counts those among modules that represent several.
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
