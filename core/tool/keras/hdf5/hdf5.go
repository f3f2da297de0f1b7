// Package hdf5 reads as much of HDF5 as files of weights need: groups, attributes
// that are text, and the shapes of datasets, never their data. It knows the
// format's superblocks 0 to 3, object headers 1 and 2, symbol tables and links in
// headers, local and global heaps ("HDF5 File Format Specification", version 3).
// Links and attributes in fractal heaps, which h5py writes only when asked to
// (libver="latest"), are refused by name.
package hdf5

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// Signature is what every file begins with.
const Signature = "\x89HDF\r\n\x1a\n"

// Bounds of what reading a file may use.
const (
	maxDepth  = 64   // groups in groups
	maxPath   = 1000 // bytes of the names on the way to a dataset
	undefined = math.MaxUint64
)

// A File is an open file.
type File struct {
	pages  pages
	base   int64
	offset int // bytes of an address
	length int // bytes of a length
	root   uint64
}

// An Object is a group or a dataset.
type Object struct {
	file     *File
	address  uint64
	messages []message
}

// A Dataset is the shape of stored numbers.
type Dataset struct {
	Path  string // the names of the groups it is in and its own, with a / between
	Shape []int64
	Float bool
}

// Open reads the superblock.
func Open(f *source.File) (*File, error) {
	h := &File{pages: pages{file: f, cached: map[int64][]byte{}}, offset: 8, length: 8}
	b, err := h.pages.read(0, min(f.Size, 128))
	if err != nil {
		return nil, err
	}
	if len(b) < 48 || !bytes.HasPrefix(b, []byte(Signature)) {
		return nil, diag.New(catalog.ImportCutOff, f.Size)
	}
	b = append(append([]byte{}, b...), make([]byte, 128)...) // fields after the end are 0
	at := 0
	switch version := b[8]; version {
	case 0, 1:
		h.offset, h.length = int(b[13]), int(b[14])
		at = 24
		if version == 1 {
			at = 28
		}
	case 2, 3:
		h.offset, h.length = int(b[9]), int(b[10])
		at = 12
	default:
		return nil, unsupported("superblock " + strconv.Itoa(int(version)))
	}
	if (h.offset != 4 && h.offset != 8) || (h.length != 4 && h.length != 8) {
		return nil, unsupported("addresses of " + strconv.Itoa(h.offset) + " bytes")
	}
	base := unsigned(b[at:], h.offset)
	if base > uint64(f.Size) {
		return nil, diag.New(catalog.ImportCutOff, f.Size)
	}
	h.base = int64(base)
	if b[8] < 2 {
		h.root = unsigned(b[at+5*h.offset:], h.offset) // after four addresses and a name
	} else {
		h.root = unsigned(b[at+3*h.offset:], h.offset)
	}
	return h, nil
}

// Root returns the group that holds everything.
func (h *File) Root() (*Object, error) { return h.object(h.root) }

// object reads the header of an object.
func (h *File) object(address uint64) (*Object, error) {
	messages, err := h.messages(address)
	if err != nil {
		return nil, err
	}
	return &Object{h, address, messages}, nil
}

// Member returns the member of a group with a name, nil if there is none.
func (o *Object) Member(name string) (*Object, error) {
	members, err := o.file.members(o.messages)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.name == name {
			return o.file.object(m.address)
		}
	}
	return nil, nil
}

// Text returns an attribute of text, "" if the object has none of the name.
func (o *Object) Text(name string) (string, error) {
	for _, m := range o.messages {
		switch m.kind {
		case kindAttributeInfo:
			at := 2
			if len(m.data) > 1 && m.data[1]&1 != 0 {
				at += 2
			}
			if len(m.data) >= at+o.file.offset && unsigned(m.data[at:], o.file.offset) != undefined {
				return "", unsupported("attributes in a fractal heap")
			}
		case kindAttribute:
			if got, typ, data := splitAttribute(m.data); got == name {
				return o.file.text(typ, data)
			}
		}
	}
	return "", nil
}

// Walk calls visit with every dataset of a group and of the groups in it, once
// each, and leaves out the members whose path skip refuses.
func (o *Object) Walk(skip func(path string) bool, visit func(Dataset)) error {
	w := walk{file: o.file, skip: skip, visit: visit, seen: map[uint64]bool{o.address: true}}
	return w.object(o, "", 0)
}

// A walk is how far Walk has got.
type walk struct {
	file  *File
	skip  func(path string) bool
	visit func(Dataset)
	seen  map[uint64]bool

	objects int // so far
}

func (w *walk) object(o *Object, path string, depth int) error {
	if w.objects++; w.objects%64 == 0 {
		if err := w.file.pages.file.Progress(0.3); err != nil {
			return err
		}
	}
	if d, ok := o.dataset(path); ok {
		w.visit(d)
		return nil
	}
	members, err := w.file.members(o.messages)
	if err != nil {
		return err
	}
	for _, m := range members {
		if len(path)+len(m.name) > maxPath {
			return unsupported("names")
		}
		if err := w.file.pages.file.Budget().Spend(catalog.MadeNames, len(path)+len(m.name)); err != nil {
			return err
		}
		name := m.name
		if path != "" {
			name = path + "/" + name
		}
		switch {
		case w.skip(name):
			continue
		case depth >= maxDepth || w.seen[m.address]:
			continue // a second name for what was seen
		}
		w.seen[m.address] = true
		inner, err := w.file.object(m.address)
		if err != nil {
			return err
		}
		if err := w.object(inner, name, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// dataset returns the shape of an object; false if it is a group.
func (o *Object) dataset(path string) (Dataset, bool) {
	d, ok := Dataset{Path: path}, false
	for _, m := range o.messages {
		switch m.kind {
		case kindDataspace:
			d.Shape, ok = o.file.shape(m.data)
		case kindDataType:
			d.Float = len(m.data) > 0 && m.data[0]&15 == 1
		}
	}
	return d, ok
}

// shape reads a dataspace; false if it is none.
func (h *File) shape(b []byte) ([]int64, bool) {
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
		n := unsigned(b[at+i*h.length:], h.length)
		if n > 1<<62 {
			return nil, false
		}
		shape[i] = int64(n)
	}
	return shape, true
}

// unsupported reports that something is written in a form that is not read here.
func unsupported(what string) error { return diag.New(catalog.ImportHDF5Form, what) }

// unsigned reads a little-endian number of some bytes; all ones are undefined.
func unsigned(b []byte, size int) uint64 {
	if len(b) < size {
		return undefined
	}
	switch size {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(binary.LittleEndian.Uint16(b))
	case 4:
		if v := binary.LittleEndian.Uint32(b); v != math.MaxUint32 {
			return uint64(v)
		}
		return undefined
	default:
		return binary.LittleEndian.Uint64(b)
	}
}

// splitAttribute divides an attribute into its name, its type and its data.
func splitAttribute(b []byte) (name string, typ, data []byte) {
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
