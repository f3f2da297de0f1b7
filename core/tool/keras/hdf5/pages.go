package hdf5

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tool/source"
)

const (
	pageSize = 1 << 14 // bytes read at once
	maxPages = 256     // pages kept
)

// pages reads a file by whole pages, which it keeps: what belongs together is
// close together, in small pieces.
type pages struct {
	file   *source.File
	cached map[int64][]byte
}

func (p *pages) read(from, n int64) ([]byte, error) {
	size := p.file.Size
	if from < 0 || n < 0 || from > size || n > size-from {
		return nil, diag.New(catalog.ImportCutOff, size)
	}
	if n > 4*pageSize {
		return p.file.Read(from, n)
	}
	if err := p.file.Budget().Spend(catalog.MadePieces, int(n)); err != nil { // blocks may point at each other
		return nil, err
	}
	out := make([]byte, 0, n)
	for at := from; at < from+n; {
		start := at / pageSize * pageSize
		page, ok := p.cached[start]
		if !ok {
			var err error
			if page, err = p.file.Read(start, min(pageSize, size-start)); err != nil {
				return nil, err
			}
			if len(p.cached) >= maxPages {
				clear(p.cached)
			}
			p.cached[start] = page
		}
		part := page[at-start:]
		part = part[:min(int64(len(part)), from+n-at)]
		out = append(out, part...)
		at += int64(len(part))
	}
	return out, nil
}

// bytes reads n bytes from an address on.
func (h *File) bytes(address uint64, n int64) ([]byte, error) {
	if size := h.pages.file.Size; address > uint64(size) || n < 0 || n > source.MaxText {
		return nil, diag.New(catalog.ImportCutOff, size)
	}
	return h.pages.read(h.base+int64(address), n)
}

// spendObject is spent for every header, node of a tree, piece of a heap and message
// that is looked at: they may point at each other.
func (h *File) spendObject() error {
	return h.pages.file.Budget().Spend(catalog.MadeValues, objectSize)
}

const objectSize = 128 // bytes, as what is kept of one takes about
