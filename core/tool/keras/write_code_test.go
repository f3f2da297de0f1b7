package keras

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/text"
	"paramstack/core/tool/pycode"
	"paramstack/core/tool/target"
	"paramstack/core/tool/vocab"
	"paramstack/core/zoo"
)

// hostileNet has names that mean something to Python, to Keras, or to a terminal.
func hostileNet(t testing.TB) *target.Network {
	file, problems := text.Parse("input 3x8x8\nconv 4 k3\nrelu\nrepeat 2 { add { conv 4 k1; tanh; relu; sigmoid | } }\nlrn region=within")
	if len(problems) > 0 {
		t.Fatal(problems[0])
	}
	names := []string{"in\"); import os #", "a\nimport os", "name/{x}.y", "한글", "'''\u2028b\\"}
	body := make([]arch.Node, len(file.Model.Body))
	for i, n := range file.Model.Body {
		h := arch.Head{Label: names[i], Above: []string{"\n import os\r\u2029import os"}, After: "\nimport os"}
		switch n := n.(type) {
		case *arch.Leaf:
			body[i] = arch.NewLeaf(h, n.Layer, false)
		case *arch.Repeat:
			body[i] = arch.NewRepeat(h, n.Times, n.Body, nil)
		}
	}
	m := arch.New("x\"\"\"\\\nimport os\\N", body, nil)
	return &target.Network{Model: m, Report: count.Of(m)}
}

// TestKerasCode compares what is written with what was read and found good.
func TestKerasCode(t *testing.T) {
	nets := map[string]*target.Network{"hostile": hostileNet(t)}
	for _, z := range zoo.All() {
		switch z.ID {
		case "alexnet-2012", "resnet-18", "siamese-mnist", "vit-b-16", "gpt-2-small":
			nets[z.ID] = tooltest.NetOf(z)
		}
	}
	for name, source := range map[string]string{
		"shared":  "input 4x8x8; repeat 4 shared { conv 4 k3 p1; relu }; s: linear 8; linear 8 shares @s; t: repeat 2 { conv 4 k1 frozen }; again @t; side { | globalavgpool; flatten; linear 2 }",
		"missing": "name No such layers\ninput 3x12x12\n c: conv 8 k3; lppool 2; add { conv 8 k1; glu dim=1; conv 8 k1 | }; repeat 2 { add { lppool 3 s1 | relu; lppool 3 s1 } }; linear 12 shares @c; lppool 2",
		"pools":   "input 3x20x20; maxpool 3 s2 p1; relu; maxpool 3 s2 p1; conv 4 k3 s2 padding=keras-same; maxpool 2 s2 ceil",
	} {
		nets[name] = tooltest.NetFrom(t, source)
	}
	for name, n := range nets {
		got, _ := CodeWriter.Write(n)
		file := filepath.Join("testdata", "code", name+".py")
		if *tooltest.Update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s is not as expected (-update rewrites):\n%s", name, got)
		}
	}
}

// TestKerasMissing checks for a comment, an error in place of the layer and a
// problem on its row for each layer that Keras cannot express.
func TestKerasMissing(t *testing.T) {
	for _, c := range []struct {
		source string
		key    catalog.Key
	}{
		{"input 3x8x8; conv 4 k3; lppool 2; conv 4 k1", catalog.ExportNoCounterpart},
		{"input 3x9x9; conv 4 k3 s2 d2", catalog.ExportNoCounterpart},
		{"input 3x9x9; conv 4 k3 p1 mode=reflect", catalog.ExportNoCounterpart},
		{"input 3x9x9; avgpool 3 s2 p1 nopadcount", catalog.ExportNoCounterpart},
		{"input 6; w: embedding 10x8; linear 10 shares @w", catalog.ExportNoTie},
		{"input 3x8x8; repeat 3 { add { lppool 3 s1; conv 3 k1 | crop 1 } }", catalog.ExportNoCounterpart},
	} {
		n := tooltest.NetFrom(t, c.source)
		code, problems := CodeWriter.Write(n)
		errors := tooltest.ErrorsOf(problems)
		if len(errors) == 0 || errors[0].Say.Key != c.key || errors[0].Node == 0 {
			t.Errorf("%s: %v", c.source, problems)
			continue
		}
		said := target.OneLine(errors[0].Say.In(catalog.English))
		if !strings.Contains(code, "# "+said+"\n") || !strings.Contains(code, "raise NotImplementedError("+pycode.Quoted(said)+")\n") {
			t.Errorf("%s: no %q in\n%s", c.source, said, code)
		}
	}
	// Layers with errors, networks without an input and unused layers are reported
	// too.
	for source, key := range map[string]catalog.Key{
		"input 3x8x8; conv 4 k9; relu": catalog.ExportLayerBroken,
		"conv 4 k3":                    catalog.ExportNoInput,
		"":                             catalog.ExportNoInput,
		"input 5; s: linear 4; linear 3; from @s": catalog.ExportNoOutput,
	} {
		file, _ := text.Parse(source)
		_, problems := CodeWriter.Write(&target.Network{Model: file.Model, Report: count.Of(file.Model)})
		found := false
		for _, d := range problems {
			found = found || d.Say.Key == key
		}
		if !found {
			t.Errorf("%q: %v", source, problems)
		}
	}
}

// TestKerasPools checks that zeros are laid around a maximum only where nothing is
// below 0.
func TestKerasPools(t *testing.T) {
	const infinite = `constant_values=float("-inf")`
	for source, zeros := range map[string]bool{
		"input 3x9x9; maxpool 3 s2 p1":                                 false,
		"input 3x9x9; relu; maxpool 3 s2 p1":                           true,
		"input 3x9x9; relu; conv 3 k1; maxpool 3 s2 p1":                false,
		"input 3x9x9; relu; bn; maxpool 3 s2 p1":                       false,
		"input 3x9x9; sigmoid; dropout; avgpool 2 s1; maxpool 3 s2 p1": true,
		"input 3x9x9; add { relu | }; maxpool 3 s2 p1":                 false,
		"input 3x9x9; relu; add { sigmoid | }; maxpool 3 s2 p1":        true,
		"input 3x9x9; relu; sub { sigmoid | }; maxpool 3 s2 p1":        false,
		"input 3x9x9; relu; leakyrelu; maxpool 3 s2 p1":                false,
		"input 3x9x9; relu; scale -1; maxpool 3 s2 p1":                 false,
		"input 3x9x9; relu; repeat 2 { pad 1; maxpool 3 s2 p1; tanh }": false,
		"input 3x9x9; relu; t: tanh; maxpool 3 s2 ceil p1":             false,
		"input 3x9x9; relu; lrn; maxpool 3 s2 p1":                      true,
	} {
		code, problems := CodeWriter.Write(tooltest.NetFrom(t, source))
		if len(tooltest.ErrorsOf(problems)) > 0 || strings.Contains(code, infinite) == zeros || zeros != strings.Contains(code, "zeros change no maximum") && strings.Count(code, "ZeroPadding2D") < 2 {
			t.Errorf("%s: %v\n%s", source, problems, code)
		}
	}
	// The second repetition has the output of a convolution as input: it is another
	// one.
	code, _ := CodeWriter.Write(tooltest.NetFrom(t, "input 3x9x9; relu; repeat 2 { maxpool 2 s1 p1; conv 3 k1 }"))
	if strings.Count(code, infinite) != 1 || strings.Count(code, "ZeroPadding2D(") != 1 || strings.Contains(code, "for i in") {
		t.Error(code)
	}
}

// TestKerasSaysEveryKind checks that Keras code can express each kind that Keras has
// a class for.
func TestKerasSaysEveryKind(t *testing.T) {
	written := 0
	for _, k := range layer.Kinds {
		said := layerWriters()[k.Name] != nil || k.Takes == layer.TakesNone ||
			k.Joins() && (k.Takes == layer.TakesFirst || k.Takes == layer.TakesLabel)
		if said {
			written++
		}
		row := vocab.Keras().Of(k)
		if row != nil && !said && k.Name != "hardtanh" && k.Name != "threshold" {
			t.Errorf("%s has a row in core/tool/vocab/keras.go, but is not written: it needs a function in write_table.go", k.Name)
		}
	}
	if written < 80 {
		t.Errorf("only %d kinds are written", written)
	}
}
