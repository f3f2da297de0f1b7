package graph

import (
	"testing"

	"paramstack/core/arch"
	"paramstack/core/text"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, stack, want string }{
		{"blocks of a list", "input 8\na.0.fc: linear 8\nrelu\na.1.fc: linear 8\nrelu\na.2.fc: linear 8\nrelu\n",
			"input 8\na: repeat 3 {\n  a.fc: linear 8\n  relu\n}\n"},
		{"names with numbers", "input 8\nblock1.fc: linear 8\nblock2.fc: linear 8\n", "input 8\nblock: repeat 2 {\n  block.fc: linear 8\n}\n"},
		{"layers of a sequence are no blocks", "input 8\nf.0: linear 8\nrelu\nf.2: linear 8\nrelu\n",
			"input 8\nf.0: linear 8\nrelu\nf.2: linear 8\nrelu\n"},
		{"others differ", "input 8\na.0.fc: linear 8\na.1.fc: linear 9\n", "input 8\na.0.fc: linear 8\na.1.fc: linear 9\n"},
		{"a block that others refer to", "input 8\na.0.fc: linear 8\na.1.fc: linear 8\nconcat @a.0.fc\n",
			"input 8\na.0.fc: linear 8\na.1.fc: linear 8\nconcat @a.0.fc\n"},
	} {
		file, problems := text.Parse(c.stack)
		if len(problems) > 0 {
			t.Fatal(problems[0])
		}
		if got := text.Format(arch.New("", Fold(file.Model.Body), nil)); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", c.name, got, c.want)
		}
	}
}
