package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/tensor"
)

// An Embedding gives each index a row of its table (torch.nn.Embedding). A
// sample is indices, whatever its rank; a bag (torch.nn.EmbeddingBag) makes one
// row of all of them.
type Embedding struct {
	kind  *Kind
	Table Extents // num_embeddings × embedding_dim
	Mode  Choice  // how a bag becomes one row
}

func newEmbedding(k Kind, more ...Field) *Kind {
	kind := &k
	kind.Group, kind.Learns = GroupTable, true
	kind.New = func() Layer {
		return &Embedding{kind, Extents{Most: 2}, Choice{"mean", []string{"mean", "sum", "max"}}}
	}
	kind.Fields = append([]Field{
		{Name: "table", Main: true, Need: true, Role: RoleSpatial, Like: "50257x768",
			At: func(l Layer) Value { return &l.(*Embedding).Table }},
	}, more...)
	return kind
}

var (
	embedding    = newEmbedding(Kind{Name: "embedding", Alias: "emb", Torch: "Embedding", Keras: "Embedding", Caffe: "Embed"})
	embeddingBag = newEmbedding(Kind{Name: "embeddingbag", Torch: "EmbeddingBag"},
		Field{Name: "mode", At: func(l Layer) Value { return &l.(*Embedding).Mode }})
)

// The kinds, each with the type of its layers.
var (
	EmbeddingKind    = Typed[*Embedding]{&embedding}
	EmbeddingBagKind = Typed[*Embedding]{&embeddingBag}
)

// Kind implements Layer.
func (l *Embedding) Kind() *Kind { return l.kind }

// Apply implements Layer: [L] becomes [L, width]. Looking up multiplies nothing.
func (l *Embedding) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x, sides := in[0], l.Table.shape()
	if len(sides) != 2 {
		return Result{}, diag.New(catalog.TableMismatch, l.Table.Text(), len(sides)).On("table")
	}
	w := table("weight", ClassWeight, sides, "table")
	w.Factors[0].Says, w.Factors[1].Says = catalog.FactorIndex, catalog.FactorRowOf
	r := Result{Weights: []Weight{w}, Window: unfollowed}
	if l.kind == embeddingBag {
		if len(x) != 1 {
			return r, diag.New(catalog.NeedsVector, x.String())
		}
		x = nil
	}
	r.Out = append(append(tensor.Shape{}, x...), sides[1])
	return r, nil
}
