package text_test

import (
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"paramstack/core/arch"
	"paramstack/core/diag"
	"paramstack/core/internal/tooltest"
	"paramstack/core/layer"
	"paramstack/core/text"
)

func parse(t testing.TB, src string) arch.Model {
	t.Helper()
	file, problems := text.Parse(src)
	for _, d := range problems {
		line, column := text.Position(src, d.Span.Start)
		t.Fatalf("%d:%d: %v in\n%s", line, column, d, src)
	}
	return file.Model
}

// TestGolden writes each text in every style. See testdata/README.md.
func TestGolden(t *testing.T) {
	tooltest.Golden(t, "testdata/golden/*.txtar", 1, func(t *testing.T, archive *txtar.Archive) []txtar.File {
		m := parse(t, string(archive.Files[0].Data))
		same(t, m)
		short, ok := text.Short(m)
		if !ok {
			short = "(cannot be said)"
		}
		return []txtar.File{
			{Name: "format", Data: []byte(text.Format(m))},
			{Name: "compact", Data: []byte(text.Compact(m) + "\n")},
			{Name: "short", Data: []byte(short + "\n")},
		}
	})
}

// same wants every style of a model to read as the model, and the formatted text
// to stay as it is.
func same(t testing.TB, m arch.Model) {
	t.Helper()
	formatted := text.Format(m)
	again := parse(t, formatted)
	if !arch.Same(again, m) {
		t.Errorf("the formatted text reads as another model:\n%s", formatted)
	}
	if twice := text.Format(again); twice != formatted {
		t.Errorf("formatting is not idempotent\n--- once\n%s--- twice\n%s", formatted, twice)
	}
	if s := text.Compact(m); !arch.Same(parse(t, s), m) {
		t.Errorf("the compact text reads as another model:\n%s\n%s", s, formatted)
	}
	if s, ok := text.Short(m); ok {
		if !arch.Same(parse(t, text.Long(s)), m) {
			t.Errorf("the short text reads as another model:\n%s\n%s", s, formatted)
		}
		if i := strings.IndexFunc(s, func(r rune) bool {
			return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~", r)
		}); i >= 0 {
			t.Errorf("%q has %q, which an address cannot hold", s, s[i:])
		}
	}
}

// TestSpellings wants different ways to write the same to read the same.
func TestSpellings(t *testing.T) {
	for _, group := range [][]string{
		{
			"conv 96 k11 s4", "CONV 96 K11 S4", "Conv2D 96 k11s4", "c96k11s4", "conv96k11s4", "conv2d96k11s4",
			"c96 k11 s4", "conv k11 s4 96", "conv 96 kernel=11 stride=4", "conv 96 kernel 11 stride 4",
			"conv filters=96 kernel 11x11 s 4", "conv 96 k=11 s=4", "\tconv  96\tk11 s4 ; ", ";;conv 96 k11 s4\r\n",
			"conv\u00a096\u3000k11 s4", "\ufeffconv 96 k11 s4", "conv 96 k11 s4 p0 d1 g1 bias=on mode=zeros",
		},
		{"conv 48*2 k1", "conv 48x2 k1", "conv 48×2 k1", "conv 48·2 k1", "c48x2k1", "c48*2k1"},
		{"conv 8 k3 psame nobias", "c8k3psame nobias", "conv 8 k3 padding=SAME bias=off", "conv 8 k3 padding same bias off", "conv 8 nobias k3psamed1"},
		{"conv 8 k1x7 p0x3", "c8k1x7p0x3", "conv 8 kernel=1×7 padding 0×3", "C8K1X7P0X3"},
		{"maxpool 3 s2 ceil", "m3s2 ceil", "maxpool k3 s2 ceil=on", "maxpool 3 s2 ceil on", "maxpool kernel=3 ceil yes s2"},
		{"maxpool 3 s2", "m3s2", "maxpool 3 s2 ceil off", "maxpool2d 3 s2 d1"},
		{"bn noaffine eps=0.001", "b eps 0.001 affine off", "batchnorm2d affine=off eps 1e-3"},
		{"relu6", "ReLU6"},
		{"dropout 0.25", "d.25", "d0.25", "dropout p 0.25", "dropout p=25e-2", "dropout2.5e-1"},
		{"leakyrelu -1e-05", "leakyrelu-1e-5", "leakyrelu slope=-0.00001"},
		{"input 3x227x227", "i3x227x227", "input 3×227×227", "input3x227x227"},
		{"lrn 5; lrn", "n5;n", "n\nlrn size=5"},
		{"a: relu", "relu as a", "a : relu", "r as a"},
		{"repeat 3 { relu }", "repeat3{r}", "REPEAT 3{\n\nrelu;;\n}"},
		{"a: repeat 3 { relu }", "repeat 3 as a { relu }"},
		{"a: relu; concat dim=2 { | @a }", "relu as a; cat dim 2 @a", "a:r;concat @a dim=2", "a: relu\nconcat dim=2 {\n|\n# c\n\n@a\n}"},
		{"a: relu; add { conv 8 k1 | @a bn; relu }", "a:r;add{c8k1|@a;b;r}", "a: relu\nadd {\nconv 8 k1\n|\n@a\nbn\nrelu\n}"},
		{"linear 10 frozen nobias", "fc 10 nobias FROZEN", "l10 frozen bias off"},
		{"name  A  B ;relu", "name A B # c\nrelu", "relu\nNAME A B"},
	} {
		want := parse(t, group[0])
		if len(want.Body) == 0 {
			t.Errorf("%q has no layers", group[0])
		}
		for _, src := range group {
			m := parse(t, src)
			if !arch.Same(m, want) {
				t.Errorf("%q reads as\n%s, want\n%s", src, text.Format(m), text.Format(want))
			}
			same(t, m)
		}
	}
}

// TestComments wants each comment at its place, and all of them kept.
func TestComments(t *testing.T) {
	m := parse(t, `# first
## second
#
name N # behind the name
conv 8 k1 # behind conv
# above add
x: add { # behind brace
  # above bn
  bn; relu # behind relu
  # tail of path 1
| # on the bar
  # tail of path 2
} # behind close

repeat 2 {
  # only a comment
}
# tail
`)
	want := `name N
# first
# second
#
# behind the name
conv 8 k1  # behind conv
# above add
x: add {  # behind brace behind close
  # above bn
  bn
  relu  # behind relu
  # tail of path 1
|
  # on the bar
  # tail of path 2
}
repeat 2 {
  # only a comment
}
# tail
`
	if got := text.Format(m); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	same(t, m)
}

// TestStatement writes single statements, of blocks the head.
func TestStatement(t *testing.T) {
	m := parse(t, "a: conv 48*2 k11 s4 nobias frozen # c\nrepeat 3 { relu }\nconcat dim=2 { relu | }\nconcat @a")
	want := []string{"conv 48*2 k11 s4 nobias frozen", "repeat 3", "concat dim=2", "concat @a"}
	for i, n := range m.Body {
		if got := text.Statement(n); got != want[i] {
			t.Errorf("%q, want %q", got, want[i])
		}
	}
}

// TestSpans wants the place of each node and path.
func TestSpans(t *testing.T) {
	src := "name N\n a: conv 8 k1  # c\nbad 1; repeat 2 { relu ;bn }\nadd { relu | } # c\nconcat @a @b\nadd {|@a bn\n}"
	file, problems := text.Parse(src)
	if len(problems) != 1 {
		t.Fatal(problems)
	}
	got := map[string]bool{}
	count := 0
	see := func(id arch.ID) {
		s, ok := file.Spans[id]
		if !ok {
			t.Errorf("node %d has no place", id)
			return
		}
		count++
		got[src[s.Start:s.End]] = true
	}
	file.Model.Walk(func(n arch.Node) {
		see(n.Head().ID)
		if b, ok := n.(*arch.Branch); ok {
			for _, p := range b.Paths {
				see(p.ID)
			}
		}
	})
	if count != len(file.Spans) {
		t.Errorf("%d places for %d nodes and paths", len(file.Spans), count)
	}
	for _, want := range []string{
		"a: conv 8 k1", "repeat 2 { relu ;bn }", "relu", "bn", "add { relu | }", "", " relu", "concat @a @b", "@a", "@b", "add {|@a bn\n}", "@a bn",
	} {
		if !got[want] {
			t.Errorf("nothing stands at %q: %v", want, got)
		}
	}
}

// TestFormatForeign formats models that no text gave, such as imported ones.
func TestFormatForeign(t *testing.T) {
	relu := arch.NewLeaf(arch.Head{Above: []string{"two\nlines", ""}, After: "# \r\n\xff"}, layer.ByName("relu").New(), false)
	m := arch.New(" : a;b#c\nd\x00 "+strings.Repeat("é", 300), []arch.Node{relu}, []string{"x\ny"})
	s := text.Format(m)
	file, problems := text.Parse(s)
	if len(problems) > 0 || len(file.Model.Body) != 1 || text.Format(file.Model) != s {
		t.Errorf("%v in\n%s", problems, s)
	}
	if !strings.HasPrefix(s, "name a b c d éé") || !strings.Contains(s, "# two lines\n#\nrelu  # #\n# x y\n") {
		t.Errorf("formatted as\n%s", s)
	}
}

func TestPosition(t *testing.T) {
	const src = "ab\n층 x\n"
	for _, c := range []struct{ offset, line, column int }{
		{-1, 1, 1}, {0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {6, 2, 2}, {7, 2, 3}, {len(src), 3, 1}, {99, 3, 1},
	} {
		if line, column := text.Position(src, c.offset); line != c.line || column != c.column {
			t.Errorf("offset %d is %d:%d, want %d:%d", c.offset, line, column, c.line, c.column)
		}
	}
}

func TestCheckLabel(t *testing.T) {
	m := parse(t, "a: relu; b: relu")
	id := m.Body[0].Head().ID
	for label, ok := range map[string]bool{
		"": true, "a": true, "b": false, "c": true, "1a": false, "a b": false, "합성곱1": true, "conv2.x": true, "a:b": false,
		strings.Repeat("é", text.MaxLabel): true, strings.Repeat("é", text.MaxLabel+1): false,
	} {
		if d := text.CheckLabel(m, id, label); (d == nil) != ok {
			t.Errorf("label %q: %v", label, d)
		}
	}
}

// TestNames wants the names of kinds and options not to get in each other's way:
// texts that were read once must be read the same for ever.
func TestNames(t *testing.T) {
	reserved := map[string]bool{"name": true, "repeat": true, "as": true, "frozen": true, "shares": true, "shared": true, "again": true}
	for _, k := range layer.Kinds {
		for _, name := range append([]string{k.Name, k.Alias}, k.Also...) {
			if name == "" {
				continue
			}
			if reserved[name] || name != strings.ToLower(name) || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
				t.Errorf("%s: %q cannot be a kind's name", k.Name, name)
			}
			// Glued, the name must not have been another layer's before.
			letters := strings.TrimRight(name, "0123456789")
			for _, src := range []string{letters + " " + name[len(letters):] + " k3", letters + " " + name[len(letters):]} {
				if letters == name {
					break
				}
				if _, problems := text.Parse(src); len(problems) == 0 {
					t.Errorf("%s: %q reads as %q", k.Name, name, src)
				}
			}
		}
		if len(k.Fields) > 64 {
			t.Errorf("%s has more than 64 fields", k.Name)
		}
		seen := map[string]int{}
		for i := range k.Fields {
			f := &k.Fields[i]
			if strings.Trim(f.Short, "abcdefghijklmnopqrstuvwxyz") != "" || strings.HasPrefix(f.Short, "x") || strings.HasPrefix(f.Short, "e") {
				t.Errorf("%s: %q cannot be a short name: it must be letters, and begin with none that stands in numbers", k.Name, f.Short)
			}
			for j := range k.Fields {
				if g := &k.Fields[j]; i != j && f.Short != "" && strings.HasPrefix(g.Short, f.Short) {
					t.Errorf("%s: the short name %q begins with %q", k.Name, g.Short, f.Short)
				}
			}
			names := map[string]bool{f.Name: true, f.Short: true, f.Off: true}
			for name := range names {
				if name == "" {
					continue
				}
				seen[name]++
				if reserved[name] {
					t.Errorf("%s: %q is a word of the notation: the field needs another name (what PyTorch calls it is in its vocabulary row)", k.Name, name)
				} else if seen[name] > 1 || strings.ContainsAny(name, " =@#;:{}|") {
					t.Errorf("%s: %q cannot be a field's name", k.Name, name)
				}
			}
			if _, ok := f.At(k.New()).(*layer.Switch); ok != (f.Off != "") {
				t.Errorf("%s: %s must have a word of its own if and only if it is a switch", k.Name, f.Name)
			}
		}
	}
}

func problemsOf(src string) []*diag.Diag {
	_, problems := text.Parse(src)
	return problems
}
