package trace

import (
	"slices"
	"strings"

	"paramstack/core/tool/pysource/eval"
)

// numpyModule is NumPy with arrays that have shapes.
func (p *Program) numpyModule() *eval.Module {
	p.numpy = true
	plain, _ := p.in.Module("numpy").(*eval.Module)
	p.numpy = false
	if plain == nil {
		return nil
	}
	m := eval.NewModule("numpy")
	plain.Attrs.Each(func(k, v eval.Value) { m.Attrs.Put(k, v) })
	for _, name := range strings.Fields(`zeros ones full empty expand_dims concatenate reshape transpose squeeze
		stack zeros_like ones_like repeat tile newaxis`) {
		if f := functionOf(name); f != nil {
			m.Attrs.Put(name, f)
		}
	}
	m.Attrs.Put("newaxis", nil)
	random := eval.NewModule("numpy.random")
	for _, name := range []string{"rand", "randn", "random", "random_sample", "normal", "uniform", "randint"} {
		random.Attrs.Put(name, p.randomArray(name))
	}
	random.Missing = func(_ *eval.Interp, attr string) eval.Value { return &eval.Unknown{Name: "numpy.random." + attr} }
	m.Attrs.Put("random", random)
	m.Missing = plain.Missing
	return m
}

func (p *Program) randomArray(name string) *eval.Builtin {
	return eval.NewBuiltin(name, "*dims **names", func(in *eval.Interp, v []eval.Value) eval.Value {
		var shape eval.Value = v[0]
		items := v[0].(*eval.Tuple).Items
		if len(items) > 0 && (name != "rand" && name != "randn") {
			shape = items[len(items)-1]
		}
		if d, ok := v[1].(*eval.Dict); ok {
			if s, ok := d.Get("size"); ok {
				shape = s
			}
		}
		if dims, ok := extents(in, shape); ok {
			return ranked(dims)
		}
		return &eval.Unknown{Name: "numpy.random." + name + "()"}
	})
}

// datasets are the shapes of the data that programs load by name: of the images that
// they train with, how many they test with, and the labels.
var datasets = map[string]struct {
	images []int64
	tests  int64
	labels []int64
}{
	"mnist":         {[]int64{60000, 28, 28}, 10000, []int64{60000}},
	"fashion_mnist": {[]int64{60000, 28, 28}, 10000, []int64{60000}},
	"cifar10":       {[]int64{50000, 32, 32, 3}, 10000, []int64{50000, 1}},
	"cifar100":      {[]int64{50000, 32, 32, 3}, 10000, []int64{50000, 1}},
}

func (p *Program) dataset(name, which string) *eval.Module {
	set, ok := datasets[which]
	if !ok {
		if around["datasets."+which] {
			return p.quiet(name)
		}
		return nil
	}
	m := p.quiet(name)
	m.Attrs.Put("load_data", eval.NewRaw("load_data", func(*eval.Interp, eval.Args) eval.Value {
		tests := func(dims []int64) *Tensor {
			d := slices.Clone(dims)
			d[0] = set.tests
			return ranked(d)
		}
		p.data = append(p.data, set.images)
		return eval.NewTuple(eval.NewTuple(ranked(slices.Clone(set.images)), ranked(slices.Clone(set.labels))),
			eval.NewTuple(tests(set.images), tests(set.labels)))
	}))
	return m
}
