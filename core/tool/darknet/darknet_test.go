package darknet

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// cfg writes sections from words: "conv 64 3 2" is filters, size, stride; "lin" one
// without batch norm and activation; others are written out, with ; between
// options.
func cfg(side int, words string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# a network\n[net]\nbatch=1\nheight = %d\nwidth = %[1]d\nchannels=3\n", side)
	for line := range strings.Lines(words) {
		for part := range strings.SplitSeq(strings.TrimSpace(line), " | ") {
			f := strings.Fields(part)
			switch f[0] {
			case "conv", "lin":
				stride := "1"
				if len(f) > 3 {
					stride = f[3]
				}
				fmt.Fprintf(&b, "\n[convolutional]\nfilters=%s\nsize=%s\nstride=%s\npad=1\n", f[1], f[2], stride)
				if f[0] == "conv" {
					b.WriteString("batch_normalize=1\nactivation=leaky\n")
				} else {
					b.WriteString("activation=linear ; plain\n")
				}
			default:
				fmt.Fprintf(&b, "\n[%s]\n%s\n", f[0], strings.Join(f[1:], "\n"))
			}
		}
	}
	return b.String()
}

const tiny3 = `conv 16 3 | maxpool size=2 stride=2 | conv 32 3 | maxpool size=2 stride=2 | conv 64 3 | maxpool size=2 stride=2
conv 128 3 | maxpool size=2 stride=2 | conv 256 3 | maxpool size=2 stride=2 | conv 512 3 | maxpool size=2 stride=1
conv 1024 3 | conv 256 1 | conv 512 3 | lin 255 1 | yolo mask=3,4,5 classes=80 num=6
route layers=-4 | conv 128 1 | upsample stride=2 | route layers=-1,8 | conv 256 3 | lin 255 1 | yolo mask=0,1,2 classes=80 num=6`

const yolo2 = `conv 32 3 | maxpool size=2 stride=2 | conv 64 3 | maxpool size=2 stride=2 | conv 128 3 | conv 64 1 | conv 128 3
maxpool size=2 stride=2 | conv 256 3 | conv 128 1 | conv 256 3 | maxpool size=2 stride=2 | conv 512 3 | conv 256 1
conv 512 3 | conv 256 1 | conv 512 3 | maxpool size=2 stride=2 | conv 1024 3 | conv 512 1 | conv 1024 3 | conv 512 1
conv 1024 3 | conv 1024 3 | conv 1024 3 | route layers=-9 | conv 64 1 | reorg stride=2 | route layers=-1,-4
conv 1024 3 | lin 425 1 | region classes=80 coords=4 num=5`

const tiny4 = `conv 32 3 2 | conv 64 3 2 | conv 64 3 | route layers=-1 groups=2 group_id=1 | conv 32 3 | conv 32 3 | route layers=-1,-2
conv 64 1 | route layers=-6,-1 | maxpool size=2 stride=2 | conv 128 3 | route layers=-1 groups=2 group_id=1 | conv 64 3
conv 64 3 | route layers=-1,-2 | conv 128 1 | route layers=-6,-1 | maxpool size=2 stride=2 | conv 256 3
route layers=-1 groups=2 group_id=1 | conv 128 3 | conv 128 3 | route layers=-1,-2 | conv 256 1 | route layers=-6,-1
maxpool size=2 stride=2 | conv 512 3 | conv 256 1 | conv 512 3 | lin 255 1 | yolo mask=3,4,5 classes=80
route layers=-4 | conv 128 1 | upsample stride=2 | route layers=-1,23 | conv 256 3 | lin 255 1 | yolo mask=1,2,3 classes=80`

// yolo3 is Darknet-53 without its classifier, and three heads.
func yolo3() string {
	words := []string{"conv 32 3"}
	stage := func(filters, times int) {
		words = append(words, fmt.Sprintf("conv %d 3 2", filters))
		for range times {
			words = append(words, fmt.Sprintf("conv %d 1 | conv %d 3 | shortcut from=-3 activation=linear", filters/2, filters))
		}
	}
	for i, times := range []int{1, 2, 8, 8, 4} {
		stage(64<<i, times)
	}
	head := func(n int, route string) {
		for range 3 {
			words = append(words, fmt.Sprintf("conv %d 1 | conv %d 3", n, 2*n))
		}
		words = append(words, "lin 255 1 | yolo mask=0,1,2 classes=80")
		if route != "" {
			words = append(words, fmt.Sprintf("route layers=-4 | conv %d 1 | upsample stride=2 | route layers=-1,%s", n/2, route))
		}
	}
	head(512, "61")
	head(256, "36")
	head(128, "")
	return strings.Join(words, "\n")
}

// byHand sums what a file of weights holds: k·k·in·out of each convolution with
// 4·out after it (biases, scales, mean, variance), or out where it has no batch
// norm.
func byHand(layers string) int {
	sum := 0
	for part := range strings.SplitSeq(layers, " ") {
		f := strings.Split(part, ",")
		n := func(i int) int { v, _ := strconv.Atoi(f[i]); return v }
		sum += n(0) * n(0) * n(1) * n(2)
		if len(f) == 3 {
			sum += 4 * n(2)
		} else {
			sum += n(2)
		}
	}
	return sum
}

// TestDarknet counts published networks, written here from their layer lists, and
// compares with the floats in their files of weights, 4 bytes each after 16 or 20
// of header (sizes: AlexeyAB/darknet#1910, stackoverflow.com/questions/55374814;
// 62,001,757 also mystic123/tensorflow-yolo-v3#5). YOLOv4-tiny's is the sum by
// hand.
func TestDarknet(t *testing.T) {
	if got := byHand("3,3,16 3,16,32 3,32,64 3,64,128 3,128,256 3,256,512 3,512,1024 1,1024,256 3,256,512 1,512,255,b 1,256,128 3,384,256 1,256,255,b"); got != 8_858_734 {
		t.Errorf("YOLOv3-tiny by hand: %d", got)
	}
	if got := byHand("3,3,32 3,32,64 3,64,64 3,32,32 3,32,32 1,64,64 3,128,128 3,64,64 3,64,64 1,128,128 3,256,256 3,128,128 3,128,128 1,256,256 " +
		"3,512,512 1,512,256 3,256,512 1,512,255,b 1,256,128 3,384,256 1,256,255,b"); got != 6_062_814 {
		t.Errorf("YOLOv4-tiny by hand: %d", got)
	}
	for _, c := range []struct {
		name, words string
		side        int
		floats      string
		outs        []string // of the heads
	}{
		{"yolov3-tiny", tiny3, 416, "8858734", []string{"255×13×13", "255×26×26"}},            // 35,434,956 bytes
		{"yolov2", yolo2, 416, "50983561", []string{"425×13×13"}},                             // 203,934,260 bytes
		{"yolov3", yolo3(), 416, "62001757", []string{"255×13×13", "255×26×26", "255×52×52"}}, // 248,007,048 bytes
		{"yolov4-tiny", tiny4, 416, "6062814", []string{"255×13×13", "255×26×26"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, format, d := tooltest.Open(tooltest.File(c.name+".cfg", []byte(cfg(c.side, c.words))), readers...)
			if d != nil {
				t.Fatal(d)
			}
			r := count.Of(res.Model)
			for _, p := range r.Problems {
				if p.Severity != diag.Note {
					t.Errorf("%v\n%s", p, text.Format(res.Model))
				}
			}
			if got := r.Totals.Params(true).Add(r.Totals.Stats).String(); got != c.floats || format.ID != "darknet" {
				t.Errorf("%s: %s floats, want %s", format.ID, got, c.floats)
			}
			var outs []string
			r.Leaves(func(row *count.Row, _ num.Int) {
				if row.Kind().Name == "opaque" {
					outs = append(outs, row.Out.String())
				}
			})
			if strings.Join(outs, " ") != strings.Join(c.outs, " ") {
				t.Errorf("heads %v, want %v", outs, c.outs)
			}
			t.Logf("%s: %s parameters, %s statistics", c.name, r.Totals.Params(true).Grouped(), r.Totals.Stats.Grouped())
		})
	}
}

// TestDarknetLayers tries what those networks do not have.
func TestDarknetLayers(t *testing.T) {
	for _, c := range []struct{ name, cfg, want string }{
		{"defaults", "[net]\ninputs=10\n[connected]\n[connected]\noutput=4\nactivation=relu\n[softmax]", "i10;l1;sigmoid;l4;r;s"},
		{"pools", "[net]\nwidth=13\nheight=13\nchannels=8\n[maxpool]\nsize=5\nstride=1\n[maxpool]\nsize=2\nstride=2\n[maxpool]\nsize=3\nstride=2\n[avgpool]",
			"i8x13x13;m5s1p2;m2s2psame;m3s2p1;g"},
		{"squeeze and excite", "[net]\nwidth=8\nheight=8\nchannels=16\n[avgpool]\n[conv]\nfilters=16\nactivation=logistic\n[scale_channels]\nfrom=-2\n",
			"i16x8x8;g;mul{|c16k1;sigmoid}"},
		{"a weighted sum", "[net]\nwidth=8\nheight=8\nchannels=4\n[conv]\nfilters=4\nactivation=linear\n[activation]\nactivation=relu\n[shortcut]\nfrom=-2\nweights_type=per_channel",
			"i4x8x8;c4k1;opaque type=shortcut weights=2x4 macs=0 keeps{r|}"},
		{"dense maps", "[net]\nwidth=8\nheight=8\nchannels=3\n[local]\nfilters=2\nsize=3\nactivation=linear",
			"i3x8x8;opaque type=local weights=6x6x2x3x3x3,2x6x6 out=2x6x6 macs=1944"},
		{"gates", "[net]\ninputs=6\n[gru]\noutput=5\n[cost]", "i6;opaque type=gru weights=5x6,5,5x5,5,5x6,5,5x5,5,5x6,5,5x5,5 out=5"},
		{"strange", "[net]\nwidth=4\nheight=4\nchannels=3\n[hologram]\nx=1", "i3x4x4;opaque type=hologram"},
		{"shared", "[net]\nwidth=4\nheight=4\nchannels=3\n[conv]\nfilters=3\nbatch_normalize=1\nactivation=linear\n[conv]\nfilters=3\nbatch_normalize=1\nactivation=linear\nshare_index=0",
			"i3x4x4;l0_conv:c3k1 nobias;l0:b;c3k1 nobias shares@l0_conv;b shares@l0"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, _, d := tooltest.Open(tooltest.File("x.cfg", []byte(c.cfg)), readers...)
			if d != nil {
				t.Fatal(d)
			}
			res.Model.Name = ""
			got := strings.NewReplacer("; ", ";", " @", "@", ": ", ":", " {", "{", "{ ", "{", " }", "}", " |", "|").Replace(text.Compact(res.Model))
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	for src, want := range map[string]catalog.Key{
		"[net]\nwidth=4\nheight=4\nchannels=3\n[route]\nlayers=-2": catalog.ImportInLayer,
		"[net]\nwidth=4\nheight=4\nchannels=3\n[route]\nlayers=0":  catalog.ImportInLayer,
		"[net]\nwidth=4\nheight=4\nchannels=3\n[conv]\nfilters=0":  catalog.ImportInLayer,
		"[net]\nwidth=4\nheight=4\nchannels=99999999999999999999":  catalog.NumberTooLarge,
		"width=4": catalog.ImportNoSection,
	} {
		_, _, d := tooltest.Open(tooltest.File("x.cfg", []byte(src)), readers...)
		if d == nil || d.Say.Key != want {
			t.Errorf("%q: %v, want %s", src, d, want)
		}
	}
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}
