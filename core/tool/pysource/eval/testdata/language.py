# What is printed is compared with what CPython 3.11 prints.
import math, functools, itertools, copy, operator
from collections import OrderedDict, namedtuple, defaultdict, deque
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Optional, List

# numbers
print(7 // 2, -7 // 2, 7 % -3, -7 % 3, 2 ** 10, 2 ** -1, 7 / 2, 10 ** 20, -10 ** 20 // 7, 1e16, 0.1 + 0.2, 1e-5)
print(0x1F, 0b101, 0o17, 1_000_000, 3.5e2, int("42"), int(3.9), float("1.5"), round(2.5), round(3.14159, 2), abs(-3))
print(True + 1, not 0, 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 70, (1 << 70) >> 68, divmod(17, 5), pow(3, 4, 5))
print(math.sqrt(16), math.ceil(2.1), math.floor(-2.1), math.prod([2, 3, 4]), math.gcd(12, 18), math.log2(8), math.isqrt(17))
print(1 < 2 < 3, 1 < 2 > 3, 1 == 1.0, 3 in [1, 2, 3], "a" not in "bc", None is None)

# strings
s = "Hello, World"
print(s.lower(), s.upper(), s[::-1], s[2:5], s[-3:], s.split(", "), "-".join(["a", "b"]), s.replace("l", "L", 1))
print(s.find("W"), s.startswith("He"), s.endswith(("x", "d")), "  x ".strip(), "a,b,,c".split(","), "ab" * 3)
print(f"{3.14159:.2f}|{42:5d}|{'x':>4}|{'y':<4}|{'z':^5}|{1234567:,}|{255:x}|{0.5:%}|{s!r}|{7:03d}|{-5:+d}")
name = "conv"
print(f"{name}{1 + 1}.{'w' if name else 'b'} {{literal}} {name=} {name!r:>8}")
print("%s has %d items, %.3f and %5.1f%%" % ("list", 3, 2.5, 99.5), "{} {1}".format(1, 2) if False else "{0}-{1}-{0}".format("a", "b"))
print("{name}: {v:.1f}".format(name="n", v=2.25), 'it''s', "a\tb\\n", r"a\n", "é".upper(), "abc".zfill(5), "x".center(5, "*"))
print(repr("it's"), str([1, "a", None, True, 2.0]), (1,), (), {"a": 1, 2: [3]}, {1}, set())

# sequences
a = [3, 1, 2]
a.append(5); a.extend([4]); a.insert(0, 9); a.sort(); print(a, a.index(4), a.pop(), a[1:3], a[::-1], a[-1])
a[1:3] = [7, 7, 7]; print(a, len(a), sum(a), min(a), max(a)); del a[0]; print(a)
b, *c, d = range(6); print(b, c, d); (x, y), z = (1, 2), 3; print(x, y, z)
print(list(zip([1, 2], "ab")), list(enumerate("ab", 1)), list(map(lambda v: v * 2, [1, 2])), list(filter(None, [0, 1, 2])))
print(sorted(["b", "A", "c"], key=str.lower), sorted([3, 1, 2], reverse=True), list(reversed([1, 2, 3])), any([0, 1]), all([]))
print([i * j for i in range(3) for j in range(3) if i != j], {k: v for k, v in zip("ab", [1, 2])}, {i % 2 for i in range(5)})
print(list(range(10, 0, -3)), len(range(0, 100, 7)), range(5)[2], (1, 2) + (3,), [0] * 3, (1, 2) < (1, 3))
print(list(itertools.chain([1], (2, 3))), list(itertools.product([1, 2], "ab")), list(itertools.accumulate([1, 2, 3])))
print(functools.reduce(operator.add, [1, 2, 3]), functools.partial(pow, 2)(5), list(itertools.islice(itertools.count(3), 2)))
m = {"a": 1}; m.update(b=2); m.setdefault("c", []).append(1); print(m, m.get("z"), m.pop("a"), list(m.items()), {**m, "d": 4})
o = OrderedDict([("x", 1)]); o["y"] = 2; print(list(o.keys()), "x" in o, len(o))
dd = defaultdict(list); dd["k"].append(1); print(dict(dd)); q = deque([1, 2]); q.appendleft(0); print(list(q))

# functions
def f(a, b=2, *args, c, d=4, **kw):
    return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3}))
def g(a, /, b, *, c=1): return a, b, c
print(g(1, b=2), g(1, 2, c=3))
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = counter(); i(); print(i())
def gen(n):
    for k in range(n):
        yield k
    yield from "ab"
    try:
        yield "last"
    finally:
        pass
print(list(gen(2)), next(gen(3)), sum(x for x in range(4)), [v for v in gen(1)])
adders = [lambda x, n=n: x + n for n in range(3)]; print([h(10) for h in adders])
if (n := len("abc")) > 2: print("walrus", n)
print([y for x in range(4) if (y := x * x) > 1], y)
total = 0
def add(k):
    global total
    total += k
add(3); add(4); print(total)
def deco(fn):
    @functools.wraps(fn)
    def wrapper(*a, **k): return ("wrapped", fn(*a, **k))
    return wrapper
@deco
def plain(x): return x
print(plain(1))

# control
for k in range(5):
    if k == 1: continue
    if k == 3: break
else:
    print("no")
for k in []: pass
else: print("else")
while True:
    total -= 1
    if total < 3: break
print(total)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        print("caught", type(e).__name__)
        raise ValueError("x", 1)
    finally:
        print("finally")
except (KeyError, ValueError) as e:
    print("outer", e, e.args)
else:
    print("never")
def early():
    try:
        return "try"
    finally:
        print("cleanup")
print(early())
try: assert 1 == 2, "message"
except AssertionError as e: print("assert", e)
try: {}["k"]
except KeyError: print("key")
try: [][1]
except IndexError: print("index")
try: undefined_name
except NameError: print("name")
try: (1).foo
except AttributeError: print("attribute")
class Ctx:
    def __enter__(self): print("enter"); return 5
    def __exit__(self, *a): print("exit")
with Ctx() as v, Ctx(): print(v)

# classes
class A:
    kind = "a"
    def __init__(self, x): self.x = x
    def who(self): return "A"
    @property
    def double(self): return self.x * 2
    @double.setter
    def double(self, v): self.x = v // 2
    @classmethod
    def make(cls, v): return cls(v + 1)
    @staticmethod
    def stat(v): return v * 10
    def __repr__(self): return f"{self.__class__.__name__}({self.x})"
    def __add__(self, o): return A(self.x + o.x)
    def __eq__(self, o): return isinstance(o, A) and self.x == o.x
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i
    def __call__(self, y): return self.x + y
    def __iter__(self): return iter([self.x])
    def __contains__(self, v): return v == self.x
class B(A):
    def __init__(self, x, y): super().__init__(x); self.y = y
    def who(self): return "B" + super().who()
class M1(A):
    def who(self): return "M1" + super().who()
class D(B, M1):
    def who(self): return "D" + super().who()
p = A(3); p.double = 10; print(p, p.double, A.make(1), A.stat(2), p + A(1), p == A(5), len(p), p[1], p(2), list(p), 5 in p)
d = D(1, 2); print(d.who(), [k.__name__ for k in D.__mro__], isinstance(d, M1), issubclass(D, A), hasattr(d, "y"), getattr(d, "q", None))
class G:
    def __getattr__(self, n):
        if n.startswith("x"): return n
        raise AttributeError(n)
print(G().xyz, hasattr(G(), "abc"), A.kind, p.__dict__)
@dataclass
class Cfg:
    dim: int = 8
    names: List[str] = field(default_factory=list)
    act: Optional[str] = None
    def __post_init__(self): self.twice = self.dim * 2
cfg = Cfg(16, act="relu"); print(cfg.dim, cfg.names, cfg.act, cfg.twice)
class Point(NamedTuple):
    x: int
    y: int = 0
pt = Point(1); print(pt.x, pt.y, tuple(pt)); P3 = namedtuple("P3", ["a", "b"]); print(P3(1, b=2).b, P3(1, 2)[0])
class Color(Enum):
    RED = 1
    BLUE = "b"
print(Color.RED.name, Color.BLUE.value, Color("b") is Color.BLUE, [c.name for c in Color], Color["RED"].value)
class Dct(dict):
    def __missing__(self, k): return k + "!"
dct = Dct(a=1); dct["b"] = 2; print(dct["a"], dct["zz"], len(dct), sorted(dct))
deep = {"a": [1, [2]]}; cp = copy.deepcopy(deep); cp["a"][1][0] = 9; print(deep, cp)

# match
def m_(v):
    match v:
        case 0: return "zero"
        case [a, b]: return f"pair {a} {b}"
        case [a, *rest] if len(rest) > 1: return f"list {a} {rest}"
        case {"k": k}: return f"map {k}"
        case A(x=xx): return f"A {xx}"
        case "a" | "b" as letter: return letter
        case int(n): return f"int {n}"
        case _: return "other"
print(m_(0), m_([1, 2]), m_([1, 2, 3]), m_({"k": 5}), m_(A(4)), m_("b"), m_(7), m_(None))
match = 3; print(match)
x = 5 if match else 6; y = x; y += 2; print(x, y, *[1, 2])
print([*range(3), *"ab"], {*[1, 2]}, (lambda *a, k=1: (a, k))(1, 2, k=3))
type_hint: "Optional[int]" = None; print(type_hint)
def ann(x: int | None = None, *args: "str") -> list[int]: return x
print(ann(), ann(3)); print(type(3).__name__, type("a") is str, callable(len), isinstance(True, int), isinstance([], (list, tuple)))
long = (1 +
        2 +  # comment
        3); print(long, \
    "continued")
