package editor

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/text"
)

// TestLesson doubles the picture of every preset: no convolution's parameters
// change, and the page notes that; a dense layer after a flatten grows, unless
// something pools the map to a fixed size.
func TestLesson(t *testing.T) {
	for _, c := range []struct {
		id, from, to string
		convs        string
		dense        []any // the layer, before and after
	}{
		{"toy", "32×32", "64×64", "2", nil},
		{"lenet-5", "32×32", "64×64", "3", []any{"linear1", "10,164", "816,564"}},
		{"alexnet-2012", "227×227", "454×454", "5", []any{"linear1", "37,752,832", "177,213,440"}},
		{"alexnet-post", "227×227", "454×454", "5", []any{"linear1", "177,209,344", "764,411,904"}},
		{"alexnet-torchvision", "224×224", "448×448", "5", nil},
		{"vgg-16", "224×224", "448×448", "13", nil},
		{"googlenet", "224×224", "448×448", "57", []any{"linear1", "1,025,000", "65,537,000"}},
		{"resnet-18", "224×224", "448×448", "20", nil},
		{"resnet-50", "224×224", "448×448", "53", nil},
		{"resnet-152", "224×224", "448×448", "155", nil},
	} {
		before := play(New(Prefs{}), LoadPreset{c.id})
		channels := strings.Split(row(t, before, "1").Facts.OutExact, "x")[0]
		s := play(before, SetField{1, "shape", channels + "x" + strings.ReplaceAll(c.to, "×", "x")})
		key, args := catalog.LessonPicture, []any{c.from, c.to, c.convs}
		if c.dense != nil {
			key, args = catalog.LessonPictureDense, append(args, c.dense...)
		}
		if got := s.Doc.Lesson; got == nil || got.Key != key || fmt.Sprint(got.Args) != fmt.Sprint(args) {
			t.Errorf("%s teaches %+v, want %s %v", c.id, got, key, args)
		}
		if (s.Doc.Change != nil) != (c.dense != nil) {
			t.Errorf("%s: the total went %+v", c.id, s.Doc.Change)
		}
		for _, k := range keys(before.Page) {
			was, is := row(t, before, k).Facts, row(t, s, k).Facts
			if was.Kind == "conv" && was.Value != is.Value {
				t.Errorf("%s: a convolution went from %s to %s", c.id, was.Value, is.Value)
			}
		}
		if s = play(s, Undo{}); s.Doc.Lesson != nil {
			t.Errorf("%s: undoing teaches %+v", c.id, s.Doc.Lesson)
		}
	}
}

// TestLessons checks that there is a lesson where one is due, and no other.
func TestLessons(t *testing.T) {
	const growing = "input 3x8x8\nrepeat 3 { concat { conv 2 k3 p1 | } }\nglobalavgpool\n"
	for _, c := range []struct {
		name, src string
		msg       Msg
		want      string
	}{
		{"typed", sample, TypeText{strings.Replace(sample, "8x8", "9x9", 1)},
			"The image size changed from 8×8 to 9×9, but the parameters of the convolutions (4 in all) stayed the same. linear1, however, has a weight for every position of the feature map: 1,450 → 1,970."},
		{"turns that differ", growing, SetField{1, "shape", "3x16x16"},
			"The image size changed from 8×8 to 16×16, but the parameters of the convolutions (3 in all) stayed the same: a kernel does not depend on the image size. Only computation and memory changed."},
		{"too small for a dense layer", "input 3x8x8\nconv 4 k3\nmaxpool 5\nflatten\nlinear 10\n", SetField{1, "shape", "3x4x4"},
			"The image size changed from 8×8 to 4×4, but the parameters of the convolutions (1 in all) stayed the same: a kernel does not depend on the image size."},
		{"other channels", sample, SetField{1, "shape", "4x16x16"}, ""},
		{"the same picture", sample, SetField{1, "shape", "3x8x8"}, ""},
		{"no picture", sample, SetField{1, "shape", "192"}, ""},
		{"a kernel", sample, SetField{2, "kernel", "1"}, ""},
		{"no convolution", "input 3x8x8\nflatten\nlinear 10\n", SetField{1, "shape", "3x16x16"}, ""},
	} {
		s := play(start(t, c.src), c.msg)
		got := ""
		if s.Doc.Lesson != nil {
			got = s.Doc.Lesson.In(catalog.English)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	typing := func(shape string) Msg { return TypeText{strings.Replace(sample, "3x8x8", shape, 1)} }
	if s := play(start(t, sample), typing("3x8x81"), typing("3x8x8"), typing("3x9x8"), typing("3x9x9")); s.Doc.Lesson == nil || fmt.Sprint(s.Doc.Lesson.Args[:2]) != "[8×8 9×9]" {
		t.Errorf("typing teaches %+v, and not what all of it did", s.Doc.Lesson)
	}
	if s := play(start(t, sample), SetField{1, "shape", "3x9x9"}, SetField{2, "stride", "1"}, Select{Row: "2"}); s.Doc.Lesson == nil {
		t.Error("the lesson goes before the next edit")
	}
	if s := play(start(t, sample), SetField{1, "shape", "3x9x9"}, SetField{2, "kernel", "1"}); s.Doc.Lesson != nil {
		t.Error("the lesson stays after the next edit")
	}
}

// TestMapLesson follows the advice of the blog post's AlexNet, a pool before the
// flatten, in several ways, and does what else changes the map that is flattened.
func TestMapLesson(t *testing.T) {
	post := play(New(Prefs{}), LoadPreset{"alexnet-post"})
	flat := row(t, post, named(t, post, "linear1")).Key.ID() - 1
	for _, c := range []struct {
		name string
		s    State
		msg  Msg
		want string
	}{
		{"the post's pool", post, insertText(t, post, flat, "maxpool 3 s2"),
			"The feature map that linear1 receives went from 13×13 to 6×6, and linear1 has a weight for every position of it: 177,209,344 → 37,748,736 parameters, 4.69 times fewer."},
		{"another pool", post, insertText(t, post, flat, "adaptiveavgpool 1x2"),
			"The feature map that linear1 receives went from 13×13 to 1×2, and linear1 has a weight for every position of it: 177,209,344 → 2,097,152 parameters, 84.5 times fewer."},
		{"a pool less", start(t, "input 3x8x8\nconv 4 k3 p1\nmaxpool 2\nflatten\nlinear 10 nobias\n"), TypeText{"input 3x8x8\nconv 4 k3 p1\nflatten\nlinear 10 nobias\n"},
			"The feature map that linear1 receives went from 4×4 to 8×8, and linear1 has a weight for every position of it: 640 → 2,560 parameters, 4 times as many."},
		{"a stride", start(t, "input 3x8x8\nconv 4 k3\nflatten\nlinear 10\n"), SetField{2, "stride", "2"}, ""},
		{"channels", start(t, "input 3x8x8\nconv 4 k3\nflatten\nlinear 10\n"), SetField{2, "filters", "8"}, ""},
		{"no map", start(t, "input 3x8x8\nconv 4 k3\nglobalavgpool flat\nlinear 10\n"), SetField{2, "stride", "2"}, ""},
		{"another layer", start(t, "input 3x8x8\nconv 4 k3\nflatten\nlinear 10\n"), SetField{4, "features", "20"}, ""},
		{"an unknown image", start(t, "input 3x?x?\nconv 4 k3\nflatten\nlinear 10\n"), SetField{2, "stride", "2"}, ""},
	} {
		s := play(c.s, c.msg)
		got := ""
		if s.Doc.Lesson != nil {
			got = s.Doc.Lesson.In(catalog.English)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// insertText types a line before a node, in the text pane.
func insertText(t *testing.T, s State, before arch.ID, line string) Msg {
	t.Helper()
	nodes, problems := text.ParseNodes(line)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	m, _ := s.Doc.Model.Insert(arch.Place{Anchor: before, Side: arch.Before}, nodes...)
	return TypeText{text.Format(m)}
}
