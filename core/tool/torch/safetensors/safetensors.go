// Package safetensors reads the header of a file of named tensors: names, shapes
// and types, and that they fit into the file. It knows no layers, and reads none of
// the numbers (github.com/huggingface/safetensors, README: Format):
// [8 bytes N][N bytes of header, JSON][the numbers].
package safetensors

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

// A Tensor is one tensor of a file.
type Tensor struct {
	Name  string
	Shape tensor.Shape
	Whole bool // its numbers are whole
	Short bool // its numbers are real, of 8 bits or fewer
	// At and Size are where its numbers are in the file, in bytes.
	At, Size int64
}

// MaxTensors is how many tensors a file may hold.
const MaxTensors = 20 * source.MaxNodes

// Is reports whether a file that begins with head is one.
func Is(head []byte, f *source.File) bool {
	return len(head) > 9 && head[8] == '{' && binary.LittleEndian.Uint64(head) <= uint64(max(f.Size-8, 0)) &&
		(strings.EqualFold(path.Ext(f.Name), ".safetensors") || bytes.Contains(head, []byte(`"data_offsets"`)))
}

// sizes are the bytes of each type of number; those of whole numbers are in
// wholes. Types below a byte are not checked.
var (
	sizes = map[string]int64{"F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E5M2": 1, "F8_E4M3": 1, "F8_E8M0": 1,
		"I64": 8, "I32": 4, "I16": 2, "I8": 1, "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1}
	wholes = []string{"I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"}
)

// Read reads the header. The tensors come in the order of their names: files have
// them in the order of their types.
func Read(f *source.File) ([]Tensor, error) {
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
	tensors, err := parse(header, f.Size-8-int64(n))
	if err != nil {
		return nil, err
	}
	for i := range tensors {
		tensors[i].At += 8 + int64(n)
	}
	slices.SortStableFunc(tensors, func(a, b Tensor) int { return natural(a.Name, b.Name) })
	return tensors, nil
}

// parse reads the JSON of a header before so many bytes of numbers.
func parse(header []byte, numbers int64) ([]Tensor, error) {
	d := json.NewDecoder(bytes.NewReader(header))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, diag.New(catalog.ImportBroken, catalog.ImportNoHeader)
	}
	var tensors []Tensor
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
		var e entry
		if err := d.Decode(&e); err != nil {
			return nil, diag.New(catalog.ImportTensorBad, layer.Quote(name), err.Error())
		}
		if names[name] {
			return nil, diag.New(catalog.ImportTensorBad, layer.Quote(name), catalog.ImportTensorTwice)
		}
		names[name] = true
		t, err := e.tensor(name, numbers)
		if err != nil {
			return nil, err
		}
		if tensors = append(tensors, t); len(tensors) > MaxTensors {
			return nil, source.TooMany(len(tensors))
		}
	}
	return tensors, nil
}

// An entry is what the header states of a tensor.
type entry struct {
	DType   string  `json:"dtype"`
	Shape   []int64 `json:"shape"`
	Offsets []int64 `json:"data_offsets"`
}

// tensor checks an entry against the bytes of numbers that there are.
func (e *entry) tensor(name string, numbers int64) (Tensor, error) {
	if len(e.Shape) > 64 || slices.ContainsFunc(e.Shape, func(n int64) bool { return n < 0 }) || len(e.Offsets) != 2 {
		return Tensor{}, diag.New(catalog.ImportTensorBad, layer.Quote(name), catalog.ImportTensorShape)
	}
	shape := tensor.Of(e.Shape...)
	elements, _ := shape.Elements()
	from, to := e.Offsets[0], e.Offsets[1]
	size, known := sizes[e.DType]
	if from < 0 || to < from || to > numbers || known && !elements.Times(size).Equal(num.Of(to-from)) {
		return Tensor{}, diag.New(catalog.ImportTensorSize, layer.Quote(name), shape.String(), e.DType, num.Of(numbers).Grouped())
	}
	return Tensor{Name: name, Shape: shape, Whole: slices.Contains(wholes, e.DType),
		Short: strings.HasPrefix(e.DType, "F8") || strings.HasPrefix(e.DType, "F4"), At: from, Size: to - from}, nil
}

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
