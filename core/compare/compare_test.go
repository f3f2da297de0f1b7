package compare_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/compare"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/internal/randnet"
	"paramstack/core/text"
)

func stack(t *testing.T, src string) compare.Stack {
	t.Helper()
	file, problems := text.Parse(src)
	for _, d := range problems {
		if d.Severity == diag.Error {
			t.Fatalf("%s: %v", src, d.Say)
		}
	}
	return compare.Counted(file.Model)
}

// lines writes a result, a row a line: the mark, what it is on each side where that
// differs, what changed, and the numbers that the formulas differ in.
func lines(r *compare.Result) string {
	var b strings.Builder
	r.Walk(func(row *compare.Row, depth int) {
		b.WriteString(strings.Repeat("  ", depth) + row.Mark.Sign() + " ")
		was, is := statement(row.A), statement(row.B)
		if was == "" || was == is {
			b.WriteString(is)
		} else if b.WriteString(was); is != "" {
			b.WriteString(" → " + is)
		}
		var what []string
		for _, c := range row.Changes {
			if c.Field == nil {
				what = append(what, c.Name())
			}
		}
		for _, f := range r.Factors(row, count.PyTorch) {
			what = append(what, fmt.Sprintf("%s>%s", f.A, f.B))
		}
		if len(what) > 0 {
			b.WriteString(" [" + strings.Join(what, " ") + "]")
		}
		b.WriteString("\n")
	})
	return strings.TrimSuffix(b.String(), "\n")
}

func statement(s *compare.Side) string {
	switch {
	case s == nil:
		return ""
	case s.Path >= 0 && s.From() != "":
		return "| @" + s.From()
	case s.Path >= 0:
		return "|"
	}
	label := s.Node.Head().Label
	if label != "" {
		label += ": "
	}
	return label + text.Statement(s.Node)
}

// cases are pairs of networks and how they are aligned.
var cases = []struct{ name, a, b, want string }{
	{"nothing", "input 3x8x8; conv 4 k3", "input 3x8x8; conv 4 k3", `
= input 3x8x8
= conv 4 k3`},
	{"an option, and what follows from it", "input 3x8x8; conv 4 k3; relu; conv 8 k3", "input 3x8x8; conv 6 k3; relu; conv 8 k3", `
= input 3x8x8
~ conv 4 k3 → conv 6 k3 [4>6 4>6]
= relu
~ conv 8 k3 [4>6]`},
	{"one bias less", "input 3x8x8; conv 4 k3", "input 3x8x8; conv 4 k3 nobias", `
= input 3x8x8
~ conv 4 k3 → conv 4 k3 nobias [4>]`},
	{"the depth of a repeat", "input 4x8; repeat 3 { linear 8; relu }", "input 4x8; repeat 6 { linear 8; relu }", `
= input 4x8
~ repeat 3 → repeat 6 [times]
  ~ linear 8
  = relu`},
	{"a further layer among equal ones is where its depth is",
		"input 3x32x32; conv 8 k3 p1; conv 16 k3 p1; conv 16 k3 p1",
		"input 3x32x32; conv 8 k3 p1; conv 16 k3 p1; conv 16 k3 p1; conv 16 k3 p1", `
= input 3x32x32
= conv 8 k3 p1
= conv 16 k3 p1
= conv 16 k3 p1
+ conv 16 k3 p1`},
	{"put into a repeat", "input 4x8x8; conv 4 k3 p1; relu; maxpool 2", "input 4x8x8; repeat 2 { conv 4 k3 p1; relu }; maxpool 2", `
= input 4x8x8
+ repeat 2
  ~ conv 4 k3 p1
  = relu
= maxpool 2`},
	{"put into a skip, and changed", "input 4x8x8; conv 4 k3 p1; bn; relu", "input 4x8x8; add { conv 4 k3 p1 nobias; bn; | }; relu", `
= input 4x8x8
+ add
  + |
    ~ conv 4 k3 p1 → conv 4 k3 p1 nobias [4>]
    = bn
  + |
= relu`},
	{"taken out of a repeat of skips", "input 4x8x8; repeat 2 { add { conv 4 k3 p1; bn | }; relu }", "input 4x8x8; conv 4 k3 p1; bn; relu", `
= input 4x8x8
− repeat 2
  − add
    − |
      ~ conv 4 k3 p1
      ~ bn
    − |
  = relu`},
	{"paths in another order", "input 4x8x8; add { conv 8 k1; bn | conv 8 k3 p1; bn }", "input 4x8x8; add { conv 8 k3 p1; bn | conv 8 k1; bn }", `
= input 4x8x8
= add
  ~ | [place]
    = conv 8 k3 p1
    = bn
  = |
    = conv 8 k1
    = bn`},
	{"a path more", "input 4x8x8; concat { conv 8 k1 | conv 8 k3 p1 }", "input 4x8x8; concat { conv 8 k1 | maxpool 3 s1p1; conv 2 k1 | conv 8 k3 p1 }", `
= input 4x8x8
= concat
  = |
    = conv 8 k1
  + |
    + maxpool 3 s1 p1
    + conv 2 k1
  = |
    = conv 8 k3 p1`},
	{"labels help", "input 4x8; a: linear 8; b: linear 8", "input 4x8; b: linear 8", `
= input 4x8
− a: linear 8
= b: linear 8`},
	{"labels do not decide", "input 4x8; a: linear 8; relu", "input 4x8; b: linear 8; relu", `
= input 4x8
~ a: linear 8 → b: linear 8 [label]
= relu`},
	{"words of statements", "input 4x8; a: linear 8; linear 8; repeat 2 { relu }; again @a",
		"input 4x8; a: linear 8; c: linear 8 frozen shares @a; repeat 2 shared { relu }; again @c", `
= input 4x8
= a: linear 8
~ linear 8 → c: linear 8 frozen shares @a [frozen shares label 8> 8> 8>]
~ repeat 2 → repeat 2 shared [shared]
  = relu
~ again @a → again @c [again]`},
	{"a side head that is switched off", "input 4x8; l: linear 8; side { linear 2 | @l linear 3 }", "input 4x8; l: linear 8; side off { linear 2 | @l linear 3 }", `
= input 4x8
= l: linear 8
~ side → side off
  = |
    = linear 2
  = | @l
    ~ linear 3 [8> 3> 3>]`},
	{"another kind in one place", "input 3x8x8; conv 4 k3; bn; relu; maxpool 2; conv 8 k1; dropout",
		"input 3x8x8; conv 4 k3; layernorm; gelu; avgpool 2; conv 8 k1; identity", `
= input 3x8x8
= conv 4 k3
~ bn → layernorm [kind 4>6 4>6]
~ relu → gelu [kind]
~ maxpool 2 → avgpool 2 [kind]
= conv 8 k1
~ dropout → identity [kind]`},
	{"another kind, renamed and with options of its own", "input 4x8; r: lstm 4; dropout; linear 2",
		"input 4x8; g: gru 8; linear 2", `
= input 4x8
~ r: lstm 4 → g: gru 8 [kind label 4>3 4>8 4>3 4>8 4>8 4>3 4>8 4>3 4>8]
− dropout
~ linear 2 [4>8]`},
	{"paths joined in another way", "input 4x8x8; add { conv 4 k3 p1; bn | }; relu", "input 4x8x8; concat { conv 4 k3 p1; bn | }; relu", `
= input 4x8x8
~ add → concat [kind]
  = |
    = conv 4 k3 p1
    = bn
  = |
= relu`},
	{"unlike networks", "input 4x8x8; conv 4 k3; relu; conv 8 k3; relu; conv 9 k3", "input 4x8x8; lstm 4; relu; lstm 8; relu; lstm 3", `
= input 4x8x8
− conv 4 k3
− relu
− conv 8 k3
− relu
− conv 9 k3
+ lstm 4
+ relu
+ lstm 8
+ relu
+ lstm 3`},
}

func TestAligned(t *testing.T) {
	for _, c := range cases {
		r := compare.Of(stack(t, c.a), stack(t, c.b))
		if got := lines(r); got != strings.TrimPrefix(c.want, "\n") {
			t.Errorf("%s:\n%s\nwanted%s", c.name, got, c.want)
		}
		holds(t, c.name, c.a, c.b)
	}
}

// holds requires what is true of any two networks, in both directions.
func holds(t *testing.T, name, a, b string) {
	t.Helper()
	for range 2 {
		if wrong := broken(stack(t, a), stack(t, b)); wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		a, b = b, a
	}
}

// broken returns what is wrong with the comparison of two networks, "" if nothing is.
func broken(a, b compare.Stack) string {
	r := compare.Of(a, b)
	if wrong := sums(r); wrong != "" {
		return wrong
	}
	made := r.Apply(a.Model)
	if got, want := text.Format(made), text.Format(b.Model); got != want {
		return "marks: make\n" + got + "\nnot\n" + want
	}
	ids := map[arch.ID]bool{}
	twice := false
	made.Walk(func(n arch.Node) {
		twice = twice || ids[n.Head().ID]
		ids[n.Head().ID] = true
	})
	if twice {
		return "ids: two nodes of what the marks make have the same"
	}
	return ""
}

// Comments and the name are edits too, in every place where a text can have them.
func TestComments(t *testing.T) {
	const a = "name One\n# above\ninput 4x8 # behind\nadd {\nrelu\n# tail\n|\n}\nrepeat 2 {\nrelu\n# t\n}\n# end\n"
	const b = "name Two\n# other\ninput 4x8 # other\nadd {\nrelu\n# others\n|\n# new\n}\nrepeat 2 {\n# r\nrelu\n}\n# ende\n# two\n"
	holds(t, "comments", a, b)
	holds(t, "no comments", a, "input 4x8")
	r := compare.Of(stack(t, a), stack(t, b))
	r.Walk(func(row *compare.Row, _ int) {
		if row.Edited() {
			t.Errorf("%s is said to differ in more than its comments", statement(row.A))
		}
	})
}

// Random networks of all kinds, each with the one before it.
func TestRandom(t *testing.T) {
	before := "input 3x8x8"
	randnet.Hold(t, 400, 2000, randnet.Options{Broken: 0.1}, func(source string) string {
		a, _ := text.Parse(before)
		b, _ := text.Parse(source)
		before = source
		wrong := broken(compare.Counted(a.Model), compare.Counted(b.Model))
		if wrong != "" {
			wrong += "\nfrom " + text.Format(a.Model)
		}
		return wrong
	})
}

// Beyond the limit the alignment is cut and ordered, and all that holds still holds.
func TestCoarse(t *testing.T) {
	var a, b strings.Builder
	a.WriteString("input 3x8x8\n")
	b.WriteString("input 4x8x8\n")
	for i := range 6000 {
		fmt.Fprintf(&a, "conv %d k3 p1; relu\n", 1+i%7)
		fmt.Fprintf(&b, "conv %d k3 p1; relu; bn\n", 1+i%11)
		if i%500 == 250 {
			fmt.Fprintf(&a, "linear %d\n", i)
			fmt.Fprintf(&b, "linear %d\n", i)
		}
	}
	x, y := stack(t, a.String()), stack(t, b.String())
	r := compare.Of(x, y)
	if !r.Coarse {
		t.Error("12,000 statements are within the limit")
	}
	if wrong := broken(x, y); wrong != "" {
		t.Error(wrong[:min(len(wrong), 500)])
	}
	anchors := 0
	r.Walk(func(row *compare.Row, _ int) {
		if row.A != nil && row.B != nil && strings.HasPrefix(statement(row.A), "linear") {
			anchors++
		}
	})
	if anchors != 12 {
		t.Errorf("%d of the 12 statements that both have once are pairs", anchors)
	}
}

// What is unknown on one side makes the difference a lower bound, on row and totals.
func TestUnknown(t *testing.T) {
	r := compare.Of(stack(t, "input 3x8x8; conv 4 k3"), stack(t, "input 3x8x8; conv 4 k3; opaque type=Mystery; conv 4 k3"))
	totals := compare.Params(r.A.Report.Totals.Counts, r.B.Report.Totals.Counts, count.PyTorch)
	if totals.AtLeastA || !totals.AtLeastB || !totals.AtLeast() {
		t.Errorf("the totals' bounds are %v and %v", totals.AtLeastA, totals.AtLeastB)
	}
	if wrong := sums(r); wrong != "" {
		t.Error(wrong)
	}
}

// A record has digits for all numbers, and its rows add up to its totals.
func TestRecord(t *testing.T) {
	r := compare.Of(stack(t, "name A; input 3x8x8; c: conv 4 k3; relu"), stack(t, "name B; input 3x8x8; c: conv 6 k5; repeat 2 { bn }"))
	got := r.Record(count.PyTorch)
	rows := got["rows"].([]any)
	row := rows[1].(map[string]any)
	if row["mark"] != "~" || row["a"] != "c" || row["kind"] != "conv" || row["textB"] != "conv 6 k5" || row["outA"] != "4×6×6" {
		t.Errorf("the row of the convolution is %v", row)
	}
	params := row["params"].(map[string]any)
	if params["a"] != "112" || params["b"] != "456" || params["difference"] != "344" || params["factor"] != "4.07143" {
		t.Errorf("its parameters are %v", params)
	}
	if what := fmt.Sprint(row["changed"]); what != "[map[a:4 b:6 name:filters] map[a:3 b:5 name:kernel]]" {
		t.Errorf("what changed is %s", what)
	}
	if gone := rows[2].(map[string]any); gone["mark"] != "−" || gone["b"] != nil || gone["a"] != "relu1" {
		t.Errorf("the row that is gone is %v", gone)
	}
	// What differs only by what enters it, or by how often it is run, states that.
	follows := compare.Of(stack(t, "input 3x8x8; conv 4 k3; conv 4 k3; repeat 2 { relu; conv 4 k1 }"),
		stack(t, "input 3x8x8; conv 4 k3 s2; conv 4 k3; repeat 3 { relu; conv 4 k1 }")).Record(count.PyTorch)["rows"].([]any)
	for i, want := range map[int]string{1: "[map[a:1 b:2 name:stride]]", 2: "[map[a:4×6×6 b:4×3×3 name:input]]",
		5: "[map[a:4×4×4 b:4×1×1 name:input] map[a:2 b:3 name:times]]"} {
		if row := follows[i].(map[string]any); row["mark"] != "~" || fmt.Sprint(row["changed"]) != want {
			t.Errorf("row %d is %v", i, row)
		}
	}
	totals := got["totals"].(map[string]any)
	if p := totals["params"].(map[string]any); p["difference"] != "368" || p["a"] != "112" || p["b"] != "480" {
		t.Errorf("the totals are %v", p)
	}
	if p := totals["peak"].(map[string]any); p["a"] == "0" || p["b"] == "0" {
		t.Errorf("the peaks are %v", p)
	}
}
