package torch

import (
	"regexp"
	"strconv"
	"strings"

	"paramstack/core/tensor"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
)

// Lists of parameters that were printed with their numbers: the brackets show the shape.

var (
	// printedValue begins a tensor, as torch and NumPy print it.
	printedValue = regexp.MustCompile(`(?:Parameter containing:\s*)?\b(?:tensor|array)\(`)
	// valueName is what comes before it: "('fc.bias', ", "fc.bias: ", a line of its own.
	valueName = regexp.MustCompile(`(?:^|[\s(\['"{,])(` + listedName + `)['"]?[\s:,=]{0,8}$`)
	// sizedValue is what print adds for tensors without numbers, those of device meta.
	sizedValue = regexp.MustCompile(`\bsize=\(([\d, ]*)\)`)
	// inDictionary begins a dictionary in a dictionary: 'netG': OrderedDict([
	inDictionary = regexp.MustCompile(`['"]([A-Za-z_]\w{0,60})['"]: ?(?:OrderedDict\(|\{|\[\()`)
)

// namelessLeaf is what a parameter is called that is printed without its name.
const namelessLeaf = "parameter"

// withShapes writes the shape of each tensor that has a name, and of each parameter, in
// place of its numbers.
func withShapes(text string) string {
	if !printedValue.MatchString(text) {
		return text
	}
	var b strings.Builder
	nameless := 0
	for {
		m := printedValue.FindStringIndex(text)
		if m == nil {
			b.WriteString(text)
			return b.String()
		}
		name := valueName.FindStringSubmatch(text[max(m[0]-source.MaxDims*10, 0):m[0]])
		unnamed := name == nil || !strings.Contains(name[1], ".") && !isParameter([]*stored{{name: name[1]}})
		if unnamed && strings.HasPrefix(text[m[0]:], "Parameter containing:") { // list(model.parameters())
			nameless++
			shape, end := printedShape(text[m[1]:])
			b.WriteString(strings.TrimRight(text[:m[0]], " \t\n\r,["))
			b.WriteString("\ntensor" + strconv.Itoa(nameless) + "." + namelessLeaf + " torch.Size([" + shape + "])\n")
			text = strings.TrimLeft(text[m[1]+end:], ", ]")
			continue
		}
		if unnamed {
			b.WriteString(text[:m[1]])
			text = text[m[1]:]
			continue
		}
		shape, end := printedShape(text[m[1]:])
		b.WriteString(strings.TrimRight(text[:m[0]], " \t\n\r"))
		b.WriteString(" torch.Size([" + shape + "])")
		text = text[m[1]+end:]
	}
}

// unknownExtent is written for a shape that the numbers do not show.
const unknownExtent = "?"

// printedShape reads the numbers of a tensor to the bracket that closes it. An extent
// along which print left numbers out is unknown, and all of them are where the text ends
// before.
func printedShape(text string) (extents string, end int) {
	var count, size []int64
	depth, round := 0, 0
	left := false
	for end < len(text) {
		switch c := text[end]; {
		case c == '[':
			if depth > 0 {
				count[depth-1]++
			}
			if depth++; depth > source.MaxDims {
				return unknownExtent, end
			}
			if depth > len(count) {
				count, size = append(count, 0), append(size, 0)
			}
			count[depth-1] = 0
		case c == ']':
			if depth == 0 {
				return unknownExtent, end
			}
			if depth--; count[depth] >= 0 && size[depth] >= 0 {
				size[depth] = max(size[depth], count[depth])
			} else {
				size[depth] = -1
			}
		case c == '(':
			round++
		case c == ')' && round == 0:
			return writtenShape(size, left, text[:end]), end + 1
		case c == ')':
			round--
		case strings.HasPrefix(text[end:], "...") || strings.HasPrefix(text[end:], "…"):
			left = true
			if depth > 0 {
				size[depth-1] = -1
			}
			end += 2
		case depth > 0 && c != ',' && c != ' ' && c != '\n' && c != '\r' && c != '\t':
			count[depth-1]++
			for end+1 < len(text) && strings.IndexByte(", \n\r\t]", text[end+1]) < 0 {
				end++
			}
		}
		end++
	}
	return unknownExtent, len(text)
}

func writtenShape(size []int64, left bool, value string) string {
	if m := sizedValue.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	if left {
		return unknownExtent
	}
	all := make([]string, len(size))
	for i, n := range size {
		all[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(all, ", ")
}

// inDictionaries returns what the dictionaries in a printed dictionary have, as it is in
// a file: {'netG': OrderedDict(…), 'netD': …}. It is nil where there is none.
func inDictionaries(text string) (all *pickle.Dict, unread int) {
	if strings.Contains(text, `"dtype"`) {
		return nil, 0 // the header of a safetensors file
	}
	found := inDictionary.FindAllStringSubmatchIndex(text, source.MaxNodes)
	for i, m := range found {
		end := len(text)
		if i+1 < len(found) {
			end = found[i+1][0]
		}
		inner := strings.TrimLeft(text[m[1]:end], " \n([{")
		listed, _, more := listing(inner)
		if len(listed) == 0 {
			continue
		}
		d := &pickle.Dict{}
		for _, t := range listed {
			d.Keys, d.Values = append(d.Keys, t.name), append(d.Values, &pyTensor{stored: *t})
		}
		if all == nil {
			all = &pickle.Dict{}
		}
		all.Keys, all.Values = append(all.Keys, text[m[2]:m[3]]), append(all.Values, d)
		unread += more
	}
	return all, unread
}

// isOpen reports whether an extent of a shape is unknown.
func isOpen(s tensor.Shape) bool {
	for _, d := range s {
		if d.N < 0 {
			return true
		}
	}
	return false
}
