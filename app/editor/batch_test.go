package editor

import (
	"strings"
	"testing"
)

// Several files are all opened and kept, and the notice speaks of all of them.
func TestSeveralFiles(t *testing.T) {
	msgs := []Msg{ReadMany{3}, LoadText{"a.stack", "name A\ninput 3x8x8\n"}, ReadDone{Source: "b.onnx", Format: "ONNX", Error: "It is damaged."},
		ReadStarted{"c"}, ReadDone{Source: "c", Format: "Caffe", Text: "name C\ninput 1x4x4\nrelu\n"}}
	s, kept := New(Prefs{}), 0
	for _, m := range msgs {
		var effects []Effect
		if s, effects = Update(s, m); keeps(effects) {
			kept++
		}
	}
	s = play(s, ManyRead{})
	if kept != 2 || s.Name() != "C" || !strings.HasPrefix(notice(s), "Files opened: 2 of 3.") || len(s.Notice.Details) != 3 || s.Notice.Tone != ToneBad || s.Batch != nil {
		t.Errorf("%d kept, %s is shown: %q %q", kept, s.Name(), notice(s), s.Notice.Details)
	}
	if one := play(New(Prefs{}), LoadText{"a.stack", "input 3x8x8\n"}, ManyRead{}); !strings.HasPrefix(notice(one), "Opened a.stack") {
		t.Errorf("of one file it says %q", notice(one))
	}
	if s = play(s, ReadMany{2}, ReadStarted{"d"}, CancelRead{}, ManyRead{}); !strings.Contains(notice(s), "cancel") {
		t.Errorf("cancelled, it says %q", notice(s))
	}
}

// A stack text or a link that is pasted anywhere is opened; what is neither says why.
func TestPaste(t *testing.T) {
	s := New(Prefs{})
	for _, c := range []struct{ pasted, shown string }{
		{"input 3x8x8\nconv 4 k3\n", "i3x8x8;c4k3"}, {"https://host/repo/#1.i3x8x8~c4k3~end", "i3x8x8;c4k3"}, {" #1.i3x8x8~c4k3~end\n", "i3x8x8;c4k3"},
		{"hello", ""}, {"https://host/", ""}, {"input 3x8x8 # a remark", "i3x8x8"},
	} {
		after := play(s, Paste{"Pasted text", c.pasted})
		if c.shown == "" {
			if compact(after) != compact(s) || after.Notice == nil || after.Notice.Tone != ToneBad {
				t.Errorf("%q: %s, %q", c.pasted, compact(after), notice(after))
			}
		} else if got := strings.TrimSuffix(compact(after), "# a remark"); !strings.HasPrefix(got, c.shown) {
			t.Errorf("%q is shown as %s", c.pasted, got)
		}
	}
}
