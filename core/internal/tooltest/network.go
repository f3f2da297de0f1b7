package tooltest

import (
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/text"
	"paramstack/core/tool/target"
	"paramstack/core/zoo"
	"testing"
)

// NetOf counts a network of the zoo.
func NetOf(z zoo.Net) *target.Network {
	m := z.Model()
	return &target.Network{Model: m, Report: count.Of(m), Style: count.Style{Biases: true}}
}

func NetFrom(t testing.TB, source string) *target.Network {
	t.Helper()
	file, problems := text.Parse(source)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", source, problems[0])
	}
	return &target.Network{Model: file.Model, Report: count.Of(file.Model), Style: count.Style{Biases: true}}
}

// ErrorsOf returns the problems that are errors.
func ErrorsOf(problems []*diag.Diag) []*diag.Diag {
	var errors []*diag.Diag
	for _, d := range problems {
		if d.Severity == diag.Error {
			errors = append(errors, d)
		}
	}
	return errors
}
