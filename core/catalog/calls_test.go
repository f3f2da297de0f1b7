package catalog

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestCalls cannot see the arguments of a sentence that is chosen in one place
// and said in another. These lists say how many there are.
var (
	// collectors are functions that take a key and what it is about, and say it
	// later with one list of all that was collected. factorOf finds what says it.
	collectors = map[string]int{"rule": 1, "NoteAbout": 1, "say": 1, "lora": 1, "states": 1, "tryRowsWith": 1, "factorOf": 2}

	// holders are the fields of structs that hold a key: layer.Factor.Says is said
	// by count.Explain with the number and where it comes from.
	holders = map[string]int{"Says": 2}

	// chosen are keys assigned to a variable.
	chosen = map[Key]int{
		DeriveNote: 1, DeriveProblem: 1, DeriveShared: 1, DeriveSharedPart: 1, DeriveAnd: 2, DeriveComma: 2,
		ChannelsLast: 4, NoChannels: 4,
		FactorDistances: 2, FactorEntry: 2, FactorIndex: 2, FactorRowOf: 2, PadBeyondHalf: 3, PadBeyondKernel: 3, KindDoc("again"): 1,
		RemarkTrainable: 3, RemarkTrainableKeras: 3,
		LawWidth: 2, LawInput: 3, LawDepth: 2, LawDepthGrows: 2, LawDepthVaries: 2,
	}

	// listed is how many arguments the keys in a list of notes have: the names
	// that each is about.
	listed = 1
)

// TestCalls reads the source of everything that says a sentence, and requires
// each call to pass as many arguments as the sentence has places, and each
// sentence to be said somewhere.
func TestCalls(t *testing.T) {
	src := readSource(t)
	c := caller{t: t, fset: src.fset, keys: src.keys, speakers: map[string][]int{}, used: map[Key]bool{}}
	for _, f := range src.files {
		c.findSpeakers(f)
	}
	for _, f := range src.files {
		c.file(f)
	}
	for _, name := range slices.Sorted(maps.Keys(src.keys)) {
		if key := src.keys[name]; !c.used[key] {
			t.Errorf("nothing says %s (%s)", name, key)
		}
	}
	if c.checked < 600 {
		t.Errorf("only %d calls were checked", c.checked)
	}
	t.Logf("%d calls were checked", c.checked)
}

// A source is the part of the tree that speaks, and the keys by the names of
// their constants.
type source struct {
	fset  *token.FileSet
	files []*ast.File
	keys  map[string]Key
}

func readSource(t *testing.T) source {
	src := source{fset: token.NewFileSet(), keys: map[string]Key{}}
	for _, root := range []string{"../../core", "../../app"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(src.fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			if f.Name.Name == "catalog" {
				constants(f, src.keys)
			}
			src.files = append(src.files, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return src
}

// constants collects the constants of type Key.
func constants(f *ast.File, keys map[string]Key) {
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); !ok || id.Name != "Key" || len(v.Values) != 1 {
				continue
			}
			if lit, ok := v.Values[0].(*ast.BasicLit); ok {
				key, _ := strconv.Unquote(lit.Value)
				keys[v.Names[0].Name] = Key(key)
			}
		}
	}
}

// A caller goes through the calls.
type caller struct {
	t        *testing.T
	fset     *token.FileSet
	keys     map[string]Key
	speakers map[string][]int // by name: where a function that ends in (key Key, args ...any) has its key
	used     map[Key]bool
	checked  int
	own      bool // the file is of this package
	stack    []ast.Node
}

// findSpeakers collects functions and closures that take a key and its arguments.
func (c *caller) findSpeakers(f *ast.File) {
	note := func(name string, typ *ast.FuncType) {
		at, last := 0, -1
		for _, p := range typ.Params.List {
			n := max(len(p.Names), 1)
			if _, variadic := p.Type.(*ast.Ellipsis); variadic && last == at-1 && last >= 0 {
				c.speakers[name] = append(c.speakers[name], last)
			}
			if isKeyType(p.Type) {
				last = at + n - 1
			}
			at += n
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			note(n.Name.Name, n.Type)
		case *ast.AssignStmt:
			for i, right := range n.Rhs {
				if lit, ok := right.(*ast.FuncLit); ok && i < len(n.Lhs) {
					if id, ok := n.Lhs[i].(*ast.Ident); ok {
						note(id.Name, lit.Type)
					}
				}
			}
		case *ast.Field: // a parameter that is such a function
			if typ, ok := n.Type.(*ast.FuncType); ok {
				for _, id := range n.Names {
					note(id.Name, typ)
				}
			}
		}
		return true
	})
}

func isKeyType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "Key"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Key" && isPackage(e.X)
	}
	return false
}

func isPackage(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "catalog"
}

// file checks every key that is written in a file.
func (c *caller) file(f *ast.File) {
	c.own = f.Name.Name == "catalog"
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			c.stack = c.stack[:len(c.stack)-1]
			return true
		}
		c.stack = append(c.stack, n)
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if key, ok := c.key(e); ok && (!c.own || c.inFunction()) {
			c.used[key] = true
			c.place(e, key)
		}
		return true
	})
}

// inFunction distinguishes a use in this package from the tables.
func (c *caller) inFunction() bool {
	return slices.ContainsFunc(c.stack, func(n ast.Node) bool { _, ok := n.(*ast.FuncDecl); return ok })
}

// key returns the key that an expression is: a constant, or a call of one of the
// functions that make keys of names, with the name written out.
func (c *caller) key(e ast.Expr) (Key, bool) {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		key, ok := c.keys[e.Sel.Name]
		return key, ok && isPackage(e.X)
	case *ast.Ident:
		key, ok := c.keys[e.Name]
		if len(c.stack) > 1 {
			if _, selected := c.stack[len(c.stack)-2].(*ast.SelectorExpr); selected {
				return "", false
			}
		}
		return key, ok && c.own
	case *ast.CallExpr:
		sel, ok := e.Fun.(*ast.SelectorExpr)
		if !ok || !isPackage(sel.X) || len(e.Args) != 1 {
			return "", false
		}
		made := map[string]func(string) Key{"KindDoc": KindDoc, "KindName": KindName, "FieldName": FieldName, "FieldDoc": FieldDoc, "FieldUnset": FieldUnset}[sel.Sel.Name]
		lit, ok := e.Args[0].(*ast.BasicLit)
		if made == nil || !ok {
			return "", false
		}
		name, _ := strconv.Unquote(lit.Value)
		return made(name), true
	}
	return "", false
}

// place checks one key where it is used.
func (c *caller) place(e ast.Expr, key Key) {
	places := len(arguments(all()[key][English]))
	if places == 0 {
		// It needs no arguments, but must not be given any either.
		if call, at := c.call(e); call != nil && slices.Contains(c.speakers[callee(call)], at) && len(call.Args) > at+1 {
			c.t.Errorf("%s: %s has no places, but is said with arguments", c.fset.Position(e.Pos()), key)
		}
		c.checked++
		return
	}
	switch parent := c.stack[len(c.stack)-2].(type) {
	case *ast.CallExpr:
		name, at := callee(parent), slices.Index(parent.Args, e)
		switch {
		case slices.Contains(c.speakers[name], at) && !parent.Ellipsis.IsValid():
			c.checked++
			if got := len(parent.Args) - at - 1; got != places {
				c.t.Errorf("%s: %s is said with %d arguments and has %d places", c.fset.Position(e.Pos()), key, got, places)
			}
		default:
			c.elsewhere(e, key, places, collectors[name])
		}
	case *ast.KeyValueExpr:
		id, _ := parent.Key.(*ast.Ident)
		if id == nil || parent.Value != e {
			c.elsewhere(e, key, places, listed)
			return
		}
		c.elsewhere(e, key, places, holders[id.Name])
	case *ast.CompositeLit:
		c.elsewhere(e, key, places, listed)
	case *ast.AssignStmt:
		c.elsewhere(e, key, places, chosen[key])
	case *ast.BinaryExpr: // compared, not said
	default:
		c.elsewhere(e, key, places, 0)
	}
}

// call returns the call that an expression is an argument of, and which.
func (c *caller) call(e ast.Expr) (*ast.CallExpr, int) {
	call, ok := c.stack[len(c.stack)-2].(*ast.CallExpr)
	if !ok {
		return nil, 0
	}
	return call, slices.Index(call.Args, e)
}

// elsewhere checks a sentence that is said elsewhere, with that many arguments.
func (c *caller) elsewhere(e ast.Expr, key Key, places, got int) {
	c.checked++
	if places > got {
		c.t.Errorf("%s: %s has %d places, but nothing shows that it is said with more than %d arguments: see the lists at TestCalls",
			c.fset.Position(e.Pos()), key, places, got)
	}
}

func callee(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
