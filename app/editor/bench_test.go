package editor

import "testing"

// BenchmarkUpdate is a message to ResNet-152 with every repetition unrolled: the
// count, the page and all of its rows.
func BenchmarkUpdate(b *testing.B) {
	s := play(New(Prefs{}), LoadPreset{"resnet-152"}, Unroll{})
	s = play(s, BeginEdit{named(b, s, "conv1"), "filters"})
	for name, keys := range map[string][2]Msg{
		"type":    {Typed{"640"}, Typed{"64"}},
		"point":   {Point{s.View.Cursor, 0}, Point{Token: -1}},
		"nothing": {Dismiss{}, Dismiss{}},
	} {
		b.Run(name, func(b *testing.B) {
			s := s
			for i := 0; b.Loop(); i++ {
				s, _ = Update(s, keys[i%2])
			}
		})
	}
}
