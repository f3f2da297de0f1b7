package tool

import (
	"fmt"
	"runtime/debug"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/text"
	"paramstack/core/tool/target"
)

// styles are what a reader may choose.
var styles = []struct {
	style count.Style
	lang  catalog.Lang
}{
	{count.Style{Biases: true}, catalog.English}, {count.Style{Biases: true, Keras: true}, catalog.Korean},
	{count.Style{}, catalog.Korean}, {count.Style{Keras: true}, catalog.English},
}

// written runs every writer on a network, and returns what is wrong with what one
// of them writes; "" if nothing is.
func written(source string) (wrong string) {
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		return ""
	}
	names := map[arch.ID]string{0: ""}
	report := count.Of(file.Model)
	var collect func(rows []*count.Row)
	collect = func(rows []*count.Row) {
		for _, row := range rows {
			if row.Form != count.FormTurn && row.Form != count.FormPath {
				names[row.ID] = row.Name
			}
			collect(row.Children)
		}
	}
	collect(report.Rows)
	for _, w := range Writers {
		for _, s := range styles {
			n := &target.Network{Model: file.Model, Report: report, Style: s.style, Lang: s.lang}
			if wrong := writes(w, n, names); wrong != "" {
				return fmt.Sprintf("%s: %s", w.ID, wrong)
			}
		}
	}
	return ""
}

func writes(w *target.Writer, n *target.Network, names map[arch.ID]string) (wrong string) {
	defer func() {
		if r := recover(); r != nil {
			wrong = fmt.Sprintf("panics: %v\n%s", r, debug.Stack())
		}
	}()
	out, problems := w.Write(n)
	if strings.TrimSpace(out) == "" && len(problems) == 0 {
		return "writes nothing, and no problem"
	}
	for _, d := range problems {
		name, ok := names[d.Node]
		if !ok {
			return fmt.Sprintf("a problem of node %d, which is none: %s", d.Node, d.Say.In(catalog.English))
		}
		if d.Say.In(catalog.English) == "" || d.Say.In(catalog.Korean) == "" {
			return "a problem without words"
		}
		if len(d.Say.Args) > 0 && d.Node != 0 && d.Say.Args[0] != name {
			if other, is := d.Say.Args[0].(string); is && !strings.HasPrefix(other, name+"_") { // a repetition of it
				return fmt.Sprintf("a problem of %s at %s: %s", d.Say.Args[0], name, d.Say.In(catalog.English))
			}
			if len(d.Say.Args) > 1 && d.Say.Args[1] == name {
				return "a problem of a layer with itself: " + d.Say.In(catalog.English)
			}
		}
	}
	return ""
}

// TestRandomWriters runs every writer, in both countings and languages, on random
// networks: valid ones, and such as are broken, open and unknown in places. None
// may panic, and a problem names the layer that it is of.
func TestRandomWriters(t *testing.T) {
	randnet.Hold(t, 150, 50, randnet.Options{}, written)
	randnet.Hold(t, 150, 50, randnet.Options{Open: 0.3, Broken: 0.2, Opaque: true}, written)
}

// TestFoundNetworks holds the smallest networks that a writer once failed at.
func TestFoundNetworks(t *testing.T) {
	for _, source := range []string{
		"input 4; mean 1; prelu",                     // a slope for each of no channels
		"input 2x8; logsoftmax dim=0",                // over the batch
		"input 5x6; repeat 2 { logsoftmax; opaque }", // repetitions after what is unknown
		"input 8x9x1; repeat 2 { mean 1; unfold 2x3 }",
		"input 7x7; repeat 2 { matmul { | }; opaque }",
		"input 4x6x6; a: bn frozen; bn shares @a", // a layer that shares with itself
	} {
		if wrong := written(source); wrong != "" {
			t.Errorf("%s: %s", source, wrong)
		}
	}
}

// FuzzWriters looks for networks that a writer panics at.
func FuzzWriters(f *testing.F) {
	f.Add(uint64(1), true)
	f.Fuzz(func(t *testing.T, seed uint64, odd bool) {
		o := randnet.Options{}
		if odd {
			o = randnet.Options{Open: 0.3, Broken: 0.2, Opaque: true}
		}
		if source := randnet.Text(seed, o); written(source) != "" {
			t.Errorf("%s\n%s", source, written(source))
		}
	})
}
