package editor

import (
	"strings"
	"testing"

	"paramstack/app/transfer"
)

// TestRead opens a network from a file: it is shown and listed, and undo goes back;
// what cannot be read changes nothing.
func TestRead(t *testing.T) {
	s := play(start(t, sample), ReadStarted{"a.onnx"}, ReadProgress{400}, ReadProgress{200})
	if s.Job == nil || s.Job.Permill != 400 {
		t.Fatalf("the job is %+v", s.Job)
	}
	before := compact(s)
	read := play(s, ReadDone{Source: "a.onnx", Format: "ONNX", Text: "name A\ninput 3x8x8\nconv 4 k3\n", Notes: []string{"one", "two"}, Doubt: true})
	if read.Job != nil || compact(read) != "name A;i3x8x8;c4k3" || notice(read) != "Opened a.onnx (ONNX)." || len(read.Notice.Details) != 2 || read.Notice.Tone != ToneInfo {
		t.Errorf("%s, %q %+v", compact(read), notice(read), read.Notice)
	}
	if got := compact(play(read, Undo{})); got != before {
		t.Errorf("undo goes back to %s", got)
	}
	second := play(read, ReadDone{Source: "b", Format: "Caffe", Text: "input 1x4x4\nrelu\n"}, ShowOpened{0})
	if len(second.Opened) != 2 || compact(second) != "name A;i3x8x8;c4k3" {
		t.Errorf("%d opened, %s shown", len(second.Opened), compact(second))
	}
	both := play(s, ReadDone{Source: "d", Format: "Caffe", Text: "name D\ninput 1x4x4\nrelu\n", More: []string{"name D (TRAIN)\ninput 1x5x5\nrelu\n", "conv", "name E\ninput 1\nrelu\n"}})
	if len(both.Opened) != 3 || both.Opened[1].Name != "D (TRAIN)" || compact(both) != "name D;i1x4x4;r" || compact(play(both, ShowOpened{1})) != "name D (TRAIN);i1x5x5;r" {
		t.Errorf("%+v opened, %s shown", both.Opened, compact(both))
	}
	many := play(s, ReadDone{Source: "c", Format: "x", Text: "input 1x4x4", Notes: make([]string, 20)})
	if n := len(many.Notice.Details); n != mostNotes+1 || !strings.Contains(many.Notice.Details[mostNotes], "14") {
		t.Errorf("%d details", n)
	}
	for _, m := range []ReadDone{{Source: "x", Error: "It is damaged."}, {Source: "x", Format: "ONNX", Error: "It is damaged."}, {Source: "x", Format: "ONNX", Text: "conv"}} {
		if bad := play(s, m); bad.Job != nil || compact(bad) != before || bad.Notice.Tone != ToneBad {
			t.Errorf("%+v: %s, %q", m, compact(bad), notice(bad))
		}
	}
	_, effects := Update(s, CancelRead{})
	effect[StopRead](t, effects)
}

// TestExport writes the network in a format, and ignores the answer to an earlier
// request.
func TestExport(t *testing.T) {
	s := start(t, "name My net\ninput 3x8x8\nconv 4 k3\n")
	s, effects := Update(s, OpenExport{})
	if w := effect[WriteFormat](t, effects); w.Request.Format != transfer.Formats[0].Name || w.Request.Text != s.Doc.Text {
		t.Errorf("asks for %+v", w)
	}
	s = play(s, ChooseFormat{"latex"}, FormatWritten{Name: transfer.Formats[0].Name, Text: "late"})
	if !s.Open.Export.Busy || s.Open.Export.Text != "" {
		t.Error("an answer to the question before is shown")
	}
	s = play(s, FormatWritten{Name: "latex", Text: "\\toprule", Problems: []string{"p"}})
	if s.Open.Export.Busy || s.Open.Export.Text == "" || len(s.Open.Export.Problems) != 1 {
		t.Errorf("%+v", s.Open.Export)
	}
	_, effects = Update(s, SaveExport{})
	if f := effect[SaveFile](t, effects); f.Name != "my-net-latex.tex" {
		t.Errorf("saved as %s", f.Name)
	}
	_, effects = Update(s, CopyExport{})
	effect[CopyText](t, effects)
	if play(s, Close{}).Open.Export != nil {
		t.Error("the sheet stays")
	}
}
