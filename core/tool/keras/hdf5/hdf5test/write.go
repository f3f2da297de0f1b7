// Package hdf5test writes small HDF5 files, for the tests of those who read them.
package hdf5test

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
)

// A Writer writes objects in the form that h5py writes by default (superblock 0),
// or in the newer one (superblock 2, object headers 2). An object is known by its
// address.
type Writer struct {
	buffer bytes.Buffer
	newer  bool
}

// File returns a file whose root is what build makes.
func File(newer bool, build func(w *Writer) int) []byte {
	w := &Writer{newer: newer}
	w.buffer.Write(make([]byte, superblock))
	root := build(w)
	size := w.buffer.Len()
	head := slices.Concat([]byte("\x89HDF\r\n\x1a\n"), []byte{0, 0, 0, 0, 0, 8, 8, 0}, number(4, 2), number(16, 2),
		number(0, 4), number(0, 8), undefined(1), number(size, 8), undefined(1), number(0, 8), number(root, 8))
	if newer {
		head = slices.Concat([]byte("\x89HDF\r\n\x1a\n"), []byte{2, 8, 8, 0}, number(0, 8), undefined(1),
			number(size, 8), number(root, 8))
	}
	b := w.buffer.Bytes()
	copy(b, head)
	return append(b, make([]byte, 64)...)
}

// superblock is the bytes kept free for the head of a file: the first object's
// address.
const superblock = 96

// First is the address of the first object of a file.
const First = superblock

// The kinds of message in an object header.
const (
	dataspace   = 0x01
	datatype    = 0x03
	link        = 0x06
	attribute   = 0x0C
	symbolTable = 0x11
)

func number(n, size int) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(n))[:size] }

func undefined(n int) []byte { return bytes.Repeat([]byte{255}, 8*n) }

// padded fills up to a multiple of 8 bytes.
func padded(b []byte) []byte { return append(b, make([]byte, (8-len(b)%8)%8)...) }

// add appends blocks and returns the address of the first.
func (w *Writer) add(blocks ...[]byte) int {
	for w.buffer.Len()%8 != 0 {
		w.buffer.WriteByte(0)
	}
	at := w.buffer.Len()
	w.buffer.Write(slices.Concat(blocks...))
	return at
}

// object writes an object header with messages of a kind each.
func (w *Writer) object(messages map[int][][]byte) int {
	var body []byte
	n := 0
	for _, kind := range []int{dataspace, datatype, symbolTable, link, attribute} {
		for _, data := range messages[kind] {
			n++
			if w.newer {
				body = slices.Concat(body, number(kind, 1), number(len(data), 2), []byte{0}, data)
				continue
			}
			data = padded(data)
			body = slices.Concat(body, number(kind, 2), number(len(data), 2), []byte{0, 0, 0, 0}, data)
		}
	}
	if w.newer {
		return w.add([]byte("OHDR\x02\x02"), number(len(body), 4), body, []byte{0, 0, 0, 0})
	}
	return w.add([]byte{1, 0}, number(n, 2), number(1, 4), number(len(body), 4), number(0, 4), body)
}

// Dataset writes a dataset of floats without its data.
func (w *Writer) Dataset(shape ...int) int {
	space := []byte{1, byte(len(shape)), 0, 0, 0, 0, 0, 0}
	for _, n := range shape {
		space = append(space, number(n, 8)...)
	}
	float := []byte{0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0}
	return w.object(map[int][][]byte{dataspace: {space}, datatype: {float}})
}

// Group writes a group of named objects with text attributes.
func (w *Writer) Group(members map[string]int, attributes map[string]string) int {
	messages := map[int][][]byte{}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		value := attributes[name]
		heap := w.add([]byte("GCOL\x01\x00\x00\x00"), number(32+(len(value)+7)&^7+16, 8), number(1, 2), number(1, 2),
			number(0, 4), number(len(value), 8), padded([]byte(value)), make([]byte, 16))
		typ := []byte{0x19, 1, 0, 0, 16, 0, 0, 0, 0x13, 0, 0, 0, 1, 0, 0, 0}
		data := slices.Concat(number(len(value), 4), number(heap, 8), number(1, 4))
		sizes := slices.Concat(number(len(name)+1, 2), number(len(typ), 2))
		message := slices.Concat([]byte{1, 0}, sizes, number(8, 2), padded([]byte(name+"\x00")), padded(typ),
			make([]byte, 8), data)
		if w.newer {
			message = slices.Concat([]byte{3, 0}, sizes, number(4, 2), []byte{0}, []byte(name+"\x00"), typ,
				[]byte{2, 0, 0, 0}, data)
		}
		messages[attribute] = append(messages[attribute], message)
	}
	names := slices.Sorted(maps.Keys(members))
	heap, entries := make([]byte, 8), []byte{}
	for _, n := range names {
		if w.newer {
			messages[link] = append(messages[link],
				slices.Concat([]byte{1, 0}, number(len(n), 1), []byte(n), number(members[n], 8)))
			continue
		}
		entries = slices.Concat(entries, number(len(heap), 8), number(members[n], 8), make([]byte, 24))
		heap = append(heap, n+"\x00"...)
	}
	if !w.newer {
		data := w.add(heap)
		local := w.add([]byte("HEAP\x00\x00\x00\x00"), number(len(heap), 8), number(0, 8), number(data, 8))
		node := w.add([]byte("SNOD\x01\x00"), number(len(names), 2), entries)
		tree := w.add([]byte("TREE\x00\x00\x01\x00"), undefined(2), number(0, 8), number(node, 8), number(8, 8))
		messages[symbolTable] = [][]byte{append(number(tree, 8), number(local, 8)...)}
	}
	return w.object(messages)
}
