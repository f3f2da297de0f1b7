package graph

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/text"
)

// Fold writes blocks that a loop made as repeats: equal statements one behind the
// other, whose labels are those of consecutive modules, layer1.1.conv and
// layer1.2.conv. Blocks that others refer to stay as they are.
func Fold(body []arch.Node) []arch.Node {
	f := &folder{referred: map[string]bool{}, taken: map[string]bool{}}
	f.collect(body)
	return f.fold(body)
}

type folder struct {
	referred map[string]bool // labels that some statement refers to
	taken    map[string]bool // labels of the model
}

// A statement is a node as the fold compares it.
type statement struct {
	key   string // its text without labels, "" if it is tied to others by labels
	group string // the module that its labels are of: layer1
	index int64  // which of the module's parts: 2 of layer1.2.conv
	mixed bool   // its labels are not of one part
	any   bool   // it has labels
}

func (f *folder) collect(body []arch.Node) {
	for _, n := range body {
		f.taken[n.Head().Label] = true
		arch.References(n, func(label string) { f.referred[label] = true })
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				f.collect(p.Body)
			}
		}
	}
}

// maxBlock is how many statements a block may have.
const maxBlock = 80

func (f *folder) fold(body []arch.Node) []arch.Node {
	all := make([]statement, len(body))
	for depth := range 6 { // of indices: the outermost part that repeats wins
		for i, n := range body {
			all[i] = f.statement(n, depth)
		}
		for i := 0; i < len(body); i++ {
			size, times := longest(all, i)
			if times < 2 {
				continue
			}
			block := f.block(body[i:i+size], all[i:i+size])
			rest := append([]arch.Node{block}, body[i+size*times:]...)
			body = append(body[:i:i], rest...)
			block.(*arch.Repeat).Times = int64(times)
			all = append(all[:i:i], append([]statement{{}}, all[i+size*times:]...)...)
		}
	}
	return body
}

// longest finds the block that begins with a statement and covers most, and how often
// it comes.
func longest(all []statement, at int) (size, times int) {
	if !all[at].any { // a block begins with what its module holds
		return 0, 0
	}
	for n := 1; n <= maxBlock && at+2*n <= len(all); n++ {
		first, ok := part(all[at : at+n])
		if !ok {
			continue
		}
		k := 1
		for at+(k+1)*n <= len(all) {
			next, ok := part(all[at+k*n : at+(k+1)*n])
			if !ok || next.group != first.group || next.index != first.index+int64(k) ||
				!equal(all[at:at+n], all[at+k*n:at+(k+1)*n]) {
				break
			}
			k++
		}
		if k >= 2 && k*n > size*times {
			size, times = n, k
		}
	}
	return size, times
}

// part returns whose part statements are, if they are of one.
func part(block []statement) (statement, bool) {
	var of statement
	for _, s := range block {
		if s.key == "" || s.mixed {
			return of, false
		}
		if !s.any {
			continue
		}
		if of.any && (s.group != of.group || s.index != of.index) {
			return of, false
		}
		of = s
	}
	return of, of.any
}

func equal(a, b []statement) bool {
	for i := range a {
		if a[i].key != b[i].key {
			return false
		}
	}
	return true
}

// statement describes a node by the index at some depth of its labels.
func (f *folder) statement(n arch.Node, depth int) statement {
	var s statement
	tied := false
	var look func(n arch.Node)
	look = func(n arch.Node) {
		arch.References(n, func(string) { tied = true })
		if label := n.Head().Label; label != "" {
			tied = tied || f.referred[label]
			group, index, ok := divide(label, depth)
			switch {
			case !ok || s.any && (group != s.group || index != s.index):
				s.mixed = true
			default:
				s.group, s.index, s.any = group, index, true
			}
		}
		switch n := n.(type) {
		case *arch.Branch:
			for _, p := range n.Paths {
				for _, k := range p.Body {
					look(k)
				}
			}
		case *arch.Repeat:
			for _, k := range n.Body {
				look(k)
			}
		}
	}
	look(n)
	if !tied {
		bare := arch.Relabel([]arch.Node{n}, func(string) string { return "" })
		s.key = text.Format(arch.New("", bare, nil))
	}
	return s
}

// divide divides a label at a number that ends one of its words: layer1.2.conv1 is part
// 2 of layer1 and part 1 of layer, block_3.conv part 3 of block.
func divide(label string, depth int) (group string, index int64, ok bool) {
	for end := 0; end < len(label); {
		word := label[end:]
		if dot := strings.IndexByte(word, '.'); dot >= 0 {
			word = word[:dot]
		}
		from := end
		end += len(word) + 1
		bare := strings.TrimRight(word, "0123456789")
		n, err := strconv.ParseInt(word[len(bare):], 10, 32)
		if err != nil || end > len(label) && bare != "" { // conv1 itself is no part
			continue
		}
		if depth == 0 {
			return label[:from] + bare, n, true
		}
		depth--
	}
	return "", 0, false
}

// block makes a repeat of statements. Its label is the module's, if that is free; the
// labels in it are those of the parts, without the index: layer1.conv1.
func (f *folder) block(body []arch.Node, all []statement) arch.Node {
	of, _ := part(all)
	head := arch.Head{}
	name := strings.TrimRight(of.group, "._-")
	if group := Label(name); name != "" && !f.taken[group] {
		head.Label = group
		f.taken[group] = true
	}
	prefix := of.group + strconv.FormatInt(of.index, 10) + "."
	inner := arch.Relabel(body, func(label string) string {
		short, ok := strings.CutPrefix(label, prefix)
		if short = Label(name + "." + short); !ok || f.taken[short] {
			return ""
		}
		f.taken[short] = true
		return short
	})
	return arch.NewRepeat(head, 1, inner, nil)
}
