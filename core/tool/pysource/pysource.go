// Package pysource is what readers of Python source share: how such a text is
// recognised, whose framework it uses, and its files: several together, or the cells
// of a notebook.
package pysource

import (
	"regexp"
	"strings"

	"paramstack/core/tool/pysource/syntax"
	"paramstack/core/tool/source"
)

// What libraries call the networks that they have.
const (
	torchNames = `(?:wide_)?res(?:net|next)\d\w*|vgg\d\d(?:_bn)?|alexnet|squeezenet1_\d|densenet\d+|googlenet|inception_v3|` +
		`mobilenet_v\w+|efficientnet_\w+|mnasnet\d_\d+|shufflenet_v2_\w+|regnet_[xy]_\w+|convnext_\w+|vit_[blh]_\d\d|` +
		`swin_\w+|maxvit_t`
	kerasNames = `ResNet\d+(?:V2)?|VGG1[69]|Xception|Inception(?:ResNet)?V[23]|MobileNet(?:V\d\w*)?|DenseNet\d+|` +
		`NASNet(?:Mobile|Large)|EfficientNet(?:V2)?[BSML]\d?|ConvNeXt(?:Tiny|Small|Base|Large|XLarge)`
)

var (
	// statement is a line that only Python has.
	statement = regexp.MustCompile(`(?m)^\s*(?:import [A-Za-z_]\w*(?:\.\w+)*(?: as \w+)?(?:, ?\w+)*\s*(?:#.*)?$|from [\w.]+ import ` +
		`|(?:async )?def \w+ ?\(|class \w+ ?(?:\(.*\))?:\s*(?:#.*)?$|@\w[\w.]*(?:\(.*\))?$)`)
	// called is a call whose value is kept, or that adds a layer.
	called = regexp.MustCompile(`(?m)^\s*(?:[\w.]+(?:, ?\w+)* ?= ?(?:\w+\.)*(?:Sequential|Model|Input|Dense|Conv\d[dD]|Linear|Module\w*|[A-Z]\w+)\(` +
		`|\w+\.add\(|(?:nn|layers|keras|tf|torch|models)\.[\w.]+\()`)
	bare = regexp.MustCompile(`^\s*(?:nn|layers|keras|tf|torch|models|tf\.keras|torchvision|timm)\.[\w.]+\(`)
	// published is a network of torchvision.models or keras.applications by its name.
	published  = regexp.MustCompile(`^\s*(?:\w+ ?= ?)?(?:\w+\.)*(?:` + torchNames + `|` + kerasNames + `)\([^\n]*\)\s*$`)
	printed    = regexp.MustCompile(`(?m)^\s*\(\w+\): \w+\(|^\s*\(\w+\): \d+ x`)
	torchWords = regexp.MustCompile(`\b(?:torch\w*|nn\.\w|F\.\w+\(|timm|lightning|(?:` + torchNames + `)\(|Conv\dd|BatchNorm\dd|MaxPool\dd)`)
	kerasWords = regexp.MustCompile(`\b(?:keras\w*|tensorflow|tf\.\w|layers\.\w|(?:` + kerasNames + `)\(|Conv\dD|MaxPool(?:ing)?\dD|Dense\()`)
)

// A Framework is whose modules a source uses.
type Framework uint8

// The frameworks.
const (
	NoFramework Framework = iota
	Torch
	Keras
)

// Detect reports whether a file is Python source, or a notebook of it, and whose.
func Detect(head []byte, f *source.File) Framework {
	text := string(head)
	if IsNotebook(head) {
		if f.Size <= source.MaxText {
			if data, err := f.All(); err == nil {
				text, _, _ = cells(data)
			}
		}
		return certain(text, of(text))
	}
	if begin := strings.TrimSpace(text); strings.HasPrefix(begin, "{") || strings.HasPrefix(begin, "<") {
		return NoFramework
	}
	whole := func() string { // the first lines may be comments
		if f.Size > int64(len(head)) && f.Size < syntax.MaxSource {
			if data, err := f.All(); err == nil {
				return string(data)
			}
		}
		return text
	}
	code := plain(text)
	sure := false // it is Python, whatever its words are
	switch name := strings.ToLower(f.Name); {
	case strings.HasSuffix(name, ".py") || strings.HasSuffix(name, ".pyw"):
		sure = true
	case bare.MatchString(code), published.MatchString(code):
	case statement.MatchString(code):
		if printed.MatchString(text) && !strings.Contains(code, "def forward") && !strings.Contains(code,
			"def __init__") {
			return NoFramework // a session with the text of print(model) in it
		}
		sure = true
	case called.MatchString(code) && !printed.MatchString(text):
		// A listing may have calls too: all of it must be Python.
		if f.Size > source.HeadSize {
			break
		}
		if _, err := syntax.Parse(code); err != nil && !strings.Contains(code, "add(") {
			return NoFramework
		}
	default:
		return NoFramework
	}
	text = whole()
	for _, other := range f.Beside {
		if data, err := other.All(); err == nil && len(data) < syntax.MaxSource {
			text += "\n" + string(data)
		}
	}
	if found := of(text); found != NoFramework || !sure {
		return found
	}
	return certain(text, NoFramework)
}

// certain is for Python that may name no framework: a part of a program, or one of
// something else. What can be said of it, running it says.
func certain(text string, found Framework) Framework {
	if found == NoFramework {
		if _, err := syntax.Parse(plain(text)); err == nil {
			return Torch
		}
	}
	return found
}

// of returns whose words a text has more of.
func of(text string) Framework {
	t, k := len(torchWords.FindAllStringIndex(text, 2000)), len(kerasWords.FindAllStringIndex(text, 2000))
	switch {
	case t == 0 && k == 0:
		return NoFramework
	case k > t:
		return Keras
	default:
		return Torch
	}
}
