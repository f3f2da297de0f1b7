package syntax

import "math/big"

// An Expr is an expression. The list of its forms is this file.
type Expr interface{ Place() Pos }

// A Stmt is a statement. The list of its forms is this file.
type Stmt interface{ Place() Pos }

// At is the place where a node begins.
type At struct{ Pos Pos }

// Place returns where a node begins.
func (a At) Place() Pos { return a.Pos }

// The expressions.
type (
	Name struct {
		At
		ID string
	}
	None     struct{ At }
	Ellipsis struct{ At }
	Bool     struct {
		At
		Value bool
	}
	Int struct {
		At
		Value int64
		Big   *big.Int // if it does not fit
	}
	Float struct {
		At
		Value     float64
		Imaginary bool
	}
	Str struct {
		At
		Value string
		Bytes bool
	}
	// FString is text with values in it. A part is text or a value.
	FString struct {
		At
		Parts []FPart
	}
	Tuple struct {
		At
		Items []Expr
	}
	List struct {
		At
		Items []Expr
	}
	Set struct {
		At
		Items []Expr
	}
	// Dict has a nil key where a value is **unpacked.
	Dict struct {
		At
		Keys, Values []Expr
	}
	Star struct {
		At
		X Expr
	}
	Unary struct {
		At
		Op string // - + ~ not
		X  Expr
	}
	Binary struct {
		At
		Op   string
		X, Y Expr
	}
	// Logic is X and Y, or X or Y.
	Logic struct {
		At
		And  bool
		X, Y Expr
	}
	// Compare is a chain: X Ops[0] Rest[0] Ops[1] Rest[1] …
	Compare struct {
		At
		X    Expr
		Ops  []string
		Rest []Expr
	}
	Cond struct {
		At
		Test, Then, Else Expr
	}
	Lambda struct {
		At
		Def *FuncDef
	}
	Call struct {
		At
		Fn   Expr
		Args []Arg
	}
	Attr struct {
		At
		X    Expr
		Name string
	}
	Index struct {
		At
		X, Key Expr
	}
	Slice struct {
		At
		From, To, Step Expr // nil: not given
	}
	// Comp is a comprehension.
	Comp struct {
		At
		Form CompForm
		X, Y Expr // Y: the value of a dict's
		For  []CompFor
		Def  *FuncDef // the names that it binds are its own
	}
	// Walrus is Target := Value.
	Walrus struct {
		At
		Target string
		Value  Expr
	}
	Yield struct {
		At
		X    Expr // nil: None
		From bool
	}
	Await struct {
		At
		X Expr
	}
)

// A CompForm is what a comprehension makes.
type CompForm uint8

// The forms of comprehensions.
const (
	ListComp CompForm = iota
	SetComp
	DictComp
	Generator
)

// A CompFor is one for of a comprehension, with the ifs behind it.
type CompFor struct {
	Target, Iter Expr
	Ifs          []Expr
}

// An FPart is a part of an f-string: text, or a value with its conversion (r, s, a)
// and its format.
type FPart struct {
	Text   string
	X      Expr
	Conv   byte
	Format *FString
}

// An Arg is an argument of a call: f(x), f(name=x), f(*x), f(**x).
type Arg struct {
	Name  string
	Stars int
	X     Expr
}

// A Param is a parameter of a function.
type Param struct {
	Name    string
	Form    ParamForm
	Default Expr // nil: none
	Type    Expr // nil: none
}

// A ParamForm is how a parameter receives its value.
type ParamForm uint8

// The forms of parameters.
const (
	Normal   ParamForm = iota
	PosOnly            // before /
	KeyOnly            // behind *
	VarArgs            // *args
	VarNames           // **kwargs
)

// The statements.
type (
	ExprStmt struct {
		At
		X Expr
	}
	Assign struct {
		At
		Targets []Expr
		Value   Expr
	}
	AugAssign struct {
		At
		Target Expr
		Op     string
		Value  Expr
	}
	AnnAssign struct {
		At
		Target, Type Expr
		Value        Expr // nil: none
	}
	Return struct {
		At
		X Expr // nil: None
	}
	Raise struct {
		At
		X Expr // nil: again
	}
	Assert struct {
		At
		Test, Say Expr
	}
	Delete struct {
		At
		Targets []Expr
	}
	Pass     struct{ At }
	Break    struct{ At }
	Continue struct{ At }
	// Outer is global or nonlocal.
	Outer struct {
		At
		Global bool
		Names  []string
	}
	Import struct {
		At
		Names []Alias
	}
	// From is from Module import Names; Names is nil for *.
	From struct {
		At
		Module string
		Level  int // dots before it
		Names  []Alias
	}
	If struct {
		At
		Test       Expr
		Then, Else []Stmt
	}
	While struct {
		At
		Test       Expr
		Body, Else []Stmt
	}
	For struct {
		At
		Target, Iter Expr
		Body, Else   []Stmt
	}
	Try struct {
		At
		Body, Else, Finally []Stmt
		Handlers            []Handler
	}
	With struct {
		At
		Items []WithItem
		Body  []Stmt
	}
	FuncDef struct {
		At
		Name       string
		Params     []Param
		Body       []Stmt
		Decorators []Expr
		Yields     bool // it is a generator
		Async      bool
		Scope      Scope
	}
	ClassDef struct {
		At
		Name       string
		Args       []Arg
		Body       []Stmt
		Decorators []Expr
		Scope      Scope
	}
	Match struct {
		At
		X     Expr
		Cases []Case
	}
)

// An Alias is a name that is imported: Name as As.
type Alias struct{ Name, As string }

// A Handler is except Type as Name.
type Handler struct {
	At   Pos
	Type Expr // nil: any
	Name string
	Body []Stmt
}

// A WithItem is with X as Target.
type WithItem struct{ X, Target Expr }

// A Case is a case of match.
type Case struct {
	Pattern Pattern
	Guard   Expr
	Body    []Stmt
}

// A Pattern is what a case compares with: exactly one of its forms.
type Pattern struct {
	At    Pos
	Value Expr      // equal to, or the same as
	Name  string    // binds; "_" and Any: anything
	Any   bool      // without a name, or with As a name
	Or    []Pattern // one of
	Seq   []Pattern // a sequence of
	IsSeq bool
	Star  bool // in a sequence: the rest
	Keys  []Expr
	Of    []Pattern // values of a mapping, or of a class's positions
	IsMap bool
	Class Expr
	Names []string // of the last of Of: keywords of a class
	As    string
}

// A Scope is what a function, a class or a module does with names.
type Scope struct {
	Locals map[string]bool // those it binds
	Global map[string]bool
	Outer  map[string]bool // nonlocal
}
