package text

import (
	"slices"
	"strconv"
	"strings"

	"paramstack/core/layer"
)

// A spoken layer is what words say of one: numbers by what is written beside them.
type spoken struct {
	kind                *layer.Kind
	pool                bool // a pool of either kind
	implied             bool // no word names the kind: 7x7, 64
	neurons             bool
	before              bool // papers write the kernel before the layer, and mean that the size stays
	widths              []string
	kernel, stride, pad string
	flags, behind       []string
}

// anyPool is the word of papers for a pool whose kind is said elsewhere.
const anyPool = "pool"

// full reports whether a word names a layer of its own, and not only how the one that
// is read ends: an activation.
func (s *spoken) full(word string) bool {
	return s == nil || s.kind != nil || s.pool || kindSaid(word) != nil
}

// spokenNames are names that no framework has.
var spokenNames = map[string]string{
	"convolution": "conv", "convolutional": "conv", "fullyconnected": "linear", "bilstm": "lstm", "bigru": "gru",
	"maxpooling": "maxpool", "avgpooling": "avgpool", "averagepool": "avgpool", "averagepooling": "avgpool",
	"globalaveragepool": "globalavgpool", "globalaveragepooling": "globalavgpool", "globalmaxpooling": "globalmaxpool",
	"globalpool": "globalavgpool", "batchnormalization": "bn", "layernormalization": "layernorm",
	"multiheadattention": "attention", "selfattention": "attention",
}

// kindSaid returns the kind of a word as people write it: max-pool, batchnormalization.
func kindSaid(word string) *layer.Kind {
	if word == "" || !isLetter(word[0]) {
		return nil
	}
	word = strings.NewReplacer("-", "", "_", "").Replace(word)
	if also := spokenNames[word]; also != "" {
		word = also
	}
	k, _ := callee(word)
	if k == nil || k.Joins() && k.Takes != layer.TakesPathsOrOne || k.Takes == layer.TakesNone || word == k.Alias {
		return nil
	}
	return k
}

// phrases are the names of layers and options that are written as several words.
var phrases = [][]string{
	{"global", "average", "pooling"}, {"global", "average", "pool"}, {"global", "avg", "pool"}, {"global", "max", "pool"},
	{"average", "pooling"}, {"average", "pool"}, {"avg", "pool"}, {"max", "pooling"}, {"max", "pool"}, {"global", "pool"},
	{"batch", "normalization"}, {"batch", "norm"}, {"layer", "norm"}, {"fully", "connected"}, {"fully-connected"},
	{"multi", "head", "attention"}, {"multihead", "attention"}, {"multi-head", "attention"}, {"self", "attention"},
	{"no", "bias"}, {"without", "bias"},
}

// named joins the words of a name, and divides those that say several things.
func named(line string) []string {
	var words, all []string
	for _, word := range strings.Fields(line) {
		word = strings.TrimSuffix(word, ":")
		if more := unglued(word); more != nil {
			words = append(words, more...)
		} else if word != "" {
			words = append(words, word)
		}
	}
	for i := 0; i < len(words); {
		n := 1
		for _, p := range phrases {
			if i+len(p) <= len(words) && slices.Equal(words[i:i+len(p)], p) {
				n = len(p)
				break
			}
		}
		word := strings.Join(words[i:i+n], "")
		if word == "pooling" {
			word = anyPool
		}
		all, i = append(all, word), i+n
	}
	return all
}

// glued are words that say several things: conv3-64, fc-1000, 64@5x5. In a pattern # is
// a number, and in what it says 0, 1 and 2 are the numbers of the pattern.
var glued = [...]struct{ pattern, words string }{
	{"conv#-#", "paper conv 0x0 1"}, {"c#-#", "paper conv 0x0 1"},
	{"conv#", "paper conv"}, {"conv#_x", "paper conv"}, {"conv#_#", "paper conv"}, // its name in a table
	{"conv-bn-relu", "conv bn relu"}, {"conv-batchnorm-relu", "conv bn relu"},
	{"pointwise", "conv 1x1"},
	{"fc-#", "fc 0"}, {"dense-#", "dense 0"}, {"linear-#", "linear 0"}, {"lstm-#", "lstm 0"}, {"gru-#", "gru 0"},
	{"#@#", "0 1x1"}, {"#@#x#", "0 1x2"}, {"#x#x#", "0x1 2"},
	{"#-d", "0"}, {"#-dim", "0"}, {"#-way", "0"}, {"#-unit", "0"},
	{"k#", "k 0"}, {"k#x#", "k 0x1"}, {"s#", "s 0"}, {"s#x#", "s 0x1"}, {"p#", "p 0"}, {"p#x#", "p 0x1"},
}

// fits returns the numbers of a word that a pattern has as #.
func fits(pattern, word string) (numbers []string, ok bool) {
	for i := range len(pattern) {
		switch {
		case pattern[i] == '#':
			n := 0
			for n < len(word) && word[n] >= '0' && word[n] <= '9' {
				n++
			}
			if n == 0 {
				return nil, false
			}
			numbers, word = append(numbers, word[:n]), word[n:]
		case word == "" || word[0] != pattern[i]:
			return nil, false
		default:
			word = word[1:]
		}
	}
	return numbers, word == ""
}

// unglued divides a word that says several things; nil if it does not.
func unglued(word string) []string {
	for i := range glued {
		numbers, ok := fits(glued[i].pattern, word)
		if !ok {
			continue
		}
		words := strings.Fields(glued[i].words)
		for j, w := range words {
			for k, n := range numbers {
				if w == strconv.Itoa(k) {
					words[j] = n
				} else if a, b, ok := strings.Cut(w, "x"); ok && (a == strconv.Itoa(k) || b == strconv.Itoa(k)) {
					words[j] = sides(numbers, a, b)
				}
			}
		}
		return words
	}
	if key, value, ok := strings.Cut(word, "="); ok {
		switch {
		case key == "activation" || key == "act":
			return []string{value}
		case slices.Contains(spokenOptions, key) && value != "":
			return []string{key, value}
		}
	}
	if a, b, ok := strings.Cut(word, "/"); ok && a != "" && digits(b) {
		return []string{a, "/" + b} // pool/2, 3x3/2
	}
	return nil
}

// spokenOptions are the names of options that may come with an equals sign.
var spokenOptions = []string{"stride", "strides", "kernel", "kernel_size", "padding", "pad", "filters", "units", "k", "s", "p"}

// sides writes the size that the numbers of two places make.
func sides(numbers []string, a, b string) string {
	return numbers[number(a)] + "x" + numbers[number(b)]
}

// read takes words in. It reports false for one that says nothing known.
func (s *spoken) read(words []string) bool {
	for i := 0; i < len(words); i++ {
		word, next := words[i], ""
		if i+1 < len(words) {
			next = words[i+1]
		}
		value := &s.kernel
		switch word {
		case "paper":
			s.before = true
			continue
		case "stride", "strides", "s", "/":
			value = &s.stride
		case "padding", "pad", "p":
			value = &s.pad
		case "kernel", "kernel_size", "k":
		case "units", "neurons", "nodes":
			s.neurons = true
			continue
		case "filters", "filter", "channels", "features", "maps", "output", "outputs", "kernels", "hidden", "size",
			"with", "of", "and", "layer", "layers", "a", "the", "return_sequences", "return_sequences=true":
			continue
		case "nobias", "bias=false", "withoutbias":
			s.flags = append(s.flags, "nobias")
			continue
		case "bidirectional":
			s.flags = append(s.flags, word)
			continue
		case "same", "valid":
			s.pad = word
			continue
		default:
			if !s.word(word) {
				return false
			}
			continue
		}
		if *value != "" || next == "" || isLetter(next[0]) && value != &s.pad {
			return false
		}
		*value, i = next, i+1
	}
	return true
}

// word takes in a number, or the name of a layer.
func (s *spoken) word(word string) bool {
	if word == anyPool && s.kind == nil {
		s.pool = true
		return true
	}
	if percent, ok := strings.CutSuffix(word, "%"); ok {
		n, err := strconv.ParseFloat(percent, 64)
		if err != nil || n < 0 || n > 100 {
			return false
		}
		s.widths = append(s.widths, strconv.FormatFloat(n/100, 'f', -1, 64))
		return true
	}
	if k := kindSaid(word); k != nil {
		switch {
		case s.kind == nil && !s.pool:
			s.kind = k
			if strings.HasPrefix(word, "bi") && k.Group == layer.GroupRecurrent {
				s.flags = append(s.flags, "bidirectional")
			}
		case k.Group == layer.GroupActivation || layer.BatchNormKind.Kind() == k:
			s.behind = append(s.behind, k.Name)
		default:
			return false
		}
		return true
	}
	if rest, ok := strings.CutPrefix(word, "/"); ok && s.stride == "" && digits(rest) {
		s.stride = rest
		return true
	}
	if a, b, ok := strings.Cut(word, "x"); ok && digits(a) && digits(b) {
		if s.kernel != "" {
			return false
		}
		if s.kernel = word; a == b {
			s.kernel = a
		}
		return true
	}
	if !digits(word) && !decimal(word) {
		return false
	}
	s.widths = append(s.widths, word)
	return true
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func decimal(s string) bool {
	_, err := strconv.ParseFloat(s, 64)
	return err == nil && s[0] >= '0' && s[0] <= '9'
}

// write writes the layer, "" if something is missing, and reports whether it can mean
// nothing else.
func (s *spoken) write(in flow) (line string, sure bool) {
	sure = true
	var words []string
	w := s.widths
	switch k := s.kind; {
	case s.implied && s.kernel == "" && s.stride == "" && len(w) == 1:
		words, sure = []string{layer.LinearKind.Kind().Name, w[0]}, s.neurons
	case s.pool, k == nil:
		words, _ = s.pooled("maxpool")
		sure = false
	case k.Field("filters") != nil && k.Field("kernel") != nil:
		words, sure = s.convolution(in)
	case k.Group == layer.GroupPool && k.Field("kernel") != nil:
		words, sure = s.pooled(k.Name)
	case k.Main() == nil && len(w) == 0 && s.kernel == "":
		words = []string{k.Name}
	case layer.BatchNormKind.Kind() == k && len(w) == 1 && s.kernel == "":
		words, sure = []string{"BatchNorm2d(" + w[0] + ")"}, in.n > 0
		if !sure {
			words = []string{k.Name}
		}
	case len(w) == 2 && (k.Group == layer.GroupRecurrent || layer.LinearKind.Kind() == k):
		words = []string{"nn." + k.Torch + "(" + w[0] + ", " + w[1] + ")"}
		if sure = in == (flow{}) || in.n == number(w[0]); !sure {
			words = []string{k.Name, w[1]}
		}
	case len(w) == 2 && layer.EmbeddingKind.Kind() == k:
		words = []string{k.Name, w[0] + "x" + w[1]}
	case len(w) == 1 && k.Main() != nil && s.kernel == "" && s.stride == "":
		words = []string{k.Name, w[0]}
	case len(w) == 0 && k.Main() != nil && !k.Main().Need && s.kernel == "" && s.stride == "":
		words = []string{k.Name}
	}
	if words == nil {
		return "", false
	}
	line = strings.Join(append(words, s.flags...), " ")
	for _, name := range s.behind {
		line += "; " + name
	}
	return line, sure
}

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// convolution writes a convolution. Papers give no padding: their odd kernels keep the size.
func (s *spoken) convolution(in flow) (words []string, sure bool) {
	w, sure := slices.Clone(s.widths), true
	switch {
	case len(w) == 3 && s.kernel == "" && s.stride == "" && in.n == number(w[0]): // in, out, kernel
		w = w[1:]
	case len(w) == 2 && in.n == number(w[0]) && (s.kernel != "" || number(w[1]) > in.n): // in, out
		w = w[1:]
	}
	for _, value := range []*string{&s.kernel, &s.stride, &s.pad} {
		if len(w) > 1 && *value == "" {
			sure = sure && value == &s.kernel
			*value = w[1]
			w = slices.Delete(w, 1, 2)
		}
	}
	if len(w) != 1 {
		return nil, false
	}
	if s.kernel == "" {
		s.kernel, sure = "3", false
	}
	words = []string{s.kind.Name, w[0], "k" + s.kernel}
	if s.stride != "" {
		words = append(words, "s"+s.stride)
	}
	side := number(s.kernel)
	if s.before && s.pad == "" && side != 1 {
		sure = sure && side%2 == 1 && side <= 7
		s.pad = strconv.FormatInt(side/2, 10)
	}
	if s.pad != "" {
		words = append(words, "p"+s.pad)
	}
	return words, sure
}

// pooled writes a pool. A pool without a kernel has one of its stride; what overlaps is
// padded in some papers and rounded up in others.
func (s *spoken) pooled(name string) (words []string, sure bool) {
	sure = len(s.widths) == 0
	for _, value := range []*string{&s.kernel, &s.stride, &s.pad} {
		if len(s.widths) > 0 && *value == "" {
			*value, s.widths = s.widths[0], s.widths[1:]
			sure = value != &s.pad
		}
	}
	switch {
	case len(s.widths) > 0:
		return nil, false
	case s.kernel == "" && s.stride == "" && name == "avgpool":
		return []string{"globalavgpool"}, false
	case s.kernel == "" && s.stride == "":
		return []string{name, "2"}, false
	case s.kernel == "":
		return []string{name, s.stride}, false
	}
	words = []string{name, s.kernel}
	if s.stride != "" && s.stride != s.kernel {
		words = append(words, "s"+s.stride)
		if s.before && s.pad == "" && number(s.kernel) > number(s.stride) {
			s.pad, sure = strconv.FormatInt(number(s.kernel)/2, 10), false
		}
	}
	if s.pad != "" {
		words = append(words, "p"+s.pad)
	}
	return words, sure
}
