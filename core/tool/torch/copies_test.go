package torch

import (
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/tensor"
	"paramstack/core/tool/source"
	"paramstack/core/tool/torch/pickle"
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

// TestFigureBeside leaves out a number beside the dictionaries of a checkpoint, and reads
// the network that is in a dictionary without a name of its own.
func TestFigureBeside(t *testing.T) {
	dict := func(entries ...any) *pickle.Dict {
		d := &pickle.Dict{}
		for i := 0; i < len(entries); i += 2 {
			d.Keys, d.Values = append(d.Keys, entries[i]), append(d.Values, entries[i+1])
		}
		return d
	}
	of := func(shape ...int64) *pyTensor { return &pyTensor{stored: stored{shape: tensor.Of(shape...)}} }
	net := dict("fc.weight", of(2, 3), "fc.bias", of(2))
	for name, c := range map[string]struct {
		root *pickle.Dict
		want string
	}{
		"a score beside":  {dict("state", dict("model", net, "step", of()), "best", of()), "8"},
		"a score":         {dict("encoder", net, "best", of()), "8"},
		"a free scalar":   {dict("head", net, "scale.weight", of()), "9"},
		"a dictionary":    {dict("fc.weight", of(2, 3), "temperature", of()), "7"},
		"a vector beside": {dict("fc", dict("weight", of(2, 3)), "token", of(4)), "10"},
	} {
		r, err := checkpoint(c.root, tooltest.File("x.pt", nil).Budget())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := count.Of(r.Model).Totals.Params(true).String(); got != c.want {
			t.Errorf("%s: %s parameters, want %s", name, got, c.want)
		}
	}
}
