package hdf5

import (
	"encoding/binary"
	"strconv"

	"paramstack/core/tool/source"
)

// A message is one fact about an object.
type message struct {
	kind int
	data []byte
}

// The kinds of message that are read.
const (
	kindDataspace     = 0x01
	kindLinkInfo      = 0x02
	kindDataType      = 0x03
	kindLink          = 0x06
	kindAttribute     = 0x0C
	kindContinuation  = 0x10
	kindSymbolTable   = 0x11
	kindAttributeInfo = 0x15
)

// messages reads the header of an object.
func (h *File) messages(address uint64) ([]message, error) {
	if err := h.spendObject(); err != nil {
		return nil, err
	}
	head, err := h.bytes(address, 16)
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
		size, err := h.bytes(address+uint64(at), int64(width))
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, block{address + uint64(at+width), int64(min(unsigned(size, width), source.MaxText+1))})
	} else {
		if head[0] != 1 {
			return nil, unsupported("object header " + strconv.Itoa(int(head[0])))
		}
		blocks = append(blocks, block{address + 16, int64(binary.LittleEndian.Uint32(head[8:]))})
	}
	var all []message
	for i := 0; i < len(blocks); i++ {
		if err := h.spendObject(); err != nil {
			return nil, err
		}
		b, err := h.bytes(blocks[i].at, blocks[i].size)
		if err != nil {
			return nil, err
		}
		if two && i > 0 {
			if len(b) < 8 || string(b[:4]) != "OCHK" {
				return nil, unsupported("continuation")
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
			if kind == kindContinuation {
				if len(data) < h.offset+h.length {
					return nil, unsupported("continuation")
				}
				blocks = append(blocks, block{unsigned(data, h.offset),
					int64(min(unsigned(data[h.offset:], h.length), source.MaxText+1))})
				continue
			}
			if err := h.spendObject(); err != nil {
				return nil, err
			}
			all = append(all, message{kind, data})
		}
	}
	return all, nil
}
