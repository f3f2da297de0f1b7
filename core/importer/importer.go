// Package importer reads networks from files of other tools. One file a format,
// and formats.go, the table of them; graph.go turns a graph of named layers into
// a stack.
//
// Rules for all: parameters are exact to the unit; a layer that paramstack does
// not know becomes opaque with the weights its file declares; nothing is dropped
// without a note. Files are read in pieces, so that weights cost nothing.
// Nothing that a file says may panic, hang or take memory without end.
package importer

import (
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// What a file may take at most.
const (
	MaxText  = 64 << 20 // bytes of a text or of the structure of a binary file, read as a whole
	MaxNodes = 20_000   // layers, as many as a stack text may have
	MaxDims  = 8        // dimensions of a tensor
	headSize = 4096     // bytes that a format may look at to know its own
)

// A File is a file to be read.
type File struct {
	Name string
	Size int64
	At   io.ReaderAt
	// Step is told from time to time how much is done (0 to 1) and says whether
	// to go on; nil: always.
	Step func(done float64) bool
}

// step tells how much is done; an error means that the reader gave up.
func (f *File) step(done float64) error {
	if f.Step != nil && !f.Step(done) {
		return errCancelled
	}
	return nil
}

var errCancelled = errors.New("cancelled")

// Read returns n bytes from an offset on. More than MaxText, or more than the
// file has, is an error.
func (f *File) Read(at, n int64) ([]byte, error) {
	switch {
	case n > MaxText:
		return nil, diag.New(catalog.ImportTooLarge, num.Of(n).Grouped(), num.Of(MaxText).Grouped())
	case at < 0 || n < 0 || at > f.Size || n > f.Size-at:
		return nil, diag.New(catalog.ImportCutOff, num.Of(f.Size).Grouped())
	}
	b := make([]byte, n)
	if k, err := f.At.ReadAt(b, at); int64(k) < n && err != nil {
		return nil, diag.New(catalog.ImportUnreadable, err.Error())
	}
	return b, nil
}

// All returns the whole file, which must not be larger than MaxText.
func (f *File) All() ([]byte, error) { return f.Read(0, f.Size) }

// A Result is a network that was read.
type Result struct {
	Model arch.Model
	Notes []Note
	More  []Another
	said  map[string]bool
}

// Another is a further network of the same file: of Caffe's phases and stages,
// those that differ.
type Another struct {
	State string // in which the file means it
	Model arch.Model
}

// A Note says what was taken, what is opaque, what was guessed.
type Note struct {
	Say   catalog.Message
	Doubt bool // something may be missing or wrong
}

// note adds a note, once.
func (r *Result) note(doubt bool, key catalog.Key, args ...any) {
	n := Note{catalog.Say(key, args...), doubt}
	words := string(key) + n.Say.In(catalog.English)
	if r.said[words] {
		return
	}
	if r.said == nil {
		r.said = map[string]bool{}
	}
	r.said[words] = true
	r.Notes = append(r.Notes, n)
}

// A Format is one kind of file.
type Format struct {
	Name   string   // stable: "keras", "caffe", "onnx"
	Label  string   // as its tool is called
	Exts   []string // with the dot: .h5
	Detect func(head []byte, f *File) bool
	Import func(f *File) (*Result, error) // a *diag.Diag, where it can say what is wrong
}

// Import finds out by content, then by name, what a file is, and reads it.
func Import(f *File) (*Result, *Format, *diag.Diag) {
	head, err := f.Read(0, min(f.Size, headSize))
	if err != nil {
		return nil, nil, problem(err)
	}
	if len(head) == 0 {
		return nil, nil, diag.New(catalog.ImportEmpty)
	}
	format := find(head, f)
	if format == nil {
		return nil, nil, diag.New(catalog.ImportUnknown, layer.Quote(f.Name), labels())
	}
	r, err := format.Import(f)
	switch {
	case err != nil:
		return nil, format, problem(err)
	case r == nil || len(r.Model.Body) == 0:
		return nil, format, diag.New(catalog.ImportNoLayers, format.Label)
	}
	if r.Model.Name == "" {
		r.Model.Name = strings.TrimSuffix(path.Base(strings.ReplaceAll(f.Name, `\`, "/")), path.Ext(f.Name))
	}
	for i := range r.More {
		r.More[i].Model.Name = r.Model.Name + " (" + r.More[i].State + ")"
	}
	return r, format, nil
}

func find(head []byte, f *File) *Format {
	for i := range Formats {
		if Formats[i].Detect(head, f) {
			return &Formats[i]
		}
	}
	ext := strings.ToLower(path.Ext(f.Name))
	for i := range Formats {
		if ext != "" && slices.Contains(Formats[i].Exts, ext) {
			return &Formats[i]
		}
	}
	return nil
}

func labels() string {
	names := make([]string, len(Formats))
	for i := range Formats {
		names[i] = Formats[i].Label
	}
	return strings.Join(names, ", ")
}

// problem makes a diagnostic of any error.
func problem(err error) *diag.Diag {
	var d *diag.Diag
	switch {
	case errors.As(err, &d):
		return d
	case errors.Is(err, errCancelled):
		return diag.New(catalog.ImportCancelled)
	default:
		return diag.New(catalog.ImportBroken, err.Error())
	}
}

// build makes a layer of a kind from fields as the stack text writes them, in
// pairs: build("conv", "filters", "64", "kernel", "3x3"). An empty value leaves
// the default; a field without one must be given.
func build(kind string, pairs ...string) (layer.Layer, error) {
	k := layer.ByName(kind)
	l := k.New()
	for i := 0; i+1 < len(pairs); i += 2 {
		f := k.Field(pairs[i])
		if f == nil {
			panic("importer: " + kind + " has no field " + pairs[i])
		}
		if pairs[i+1] == "" {
			continue
		}
		// l was made here, so it may be written in place.
		if d := f.At(l).Parse(pairs[i+1]); d != nil {
			return nil, d.On(f.Name)
		}
	}
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need && f.At(l).Unset() {
			// No text could say such a layer.
			return nil, diag.New(catalog.NeedsField, k.Name, f.Label(), layer.Example(f)).On(f.Name)
		}
	}
	return l, nil
}
