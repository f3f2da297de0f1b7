package editor

import "testing"

// BenchmarkUpdate is a keystroke in a chip of ResNet-152 with every repetition
// unrolled: the count, the page, and the rows. "sight" makes those in the
// viewport only, as the page does before the frame; "all" makes every row.
func BenchmarkUpdate(b *testing.B) {
	begin := func() State {
		s := play(New(Prefs{}), LoadPreset{"resnet-152"}, Unroll{})
		return play(s, BeginEdit{named(b, s, "conv1"), "filters"})
	}
	keys := [...]Msg{Typed{"640"}, Typed{"64"}}
	b.Run("all", func(b *testing.B) {
		s := begin()
		for i := 0; b.Loop(); i++ {
			s, _ = Update(s, keys[i%2])
			for n := range s.Page.Chunks() {
				s.Page.Chunk(n)
			}
		}
	})
	b.Run("sight", func(b *testing.B) {
		s := begin()
		for i := 0; b.Loop(); i++ {
			s, _ = Update(s, keys[i%2])
			for n := range 4 {
				s.Page.Chunk(n)
			}
		}
	})
	// Pointing at a number changes no fact: only what is lit.
	b.Run("point", func(b *testing.B) {
		s := begin()
		row := s.View.Cursor
		for i := 0; b.Loop(); i++ {
			s, _ = Update(s, Point{row, i%2*2 - 1})
			for n := range 4 {
				s.Page.Chunk(n)
			}
		}
	})
}
