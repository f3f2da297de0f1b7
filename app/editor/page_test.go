package editor

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// formula is a row's formula and value as the page shows them.
func formula(t testing.TB, s State, name string) string {
	t.Helper()
	f := row(t, s, named(t, s, name)).Facts
	return pieceText(f.Formula) + " = " + f.Value
}

// TestBlogPost checks the numbers of the blog post, as written there.
func TestBlogPost(t *testing.T) {
	for _, c := range []struct {
		preset, row, want string
	}{
		{"toy", "conv1", "5·5·3·4 = 300"},
		{"toy", "conv2", "5·5·4·10 = 1,000"},
		{"alexnet-post", "conv1", "11·11·3·(48·2) = 34,848"},
		{"alexnet-post", "conv2", "5·5·48·128·2 = 307,200"},
		{"alexnet-post", "conv3", "3·3·(128·2)·(192·2) = 884,736"},
		{"alexnet-post", "conv4", "3·3·192·192·2 = 663,552"},
		{"alexnet-post", "conv5", "3·3·192·128·2 = 442,368"},
		{"alexnet-post", "linear1", "(13·13·128·2)·(2048·2) = 177,209,344"},
	} {
		s := play(New(Prefs{}), LoadPreset{c.preset})
		if got := formula(t, s, c.row); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.row, c.preset, got, c.want)
		}
	}
	// The pool that the post leaves out makes the first dense layer 4.69 times smaller.
	s := play(New(Prefs{}), LoadPreset{"alexnet-post"})
	s = play(s, OpenPalette{named(t, s, "conv5")}, Insert{"maxpool"})
	pool := s.View.Cursor.ID()
	s = play(s, SetField{pool, "kernel", "3"}, SetField{pool, "stride", "2"})
	if got := formula(t, s, "linear1"); got != "(6·6·128·2)·(2048·2) = 37,748,736" {
		t.Errorf("with the pool: %s", got)
	}
	if s = play(s, SetFlat{true}); formula(t, s, "linear1") != "9216·(2048·2) = 37,748,736" {
		t.Errorf("flat: %s", formula(t, s, "linear1"))
	}
}

// TestFormulas checks the contents of rows of each form.
func TestFormulas(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"alexnet-2012"})
	for name, want := range map[string]string{"conv1": "11·11·3·96 + 96 = 34,944", "conv2": "5·5·48·128·2 + 256 = 307,456", "linear1": "(6·6·256)·4096 + 4096 = 37,752,832"} {
		if got := formula(t, s, name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	s = play(s, SetBiases{false})
	if got := formula(t, s, "conv1"); got != "11·11·3·96 = 34,848" {
		t.Errorf("without biases: %s", got)
	}
	s = start(t, sample)
	for k, want := range map[Key]string{"3": "2 × 148 = 296", "6": " = 20", "4": "3·3·4·4 + 4 = 148"} {
		f := row(t, s, k).Facts
		if got := pieceText(f.Formula) + " = " + f.Value; got != want {
			t.Errorf("row %s: %s, want %s", k, got, want)
		}
	}
	if r := row(t, s, "4"); r.Times != "2" || r.Share != "15.8 %" {
		t.Errorf("a repetition counts %s times and has %s", r.Times, r.Share)
	}
}

// TestFacts checks what scripts and other tests read.
func TestFacts(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"alexnet-2012"})
	f := row(t, s, named(t, s, "conv1")).Facts
	if f.Kind != "conv" || f.Form != count.FormLeaf || f.OutExact != "96x55x55" || f.Params != "34944" || f.MACsRaw != "105415200" || f.In != "3×227×227" || f.Out != "96×55×55" {
		t.Errorf("%+v", f)
	}
	texts := map[string]string{}
	for _, c := range f.Chips {
		texts[c.Field] = c.Text
		if c.Label == "" || c.Doc == "" || strings.HasPrefix(c.Doc, "field.") {
			t.Errorf("%s is called %q, explained %q", c.Field, c.Label, c.Doc)
		}
	}
	for field, want := range map[string]string{"filters": "96", "kernel": "11×11", "stride": "stride 4"} {
		if texts[field] != want {
			t.Errorf("%s shows %q, want %q", field, texts[field], want)
		}
	}
	sum := s.Page.Summary
	if want := (Raw{"60965224", "60954656", "10568", "60965224", "0", "724406816"}); sum.Raw != want {
		t.Errorf("raw totals %+v", sum.Raw)
	}
	if sum.Params != "60,965,224" || sum.Short != "61.0 M" || sum.MACs != "724.4 M" || sum.FLOPs != "1.45 G" || sum.Layers != "8" || sum.Title != "AlexNet 2012" {
		t.Errorf("%+v", sum)
	}
	if len(sum.ParamShares) != 2 || sum.ParamShares[0].Share != "3.83 %" || sum.ParamShares[1].Share != "96.2 %" {
		t.Errorf("shares %+v", sum.ParamShares)
	}
	if len(sum.Sizes) != 3 || sum.Sizes[0].Bytes != "243.9 MB" || sum.Sizes[2].Bytes != "61.0 MB" {
		t.Errorf("sizes %+v", sum.Sizes)
	}
}

// What cannot be counted is marked, and the total is "at least".
func TestAtLeast(t *testing.T) {
	s := start(t, "input 3x8x8\nconv 4 k3\nconv 8 k3 g3\nconv 5 k1\n")
	if sum := s.Page.Summary; !sum.AtLeast || sum.Params != "≥ 157" || s.Page.Issues != 1 {
		t.Errorf("%s, %d issues", sum.Params, s.Page.Issues)
	}
	if v := row(t, s, "3").Facts.Value; v != "not counted" {
		t.Errorf("the broken layer has %s", v)
	}
}

// TestLight points at numbers: the row whose channels they are lights up, and
// the chip they are written in.
func TestLight(t *testing.T) {
	post := play(New(Prefs{}), LoadPreset{"alexnet-post"})
	for _, c := range []struct {
		row, number string
		nth         int    // of the numbers that read so
		source      string // the row lit up, "" if none
		lit         string // its chip, or the row's own
		tip         string
	}{
		{"conv2", "48", 0, "conv1", "filters", "48: kernel depth. conv1 outputs 96 channels, and with 2 groups each kernel sees 96 / 2 of them."},
		{"conv2", "5", 0, "", "kernel", "5: kernel height."},
		{"conv2", "5", 1, "", "kernel", "5: kernel width."},
		{"conv2", "128", 0, "", "filters", "128: filters per group, 256 / 2 groups."},
		{"conv2", "2", 0, "", "groups", "2: groups. A kernel sees only the channels of its own group."},
		{"conv1", "48·2", 0, "", "filters", "48·2 = 96 (2 lanes of 48): filters of this layer, which is also the number of output channels."},
		{"conv3", "128·2", 0, "conv2", "filters", "128·2 = 256 (2 lanes of 128): kernel depth. conv2 outputs 256 channels, and a kernel is always as deep as its input."},
		{"conv3", "192·2", 0, "", "filters", "192·2 = 384 (2 lanes of 192): filters of this layer, which is also the number of output channels."},
		{"linear1", "128·2", 0, "conv5", "filters", "128·2 = 256 (2 lanes of 128): channels of the feature map from conv5."},
		{"conv1", "3", 0, "input1", "shape", "3: kernel depth. input1 outputs 3 channels, and a kernel is always as deep as its input."},
		{"linear1", "13", 0, "conv5", "filters", "13: side of the feature map from conv5. A fully connected layer has a weight for every position, so here the size of the map does matter."},
		{"linear2", "2048·2", 0, "linear1", "features", "2048·2 = 4096 (2 lanes of 2048): inputs of each output, from linear1."},
	} {
		s := play(post, Point{named(t, post, c.row), tokenOf(t, post, c.row, c.number, c.nth)})
		hot := row(t, s, named(t, s, c.row))
		if hot.Tip != c.tip {
			t.Errorf("%s of %s: %q, want %q", c.number, c.row, hot.Tip, c.tip)
		}
		if pieces := hot.Facts.Formula; hot.Hot < 0 || pieces[hot.Hot].Text != c.number {
			t.Errorf("%s of %s lights piece %d", c.number, c.row, hot.Hot)
		}
		lit := hot.LitField
		for _, k := range keys(s.Page) {
			r := row(t, s, k)
			if name := s.rowOf(k).Name; r.Source != (name == c.source) {
				t.Errorf("%s of %s: %s lit %v", c.number, c.row, name, r.Source)
			}
			if r.Source {
				lit = r.LitField
			}
		}
		if lit != c.lit {
			t.Errorf("%s of %s lights the chip %q, want %q", c.number, c.row, lit, c.lit)
		}
		whole(t, s)
		if dark := play(s, Point{Token: -1}); show(dark.Page) != show(post.Page) {
			t.Errorf("%s of %s stays lit", c.number, c.row)
		}
	}
	conv2 := named(t, post, "conv2")
	for _, none := range []Point{{conv2, 1}, {conv2, 999}, {"no row", 0}, {named(t, post, "flatten1"), 0}} {
		if show(play(post, none).Page) != show(post.Page) {
			t.Errorf("%+v lights something", none)
		}
	}
}

// tokenOf finds the nth number of a formula that reads so.
func tokenOf(t testing.TB, s State, name, number string, nth int) int {
	t.Helper()
	for i, p := range row(t, s, named(t, s, name)).Facts.Formula {
		if p.Num && p.Text == number {
			if nth == 0 {
				return i
			}
			nth--
		}
	}
	t.Fatalf("%s has no %s", name, number)
	return 0
}

// TestSharedName checks that a row that shares weights shows the present name of
// their owner, even if nothing else of the row has changed.
func TestSharedName(t *testing.T) {
	s := start(t, "input 3x8x8\na: repeat 2 shared { conv 3 k3 p1 }\nrelu\n")
	s = play(s, FoldAll{Open: true})
	for _, name := range []string{"a", "b"} {
		s = play(s, SetField{s.Doc.Report.Rows[1].ID, LabelField, name})
		said := ""
		for _, r := range allRows(s.Page) {
			said += r.Facts.Value + "; "
		}
		if want := catalog.English.In(catalog.CountedAt, name); !strings.Contains(said, want) {
			t.Errorf("the rows say %s, want %q", said, want)
		}
	}
}
