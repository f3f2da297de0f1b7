package hdf5

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// An entry is a member of a group.
type entry struct {
	name    string
	address uint64
}

// members lists a group. An object that is no group has none.
func (h *File) members(messages []message) ([]entry, error) {
	var all []entry
	for _, m := range messages {
		switch m.kind {
		case kindSymbolTable:
			if len(m.data) < 2*h.offset {
				return nil, unsupported("symbol table")
			}
			names, err := h.heap(unsigned(m.data[h.offset:], h.offset))
			if err != nil {
				return nil, err
			}
			if err := h.tree(unsigned(m.data, h.offset), names, &all, 0); err != nil {
				return nil, err
			}
		case kindLink:
			if e, ok := h.link(m.data); ok {
				all = append(all, e)
			}
		case kindLinkInfo:
			at := 2
			if len(m.data) > 1 && m.data[1]&1 != 0 {
				at += 8
			}
			if len(m.data) >= at+h.offset && unsigned(m.data[at:], h.offset) != undefined {
				return nil, unsupported("links in a fractal heap")
			}
		}
	}
	return all, nil
}

// heap returns the names of a group's members.
func (h *File) heap(address uint64) ([]byte, error) {
	head, err := h.bytes(address, int64(8+2*h.length+h.offset))
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "HEAP" {
		return nil, unsupported("local heap")
	}
	size := unsigned(head[8:], h.length)
	return h.bytes(unsigned(head[8+2*h.length:], h.offset), int64(min(size, source.MaxText+1)))
}

// maxTree is how deep the nodes of a B-tree may nest.
const maxTree = 16

// tree reads the members in a B-tree.
func (h *File) tree(address uint64, names []byte, all *[]entry, depth int) error {
	if err := h.spendObject(); err != nil {
		return err
	}
	if depth > maxTree {
		return unsupported("B-tree")
	}
	head, err := h.bytes(address, 8)
	if err != nil {
		return err
	}
	used := int64(binary.LittleEndian.Uint16(head[6:]))
	if string(head[:4]) == "SNOD" {
		size := int64(2*h.offset + 24)
		b, err := h.bytes(address+8, used*size)
		if err != nil {
			return err
		}
		for ; len(b) >= int(size); b = b[size:] {
			at := unsigned(b, h.offset)
			if at >= uint64(len(names)) {
				return unsupported("symbol table")
			}
			name, _, _ := bytes.Cut(names[at:], []byte{0})
			// Names may be pieces of each other, so they are not bounded by their heap.
			if err := h.pages.file.Budget().Spend(catalog.MadeNames, objectSize+len(name)); err != nil {
				return err
			}
			*all = append(*all, entry{string(name), unsigned(b[h.offset:], h.offset)})
		}
		return nil
	}
	if string(head[:4]) != "TREE" || head[4] != 0 {
		return unsupported("B-tree")
	}
	b, err := h.bytes(address+8+uint64(2*h.offset), used*int64(h.offset+h.length)+int64(h.length))
	if err != nil {
		return err
	}
	for range used {
		if err := h.tree(unsigned(b[h.length:], h.offset), names, all, depth+1); err != nil {
			return err
		}
		b = b[h.length+h.offset:]
	}
	return nil
}

// link reads a link message; soft and external ones lead nowhere here.
func (h *File) link(b []byte) (entry, bool) {
	if len(b) < 2 || b[0] != 1 {
		return entry{}, false
	}
	flags := b[1]
	b = b[2:]
	skip := 0
	if flags&8 != 0 {
		if len(b) == 0 || b[0] != 0 {
			return entry{}, false
		}
		skip++
	}
	if flags&4 != 0 {
		skip += 8
	}
	if flags&0x10 != 0 {
		skip++
	}
	width := 1 << (flags & 3)
	if len(b) < skip+width {
		return entry{}, false
	}
	size := unsigned(b[skip:], width)
	b = b[skip+width:]
	if size > uint64(len(b)) || uint64(len(b))-size < uint64(h.offset) {
		return entry{}, false
	}
	return entry{string(b[:size]), unsigned(b[size:], h.offset)}, true
}

// text reads a string of fixed length, or one in a global heap.
func (h *File) text(typ, data []byte) (string, error) {
	if len(typ) < 8 {
		return "", unsupported("text")
	}
	switch class := typ[0] & 15; {
	case class == 3:
		size := int(min(binary.LittleEndian.Uint32(typ[4:]), uint32(len(data))))
		return strings.TrimRight(string(data[:size]), "\x00 "), nil
	case class == 9 && typ[1]&15 == 1:
		if len(data) < 8+h.offset {
			return "", unsupported("text")
		}
		size := binary.LittleEndian.Uint32(data)
		b, err := h.global(unsigned(data[4:], h.offset), binary.LittleEndian.Uint32(data[4+h.offset:]))
		return string(b[:min(int64(len(b)), int64(size))]), err
	}
	return "", unsupported("text of type " + strconv.Itoa(int(typ[0]&15)))
}

// global returns an object of a global heap.
func (h *File) global(address uint64, index uint32) ([]byte, error) {
	head, err := h.bytes(address, int64(8+h.length))
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "GCOL" {
		return nil, unsupported("global heap")
	}
	left := unsigned(head[8:], h.length)
	step := uint64(8 + h.length)
	for at := address + step; left > step; {
		if err := h.spendObject(); err != nil {
			return nil, err
		}
		b, err := h.bytes(at, int64(step))
		if err != nil {
			return nil, err
		}
		size := unsigned(b[8:], h.length)
		if size > uint64(h.pages.file.Size) {
			break
		}
		switch n := binary.LittleEndian.Uint16(b); {
		case uint32(n) == index && n > 0:
			return h.bytes(at+step, int64(size))
		case n == 0:
			left = 0
			continue
		}
		padded := step + (size+7)&^7
		if padded >= left {
			break
		}
		at, left = at+padded, left-padded
	}
	return nil, diag.New(catalog.ImportCutOff, h.pages.file.Size)
}
