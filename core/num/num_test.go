package num_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"paramstack/core/num"
)

// edges are where a machine word runs over.
var edges = []int64{
	math.MinInt64, math.MinInt64 + 1, -1 << 32, -3, -1, 0, 1, 2, 1 << 31, 1 << 32,
	3037000499, 3037000500, 1<<62 - 1, 1 << 62, math.MaxInt64 - 1, math.MaxInt64,
}

func values() []num.Int {
	var all []num.Int
	for _, e := range edges {
		all = append(all, num.Of(e), num.Of(e).Mul(num.Of(e)))
	}
	return all
}

func wide(a num.Int) *big.Int {
	b, ok := new(big.Int).SetString(a.String(), 10)
	if !ok {
		panic(a.String())
	}
	return b
}

// TestIntAgainstBig compares every operation with math/big around the edges of a
// machine word, and checks that no operation changes its operands.
func TestIntAgainstBig(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	all := values()
	for range 200 {
		all = append(all, num.Of(int64(random.Uint64())), num.Of(int64(random.Uint64()>>random.UintN(64))))
	}
	for _, a := range all {
		for _, b := range all {
			x, y := wide(a), wide(b)
			as, bs := a.String(), b.String()
			for _, c := range []struct {
				op   string
				got  num.Int
				want *big.Int
			}{
				{"+", a.Add(b), new(big.Int).Add(x, y)},
				{"−", a.Sub(b), new(big.Int).Sub(x, y)},
				{"·", a.Mul(b), new(big.Int).Mul(x, y)},
			} {
				if c.got.String() != c.want.String() {
					t.Fatalf("%s %s %s = %s, want %s", a, c.op, b, c.got, c.want)
				}
				if n, fits := c.got.Int64(); fits != c.want.IsInt64() || (fits && n != c.want.Int64()) {
					t.Fatalf("%s %s %s as int64: %d, %v", a, c.op, b, n, fits)
				}
			}
			if a.Cmp(b) != x.Cmp(y) || a.Equal(b) != (x.Cmp(y) == 0) {
				t.Fatalf("%s compared with %s: %d", a, b, a.Cmp(b))
			}
			if a.String() != as || b.String() != bs {
				t.Fatalf("an operation changed %s or %s", as, bs)
			}
		}
		if a.IsZero() != (wide(a).Sign() == 0) {
			t.Errorf("%s.IsZero() is %v", a, a.IsZero())
		}
	}
	// A sum that comes back into range is a word again.
	back := num.Of(math.MaxInt64).Add(num.Of(1)).Sub(num.Of(1))
	if n, ok := back.Int64(); !ok || n != math.MaxInt64 {
		t.Errorf("2⁶³ − 1 does not fit again: %d, %v", n, ok)
	}
}

func power(base int64, exponent int) num.Int {
	v := num.Of(1)
	for range exponent {
		v = v.Times(base)
	}
	return v
}

func TestGrouped(t *testing.T) {
	for _, c := range []struct {
		n    num.Int
		want string
	}{
		{num.Int{}, "0"},
		{num.Of(7), "7"},
		{num.Of(999), "999"},
		{num.Of(1000), "1,000"},
		{num.Of(34848), "34,848"},
		{num.Of(100000), "100,000"},
		{num.Of(60965224), "60,965,224"},
		{num.Of(-1000), "-1,000"},
		{num.Of(-999), "-999"},
		{num.Of(math.MinInt64), "-9,223,372,036,854,775,808"},
		{power(10, 30), "1" + strings.Repeat(",000", 10)},
	} {
		if got := c.n.Grouped(); got != c.want {
			t.Errorf("%s grouped is %q, want %q", c.n, got, c.want)
		}
		if plain := strings.ReplaceAll(c.n.Grouped(), ",", ""); plain != c.n.String() {
			t.Errorf("%s without commas is %s", c.n.Grouped(), plain)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct {
		n    num.Int
		want string
	}{
		{num.Int{}, "0"},
		{num.Of(999), "999"},
		{num.Of(1000), "1.00 k"},
		{num.Of(9994), "9.99 k"},
		{num.Of(9996), "10.0 k"},
		{num.Of(34848), "34.8 k"},
		{num.Of(999499), "999.5 k"},
		{num.Of(999500), "1.00 M"},
		{num.Of(999999), "1.00 M"},
		{num.Of(60965224), "61.0 M"},
		{num.Of(724406816), "724.4 M"},
		{num.Of(4089184256), "4.09 G"},
		{num.Of(11513626624), "11.5 G"},
		{num.Of(-60965224), "-61.0 M"},
		{num.Of(-999), "-999"},
		{num.Of(-4089184256), "-4.09 G"},
		{power(10, 24), "1.00 Y"},
		{power(10, 27), "1000.0 Y"},
		{power(10, 40), "1.00e+16 Y"},
	} {
		if got := c.n.Short(); got != c.want {
			t.Errorf("%s in short is %q, want %q", c.n, got, c.want)
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		share float64
		want  string
	}{
		{0, "0 %"}, {1e-9, "<0.01 %"}, {0.000099, "<0.01 %"}, {0.0001, "0.01 %"}, {0.005, "0.50 %"},
		{0.0382, "3.82 %"}, {0.09994, "9.99 %"}, {0.09996, "10.0 %"}, {0.9617, "96.2 %"}, {0.9994, "99.9 %"},
		{0.99951, ">99.9 %"}, {0.9999999, ">99.9 %"}, {1, "100 %"},
	} {
		if got := num.Percent(c.share); got != c.want {
			t.Errorf("%g is %q, want %q", c.share, got, c.want)
		}
	}
}

func TestShare(t *testing.T) {
	huge := power(10, 400)
	for _, c := range []struct {
		a, of num.Int
		want  float64
	}{
		{num.Of(1), num.Int{}, 0},
		{num.Int{}, num.Of(5), 0},
		{num.Of(1), num.Of(4), 0.25},
		{huge, huge.Times(4), 0.25}, // both beyond float64
		{num.Of(1), huge, 0},
	} {
		if got := c.a.Share(c.of); got != c.want {
			t.Errorf("share is %g, want %g", got, c.want)
		}
	}
	if f := huge.Float(); !math.IsInf(f, 1) {
		t.Errorf("10⁴⁰⁰ as a float is %g", f)
	}
}

func TestBytes(t *testing.T) {
	for _, c := range []struct {
		n               num.Int
		decimal, binary string
	}{
		{num.Int{}, "0 B", "0 B"},
		{num.Of(999), "999 B", "999 B"},
		{num.Of(1000), "1.0 kB", "1000 B"},
		{num.Of(1024), "1.0 kB", "1.0 KiB"},
		{num.Of(4 * 25557032), "102.2 MB", "97.5 MiB"}, // ResNet-50, conventions §6
		{num.Of(4 * 60965224), "243.9 MB", "232.6 MiB"},
		{num.Of(999_999), "1.0 MB", "976.6 KiB"},
		{num.Of(1 << 20), "1.0 MB", "1.0 MiB"},
		{num.Of(1<<20 - 1), "1.0 MB", "1.0 MiB"}, // never 1024.0 KiB
		{num.Of(1 << 50), "1.1 PB", "1.0 PiB"},
		{power(10, 30), "1.00e+15 PB", "8.88e+14 PiB"},
	} {
		if got := c.n.Bytes(false); got != c.decimal {
			t.Errorf("%s bytes are %q, want %q", c.n, got, c.decimal)
		}
		if got := c.n.Bytes(true); got != c.binary {
			t.Errorf("%s bytes are %q, want %q", c.n, got, c.binary)
		}
	}
}

func TestParseProduct(t *testing.T) {
	for _, c := range []struct {
		in    string
		fault num.ParseFault
		want  string
		value int64
	}{
		{"96", num.ParsedOK, "96", 96},
		{"48*2", num.ParsedOK, "48*2", 96},
		{"48x2", num.ParsedOK, "48*2", 96},
		{"48×2", num.ParsedOK, "48*2", 96},
		{"48·2", num.ParsedOK, "48*2", 96},
		{"48 * 2", num.ParsedOK, "48*2", 96},
		{"1*1", num.ParsedOK, "1*1", 1},
		{"2*3*5*7", num.ParsedOK, "2*3*5*7", 210},
		{"007", num.ParsedOK, "7", 7},
		{"1125899906842624", num.ParsedOK, "1125899906842624", 1 << 50},
		{"33554432*33554432", num.ParsedOK, "33554432*33554432", 1 << 50},
		{"1125899906842625", num.TooLarge, "", 0},
		{"33554432*33554433", num.TooLarge, "", 0},
		{"99999999999999999999", num.TooLarge, "", 0},
		{"4294967296*4294967296*4294967296*4294967296", num.TooLarge, "", 0}, // 2¹²⁸ is 0 in a word
		{strings.Repeat("9", 500), num.TooLarge, "", 0},
		{"2*3*5*7*11", num.TooMany, "", 0},
		{"0", num.NotPositive, "", 0},
		{"48*0", num.NotPositive, "", 0},
		{"", num.NotANumber, "", 0},
		{"*", num.NotANumber, "", 0},
		{"48*", num.NotANumber, "", 0},
		{"*2", num.NotANumber, "", 0},
		{"48**2", num.NotANumber, "", 0},
		{"-3", num.NotANumber, "", 0},
		{"+3", num.NotANumber, "", 0},
		{"1.5", num.NotANumber, "", 0},
		{"1e3", num.NotANumber, "", 0},
		{"0x10", num.NotPositive, "", 0}, // 0 times 10
		{"１２", num.NotANumber, "", 0},
		{"ninety", num.NotANumber, "", 0},
	} {
		p, fault := num.ParseProduct(c.in)
		if fault != c.fault || p.String() != c.want || p.Value() != c.value {
			t.Errorf("%q: %q = %d, fault %d; want %q = %d, fault %d", c.in, p, p.Value(), fault, c.want, c.value, c.fault)
		}
		if fault != num.ParsedOK {
			if p.IsSet() {
				t.Errorf("%q is refused, yet leaves %q", c.in, p)
			}
			continue
		}
		if again, fault := num.ParseProduct(p.String()); fault != num.ParsedOK || again != p {
			t.Errorf("%q is written %q, which reads as %q", c.in, p, again)
		}
	}
}

func TestProduct(t *testing.T) {
	var unset num.Product
	if unset.IsSet() || unset.Value() != 0 || unset.String() != "" || len(unset.Factors()) != 0 {
		t.Errorf("the zero Product is %q = %d", unset, unset.Value())
	}
	lanes := num.ProductOf(48, 2)
	if lanes.IsPlain() || !num.ProductOf(96).IsPlain() || lanes.Join("·") != "48·2" || lanes != num.ProductOf(48, 2) {
		t.Errorf("48·2 is %q", lanes.Join("·"))
	}
	defer func() {
		if recover() == nil {
			t.Error("five factors are taken")
		}
	}()
	num.ProductOf(1, 2, 3, 4, 5)
}

// FuzzParseProduct checks that any product that parses is in range and reads back.
func FuzzParseProduct(f *testing.F) {
	for _, s := range []string{"96", "48*2", "0", "9999999999999999", "x", "1·2×3*4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, fault := num.ParseProduct(s)
		if fault != num.ParsedOK {
			return
		}
		if v := p.Value(); v < 1 || v > num.MaxExtent {
			t.Errorf("%q is %d", s, v)
		}
		if again, fault := num.ParseProduct(p.String()); fault != num.ParsedOK || again != p {
			t.Errorf("%q reads as %q", p, again)
		}
	})
}
