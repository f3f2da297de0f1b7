package layer

import (
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// An Affine is the scale γ and the shift β behind a normalisation: both, one of
// them (Keras' scale and center), or none (affine=False).
type Affine struct{ On, Scale, Bias Switch }

var bothAffine = Affine{true, true, true}

// affineFields are the fields of an Affine, wherever it lies in its layer.
func affineFields(at func(Layer) *Affine) []Field {
	return []Field{
		{Name: "affine", Off: "noaffine", At: func(l Layer) Value { return &at(l).On }},
		{Name: "scale", Off: "noscale", At: func(l Layer) Value { return &at(l).Scale }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &at(l).Bias }},
	}
}

// weights declares γ and β, each with the extents of dims.
func (a Affine) weights(dims tensor.Shape) []Weight {
	var w []Weight
	if a.On && a.Scale {
		w = append(w, perEntry("weight", ClassWeight, dims))
	}
	if a.On && a.Bias {
		w = append(w, perEntry("bias", ClassBias, dims))
	}
	return w
}

// perEntry declares a tensor with one number for each entry of dims.
func perEntry(name string, class Class, dims tensor.Shape) Weight {
	w := table(name, class, dims, "")
	for i := range w.Factors {
		w.Factors[i].Role, w.Factors[i].Says = RoleChannels, ""
	}
	return w
}

// Over says which dimensions a layer has its numbers for: the last, or the
// channels of a map that has them first.
const (
	overLast     = "last"
	OverChannels = "channels"
)

func newOver() Choice { return Choice{overLast, []string{overLast, OverChannels}} }

// over returns the one dimension that is meant.
func over(c Choice, x tensor.Shape) (tensor.Shape, *diag.Diag) {
	switch {
	case len(x) == 0:
		return nil, diag.New(catalog.NeedsFeatures)
	case c.Word == OverChannels:
		return x[:1], nil
	default:
		return x[len(x)-1:], nil
	}
}

// A LayerNorm normalises each sample over its last dimensions (torch.nn.LayerNorm,
// torch.nn.RMSNorm), or each position over its channels (torchvision's
// LayerNorm2d, which permutes there and back).
type LayerNorm struct {
	kind   *Kind
	Shape  Extents // normalized_shape; not given: what Over says
	Over   Choice
	Affine Affine
	Eps    Real
}

func newLayerNorm(k Kind, affine Affine) *Kind {
	kind := &k
	kind.Group, kind.Learns = GroupNorm, true
	kind.New = func() Layer {
		return &LayerNorm{kind, Extents{Most: MaxRank}, newOver(), affine, Real{1e-5, 0, 1e9}}
	}
	switches := affineFields(func(l Layer) *Affine { return &l.(*LayerNorm).Affine })
	if kind.Name == "rmsnorm" {
		switches = switches[:1]
	}
	kind.Fields = append([]Field{
		{Name: "normalized", Main: true, Role: RoleSpatial, At: func(l Layer) Value { return &l.(*LayerNorm).Shape }},
		{Name: "over", At: func(l Layer) Value { return &l.(*LayerNorm).Over }},
		{Name: "eps", At: func(l Layer) Value { return &l.(*LayerNorm).Eps }},
	}, switches...)
	return kind
}

var (
	layerNorm = newLayerNorm(Kind{Name: "layernorm", Alias: "ln", Torch: "LayerNorm", Keras: "LayerNormalization",
		ONNX: "LayerNormalization"}, bothAffine)
	rmsNorm = newLayerNorm(Kind{Name: "rmsnorm", Torch: "RMSNorm", Keras: "RMSNormalization"}, Affine{On: true, Scale: true})
)

// The kinds, each with the type of its layers.
var (
	LayerNormKind  = Typed[*LayerNorm]{&layerNorm}
	GroupNormKind  = Typed[*GroupedNorm]{&groupNorm}
	RMSNormKind    = Typed[*LayerNorm]{&rmsNorm}
	LayerScaleKind = Typed[*LayerScale]{&layerScale}
)

// Kind implements Layer.
func (l *LayerNorm) Kind() *Kind { return l.kind }

// Apply implements Layer. γ and β have one number for each entry of the
// normalised dimensions.
func (l *LayerNorm) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := over(l.Over, x)
	if d != nil {
		return Result{}, d
	}
	if n := l.Shape.Len(); n > 0 {
		if l.Over.Word == overLast && n <= len(x) {
			dims = x[len(x)-n:]
		}
		given := l.Shape.shape()
		dims, d = agree(given, dims)
		if d != nil {
			return Result{Out: x, Weights: l.Affine.weights(given)}, d
		}
	}
	return Result{Out: x, Weights: l.Affine.weights(dims)}, nil
}

// agree returns dims with what is unknown among them filled from a given
// normalized_shape, which must be the same where both are known.
func agree(given, dims tensor.Shape) (tensor.Shape, *diag.Diag) {
	both := append(tensor.Shape{}, dims...)
	same := len(given) == len(dims)
	for i := 0; same && i < len(dims); i++ {
		if !dims[i].Known() {
			both[i].N = given[i].N
		}
		same = !given[i].Known() || given[i].N == both[i].N
	}
	if !same {
		return nil, diag.New(catalog.NormMismatch, given.String(), dims.String()).On("normalized")
	}
	return both, nil
}

// A LayerScale multiplies by one learned number for each feature (CaiT,
// arXiv 2103.17239), or for each channel of a map (torchvision's CNBlock, whose
// layer_scale is C×1×1). With a bias it is Caffe's Scale.
type LayerScale struct {
	Init Real
	Over Choice
	Bias Switch
}

var layerScale = &Kind{
	Name: "layerscale", Group: GroupNorm, Learns: true, InPlace: true,
	New: func() Layer { return &LayerScale{Init: AnyReal(1e-6), Over: newOver()} },
	Fields: []Field{
		{Name: "init", Main: true, At: func(l Layer) Value { return &l.(*LayerScale).Init }},
		{Name: "over", At: func(l Layer) Value { return &l.(*LayerScale).Over }},
		{Name: "bias", Off: "bias", Role: RoleBias, At: func(l Layer) Value { return &l.(*LayerScale).Bias }},
	},
	Caffe: "Scale",
}

// Kind implements Layer.
func (l *LayerScale) Kind() *Kind { return layerScale }

// Apply implements Layer.
func (l *LayerScale) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := over(l.Over, x)
	if d != nil {
		return Result{}, d
	}
	w := Affine{true, true, l.Bias}.weights(dims)
	if l.Over.Word == OverChannels {
		for i := range w {
			for range x[1:] {
				w[i].Shape = append(w[i].Shape, 1)
			}
		}
	}
	return Result{Out: x, Weights: w}, nil
}

// A GroupedNorm normalises groups of channels by themselves (torch.nn.GroupNorm).
type GroupedNorm struct {
	Groups Whole
	Affine Affine
	Eps    Real
}

var groupNorm = &Kind{
	Name: "groupnorm", Also: []string{"gn"}, Group: GroupNorm, Learns: true,
	New: func() Layer { return &GroupedNorm{Whole{32, 1, num.MaxExtent}, bothAffine, Real{1e-5, 0, 1e9}} },
	Fields: append([]Field{
		{Name: "groups", Main: true, Role: RoleLanes, At: func(l Layer) Value { return &l.(*GroupedNorm).Groups }},
		{Name: "eps", At: func(l Layer) Value { return &l.(*GroupedNorm).Eps }},
	}, affineFields(func(l Layer) *Affine { return &l.(*GroupedNorm).Affine })...),
	Torch: "GroupNorm", Keras: "GroupNormalization", ONNX: "GroupNormalization",
}

// Kind implements Layer.
func (l *GroupedNorm) Kind() *Kind { return groupNorm }

// Apply implements Layer: γ and β of C each.
func (l *GroupedNorm) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	if len(x) == 0 {
		return Result{}, diag.New(catalog.NeedsFeatures)
	}
	r := Result{Out: x, Weights: l.Affine.weights(x[:1])}
	if x[0].Known() && x[0].N%l.Groups.N != 0 {
		d := diag.New(catalog.GroupsIn, l.Groups.N, x[0].N).On("groups")
		for _, n := range nearestDivisors(l.Groups.N, x[0].N, x[0].N) {
			d.AddFix(diag.Fix{Op: diag.SetField, Field: "groups", Value: strconv.FormatInt(n, 10)})
		}
		return r, d
	}
	return r, nil
}
