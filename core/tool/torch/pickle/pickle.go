package pickle

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// What a pickle makes, as far as it is of use here. Nothing is ever executed: a
// call becomes a pyObject that says what would have been called. Small values are
// nil, bool, int64, float64, string; bytes and numbers too large are pyOther.
type (
	Tuple   struct{ Items []any }
	List    struct{ Items []any }
	Dict    struct{ Keys, Values []any }
	Global  struct{ Module, Name string }
	Ref     struct{ ID any } // a persistent id: a storage
	pyOther struct{}
	Object  struct { // what a call of a class or a function would give
		class Global
		Args  []any
		State any // what BUILD sets: the attributes
		Items Dict
		list  []any
	}
	pyMark struct{}
)

// Scripted reports whether an object is a module of TorchScript.
func (o *Object) Scripted() bool { return strings.HasPrefix(o.class.Module, "__torch__") }

// Get returns the value of a text key, nil if there is none.
func (d *Dict) Get(key string) any {
	for i, k := range d.Keys {
		if k == key {
			return d.Values[i]
		}
	}
	return nil
}

// A pickler is a machine that runs a pickle (docs.python.org/3/library/pickletools).
type pickler struct {
	data   []byte
	at     int
	stack  []any
	memo   map[int64]any
	budget *source.Budget
	// call makes what a function gives, where it is known; false: a pyObject.
	call func(f Global, args []any) (any, bool)
}

// stepSize is about what an instruction of one byte makes, in bytes: most make a
// value, a place on the stack for it, or an entry of the memo.
const stepSize = 32

// Load runs one pickle and returns what it makes, and how many bytes it took.
func Load(data []byte, budget *source.Budget, call func(Global, []any) (any, bool)) (any, int, error) {
	p := &pickler{data: data, memo: map[int64]any{}, budget: budget, call: call}
	v, err := p.run()
	var d *diag.Diag
	if errors.As(err, &d) { // the budget is spent
		return nil, p.at, d
	}
	if err != nil {
		return nil, p.at, diag.New(catalog.ImportPickle, p.at, err.Error())
	}
	return v, p.at, nil
}

func (p *pickler) take(n int64) ([]byte, error) {
	if n < 0 || n > int64(len(p.data)-p.at) {
		return nil, io.ErrUnexpectedEOF
	}
	b := p.data[p.at : p.at+int(n)]
	p.at += int(n)
	return b, nil
}

func (p *pickler) line() (string, error) {
	end := bytes.IndexByte(p.data[p.at:], '\n')
	if end < 0 {
		return "", io.ErrUnexpectedEOF
	}
	s := string(bytes.TrimSuffix(p.data[p.at:p.at+end], []byte("\r")))
	p.at += end + 1
	return s, nil
}

// number reads a little-endian number of so many bytes, without sign.
func (p *pickler) number(bytes int64) (int64, error) {
	b, err := p.take(bytes)
	if err != nil {
		return 0, err
	}
	var full [8]byte
	copy(full[:], b)
	n := binary.LittleEndian.Uint64(full[:])
	if n > math.MaxInt64 {
		return 0, fmt.Errorf("a length of %d", n)
	}
	return int64(n), nil
}

func (p *pickler) push(v any) { p.stack = append(p.stack, v) }

func (p *pickler) pop() (any, error) {
	if len(p.stack) == 0 {
		return nil, fmt.Errorf("the stack is empty")
	}
	v := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	return v, nil
}

func (p *pickler) top() (any, error) {
	if len(p.stack) == 0 {
		return nil, fmt.Errorf("the stack is empty")
	}
	return p.stack[len(p.stack)-1], nil
}

// marked takes everything above the last mark.
func (p *pickler) marked() ([]any, error) {
	for i := len(p.stack) - 1; i >= 0; i-- {
		if _, ok := p.stack[i].(pyMark); ok {
			items := append([]any(nil), p.stack[i+1:]...)
			p.stack = p.stack[:i]
			return items, nil
		}
	}
	return nil, fmt.Errorf("there is no mark")
}

func (p *pickler) run() (any, error) {
	for {
		if err := p.budget.Spend(catalog.MadeValues, stepSize); err != nil {
			return nil, err
		}
		op, err := p.take(1)
		if err != nil {
			return nil, err
		}
		if op[0] == '.' {
			return p.pop()
		}
		if err := p.step(op[0]); err != nil {
			return nil, err
		}
	}
}
