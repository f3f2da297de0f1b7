package ui

import (
	"go/ast"
	"go/token"
	"strconv"
	"testing"

	"paramstack/app/editor"
)

// TestActs checks that every act is in the table once.
func TestActs(t *testing.T) {
	known := map[act]bool{}
	for _, d := range deeds {
		if known[d.act] {
			t.Errorf("%s is in the table twice", d.act)
		}
		known[d.act] = true
	}
	acts := 0
	for _, d := range parse(t, "acts.go").Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			acts++
			name, err := strconv.Unquote(s.(*ast.ValueSpec).Values[0].(*ast.BasicLit).Value)
			if err != nil || !known[act(name)] {
				t.Errorf("no one knows what %s does (%v)", name, err)
			}
		}
	}
	if acts != len(deeds) {
		t.Errorf("%d acts, %d in the table", acts, len(deeds))
	}
}

// TestPrefs checks that each button changes its preference and nothing else, there
// and back, and that what is stored is read again.
func TestPrefs(t *testing.T) {
	for _, p := range prefs {
		s := editor.New(editor.Prefs{})
		if p.is(s.Prefs) {
			t.Errorf("%s is on by default", p.pref)
		}
		s, _ = editor.Update(s, p.flip(s.Prefs))
		var read editor.Prefs
		p.set(&read)
		if !p.is(s.Prefs) || !p.is(read) {
			t.Errorf("%s: flipped %+v, read %+v", p.pref, s.Prefs, read)
		}
		if s, _ = editor.Update(s, p.flip(s.Prefs)); s.Prefs != (editor.Prefs{}) {
			t.Errorf("%s there and back is %+v", p.pref, s.Prefs)
		}
	}
}
