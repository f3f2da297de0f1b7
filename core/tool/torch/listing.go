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
		listed, lines, _ := listing(string(head))
		return len(listed) > 0 && 2*len(listed) >= lines && isParameter(listed)
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		listed, _, unread := listing(string(data))
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

var (
	// "conv1.weight torch.Size([6, 1, 5, 5])", "('fc.bias', (10,))",
	// "Layer: fc.bias | Size: torch.Size([10]) | Values: …", "fc.bias: [10] 10"; as many
	// of them in a line as a list or dictionary is printed with.
	listedShape = regexp.MustCompile(`(?:^|[\s(\['"|{,])['"]?([A-Za-z_][\w.]*)['"]?[\s:,|=>\-]*` +
		`(?:(?:Size|Shape|size|shape)[:= ] *)?` +
		`(?:torch\.Size)?\(?[\[(] ?((?:\d{1,12}(?:, ?\d{1,12})*,?)?) ?[\])]\)?`)
	// What may come before the first of a line.
	listedHead = regexp.MustCompile(`^[\s(\['"|{\d.)]*(?:OrderedDict\(?[\s(\[{'"]*)?(?:(?:Layer|Name|Param(?:eter)?|name): *)?$`)
	// "| conv1.weight | 150 |", "fc.bias 10": a table of counts.
	listedCount = regexp.MustCompile(`^[\s|]*([A-Za-z_][\w.]*\.[\w]+)[\s:|]+(\d{1,3}(?:,\d{3})+|\d{1,15})[\s|]*$`)
	listRuler   = regexp.MustCompile(`^[\s+|=_\-\[\](){}]*$`)
	// What a line still has that states a tensor, or that something was left out.
	listedRest = regexp.MustCompile(`^[\s,\])}'"|]*(?:\.\.\.|…)[\s,\])}'"|]*$|torch\.Size|\w\.(?:weight|bias)\b`)
)

// listing reads the lines that name tensors. It counts the lines that are no rulers,
// and those that have more than was read.
func listing(text string) (listed []*stored, lines, unread int) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n,")
		if listRuler.MatchString(line) {
			continue
		}
		lines++
		found, rest := listedTensors(line)
		if m := listedCount.FindStringSubmatch(line); len(found) == 0 && m != nil {
			n, _ := strconv.ParseInt(strings.ReplaceAll(m[2], ",", ""), 10, 64)
			if n > num.MaxExtent {
				n = tensor.Unknown
			}
			found, rest = []*stored{{name: m[1], shape: tensor.Of(n), counted: true}}, ""
		}
		rest, _, _ = strings.Cut(rest, "tensor(") // numbers, with what print leaves out of them
		if listedRest.MatchString(rest) {
			unread++
		}
		if listed = append(listed, found...); len(listed) > source.MaxNodes {
			break // refused by its number
		}
	}
	return listed, lines, unread
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
		found = append(found, &stored{name: name, shape: listedExtents(line[m[4]:m[5]])})
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

// isParameter reports whether one of some names is what PyTorch calls parameters of
// its layers.
func isParameter(listed []*stored) bool {
	for _, t := range listed {
		switch leaf := t.leafName(); {
		case leaf == "weight" || leaf == "bias" || strings.HasPrefix(leaf, "weight_") ||
			strings.HasPrefix(leaf, "bias_") || bufferNames[leaf]:
			return true
		}
	}
	return false
}

// figures are what ptflops prints before the arguments of each module: parameters and
// multiply-accumulates, rounded.
var figures = regexp.MustCompile(`[\d.]+ ?[kMGB]?, [\d.]+% Params, [\d.]+ ?[kKMGT]?Ma[cC]s?, [\d.]+% MACs,? ?`)
