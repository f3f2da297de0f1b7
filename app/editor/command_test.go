package editor

import (
	"reflect"
	"testing"

	"paramstack/core/catalog"
)

// TestCommands wants every command to be complete, to be found by what it is
// found by, and to be nobody else's.
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

// TestEnabled wants commands on where they can do something.
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

// The walk's list of messages is to hold what the commands send, too.
func TestKinds(t *testing.T) {
	known := map[reflect.Type]bool{}
	w := walk(1, start(t, sample))
	for _, kind := range kinds {
		m := kind(w)
		if known[reflect.TypeOf(m)] {
			t.Errorf("%T is in the list twice", m)
		}
		known[reflect.TypeOf(m)] = true
	}
	for _, c := range Commands {
		if !known[reflect.TypeOf(c.Send)] {
			t.Errorf("no walk sends %T", c.Send)
		}
	}
}
