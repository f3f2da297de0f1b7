package why_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/why"
)

// A twist makes a network's number one that somebody else has: by an edit of the network,
// by a way of counting its tensors, or both. It knows nothing of how why searches.
type twist struct {
	terms string // of the true reason
	kind  string // in the table, if that is not it
	edit  func(n *subject) (arch.Model, bool)
	// weigh returns what a tensor of n elements counts; macs the same of a layer's operations.
	weigh func(row *count.Row, w *layer.Weight, n int64) int64
	macs  func(row *count.Row, n int64) int64
	sum   func(n int64) int64 // of the whole
	say   func(n int64) string
	of    why.Quantity // Params unless it is stated
}

// A subject is a network that twists are tried on.
type subject struct {
	name   string
	model  arch.Model
	report *count.Report
}

func subjectOf(t testing.TB, name, src string) *subject {
	m := network(t, src)
	return &subject{name, m, count.Of(m)}
}

// rows returns the leaves of a network, each once, in the order of the text.
func (n *subject) rows() (all []*count.Row) {
	n.report.Leaves(func(row *count.Row, _ num.Int) {
		if !slices.ContainsFunc(all, func(r *count.Row) bool { return r.ID == row.ID }) {
			all = append(all, row)
		}
	})
	return all
}

func leafOf(row *count.Row) layer.Layer { return row.Node.(*arch.Leaf).Layer }

func isDense(row *count.Row) bool { return row.Kind().Group == layer.GroupDense }

// top returns the rows that are in no block.
func (n *subject) top() (all []*count.Row) {
	for _, r := range n.report.Rows {
		if r.Form == count.FormLeaf {
			all = append(all, r)
		}
	}
	return all
}

// weighted returns how many layers multiply by weights.
func (n *subject) weighted() int {
	k, _ := n.report.Totals.Layers.Int64()
	return int(k)
}

// head returns the last dense layer or convolution in no block.
func (n *subject) head() *count.Row {
	var last *count.Row
	for _, r := range n.top() {
		if g := r.Kind().Group; g == layer.GroupDense || g == layer.GroupConv {
			last = r
		}
	}
	return last
}

// tail returns the flatten before the first dense layer at the end, and the dense layers.
func (n *subject) tail() (flat *count.Row, dense []*count.Row) {
	for _, r := range n.top() {
		switch {
		case isDense(r):
			dense = append(dense, r)
		case r.Kind().Group == layer.GroupConv:
			flat, dense = nil, nil
		case layer.FlattenKind.Is(leafOf(r)) && len(dense) == 0:
			flat = r
		}
	}
	return flat, dense
}

// each edits every layer for which set returns another.
func each(set func(n *subject, row *count.Row) layer.Layer) func(*subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		all := map[arch.ID]layer.Layer{}
		for _, row := range n.rows() {
			if l := set(n, row); l != nil {
				all[row.ID] = l
			}
		}
		return n.model.SetLayers(all), len(all) > 0
	}
}

func convOf(row *count.Row) (*layer.Conv, bool) {
	c, ok := layer.ConvKind.As(leafOf(row))
	if !ok {
		return nil, false
	}
	return layer.Clone(c).(*layer.Conv), true
}

func classes(k int64) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		head := n.head()
		if head == nil || len(n.rows()) < 3 {
			return n.model, false
		}
		l := layer.Clone(leafOf(head))
		w, ok := l.Kind().Main().At(l).(*layer.Width)
		if !ok {
			return n.model, false
		}
		*w = layer.WidthOf(k)
		return n.model.SetLayer(head.ID, l), true
	}
}

// without deletes rows.
func without(which func(n *subject) []*count.Row) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		var ids []arch.ID
		for _, r := range which(n) {
			ids = append(ids, r.ID)
		}
		return n.model.Delete(ids...), len(ids) > 0
	}
}

// retop replaces all behind the last convolution by the layers of a text.
func retop(src string) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		flat, dense := n.tail()
		if flat == nil || len(dense) == 0 {
			return n.model, false
		}
		var ids []arch.ID
		started := false
		var last arch.ID
		for _, r := range n.report.Rows {
			if started && r.Form == count.FormLeaf && group(r, layer.GroupNorm) {
				return n.model, false // the norm between would stay
			}
			wipes := r.Form == count.FormLeaf && (layer.GlobalAvgPoolKind.Is(leafOf(r)) ||
				layer.AdaptiveAvgPoolKind.Is(leafOf(r)) ||
				r == flat)
			if started = started || wipes; started {
				ids = append(ids, r.ID)
			} else {
				last = r.ID
			}
		}
		body := parsed(src)
		m, _ := n.model.Insert(arch.Place{Anchor: last, Side: arch.After}, body...)
		return m.Delete(ids...), true
	}
}

func sides(size ...int64) func(n *subject) (arch.Model, bool) {
	return func(n *subject) (arch.Model, bool) {
		for _, r := range n.rows() {
			in, ok := layer.InputKind.As(leafOf(r))
			if !ok || in.Shape.Len() != 3 || in.Shape.At(1) == 1 {
				continue
			}
			now := []int64{in.Shape.At(0), in.Shape.At(1), in.Shape.At(2)}
			for i, s := range size {
				if s > 0 {
					now[i] = s
				}
			}
			l := layer.Clone(in).(*layer.Input)
			most := l.Shape.Most
			l.Shape = layer.ExtentsOf(now...)
			l.Shape.Most = most
			return n.model.SetLayer(r.ID, l), true
		}
		return n.model, false
	}
}

// The ways of counting tensors.
func isBias(row *count.Row, w *layer.Weight) bool {
	return w.Class == layer.ClassBias && row.Kind().Group != layer.GroupNorm
}

func learnable(w *layer.Weight, n int64) int64 {
	if w.Class.Learnable() && !w.Shared() {
		return n
	}
	return 0
}

func only(keep func(row *count.Row, w *layer.Weight) bool) func(*count.Row, *layer.Weight, int64) int64 {
	return func(row *count.Row, w *layer.Weight, n int64) int64 {
		if !keep(row, w) {
			return 0
		}
		return learnable(w, n)
	}
}

func group(row *count.Row, of ...layer.Group) bool { return slices.Contains(of, row.Kind().Group) }

// count returns the number of a network after twists.
func counted(n *subject, twists []twist) (int64, bool) {
	now := *n
	for _, w := range twists {
		if w.edit == nil {
			continue
		}
		m, ok := w.edit(&now)
		if !ok {
			return 0, false
		}
		r := count.Of(m)
		now = subject{n.name, m, r}
	}
	for _, row := range now.report.Problems {
		if row.Severity == 0 && len(now.report.Problems) > len(n.report.Problems) {
			return 0, false
		}
	}
	if now.report.Totals.ParamsAtLeast {
		return 0, false
	}
	of := why.Params
	for _, w := range twists {
		of = max(of, w.of)
	}
	total := int64(0)
	now.report.Layers(func(row *count.Row, times num.Int) {
		k, _ := times.Int64()
		if of == why.MACs || of == why.FLOPs {
			v, _ := row.MACs.Value()
			one, _ := v.Int64()
			for _, w := range twists {
				if w.macs != nil {
					one = w.macs(row, one)
				}
			}
			total += one * k
			return
		}
		for i := range row.Weights {
			w := &row.Weights[i]
			v, _ := w.Count()
			c, _ := v.Int64()
			part, weighed := c, false
			for _, t := range twists {
				if t.weigh != nil {
					part, weighed = t.weigh(row, w, part), true
					if part == 0 {
						break
					}
				}
			}
			if !weighed {
				part = learnable(w, c)
			}
			total += part * k
		}
	})
	for _, w := range twists {
		if w.sum != nil {
			total = w.sum(total)
		}
	}
	return total, total > 0
}

// subjects are the networks, of as many sorts as there are; with WHY_TERMS=all more of each.
func subjects(t testing.TB) []*subject {
	var all []*subject
	ids := []string{"lenet-5", "alexnet-2012", "vgg-16", "resnet-18", "resnet-50", "googlenet", "mobilenet-v2",
		"vit-b-16",
		"bert-base", "gpt-2-small", "resnet-20-cifar", "u-net"}
	if os.Getenv("WHY_TERMS") == "all" {
		ids = append(ids, "alexnet-torchvision", "vgg-16-bn", "resnet-152", "densenet-121", "squeezenet-1-0",
			"mobilenet-v1",
			"efficientnet-b0", "inception-v3", "xception", "shufflenet-v2-1-0", "swin-t", "lstm-torchinfo",
			"dcgan-generator", "convnext-tiny", "regnet-y-400mf")
	}
	for _, id := range ids {
		all = append(all, subjectOf(t, id, id))
	}
	for name, src := range map[string]string{
		"mnist":  "input 1x28x28\nconv 32 k3; relu\nconv 64 k3; relu; maxpool 2\nflatten\nlinear 128; relu\nlinear 10",
		"cifar":  "input 3x32x32\nconv 32 k3 p1; relu; maxpool 2\nconv 64 k3 p1; relu; maxpool 2\nconv 128 k3 p1; relu; maxpool 2\nflatten\nlinear 256; relu\nlinear 10",
		"conv":   "input 16x32x32\nconv 64 k5 p2",
		"dense":  "input 784\nlinear 128",
		"mlp":    "input 784\nlinear 512; relu\nlinear 256; relu\nlinear 10",
		"gru":    "input 10x64\ngru 128",
		"lstm":   "input 20x32\nlstm 64 last\nlinear 5",
		"bilstm": "input 128\nembedding 10000x100\nlstm 64 bidirectional last\nlinear 2",
		"attn":   "input 16x128\nattention 8",
	} {
		all = append(all, subjectOf(t, name, src))
	}
	slices.SortStableFunc(all, func(a, b *subject) int { return strings.Compare(a.name, b.name) })
	return all
}

// TestTerms makes each term's number on every network to which it applies, and asks for it.
func TestTerms(t *testing.T) {
	type score struct{ asked, first, found int }
	scores := map[string]*score{}
	var order []string
	seen := map[string]bool{}
	pose := func(n *subject, f *why.Finder, kind string, twists ...twist) {
		v, ok := counted(n, twists)
		if !ok || strings.HasPrefix(kind, "bias-") && !strings.HasPrefix(kind, "bias-o") || strings.HasPrefix(kind,
			"bias-once") ||
			strings.Contains(kind, "forgotten") || strings.Contains(kind, "area-") {
			if !ok || n.weighted() > 20 {
				return // nobody counts so many layers by hand
			}
		}
		own, _ := count.PyTorch.Params(n.report.Totals.Counts).Int64()
		if v == own && n.report.Totals.MACs.Cmp(num.Of(v)) != 0 {
			return
		}
		for i := range twists {
			one, _ := counted(n, slices.Delete(slices.Clone(twists), i, i+1))
			if len(twists) > 1 && one == v {
				return // it changes nothing
			}
		}
		var terms []string
		typed := num.Of(v).Grouped()
		if of := twists[0].of; of == why.MACs || of == why.FLOPs {
			typed += " " + of.String()
		}
		for _, w := range twists {
			terms = append(terms, strings.Fields(w.terms)...)
			if w.say != nil {
				typed = w.say(v)
			}
		}
		if key := n.name + typed; seen[key] {
			return // another term, a commoner one, gives it too
		} else {
			seen[key] = true
		}
		number, d := why.Read(typed)
		if d != nil && strings.HasPrefix(typed, "0.00") {
			return
		}
		if d != nil {
			t.Errorf("%s: %q: %v", n.name, typed, d.Say)
			return
		}
		s := scores[kind]
		if s == nil {
			s = &score{}
			scores[kind] = s
			order = append(order, kind)
		}
		want := sorted(strings.Join(terms, " "))
		if strings.HasSuffix(typed, "MACs") {
			want = strings.TrimSpace(strings.Replace(want, "macs", "", 1)) // it is typed
		}
		a := ask(f, number)
		s.asked++
		for i := range a.Reasons {
			if same(names(a.Reasons[i]), want) {
				s.found++
				if i == 0 {
					s.first++
					return
				}
			}
		}
		t.Logf("MISS %s: %s on %s, %s:%s", kind, want, n.name, typed, list(a))
	}
	for _, n := range subjects(t) {
		f := why.New(n.model, n.report, count.PyTorch)
		for _, w := range terms {
			kind := w.kind
			if kind == "" {
				kind = w.terms
			}
			pose(n, f, kind+fmt.Sprintf(" (%s)", w.of), w)
		}
		for _, p := range pairs {
			a, b := byTerms(p[0]), byTerms(p[1])
			pose(n, f, p[0]+" + "+p[1], a, b)
		}
	}
	all := score{}
	for _, k := range order {
		s := scores[k]
		t.Logf("%-50s first %3d, found %3d of %3d", k, s.first, s.found, s.asked)
		all.asked, all.first, all.found = all.asked+s.asked, all.first+s.first, all.found+s.found
	}
	t.Logf("all: first %d, found %d of %d: %.1f %%", all.first, all.found, all.asked,
		100*float64(all.first)/float64(all.asked))
	if all.first*100 < all.asked*95 {
		t.Errorf("the true terms are first in %d of %d", all.first, all.asked)
	}
}

// same reports whether two lists of terms say the same.
func same(a, b string) bool {
	if a == b {
		return true
	}
	for _, set := range equals {
		if slices.Contains(set, a) && slices.Contains(set, b) {
			return true
		}
	}
	return false
}
