// Package source is the interface of all readers of files: the file, the network
// with its notes, limits and errors.
//
// Rules for all readers: parameters are exact; a layer that paramstack does not
// know becomes opaque with the weights its file declares; nothing is dropped
// without a note. Files are read in pieces, so that weights cost nothing. No file
// may cause a panic, a hang or unbounded use of memory.
package source

import (
	"errors"
	"io"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// Bounds of what reading a file may use.
const (
	MaxText  = 64 << 20 // bytes of a text or of the structure of a binary file, read as a whole
	MaxNodes = 20_000   // layers, as many as a stack text may have
	MaxDims  = 8        // dimensions of a tensor
	HeadSize = 4096     // bytes that a format may look at to know its own
)

// A File is a file to be read.
type File struct {
	Name    string
	Size    int64
	At      io.ReaderAt
	Beside  []*File // that were opened together with it
	Options Options
	// Step receives from time to time how much is done (0 to 1) and returns whether
	// to go on; nil: always.
	Step func(done float64) bool

	budget *Budget // shared by all files within this one; nil before the first use
}

// Options are what a reader of a file chose, where the file leaves it open.
type Options struct {
	Expression string // what a program is to make: UNet(3, 2)
	Input      string // the input of one sample: 3x32x32
}

// Progress reports how much is done; an error means that the reader is to stop.
func (f *File) Progress(done float64) error {
	if f.Step != nil && !f.Step(done) {
		return ErrCancelled
	}
	return nil
}

var ErrCancelled = errors.New("cancelled")

// Read returns n bytes from an offset on. More than MaxText, more than the file has,
// or more than its budget still has, is an error.
func (f *File) Read(at, n int64) ([]byte, error) {
	switch {
	case n > MaxText:
		return nil, diag.New(catalog.ImportTooLarge, num.Of(n).Grouped(), num.Of(MaxText).Grouped())
	case at < 0 || n < 0 || at > f.Size || n > f.Size-at:
		return nil, diag.New(catalog.ImportCutOff, num.Of(f.Size).Grouped())
	}
	if err := f.Budget().Spend(catalog.MadePieces, int(n)); err != nil {
		return nil, err
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
	Keras bool // the numbers of the file are as Keras counts
	// Program is what else can be made of a file that is a program, nil for others. A
	// reader returns it with an error too, in a result without a model.
	Program *Program
	noted   map[string]bool
}

// A Program is what a reader may choose of a program that was run.
type Program struct {
	Choices []Choice // in the order of the source
	Made    string   // the expression that was evaluated; "": what the program itself makes
	Input   string   // of one sample, as in Options; "": unknown
}

// A Choice is a class or function of a program that makes a network.
type Choice struct {
	Name  string   // UNet
	Needs []string // the arguments that have no default
	Call  string   // an expression to begin with: UNet(n_channels=3, n_classes=)
}

// Another is a further network of the same file: of Caffe's phases and stages,
// those that differ.
type Another struct {
	State string // in which the file means it
	Model arch.Model
}

// A Note states what was read, what is opaque, what was guessed.
type Note struct {
	Say   catalog.Message
	Doubt bool // something may be missing or wrong
}

// AddNote adds a note, once.
func (r *Result) AddNote(doubt bool, key catalog.Key, args ...any) {
	n := Note{catalog.Say(key, args...), doubt}
	words := string(key) + n.Say.In(catalog.English)
	if r.noted[words] {
		return
	}
	if r.noted == nil {
		r.noted = map[string]bool{}
	}
	r.noted[words] = true
	r.Notes = append(r.Notes, n)
}

// A Reader is one kind of file.
type Reader struct {
	ID     string   // stable: "keras", "caffe", "onnx"
	Label  string   // as its tool is called
	Exts   []string // with the dot: .h5
	Detect func(head []byte, f *File) bool
	Read   func(f *File) (*Result, error) // a *diag.Diag if the problem can be explained
}

// AsDiag makes a diagnostic of any error.
func AsDiag(err error) *diag.Diag {
	var d *diag.Diag
	switch {
	case errors.As(err, &d):
		return d
	case errors.Is(err, ErrCancelled):
		return diag.New(catalog.ImportCancelled)
	default:
		return diag.New(catalog.ImportBroken, err.Error())
	}
}

// TooMany refuses more layers than can be shown.
func TooMany(n int) error {
	if n <= MaxNodes {
		return nil
	}
	return diag.New(catalog.ImportTooManyNodes, n, MaxNodes)
}
