package onnxpb

import (
	"encoding/binary"
	"errors"
	"io"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// A wire reads protobuf messages from a file, a window at a time, with protowire
// for tags and numbers. Fields that nobody reads are skipped by their length, so
// gigabytes of weights cost nothing.
type wire struct {
	f     *source.File
	buf   []byte
	base  int64 // where buf begins in the file
	next  int   // how much to read next
	loads int
	kept  int64 // bytes that were kept in memory
}

// Windows grow while a file is read in order, and are small again after a jump.
const (
	leastWindow = 4 << 10
	mostWindow  = 256 << 10
	longestHead = 2 * binary.MaxVarintLen64 // of a field: its tag, and its number or length
)

// A wireField is one field of a message. A number is in v; bytes are those from
// at up to end.
type wireField struct {
	num     protowire.Number
	typ     protowire.Type
	v       uint64
	at, end int64
}

var errWire = errors.New("protobuf wireField out of place")

// window returns the bytes from at on, at least n unless the file ends before.
func (w *wire) window(at int64, n int) ([]byte, error) {
	if at >= w.base && at+int64(n) <= w.base+int64(len(w.buf)) {
		return w.buf[at-w.base:], nil
	}
	if end := w.base + int64(len(w.buf)); at >= w.base && at <= end {
		w.next = min(2*w.next, mostWindow)
	} else {
		w.next = leastWindow
	}
	size := min(int64(max(w.next, n, leastWindow)), w.f.Size-at)
	b, err := w.f.Read(at, size)
	if err != nil {
		return nil, err
	}
	w.base, w.buf = at, b
	if w.loads++; w.loads%64 == 0 {
		if err := w.f.Progress(float64(at) / float64(w.f.Size)); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// message calls each with the fields of a message that lies in [at, end).
func (w *wire) message(at, end int64, each func(wireField) error) error {
	for at < end {
		b, err := w.window(at, int(min(longestHead, end-at)))
		if err != nil {
			return err
		}
		b = b[:min(int64(len(b)), end-at)]
		var f wireField
		var n, m int
		if f.num, f.typ, n = protowire.ConsumeTag(b); n < 0 {
			return protowire.ParseError(n)
		}
		switch f.typ {
		case protowire.VarintType:
			f.v, m = protowire.ConsumeVarint(b[n:])
		case protowire.Fixed32Type:
			var v uint32
			v, m = protowire.ConsumeFixed32(b[n:])
			f.v = uint64(v)
		case protowire.Fixed64Type:
			f.v, m = protowire.ConsumeFixed64(b[n:])
		case protowire.BytesType:
			f.v, m = protowire.ConsumeVarint(b[n:])
		default:
			return errWire
		}
		if m < 0 {
			return protowire.ParseError(m)
		}
		at += int64(n + m)
		if f.typ == protowire.BytesType {
			if f.v > uint64(end-at) {
				return diag.New(catalog.ImportCutOff, num.Of(w.f.Size).Grouped())
			}
			f.at, f.end = at, at+int64(f.v)
			at = f.end
		}
		if err := each(f); err != nil {
			return err
		}
	}
	return nil
}

// keep notes that so many bytes are held; too many are an error.
func (w *wire) keep(n int64) error {
	if w.kept += n; w.kept > source.MaxText {
		return diag.New(catalog.ImportTooLarge, num.Of(w.kept).Grouped(), num.Of(source.MaxText).Grouped())
	}
	return nil
}

// bytes returns what a field holds.
func (w *wire) bytes(f wireField) ([]byte, error) {
	if f.typ != protowire.BytesType {
		return nil, errWire
	}
	if err := w.keep(f.end - f.at); err != nil {
		return nil, err
	}
	return w.peek(f)
}

// peek returns what a field of bytes holds, which is not kept.
func (w *wire) peek(f wireField) ([]byte, error) {
	if f.at >= w.base && f.end <= w.base+int64(len(w.buf)) {
		return append([]byte(nil), w.buf[f.at-w.base:f.end-w.base]...), nil
	}
	return w.f.Read(f.at, f.end-f.at)
}

func (w *wire) text(f wireField) (string, error) {
	b, err := w.bytes(f)
	return string(b), err
}

// whole appends the numbers of a repeated field, packed or not.
func (w *wire) whole(to []int64, f wireField) ([]int64, error) {
	if f.typ == protowire.VarintType {
		return append(to, int64(f.v)), w.keep(8)
	}
	b, err := w.bytes(f)
	for err == nil && len(b) > 0 {
		v, n := protowire.ConsumeVarint(b)
		if n < 0 {
			return to, io.ErrUnexpectedEOF
		}
		to, b = append(to, int64(v)), b[n:]
		err = w.keep(8)
	}
	return to, err
}
