package stackfile

import (
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// TestOwnFiles reads our own files: stack text, links, and reports with a stack text
// in them.
func TestOwnFiles(t *testing.T) {
	const report = `{"format":"paramstack report 1","name":"n","text":"name n\ninput 3x8x8\nconv 4 k3\n","totals":{"weights":"108","biases":"4","buffers":"0","macs":"3888","atLeast":false},"rows":[` + "\n" + `]}`
	const shown = "name n;i3x8x8;c4k3"
	for _, c := range []struct{ name, src, want, note string }{
		{"a.stack", "name n\ninput 3x8x8\nconv 4 k3\n", shown, ""},
		{"a.txt", "# by hand\n\ninput 3x8x8; conv 4 k3\n", "name a;i3x8x8;c4k3", ""},
		{"link.txt", "https://example.org/paramstack/#1.i3x8x8~c4k3~end\n", "name link;i3x8x8;c4k3", ""},
		{"report.json", report, shown, ""},
		{"by another tool.json", strings.Replace(report, `":"`, `": "`, -1), shown, ""},
		{"changed.json", strings.Replace(report, "conv 4 k3", "conv 5 k3", 1), "name n;i3x8x8;c5k3", "The report states 108, but its stack text adds up to 135. The stack text was used."},
		{"without.json", strings.Replace(report, `"text"`, `"other"`, 1), "", "The report contains no stack text, so it cannot be opened."},
		{"wrong.json", strings.Replace(report, "conv 4 k3", "conv 4 k3 z9", 1), "", "Line 3, column 11: "},
		{"cut.json", report[:len(report)-2], "", "The file is damaged"},
	} {
		r, format, d := tooltest.Open(tooltest.File(c.name, []byte(c.src)), readers...)
		switch {
		case format == nil || format.ID != "stack":
			t.Errorf("%s: read as %v", c.name, format)
		case d != nil:
			if got := d.Say.In(catalog.English); c.want != "" || !strings.HasPrefix(got, c.note) {
				t.Errorf("%s: %s, want %s%s", c.name, got, c.want, c.note)
			}
		default:
			note := ""
			if len(r.Notes) > 0 {
				note = r.Notes[0].Say.In(catalog.English)
			}
			if got := text.Compact(r.Model); got != c.want || note != c.note {
				t.Errorf("%s: %s, %q, want %s, %q", c.name, got, note, c.want, c.note)
			}
		}
	}
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}
