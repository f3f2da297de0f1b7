package editor

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/text"
)

// TestPaletteFits inserts every join, and what else has layers in it, where all sorts
// of shapes enter: what is added has no problem.
func TestPaletteFits(t *testing.T) {
	for _, shape := range []string{"3x32x32", "48x13x13", "1x28x28", "16x100", "4x8x8x8", "128", "7x20", "?x8x8", "5x?x?"} {
		for _, before := range []string{"", "relu", "conv 8*2 k1", "lstm 6", "flatten"} {
			src := "input " + shape + "\n" + before + "\n"
			if file, problems := text.Parse(src); len(problems) > 0 || file == nil {
				continue
			}
			s := start(t, src)
			if s.Page.Issues > 0 || strings.Contains(row(t, s, s.Page.Last()).Facts.Out, "?") && shape[0] != '?' && shape[2] != '?' {
				continue
			}
			for _, it := range play(s, OpenPalette{}).Items() {
				switch kind := layer.ByName(it.ID); {
				case it.ID == "repeat":
				case kind == nil || kind.Takes != layer.TakesPaths:
					continue
				case it.ID == "matmul" && len(s.entering(s.placeAt(s.Page.Last()))) < 2, it.ID == "deformconv" && len(s.entering(s.placeAt(s.Page.Last()))) != 3:
					continue // not for such an input
				}
				after := play(s, OpenPalette{s.Page.Last()}, Insert{it.ID})
				if after.Page.Issues > 0 {
					t.Errorf("after %q: %s has %s", src, it.fitted(s.entering(s.placeAt(s.Page.Last()))).Text, after.Doc.Report.Problems[0])
				}
			}
		}
	}
}

// TestPaletteFirst: what fits comes first, and an input only where nothing enters.
func TestPaletteFirst(t *testing.T) {
	for src, want := range map[string]string{
		"input 3x8x8\n": "conv", "input 3x8x8\nconv 4 k3\n": "conv", "input 3x8x8\nflatten\n": "linear", "input 9\nlinear 3\n": "linear",
		"input 3x8x8\nrepeat 2 { conv 3 k1 }\n": "conv", "relu\n": "input",
	} {
		s := start(t, src)
		s = play(s, OpenPalette{s.Page.Last()})
		items := s.Items()
		if items[0].ID != want || (items[len(items)-1].ID == "input") != (want != "input") {
			t.Errorf("%q: %s comes first, and %s last", src, items[0].ID, items[len(items)-1].ID)
		}
		if added := play(s, Insert{items[0].ID}); added.Page.Issues > s.Page.Issues {
			t.Errorf("%q: the first item does not fit", src)
		}
	}
}

// TestPaletteWords: words that beginners know find what they mean first, in either
// language of the page, and Korean ones without their blanks, too.
func TestPaletteWords(t *testing.T) {
	for words, want := range map[string]string{
		"repeat, loop, 반복": "repeat", "skip, residual, shortcut, skip connection, 잔차, 잔차 연결, 스킵, 스킵 연결": "add",
		"dense, fully connected, fullyconnected, fc, Fully Connected, 완전 연결, 완전 연결층, 완전연결층": "linear",
		"conv, convolution, CNN, 합성곱": "conv", "배치 정규화, batch norm, batchnorm, batch normalization": "bn",
		"relu, ReLU, 렐루": "relu", "flatten, 평탄화": "flatten", "max pooling, maxpool, 최대 풀링, 풀링, pooling": "maxpool",
		"average pooling, 평균 풀링": "avgpool", "global average pooling, 전역 평균 풀링, GAP": "globalavgpool",
		"dropout, drop out, 드롭아웃": "dropout", "softmax, 소프트맥스": "softmax", "sigmoid, 시그모이드": "sigmoid",
		"concatenate, concat, 이어 붙": "concat", "attention, 어텐션, multi-head attention, 멀티헤드 어텐션": "attention",
		"lstm, LSTM": "lstm", "embedding, 임베딩": "embedding", "layer norm, layernorm": "layernorm", "transposed convolution, 전치 합성곱": "convtranspose",
		"입력, input": "input",
	} {
		for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
			s := play(start(t, sample), SetLang{lang}, OpenPalette{"2"})
			for _, query := range strings.Split(words, ", ") {
				for _, q := range []string{query, strings.ReplaceAll(query, " ", ""), " " + query + " "} {
					var found []string
					for _, it := range play(s, Search{q}).Items() {
						found = append(found, it.ID)
					}
					if len(found) == 0 || found[0] != want {
						t.Errorf("%q, with the page in %s, finds %v, want %s first", q, lang.Tag(), fmt.Sprint(found), want)
					}
				}
			}
		}
	}
}

// TestBegin: an empty stack is one without a layer, and each example can be begun with.
func TestBegin(t *testing.T) {
	for src, want := range map[string]bool{"input 3x8x8\n": true, "input 3x8x8\nrelu\n": false, "repeat 2 { input 3 }": false} {
		if got := start(t, src).Blank(); got != want {
			t.Errorf("%q is blank: %v", src, got)
		}
	}
	empty := play(New(Prefs{}), Clear{})
	if !empty.Blank() {
		t.Error("a new network is not blank")
	}
	for i, params := range []string{"101,770", "25,578", "4,874"} {
		s := play(empty, LoadExample{i})
		if s.Blank() || s.Page.Issues != 0 || s.Page.Summary.Params != params {
			t.Errorf("%s: %s parameters, %d problems", Examples[i].Name, s.Page.Summary.Params, s.Page.Issues)
		}
		if back := play(s, Undo{}); !back.Blank() {
			t.Error("undo does not go back to the empty stack")
		}
		if korean := play(empty, SetLang{catalog.Korean}, LoadExample{i}); korean.Doc.Model.Name == s.Doc.Model.Name {
			t.Errorf("%s is called the same in Korean", s.Doc.Model.Name)
		}
		sound(t, s)
	}
	if s := play(empty, LoadExample{-1}, LoadExample{9}); !s.Blank() {
		t.Error("an example that is none")
	}
}

// TestPaletteAsWritten: what is stack text comes first and is added as it is; what only
// looks a little like it is searched for.
func TestPaletteAsWritten(t *testing.T) {
	for query, want := range map[string]string{
		"conv 6 k5 ": "conv 6 k5", "conv 6 k5; tanh": "conv 6 k5\ntanh", "fc: linear 10": "fc: linear 10",
		"repeat 2 { relu }": "repeat 2 {\n  relu\n}",
		"conv":              "", "fully connected": "", "conv 6 k5;;; nonsense": "", "완전 연결": "", "repeat 2 {": "", "{": "", ";": "",
	} {
		s := play(start(t, "input 3x32x32\n"), OpenPalette{}, Search{query})
		items := s.Items()
		if want == "" {
			if len(items) > 0 && items[0].ID == AsWritten {
				t.Errorf("%q is added as it is", query)
			}
			continue
		}
		if len(items) == 0 || items[0].ID != AsWritten {
			t.Errorf("%q is searched for", query)
			continue
		}
		s = play(s, Insert{AsWritten})
		if got := text.Format(s.Doc.Model); got != "input 3x32x32\n"+want+"\n" {
			t.Errorf("%q gives %q", query, got)
		}
	}
}
