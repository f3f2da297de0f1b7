package darknet

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestForks reads sections and words of AlexeyAB's fork, YOLOR and YOLOv7, maps
// behind dense layers, and layers that read boxes with another number of channels
// than theirs.
func TestForks(t *testing.T) {
	const x = "lin 4 1 | "
	for _, c := range []struct{ name, words, want, params, note string }{
		{"shifted", x + "implicit_add filters=4 | route layers=-2 | shift_channels from=-2 | lin 2 1", "i3x8x8;c4k1;add{|param4x1x1};c2k1", "30", ""},
		{"controlled", x + "implicit_mul filters=4 | route layers=0 | control_channels from=1 | lin 2 1", "i3x8x8;c4k1;mul{|param4x1x1};c2k1", "30", ""},
		{"selected", x + "implicit filters=4 | route layers=0 | select_channels from=1 | lin 2 1", "i3x8x8;c4k1;mul{|param4x1x1;sigmoid};c2k1", "30", ""},
		{"two in turns", x + "lin 4 1 | alternate_channels from=0 | lin 2 1", "i3x8x8;c4k1;opaque type=alternate_channels weights=none out=8x8x8 macs=0{c4k1|};c2k1", "54", ""},
		{"atoms", x + "implicit filters=4 atoms=8 | silence | route layers=0 | shift_channels from=1", "i3x8x8;c4k1;add{|param4x8x1}", "48", ""},

		{"silu", "convolutional filters=4 activation=silu", "i3x8x8;c4k1;silu", "16", ""},
		{"swish", "convolutional filters=4 activation=swish", "i3x8x8;c4k1;silu", "16", ""},
		{"mish", "activation activation=mish", "i3x8x8;mish", "0", ""},
		{"a section's word", "convolutional filters=4 activation=maxpool | lin 2 1", "i3x8x8;c4k1;opaque type=activation.maxpool weights=none macs=0 keeps;c2k1", "26", ""},

		{"blurred", "convolutional filters=4 stride=2 antialiasing=1 activation=linear | lin 2 1", "i3x8x8;c4k1;a3s2p1;c2k1", "26", ""},
		{"contrastive", x + "contrastive classes=5 | lin 2 1", "i3x8x8;c4k1;opaque type=contrastive weights=none macs=0 keeps;c2k1", "26", ""},
		{"YOLOR's reorg", "reorg | lin 2 1", "i3x8x8;pixelunshuffle2;c2k1", "26", ""},

		{"recurrent behind dense", "connected output=5 activation=linear | crnn size=1 output=3 hidden=2 | crnn size=1 output=3 hidden=2",
			"", "1015", ""},
		{"convolution behind dense", "connected output=5 activation=linear | lin 2 1", "i3x8x8;f;l5;reshape5x1x1;c2k1", "977", ""},
		{"deconvolution behind dense", "connected output=5 activation=linear | deconvolutional filters=2 size=4 activation=linear | lin 3 1", "i3x8x8;f;l5;reshape5x1x1;ct2k4;c3k1", "1136", ""},
		{"pool behind dense", "connected output=5 activation=linear | maxpool size=1 | lin 2 1", "i3x8x8;f;l5;reshape5x1x1;m1s1;c2k1", "977", ""},

		{"boxes that fit", "lin 27 1 | yolo mask=0,1,2 classes=4 num=9", "", "108", ""},
		{"boxes that do not", "lin 30 1 | yolo mask=0,1,2 classes=4 num=9", "i3x8x8;c30k1;opaque type=yolo weights=none macs=0 in=27 keeps", "120", "‘[yolo] 1’ requires 27 channels (3 × (4 + 5)), but the layer before it outputs 30. Change its filters to 27."},
		{"boxes without a mask", "lin 30 1 | yolo classes=4 num=2", "", "120", "‘[yolo] 1’ requires 18 channels (2 × (4 + 5)), but the layer before it outputs 30. Change its filters to 18."},
		{"boxes with deviations", "lin 30 1 | Gaussian_yolo mask=0,1 classes=6", "", "120", ""},
		{"regions", "lin 425 1 | region classes=80 num=5", "", "1700", ""},
		{"regions that do not fit", "lin 425 1 | region classes=20 num=5", "", "1700", "‘[region] 1’ requires 125 channels (5 × (20 + 5)), but the layer before it outputs 425. Change its filters to 125."},
	} {
		res, _, d := tooltest.Open(tooltest.File("n.cfg", []byte(cfg(8, c.words))), readers...)
		if d != nil {
			t.Errorf("%s: %v", c.name, d)
			continue
		}
		res.Model.Name = ""
		got := strings.NewReplacer("; ", ";", " @", "@", ": ", ":", " {", "{", "{ ", "{", " }", "}", " |", "|").Replace(text.Compact(res.Model))
		if c.want != "" && got != c.want {
			t.Errorf("%s:\n%s, want\n%s", c.name, got, c.want)
		}
		totals := count.Of(res.Model).Totals
		if params := totals.Params(true).String(); params != c.params || totals.ParamsAtLeast {
			t.Errorf("%s: %s parameters (at least: %v), want %s\n%s", c.name, params, totals.ParamsAtLeast, c.params, got)
		}
		note := ""
		for _, n := range res.Notes {
			if n.Say.Key == catalog.ImportYoloFilters {
				note = n.Say.In(catalog.English)
			}
		}
		if note != c.note {
			t.Errorf("%s: %q, want %q", c.name, note, c.note)
		}
	}
}
