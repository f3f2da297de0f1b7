package catalog

import "testing"

func TestPlace(t *testing.T) {
	for _, c := range []struct {
		m            Message
		line, column int
	}{
		{Say(ImportTextBad, 3, 7, "x"), 3, 7}, {Say(NoticeTextBad, "a.stack", 2, 5, "x"), 2, 5},
		{Say(PythonAtFile, "a.py", 9, 4, "x"), 9, 4}, {Say(PythonAtExpr, 6, "x"), 1, 6},
		{Say(SourceNotFollowed, Say(PythonAt, 12, 8, "x")), 12, 8}, {Say(SourceBranch, Say(PythonLine, 4), SourceTrue), 4, 1},
		{Say(ImportEmpty), 0, 1}, {Say(ImportTextBad), 1, 1}, {Say(TextLabelTwice, "a", 3, 4), 0, 1},
	} {
		if line, column := c.m.Place(); line != c.line || column != c.column {
			t.Errorf("%s is at %d:%d, want %d:%d", c.m.Key, line, column, c.line, c.column)
		}
	}
	// Each sentence of the tables has the places that are stated.
	for _, table := range []map[Key]place{places, toolPlaces} {
		for key, p := range table {
			for _, arg := range []int{p.line, p.column} {
				if text, ok := lookup(key); arg >= 0 && (!ok || !contains(text, arg)) {
					t.Errorf("%s has no argument %d", key, arg)
				}
			}
		}
	}
}

func contains(text Text, arg int) bool {
	for _, s := range text {
		found := false
		for i := 0; i+2 < len(s); i++ {
			found = found || s[i] == '{' && s[i+1] == byte('0'+arg) && s[i+2] == '}'
		}
		if !found {
			return false
		}
	}
	return true
}
