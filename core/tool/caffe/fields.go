package caffe

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"paramstack/core/layer"
	"paramstack/core/tool/caffe/prototext"
)

// A message is a type of options: it lists its fields once, for reading and for
// writing.
type message interface{ fields(*fields) }

// A fields reads the fields of a message into variables, or writes those that are
// not what Caffe takes them to be where they are missing.
type fields struct {
	from    *prototext.Message // nil in files that have no such message
	writing bool
	parts   []string // written
}

// read reads a message.
func read(from *prototext.Message, m message) { m.fields(&fields{from: from}) }

// write writes a message, "" if all is as it is without.
func write(name string, m message) string {
	f := &fields{writing: true}
	m.fields(f)
	if len(f.parts) == 0 {
		return ""
	}
	return name + " { " + strings.Join(f.parts, " ") + " }"
}

func (f *fields) write(name, value string) { f.parts = append(f.parts, name+": "+value) }

// absent is a whole number that is not given and has no default.
const absent = math.MinInt64

// always is what a number is where it is missing, which is written all the same.
func (f *fields) always(missing int64) int64 {
	if f.writing {
		return absent
	}
	return missing
}

// alwaysReal is always for a decimal number.
func (f *fields) alwaysReal(missing float64) float64 {
	if f.writing {
		return math.NaN()
	}
	return missing
}

// whole is a whole number. Older names are read, never written.
func (f *fields) whole(name string, v *int64, missing int64, older ...string) {
	if f.writing {
		if *v != missing {
			f.write(name, strconv.FormatInt(*v, 10))
		}
		return
	}
	*v = missing
	for _, n := range append([]string{name}, older...) {
		if s := f.from.Str(n); s != "" {
			*v = wholeOf(s)
			return
		}
	}
}

// wholes is a list of whole numbers.
func (f *fields) wholes(name string, v *[]int64) {
	if f.writing {
		for _, n := range *v {
			f.write(name, strconv.FormatInt(n, 10))
		}
		return
	}
	*v = nil
	for _, s := range f.from.Strs(name) {
		*v = append(*v, wholeOf(s))
	}
}

// real is a decimal number.
func (f *fields) real(name string, v *float64, missing float64) {
	if !f.writing {
		*v = f.from.Real(name, missing)
	} else if *v != missing {
		r := layer.AnyReal(*v)
		f.write(name, r.Text())
	}
}

// reals is a list of decimal numbers.
func (f *fields) reals(name string, v *[]float64) {
	if f.writing {
		for _, x := range *v {
			r := layer.AnyReal(x)
			f.write(name, r.Text())
		}
		return
	}
	*v = nil
	for _, s := range f.from.Strs(name) {
		*v = append(*v, realOf(s))
	}
}

// flag is a switch.
func (f *fields) flag(name string, v *bool, missing bool, older ...string) {
	if f.writing {
		if *v != missing {
			f.write(name, strconv.FormatBool(*v))
		}
		return
	}
	*v = missing
	for i := len(older) - 1; i >= 0; i-- {
		*v = f.from.Yes(older[i], *v)
	}
	*v = f.from.Yes(name, *v)
}

// word is one of the values of an enum, by name or by number; -1 is none of them.
func (f *fields) word(name string, v *int, missing int, words ...string) {
	if f.writing {
		if *v != missing {
			f.write(name, words[*v])
		}
		return
	}
	s := f.from.Str(name)
	*v = slices.IndexFunc(words, func(w string) bool { return w != "" && w == strings.ToUpper(s) })
	if n, err := strconv.Atoi(s); err == nil && n >= 0 && n < len(words) {
		*v = n
	}
	if s == "" {
		*v = missing
	}
}

// sides is a number for each dimension: one for all, or one with a name for height
// and another for width, where missing counts beside one of them alone
// (ConvolutionParameter and PoolingParameter of caffe.proto).
func (f *fields) sides(name, short string, v *[]int64, missing int64, older ...string) {
	if f.writing {
		switch n := *v; {
		case len(n) == 0 || n[0] == missing && n[len(n)-1] == missing:
		case n[0] == n[len(n)-1]:
			f.write(name, strconv.FormatInt(n[0], 10))
		default:
			f.write(short+"_h", strconv.FormatInt(n[0], 10))
			f.write(short+"_w", strconv.FormatInt(n[1], 10))
		}
		return
	}
	h, w := f.from.Str(short+"_h"), f.from.Str(short+"_w")
	if h == "" && w == "" {
		f.wholes(name, v)
		for _, n := range older {
			if len(*v) == 0 {
				f.wholes(n, v)
			}
		}
		return
	}
	both := missing
	f.whole(name, &both, missing)
	*v = []int64{both, both}
	for i, s := range [2]string{h, w} {
		if s != "" {
			(*v)[i] = wholeOf(s)
		}
	}
}

// sub is a message in the message.
func (f *fields) sub(name string, list func(*fields)) {
	inner := &fields{from: f.from.Sub(name), writing: f.writing}
	list(inner)
	if len(inner.parts) > 0 {
		f.parts = append(f.parts, name+" { "+strings.Join(inner.parts, " ")+" }")
	}
}

// wholeOf returns a number as it is written; what is none is negative, and one that
// is too large stays too large.
func wholeOf(s string) int64 {
	n, err := strconv.ParseInt(s, 0, 64)
	if n == 0 && err != nil {
		return -1
	}
	return n
}

// realOf returns a decimal number, 0 if s is none.
func realOf(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return x
}
