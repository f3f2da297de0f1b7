package keras

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

// This file and hdf5_group.go read as much of HDF5 as Keras' files need: groups,
// attributes that are text, and the shapes of datasets, never their data. The
// to 3, object headers 1 and 2, symbol tables and links in headers, local and
// global heaps. Links and attributes in fractal heaps, which h5py writes only
// when asked to (libver="latest") and Keras never asks, are refused by name.

const hdf5Signature = "\x89HDF\r\n\x1a\n"

const (
	hdf5Page    = 1 << 14   // bytes read at once
	hdf5Cached  = 256       // pages kept
	hdf5Budget  = 256 << 20 // bytes looked at in all
	hdf5Objects = 200_000   // headers, nodes of trees and pieces of heaps
	hdf5Undef   = math.MaxUint64
)

// An hdf5 is an open file.
type hdf5 struct {
	f          *source.File
	base       int64
	offset     int // bytes of an address
	length     int // bytes of a length
	root       uint64
	pages      map[int64][]byte
	budget     int64
	objects    int
	seenGroups map[uint64]bool
}

// openHDF5 reads the superblock.
func openHDF5(f *source.File) (*hdf5, error) {
	h := &hdf5{f: f, pages: map[int64][]byte{}, budget: hdf5Budget, seenGroups: map[uint64]bool{}, offset: 8, length: 8}
	b, err := h.read(0, min(f.Size, 128))
	if err != nil {
		return nil, err
	}
	if len(b) < 48 || !bytes.HasPrefix(b, []byte(hdf5Signature)) {
		return nil, diag.New(catalog.ImportCutOff, f.Size)
	}
	b = append(append([]byte{}, b...), make([]byte, 128)...) // fields behind the end are 0
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
		return nil, h.form("superblock " + strconv.Itoa(int(version)))
	}
	if (h.offset != 4 && h.offset != 8) || (h.length != 4 && h.length != 8) {
		return nil, h.form("addresses of " + strconv.Itoa(h.offset) + " bytes")
	}
	base := h.number(b[at:], h.offset)
	if base > uint64(f.Size) {
		return nil, diag.New(catalog.ImportCutOff, f.Size)
	}
	h.base = int64(base)
	if b[8] < 2 {
		h.root = h.number(b[at+5*h.offset:], h.offset) // behind four addresses and a name
	} else {
		h.root = h.number(b[at+3*h.offset:], h.offset)
	}
	return h, nil
}

// form says that something is written in a form that is not read here.
func (h *hdf5) form(what string) error { return diag.New(catalog.ImportHDF5Form, what) }

// number reads a little-endian number of some bytes; all ones are hdf5Undef.
func (h *hdf5) number(b []byte, size int) uint64 {
	if len(b) < size {
		return hdf5Undef
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
		return hdf5Undef
	default:
		return binary.LittleEndian.Uint64(b)
	}
}

// at reads n bytes from an address on.
func (h *hdf5) at(address uint64, n int64) ([]byte, error) {
	if address > uint64(h.f.Size) || n < 0 || n > source.MaxText {
		return nil, diag.New(catalog.ImportCutOff, h.f.Size)
	}
	return h.read(h.base+int64(address), n)
}

// read reads bytes by whole pages, which it keeps: what belongs together lies
// together, in small pieces.
func (h *hdf5) read(from, n int64) ([]byte, error) {
	if from < 0 || n < 0 || from > h.f.Size || n > h.f.Size-from {
		return nil, diag.New(catalog.ImportCutOff, h.f.Size)
	}
	if h.budget -= n; h.budget < 0 { // blocks may point at each other
		return nil, h.tooMuch()
	}
	if n > 4*hdf5Page {
		return h.f.Read(from, n)
	}
	out := make([]byte, 0, n)
	for at := from; at < from+n; {
		start := at / hdf5Page * hdf5Page
		page, ok := h.pages[start]
		if !ok {
			var err error
			if page, err = h.f.Read(start, min(hdf5Page, h.f.Size-start)); err != nil {
				return nil, err
			}
			if len(h.pages) >= hdf5Cached {
				clear(h.pages)
			}
			h.pages[start] = page
		}
		part := page[at-start:]
		part = part[:min(int64(len(part)), from+n-at)]
		out = append(out, part...)
		at += int64(len(part))
	}
	return out, nil
}

// tooMuch says that a file wants more looked at than any network needs.
func (h *hdf5) tooMuch() error {
	return diag.New(catalog.ImportTooLarge, ">"+strconv.Itoa(hdf5Budget), strconv.Itoa(hdf5Budget))
}

// An hdf5Message is one fact about an object.
type hdf5Message struct {
	kind int
	data []byte
}

// The kinds of message that are read.
const (
	hdf5Dataspace    = 0x01
	hdf5LinkInfo     = 0x02
	hdf5DataType     = 0x03
	hdf5Link         = 0x06
	hdf5Attribute    = 0x0C
	hdf5Continuation = 0x10
	hdf5SymbolTable  = 0x11
	hdf5AttrInfo     = 0x15
)

// messages reads the header of an object.
func (h *hdf5) messages(address uint64) ([]hdf5Message, error) {
	const most = 4096 // messages and blocks
	if h.objects++; h.objects > hdf5Objects {
		return nil, h.tooMuch()
	}
	head, err := h.at(address, 16)
	if err != nil {
		return nil, err
	}
	type block struct {
		at   uint64
		size int64
	}
	var blocks []block
	two := string(head[:4]) == "OHDR"
	ordered := false // creation orders are kept
	if two {
		flags := head[5]
		ordered = flags&4 != 0
		at := 6
		if flags&0x20 != 0 {
			at += 16
		}
		if flags&0x10 != 0 {
			at += 4
		}
		width := 1 << (flags & 3)
		size, err := h.at(address+uint64(at), int64(width))
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, block{address + uint64(at+width), int64(min(h.number(size, width), source.MaxText+1))})
	} else {
		if head[0] != 1 {
			return nil, h.form("object header " + strconv.Itoa(int(head[0])))
		}
		blocks = append(blocks, block{address + 16, int64(binary.LittleEndian.Uint32(head[8:]))})
	}
	var all []hdf5Message
	for i := 0; i < len(blocks); i++ {
		if len(blocks) > most || len(all) > most {
			return nil, h.tooMuch()
		}
		b, err := h.at(blocks[i].at, blocks[i].size)
		if err != nil {
			return nil, err
		}
		if two && i > 0 {
			if len(b) < 8 || string(b[:4]) != "OCHK" {
				return nil, h.form("continuation")
			}
			b = b[4 : len(b)-4]
		}
		for len(b) > 0 {
			var kind, size, skip int
			if two {
				if skip = 4; ordered {
					skip = 6
				}
				if len(b) < skip {
					break
				}
				kind, size = int(b[0]), int(binary.LittleEndian.Uint16(b[1:]))
			} else {
				if skip = 8; len(b) < skip {
					break
				}
				kind, size = int(binary.LittleEndian.Uint16(b)), int(binary.LittleEndian.Uint16(b[2:]))
			}
			if size > len(b)-skip {
				break // what is left is a gap
			}
			data := b[skip : skip+size]
			b = b[skip+size:]
			if kind == hdf5Continuation {
				if len(data) < h.offset+h.length {
					return nil, h.form("continuation")
				}
				blocks = append(blocks, block{h.number(data, h.offset), int64(min(h.number(data[h.offset:], h.length), source.MaxText+1))})
				continue
			}
			all = append(all, hdf5Message{kind, data})
		}
	}
	return all, nil
}
