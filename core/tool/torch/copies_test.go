package torch

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tool/source"
)

// TestCopies reads dictionaries with the mean of a network beside it, which is no second
// one, and such with two networks that are both trained.
func TestCopies(t *testing.T) {
	net := func(prefix string) string {
		return prefix + "a.0.weight (4, 3, 3, 3)\n" + prefix + "a.0.bias (4,)\n" + prefix + "b.weight (2, 4)\n" + prefix + "b.bias (2,)\n"
	}
	dotless := func(prefix string) string {
		return prefix + "a0weight (4, 3, 3, 3)\n" + prefix + "a0bias (4,)\n" + prefix + "bweight (2, 4)\n" + prefix + "bbias (2,)\n"
	}
	for src, want := range map[string]string{
		net("model.") + net("model_ema."):                                         "122 left out",
		net("model_ema.") + net("model."):                                         "122 left out",
		net("model.") + dotless("model_ema.") + "model_ema.decay ()\n":            "122 left out",
		net("model.d.") + dotless("model_ema.d"):                                  "122 left out",
		net("net.") + net("ema_model.module."):                                    "244",
		net("") + net("ema."):                                                     "122 left out",
		net("student.") + net("teacher.") + "head.weight (3, 2)\n":                "128 left out",
		net("online.") + net("target."):                                           "122 left out",
		net("source.") + net("target."):                                           "244",
		net("model.") + net("model_ema.") + "model_ema.more.weight (2, 2)\n":      "248",
		net("model.") + strings.ReplaceAll(net("model_ema."), "(2, 4)", "(2, 5)"): "246",
		net("schema.") + net("cinema."):                                           "244",
		net("model_ema."):                                                         "122",
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(src)), &ListingReader)
		if d != nil {
			t.Errorf("%s: %v", src, d)
			continue
		}
		got := count.Of(r.Model).Totals.Params(true).String()
		if slices.ContainsFunc(r.Notes, func(n source.Note) bool { return n.Say.Key == catalog.ImportTensorCopies }) {
			got += " left out"
		}
		if got != want {
			t.Errorf("%s, want %s:\n%s", got, want, src)
		}
	}
}
