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
		listed, lines := listing(string(head))
		return len(listed) > 0 && 2*len(listed) >= lines && isParameter(listed)
	},
	Read: func(f *source.File) (*source.Result, error) {
		data, err := f.All()
		if err != nil {
			return nil, err
		}
		listed, _ := listing(string(data))
		if len(listed) == 0 {
			return nil, diag.New(catalog.ImportNoLayers, "PyTorch")
		}
		return tensorStack(listed, "PyTorch")
	},
}

var (
	// "conv1.weight torch.Size([6, 1, 5, 5])", "('fc.bias', (10,))",
	// "Layer: fc.bias | Size: torch.Size([10]) | Values: …", "fc.bias: [10] 10".
	listedShape = regexp.MustCompile(`^[\s(\['"|\d.)]*?(?:(?:Layer|Name|Param(?:eter)?|name): *)?` +
		`['"]?([A-Za-z_][\w.]*)['"]?[\s:,|=>\-]*(?:(?:Size|Shape|size|shape)[:= ] *)?` +
		`(?:torch\.Size)?\(?[\[(] ?((?:\d{1,12}(?:, ?\d{1,12})*,?)?) ?[\])]\)?(?:[^\w].*)?$`)
	// "| conv1.weight | 150 |", "fc.bias 10": a table of counts.
	listedCount = regexp.MustCompile(`^[\s|]*([A-Za-z_][\w.]*\.[\w]+)[\s:|]+(\d{1,3}(?:,\d{3})+|\d{1,15})[\s|]*$`)
	listRuler   = regexp.MustCompile(`^[\s+|=_\-]*$`)
)

// listing reads the lines that name a tensor, and counts the lines that are no rulers.
func listing(text string) (listed []*stored, lines int) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \t\r\n,")
		if listRuler.MatchString(line) {
			continue
		}
		lines++
		if len(listed) >= source.MaxNodes {
			continue
		}
		if m := listedShape.FindStringSubmatch(line); m != nil {
			listed = append(listed, &stored{name: m[1], shape: listedExtents(m[2])})
		} else if m := listedCount.FindStringSubmatch(line); m != nil {
			n, _ := strconv.ParseInt(strings.ReplaceAll(m[2], ",", ""), 10, 64)
			if n > num.MaxExtent {
				n = tensor.Unknown
			}
			listed = append(listed, &stored{name: m[1], shape: tensor.Of(n), counted: true})
		}
	}
	return listed, lines
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
