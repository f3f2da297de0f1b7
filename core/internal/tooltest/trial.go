//go:build interop

package tooltest

import (
	"strings"
	"testing"

	"paramstack/core/count"
	"paramstack/core/internal/randnet"
	"paramstack/core/text"
	"paramstack/core/tool/target"
)

// A Trial has a real tool compute random networks that are written for it. What cannot be
// expressed there is counted.
type Trial struct {
	Tool   string
	Server *Server
	// Job returns what the tool is asked, and how many layers that has; or why a network
	// cannot be written for it.
	Job func(n *target.Network) (job any, layers int, why string)
	// Refused are in what the tool answers where it knows less than the format.
	Refused []string

	written, layers int
	not             map[string]int
}

// Hold tries random networks, see randnet.Hold.
func (r *Trial) Hold(t *testing.T, fixed, fresh int, o randnet.Options) {
	t.Helper()
	if r.not == nil {
		r.not = map[string]int{}
	}
	randnet.Hold(t, fixed, fresh, o, func(source string) string {
		file, problems := text.Parse(source)
		if len(problems) > 0 {
			return ""
		}
		n := &target.Network{Model: file.Model, Report: count.Of(file.Model)}
		if randnet.Empty(n.Report) { // a warning here; a tool divides by 0, or refuses it
			r.not["empty output"]++
			return ""
		}
		job, layers, why := r.Job(n)
		if why != "" {
			r.not[reason(why)]++
			return ""
		}
		r.written, r.layers = r.written+1, r.layers+layers
		wrong := r.Server.Ask(t, job)
		for _, words := range r.Refused {
			if strings.Contains(wrong, words) {
				r.not["answers "+words]++
				return ""
			}
		}
		return wrong
	})
}

// Log logs how many networks were written, and why others were not.
func (r *Trial) Log(t *testing.T) {
	t.Helper()
	t.Logf("%d random networks written for %s, %d layers; not written: %s", r.written, r.Tool, r.layers, Tallied(r.not))
}

// reason is why a network is not written, without the names of its layers.
func reason(why string) string {
	if strings.Contains(why, "weights") {
		return "sharing"
	}
	if _, kind, ok := strings.Cut(why, " ("); ok { // softmax1 (softmax) has no equivalent
		why, _, _ = strings.Cut(kind, ")")
	}
	return why
}
