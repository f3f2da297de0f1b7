//go:build !js

package site

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// Trim returns a program of Go's linker for WebAssembly without what its download need not
// hold. It computes the same.
//
//   - The linker divides the initial memory into up to 100,000 segments, one wherever a few
//     bytes are zero: the headers take a third of the section, and compress badly where
//     zeros compress well. Here only long runs of zeros are left out.
//   - Unless lines are wanted, the tables from instructions to lines of source are left out.
//     Only a stack trace reads them: it then has functions and offsets in them.
//
// A program that is not laid out as Go 1.26 does is refused, so that the build stops.
func Trim(program []byte, lines bool) ([]byte, error) {
	if !bytes.HasPrefix(program, []byte("\x00asm\x01\x00\x00\x00")) {
		return nil, errors.New("site: the program is not WebAssembly")
	}
	out := bytes.Clone(program[:8])
	found := false
	for r := (reader{rest: program[8:]}); len(r.rest) > 0; {
		id, body := r.byte(), r.bytes(r.uint())
		if r.bad {
			return nil, errors.New("site: the program ends in the middle of a section")
		}
		if id == dataSection {
			memory, err := readData(body)
			if err != nil {
				return nil, err
			}
			if !lines {
				if err := dropLines(memory); err != nil {
					return nil, err
				}
			}
			found, body = true, writeData(memory)
		}
		out = append(out, id)
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	if !found {
		return nil, errors.New("site: the program has no initial memory")
	}
	return out, nil
}

const (
	dataSection = 11
	opI32Const  = 0x41
	opEnd       = 0x0b
	mostMemory  = 1 << 28 // of a program's initial memory, in bytes

	// zeroRun is how many zeros end a segment: a header takes up to a dozen bytes.
	zeroRun = 256
)

// A reader takes a program apart. Past its end it reads zeros and is bad.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) byte() byte {
	b := r.bytes(1)
	if r.bad {
		return 0
	}
	return b[0]
}

func (r *reader) bytes(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.bad, r.rest = true, nil
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

// uint reads an unsigned number, and a signed one that is not negative: their bytes
// mean the same.
func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.bad, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// readData returns the initial memory, from address 0 to the last byte that is not zero.
func readData(section []byte) ([]byte, error) {
	r := reader{rest: section}
	var memory []byte
	for n := r.uint(); n > 0 && !r.bad; n-- {
		if r.byte() != 0 || r.byte() != opI32Const {
			return nil, errors.New("site: a segment of memory has no constant address")
		}
		at := r.uint()
		if r.byte() != opEnd {
			return nil, errors.New("site: a segment of memory has no constant address")
		}
		data := r.bytes(r.uint())
		end := at + uint64(len(data))
		if at > mostMemory || end > mostMemory {
			return nil, errors.New("site: a segment of memory lies too far up")
		}
		if missing := int(end) - len(memory); missing > 0 {
			memory = append(memory, make([]byte, missing)...)
		}
		copy(memory[at:], data)
	}
	if r.bad || len(r.rest) > 0 {
		return nil, errors.New("site: the segments of memory do not fill their section")
	}
	return memory, nil
}

// writeData writes a memory as segments divided by long runs of zeros.
func writeData(memory []byte) []byte {
	var segments []byte
	count := uint64(0)
	for at := 0; at < len(memory); {
		if memory[at] == 0 {
			at++
			continue
		}
		end, zeros := at, 0 // the segment is memory[at:end]
		for i := at; i < len(memory) && zeros < zeroRun; i++ {
			if memory[i] == 0 {
				zeros++
				continue
			}
			end, zeros = i+1, 0
		}
		count++
		segments = append(segments, 0, opI32Const)
		segments = appendSigned(segments, uint64(at))
		segments = append(segments, opEnd)
		segments = binary.AppendUvarint(segments, uint64(end-at))
		segments = append(segments, memory[at:end]...)
		at = end
	}
	return append(binary.AppendUvarint(nil, count), segments...)
}

// appendSigned writes a number that is not negative in the encoding of signed ones: its
// last byte has a bit for the sign.
func appendSigned(b []byte, v uint64) []byte {
	b = binary.AppendUvarint(b, v)
	if bits.Len64(v)%7 == 0 && v > 0 {
		b[len(b)-1] |= 0x80
		b = append(b, 0)
	}
	return b
}

// The layout of runtime.pcHeader and runtime._func (runtime/symtab.go, runtime2.go), in
// bytes. A function's tables are offsets into one list, pctab; 0 is no table.
const (
	headerSize = 8 + 8*8 // magic, paddings, sizes of an instruction and a pointer; then eight words

	funcStackDepth = 16 // pcsp
	funcFile       = 20 // pcfile
	funcLine       = 24 // pcln
	funcTables     = 28 // npcdata
	funcStartLine  = 36
	funcSize       = 44 // of the fixed part; then the offsets of npcdata tables
)

// lineTables is how the table of functions begins: Go 1.20's magic number, instructions
// of one byte, pointers of eight.
var lineTables = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// dropLines rewrites the list of tables with those alone that the program itself reads,
// by which stacks are walked and grown, and has no function refer to its files and lines.
func dropLines(memory []byte) error {
	at := bytes.Index(memory, lineTables)
	if at < 0 || bytes.Contains(memory[at+1:], lineTables) {
		return errors.New("site: the table of functions is not where Go 1.26 has it")
	}
	header := memory[at:]
	if len(header) < headerSize {
		return errors.New("site: the table of functions is not as Go 1.26 has it")
	}
	word := func(n int) uint64 { return binary.LittleEndian.Uint64(header[8+8*n:]) }
	functions, from, to := word(0), word(6), word(7)
	if from >= to || to > uint64(len(header)) || functions > uint64(len(header))/funcSize {
		return errors.New("site: the table of functions is not as Go 1.26 has it")
	}
	tables, list := header[from:to], header[to:]
	kept, moved := []byte{0}, map[uint32]uint32{0: 0}
	for n := range functions {
		offset := uint64(binary.LittleEndian.Uint32(list[8*n+4:]))
		if offset+funcSize > uint64(len(list)) {
			return fmt.Errorf("site: function %d is outside of the table", n)
		}
		f := list[offset:]
		references := [][]byte{f[funcStackDepth:]}
		for i := range int(binary.LittleEndian.Uint32(f[funcTables:])) {
			if funcSize+4*i+4 > len(f) {
				return fmt.Errorf("site: function %d has more tables than there are", n)
			}
			references = append(references, f[funcSize+4*i:])
		}
		for _, ref := range references {
			old := binary.LittleEndian.Uint32(ref)
			to, known := moved[old]
			if !known {
				table, err := tableAt(tables, old)
				if err != nil {
					return fmt.Errorf("site: function %d: %w", n, err)
				}
				to = uint32(len(kept))
				kept, moved[old] = append(kept, table...), to
			}
			binary.LittleEndian.PutUint32(ref, to)
		}
		for _, field := range []int{funcFile, funcLine, funcStartLine} {
			binary.LittleEndian.PutUint32(f[field:], 0)
		}
	}
	if len(kept) >= len(tables) {
		return errors.New("site: there are no tables of lines to leave out")
	}
	clear(tables[copy(tables, kept):])
	return nil
}

// tableAt returns one table of the list: pairs of numbers until a difference of value
// that is 0, which the first may be.
func tableAt(tables []byte, at uint32) ([]byte, error) {
	if uint64(at) >= uint64(len(tables)) {
		return nil, errors.New("a table lies outside of the list")
	}
	r := reader{rest: tables[at:]}
	for first := true; ; first = false {
		if difference := r.uint(); difference == 0 && !first {
			break
		}
		r.uint()
		if r.bad {
			return nil, errors.New("a table does not end")
		}
	}
	return tables[at : len(tables)-len(r.rest)], nil
}
