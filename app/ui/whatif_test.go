package ui

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// A script's limit is read, or refused by the name and the value that are wrong.
func TestLimitOf(t *testing.T) {
	for _, c := range []struct {
		options map[string]string
		want    string
	}{
		{map[string]string{"params": "1000000"}, ""},
		{map[string]string{"bytes": "5", "dtype": "FP16"}, ""},
		{map[string]string{"peak": "123456789012345678901234567890"}, ""},
		{map[string]string{"macs": "5"}, "‘macs’ is no limit: state one of params, bytes, peak."},
		{map[string]string{"params": "5", "width": "5"}, "‘width’ is no limit: state one of params, bytes, peak."},
		{map[string]string{"params": "[1000000]"}, "params: ‘[1000000]’ is not a positive whole number."},
		{map[string]string{"peak": "0"}, "peak: ‘0’ is not a positive whole number."},
		{map[string]string{"bytes": "-3"}, "bytes: ‘-3’ is not a positive whole number."},
		{map[string]string{"bytes": "3", "dtype": "int4"}, "Unknown element type ‘int4’: state one of fp32, fp16, int8."},
		{map[string]string{"dtype": "int8"}, "State one limit: params, bytes or peak."},
		{map[string]string{"params": "5", "peak": "5"}, "State one limit: params, bytes or peak."},
		{nil, "State one limit: params, bytes or peak."},
	} {
		got, problem := limitOf(c.options, count.PyTorch)
		if said := problem.In(catalog.English); said != c.want || c.want == "" && got.Most.IsZero() {
			t.Errorf("%v: %q, want %q", c.options, said, c.want)
		}
	}
}
