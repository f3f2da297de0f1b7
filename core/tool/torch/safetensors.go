package torch

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
)

// SafetensorsReader is a file of named tensors. Its header is JSON and says all that is
// read here (github.com/huggingface/safetensors, README: Format):
// [8 bytes N][N bytes of header][the numbers].
var SafetensorsReader = source.Reader{
	ID: "safetensors", Label: "safetensors", Exts: []string{".safetensors"},
	Detect: func(head []byte, f *source.File) bool {
		return len(head) > 9 && head[8] == '{' && binary.LittleEndian.Uint64(head) <= uint64(max(f.Size-8, 0)) &&
			(strings.EqualFold(path.Ext(f.Name), ".safetensors") || bytes.Contains(head, []byte(`"data_offsets"`)))
	},
	Read: func(f *source.File) (*source.Result, error) {
		tensors, err := safeHeader(f)
		if err != nil {
			return nil, err
		}
		return tensorStack(tensors, "safetensors")
	},
}

// safeBytes are the bytes of each type of number; those of whole numbers are in
// safeWhole. Types below a byte are not checked.
var (
	safeBytes = map[string]int64{"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E5M2": 1, "F8_E4M3": 1, "F8_E8M0": 1,
		"I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1}
	safeWhole = []string{"I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"}
)

// safeHeader reads the header. The tensors come in the order of their names: files
// have them in the order of their types.
func safeHeader(f *source.File) ([]*stored, error) {
	b, err := f.Read(0, 8)
	if err != nil {
		return nil, err
	}
	n := binary.LittleEndian.Uint64(b)
	if n > uint64(f.Size) {
		return nil, diag.New(catalog.ImportCutOff, num.Of(f.Size).Grouped())
	}
	header, err := f.Read(8, int64(n))
	if err != nil {
		return nil, err
	}
	if err := f.Progress(0.5); err != nil {
		return nil, err
	}
	numbers := f.Size - 8 - int64(n)
	d := json.NewDecoder(bytes.NewReader(header))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, diag.New(catalog.ImportBroken, catalog.ImportNoHeader)
	}
	var tensors []*stored
	names := map[string]bool{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if name == "__metadata__" {
			var any json.RawMessage
			if err := d.Decode(&any); err != nil {
				return nil, err
			}
			continue
		}
		var t struct {
			DType   string  `json:"dtype"`
			Shape   []int64 `json:"shape"`
			Offsets []int64 `json:"data_offsets"`
		}
		if err := d.Decode(&t); err != nil {
			return nil, diag.New(catalog.ImportTensorBad, layer.Quote(name), err.Error())
		}
		if names[name] {
			return nil, diag.New(catalog.ImportTensorBad, layer.Quote(name), catalog.ImportTensorTwice)
		}
		names[name] = true
		if len(t.Shape) > 64 || slices.ContainsFunc(t.Shape, func(n int64) bool { return n < 0 }) || len(t.Offsets) != 2 {
			return nil, diag.New(catalog.ImportTensorBad, layer.Quote(name), catalog.ImportTensorShape)
		}
		elements, _ := tensor.Of(t.Shape...).Elements()
		from, to := t.Offsets[0], t.Offsets[1]
		size, known := safeBytes[t.DType]
		if from < 0 || to < from || to > numbers || known && !elements.Times(size).Equal(num.Of(to-from)) {
			return nil, diag.New(catalog.ImportTensorSize, layer.Quote(name), tensor.Of(t.Shape...).String(), t.DType, num.Of(numbers).Grouped())
		}
		if tensors = append(tensors, &stored{name: name, shape: tensor.Of(t.Shape...), whole: slices.Contains(safeWhole, t.DType)}); len(tensors) > maxTensorsOfFile {
			return nil, source.TooMany(len(tensors))
		}
	}
	slices.SortStableFunc(tensors, func(a, b *stored) int { return natural(a.name, b.name) })
	return tensors, nil
}

// maxTensorsOfFile is how many tensors a file may hold.
const maxTensorsOfFile = 20 * source.MaxNodes

// natural orders names so that numbers in them count: layers.2 before layers.10.
func natural(a, b string) int {
	for a != "" && b != "" {
		i, j := leadingDigits(a), leadingDigits(b)
		if i > 0 && j > 0 {
			x, y := strings.TrimLeft(a[:i], "0"), strings.TrimLeft(b[:j], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[i:], b[j:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

// leadingDigits returns how many digits a text begins with.
func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
