package darknet

import (
	"math"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/source"
	"paramstack/core/tool/vocab"
)

// A section is one layer as the file has it.
type section struct {
	typ     string
	line    int
	options map[string]string // the first of a name counts
}

// parse divides a file into its sections.
func parse(src string) ([]*section, error) {
	var sections []*section
	number := 0
	for line := range strings.Lines(src) {
		number++
		line = strings.Map(func(r rune) rune {
			if r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\ufeff' {
				return -1
			}
			return r
		}, line)
		switch {
		case line == "" || line[0] == '#' || line[0] == ';' || line[0] == 0:
		case line[0] == '[':
			if len(sections) > source.MaxNodes {
				return nil, diag.New(catalog.ImportTooManyNodes, ">"+num.Of(source.MaxNodes).Grouped(),
					num.Of(source.MaxNodes).Grouped())
			}
			typ, _, _ := strings.Cut(line[1:], "]")
			sections = append(sections, &section{typ: typ, line: number, options: map[string]string{}})
		case len(sections) == 0:
			return nil, diag.New(catalog.ImportNoSection, number)
		default:
			name, value, _ := strings.Cut(line, "=")
			if n := strings.IndexAny(value, "#;"); n >= 0 { // Darknet knows no comments there, people do
				value = value[:n]
			}
			o := sections[len(sections)-1].options
			if _, twice := o[name]; !twice {
				o[name] = value
			}
		}
	}
	return sections, nil
}

// kind returns the kind that a section or an activation is, nil if it is none.
func kindOf(word string) *layer.Kind {
	if r, _ := vocab.Darknet().Class(word); r != nil {
		return r.Kind
	}
	return nil
}

func isNet(s *section) bool { return kindOf(s.typ) == layer.InputKind.Kind() }

// word returns an option, missing if it is not there.
func (s *section) word(name, missing string) string {
	if v, ok := s.options[name]; ok {
		return v
	}
	return missing
}

// whole returns an option as C's atoi reads it.
func (s *section) whole(name string, missing int64) int64 {
	if v, ok := s.options[name]; ok {
		return wholeOf(v)
	}
	return missing
}

// real returns an option as C's atof reads it.
func (s *section) real(name string, missing float64) float64 {
	if x, err := strconv.ParseFloat(s.options[name], 64); err == nil {
		return x
	}
	return missing
}

func (s *section) flag(name string) bool { return s.whole(name, 0) != 0 }

func wholeOf(v string) int64 {
	n := 0
	for n < len(v) && (v[n] >= '0' && v[n] <= '9' || n == 0 && (v[n] == '-' || v[n] == '+')) {
		n++
	}
	i, err := strconv.ParseInt(v[:n], 10, 64)
	if err != nil && n > 1 { // too large: what takes it says so
		return math.MaxInt64
	}
	return i
}

// The options of sections, with Darknet's defaults (the parse functions of parser.c).

type netOptions struct{ channels, height, width, inputs int64 }

func (s *section) netOptions() netOptions {
	return netOptions{s.whole("channels", 0), s.whole("height", 0), s.whole("width", 0), s.whole("inputs", 0)}
}

// A window is how a kernel moves.
type window struct {
	size, pad int64
	stride    [2]int64 // of height and width
}

// windowOf returns a window; pad=1 is half the kernel.
func (s *section) windowOf(size int64) window {
	w := window{size: s.whole("size", size), pad: s.whole("padding", 0)}
	if s.flag("pad") {
		w.pad = w.size / 2
	}
	stride := s.whole("stride", 1)
	w.stride = [2]int64{s.whole("stride_y", stride), s.whole("stride_x", stride)}
	return w
}

type convOptions struct {
	filters int64
	window
	dilation, groups int64
	blur             bool   // antialiasing
	shares           string // share_index, "" for none
}

// convOptions also pads as far as the dilation makes the kernel reach
// (im2col_cpu_ext).
func (s *section) convOptions() convOptions {
	o := convOptions{filters: s.whole("filters", 1), window: s.windowOf(1), dilation: s.whole("dilation", 1),
		groups: s.whole("groups", 1),
		blur:   s.flag("antialiasing"), shares: s.word("share_index", "")}
	if o.size == 1 {
		o.dilation = 1
	}
	if o.pad >= 0 && o.pad < 1<<31 && o.dilation > 0 && o.dilation < 1<<31 {
		o.pad *= o.dilation
	}
	return o
}

type poolOptions struct {
	window       // pad is what both sides have together
	depth  bool  // over channels
	out    int64 // channels then
}

func (s *section) poolOptions() poolOptions {
	stride := s.whole("stride", 1)
	o := poolOptions{s.windowOf(stride), s.flag("maxpool_depth"), s.whole("out_channels", 1)}
	o.pad = s.whole("padding", o.size-1)
	return o
}

// recurrentOptions are those of rnn, gru, lstm, crnn and conv_lstm.
type recurrentOptions struct {
	output, hidden, groups int64
	window
	norm, peephole bool
}

func (s *section) recurrentOptions() recurrentOptions {
	o := recurrentOptions{output: s.whole("output", 1), groups: max(s.whole("groups", 1), 1),
		norm: s.flag("batch_normalize"), peephole: s.flag("peephole")}
	o.hidden = s.whole("hidden", o.output)
	return o
}

func (s *section) convRecurrentOptions() recurrentOptions {
	o := s.recurrentOptions()
	o.window = s.windowOf(3)
	o.stride = [2]int64{s.whole("stride", 1), s.whole("stride", 1)}
	if s.typ == "crnn" && s.options["size"] == "" {
		o.pad = o.size / 2
	}
	o.output, o.hidden = s.whole("output", s.whole("output_filters", 1)), s.whole("hidden", s.whole("hidden_filters", 1))
	return o
}
