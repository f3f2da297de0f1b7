package editor

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/link"
	"paramstack/core/zoo"
)

func zooModels(ids ...string) []arch.Model {
	all := make([]arch.Model, len(ids))
	for i, id := range ids {
		all[i] = zoo.ByID(id).Model()
	}
	return all
}

// Networks are added and taken out, in their order; each can be compared with the first.
func TestCompareSet(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"resnet-50"}, OpenCompare{}, CompareCard{"resnet-152"})
	if v := sheet(t, s); len(v.Table) != 0 || len(v.Totals) == 0 || len(v.Scenes) != 2 {
		t.Fatalf("two: %+v", v.Table)
	}
	s, effects := Update(s, CompareAdd{})
	if !s.Open.Compare.Adding || len(effects) == 0 {
		t.Fatalf("adding: %+v", s.Open.Compare)
	}
	if back := play(s, Close{}); back.Open.Compare == nil || back.Open.Compare.Adding {
		t.Error("who does not add loses what is compared")
	}
	if bad := play(s, CompareText{"conv"}); !bad.Open.Compare.Adding || bad.Open.Compare.Wrong == "" || len(bad.Open.Compare.Nets) != 2 {
		t.Errorf("a text that is none: %+v", bad.Open.Compare)
	}
	s = play(s, CompareText{"vgg-16"})
	s = play(s, CompareAdd{}, CompareFile{ReadDone{Source: "a.onnx", Text: "name R; input 3x224x224; conv 4 k3"}})
	s = play(s, CompareAdd{}, CompareCard{"resnet-50"})
	c := s.Open.Compare
	if got := strings.Join(c.Names, "|"); got != "ResNet-50 (1)|ResNet-152|VGG-16|R|ResNet-50 (5)" || c.At != 4 || c.Adding {
		t.Fatalf("they are %s, with the first %d", got, c.At)
	}
	v := sheet(t, s)
	if len(v.Scenes) != 5 || len(v.Totals) == 0 || v.Said != s.Words(catalog.CompareEqual, "25,557,032") {
		t.Errorf("five: %d pictures, %s", len(v.Scenes), v.Said)
	}
	params := v.Table[0].Cells
	if params[0].Value != "25,557,032" || params[0].Factor != "× 1" || params[2].Value != "138,357,544" || params[2].Factor != "× 5.41" {
		t.Errorf("the parameters are %+v", params)
	}
	if size := v.Table[5]; size.Label != "Size in fp32" || size.Cells[2].Value != "553.4 MB" || size.Cells[2].Factor != "× 5.41" {
		t.Errorf("the sizes are %+v", size)
	}
	s = play(s, CompareChoose{2}, CompareBy{MACs: true})
	if v := sheet(t, s); v.Totals[0].B != "138,357,544" || s.Open.Compare.At != 2 {
		t.Errorf("the chosen one has %+v", v.Totals[0])
	}
	swapped := play(s, CompareSwap{})
	if got := swapped.Open.Compare.Names; got[0] != "VGG-16" || got[2] != "ResNet-50 (3)" || !swapped.Open.Compare.ByMACs {
		t.Errorf("swapped they are %v", got)
	}
	for _, c := range []struct {
		drop, at int
		names    string
	}{{1, 1, "ResNet-50 (1)|VGG-16|R|ResNet-50 (4)"}, {2, 2, "ResNet-50 (1)|ResNet-152|R|ResNet-50 (4)"},
		{4, 2, "ResNet-50|ResNet-152|VGG-16|R"}, {0, 1, "ResNet-152|VGG-16|R|ResNet-50"}, {5, 2, ""}, {-1, 2, ""}} {
		now := play(s, CompareDrop{c.drop}).Open.Compare
		if c.names == "" {
			c.names = strings.Join(s.Open.Compare.Names, "|")
		}
		if got := strings.Join(now.Names, "|"); got != c.names || now.At != c.at {
			t.Errorf("without %d they are %s, with the first %d", c.drop, got, now.At)
		}
	}
	s = play(s, CompareAdd{}, CompareCard{"toy"})
	if full := play(s, CompareAdd{}); len(full.Open.Compare.Nets) != link.MaxSet || full.Open.Compare.Adding || full.Open.Compare.CanAdd() {
		t.Errorf("there are %d networks", len(full.Open.Compare.Nets))
	}
	two := play(s, CompareDrop{5}, CompareDrop{4}, CompareDrop{3}, CompareDrop{2}, CompareDrop{1}).Open.Compare
	if len(two.Nets) != 2 || len(two.View.Table) != 0 || len(two.View.Scenes) != 2 || two.At != 1 {
		t.Errorf("what stays is %v", two.Names)
	}
	for _, m := range []Msg{CompareChoose{0}, CompareChoose{6}, CompareChoose{-1}} {
		if got := play(s, m).Open.Compare.At; got != s.Open.Compare.At {
			t.Errorf("%#v chooses %d", m, got)
		}
	}
}

// A network of before an edit joins those that are compared.
func TestCompareSetBack(t *testing.T) {
	s := play(start(t, sample), SetField{2, "filters", "8"}, OpenCompare{}, CompareBack{1}, CompareAdd{}, CompareBack{1})
	if c := s.Open.Compare; len(c.Nets) != 3 || c.At != 2 || c.Names[0] == c.Names[2] {
		t.Errorf("they are %v", c.Names)
	}
	if v := sheet(t, s); v.Table[0].Cells[0] != v.Table[0].Cells[2] || v.Table[0].Cells[1] == v.Table[0].Cells[0] {
		t.Errorf("the parameters are %+v", v.Table[0])
	}
}

// A link of several shows all, and has the same link again; what is damaged is named.
func TestCompareSetLink(t *testing.T) {
	all := zooModels("resnet-50", "vgg-16", "resnet-152")
	fragment := link.EncodeSet(all, link.Counting{Keras: true})
	s, effects := Update(New(Prefs{}), LoadLink{Fragment: fragment, AtBoot: true})
	if c := s.Open.Compare; c == nil || len(c.Nets) != 3 || c.At != 1 || c.Wrong != "" || len(c.View.Table) == 0 {
		t.Fatalf("it opens as %+v", c)
	}
	for _, e := range effects {
		if _, is := e.(WriteLink); is {
			t.Error("the address loses two of them")
		}
	}
	_, shared := Update(play(s, CompareChoose{2}), ShareCompare{})
	if got := shared[0].(CopyLink); got.Fragment != fragment || got.Title != "ResNet-50 + 2" {
		t.Errorf("its link is %+v", got)
	}
	if got := s.PaperFragment(); got != fragment {
		t.Errorf("on paper it is %s", got)
	}
	streams := strings.Split(fragment, "~")
	damaged := streams[0] + "~" + streams[1][:9] + "AAAA" + streams[1][13:] + "~" + strings.Join(streams[2:], "~")
	s, _ = Update(New(Prefs{}), LoadLink{Fragment: damaged})
	if c := s.Open.Compare; c == nil || strings.Join(c.Names, "|") != "ResNet-50|ResNet-152" || !strings.Contains(c.Wrong, "number 2") {
		t.Fatalf("with the second damaged: %+v", c)
	}
	s, effects = Update(New(Prefs{Lang: catalog.Korean}), LoadLink{Fragment: streams[0] + "~" + streams[1][:30]})
	if s.Open.Compare != nil || s.Notice == nil || s.Notice.Say.Key != catalog.CompareLost || s.Name() != "ResNet-50" {
		t.Errorf("cut in the second: %+v", s.Notice)
	}
	if !slices.ContainsFunc(effects, func(e Effect) bool { _, is := e.(WriteLink); return is }) {
		t.Error("the address goes on claiming what is not shown")
	}
	s, _ = Update(New(Prefs{}), LoadLink{Fragment: "1p.i3x8x8~c4k3~with~i3x8x8~blah~end"})
	if s.Doc.Text != "input 3x8x8\nconv 4 k3\n" || s.Notice == nil || !strings.Contains(s.Notice.Say.In(catalog.English), "blah") {
		t.Errorf("a pair with a second that is none: %q, %+v", s.Doc.Text, s.Notice)
	}
}
