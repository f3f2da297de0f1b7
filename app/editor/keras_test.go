package editor

import (
	"strings"
	"testing"

	"paramstack/core/tensor"
)

// TestKeras counts as Keras does: batch norm's statistics are parameters that
// are not trained, the shapes end in the channels.
func TestKeras(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"resnet-50"}, SetKeras{true})
	sum := s.Page.Summary
	if sum.Params != "25,610,152" || sum.Trainable != "25,557,032" || sum.Frozen != "53,120" {
		t.Errorf("Keras shows %s, of which %s are trained and %s not", sum.Params, sum.Trainable, sum.Frozen)
	}
	if s.Prefs.Layout != tensor.ChannelsLast {
		t.Error("the shapes begin with the channels")
	}
	bn := row(t, s, named(t, s, "bn1"))
	if got := pieceText(bn.Facts.Formula); got != "64 + 64 + 64 + 64" || bn.Facts.Value != "256" || bn.Facts.Class != "keras.layers.BatchNormalization" {
		t.Errorf("bn1 is %s = %s, a %s", got, bn.Facts.Value, bn.Facts.Class)
	}
	s = play(s, SetKeras{false})
	if s.Page.Summary.Params != "25,557,032" || s.Prefs.Layout != tensor.ChannelsFirst {
		t.Errorf("PyTorch shows %s", s.Page.Summary.Params)
	}
	// PyTorch's recurrent layers have a bias that Keras' have not.
	s = play(start(t, "input 20x8; lstm 16"), SetKeras{true})
	if got := s.Page.Summary.Params; got != "1,600" {
		t.Errorf("an LSTM in Keras has %s, want 4·(8·16 + 16·16 + 16)", got)
	}
	if got := play(s, SetKeras{false}).Page.Summary.Params; got != "1,664" {
		t.Errorf("an LSTM in PyTorch has %s", got)
	}
}

// TestAgain shows a second use: rows of its own, weights counted once.
func TestAgain(t *testing.T) {
	s := start(t, "tower: repeat 1 { input 1x8x8; conv 4 k3 }; again @tower; repeat 2 shared { conv 4 k1 }; x: linear 6; linear 6 shares @x")
	s = play(s, FoldAll{Open: true})
	known := map[Key]bool{}
	for _, k := range keys(s.Page) {
		if known[k] {
			t.Errorf("two rows are called %s", k)
		}
		known[k] = true
	}
	if sum := s.Page.Summary; sum.Params != "102" {
		t.Errorf("%s parameters, want 40 + 20 + 42", sum.Params)
	}
	counted := 0
	for _, r := range allRows(s.Page) {
		if strings.HasPrefix(r.Facts.Value, "counted in") {
			counted++
		}
	}
	if counted != 3 {
		t.Errorf("%d rows say where they are counted", counted)
	}
	sound(t, s)
}

// TestShareChips edits what shares weights.
func TestShareChips(t *testing.T) {
	s := start(t, "a: input 6x8x8; b: conv 6 k1; repeat 2 { conv 6 k1 }; conv 6 k1")
	s = play(s, Toggle{3, SharedField}, SetField{5, SharesField, "@b"})
	if got := compact(s); got != "a:i6x8x8;b:c6k1;repeat2 shared{c6k1};c6k1 shares @b" {
		t.Error(got)
	}
	s = play(s, SetField{5, SharesField, "nobody"})
	if !strings.Contains(notice(s), "nobody") {
		t.Errorf("a label that is none: %q", notice(s))
	}
	s = play(s, SetField{2, LabelField, "first"}, SetField{5, SharesField, ""}, Toggle{3, SharedField})
	if got := compact(s); got != "a:i6x8x8;first:c6k1;repeat2{c6k1};c6k1" {
		t.Error(got)
	}
}
