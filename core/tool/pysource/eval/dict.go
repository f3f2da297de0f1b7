package eval

import "math/big"

// A Dict is a dict: its keys in the order in which they were added.
type Dict struct {
	index   map[any]int // by hash, into entries
	entries []entry
	gone    int // entries that were deleted
}

type entry struct {
	key, value Value
	hash       any // nil: deleted
}

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{index: map[any]int{}} }

// tupleHash is the hash of a tuple: its items' hashes as a linked list.
type tupleHash struct{ first, rest any }

type bigHash string

// hashOf returns what equal values have in common, nil if the value cannot be a key.
func hashOf(v Value) any {
	switch v := v.(type) {
	case nil:
		return AbsentType{}
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	case float64:
		if n := int64(v); float64(n) == v {
			return n
		}
		return v
	case *big.Int:
		return bigHash(v.String())
	case *Tuple:
		var h any = tupleHash{}
		for _, item := range v.Items {
			first := hashOf(item)
			if first == nil {
				return nil
			}
			h = tupleHash{first, h}
		}
		return h
	case *Object:
		if v.Native != nil {
			if s, ok := v.Native.(string); ok {
				return s
			}
		}
		return v
	case Hashed:
		return v.Hash()
	case *List, *Dict, *Set:
		return nil
	default:
		return v
	}
}

// Len returns how many keys there are.
func (d *Dict) Len() int { return len(d.entries) - d.gone }

// Get returns the value of a key.
func (d *Dict) Get(key Value) (Value, bool) {
	if i, ok := d.index[hashOf(key)]; ok {
		return d.entries[i].value, true
	}
	return nil, false
}

// Put adds a key or changes its value. The key must be hashable.
func (d *Dict) Put(key, v Value) {
	h := hashOf(key)
	if i, ok := d.index[h]; ok {
		d.entries[i].value = v
		return
	}
	d.index[h] = len(d.entries)
	d.entries = append(d.entries, entry{key, v, h})
}

// Delete removes a key.
func (d *Dict) Delete(key Value) bool {
	h := hashOf(key)
	i, ok := d.index[h]
	if !ok {
		return false
	}
	delete(d.index, h)
	d.entries[i] = entry{}
	if d.gone++; d.gone > 32 && d.gone > len(d.entries)/2 {
		d.pack()
	}
	return true
}

func (d *Dict) pack() {
	kept := d.entries[:0:0]
	for _, e := range d.entries {
		if e.hash != nil {
			d.index[e.hash] = len(kept)
			kept = append(kept, e)
		}
	}
	d.entries, d.gone = kept, 0
}

// Keys returns the keys in order.
func (d *Dict) Keys() []Value {
	keys := make([]Value, 0, d.Len())
	for _, e := range d.entries {
		if e.hash != nil {
			keys = append(keys, e.key)
		}
	}
	return keys
}

// Each calls f with keys and values in order.
func (d *Dict) Each(f func(key, v Value)) {
	for i := 0; i < len(d.entries); i++ {
		if e := d.entries[i]; e.hash != nil {
			f(e.key, e.value)
		}
	}
}

// Copy returns a dict with the same keys and values.
func (d *Dict) Copy() *Dict {
	c := NewDict()
	d.Each(c.Put)
	return c
}

// Clear removes all.
func (d *Dict) Clear() { *d = *NewDict() }
