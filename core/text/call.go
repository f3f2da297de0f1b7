package text

import (
	"strconv"
	"strings"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// People write layers as they construct them: Conv2d(3, 64, 3), Dense(10,
// activation="relu"). One such call on one line is read where it can mean one
// thing only; programs are not.

// A signature is the order in which the two frameworks take the arguments of a
// kind: fields of it, in for what the layer receives, act for an activation, and
// - for what changes neither shape nor number.
type signature struct{ torch, keras []string }

func orders(torch, keras string) signature {
	return signature{strings.Fields(torch), strings.Fields(keras)}
}

// signatures are those of the kinds that are called with arguments. For a
// kind that is not here only its main value is read.
var signatures = map[string]signature{
	"conv":          orders("in filters kernel stride padding dilation groups bias", "filters kernel stride padding"),
	"convtranspose": orders("in filters kernel stride padding", "filters kernel stride padding"),
	"depthwise":     orders("", "kernel stride padding"),
	"separable":     orders("", "filters kernel stride padding"),
	"linear":        orders("in features bias", "features act"),
	"rnn":           orders("in hidden layers", "hidden"),
	"lstm":          orders("in hidden layers", "hidden"),
	"gru":           orders("in hidden layers", "hidden"),
	"maxpool":       orders("kernel stride padding", "kernel stride padding"),
	"avgpool":       orders("kernel stride padding", "kernel stride padding"),
	"embedding":     orders("table table", "table table"),
	"bn":            orders("in", ""),
	"layernorm":     orders("-", ""),
	"groupnorm":     orders("groups in", "groups"),
	"convlstm":      orders("", "filters kernel stride padding"),
	"softmax":       orders("dim", ""),
}

// keywords are the frameworks' names of fields, where they are not those of the
// kind, and of what the signatures know.
var keywords = map[string]string{
	"kernel_size": "kernel", "pool_size": "kernel", "strides": "stride", "dilation_rate": "dilation", "use_bias": "bias",
	"out_channels": "filters", "units": "features", "out_features": "features", "hidden_size": "hidden", "num_layers": "layers",
	"in_channels": "in", "in_features": "in", "input_size": "in", "num_features": "in", "activation": "act", "epsilon": "eps",
	"num_groups": "groups", "inplace": "-", "name": "-", "batch_first": "-",
}

// A call is a layer as it is constructed, being read.
type call struct {
	options
	dims     int           // of 1d, 2d and 3d in its name; 0: not stated
	keras    bool          // the order of its arguments
	received int64         // what the layer receives, as stated; 0: not stated
	shape    layer.Extents // Keras' input_shape, channels first
}

// callee finds the kind of a class or function name, and how many dimensions the
// name states.
func callee(name string) (*layer.Kind, int) {
	name = lower(name[strings.LastIndexByte(name, '.')+1:])
	dims := 0
	if n := len(name); n > 2 && name[n-1] == 'd' && name[n-2] >= '1' && name[n-2] <= '3' {
		dims = int(name[n-2] - '0')
	}
	if k := layer.ByName(name); k != nil && name != k.Alias {
		return k, dims
	}
	if dims != 0 {
		name = name[:len(name)-2] + "2d"
	}
	for _, k := range layer.Kinds {
		if lower(k.Torch) == name || lower(k.Keras) == name {
			return k, dims
		}
	}
	return nil, 0
}

// called reads a layer that is written as a call, from its first word on. It
// reports false if it is none: then nothing has been read.
func (p *parser) called(word token, h arch.Head) (arch.Node, bool) {
	src := p.src[word.start:]
	open := strings.IndexByte(p.text(word), '(')
	if open < 1 {
		return nil, false
	}
	k, dims := callee(src[:open])
	end := closing(src, open)
	if k == nil || k.Joins() || end < 0 {
		return nil, false
	}
	c := call{options: options{p: p, kind: k, layer: k.New(), head: &h, word: word}, dims: dims}
	name := src[:open]
	args := arguments(src[open+1:end], word.start+open+1)
	c.keras = isKeras(name, k, args)
	behind := word.start + end + 1
	if behind < len(p.src) && p.src[behind] == ',' {
		behind++ // an item of a list
	}
	p.tok, p.last = scan(p.src, behind), word.start+end+1
	ok := c.take(name, args) && c.check(word)
	for ok && !c.ended && p.tok.kind == tokWord {
		ok = c.option(p.next())
	}
	if !ok {
		p.skip()
		return nil, true
	}
	if n := p.entry(&c, word); n != nil {
		p.before = append(p.before, n)
	}
	return c.finish(word), true
}

// closing returns where the bracket at open is closed on its line, -1 if it is not.
func closing(src string, open int) int {
	depth := 0
	for i := open; i < len(src); i++ {
		switch src[i] {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return i
			}
		case '\n', '\r', '#', '{', '}', '|':
			return -1
		}
	}
	return -1
}

// An argument is one of a call: its keyword, and where its value is.
type argument struct {
	keyword, value string
	at             token
}

// arguments divides what is between the brackets of a call.
func arguments(src string, offset int) []argument {
	var list []argument
	depth, from := 0, 0
	for i := 0; i <= len(src); i++ {
		if i < len(src) {
			switch src[i] {
			case '(', '[':
				depth++
			case ')', ']':
				depth--
			}
			if src[i] != ',' || depth > 0 {
				continue
			}
		}
		one := src[from:i]
		if value := strings.TrimSpace(one); value != "" {
			start := offset + from + strings.Index(one, value)
			a := argument{value: value, at: token{tokWord, start, start + len(value)}}
			if eq := strings.IndexByte(value, '='); eq > 0 {
				a.keyword, a.value = strings.TrimSpace(value[:eq]), strings.TrimSpace(value[eq+1:])
			}
			a.value = strings.Trim(a.value, `"'`)
			list = append(list, a)
		}
		from = i + 1
	}
	return list
}

// isKeras decides by the name, else by the arguments, whose order a call has:
// Conv2D is Keras', Conv2d PyTorch's, and an LSTM without its input size is Keras'.
func isKeras(name string, k *layer.Kind, args []argument) bool {
	bare := name[strings.LastIndexByte(name, '.')+1:]
	switch {
	case strings.HasPrefix(name, "nn.") || strings.HasPrefix(name, "torch."):
		return false
	case strings.Contains(name, "layers.") || strings.HasPrefix(name, "keras.") || strings.HasSuffix(bare, "D"):
		return true
	case lower(bare) == lower(k.Keras) && lower(k.Torch) != lower(k.Keras):
		return bare != lower(bare) || k == layer.LinearKind.Kind()
	}
	positional := 0
	for _, a := range args {
		switch a.keyword {
		case "", "kernel_size":
			positional++
		case "units", "filters", "strides", "activation", "return_sequences", "input_shape", "use_bias", "rate":
			return true
		case "in_channels", "in_features", "input_size":
			return false
		}
	}
	order, needs := signatures[k.Name].torch, 0
	for i, name := range order {
		if f := k.Field(name); name == "in" || f != nil && f.Need {
			needs = i + 1
		}
	}
	return len(order) > 1 && order[0] == "in" && positional < needs
}

// take gives the arguments to the fields.
func (c *call) take(name string, args []argument) bool {
	order := signatures[c.kind.Name].torch
	if c.keras {
		order = signatures[c.kind.Name].keras
	}
	if order == nil {
		if main := c.kind.Main(); main != nil {
			order = []string{main.Name}
		}
	}
	if c.keras && c.kind.Group == layer.GroupRecurrent && c.kind.Field("last") != nil {
		c.set(c.kind.Field("last"), "on", token{}) // return_sequences=False
		c.given = 0
	}
	table := ""
	for i, a := range args {
		field := a.keyword
		switch {
		case field == "" && i < len(order):
			field = order[i]
		case field == "":
			return c.refuse(name, a, order)
		case keywords[field] != "":
			field = keywords[field]
		}
		switch {
		case field == "features" && c.kind.Field(field) == nil,
			(field == "rate" || field == "p" || field == "negative_slope") && c.kind.Main() != nil:
			field = c.kind.Main().Name // units of an LSTM, the rate of a dropout
		case field == "table" && table == "" && i+1 < len(args):
			table = a.value
			continue
		case field == "table":
			a.value = table + "x" + a.value
		}
		if !c.argument(name, field, a, order) {
			return false
		}
	}
	if f := c.kind.Field("kernel"); c.keras && c.kind.Group == layer.GroupPool && f != nil && !c.taken(f) {
		return c.set(f, "2", c.word) // Keras' default
	}
	return true
}

// argument takes one argument.
func (c *call) argument(name, field string, a argument, order []string) bool {
	value := crossed(a.value)
	switch field {
	case "-":
		return true
	case "in":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil || n < 1 {
			return c.refuse(name, a, order)
		}
		c.received = n
		return true
	case "act":
		return c.activation(lower(value), a.at)
	case "return_sequences":
		c.given = 0
		value = map[string]string{"true": "off", "false": "on"}[lower(value)]
		field = "last"
	case "input_shape":
		return c.entered(name, value, a, order)
	}
	f := c.kind.Field(field)
	if f == nil {
		return c.refuse(name, a, order)
	}
	return c.set(f, lower(value), a.at)
}

// crossed writes (3, 3) as 3x3.
func crossed(value string) string {
	inner := strings.Trim(value, "()[] ")
	if inner == value {
		return value
	}
	parts := strings.Split(inner, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Trim(strings.Join(parts, "x"), "x")
}

// entered takes Keras' input_shape, which has the channels last.
func (c *call) entered(name, value string, a argument, order []string) bool {
	e := layer.InputKind.New().Shape
	if d := e.Parse(strings.ReplaceAll(lower(value), "none", "?")); d != nil {
		return c.refuse(name, a, order)
	}
	if e.Len() > 2 || c.kind.Group == layer.GroupConv {
		e = e.LastFirst()
	}
	c.shape = e
	return true
}

// refuse says how the line would be written.
func (c *call) refuse(name string, a argument, order []string) bool {
	c.p.fail(a.at, diag.New(catalog.TextCall, layer.Quote(a.value), layer.Quote(name+"(…)"), line(c.kind)))
	return false
}

// check refuses a statement of what the layer receives that the layer before it
// contradicts: the two numbers cannot both be right. Keras' same padding is that
// of PyTorch where the stride is 1.
func (c *call) check(word token) bool {
	if l, ok := c.layer.(*layer.Conv); ok && c.keras && l.Padding.Rule == layer.PadSame &&
		(l.Stride.Len() > 1 || l.Stride.At(0) > 1) {
		l.Padding.Rule = layer.PadKeras
	}
	got := c.p.flow
	if l, ok := c.layer.(*layer.Linear); ok && c.received > 0 && got.n != c.received && c.p.count > 1 {
		l.In.N = c.received // core/count compares it with what comes in
		return true
	}
	steps := c.kind.Group == layer.GroupRecurrent
	if c.received == 0 || got.n <= 0 || got.flat || got.steps != steps || got.n == c.received {
		return true
	}
	c.p.fail(word, diag.New(catalog.TextCallReceives, c.kind.Name, c.received, got.n))
	return false
}

// entry returns the input that a call states and nothing before it has: the
// channels of a first Conv2d, the input_shape of Keras.
func (p *parser) entry(c *call, word token) arch.Node {
	if p.count > 1 {
		return nil
	}
	in := layer.InputKind.New()
	switch {
	case !c.shape.Unset():
		in.Shape = c.shape
	case c.received == 0:
		return nil
	default:
		e := strconv.FormatInt(c.received, 10) + strings.Repeat("x?", c.dims)
		if c.kind.Group == layer.GroupRecurrent {
			e = "?x" + e
		}
		if in.Shape.Parse(e) != nil {
			return nil
		}
	}
	id := p.begin(word.start)
	return arch.NewLeaf(arch.Head{ID: id}, in, false)
}
