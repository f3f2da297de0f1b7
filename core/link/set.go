package link

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/text"
)

// MaxSet is how many networks a link holds at most.
const MaxSet = 6

// A Set is what a link holds: one network, or several that are compared.
type Set struct {
	Models   []arch.Model // those that can be read, in the order of the link; the first always
	Counting Counting
	Lost     []Lost // those that cannot
}

// A Lost is a network that could not be read: which of the link's it is, 2 for the second,
// and why.
type Lost struct {
	Place int
	Why   *diag.Diag
}

// EncodeSet returns the fragment of networks that are compared, counted in one way: for one
// network that of EncodeCounted, for two that of EncodePair; "" if there is nothing in one
// of them, or if there are more than MaxSet.
//
//	1p.i3x8x8~c4k5~with~i3x8x8~c8k5~with~i3x8x8~c9k5~end    flat stacks, readable
//	1pzQi4Eo…158d~zgYsyQ…81aa~S7YtDI…0e2f~end               any others
//
// In the compressed form of three and more each network has a stream and a check of its
// own, divided by ~. The first is written as it is alone, each other with the text of the
// first before it as a part of the dictionary, so that it is the patch that makes it of
// the first: a network that is damaged costs none of the others, unless it is the first.
func EncodeSet(models []arch.Model, c Counting) string {
	switch len(models) {
	case 0:
		return ""
	case 1:
		return EncodeCounted(models[0], c)
	case 2:
		return EncodePair(models[0], models[1], c)
	}
	if len(models) > MaxSet {
		return ""
	}
	flat := true
	short, packed := make([]string, len(models)), make([]string, len(models))
	for i, m := range models {
		if len(m.Body) == 0 {
			return ""
		}
		s, ok := text.Short(m)
		short[i], flat = s, flat && ok && !text.Commented(m)
	}
	version := strconv.Itoa(Version) + c.letters() + pairLetter
	if all := strings.Join(short, with); flat && len(all) <= MaxReadable {
		return version + string(readable) + all + end
	}
	dict := ""
	for i, m := range models {
		src := source(m)
		packed[i] = pack(src, dict)
		if i == 0 {
			dict = src
		}
	}
	return version + string(compressed) + strings.Join(packed, between) + end
}

// between divides the streams of a set.
const between = "~"

// DecodeSet reads a fragment of any number of networks, with or without its #. If the
// first can be read, what cannot be read of the others is in Lost.
func DecodeSet(fragment string) (Set, *diag.Diag) {
	l, d := open(fragment)
	if d != nil {
		return Set{}, d
	}
	return l.set()
}

func (l *sent) set() (Set, *diag.Diag) {
	s := Set{Counting: l.counting}
	for i, p := range l.parts() {
		var m arch.Model
		var d *diag.Diag
		switch {
		case p.err != nil:
			d = l.refused(p.err)
		case i >= MaxSet:
			d = diag.New(catalog.LinkMany, l.got, MaxSet)
		default:
			m, d = l.parse(p.src)
		}
		switch {
		case d == nil:
			s.Models = append(s.Models, m)
		case i == 0:
			return Set{}, d
		default:
			s.Lost = append(s.Lost, Lost{i + 1, d})
		}
		if i == MaxSet {
			break // what there is beyond is not counted
		}
	}
	return s, nil
}

// A part is the text of one of the networks, or why there is none.
type part struct {
	src string
	err error
}

// parts takes the payload apart, at least into one part, of a link of several at least
// into two: what was cut off is damaged.
func (l *sent) parts() []part {
	var all []part
	switch {
	case !l.pair && l.form == compressed:
		src, err := unpack(l.payload, "", text.MaxBytes)
		return []part{{src, err}}
	case l.form == readable:
		all = l.written()
	case strings.Contains(l.payload, between):
		all = l.streams()
	default:
		all = together(l.payload)
	}
	if l.pair && len(all) == 1 && all[0].err == nil {
		all = append(all, part{err: errDamaged})
	}
	return all
}

// written are the parts of a readable payload. Without its end the last is not whole.
func (l *sent) written() []part {
	short, whole := strings.CutSuffix(l.payload, end)
	src := text.Long(short) // no longer than its link, which has a limit
	texts := []string{src}
	if l.pair {
		texts = strings.SplitN(src, text.Long(with), MaxSet+2)
	}
	all := make([]part, len(texts))
	for i, src := range texts {
		all[i].src = src
	}
	if !whole {
		all[len(all)-1].err = errDamaged
	}
	return all
}

// streams are the parts of a set. Without its end there may have been more of them.
func (l *sent) streams() []part {
	packed, whole := strings.CutSuffix(l.payload, end)
	var all []part
	dict := ""
	for i, p := range strings.SplitN(packed, between, MaxSet+2) {
		src, err := unpack(p, dict, text.MaxBytes)
		if i == 0 {
			dict = src
		}
		all = append(all, part{src, err})
	}
	if !whole && all[len(all)-1].err == nil {
		all = append(all, part{err: errDamaged})
	}
	return all
}

// together are the parts of a pair, which is one stream with one check. If the check does
// not hold, or the stream has no end, the first network is still as it was sent where the
// damage is seen in the second: behind text that is written as Encode writes it comes text
// that is not, or none. Where both could be whole, neither is taken.
func together(payload string) []part {
	src, err := unpack(payload, "", 2*text.MaxBytes+len(divider))
	first, second, ok := strings.Cut(src, divider)
	switch {
	case err == errTooBig, len(first) > text.MaxBytes:
		return []part{{err: errTooBig}}
	case err == nil && !ok:
		return []part{{src: first}}
	case err == nil && strings.Contains(second, divider):
		return []part{{err: errDamaged}}
	case err == nil:
		if len(second) > text.MaxBytes {
			err = errTooBig
		}
		return []part{{src: first}, {second, err}}
	case !ok, !canonical(first), err == errCheck && canonical(second), err != errCut && !begins(second):
		return []part{{err: errDamaged}}
	}
	return []part{{src: first}, {err: errBehind}}
}

// begins reports whether a text begins as most networks do. Damage at the end of the first
// is seen there.
func begins(src string) bool { return strings.HasPrefix(src, "name ") || strings.HasPrefix(src, "i") }

// canonical reports whether a text is a network as it is written in a link.
func canonical(src string) bool {
	if len(src) > text.MaxBytes {
		return false
	}
	m, d := (&sent{}).parse(src)
	return d == nil && (source(m) == src || source(m) == src+"\n")
}
