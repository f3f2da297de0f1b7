package eval

import (
	"testing"

	"paramstack/core/catalog"
)

// TestLimits runs programs that would never end, or use all memory.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		src string
		key catalog.Key
	}{
		{"while True: pass", catalog.PythonSteps},
		{"for i in range(10**18): pass", catalog.PythonSteps},
		{"x = list(range(10**15))", catalog.PythonSteps},
		{"x = [0] * 10**12", catalog.PythonMemory},
		{"x = 'ab' * 10**12", catalog.PythonMemory},
		{"x = 'a'\nwhile True: x += x", catalog.PythonMemory},
		{"x = [1]\nwhile True: x = x + x", catalog.PythonMemory},
		{"x = []\nx.append(x)\nprint(x)\ny = x == [[]]\ndef f(n): return f(n + 1)\nf(0)", catalog.PythonRecursion},
		{"f = lambda: f()\nf()", catalog.PythonRecursion},
		{"class A:\n  def __getattr__(self, n): return getattr(self, n + 'x')\nA().b", catalog.PythonRecursion},
		{"def g():\n  yield from g()\nlist(g())", catalog.PythonRecursion},
		{"x = 9 ** 9 ** 9", catalog.PythonLargeInt},
		{"x = 1 << 10**9", catalog.PythonLargeInt},
		{"x = 2\nwhile True: x = x * x", catalog.PythonLargeInt},
		{"import itertools\nfor i in itertools.count(): pass", catalog.PythonSteps},
		{"import itertools\nx = list(itertools.product(range(1000), repeat=9))", catalog.PythonMemory},
		{"x = f'{1:999999999}'", catalog.PythonMemory},
		{"x = 'a'.ljust(10**9)", catalog.PythonMemory},
		{"try:\n  while True: pass\nexcept: pass", catalog.PythonSteps},
		{"try:\n  while True: pass\nfinally:\n  while True: pass", catalog.PythonSteps},
		{"x = sorted(range(10**9))", catalog.PythonSteps},
		{"x = list(zip(*[range(10**6)] * 50))", catalog.PythonSteps},
		{"x = list(map(max, *[range(10**6)] * 50))", catalog.PythonSteps},
		{"s = '1'\nfor i in range(40): s = s + '+' + s\neval(s)", catalog.PythonMemory},
		{"eval('(' * 5000 + '1' + ')' * 5000)", catalog.PythonDeep},
		{"import copy\nx = []\nfor i in range(300): x = [x]\ncopy.deepcopy(x)", catalog.PythonRecursion},
	} {
		_, in := output(t, c.src)
		if len(in.Problems) == 0 || in.Problems[len(in.Problems)-1].Say.Key != c.key {
			t.Errorf("%q: want %s, got %v", c.src, c.key, in.Problems)
		}
	}
}

// TestProblems holds where a program fails and why, and that the rest runs.
func TestProblems(t *testing.T) {
	for _, c := range []struct {
		src       string
		line, col int
		key       catalog.Key
	}{
		{"x = 1\ny = zz + 1", 2, 5, catalog.PythonNoName},
		{"def f(a): return a\nf()", 2, 1, catalog.PythonMissing},
		{"def f(a): return a\nf(1, 2)", 2, 1, catalog.PythonTooMany},
		{"def f(a): return a\nf(1, b=2)", 2, 1, catalog.PythonNoParam},
		{"x = [1, 2]\nx[5]", 2, 1, catalog.PythonIndex},
		{"x = {}\nx['k']", 2, 1, catalog.PythonNoKey},
		{"'a' + 1", 1, 5, catalog.PythonOperands},
		{"class A: pass\nA().b", 2, 5, catalog.PythonNoAttr},
		{"a, b = 1, 2, 3", 1, 1, catalog.PythonUnpack},
		{"raise ValueError('no')", 1, 1, catalog.PythonRaised},
		{"x = (1,\n", 1, 5, catalog.PythonUnclosed},
		{"x = 'abc", 1, 5, catalog.PythonUnclosedString},
		{"if 1:\nx = 2", 2, 1, catalog.PythonNoBlock},
		{"if 1:\n    x = 2\n  y = 3", 3, 3, catalog.PythonIndent},
		{"x = (1]", 1, 7, catalog.PythonBracket},
		{"1 = x", 1, 1, catalog.PythonTarget},
		{"def f(a, a): pass", 1, 10, catalog.PythonTwice},
		{"x = ", 1, 5, catalog.PythonIncomplete},
		{"class A\n  pass", 1, 8, catalog.PythonExpected},
		{"for i on x: pass", 1, 7, catalog.PythonExpectedHere},
		{"x = 3 $ 4", 1, 7, catalog.PythonUnexpected},
		{"x = f'{1'", 1, 5, catalog.PythonUnclosedString},
		{"5()", 1, 1, catalog.PythonNotCallable},
		{"for i in 5: pass", 1, 10, catalog.PythonNotIterable},
		{"x = {[]: 1}", 1, 6, catalog.PythonUnhashable},
		{"1 // 0", 1, 3, catalog.PythonZero},
	} {
		_, in := output(t, c.src+"\nok = 1\n")
		if len(in.Problems) == 0 {
			t.Errorf("%q: no problem", c.src)
			continue
		}
		p := in.Problems[0]
		if p.Say.Key != c.key || p.At.Line != c.line || p.At.Col != c.col && p.Class != "TypeError" && p.Class != "ValueError" {
			t.Errorf("%q: %d:%d %s; want %d:%d %s", c.src, p.At.Line, p.At.Col, p.Say.Key, c.line, c.col, c.key)
		}
	}
}

// TestUnknown holds what becomes of modules that are unknown.
func TestUnknown(t *testing.T) {
	got, in := output(t, `
import wandb
from somewhere import thing, decorate
log = wandb.init(project="x")
@decorate(1)
def f(x): return x + 1
class C(thing.Base):
    def __init__(self):
        super().__init__()
        self.x = 2
    def go(self): return self.helper(self.x)
c = C()
for batch in thing.loader: print("never")
print(f(1), c.x, wandb.config.lr, c.go())
y = thing.value * 2 + 1
undefined()
print("goes on")
`)
	if want := "2 2 wandb.config.lr somewhere.thing.Base().helper()\ngoes on\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(in.Problems) != 1 || in.Problems[0].At.Line != 16 {
		t.Errorf("problems %v", in.Problems)
	}
}

// FuzzProgram runs any text as a program.
func FuzzProgram(f *testing.F) {
	f.Add("def f(x, *a, k=1, **n):\n    return [y for y in a if (z := y)]\nprint(f'{f(1, 2)!r:>10}')\n")
	f.Add("class A(dict):\n    @property\n    def x(self): return super().get(1)\nmatch A():\n    case {1: y}: pass\n    case _: x = 1\n")
	f.Add("def g():\n    try:\n        yield 1\n    finally:\n        pass\na, *b = [*g()]\nx = '%s' % a + '{:>3}'.format(b)\n")
	f.Add("import math, itertools\nx = list(map(lambda v: v ** 2, range(3)))[::-1]\nx[0:1] = x\n")
	f.Fuzz(func(t *testing.T, src string) {
		file := &File{Name: "a.py", Text: src}
		in := New([]*File{file})
		in.Limits = Limits{Steps: 20_000, Depth: 60, Memory: 100_000}
		if _, err := in.Run(file); err != nil {
			t.Fatal(err)
		}
		in.Close()
	})
}
