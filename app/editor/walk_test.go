package editor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"paramstack/app/kept"
	"paramstack/app/transfer"
	"paramstack/core/arch"
	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/link"
	"paramstack/core/num"
	"paramstack/core/picture"
	"paramstack/core/tensor"
	"paramstack/core/whatif"
	"paramstack/core/zoo"
)

// seed makes every walk go the same way; another finds other things.
const seed = 7

// A walker sends what people might send, in any order, with right and wrong
// arguments.
type walker struct {
	*rand.Rand
	s State
}

// walk begins the nth walk.
func walk(n int, s State) *walker { return &walker{rand.New(rand.NewPCG(seed, uint64(n))), s} }

// pick chooses one of several.
func pick[T any](w *walker, from ...T) T { return from[w.IntN(len(from))] }

// row is a row that is drawn, or none, or one that never was.
func (w *walker) row() Key {
	if n := w.s.Page.Rows; n > 0 && w.IntN(20) > 0 {
		return w.s.Page.Key(w.IntN(n))
	}
	return pick[Key](w, "", "99999", "1@7", "what")
}

// field is a field of the row's kind, or none.
func (w *walker) field(k Key) string {
	if row := w.s.rowOf(k); row != nil && row.Kind() != nil && w.IntN(4) > 0 {
		if fields := row.Kind().Fields; len(fields) > 0 {
			return fields[w.IntN(len(fields))].Name
		}
	}
	return pick(w, "", LabelField, TimesField, "nonsense")
}

func (w *walker) value() string {
	return pick(w, "", "0", "1", "2", "3", "7", "1x7", "64", "48*2", "1000000000", "99999999999999999999", "3x16x16", "3x?x?", "same", "-1", "0.5", "a", "b", "skip", "on", "x", " 4 ", "\x00{")
}

func (w *walker) text() string {
	return pick(w, w.s.Doc.Text, w.s.Doc.Text+"relu\n", w.s.Doc.Text+"con", "# why\n"+w.s.Doc.Text, "", "{", sample, "input 3x8x8; conv 4 k3; repeat 3 { concat { conv 2 k3 p1 | } }")
}

// works are networks that were kept.
func (w *walker) works() []kept.Work {
	return []kept.Work{{Key: "a", Text: "input 3x9x9\n", Draft: pick(w, "", "con")}, {Key: "b", Sealed: true},
		{Key: "c", Name: "C", Text: w.s.Doc.Text}}
}

// edits are messages that change blocks or the view of them; others are all others.
// One function per message, so that every type is sent.
var edits = []func(*walker) Msg{
	func(w *walker) Msg { k := w.row(); return SetField{k.ID(), w.field(k), w.value()} },
	func(w *walker) Msg { k := w.row(); return Toggle{k.ID(), w.field(k)} },
	func(w *walker) Msg { return ApplyFix{w.row(), w.IntN(2), w.IntN(3)} },
	func(w *walker) Msg { return Insert{pick(w, items()...).ID} },
	func(w *walker) Msg { return Delete{} },
	func(w *walker) Msg { return Duplicate{} },
	func(w *walker) Msg { return Shift{pick(w, -1, 1)} },
	func(w *walker) Msg { return WrapRepeat{} },
	func(w *walker) Msg { return WrapSkip{} },
	func(w *walker) Msg { return Unwrap{} },
	func(w *walker) Msg { return Freeze{} },
	func(w *walker) Msg { return AddPath{} },
	func(w *walker) Msg { return Select{w.row(), w.IntN(3) == 0} },
	func(w *walker) Msg { return Go{pick(w, -1, 1, 10, -1000), w.IntN(2) == 0} },
	func(w *walker) Msg { return FoldRow{w.row()} },
	func(w *walker) Msg { return FoldAll{w.IntN(2) == 0} },
	func(w *walker) Msg { return Unroll{} },
	func(w *walker) Msg { return ShowReasons{} },
	func(w *walker) Msg { return ShowMore{} },
	func(w *walker) Msg { k := w.row(); return BeginEdit{k, w.field(k)} },
	func(w *walker) Msg { return Typed{w.value()} },
	func(w *walker) Msg { return EndEdit{w.IntN(2) == 0, w.IntN(2) == 0} },
	func(w *walker) Msg { return Point{w.row(), w.IntN(12) - 1} },
	func(w *walker) Msg { return DragStart{w.row()} },
	func(w *walker) Msg { return DragOver{w.row(), w.IntN(2) == 0} },
	func(w *walker) Msg { return Drop{} },
	func(w *walker) Msg { return DragCancel{} },
	func(w *walker) Msg { return OpenPalette{w.row()} },
	func(w *walker) Msg { return Search{pick(w, "", "conv", "합", "zzz")} },
	func(w *walker) Msg { return Pick{pick(w, -1, 1, 100)} },
	func(w *walker) Msg { n := w.IntN(40); return Look{pick(w, Sight{}, Sight{n, n + 6}, Sight{n, 1000})} },
	func(w *walker) Msg { return ShowHelp{} },
	func(w *walker) Msg { return Close{} },
}

var others = []func(*walker) Msg{
	func(w *walker) Msg { return LoadPreset{pick(w, "toy", "lenet-5", "resnet-18", "nothing")} },
	func(w *walker) Msg { return LoadText{"file", w.text()} },
	func(w *walker) Msg {
		return LoadLink{pick(w, w.s.Fragment(), "1.i3x8x8~end", "1bk.i8x3~lstm_4~n~end", "m=%zz%", ""), w.IntN(4) == 0}
	},
	func(w *walker) Msg { return TypeText{w.text()} },
	func(w *walker) Msg { return Clear{} },
	func(w *walker) Msg { return LoadExample{w.IntN(5) - 1} },
	func(w *walker) Msg { return Undo{} },
	func(w *walker) Msg { return Redo{} },

	func(w *walker) Msg { return ReadStarted{"a.onnx"} },
	func(w *walker) Msg { return ReadProgress{w.IntN(1200) - 100} },
	func(w *walker) Msg {
		return ExplainError{pick(w, "", "mat1 and mat2 shapes cannot be multiplied (16x1152 and 980x10)", "running_mean should contain 64 elements not 32",
			"Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 1, 28, 28] to have 3 channels, but got 1 channels instead")}
	},
	func(w *walker) Msg {
		if w.IntN(2) == 0 {
			return ReadDone{Source: "a.py", Format: "PyTorch", Text: "input 3x8x8; conv 4 k3", More: []string{"input 3; linear 4"},
				Origins: []string{"a:1: x", "a:2: y", "a:3: z"}, Error: pick(w, "", "", "no network"),
				Program: &Program{ID: w.IntN(2), Choices: []transfer.Choice{{Shown: "Net(n)", Call: "Net(n=)"}}[:w.IntN(2)]}}
		}
		return ReadDone{Source: "a.onnx", Format: "ONNX", Text: pick(w, "input 3x8x8; conv 4 k3", "input 3x8x8; bn", "conv", ""), Keras: w.IntN(2) == 0, Notes: make([]string, w.IntN(9)), Error: pick(w, "", "", "damaged")}
	},
	func(w *walker) Msg { return CancelRead{} },
	func(w *walker) Msg { return ReadMany{w.IntN(3)} },
	func(w *walker) Msg { return ManyRead{} },
	func(w *walker) Msg { return Paste{"pasted", pick(w, w.text(), "https://x/#1.i3x8x8~end", "#")} },
	func(w *walker) Msg { return ShowOpened{w.IntN(4) - 1} },
	func(w *walker) Msg { return OpenProgram{} },
	func(w *walker) Msg { return GoToNode{arch.ID(w.IntN(40))} },
	func(w *walker) Msg { return OpenWhy{[...]string{"", "25.6M", "60,954,656", "many"}[w.IntN(4)]} },
	func(w *walker) Msg {
		return AskWhy{[...]string{"62378344", "233 MiB", "2,358만", "1", "-", "600 KB"}[w.IntN(6)]}
	},
	func(w *walker) Msg {
		if open := w.s.Open.Why; open != nil {
			return MoreWhy{open.finder, open.Typed}
		}
		return MoreWhy{}
	},
	func(w *walker) Msg { return TakeTerm{w.IntN(3), w.IntN(4) - 1} },
	func(*walker) Msg { return OpenTools{} },
	func(*walker) Msg { return CopyTools{} },
	func(w *walker) Msg { return OpenWhatIf{} },
	func(w *walker) Msg { return ScopeWhatIf{w.IntN(2) == 0} },
	func(w *walker) Msg { return RankWhatIf{whatif.Order(w.IntN(4))} },
	func(w *walker) Msg { return MoreWhatIf{} },
	func(w *walker) Msg {
		if open := w.s.Open.WhatIf; open != nil {
			return MoreWhatIfs{open.list}
		}
		return MoreWhatIfs{}
	},
	func(w *walker) Msg {
		return ChooseWhatIf{1 + w.IntN(20), pick(w, "4", "0.5", "3/4", "24", "24x20", "x")}
	},
	func(w *walker) Msg { return TakeWhatIf{w.IntN(30)} },
	func(w *walker) Msg { return FitInto{pick(w, "1000", "4 MB int8", "1 KB peak", "many")} },
	func(w *walker) Msg { return MakeProgram{pick(w, "Net(3)", ""), "3x8x8"} },
	func(w *walker) Msg { return OpenExport{} },
	func(w *walker) Msg { return ChooseFormat{pick(w, "csv", "nothing")} },
	func(w *walker) Msg { return FormatWritten{Name: "csv", Text: pick(w, "", "a,b")} },
	func(w *walker) Msg { return SaveExport{} },
	func(w *walker) Msg { return CopyExport{} },
	func(w *walker) Msg { return OpenGallery{} },
	func(w *walker) Msg { return FindCard{pick(w, "", "resnet 18", "zzz")} },
	func(w *walker) Msg { return SortCards{CardOrder(w.IntN(9))} },
	func(w *walker) Msg { return CardsLoaded{pick(w, "", "no cards", "{"), w.IntN(2) == 0} },
	func(w *walker) Msg { return LoadCard{pick(w, "", "resnet-18")} },

	func(w *walker) Msg { return SetLang{pick(w, catalog.English, catalog.Korean)} },
	func(w *walker) Msg { return SetTheme{pick(w, ThemeSystem, ThemeLight, ThemeDark)} },
	func(w *walker) Msg { return CycleTheme{} },
	func(w *walker) Msg { return CycleLang{} },
	func(w *walker) Msg { return SetBiases{w.IntN(2) == 0} },
	func(w *walker) Msg { return SetBinary{w.IntN(2) == 0} },
	func(w *walker) Msg { return SetLayout{pick(w, tensor.ChannelsFirst, tensor.ChannelsLast)} },
	func(w *walker) Msg { return SetFlat{w.IntN(2) == 0} },
	func(w *walker) Msg { return SetKeras{w.IntN(2) == 0} },
	func(w *walker) Msg { return UseOwn{} },
	func(w *walker) Msg { return SetLetters{w.IntN(2) == 0} },
	func(w *walker) Msg { return OpenFind{} },
	func(w *walker) Msg { return CloseFind{} },
	func(w *walker) Msg { return FindRow{pick(w, "", "conv", "4", "add 2", "relu", "zzz")} },
	func(w *walker) Msg { return FindNext{pick(w, 1, -1, 7)} },
	func(w *walker) Msg { return NextProblem{} },
	func(w *walker) Msg { return SortRows{RowOrder(w.IntN(5))} },
	func(w *walker) Msg { return CopyFormula{} },
	func(w *walker) Msg { return CopyNumber{} },
	func(w *walker) Msg { return CopyRows{} },
	func(w *walker) Msg { return BeginTitle{} },
	func(w *walker) Msg { return EndTitle{pick(w, "", "a", "a # b", "x\ny", "이름"), w.IntN(4) == 0} },
	func(w *walker) Msg { return OpenRowMenu{w.row(), w.IntN(100), w.IntN(100)} },
	func(w *walker) Msg {
		return RestorePrefs{Prefs{Lang: catalog.Lang(w.IntN(9)), Theme: Theme(w.IntN(9))}}
	},

	func(w *walker) Msg { return Share{} },
	func(w *walker) Msg { return Shared{} },
	func(w *walker) Msg { return ShareFailed{"https://…"} },
	func(w *walker) Msg { return Download{} },
	func(w *walker) Msg { return WorksRead{w.works(), w.IntN(3) == 0} },
	func(w *walker) Msg { return Resume{pick(w, w.works()...)} },
	func(w *walker) Msg { return LoadFirst{} },
	func(w *walker) Msg { return KeptElsewhere{} },
	func(w *walker) Msg { return OpenRecent{} },
	func(w *walker) Msg { return OpenCompare{} },
	func(w *walker) Msg { return CompareFind{pick(w, "", "resnet 18", "zzz")} },
	func(w *walker) Msg { return CompareCard{pick(w, "lenet-5", "resnet-18", "none")} },
	func(w *walker) Msg { return CompareWork{pick(w, "a", "b", "none")} },
	func(w *walker) Msg { return CompareBack{pick(w, 0, 1, 2, 99)} },
	func(w *walker) Msg {
		return CompareText{pick(w, "input 3x8x8; conv 4 k3", "toy", "blah", "#1.i3x8x8~r~end", "")}
	},
	func(w *walker) Msg { return CompareSwap{} },
	func(w *walker) Msg { return CompareAdd{} },
	func(w *walker) Msg { return CompareDrop{pick(w, 0, 1, 2, 9, -1)} },
	func(w *walker) Msg { return CompareChoose{pick(w, 0, 1, 2, 9, -1)} },
	func(w *walker) Msg { return CompareBy{pick(w, true, false)} },
	func(w *walker) Msg { return CompareFold{pick(w, 0, 1, 5, -1)} },
	func(w *walker) Msg { return CompareMore{} },
	func(w *walker) Msg { return ShareCompare{} },
	func(w *walker) Msg { return CompareFile{LoadText{"a file", pick(w, "input 3; relu", "blah")}} },
	func(w *walker) Msg { return OpenWork{pick(w, "a", "b", "c", "d")} },
	func(w *walker) Msg { return EraseWork{pick(w, "a", "b", "d")} },
	func(w *walker) Msg { return EraseAll{} },
	func(w *walker) Msg { return RestoreErased{} },
	func(w *walker) Msg { return StoreFull{} },
	func(w *walker) Msg { return MadeRoom{w.works()} },
	func(w *walker) Msg { return NewVersion{} },
	func(w *walker) Msg { return Reload{} },
	func(w *walker) Msg { return Failed{"why"} },
	func(w *walker) Msg { return FileFailed{"file", "why"} },
	func(w *walker) Msg { return Dismiss{} },
	func(w *walker) Msg { return DismissLesson{} },
	func(w *walker) Msg { return ToggleMenu{} },
	func(w *walker) Msg { return ShowDiagram{w.IntN(2) == 0} },
	func(w *walker) Msg { return FitDiagram{300 + 20*w.IntN(60), 200 + 20*w.IntN(20), w.IntN(2) == 0} },
	func(w *walker) Msg { return ChooseTab{w.IntN(2) == 0} },
	func(w *walker) Msg { return DetailDiagram{} },
	func(w *walker) Msg { return DrawDiagram{} },
	func(w *walker) Msg { return BarDiagram{} },
	func(w *walker) Msg { return Print{"https://example.org/#1.i3"} },
	func(w *walker) Msg { return Printed{} },
	func(w *walker) Msg { return FlipLabel{picture.Labels(1 << w.IntN(4))} },
	func(w *walker) Msg { return FlipCaption{"https://example.org"} },
	func(w *walker) Msg { return FlipGround{} },
	func(w *walker) Msg { return FlipMarks{} },
	func(w *walker) Msg { return FlipPage{} },
	func(w *walker) Msg { return EmbedParts{Embed(w.IntN(4))} },
	func(w *walker) Msg { return EmbedHeight{w.IntN(1000)} },
	func(w *walker) Msg { return SavePixels{w.IntN(5)} },
	func(w *walker) Msg { return CloseMenu{} },
	func(w *walker) Msg { return DragFiles{w.IntN(2) == 0} },
	func(w *walker) Msg { return Copied{w.IntN(2) == 0} },
}

var kinds = slices.Concat(edits, others)

// starts are the networks at which walks begin: nested repeats whose repetitions
// differ, labels, a broken layer, a preset.
var starts = []string{
	sample,
	"input 3x8x8\nrepeat 3 { concat { conv 2 k3 p1 | }; repeat 2 { conv 5 k1; bn } }\nflatten\nlinear 10\n",
	"# why\ninput 3x16x16\ne: conv 4 k3 p1 # first\nmaxpool 2\nconv 4 k3 p1 g3\nadd @e\nlinear 10\n# end\n",
	"name 이름\ninput 3x8x8\nadd { add { conv 3 k1 | @skip | } | skip: relu }\nrepeat 1000000000 { conv 3 k3 p1 frozen }\n",
	zoo.ByID("resnet-18").Text,
	"input 3x16x16\n" + strings.Repeat("conv 4 k3 p1\nbn\nrelu\n", 60), // long: only what is in sight is made at once
}

// TestWalk sends messages of every type at random and checks every state.
func TestWalk(t *testing.T) {
	steps := 400
	if testing.Short() {
		steps = 60
	}
	for n, src := range starts {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			w := walk(n, start(t, src))
			var m Msg
			defer func() {
				if fault := recover(); fault != nil {
					t.Errorf("%T%+v of\n%s", m, m, w.s.Doc.Text)
					panic(fault)
				}
			}()
			for range steps {
				if m = pick(w, edits...)(w); w.IntN(4) == 0 {
					m = pick(w, others...)(w)
				}
				before, shown := w.s, compact(w.s)
				w.s, _ = Update(before, m)
				if len(w.s.Doc.Text) > 4000 { // duplicating again and again makes walks slow
					w.s = play(w.s, LoadText{"again", src})
				}
				sound(t, w.s)
				sums(t, w.s)
				serials(t, before.Page, w.s.Page)
				if compact(before) != shown {
					t.Fatalf("%T%+v changed the state before it", m, m)
				}
				if t.Failed() {
					t.Fatalf("after %T%+v", m, m)
				}
			}
			there(t, w.s)
		})
	}
}

// serials checks that runs with the same serial number are equal, on one page and
// on the next.
func serials(t *testing.T, pages ...*Page) {
	t.Helper()
	known := map[int]*Run{}
	for _, p := range pages {
		for i, run := range p.Runs {
			if other := known[run.Serial]; other != nil && other != run || run.Serial == 0 {
				t.Fatalf("run %d has the serial number %d of another", i, run.Serial)
			}
			known[run.Serial] = run
		}
	}
}

// sums checks that totals are the sum of the layers, and of the outermost rows.
func sums(t *testing.T, s State) {
	t.Helper()
	report := s.Doc.Report
	total := report.Totals
	var params, macs num.Int
	var add func(rows []*count.Row, times num.Int)
	add = func(rows []*count.Row, times num.Int) {
		for _, r := range rows {
			own := r.Counts
			switch r.Form {
			case count.FormLeaf:
			case count.FormBranch: // a join may learn
				own = r.Own
			default:
				own = count.Counts{}
			}
			params = params.Add(own.Params(true).Mul(times))
			macs = macs.Add(own.MACs.Mul(times))
			add(r.Children, times.Times(r.Turns()))
		}
	}
	add(report.Rows, num.Of(1))
	top := count.Sum(report.Rows)
	if !total.Params(true).Equal(params) || !total.MACs.Equal(macs) || !top.Params(true).Equal(params) || !top.MACs.Equal(macs) {
		t.Errorf("total %s, rows %s, layers %s", total.Params(true), top.Params(true), params)
	}
	var family num.Int
	for g := range layer.Groups {
		family = family.Add(total.Groups[g].Params(true))
	}
	if !family.Equal(params) {
		t.Errorf("families sum to %s, layers to %s", family, params)
	}
}

// there walks back through the whole history, and forward again.
func there(t *testing.T, s State) {
	t.Helper()
	s = play(s, EndEdit{})
	past := len(s.History.Past)
	s = play(s, Redo{})
	for len(s.History.Future) > 0 {
		s = play(s, Redo{})
	}
	type moment struct{ text, total, link string }
	now := func(s State) moment {
		return moment{s.Doc.Text, s.Doc.Report.Totals.Params(true).String(), s.Fragment()}
	}
	var seen []moment
	for len(s.History.Past) > 0 {
		seen = append(seen, now(s))
		s = play(s, Undo{})
	}
	if len(seen) < past {
		t.Errorf("%d steps went back, there were %d", len(seen), past)
	}
	for i := len(seen) - 1; i >= 0; i-- {
		if s = play(s, Redo{}); now(s) != seen[i] {
			t.Fatalf("redone it is\n%+v\nit was\n%+v", now(s), seen[i])
		}
	}
	if len(s.History.Future) != 0 {
		t.Errorf("%d more can be redone", len(s.History.Future))
	}
	sound(t, s)
}

// TestPure sends one message to one state twice.
func TestPure(t *testing.T) {
	for n, src := range starts {
		w := walk(n, play(start(t, src), Select{Row: "2"}, Select{Row: "4", Extend: true}))
		page := show(w.s.Page)
		for _, kind := range kinds {
			m := kind(w)
			a, _ := Update(w.s, m)
			b, _ := Update(w.s, m)
			if show(a.Page) != show(b.Page) || a.Doc.Text != b.Doc.Text || len(a.History.Past) != len(b.History.Past) {
				t.Errorf("%T%+v does something else the second time", m, m)
			}
			if show(w.s.Page) != page {
				t.Fatalf("%T%+v changed the page before it", m, m)
			}
		}
	}
}

// TestShared checks that an edit keeps the pointers of runs of rows that it does
// not touch, and a message that changes nothing keeps all.
func TestShared(t *testing.T) {
	s := play(New(Prefs{}), LoadPreset{"resnet-152"}, Unroll{})
	if s.Page.Hidden != 0 || len(s.Page.Runs) < 20 {
		t.Fatalf("%d runs, %d hidden", len(s.Page.Runs), s.Page.Hidden)
	}
	last := s.Page.Key(s.Page.Rows - 1)
	for _, c := range []struct {
		name string
		msg  Msg
		want int // how many runs are rebuilt, at most
	}{
		{"nothing", Dismiss{}, 0},
		{"the help", ShowHelp{}, 0},
		{"the cursor", Select{Row: last}, 1},
		{"pointing", Point{last, 0}, 2},
		{"a label", SetField{last.ID(), LabelField, "head"}, 1},
		{"folding the last block", FoldRow{"no such row"}, 0},
	} {
		s := play(s, Dismiss{})
		after := play(s, c.msg)
		fresh := 0
		for i := range after.Page.Runs {
			if after.Page.Runs[i] != s.Page.Runs[i] {
				fresh++
			}
		}
		if fresh > c.want {
			t.Errorf("%s: %d of %d runs are new, want %d", c.name, fresh, len(after.Page.Runs), c.want)
		}
	}
	// Equal repetitions share one set of facts.
	facts := map[*Facts]bool{}
	for _, r := range allRows(s.Page) {
		facts[r.Facts] = true
	}
	if len(facts) > s.Page.Rows/2 {
		t.Errorf("%d rows have %d facts", s.Page.Rows, len(facts))
	}
}

// The links of all presets decode to them, so what is shared is what is shown.
func TestPresetLinks(t *testing.T) {
	for _, net := range zoo.Presets {
		s := play(New(Prefs{}), LoadPreset{net.ID})
		m, d := link.Decode("#" + s.Fragment())
		if d != nil || !arch.Same(m, s.Doc.Model) {
			t.Errorf("%s: %v", net.ID, d)
		}
		if after := play(New(Prefs{}), LoadPreset{"toy"}, LoadLink{s.Fragment(), false}); after.Doc.Preset != net.ID {
			t.Errorf("%s opens as %q", net.ID, after.Doc.Preset)
		}
	}
}
