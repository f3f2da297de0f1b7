package why_test

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/why"
)

// TestRead reads what people type, in several countries' ways.
func TestRead(t *testing.T) {
	for _, c := range []struct {
		typed  string
		lo, hi int64
		of     why.Quantity
	}{
		{"25,636,712", 25636712, 25636712, why.Unknown},
		{"25 636 712", 25636712, 25636712, why.Unknown},
		{"25\u202f636\u202f712", 25636712, 25636712, why.Unknown},
		{"25.636.712", 25636712, 25636712, why.Unknown},
		{"25_636_712", 25636712, 25636712, why.Unknown},
		{"25'636'712", 25636712, 25636712, why.Unknown},
		{"25636712 params", 25636712, 25636712, why.Params},
		{"Total params: 25,636,712 (97.80 MB)", 25636712, 25636712, why.Params},
		{"파라미터 25,636,712개", 25636712, 25636712, why.Params},
		{"25.6M", 25550000, 25649999, why.Unknown},
		{"25,6M", 25550000, 25649999, why.Unknown},
		{"25.6 million", 25550000, 25649999, why.Unknown},
		{"25.6 million parameters", 25550000, 25649999, why.Params},
		{"25.6Mparams", 25550000, 25649999, why.Params},
		{"25.557032M", 25557032, 25557032, why.Unknown},
		{"~60M", 59500000, 60499999, why.Unknown},
		{"약 6천만", 55000000, 64999999, why.Unknown},
		{"~61000000", 60500000, 61499999, why.Unknown},
		{"61000000", 60500000, 61499999, why.Unknown},
		{"60000", 60000, 60000, why.Unknown},
		{"25557032.0", 25557032, 25557032, why.Unknown},
		{"61e6", 60500000, 61499999, why.Unknown},
		{"6.1e7", 60500000, 61499999, why.Unknown},
		{"6.1×10^7", 60500000, 61499999, why.Unknown},
		{"6.1 × 10⁷", 60500000, 61499999, why.Unknown},
		{"2358만", 23575000, 23584999, why.Unknown},
		{"2,358만", 23575000, 23584999, why.Unknown},
		{"2358만 개", 23575000, 23584999, why.Unknown},
		{"2억 3천만", 225000000, 234999999, why.Unknown},
		{"2천3백만", 22500000, 23499999, why.Unknown},
		{"2556만 매개변수", 25555000, 25564999, why.Params},
		{"1.3억", 125000000, 134999999, why.Unknown},
		{"233 MiB", 243793920, 244842495, why.Bytes},
		{"97.8 MB", 97750000, 97849999, why.Bytes},
		{"97.8MB", 97750000, 97849999, why.Bytes},
		{"8.2 GFLOPs", 8150000000, 8249999999, why.FLOPs},
		{"8.2G", 8150000000, 8249999999, why.Unknown},
		{"4.1 GMACs", 4050000000, 4149999999, why.MACs},
		{"4.12 GMac", 4115000000, 4124999999, why.MACs},
		{"300M mult-adds", 299500000, 300499999, why.MACs},
		{"Total mult-adds (G): 4.09", 4085000000, 4094999999, why.MACs},
		{"Params size (MB): 102.23", 102225000, 102234999, why.Bytes},
		{"7B", 6500000000, 7499999999, why.Unknown},
		{"0.85M", 845000, 854999, why.Unknown},
		{"２５，６３６，７１２", 25636712, 25636712, why.Unknown},
		{"２５．６Ｍ", 25550000, 25649999, why.Unknown},
		{"2500万", 24995000, 25004999, why.Unknown},
		{"1億 3836万", 138355000, 138364999, why.Unknown},
		{"25 millions", 24500000, 25499999, why.Unknown},
		{"25,6 Mio.", 25550000, 25649999, why.Unknown},
		{"62.4 mln", 62350000, 62449999, why.Unknown},
		{"60-million", 59500000, 60499999, why.Unknown},
		{"25.6 메가", 25550000, 25649999, why.Unknown},
		{"97.8 Mo", 97750000, 97849999, why.Bytes},
		{"1.38*10**8", 137500000, 138499999, why.Unknown},
		{"10^7", 5000000, 14999999, why.Unknown},
		{"2.5 Gops", 2450000000, 2549999999, why.FLOPs},
		{"102228128B", 102228128, 102228128, why.Bytes},
		{"ResNet-50: 25.6M", 25550000, 25649999, why.Unknown},
		{"(25,636,712)", 25636712, 25636712, why.Unknown},
		{"25M+", 24500000, 25499999, why.Unknown},
		{"724 MMACs", 723500000, 724499999, why.MACs},
	} {
		n, d := why.Read(c.typed)
		if d != nil {
			t.Errorf("%q: %s", c.typed, d.Say.In(catalog.English))
			continue
		}
		if n.Decimal.Lo != c.lo || n.Decimal.Hi != c.hi || n.Quantity != c.of {
			t.Errorf("%q is %d to %d of %v, want %d to %d of %v", c.typed, n.Decimal.Lo, n.Decimal.Hi,
				n.Quantity, c.lo, c.hi, c.of)
		}
	}
}

// TestReadRefuses has a sentence for all else.
func TestReadRefuses(t *testing.T) {
	for typed, key := range map[string]catalog.Key{
		"":                     catalog.WhyEmpty,
		"   ":                  catalog.WhyEmpty,
		"many":                 catalog.WhyNoNumber,
		"-5":                   catalog.WhyNotPositive,
		"0":                    catalog.WhyNotPositive,
		"0 M":                  catalog.WhyNotPositive,
		"0.00 GFLOPs":          catalog.WhyNotPositive,
		"0 만":                  catalog.WhyNotPositive,
		"0 MB":                 catalog.WhyNotPositive,
		"0.0":                  catalog.WhyNotPositive,
		"25.6":                 catalog.WhyNotWhole,
		"25.6 apples":          catalog.WhyUnit,
		"3 억 5 조":              catalog.WhyNoNumber,
		"1e30":                 catalog.WhyNoNumber,
		"99999999999999999999": catalog.WhyTooLarge,
	} {
		n, d := why.Read(typed)
		if d == nil {
			t.Errorf("%q is read as %+v", typed, n)
		} else if d.Say.Key != key {
			t.Errorf("%q: %s, want %s", typed, d.Say.Key, key)
		}
	}
}

// FuzzRead never panics and never returns an empty range.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"25.6M", "2억 3천만", "6.1 × 10⁷", "233 MiB", "1,2,3", "1.2.3", "5e", "5*10^"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, d := why.Read(s)
		if (n == nil) == (d == nil) {
			t.Fatalf("%q: %v and %v", s, n, d)
		}
		if n != nil && (n.Decimal.Lo > n.Decimal.Hi || n.Decimal.Hi <= 0) {
			t.Fatalf("%q: %+v", s, n.Decimal)
		}
	})
}
