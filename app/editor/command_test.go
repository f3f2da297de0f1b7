package editor

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// TestCommands checks that every command is complete, and that its ID, its key and
// its words are its own.
func TestCommands(t *testing.T) {
	ids, keys := map[string]bool{}, map[string]string{}
	s := start(t, sample)
	for i := range Commands {
		c := &Commands[i]
		if c.ID == "" || ids[c.ID] || ByID(c.ID) != c {
			t.Errorf("the ID %q is missing or given twice", c.ID)
		}
		ids[c.ID] = true
		if len(c.Keys) == 0 {
			t.Errorf("%s has no key", c.ID)
		}
		for _, k := range c.Keys {
			if other := keys[k]; other != "" {
				t.Errorf("%s is the key of %s and %s", k, other, c.ID)
			}
			if keys[k] = c.ID; ByKey(k) != c {
				t.Errorf("%s does not find %s", k, c.ID)
			}
		}
		for _, key := range []catalog.Key{c.Label, c.Section.Label()} {
			if en, ko := catalog.English.In(key), catalog.Korean.In(key); !catalog.Has(key) || en == "" || ko == "" || en == ko {
				t.Errorf("%s is called %q and %q", c.ID, en, ko)
			}
		}
		if c.Section >= Sections || c.Send == nil {
			t.Errorf("%s: section %d, sends %v", c.ID, c.Section, c.Send)
		}
		sound(t, play(s, c.Send)) // panics if Update does not know it
	}
	if ByID("") != nil || ByKey("") != nil || ByKey("ctrl+alt+q") != nil {
		t.Error("there is a command for nothing")
	}
}

// TestEnabled checks that commands are enabled where they can do something.
func TestEnabled(t *testing.T) {
	bare := start(t, sample)
	at := func(k Key) State { return play(bare, Select{Row: k}) }
	for _, c := range []struct {
		id  string
		on  []State
		off []State
	}{
		{"undo", []State{play(bare, Toggle{2, "bias"})}, []State{bare, play(bare, Toggle{2, "bias"}, Undo{})}},
		{"redo", []State{play(bare, Toggle{2, "bias"}, Undo{})}, []State{bare, play(bare, Toggle{2, "bias"})}},
		{"delete", []State{at("2"), at("3"), at("7")}, []State{bare, play(at("2"), Close{})}},
		{"unwrap", []State{at("3"), at("6")}, []State{bare, at("2"), at("7")}},
		{"path", []State{at("6")}, []State{bare, at("3"), at("7")}},
		{"freeze", []State{at("2"), at("11")}, []State{bare, at("5"), at("3"), at("10")}},
		{"add", []State{bare, at("2")}, nil},
	} {
		for i, s := range c.on {
			if !ByID(c.id).On(s) {
				t.Errorf("%s is off in %d", c.id, i)
			}
		}
		for i, s := range c.off {
			if ByID(c.id).On(s) {
				t.Errorf("%s is on in %d", c.id, i)
			}
		}
	}
}

// TestKeyName names keys as browsers report them (KeyboardEvent.key).
func TestKeyName(t *testing.T) {
	for _, c := range []struct {
		key              string
		ctrl, alt, shift bool
		want             string
	}{
		{"z", true, false, false, "ctrl+z"},
		{"Z", true, false, true, "ctrl+shift+z"},
		{"ArrowUp", false, true, false, "alt+up"},
		{"ArrowDown", false, false, true, "shift+down"},
		{"ArrowLeft", true, false, false, "ctrl+left"},
		{"ArrowRight", true, true, true, "ctrl+alt+shift+right"},
		{"?", false, false, true, "?"},
		{"+", false, false, true, "+"},
		{"A", false, false, true, "a"},
		{" ", false, false, false, "space"},
		{"Escape", false, false, false, "esc"},
		{"Delete", false, false, false, "delete"},
		{"Insert", false, false, false, "insert"},
		{"F2", false, false, false, "f2"},
		{"Enter", false, false, true, "shift+enter"},
		{"ㅁ", false, false, true, "ㅁ"},
	} {
		if got := KeyName(c.key, c.ctrl, c.alt, c.shift); got != c.want {
			t.Errorf("%q is %q, want %q", c.key, got, c.want)
		}
	}
}

// TestKinds checks that the walk sends every message of the package.
func TestKinds(t *testing.T) {
	walked := map[string]bool{}
	w := walk(1, start(t, sample))
	for _, kind := range kinds {
		name := reflect.TypeOf(kind(w)).Name()
		if walked[name] {
			t.Errorf("%s is in the list twice", name)
		}
		walked[name] = true
	}
	for _, name := range methodsOf(t, ".", "apply") {
		if !walked[name] {
			t.Errorf("no walk sends %s", name)
		}
	}
}

// methodsOf returns the types of a package that have a method of a name.
func methodsOf(t *testing.T, dir, method string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name == method && f.Recv != nil {
				names = append(names, f.Recv.List[0].Type.(*ast.Ident).Name)
			}
		}
	}
	if len(names) < 10 {
		t.Fatalf("%d types have %s: %v", len(names), method, names)
	}
	return names
}

// allKinds has a row of every kind that a command may distinguish.
const allKinds = `
input 3x8x8                    # 1
a: conv 4 k3                   # 2
bn                             # 3
bn noaffine                    # 4
bn noaffine frozen             # 5
conv 4 k99                     # 6, too large
conv 4 k3 frozen               # 7
repeat 2 { conv 4 k1; relu }   # 8
concat { conv 2 k1 | }         # 11
add { relu }                   # 15, with one path
from @a                        # 18
again @a                       # 20
conv 4 k1 shares @a            # 21
opaque type=Foo weights=10             # 22
prelu                          # 23
`

// TestRowCommands checks that each command is offered on a row exactly where its
// key works, and changes nothing where it is not offered.
func TestRowCommands(t *testing.T) {
	s := play(start(t, allKinds), Unroll{})
	offered := 0
	for _, k := range keys(s.Page) {
		at := play(s, Select{Row: k})
		facts := row(t, at, k).Facts
		for i := range Commands {
			c := &Commands[i]
			if c.Row == nil {
				continue
			}
			if got := facts.Allowed.Has(c.ID); got != c.On(at) {
				t.Errorf("%s on row %s (%s): offered %v, its key works %v", c.ID, k, facts.Title, got, c.On(at))
			} else if got {
				offered++
			}
			if facts.Form == count.FormTurn {
				continue // its repeat is what is selected, so the message would act on that
			}
			after := play(at, c.Send)
			if !c.On(at) && (compact(after) != compact(at) || after.View.Edit != nil) {
				t.Errorf("%s is off on row %s (%s), but makes it %s", c.ID, k, facts.Title, compact(after))
			}
		}
	}
	if offered < 100 {
		t.Errorf("only %d times is a command offered", offered)
	}
	for k, want := range map[Key]bool{"2": true, "3": true, "4": false, "5": true, "6": true, "7": true, "22": true, "23": true} {
		if r := row(t, s, k); r.Facts.Allowed.Has("freeze") != want {
			t.Errorf("%s (%s) can be frozen: %v", k, r.Facts.Title, !want)
		}
	}
}
