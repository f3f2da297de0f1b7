package whatif_test

import (
	"fmt"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/whatif"
)

// TestParseLimit reads limits as people type them.
func TestParseLimit(t *testing.T) {
	for src, want := range map[string]string{
		"1M":                "0 1000000 fp32",
		" 25.6 M params":    "0 25600000 fp32",
		"25,636,712":        "0 25636712 fp32",
		"1_000_000":         "0 1000000 fp32",
		"1.5B":              "0 1500000000 fp32",
		"100만":              "0 1000000 fp32",
		"2358만 개":           "0 23580000 fp32",
		"4 MB int8":         "1 4000000 int8",
		"4MB":               "1 4000000 fp32",
		"233 MiB":           "1 244318208 fp32",
		"512 KB":            "1 512000 fp32",
		"512 KiB peak int8": "3 524288 int8",
		"512 KB int8 RAM":   "3 512000 int8",
		"300k peak":         "2 300000 fp32",
		"2.5":               "0 2 fp32",
		"512 KB 메모리":        "3 512000 fp32",
		"peak of 1 MB":      "3 1000000 fp32",
		"≤ 1M":              "0 1000000 fp32",
		"at most 1M params": "0 1000000 fp32",
		"1 MB (int8)":       "1 1000000 int8",
		"4MB, int8":         "1 4000000 int8",
		"4 MB 8-bit":        "1 4000000 int8",
		"8비트 4MB":           "1 4000000 int8",
		"int8로 4MB":         "1 4000000 int8",
		"RAM 256KB":         "3 256000 fp32",
		"2048 B RAM":        "3 2048 fp32",
		"1 MB flash":        "1 1000000 fp32",
		"파라미터 100만 개":       "0 1000000 fp32",
		"100만개":             "0 1000000 fp32",
		"최대 100만":           "0 1000000 fp32",
		"최대 메모리 256KB 이하":   "3 256000 fp32",
		"활성값 10만 개":         "2 100000 fp32",
		"512 킬로바이트":         "1 512000 fp32",
		"５１２　ＫＢ　ｐｅａｋ":       "3 512000 fp32",
		"１００만":              "0 1000000 fp32",
		"１，０００":             "0 1000 fp32",
		"１００万":              "0 1000000 fp32",
		"1億":                "0 100000000 fp32",
		"1M 2M":             "",
		"1M?":               "",
		"peak":              "",
		"int8":              "",
		"":                  "",
		"M":                 "",
		"5e6":               "0 5000000 fp32",
		"1e6":               "0 1000000 fp32",
		"2.5E3 KB peak":     "3 2500000 fp32",
		"0":                 "A limit is a positive whole number of parameters, bytes or peak elements.",
		"0 MB":              "A limit is a positive whole number of parameters, bytes or peak elements.",
		"0.4":               "A limit is a positive whole number of parameters, bytes or peak elements.",
		"3 MB int4":         "Unknown element type ‘int4’: state one of fp32, fp16, int8.",
		"1M float64":        "Unknown element type ‘float64’: state one of fp32, fp16, int8.",
		"e6":                "",
		"1e999":             "",
		"1e":                "",
		"-5":                "",
		"1.2.3":             "",
		"4 lbs":             "",
		"1/2":               "",
	} {
		if want == "" {
			want = "Type a number with its unit: 1M parameters, 4 MB int8, 512 KB peak."
		}
		l, unread := whatif.ParseLimit(src, count.PyTorch)
		got := unread.In(catalog.English)
		if unread.Key == "" {
			got = fmt.Sprint(l.Of, " ", l.Most, " ", l.DType.Name)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}
