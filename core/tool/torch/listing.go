package torch

import (
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// ListingReader is a list of parameters as people print it: named_parameters() or a
// state dictionary, a line each with a name and a shape, or with a count alone.
var ListingReader = source.Reader{
	ID: "torch-list", Label: "PyTorch named_parameters(), state_dict()",
	Detect: func(head []byte, f *source.File) bool {
		shaped := withShapes(string(head))
		if !strings.Contains(shaped, `"dtype"`) {
			shaped = inDictionary.ReplaceAllString(shaped, "\n")
		}
		listed, lines, _ := listing(shaped)
		return len(listed) > 0 && 2*len(listed) >= lines && isParameter(listed)
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		shaped := withShapes(string(data))
		if all, unread := inDictionaries(shaped); all != nil && unread == 0 {
			return checkpoint(all, f.Budget())
		}
		listed, _, unread := listing(shaped)
		if len(listed) == 0 {
			return nil, diag.New(catalog.ImportNoLayers, "PyTorch")
		}
		if err := source.TooMany(len(listed)); err != nil {
			return nil, err
		}
		if unread > 0 {
			// What a line has is unknown, so the total is a minimum.
			listed = append(listed, &stored{name: "unread", shape: tensor.Of(tensor.Unknown), counted: true})
		}
		r, err := tensorStack(listed, "PyTorch")
		if err == nil && unread > 0 {
			r.AddNote(true, catalog.ImportListUnread, unread)
		}
		return r, err
	},
}

// Patterns of what a line has between a name and a shape: types, devices, words.
const (
	listedName   = `(?:\d+\.)*[A-Za-z_][\w.]*(?:/[\w.\-]+)*(?::\d)?`
	listedFiller = `(?:[\s:,|=>{"'\-]|\(?DT_\w+\)?|<class '[\w.]+'>|` +
		`(?:torch\.)?(?:b?float|u?int|double|half|bool|[fF]|BF|[uU]|[iI])\d{0,2}\b|` +
		`cuda(?::\d)?|cpu|True|False|dtype|params?|(?:Size|Shape|size|shape)\b)*`
)

var (
	// "conv1.weight torch.Size([6, 1, 5, 5])", "('fc.bias', (10,))", "fc.bias F32 [10]",
	// "Layer: fc.bias | Size: torch.Size([10]) | Values: …", "fc.bias: [10] 10"; as many
	// of them in a line as a list or dictionary is printed with.
	listedShape = regexp.MustCompile(`(?:^|[\s(\['"|{,])['"]?(` + listedName + `)` + listedFiller +
		`(?:(?:torch\.Size|TensorShape)?\(?[\[(] ?((?:\d{1,12}(?:, ?\d{1,12})*,?)?|\?) ?[\])]\)?|` +
		`(\d{1,12}(?:[x×]\d{1,12})+)\b)`)
	// What may come before the first of a line.
	listedHead = regexp.MustCompile(`^[\s(\['"|{\d.)\]:]*(?:OrderedDict\(?[\s(\[{'"]*)?(?:<tf\.Variable ['"]?)?` +
		`(?:(?:Layer|Name|Param(?:eter)?(?: name)?|name|tensor(?:_name)?): *)?$`)
	// The shape comes first: "torch.Size([10]) fc.bias", "<Variable shape=(10,), …, path=fc/bias>".
	shapeFirst = regexp.MustCompile(`^[\s\[(]*((?:torch\.Size)?\(?[\[(][\d, ]*[\])]\)?)` +
		`[\s,:|]+['"]?(` + listedName + `)['"]?\)?$`)
	shapePath = regexp.MustCompile(`<\w*Variable shape=(\([\d, ]*\)).{0,80}? path=([\w./\-]+)`)
	pathShape = regexp.MustCompile(`<\w*Variable path=([\w./\-]+), shape=(\([\d, ]*\))`)
	// The shape, or the name, has a line of its own.
	nameAlone  = regexp.MustCompile(`^[\s'"]*(` + listedName + `)['":]*$`)
	shapeAlone = regexp.MustCompile(`^\s*(?:torch\.Size)?\(?[\[(][\d, ]*[\])]\)?$`)
	// "| conv1.weight | 150 |", "('fc.bias', 10)", "10 fc.bias": a table of counts.
	listedCount = regexp.MustCompile(`^[\s|('"]*([A-Za-z_][\w.]*\.\w+|(?:\d+\.)+[A-Za-z_][\w.]*)[\s:|,'"=]` + listedFiller +
		`=?(\d{1,3}(?:,\d{3})+|\d{1,15})[\s|)]*$`)
	countFirst = regexp.MustCompile(`^\s*(\d{1,3}(?:,\d{3})+|\d{1,15})[\s:|,]+([A-Za-z_][\w.]*\.\w+|(?:\d+\.)+[A-Za-z_][\w.]*)$`)
	// "| backbone | 31.5M |", a module of fvcore: its parameters are in the rows below it.
	listedModule = regexp.MustCompile(`^\|\s*([A-Za-z_][\w.]*)\s*\|\s*([\d.]+[KMGBT]?)\s*\|`)
	crossed      = regexp.MustCompile(`(?m)\.\w+\W.*\b\d{1,12}[x×]\d`)
	listRuler    = regexp.MustCompile(`^[\s+|=_\-\[\](){}:]*$`)
	// What a line still has that states a tensor, or that something was left out.
	listedRest = regexp.MustCompile(`^[\s,\])}'"|]*(?:\.\.\.|…)[\s,\])}'"|]*$|torch\.Size|\w\.(?:weight|bias)\b`)
)

// listing reads the lines that name tensors. It counts the lines that are no rulers,
// and those that have more than was read.
func listing(text string) (listed []*stored, lines, unread int) {
	var modules []string
	name := ""
	prompted := false // the line before is a statement of Python, which ... continues
	for line := range strings.Lines(text) {
		line = shapeBehind(strings.TrimRight(line, " \t\r\n,"))
		prompt := strings.HasPrefix(strings.TrimLeft(line, " \t"), ">>>")
		if continued := prompted && strings.HasPrefix(line, "..."); continued || listRuler.MatchString(line) {
			prompted = continued || prompted && strings.TrimSpace(line) == ""
			continue
		}
		prompted = prompt
		lines++
		if m := nameAlone.FindStringSubmatch(line); m != nil && isParameter([]*stored{{name: m[1]}}) {
			name = m[1]
			continue
		}
		if name != "" && shapeAlone.MatchString(line) {
			line, lines = name+" "+strings.TrimSpace(line), lines-1
		}
		name = ""
		found, rest := listedTensors(line)
		if m := listedCount.FindStringSubmatch(line); len(found) == 0 && m != nil {
			n, _ := strconv.ParseInt(strings.ReplaceAll(m[2], ",", ""), 10, 64)
			if n > num.MaxExtent {
				n = tensor.Unknown
			}
			found, rest = []*stored{{name: m[1], shape: tensor.Of(n), counted: true}}, ""
		}
		if m := listedModule.FindStringSubmatch(line); len(found) == 0 && m != nil && m[2] != "0" {
			modules, lines = append(modules, m[1]), lines-1
			continue
		}
		rest, _, _ = strings.Cut(rest, "tensor(") // numbers, with what print leaves out of them
		if listedRest.MatchString(rest) {
			unread++
		}
		if listed = append(listed, found...); len(listed) > source.MaxNodes {
			break // refused by its number
		}
	}
	if crossed.MatchString(text) { // 6x3x5x5: a number alone is a shape too
		for _, t := range listed {
			t.counted = false
		}
	}
	return listed, lines, unread + unlisted(modules, listed)
}

// unlisted counts the modules of which no tensor and no module within is listed.
func unlisted(modules []string, listed []*stored) (n int) {
	below := map[string]bool{}
	add := func(name string) {
		for at := strings.LastIndexByte(name, '.'); at > 0 && !below[name[:at]]; at = strings.LastIndexByte(name, '.') {
			name = name[:at]
			below[name] = true
		}
	}
	for _, t := range listed {
		add(t.name)
	}
	for _, m := range modules {
		add(m)
	}
	for i, m := range modules {
		if root := i == 0 && (m == "model" || m == "module") && len(listed)+len(modules) > 1; !below[m] && !root {
			n++
		}
	}
	return n
}

// shapeBehind puts the name of a tensor before its shape, where a line has them the
// other way round.
func shapeBehind(line string) string {
	for _, p := range []*regexp.Regexp{shapeFirst, shapePath, countFirst} {
		if m := p.FindStringSubmatch(line); m != nil {
			return m[2] + " " + m[1]
		}
	}
	if m := pathShape.FindStringSubmatch(line); m != nil {
		return m[1] + " " + m[2]
	}
	return line
}

// listedTensors returns the tensors of a line with shapes, and what is left of it.
func listedTensors(line string) (found []*stored, rest string) {
	at := 0
	for _, m := range listedShape.FindAllStringSubmatchIndex(line, -1) {
		name := line[m[2]:m[3]]
		before := line[at:m[2]]
		if at == 0 && !listedHead.MatchString(before) || name == "torch.Size" || name == "Size" {
			break // a sentence that mentions a shape
		}
		if name == "data_offsets" { // in the header of a safetensors file
			at = m[1]
			continue
		}
		extents := ""
		if m[4] >= 0 {
			extents = line[m[4]:m[5]]
		} else {
			extents = strings.NewReplacer("x", ",", "×", ",").Replace(line[m[6]:m[7]])
		}
		shape := listedExtents(extents)
		found = append(found, asTorch(&stored{name: name, shape: shape, counted: isOpen(shape)}))
		if at > 0 {
			rest += before
		}
		at = m[1]
	}
	return found, rest + line[at:]
}

func listedExtents(s string) tensor.Shape {
	shape := tensor.Shape{}
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || n > num.MaxExtent || len(shape) == source.MaxDims {
			return tensor.Of(tensor.Unknown)
		}
		shape = append(shape, tensor.Dim{N: n})
	}
	return shape
}

// isParameter reports whether one of some names is what PyTorch, TensorFlow or Flax
// call parameters of their layers.
func isParameter(listed []*stored) bool {
	for _, t := range listed {
		leaf := t.leafName()
		leaf, _, _ = strings.Cut(leaf[strings.LastIndexByte(leaf, '/')+1:], ":")
		if leaf == "weight" || leaf == "bias" || leaf == namelessLeaf || strings.HasPrefix(leaf, "weight_") ||
			strings.HasPrefix(leaf, "bias_") || bufferNames[leaf] || torchNames[leaf] != "" {
			return true
		}
	}
	return false
}

// torchNames are PyTorch's names for what TensorFlow and Flax call the tensors of layers.
var torchNames = map[string]string{"kernel": "weight", "gamma": "weight", "beta": "bias", "embeddings": "weight",
	"moving_mean": "running_mean", "moving_variance": "running_var"}

// asTorch names and turns a tensor of TensorFlow as PyTorch has it: conv2d/kernel:0 of
// H×W×in×out becomes conv2d.weight of out×in×H×W.
func asTorch(t *stored) *stored {
	name, _, _ := strings.Cut(t.name, ":")
	name = strings.ReplaceAll(name, "/", ".")
	leaf := name[strings.LastIndexByte(name, '.')+1:]
	to := torchNames[leaf]
	if t.name = name; to == "" {
		return t
	}
	t.name = strings.TrimSuffix(name, leaf) + to
	if n := len(t.shape); leaf == "kernel" && n >= 2 {
		turned := tensor.Shape{t.shape[n-1], t.shape[n-2]}
		t.shape = append(turned, t.shape[:n-2]...)
	}
	return t
}

// figures are what ptflops prints before the arguments of each module, and fvcore behind
// them: parameters and multiply-accumulates, rounded.
var figures = regexp.MustCompile(`[\d.]+ ?[kMGB]?, [\d.]+% Params, [\d.]+ ?[kKMGT]?Ma[cC]s?, [\d.]+% MACs,? ?|` +
	`#params: [\d.]+[KMGT]?(?:, #\w+: (?:[\d.]+[KMGT]?|N/A))*`)
