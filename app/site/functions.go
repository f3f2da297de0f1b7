//go:build !js

package site

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The layout of what Go 1.26 keeps of functions, in words of eight bytes or in bytes:
// runtime.pcHeader and moduledata (runtime/symtab.go), _func (runtime/runtime2.go).
const (
	headerSize = 8 + 8*8 // magic, paddings, sizes of an instruction and a pointer; then eight words

	moduleNames   = 1  // words of moduledata: where the names are,
	moduleBuckets = 19 // the buckets that find the function of an instruction,
	moduleTo      = 21 // the instruction after the last one,
	moduleFrom    = 20 // the first one,
	moduleText    = 22 // where functions are counted from,
	moduleData    = 40 // and what functions have besides tables: funcdata
	moduleWords   = 41

	funcEntry     = 0 // the number of the function, from moduleText
	funcName      = 4
	funcStack     = 16 // pcsp
	funcFile      = 20 // pcfile
	funcLine      = 24 // pcln
	funcTables    = 28 // npcdata
	funcUnit      = 32 // cuOffset
	funcStartLine = 36
	funcData      = 43 // nfuncdata, one byte
	funcSize      = 44 // of the fixed part; then the offsets of npcdata tables and of nfuncdata data

	functionBits = 16 // of an instruction's number, below those of its function

	noData = ^uint32(0) // the offset of data that a function has not

	bucketReach = 4096   // instructions that a bucket is for
	bucketSize  = 4 + 16 // the index of a function, and what to add in each sixteenth

	// bucketRound is how many functions share the index in their buckets. The runtime goes
	// on from there until it has found the function: at most so many steps of eight bytes.
	bucketRound = 8
)

// Tables and data of a function by their index (internal/abi/symtab.go) that nothing but a
// stack trace reads: which calls were inlined, and the values of arguments. Where a function
// may be interrupted by a signal is asked on systems that have signals.
var (
	tracedTables = []int{0, 2, 3}    // UnsafePoint, InlTreeIndex, ArgLiveIndex
	tracedData   = []int{3, 5, 6, 7} // InlTree, ArgInfo, ArgLiveInfo, WrapInfo
)

// lineTables is how the table of functions begins: Go 1.20's magic number, instructions
// of one byte, pointers of eight.
var lineTables = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// A functionTable is what a program's memory holds of its functions, in parts of that
// memory. What refers to other parts does so by an offset in it.
type functionTable struct {
	names   []byte // of functions, each with a zero behind it
	units   []byte // names of files by unit of compilation
	files   []byte // and these names
	tables  []byte // pctab: what is known of each instruction of a function
	list    []byte // an entry of eight bytes for each function, then its description
	data    []byte // funcdata
	buckets []byte
	count   int    // of functions
	from    uint64 // where functions are counted from
}

var errNotAsGo = errors.New("site: the table of functions is not as Go 1.26 has it")

// functionsOf finds the table of functions.
func functionsOf(memory []byte) (*functionTable, error) {
	at := bytes.Index(memory, lineTables)
	if at < 0 || bytes.Contains(memory[at+1:], lineTables) {
		return nil, errors.New("site: the table of functions is not where Go 1.26 has it")
	}
	if len(memory)-at < headerSize {
		return nil, errNotAsGo
	}
	word := func(n int) uint64 { return binary.LittleEndian.Uint64(memory[at+8+8*n:]) }
	starts := []uint64{uint64(at)} // of the parts after the header
	for n := 3; n < 8; n++ {
		if word(n) > uint64(len(memory)) {
			return nil, errNotAsGo
		}
		starts = append(starts, uint64(at)+word(n))
	}
	module := moduleOf(memory, starts[0], starts[1])
	if module == nil {
		return nil, errors.New("site: nothing refers to the table of functions as Go 1.26 does")
	}
	data, buckets := module[moduleData], module[moduleBuckets]
	reach := (module[moduleTo] - module[moduleFrom]) / bucketReach * bucketSize
	starts = append(starts, data, buckets, buckets+reach)
	count := word(0)
	if !slices.IsSorted(starts) || buckets+reach > uint64(len(memory)) ||
		count == 0 || count > (data-starts[5])/funcSize {
		return nil, errNotAsGo
	}
	part := func(n int) []byte { return memory[starts[n]:starts[n+1]] }
	return &functionTable{
		names: part(1), units: part(2), files: part(3), tables: part(4), list: part(5), data: part(6), buckets: part(7),
		count: int(count), from: module[moduleText],
	}, nil
}

// moduleOf returns the words of moduledata: it begins with the address of the header and
// goes on with that of the names.
func moduleOf(memory []byte, header, names uint64) []uint64 {
	start := binary.LittleEndian.AppendUint64(nil, header)
	start = binary.LittleEndian.AppendUint64(start, names)
	at := bytes.Index(memory, start)
	if at < 0 || len(memory)-at < 8*moduleWords {
		return nil
	}
	var words []uint64
	for n := range moduleWords {
		words = append(words, binary.LittleEndian.Uint64(memory[at+8*n:]))
	}
	return words
}

// A function is the description of one, taken apart.
type function struct {
	fixed        []byte   // funcSize bytes
	tables, data []uint32 // offsets
}

func (t *functionTable) function(n int) (function, error) {
	offset := uint64(binary.LittleEndian.Uint32(t.list[8*n+4:]))
	if offset+funcSize > uint64(len(t.list)) {
		return function{}, fmt.Errorf("site: function %d is outside of the table", n)
	}
	f := function{fixed: bytes.Clone(t.list[offset : offset+funcSize])}
	rest := t.list[offset+funcSize:]
	tables, data := binary.LittleEndian.Uint32(f.fixed[funcTables:]), int(f.fixed[funcData])
	if uint64(tables) > uint64(len(rest))/4 || int(tables)+data > len(rest)/4 {
		return function{}, fmt.Errorf("site: function %d has more tables than there are", n)
	}
	for i := range int(tables) + data {
		offset := binary.LittleEndian.Uint32(rest[4*i:])
		if i < int(tables) {
			f.tables = append(f.tables, offset)
		} else {
			f.data = append(f.data, offset)
		}
	}
	return f, nil
}

// forget takes away what only a stack trace reads: files, lines, inlined calls, values.
func (f *function) forget() {
	for _, field := range []int{funcFile, funcLine, funcUnit, funcStartLine} {
		binary.LittleEndian.PutUint32(f.fixed[field:], 0)
	}
	f.tables = without(f.tables, tracedTables, 0)
	f.data = without(f.data, tracedData, noData)
}

// without returns a list with none in the places named, and none at its end.
func without(list []uint32, places []int, none uint32) []uint32 {
	for _, n := range places {
		if n < len(list) {
			list[n] = none
		}
	}
	for len(list) > 0 && list[len(list)-1] == none {
		list = list[:len(list)-1]
	}
	return list
}

// bytes puts a description together again.
func (f *function) bytes() []byte {
	binary.LittleEndian.PutUint32(f.fixed[funcTables:], uint32(len(f.tables)))
	f.fixed[funcData] = byte(len(f.data))
	b := bytes.Clone(f.fixed)
	for _, offset := range slices.Concat(f.tables, f.data) {
		b = binary.LittleEndian.AppendUint32(b, offset)
	}
	return b
}

// ownName is whether the runtime asks for a function by its name: it knows by them which
// goroutines are its own, and which frames are of functions that reflection made.
func ownName(name []byte) bool {
	for _, own := range []string{"runtime", "internal/runtime", "reflect."} {
		if bytes.HasPrefix(name, []byte(own)) {
			return true
		}
	}
	return false
}

// anyName is what all others are called. The runtime looks for a method's receiver in the
// name of one that is called by a nil pointer.
const anyName = "see.(*functions).txt\x00"

// name returns the name of a function without the zero behind it.
func (t *functionTable) name(f *function) ([]byte, error) {
	at := uint64(binary.LittleEndian.Uint32(f.fixed[funcName:]))
	if at >= uint64(len(t.names)) {
		return nil, errors.New("a name lies outside of the list")
	}
	name, _, ended := bytes.Cut(t.names[at:], []byte{0})
	if !ended {
		return nil, errors.New("a name does not end")
	}
	return name, nil
}

// dropLines leaves of the functions what the program itself reads, by which stacks are
// walked and grown, and the names of the runtime's own. The parts stay where they are; what
// is left of each is at its beginning, in the order in which functions refer to it, and the
// rest is zero.
func dropLines(memory []byte) error {
	t, err := functionsOf(memory)
	if err != nil {
		return err
	}
	functions, ends := make([]function, t.count), []uint32{uint32(len(t.data))}
	for n := range functions {
		if functions[n], err = t.function(n); err != nil {
			return err
		}
		ends = append(ends, functions[n].data...)
	}
	slices.Sort(ends)

	names := pack{kept: append([]byte{0}, anyName...), moved: map[uint32]uint32{}}
	names.item = func(at uint32) ([]byte, int, error) {
		return t.names[at : at+uint32(bytes.IndexByte(t.names[at:], 0))+1], 1, nil
	}
	tables := pack{kept: []byte{0}, moved: map[uint32]uint32{0: 0}, item: t.table}
	data := pack{moved: map[uint32]uint32{noData: noData}, item: func(at uint32) ([]byte, int, error) {
		return t.datum(at, ends)
	}}
	var described []byte
	from := 8*t.count + 4 // behind the entries, and where the last function ends
	for n := range functions {
		f := &functions[n]
		f.forget()
		name, err := t.name(f)
		if err != nil {
			return fmt.Errorf("site: function %d: %w", n, err)
		}
		to := uint32(1)
		if ownName(name) {
			to, _ = names.move(binary.LittleEndian.Uint32(f.fixed[funcName:]))
		}
		binary.LittleEndian.PutUint32(f.fixed[funcName:], to)
		stack, err := tables.move(binary.LittleEndian.Uint32(f.fixed[funcStack:]))
		if err = errors.Join(err, tables.moveAll(f.tables), data.moveAll(f.data)); err != nil {
			return fmt.Errorf("site: function %d: %w", n, err)
		}
		binary.LittleEndian.PutUint32(f.fixed[funcStack:], stack)
		binary.LittleEndian.PutUint32(t.list[8*n+4:], uint32(from+len(described)))
		described = append(described, f.bytes()...)
	}
	if len(tables.kept) >= len(t.tables) {
		return errors.New("site: there are no tables of lines to leave out")
	}
	clear(t.units)
	clear(t.files)
	for _, part := range []struct{ old, kept []byte }{
		{t.names, names.kept}, {t.tables, tables.kept}, {t.data, data.kept}, {t.list[from:], described},
	} {
		if len(part.kept) > len(part.old) {
			return errNotAsGo
		}
		clear(part.old[copy(part.old, part.kept):])
	}
	for at := 0; at+bucketSize <= len(t.buckets); at += bucketSize {
		index := binary.LittleEndian.Uint32(t.buckets[at:])
		binary.LittleEndian.PutUint32(t.buckets[at:], index-index%bucketRound)
	}
	return nil
}

// Functions lists the functions of a program that was not trimmed, a line each: the first
// instruction, in hexadecimal digits as a stack trace has it behind pc=, and the name. The
// last four digits are those of an instruction in it.
func Functions(program []byte) ([]byte, error) {
	memory, err := initialMemory(program)
	if err != nil {
		return nil, err
	}
	t, err := functionsOf(memory)
	if err != nil {
		return nil, err
	}
	var list []byte
	for n := range t.count {
		f, err := t.function(n)
		if err != nil {
			return nil, err
		}
		name, err := t.name(&f)
		if err != nil {
			return nil, fmt.Errorf("site: function %d: %w", n, err)
		}
		number := t.from + uint64(binary.LittleEndian.Uint32(f.fixed[funcEntry:]))
		list = fmt.Appendf(list, "0x%x %s\n", number<<functionBits, name)
	}
	return list, nil
}

// A pack is a part of the memory that is written again, with nothing but what is referred to.
type pack struct {
	kept  []byte
	moved map[uint32]uint32                                // from offsets in the part as it was
	item  func(at uint32) (b []byte, align int, err error) // what is there
}

// move takes what is at an offset, unless it was taken, and returns its new offset.
func (p *pack) move(at uint32) (uint32, error) {
	if to, known := p.moved[at]; known {
		return to, nil
	}
	b, align, err := p.item(at)
	if err != nil {
		return 0, err
	}
	for len(p.kept)%align > 0 {
		p.kept = append(p.kept, 0)
	}
	to := uint32(len(p.kept))
	p.kept, p.moved[at] = append(p.kept, b...), to
	return to, nil
}

// moveAll replaces offsets by the new ones.
func (p *pack) moveAll(offsets []uint32) error {
	for i, at := range offsets {
		to, err := p.move(at)
		if err != nil {
			return err
		}
		offsets[i] = to
	}
	return nil
}

// table returns one of the tables: pairs of numbers until a difference of value that is 0,
// which the first may be.
func (t *functionTable) table(at uint32) (b []byte, align int, err error) {
	if uint64(at) >= uint64(len(t.tables)) {
		return nil, 0, errors.New("a table lies outside of the list")
	}
	r := reader{rest: t.tables[at:]}
	for first := true; ; first = false {
		if difference := r.uint(); difference == 0 && !first {
			break
		}
		r.uint()
		if r.bad {
			return nil, 0, errors.New("a table does not end")
		}
	}
	return t.tables[at : len(t.tables)-len(r.rest)], 1, nil
}

// datum returns the data at an offset, which end where others begin, and what its address
// is a multiple of, as far as anything needs that.
func (t *functionTable) datum(at uint32, ends []uint32) (b []byte, align int, err error) {
	if uint64(at) >= uint64(len(t.data)) {
		return nil, 0, errors.New("data lie outside of their part")
	}
	for align = 8; at%uint32(align) > 0; align /= 2 {
	}
	next, _ := slices.BinarySearch(ends, at+1)
	return t.data[at:ends[next]], align, nil
}
