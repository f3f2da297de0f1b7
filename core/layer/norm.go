package layer

import (
	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A BatchNorm normalises each channel over the batch and the positions
// (torch.nn.BatchNorm1d to 3d). γ and β are parameters; the running mean and
// variance and the batch counter are buffers, which training does not learn. An
// instance norm (torch.nn.InstanceNorm1d to 3d) does so for each sample by
// itself, and by default learns and keeps nothing.
type BatchNorm struct {
	kind     *Kind
	Affine   Affine
	Track    Switch
	Eps      Real
	Momentum Real
}

func newBatchNorm(k Kind, on Switch, affine []Field) *Kind {
	kind := &k
	kind.Group, kind.Learns = GroupNorm, true
	kind.New = func() Layer {
		return &BatchNorm{kind, Affine{on, true, true}, on, Real{1e-5, 0, 1e9}, Real{0.1, 0, 1}}
	}
	kind.Fields = append(affine,
		Field{Name: "track", Off: negated("track", on), At: func(l Layer) Value { return &l.(*BatchNorm).Track }},
		Field{Name: "eps", At: func(l Layer) Value { return &l.(*BatchNorm).Eps }},
		Field{Name: "momentum", At: func(l Layer) Value { return &l.(*BatchNorm).Momentum }})
	return kind
}

// negated is the word that takes a switch away from its default.
func negated(name string, on Switch) string {
	if on {
		return "no" + name
	}
	return name
}

func batchAffine(l Layer) *Affine { return &l.(*BatchNorm).Affine }

var (
	batchNorm = newBatchNorm(Kind{
		Name: "bn", Alias: "b", Also: []string{"batchnorm", "batchnorm2d", "batchnorm1d", "batchnorm3d"},
		Torch: "BatchNorm2d", Keras: "BatchNormalization", Caffe: "BatchNorm", ONNX: "BatchNormalization",
		inference: holding(HoldsInPlace),
	}, true, affineFields(batchAffine))
	instanceNorm = newBatchNorm(Kind{Name: "instancenorm",
		Also: []string{"instancenorm2d", "instancenorm1d", "instancenorm3d"}, Torch: "InstanceNorm2d",
		ONNX: "InstanceNormalization"}, false,
		[]Field{{Name: "affine", Off: "affine", At: func(l Layer) Value { return &batchAffine(l).On }}})
)

// The kinds, each with the type of its layers.
var (
	BatchNormKind    = Typed[*BatchNorm]{&batchNorm}
	InstanceNormKind = Typed[*BatchNorm]{&instanceNorm}
	LRNKind          = Typed[*LRN]{&lrn}
)

// Kind implements Layer.
func (l *BatchNorm) Kind() *Kind { return l.kind }

// Apply implements Layer: γ and β of C each; buffers of C, C and 1.
func (l *BatchNorm) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) > MaxSpatial+1 || len(x) < 1 {
		return Result{Out: x}, diag.New(catalog.NeedsImage, x.String())
	}
	if n, ok := x[1:].Elements(); ok && l.kind == instanceNorm && !bool(l.Track) && n.Cmp(num.Of(1)) == 0 {
		// torch.nn.functional.instance_norm: "Expected more than 1 spatial element"
		return Result{Out: x}, diag.New(catalog.OnePosition, l.kind.Name, x.String()).AddFix(diag.Fix{Op: diag.Remove})
	}
	w := make([]Weight, 0, 5)
	if l.Affine.On && l.Affine.Scale {
		w = append(w, perChannel("weight", ClassWeight, x))
	}
	if l.Affine.On && l.Affine.Bias {
		w = append(w, perChannel("bias", ClassBias, x))
	}
	if l.Track {
		w = append(w, perChannel("running_mean", ClassStat, x), perChannel("running_var", ClassStat, x),
			Weight{Name: "num_batches_tracked", Class: ClassCounter, Factors: Term{{N: 1, Role: RoleConst}}, Shape: []int64{}})
	}
	return Result{Out: x, Weights: w}, nil
}

// An LRN divides each value by the energy of Size neighbouring channels
// (torch.nn.LocalResponseNorm), or of Size × Size neighbouring positions (Caffe's
// norm_region WITHIN_CHANNEL). It learns nothing.
type LRN struct {
	Size        Whole
	Alpha, Beta Real
	K           Real
	Region      Choice
}

var lrn = &Kind{
	Name: "lrn", Alias: "n", Also: []string{"localresponsenorm"}, Group: GroupNorm,
	New: func() Layer {
		return &LRN{Whole{5, 1, num.MaxExtent}, AnyReal(1e-4), AnyReal(0.75), AnyReal(1),
			Choice{"across", []string{"across", "within"}}}
	},
	Fields: []Field{
		{Name: "size", Main: true, At: func(l Layer) Value { return &l.(*LRN).Size }},
		{Name: "alpha", At: func(l Layer) Value { return &l.(*LRN).Alpha }},
		{Name: "beta", At: func(l Layer) Value { return &l.(*LRN).Beta }},
		{Name: "bias_k", Short: "k", At: func(l Layer) Value { return &l.(*LRN).K }},
		{Name: "region", At: func(l Layer) Value { return &l.(*LRN).Region }},
	},
	Torch: "LocalResponseNorm", Caffe: "LRN", ONNX: "LRN",
}

// Kind implements Layer.
func (l *LRN) Kind() *Kind { return lrn }

// Apply implements Layer.
func (l *LRN) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	if len(in[0]) < 2 {
		return Result{Out: in[0]}, diag.New(catalog.NeedsImage, in[0].String())
	}
	return Result{Out: in[0]}, nil
}
