package keras

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/num"
	"paramstack/core/tool/source"
)

// readProgram reads a program as a file of a name.
func readProgram(name, code string) (*source.Result, error) {
	f := &source.File{Name: name, Size: int64(len(code)), At: bytes.NewReader([]byte(code))}
	head, err := f.Read(0, min(f.Size, source.HeadSize))
	if err != nil {
		return nil, err
	}
	if !SourceReader.Detect(head, f) {
		return nil, errors.New("not taken for source of Keras")
	}
	return SourceReader.Read(f)
}

// expected is what the first lines of a program in testdata/source state of it: its
// parameters by Keras' rules, a minimum of them, those that are trained, or where its
// fault is.
var expected = regexp.MustCompile(`# (params|at least|trainable|error): ([\d:]+)`)

// TestPrograms: programs in the styles of courses and repositories have as many
// parameters as Keras counts, worked out by its rules; faulty ones say where the
// fault is, and the rest of the network stays.
func TestPrograms(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "source", "*"))
	if err != nil || len(files) < 30 {
		t.Fatal(err, len(files))
	}
	keras := count.Style{Keras: true, Biases: true}
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		facts := expected.FindAllStringSubmatch(string(code), -1)
		if len(facts) == 0 {
			t.Errorf("%s states nothing", name)
		}
		r, err := readProgram(name, string(code))
		for _, fact := range facts {
			kind, value := fact[1], fact[2]
			if kind == "error" {
				line, col, _ := strings.Cut(value, ":")
				where := "Line " + line + ", column " + col + ":"
				if !strings.Contains(sayings(r, err), where) {
					t.Errorf("%s: no error at %s: %s", name, value, sayings(r, err))
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			report := count.Of(r.Model)
			got := report.Totals.Shown(keras)
			if kind == "trainable" {
				got = report.Totals.Trainable()
			}
			if got.String() != value || report.Totals.ParamsAtLeast != (kind == "at least") || !r.Keras {
				t.Errorf("%s: %v %v (at least: %v), not %s\n%s", name, kind, got, report.Totals.ParamsAtLeast, value, sayings(r, err))
			}
		}
	}
}

// sayings is all that is said of a file that was read.
func sayings(r *source.Result, err error) string {
	var b strings.Builder
	if err != nil {
		b.WriteString(err.Error() + "\n")
	}
	if r != nil {
		for _, n := range r.Notes {
			b.WriteString(n.Say.In(catalog.English) + "\n")
		}
	}
	return b.String()
}

// TestEveryWayToImport: one network under all names that Keras has had.
func TestEveryWayToImport(t *testing.T) {
	const body = `
m = SEQUENTIAL([LAYERS.Conv2D(8, 3, input_shape=(12, 12, 3)), LAYERS.Flatten(), LAYERS.Dense(4)])
`
	for imports, names := range map[string][2]string{
		"import keras":                                         {"keras.Sequential", "keras.layers"},
		"import keras as k":                                    {"k.models.Sequential", "k.layers"},
		"from keras import layers, models":                     {"models.Sequential", "layers"},
		"import tensorflow as tf":                              {"tf.keras.Sequential", "tf.keras.layers"},
		"import tensorflow as tf\nK = tf.keras":                {"K.models.Sequential", "K.layers"},
		"from tensorflow import keras":                         {"keras.Sequential", "keras.layers"},
		"from tensorflow.keras import layers as L, Sequential": {"Sequential", "L"},
		"import tensorflow.keras.layers as L\nfrom tensorflow.keras.models import *":                        {"Sequential", "L"},
		"from tensorflow.python.keras import layers\nfrom tensorflow.python.keras.models import Sequential": {"Sequential", "layers"},
		"import tf_keras as keras":                                              {"keras.Sequential", "keras.layers"},
		"import tensorflow.compat.v1 as tf":                                     {"tf.keras.Sequential", "tf.keras.layers"},
		"from keras.src import layers\nfrom keras.src.models import Sequential": {"Sequential", "layers"},
		"from keras.api import layers\nfrom keras.api.models import Sequential": {"Sequential", "layers"},
		"# keras, without imports":                                              {"keras.Sequential", "layers"},
	} {
		code := imports + strings.NewReplacer("SEQUENTIAL", names[0], "LAYERS", names[1]).Replace(body)
		r, err := readProgram("net.py", code)
		if err != nil {
			t.Errorf("%s: %v", imports, err)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true); !got.Equal(num.Of(224 + 3204)) {
			t.Errorf("%s: %v\n%s", imports, got, sayings(r, nil))
		}
	}
}

// TestApplications: the networks of keras.applications have Keras' own totals, with
// their heads and without.
func TestApplications(t *testing.T) {
	for call, params := range map[string]string{
		"VGG16()":                              "138357544",
		"VGG16(include_top=False)":             "14714688",
		"VGG19(include_top=False)":             "20024384",
		"ResNet50()":                           "25636712",
		"ResNet50(include_top=False)":          "23587712",
		"ResNet50(weights=None, classes=10)":   "23608202",
		"ResNet101V2(include_top=False)":       "42626560",
		"InceptionV3(include_top=False)":       "21802784",
		"InceptionResNetV2(include_top=False)": "54336736",
		"Xception(include_top=False)":          "20861480",
		"MobileNet(include_top=False)":         "3228864",
		"MobileNetV2()":                        "3538984",
		"MobileNetV2(include_top=False)":       "2257984",
		"DenseNet121(include_top=False)":       "7037504",
		"DenseNet201()":                        "20242984",
		"NASNetMobile(include_top=False)":      "4269716",
		"EfficientNetB0()":                     "5330571",
		"EfficientNetB0(include_top=False)":    "4049571",
		"EfficientNetB3(include_top=False, pooling='avg', input_shape=(300, 300, 3))": "10783535",
	} {
		name, _, _ := strings.Cut(call, "(")
		code := "from tensorflow.keras.applications import " + name + "\nmodel = " + call + "\n"
		r, err := readProgram("net.py", code)
		if err != nil {
			t.Errorf("%s: %v", call, err)
			continue
		}
		totals := count.Of(r.Model).Totals
		if got := totals.Shown(count.Style{Keras: true, Biases: true}); got.String() != params || totals.ParamsAtLeast {
			t.Errorf("%s: %v (at least: %v), not %s\n%s", call, got, totals.ParamsAtLeast, params, sayings(r, nil))
		}
	}
	// Another width is not in the zoo: it is said, and nothing is counted for it.
	r, err := readProgram("net.py", "import keras\nm = keras.applications.MobileNetV2(alpha=0.5)\n")
	if err != nil || !count.Of(r.Model).Totals.ParamsAtLeast || !strings.Contains(sayings(r, err), "MobileNetV2") {
		t.Error(err, sayings(r, err))
	}
}

// TestChosen: an expression and an input that the reader states.
func TestChosen(t *testing.T) {
	const code = "import keras\ndef net(width, classes=10):\n    i = keras.Input((None, None, 3))\n" +
		"    x = keras.layers.Conv2D(width, 3)(i)\n    x = keras.layers.GlobalMaxPool2D()(x)\n" +
		"    return keras.Model(i, keras.layers.Dense(classes)(x))\n"
	f := &source.File{Name: "net.py", Size: int64(len(code)), At: bytes.NewReader([]byte(code))}
	f.Options.Expression, f.Options.Input = "net(16, classes=7)", "3x20x24"
	r, err := SourceReader.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	report := count.Of(r.Model)
	first := report.Rows[0]
	if got := report.Totals.Params(true); !got.Equal(num.Of(448+119)) || first.Out.String() != "3×20×24" {
		t.Error(got, first.Out, sayings(r, nil))
	}
	f.Options.Expression = "net"
	if _, err := SourceReader.Read(f); err == nil || !strings.Contains(err.Error(), "net") {
		t.Error(err)
	}
	if _, err := readProgram("net.py", "import keras\ndef net(a_size_of_its_own):\n    return keras.Sequential([keras.layers.Dense(a_size_of_its_own)])\n"); err == nil ||
		!strings.Contains(err.Error(), "net(a_size_of_its_own)") {
		t.Error(err)
	}
}

// TestSourceLimits: programs without an end, or of endless size, stop with a sentence.
func TestSourceLimits(t *testing.T) {
	for name, body := range map[string]string{
		"add":      "m = keras.Sequential([keras.Input((4,))])\nwhile True:\n    m.add(keras.layers.Dense(4))\n",
		"call":     "x = keras.Input((4,))\nwhile True:\n    x = keras.layers.Dense(4)(x)\n",
		"depth":    "def f(x):\n    return f(keras.layers.Dense(4)(x))\nm = keras.Model(1, f(keras.Input((4,))))\n",
		"nested":   "m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])\nfor i in range(60):\n    m = keras.Sequential([m, m])\n",
		"units":    "m = keras.Sequential([keras.Input((4,)), keras.layers.Dense(10**30)])\n",
		"shape":    "m = keras.Model(keras.Input([10**18] * 60), keras.Input((1,)))\n",
		"config":   "a = []\nfor i in range(60):\n    a = [a, a]\nm = keras.Sequential([keras.layers.Dense(4, kernel_size=a)])\n",
		"subclass": "class M(keras.Model):\n    def call(self, x):\n        return self(x)\nm = M()\nm.build((None, 3))\n",
	} {
		r, err := readProgram("net.py", "import keras\n"+body)
		var d *diag.Diag
		if err != nil && !errors.As(err, &d) || err == nil && r == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzSource reads programs that were changed: any bytes give a network or a sentence.
func FuzzSource(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "source", "*.py"))
	for _, file := range files {
		code, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(code, uint16(0), uint16(0), []byte{})
		f.Add(code, uint16(len(code)/2), uint16(7), []byte("None"))
	}
	f.Fuzz(func(t *testing.T, code []byte, at, length uint16, other []byte) {
		from := min(int(at), len(code))
		to := min(from+int(length), len(code))
		changed := append(append(append([]byte("import keras\n"), code[:from]...), other...), code[to:]...)
		tooltest.ReadAny(t, &SourceReader, changed)
	})
}

// TestSourceOrigins: every layer has the line of the program that made it, and a
// program that only defines networks says which.
func TestSourceOrigins(t *testing.T) {
	const code = "from keras import layers, Model, Input\n\n\ndef net(classes):\n    i = Input((8, 8, 3))\n" +
		"    x = layers.Conv2D(4, 3,\n                      activation='relu')(i)\n    x = layers.Flatten()(x)\n" +
		"    return Model(i, layers.Dense(classes)(x))\n"
	r, err := readProgram("net.py", code)
	if err != nil {
		t.Fatal(err)
	}
	if p := r.Program; p == nil || len(p.Choices) != 1 || p.Choices[0].Call != "net(classes=10)" || p.Made != "net(classes=10)" ||
		p.Input != "3x8x8" {
		t.Errorf("%+v", r.Program)
	}
	want := []string{
		"net.py:5: i = Input((8, 8, 3))",
		"net.py:6: x = layers.Conv2D(4, 3,",
		"net.py:6: x = layers.Conv2D(4, 3,",
		"net.py:8: x = layers.Flatten()(x)",
		"net.py:9: return Model(i, layers.Dense(classes)(x))",
	}
	for i, n := range r.Model.Body {
		if i >= len(want) || n.Head().Origin != want[i] {
			t.Errorf("row %d: %q", i, n.Head().Origin)
		}
	}
	r, err = readProgram("net.py", "import keras\ndef net(a_size_of_its_own):\n    return keras.Sequential([keras.layers.Dense(a_size_of_its_own)])\n")
	if err == nil || r == nil || r.Program == nil || len(r.Program.Choices) != 1 || len(r.Model.Body) > 0 {
		t.Error(err, r)
	}
}
