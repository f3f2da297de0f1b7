package keras

import (
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
)

// TestKerasBroken: models that are not written as Keras writes them are refused,
// with the place, what is there and what belongs there.
func TestKerasBroken(t *testing.T) {
	const layers, list, one = `{"layers": [{"class_name": …, "config": {…}}, …]}`, `[{"class_name": …, "config": {…}}, …]`, `{"class_name": …, "config": {…}}`
	shape := func(who, place, received, like string) string {
		return who + " is not a valid Keras configuration: " + place + " is " + received + ", but should be like " + like + "."
	}
	absent := func(who, place, like string) string {
		return who + " is not a valid Keras configuration: " + place + " is missing. It should be like " + like + "."
	}
	for src, want := range map[string]string{
		`{"class_name":"Sequential","config":7}`:                                    shape("Sequential", "config", "‘7’", layers),
		`{"class_name":"Sequential","config":"layers"}`:                             shape("Sequential", "config", `‘"layers"’`, layers),
		`{"class_name":"Sequential","config":null}`:                                 shape("Sequential", "config", "‘null’", layers),
		`{"class_name":"Sequential","config":{}}`:                                   absent("Sequential", "config.layers", list),
		`{"class_name":"Sequential","config":[1,2]}`:                                shape("Sequential", "config[0]", "‘1’", one),
		`{"class_name":"Sequential","config":[{"name":"a"}]}`:                       absent("Sequential", "config[0].class_name", `"Dense"`),
		`{"class_name":"Sequential","config":{"name":"s","layers":"x"}}`:            shape("Sequential", "config.layers", `‘"x"’`, list),
		`{"class_name":"Sequential","config":{"layers":{"a":1}}}`:                   shape("Sequential", "config.layers", `‘{"a":1}’`, list),
		`{"class_name":"Functional","config":{"name":"f"}}`:                         absent("Functional", "config.layers", list),
		`{"class_name":"Model","config":[]}`:                                        shape("Model", "config", "‘[]’", layers),
		`{"modelTopology":{"model_config":{"class_name":"Sequential","config":1}}}`: shape("Sequential", "config", "‘1’", layers),
		`{"modelTopology":{"class_name":"Model","config":7}}`:                       shape("Model", "config", "‘7’", layers),
		`{"modelTopology":7,"class_name":"Sequential"}`:                             shape("JSON", "modelTopology", "number", "{…}"),
		`{"class_name":"Sequential","config":{"name":7,"layers":[]}}`:               shape("Sequential", "config.name", "number", `"…"`),
		kseq(kin("i", "4"), `{"class_name":"Sequential","name":"in","config":7}`):   shape("Sequential ‘in’", "config", "‘7’", layers),
		kseq(kin("i", "4"), `{"class_name":"Dense","name":"d","config":"units"}`):   shape("Dense ‘d’", "config", `‘"units"’`, "{…}"),
	} {
		res, _, problem := tooltest.Open(tooltest.File("model.json", []byte(src)), readers...)
		if problem == nil {
			t.Errorf("%s is read as %s", src, compactOf(res))
		} else if got := problem.Say.In(catalog.English); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", src, got, want)
		}
	}
	// Without outputs nothing states the output of the network.
	open := `{"class_name":"Functional","config":{"layers":[` + kin("i", "4") + `,` + kl("Dense", "d", `"units":2`, "i") + `]}}`
	if _, _, problem := tooltest.Open(tooltest.File("model.json", []byte(open)), readers...); problem == nil || problem.Say.Key != catalog.ImportKerasLayer {
		t.Errorf("without outputs: %v", problem)
	}
}
