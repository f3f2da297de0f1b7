package layer

import (
	"math"
	"strconv"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/num"
	"paramstack/core/tensor"
)

// A Conv slides Filters kernels over a sample of one to three spatial
// dimensions (C×L, C×H×W, C×D×H×W), as torch.nn.Conv1d, Conv2d and Conv3d do.
// Each kernel is as deep as the input has channels, divided by Groups.
type Conv struct {
	Filters  Width
	Kernel   Size
	Stride   Size
	Padding  Padding
	Dilation Size
	Groups   Whole
	Bias     Switch
	Mode     Choice // what padding is filled with; shapes follow from it, counts do not
}

var conv = &Kind{
	Name: "conv", Alias: "c", Also: []string{"conv2d", "conv1d", "conv3d"}, Group: GroupConv, Learns: true,
	New: func() Layer {
		return &Conv{
			Kernel: Size{Least: 1}, Stride: SizeOf(1), Padding: PaddingOf(0), Dilation: SizeOf(1),
			Groups: Whole{1, 1, num.MaxExtent}, Bias: true,
			Mode: Choice{padZeros, []string{padZeros, padReflect, padReplicate, padCircular}},
		}
	},
	Fields: []Field{
		{Name: "filters", Main: true, Need: true, Role: RoleOut, At: func(l Layer) Value { return &l.(*Conv).Filters }},
		{Name: "kernel", Short: "k", Need: true, Role: RoleKernel, At: func(l Layer) Value { return &l.(*Conv).Kernel }},
		{Name: "stride", Short: "s", At: func(l Layer) Value { return &l.(*Conv).Stride }},
		{Name: "padding", Short: "p", At: func(l Layer) Value { return &l.(*Conv).Padding }},
		{Name: "dilation", Short: "d", At: func(l Layer) Value { return &l.(*Conv).Dilation }},
		{Name: "groups", Short: "g", Role: RoleLanes, At: func(l Layer) Value { return &l.(*Conv).Groups }},
		{Name: "bias", Off: "nobias", Role: RoleBias, At: func(l Layer) Value { return &l.(*Conv).Bias }},
		{Name: "mode", At: func(l Layer) Value { return &l.(*Conv).Mode }},
	},
	Torch: "Conv2d", Keras: "Conv2D", Caffe: "Convolution", ONNX: "Conv",
}

// What padding may be filled with (padding_mode in PyTorch).
const (
	padZeros     = "zeros"
	padReflect   = "reflect"
	padReplicate = "replicate"
	padCircular  = "circular"
)

// Kind implements Layer.
func (l *Conv) Kind() *Kind { return conv }

// Apply implements Layer. The weight is [C_out, C_in/g, k…]; MACs are weights ×
// output positions, without bias (torch.nn.Conv2d; conventions §3 to §5).
func (l *Conv) Apply(in []tensor.Shape) (Result, *diag.Diag) {
	x := in[0]
	dims, d := spatial(x)
	if d != nil {
		return Result{}, d
	}
	channels := tensor.Dim{N: l.Filters.Value(), Written: l.Filters.Product}
	if d := l.fits(dims); d != nil {
		return Result{Out: open(channels, dims)}, d
	}
	out, window, notes, problem := l.slide(x, channels, dims)
	if d := l.lanes(x); d != nil {
		// No kernel can be built, but its windows would go where they go.
		return Result{Out: out, Window: window}, d
	}
	weight, macs := l.terms(x, out, dims)
	weights := []Weight{{Name: "weight", Class: ClassWeight, Factors: weight, Shape: l.shape(x, dims)}}
	if l.Bias {
		weights = append(weights, bias(&out[0]))
	}
	return Result{Out: out, Weights: weights, MACs: Sum{macs}, Window: window, Notes: notes}, problem
}

// terms returns the weight's factors in the trade's order, kernel · input
// channels · output channels, and the MACs, the same times the output
// positions. Groups are lanes: each has its own share of both channels.
func (l *Conv) terms(x, out tensor.Shape, dims int) (weight, macs Term) {
	t := make(Term, 0, 2*dims+3)
	for i := 0; i < dims; i++ {
		t = append(t, Factor{N: l.Kernel.At(i), Role: RoleKernel, Axis: uint8(i), Of: uint8(dims), Field: "kernel"})
	}
	g := l.Groups.N
	depth := x[0].N
	if depth > 0 {
		depth /= g
	}
	t = append(t, Factor{N: depth, Role: RoleIn, Dim: &x[0], Div: g})
	if lane := out[0].N / g; lane > 1 || g == 1 {
		t = append(t, Factor{N: lane, Role: RoleOut, Field: "filters", Dim: &out[0], Div: g})
	}
	if g > 1 {
		t = append(t, Factor{N: g, Role: RoleLanes, Field: "groups"})
	}
	n := len(t)
	t = positions(t, out)
	return t[:n:n], t
}

func (l *Conv) shape(x tensor.Shape, dims int) []int64 {
	depth := x[0].N
	if depth > 0 {
		depth /= l.Groups.N
	}
	s := append(make([]int64, 0, dims+2), l.Filters.Value(), depth)
	for i := 0; i < dims; i++ {
		s = append(s, l.Kernel.At(i))
	}
	return s
}

func (l *Conv) fits(dims int) *diag.Diag {
	for _, f := range []struct {
		name string
		size Size
	}{{"kernel", l.Kernel}, {"stride", l.Stride}, {"padding", l.Padding.Size}, {"dilation", l.Dilation}} {
		if d := fits(f.name, f.size, dims); d != nil {
			return d
		}
	}
	return nil
}

// lanes refuses groups that do not divide the channels, and offers the nearest
// that do.
func (l *Conv) lanes(x tensor.Shape) *diag.Diag {
	g, in, out := l.Groups.N, x[0].N, l.Filters.Value()
	if g == 1 || ((in < 0 || in%g == 0) && out%g == 0) {
		return nil
	}
	var d *diag.Diag
	if in >= 0 && in%g != 0 {
		d = diag.New(catalog.GroupsIn, g, in).On("groups")
	} else {
		d = diag.New(catalog.GroupsOut, g, out).On("groups")
	}
	for _, n := range nearestDivisors(g, in, out) {
		d.Mend(diag.Fix{Op: diag.SetField, Field: "groups", Value: strconv.FormatInt(n, 10)})
	}
	return d
}

// nearestDivisors returns the common divisors of a and b next to n, below and
// above. An unknown a divides everything.
func nearestDivisors(n, a, b int64) []int64 {
	if a < 0 {
		a = b
	}
	common := gcd(a, b)
	var below, above int64
	consider := func(c int64) {
		if c < n && c > below {
			below = c
		}
		if c > n && (above == 0 || c < above) {
			above = c
		}
	}
	for c := int64(1); c <= common/c && c < 1<<21; c++ {
		if common%c == 0 {
			consider(c)
			consider(common / c)
		}
	}
	var found []int64
	if below > 0 {
		found = append(found, below)
	}
	if above > 0 {
		found = append(found, above)
	}
	return found
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// slide returns the output shape. What cannot be told stays unknown, and the
// first dimension that is too small makes the problem.
func (l *Conv) slide(x tensor.Shape, channels tensor.Dim, dims int) (tensor.Shape, *Window, []*diag.Diag, *diag.Diag) {
	out := open(channels, dims)
	window := &Window{Dims: make([]WindowDim, dims)}
	var notes []*diag.Diag
	if l.Padding.Rule == PadSame {
		if d := l.sameStride(dims); d != nil {
			return out, nil, nil, d
		}
	}
	for i := 0; i < dims; i++ {
		size, stride := reach(l.Kernel.At(i), l.Dilation.At(i)), l.Stride.At(i)
		before, after := l.pad(i, size)
		if before > 0 || after > 0 {
			if d := l.modeFits(x[i+1], max(before, after)); d != nil {
				return open(channels, dims), nil, nil, d
			}
		}
		window.Dims[i] = WindowDim{Reach: size, Stride: stride, Pad: before}
		if !x[i+1].Known() {
			continue
		}
		n := slide(x[i+1].N, before+after, size, stride)
		if n < 1 {
			problem := tooSmall(x[i+1].N, before+after, size).On("kernel")
			if pad := (size - x[i+1].N + 1) / 2; pad <= math.MaxInt32 { // else a Size cannot hold it
				problem.Mend(diag.Fix{Op: diag.SetField, Field: "padding", Value: strconv.FormatInt(pad, 10)})
			}
			return open(channels, dims), nil, nil, problem
		}
		out[i+1].N = n
		if rest := (x[i+1].N + before + after - size) % stride; rest > 0 {
			notes = append(notes, unused(rest, i, dims))
		}
	}
	return out, window, notes, nil
}

// pad returns the cells added before and after dimension i. "same" adds
// dilation·(kernel−1) in all, the odd one after (torch.nn.Conv2d, padding).
func (l *Conv) pad(i int, size int64) (before, after int64) {
	switch l.Padding.Rule {
	case PadSame:
		return (size - 1) / 2, size - 1 - (size-1)/2
	case PadValid:
		return 0, 0
	default:
		return l.Padding.At(i), l.Padding.At(i)
	}
}

// sameStride refuses "same" with a stride, as torch.nn.Conv2d does.
func (l *Conv) sameStride(dims int) *diag.Diag {
	for i := 0; i < dims; i++ {
		if l.Stride.At(i) != 1 {
			half := Size{Least: 0, n: 1, v: [MaxSpatial]int64{(reach(l.Kernel.At(i), l.Dilation.At(i)) - 1) / 2}}
			return diag.New(catalog.SameNeedsStride1, l.Stride.Text()).On("padding").
				Mend(diag.Fix{Op: diag.SetField, Field: "padding", Value: half.Text()}).
				Mend(diag.Fix{Op: diag.SetField, Field: "stride", Value: "1"})
		}
	}
	return nil
}

// modeFits refuses padding that the fill cannot supply: reflection needs one
// cell more than it mirrors, wrapping around must not wrap twice
// (torch.nn.functional.pad).
func (l *Conv) modeFits(x tensor.Dim, pad int64) *diag.Diag {
	most := x.N
	switch l.Mode.Word {
	case padReflect:
		most--
	case padCircular:
	default:
		return nil
	}
	if !x.Known() || pad <= most {
		return nil
	}
	return diag.New(catalog.PadBeyondInput, l.Mode.Word, pad, x.N, most).On("padding").
		Mend(diag.Fix{Op: diag.SetField, Field: "mode", Value: padZeros})
}

// tooSmall says that a window does not fit its padded input.
func tooSmall(in, pad, size int64) *diag.Diag {
	return diag.New(catalog.WindowTooLarge, size, in, pad)
}

// unused notes the cells at the far edge that no window reaches.
func unused(rest int64, i, dims int) *diag.Diag {
	d := diag.New(catalog.UnusedCells, rest, AxisName(uint8(i), uint8(dims)))
	d.Severity = diag.Note
	return d
}

// AxisName returns the key of a spatial dimension's name: depth, height, width.
func AxisName(i, of uint8) catalog.Key {
	return [...]catalog.Key{catalog.AxisDepth, catalog.AxisHeight, catalog.AxisWidth}[MaxSpatial-int(of)+int(i)]
}
