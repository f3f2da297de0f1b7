package exporter

import "paramstack/core/diag"

// errorsOf returns the problems that are errors.
func errorsOf(problems []*diag.Diag) []*diag.Diag {
	var errors []*diag.Diag
	for _, d := range problems {
		if d.Severity == diag.Error {
			errors = append(errors, d)
		}
	}
	return errors
}
