package summary

import (
	"fmt"
	"testing"
)

// TestAmounts reads numbers of parameters as tools of all countries write them: exact,
// or from where to where they can be.
func TestAmounts(t *testing.T) {
	for s, want := range map[string]string{
		"9,408": "9408", "50240": "50240", "50.240": "50240", "50'240": "50240", "50’240": "50240", "50 240": "50240",
		"50\u00a0240": "50240", "50\u202f240": "50240", "50\u2009240": "50240", "50_240": "50240", "1.234.567": "1234567",
		"1 234 567": "1234567", "50,240 (196.25 KB)": "50240", "50 240 (196.25 KB)": "50240", "12,34,567": "1234567",
		"760.0": "760", "104.0": "104", "1.792000e+03": "1792", "48.500k": "48500", "2 (8.00 B)": "2", "--": "0",

		"1.2e3": "1150…1250", "5.0e+04": "49500…50500", "25.6M": "25550000…25650000", "1.2K": "1150…1250", "3.0 K": "2950…3050",
		"25,6 M": "25550000…25650000", "~50K": "45000…55000", "about 912": "911…913", "~ 50,000": "45000…55000",
		"25,600K": "25599500…25600500", "9e20": "1125899906842624…9223372036854775807", "2.5T": "2450000000000…2550000000000",

		"12,003…": "12,003 from 12003000", "12,0…": "12,0 from 12000", "12…": "12 from 120", "7...": "7 from 70",

		"0 (unbuilt)": "?", "unused": "?", "": "?", "?": "?", "1.5": "?", "50 24": "?", "50,240+": "?",
	} {
		a := amountOf(s)
		got := "?"
		switch {
		case a.known:
			got = a.params.String()
		case a.rough.prefix != "":
			got = a.rough.prefix + " from " + a.rough.from.String()
		case a.inexact():
			got = fmt.Sprintf("%s…%s", a.rough.from, a.rough.to)
		}
		if got != want {
			t.Errorf("%q is %s, want %s", s, got, want)
		}
	}
}
