package doc

import (
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// mostTerms bounds the layers in one sum, so that people still read it.
const mostTerms = 24

// sums writes the totals: layer by layer, by family. trained is the remark on what
// is trained.
func (d *derivation) sums(trained string) {
	t := d.Report.Totals
	d.w.heading(2, d.say(catalog.DeriveSums))
	shown := d.Style.Params(t.Counts)
	if len(d.terms) > 1 && len(d.terms) <= mostTerms {
		parts := make([]string, len(d.terms))
		for i, n := range d.terms {
			parts[i] = n.Grouped()
		}
		d.w.item(1, words(d.say(catalog.DeriveLayers)+" "), maths(strings.Join(parts, " + ")+" = "+shown.Grouped()))
	}
	for g := layer.Group(0); g < layer.Groups; g++ {
		c := t.Groups[g]
		if params := d.Style.Params(c); !params.IsZero() || !c.MACs.IsZero() {
			d.w.item(1, words(d.say(catalog.DeriveFamily, g.Label(), params.Grouped(), num.Percent(params.Share(shown)),
				c.MACs.Grouped(), num.Percent(c.MACs.Share(t.MACs)))))
		}
	}
	d.w.item(1, strong(d.say(catalog.DeriveTotal)), words(" "+d.counts(t.Counts)))
	if t.ParamsAtLeast || t.MACsAtLeast {
		d.w.item(1, words(d.say(catalog.UIAtLeast)))
	}
	bytes := tensor.Float32.Bytes(shown)
	each := tensor.Float32.Bytes(num.Of(1))
	d.w.item(1, words(d.say(catalog.DeriveSize, tensor.Float32.Name, each.String())+" "),
		maths(each.String()+"·"+shown.Grouped()+" = "+bytes.Grouped()),
		words(" ("+bytes.Bytes(false)+", "+bytes.Bytes(true)+")"))
	d.w.item(1, words(trained))
}

// lessons writes what the numbers teach, where they teach something.
func (d *derivation) lessons() {
	t := d.Report.Totals
	conv, dense := t.Groups[layer.GroupConv], t.Groups[layer.GroupDense]
	total := d.Style.Params(t.Counts)
	var said []string
	if !conv.Weights.IsZero() {
		said = append(said, d.say(catalog.LessonConv), d.say(catalog.LessonDepth))
	}
	if !conv.Weights.IsZero() && !dense.Weights.IsZero() && !t.ParamsAtLeast {
		share := d.Style.Params(dense).Share(total)
		if share > 0.5 {
			said = append(said, d.say(catalog.LessonDenseMost, num.Percent(share), num.Percent(dense.MACs.Share(t.MACs))))
		} else {
			said = append(said, d.say(catalog.LessonDenseFew, num.Percent(share), num.Percent(d.Style.Params(conv).Share(total))))
		}
	}
	if d.maps != "" {
		said = append(said, d.say(catalog.LessonDenseReads, d.maps))
	}
	if len(said) == 0 {
		return
	}
	d.w.heading(2, d.say(catalog.DeriveLessons))
	for _, s := range said {
		d.w.item(1, words(s))
	}
}
