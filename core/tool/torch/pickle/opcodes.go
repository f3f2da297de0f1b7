package pickle

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
)

// pickleTexts says how many bytes give the length of a text, or of bytes.
var pickleTexts = map[byte]int64{'X': 4, 0x8c: 1, 0x8d: 8, 'T': 4, 'U': 1}

var pickleBytes = map[byte]int64{'B': 4, 'C': 1, 0x8e: 8, 0x96: 8}

func (p *pickler) step(op byte) error {
	if size := pickleTexts[op]; size > 0 {
		n, err := p.number(size)
		if err != nil {
			return err
		}
		b, err := p.take(n)
		p.push(string(b))
		return err
	}
	if size := pickleBytes[op]; size > 0 {
		n, err := p.number(size)
		if err != nil {
			return err
		}
		_, err = p.take(n)
		p.push(pyOther{})
		return err
	}
	switch op {
	case 0x80: // PROTO
		_, err := p.take(1)
		return err
	case 0x95: // FRAME
		_, err := p.take(8)
		return err
	case '(':
		p.push(pyMark{})
	case 'N':
		p.push(nil)
	case 0x88, 0x89:
		p.push(op == 0x88)
	case '}':
		p.push(&Dict{})
	case ']', 0x8f: // a set is a list here
		p.push(&List{})
	case ')':
		p.push(&Tuple{})
	case '0':
		_, err := p.pop()
		return err
	case '1':
		_, err := p.marked()
		return err
	case '2':
		v, err := p.top()
		p.push(v)
		return err
	case 'I', 'L', 'F', 'S', 'V', 'K', 'M', 'J', 0x8a, 0x8b, 'G':
		return p.scalar(op)
	case 't', 'l', 'd', 0x91, 0x85, 0x86, 0x87:
		return p.collect(op)
	case 'a', 'e', 's', 'u', 0x90:
		return p.extend(op)
	case 'q', 'r', 'p', 'h', 'j', 'g', 0x94:
		return p.remember(op)
	case 'c', 0x93, 'i', 'o', 'R', 0x81, 0x92, 'b', 'Q', 'P':
		return p.object(op)
	case 0x82, 0x83, 0x84: // EXT: a global by number
		_, err := p.take(1 << (op - 0x82))
		p.push(Global{"extension", "extension"})
		return err
	case 0x97: // NEXT_BUFFER
		p.push(pyOther{})
	case 0x98: // READONLY_BUFFER
	default:
		return fmt.Errorf("an unknown instruction %#x", op)
	}
	return nil
}

// scalar reads numbers, and texts that end with their line.
func (p *pickler) scalar(op byte) error {
	switch op {
	case 'K', 'M', 'J':
		n, err := p.number(map[byte]int64{'K': 1, 'M': 2, 'J': 4}[op])
		if op == 'J' {
			n = int64(int32(n))
		}
		p.push(n)
		return err
	case 'G':
		b, err := p.take(8)
		if err == nil {
			p.push(math.Float64frombits(binary.BigEndian.Uint64(b)))
		}
		return err
	case 0x8a, 0x8b: // LONG1, LONG4
		n, err := p.number(map[byte]int64{0x8a: 1, 0x8b: 4}[op])
		if err != nil {
			return err
		}
		b, err := p.take(n)
		if err != nil {
			return err
		}
		if n > 8 {
			p.push(pyOther{})
			return nil
		}
		var full [8]byte
		if n > 0 && b[n-1]&0x80 != 0 {
			full = [8]byte{255, 255, 255, 255, 255, 255, 255, 255}
		}
		copy(full[:], b)
		p.push(int64(binary.LittleEndian.Uint64(full[:])))
		return nil
	}
	s, err := p.line()
	if err != nil {
		return err
	}
	switch op {
	case 'S', 'V':
		if op == 'S' && len(s) >= 2 {
			s = s[1 : len(s)-1]
		}
		p.push(s)
	case 'F':
		v, err := strconv.ParseFloat(s, 64)
		p.push(v)
		return err
	default:
		switch {
		case op == 'I' && s == "01", op == 'I' && s == "00":
			p.push(s == "01")
			return nil
		case op == 'L' && len(s) > 0 && s[len(s)-1] == 'L':
			s = s[:len(s)-1]
		}
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			p.push(n)
		} else {
			p.push(pyOther{})
		}
	}
	return nil
}

// collect makes tuples, lists and dictionaries of what lies above the mark.
func (p *pickler) collect(op byte) error {
	if op >= 0x85 && op <= 0x87 {
		n := int(op-0x85) + 1
		if len(p.stack) < n {
			return fmt.Errorf("the stack is empty")
		}
		items := append([]any(nil), p.stack[len(p.stack)-n:]...)
		p.stack = p.stack[:len(p.stack)-n]
		p.push(&Tuple{items})
		return nil
	}
	items, err := p.marked()
	if err != nil {
		return err
	}
	switch op {
	case 't':
		p.push(&Tuple{items})
	case 'd':
		d := &Dict{}
		d.set(items)
		p.push(d)
	default:
		p.push(&List{items})
	}
	return nil
}

// set adds keys and values in turn.
func (d *Dict) set(items []any) {
	for i := 0; i+1 < len(items); i += 2 {
		d.Keys, d.Values = append(d.Keys, items[i]), append(d.Values, items[i+1])
	}
}

// extend adds to a list or a dictionary, or to an object that is one.
func (p *pickler) extend(op byte) error {
	var items []any
	var err error
	switch op {
	case 'a':
		var v any
		if v, err = p.pop(); err == nil {
			items = []any{v}
		}
	case 's':
		if len(p.stack) < 2 {
			return fmt.Errorf("the stack is empty")
		}
		items = append([]any(nil), p.stack[len(p.stack)-2:]...)
		p.stack = p.stack[:len(p.stack)-2]
	default:
		items, err = p.marked()
	}
	if err != nil {
		return err
	}
	target, err := p.top()
	if err != nil {
		return err
	}
	pairs := op == 's' || op == 'u'
	switch t := target.(type) {
	case *Dict:
		if pairs {
			t.set(items)
		}
	case *List:
		if !pairs {
			t.Items = append(t.Items, items...)
		}
	case *Object:
		if pairs {
			t.Items.set(items)
		} else {
			t.list = append(t.list, items...)
		}
	}
	return nil
}

// remember writes into the memo and reads from it.
func (p *pickler) remember(op byte) error {
	var key int64
	var err error
	switch op {
	case 'q', 'h':
		key, err = p.number(1)
	case 'r', 'j':
		key, err = p.number(4)
	case 0x94:
		key = int64(len(p.memo))
	default:
		var s string
		if s, err = p.line(); err == nil {
			key, err = strconv.ParseInt(s, 10, 64)
		}
	}
	if err != nil {
		return err
	}
	switch op {
	case 'h', 'j', 'g':
		v, ok := p.memo[key]
		if !ok {
			return fmt.Errorf("nothing is remembered as %d", key)
		}
		p.push(v)
	default:
		v, err := p.top()
		if err != nil {
			return err
		}
		p.memo[key] = v
	}
	return nil
}
