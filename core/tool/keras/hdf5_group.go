package keras

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// A hdf5Entry is a member of a group.
type hdf5Entry struct {
	name string
	at   uint64
}

// members lists a group. An object that is no group has none.
func (h *hdf5) members(messages []hdf5Message) ([]hdf5Entry, error) {
	var all []hdf5Entry
	for _, m := range messages {
		switch m.kind {
		case hdf5SymbolTable:
			if len(m.data) < 2*h.offset {
				return nil, h.form("symbol table")
			}
			names, err := h.heap(h.number(m.data[h.offset:], h.offset))
			if err != nil {
				return nil, err
			}
			if err := h.tree(h.number(m.data, h.offset), names, &all, 0); err != nil {
				return nil, err
			}
		case hdf5Link:
			if e, ok := h.link(m.data); ok {
				all = append(all, e)
			}
		case hdf5LinkInfo:
			at := 2
			if len(m.data) > 1 && m.data[1]&1 != 0 {
				at += 8
			}
			if len(m.data) >= at+h.offset && h.number(m.data[at:], h.offset) != hdf5Undef {
				return nil, h.form("links in a fractal heap")
			}
		}
	}
	return all, nil
}

// heap returns the names of a group's members.
func (h *hdf5) heap(address uint64) ([]byte, error) {
	head, err := h.at(address, int64(8+2*h.length+h.offset))
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "HEAP" {
		return nil, h.form("local heap")
	}
	size := h.number(head[8:], h.length)
	return h.at(h.number(head[8+2*h.length:], h.offset), int64(min(size, source.MaxText+1)))
}

// tree reads the members in a B-tree.
func (h *hdf5) tree(address uint64, names []byte, all *[]hdf5Entry, depth int) error {
	if h.objects++; h.objects > hdf5Objects || depth > 16 {
		return h.tooMuch()
	}
	head, err := h.at(address, 8)
	if err != nil {
		return err
	}
	used := int64(binary.LittleEndian.Uint16(head[6:]))
	if string(head[:4]) == "SNOD" {
		size := int64(2*h.offset + 24)
		b, err := h.at(address+8, used*size)
		if err != nil {
			return err
		}
		for ; len(b) >= int(size); b = b[size:] {
			at := h.number(b, h.offset)
			if at >= uint64(len(names)) || len(*all) >= hdf5Objects {
				return h.form("symbol table")
			}
			name, _, _ := bytes.Cut(names[at:], []byte{0})
			*all = append(*all, hdf5Entry{string(name), h.number(b[h.offset:], h.offset)})
		}
		return nil
	}
	if string(head[:4]) != "TREE" || head[4] != 0 {
		return h.form("B-tree")
	}
	b, err := h.at(address+8+uint64(2*h.offset), used*int64(h.offset+h.length)+int64(h.length))
	if err != nil {
		return err
	}
	for range used {
		if err := h.tree(h.number(b[h.length:], h.offset), names, all, depth+1); err != nil {
			return err
		}
		b = b[h.length+h.offset:]
	}
	return nil
}

// link reads a link message; soft and external ones lead nowhere here.
func (h *hdf5) link(b []byte) (hdf5Entry, bool) {
	if len(b) < 2 || b[0] != 1 {
		return hdf5Entry{}, false
	}
	flags := b[1]
	b = b[2:]
	skip := 0
	if flags&8 != 0 {
		if len(b) == 0 || b[0] != 0 {
			return hdf5Entry{}, false
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
		return hdf5Entry{}, false
	}
	size := h.number(b[skip:], width)
	b = b[skip+width:]
	if size > uint64(len(b)) || uint64(len(b))-size < uint64(h.offset) {
		return hdf5Entry{}, false
	}
	return hdf5Entry{string(b[:size]), h.number(b[size:], h.offset)}, true
}

// shape reads a dataspace; false if it is none.
func (h *hdf5) shape(b []byte) ([]int64, bool) {
	if len(b) < 4 {
		return nil, false
	}
	rank, at := int(b[1]), 8
	if b[0] == 2 {
		if at = 4; b[3] == 2 {
			return nil, false // null
		}
	}
	if rank > 32 || len(b) < at+rank*h.length {
		return nil, false
	}
	shape := make([]int64, rank)
	for i := range shape {
		n := h.number(b[at+i*h.length:], h.length)
		if n > 1<<62 {
			return nil, false
		}
		shape[i] = int64(n)
	}
	return shape, true
}

// attribute returns an attribute of text, "" if the object has none of the name.
func (h *hdf5) attribute(messages []hdf5Message, name string) (string, error) {
	for _, m := range messages {
		switch m.kind {
		case hdf5AttrInfo:
			at := 2
			if len(m.data) > 1 && m.data[1]&1 != 0 {
				at += 2
			}
			if len(m.data) >= at+h.offset && h.number(m.data[at:], h.offset) != hdf5Undef {
				return "", h.form("attributes in a fractal heap")
			}
		case hdf5Attribute:
			if got, typ, data := h.split(m.data); got == name {
				return h.text(typ, data)
			}
		}
	}
	return "", nil
}

// split divides an attribute into its name, its type and its data.
func (h *hdf5) split(b []byte) (name string, typ, data []byte) {
	if len(b) < 9 {
		return "", nil, nil
	}
	sizes := [3]int{}
	for i := range sizes {
		sizes[i] = int(binary.LittleEndian.Uint16(b[2+2*i:]))
	}
	at := 8
	if b[0] == 3 {
		at = 9
	}
	var parts [3][]byte
	for i, size := range sizes {
		if at+size > len(b) {
			return "", nil, nil
		}
		parts[i] = b[at : at+size]
		if at += size; b[0] == 1 {
			at = min((at+7)&^7, len(b)) // 8 bytes of head keep the rest even
		}
	}
	return strings.TrimRight(string(parts[0]), "\x00"), parts[1], b[at:]
}

// text reads a string of fixed length, or one in a global heap.
func (h *hdf5) text(typ, data []byte) (string, error) {
	if len(typ) < 8 {
		return "", h.form("text")
	}
	switch class := typ[0] & 15; {
	case class == 3:
		size := int(min(binary.LittleEndian.Uint32(typ[4:]), uint32(len(data))))
		return strings.TrimRight(string(data[:size]), "\x00 "), nil
	case class == 9 && typ[1]&15 == 1:
		if len(data) < 8+h.offset {
			return "", h.form("text")
		}
		size := binary.LittleEndian.Uint32(data)
		b, err := h.global(h.number(data[4:], h.offset), binary.LittleEndian.Uint32(data[4+h.offset:]))
		return string(b[:min(int64(len(b)), int64(size))]), err
	}
	return "", h.form("text of type " + strconv.Itoa(int(typ[0]&15)))
}

// global returns an object of a global heap.
func (h *hdf5) global(address uint64, index uint32) ([]byte, error) {
	head, err := h.at(address, int64(8+h.length))
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "GCOL" {
		return nil, h.form("global heap")
	}
	left := h.number(head[8:], h.length)
	step := uint64(8 + h.length)
	for at := address + step; left > step; {
		if h.objects++; h.objects > hdf5Objects {
			return nil, h.tooMuch()
		}
		b, err := h.at(at, int64(step))
		if err != nil {
			return nil, err
		}
		size := h.number(b[8:], h.length)
		if size > uint64(h.f.Size) {
			break
		}
		switch n := binary.LittleEndian.Uint16(b); {
		case uint32(n) == index && n > 0:
			return h.at(at+step, int64(size))
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
	return nil, diag.New(catalog.ImportCutOff, h.f.Size)
}

// datasets calls f with the path and the shape of every dataset below a group.
func (h *hdf5) datasets(address uint64, path string, depth int, f func(name string, shape []int64, float bool)) error {
	if depth > 64 || h.seenGroups[address] {
		return nil // a second name for what was seen
	}
	h.seenGroups[address] = true
	messages, err := h.messages(address)
	if err != nil {
		return err
	}
	if h.objects%64 == 0 {
		if err := h.f.Progress(0.3); err != nil {
			return err
		}
	}
	var shape []int64
	found, float := false, false
	for _, m := range messages {
		switch m.kind {
		case hdf5Dataspace:
			shape, found = h.shape(m.data)
		case hdf5DataType:
			float = len(m.data) > 0 && m.data[0]&15 == 1
		}
	}
	if found {
		f(path, shape, float)
		return nil
	}
	members, err := h.members(messages)
	if err != nil {
		return err
	}
	for _, e := range members {
		name := e.name
		if path != "" {
			name = path + "/" + name
		}
		if depth == 0 && strings.HasPrefix(name, "optimizer") {
			continue // what trains the weights is none of them
		}
		if len(name) > 1000 {
			return h.form("names")
		}
		if err := h.datasets(e.at, name, depth+1, f); err != nil {
			return err
		}
	}
	return nil
}

// readH5 takes in the shapes of the weights in an HDF5 file: of a model's, or of
// a file of weights alone.
func (s *kerasStore) readH5(f *source.File, alone bool) error {
	h, err := openHDF5(f)
	if err != nil {
		return err
	}
	root := h.root
	if !alone {
		messages, err := h.messages(root)
		if err != nil {
			return err
		}
		members, err := h.members(messages)
		if err != nil {
			return err
		}
		for _, e := range members {
			if e.name == "model_weights" {
				root = e.at
			}
		}
	}
	return h.datasets(root, "", 0, s.add)
}

// readKerasH5 reads an HDF5 file: the model in its model_config, or weights alone.
func readKerasH5(f *source.File) (*source.Result, error) {
	h, err := openHDF5(f)
	if err != nil {
		return nil, err
	}
	messages, err := h.messages(h.root)
	if err != nil {
		return nil, err
	}
	config, err := h.attribute(messages, "model_config")
	if err != nil {
		return nil, err
	}
	store := &kerasStore{}
	err = store.readH5(f, false)
	if err == source.ErrCancelled {
		return nil, err
	}
	store.broken = err
	store.index()
	if config == "" {
		return readKerasTensors(store, "")
	}
	return readKerasJSON(f, []byte(config), store)
}
