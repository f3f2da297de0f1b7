package editor

import (
	"strings"
	"testing"
)

// Screen readers read what a command did, the total, and why that is a minimum.
func TestAnnounce(t *testing.T) {
	s := play(start(t, "input 3x8x8\na: conv 4 k3\nb: conv 4 k3\nflatten\nlinear 10\n"), Select{Row: "2"})
	for _, c := range []struct {
		msg  Msg
		want string
	}{
		{Duplicate{}, "Duplicated a. Untitled network: "}, {Delete{}, "Deleted a. "}, {Shift{1}, "Moved a. "}, {WrapRepeat{}, "Wrapped a. "},
		{WrapSkip{}, "Wrapped a. "}, {Freeze{}, "Froze a. "}, {Insert{"relu"}, "Added relu. "},
		{SetField{2, "kernel", "9"}, "Untitled network: ≥ "}, {SetField{2, "kernel", "9"}, ". At least, because of a: "}, {CycleTheme{}, "Theme: light"},
	} {
		_, effects := Update(s, c.msg)
		if got := effect[Announce](t, effects).Text; !strings.Contains(got, c.want) {
			t.Errorf("%T%+v is announced as %q, want %q", c.msg, c.msg, got, c.want)
		}
	}
	_, effects := Update(play(s, Delete{}), Undo{})
	if got := effect[Announce](t, effects).Text; !strings.HasPrefix(got, "Undone. ") {
		t.Errorf("undo is announced as %q", got)
	}
	rows := play(start(t, "input 3x8x8\nrepeat 2 { conv 4 k3 p1; relu }\n"), Select{Row: "2"})
	for _, m := range []Msg{FoldRow{Row: "2"}, Unroll{}} {
		_, effects := Update(rows, m)
		if got := effect[Announce](t, effects).Text; !strings.Contains(got, "ows") {
			t.Errorf("%T is announced as %q", m, got)
		}
	}
}
