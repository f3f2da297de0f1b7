//go:build !js

package site

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math/bits"
)

// Trim returns a program of Go's linker for WebAssembly without what its download need not
// hold. It computes the same.
//
//   - The linker divides the initial memory into up to 100,000 segments, one wherever a few
//     bytes are zero: the headers take a third of the section, and compress badly where
//     zeros compress well. Here only long runs of zeros are left out.
//   - Unless lines are wanted, what only a stack trace reads of functions is left out: lines
//     of source, inlined calls, values of arguments, names but the runtime's own. A trace
//     then has instructions (pc=), whose functions the site's functions.txt lists. See
//     functions.go.
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

// initialMemory returns the memory with which a program begins.
func initialMemory(program []byte) ([]byte, error) {
	if len(program) < 8 {
		return nil, errors.New("site: the program is not WebAssembly")
	}
	for r := (reader{rest: program[8:]}); len(r.rest) > 0; {
		if id, body := r.byte(), r.bytes(r.uint()); id == dataSection && !r.bad {
			return readData(body)
		}
	}
	return nil, errors.New("site: the program has no initial memory")
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
