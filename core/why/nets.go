package why

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"paramstack/core/catalog"
	"paramstack/core/num"
)

// A Brother is a published network: one of the zoo, with its tally as the counting core
// counts it (a test compares them all), or one of ours with its text.
type Brother struct {
	ID, Name, Family string
	Text             string // of those that the zoo has not
	wide             int64  // classes
	ends             int64  // what each class adds at the ends of side branches
	tally            tally
	options          []option // conventions that apply to it
}

//go:embed nets.txt
var netsFile string

// brothers are the networks of the file: a line each, its columns divided by tabs: ID,
// name, family, classes, the tally as part:number in base 36, and what each class adds beside
// the head. Parts that no way of counting a brother needs are left out, and what is usual.
var brothers = sync.OnceValue(func() []Brother {
	var all []Brother
	for line := range strings.Lines(netsFile) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) < 5 {
			continue
		}
		b := Brother{ID: f[0], Name: f[1], Family: f[2]}
		b.wide, _ = strconv.ParseInt(f[3], 10, 64)
		if len(f) > 5 {
			b.ends, _ = strconv.ParseInt(f[5], 10, 64)
		}
		var stated [parts]bool
		for _, cell := range strings.Fields(f[4]) {
			at, n, _ := strings.Cut(cell, ":")
			p, err := strconv.Atoi(at)
			v, err2 := strconv.ParseInt(n, 36, 64)
			if err == nil && err2 == nil && p >= 0 && p < int(parts) {
				b.tally[p], stated[p] = v, true
			}
		}
		for _, u := range usually {
			if !stated[u.part] {
				b.tally[u.part] = u.is(&b)
			}
		}
		b.Text = ownText(b.ID)
		all = append(all, b)
	}
	return all
})

// usually are the parts that are left out where they are what they mostly are.
var usually = []struct {
	part part
	is   func(b *Brother) int64
}{
	{headB, func(b *Brother) int64 { return b.wide }},
	{normB, func(b *Brother) int64 { return b.tally[normW] }},
	{stats, func(b *Brother) int64 { return 2 * b.tally[normW] }},
	{macDense, func(b *Brother) int64 { return b.tally[denseW] }},
	{macHead, func(b *Brother) int64 { return b.tally[headW] }},
}

// needed reports whether a part of a brother's tally is written.
func needed(p part) bool { return p <= again || p >= macConv && p <= macRest }

// kin reports whether two networks are called by one name: a word of one is in the other.
func kin(name string, b *Brother) bool {
	own := words(name)
	for word := range words(b.Name + " " + b.Family) {
		if own[word] {
			return true
		}
	}
	return false
}

// common are words in names of networks that name none.
var common = map[string]bool{"keras": true, "torchvision": true, "cifar": true, "with": true, "batch": true,
	"norm":  true,
	"small": true, "base": true, "large": true, "network": true, "networks": true, "model": true, "mnist": true, "heads": true,
	"imagenet": true, "class": true, "classes": true, "auxiliary": true, "tiny": true}

// words are the words in a name that can name a network: four letters at least.
func words(name string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if (len(w) > 3 || w == "vgg" || w == "vit" || w == "gpt") && !common[w] {
			all[w] = true
		}
	}
	return all
}

// The costs of a number being that of another network, of the same name or of another.
const (
	costKin   = 16
	costOther = 30
	nearer    = 3 // how much commoner it is that the name is the same to its end
)

// A relative is a brother with at most two of the ways of counting.
type relative struct {
	net     *Brother
	options [2]int16        // of net.options; −1: none
	values  []int64         // of the unknown of one of them
	base    [MACs + 1]int64 // its numbers, with the unknown 0
	each    [MACs + 1]int64 // what one more of it adds
}

// relatives lists the networks that a number may be of instead, by cost.
func (f *Finder) relatives() [][]relative {
	if f.kin != nil {
		return f.kin
	}
	f.kin = make([][]relative, maxCost+1)
	add := func(cost int, r relative) {
		if cost > maxCost {
			return
		}
		r.values = []int64{0}
		for _, i := range r.options {
			if i >= 0 && r.net.options[i].unknown() {
				r.values = r.net.options[i].values
			}
		}
		for _, q := range []Quantity{Params, MACs} {
			g := target{of: q, by: 1}
			t := r.tally(f, len(r.options), 0)
			r.base[q] = g.value(&t)
			t = r.tally(f, len(r.options), 1)
			r.each[q] = g.value(&t) - r.base[q]
		}
		f.kin[cost] = append(f.kin[cost], r)
	}
	all := brothers()
	for i := range all {
		b := &all[i]
		if b.tally.params() == f.own.params() && b.tally.macs() == f.own.macs() &&
			b.tally[stats] == f.own[stats] {
			continue
		}
		if !kin(f.model.Name, b) {
			add(costOther, relative{net: b, options: [2]int16{-1, -1}})
			continue
		}
		near := 0
		if strings.HasPrefix(b.Name, f.model.Name) {
			near = -nearer
		}
		add(costKin+near, relative{net: b, options: [2]int16{-1, -1}})
		if b.options == nil {
			b.options = b.ways(f)
		}
		for x := range b.options {
			cost := costKin + near + b.options[x].cost + further
			add(cost, relative{net: b, options: [2]int16{int16(x), -1}})
			for y := x + 1; y < len(b.options); y++ {
				if b.options[x].slots&b.options[y].slots == 0 && !(b.options[x].unknown() && b.options[y].unknown()) {
					add(cost+b.options[y].cost+further, relative{net: b, options: [2]int16{int16(x), int16(y)}})
				}
			}
		}
	}
	return f.kin
}

// ways are the common conventions that apply to a brother, and other classes.
func (b *Brother) ways(f *Finder) []option {
	var o []option
	for _, one := range conventions(&b.tally, f.style) {
		if one.cost <= 18 && !one.slip {
			o = append(o, one)
		}
	}
	o = append(o, rule("head-off", slotHead, 10, first, catalog.WhyHeadOff,
		func(t *tally) { t.zero(headW, headB, macHead) }))
	if wide := b.wide; wide > 0 && b.tally[headW]%wide == 0 {
		o = append(o, option{name: "classes", slots: slotHead, cost: 11, values: commonClasses, order: first,
			say: func(n int64) catalog.Message {
				return catalog.Say(catalog.WhyClasses, num.Of(n).Grouped(), num.Of(wide).Grouped())
			},
			rule: func(t *tally, n int64) {
				t[headW], t[macHead] = t[headW]/wide*n, t[macHead]/wide*n
				if t[headB] > 0 {
					t[headB] = n
				}
				t[denseW] += (n - wide) * b.ends
			}})
	}
	return o
}

// tryNets looks at other networks.
func (s *search) tryNets(g *target, c, cost int) {
	if !s.number.Exact() && cost > maxRounded {
		return
	}
	all := s.relatives()[c]
	if s.number.Digits < 5 && c == costOther {
		return
	}
	for i := range all {
		r := &all[i]
		for _, n := range r.values {
			s.tried++
			v := (r.base[g.of] + n*r.each[g.of]) * g.by
			if v > 0 && (c <= costKin || s.admit(g, v, cost)) && g.want.Has(v) {
				s.keep(s.relation(g, r, n, cost))
			}
		}
	}
}

// tally counts a relative with the first of its options.
func (r *relative) tally(f *Finder, size int, n int64) tally {
	t := r.net.tally
	var used slot
	for _, i := range r.options[:size] {
		if i >= 0 {
			used |= r.net.options[i].slots
		}
	}
	f.start(&t, used)
	for order := first; order <= last; order++ {
		for _, i := range r.options[:size] {
			if i >= 0 && r.net.options[i].order == order {
				r.net.options[i].rule(&t, n)
			}
		}
	}
	return t
}

// relation is the reason that the number is of another network.
func (s *search) relation(g *target, r *relative, n int64, cost int) Reason {
	plain := target{of: g.of, by: 1}
	own := s.own
	s.start(&own, 0)
	value := plain.value(&own)
	reason := Reason{Start: num.Of(value), Quantity: g.quantity(), cost: cost}
	for size := 0; size <= len(r.options); size++ {
		if size > 0 && r.options[size-1] < 0 {
			break
		}
		t := r.tally(s.Finder, size, n)
		next := plain.value(&t)
		term := Term{Name: "network", Say: r.net.say(), Net: r.net.ID, Text: r.net.Text}
		if size > 0 {
			o := &r.net.options[r.options[size-1]]
			term = Term{Name: o.name, Say: o.say(n), Switch: switches[o.name]}
		}
		term.Change, value = num.Of(next-value), next
		reason.Terms = append(reason.Terms, term)
	}
	reason.finish(g, value)
	return reason
}
