package trace

import (
	"slices"

	"paramstack/core/layer"
	"paramstack/core/tool/pysource/eval"
)

// activationOps are activations that are methods too.
var activationOps = map[string]op{
	"softmax dim? dtype? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.softmax("softmax", t, v[0])
	},
	"log_softmax dim? dtype? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.softmax("logsoftmax", t, v[0])
	},
	"softmin dim? **more": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		return p.softmax("softmin", t, v[0])
	},
	"exp": func(p *Program, t *Tensor, _ []eval.Value) eval.Value {
		return p.activation(layer.ExpKind.Kind().Name, t, nil)
	},
	"glu dim?": func(p *Program, t *Tensor, v []eval.Value) eval.Value {
		at := t.axis(p.in, v[0], -1)
		out := t.with(slices.Clone(t.dims))
		out.dims[at] /= 2
		n, _ := t.dim(at)
		l, err := layer.GLUKind.With(func(l *layer.GLU) { l.Dim.N = n })
		if err != nil {
			l = nil
		}
		return p.record("glu", l, out, t)
	},
}

// activation applies a layer that keeps the shape.
func (p *Program) activation(kind string, t *Tensor, set func(layer.Layer)) *Tensor {
	out := t.derived(slices.Clone(t.dims))
	out.data = nil
	if !t.live() {
		return out
	}
	l := layer.ByName(kind).New()
	if set != nil {
		set(l)
	}
	return p.record(kind, l, out, t)
}

// softmax maps its dimension to that of a sample.
func (p *Program) softmax(kind string, t *Tensor, dim eval.Value) *Tensor {
	d := int64(-1)
	if n, ok := eval.WholeOf(dim); ok {
		d = n
	} else if len(t.dims) != 2 && len(t.dims) < 4 {
		d = 0
	} else if len(t.dims) == 4 {
		d = 1
	}
	n := int64(-1)
	if len(t.dims) > 0 {
		if i := axis(p.in, d, len(t.dims)); i != len(t.dims)-1 {
			n, _ = t.dim(i)
		}
	}
	return p.activation(kind, t, func(l layer.Layer) {
		if s, ok := l.(*layer.Softmax); ok {
			s.Dim.N = n
		}
	})
}
