package tooltest

import (
	"paramstack/core/arch"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/text"
	"slices"
)

// Kinds are small networks with every kind that PyTorch code can say, and
// with the options that change the code.
var Kinds = []string{
	"input 3x9x11; conv 8 k3; conv 8 k3x1 s1x2 p1x0; conv 8 k3 p2 d2 g4 nobias; conv 8 k2 psame; conv 8 k3 p1 mode=reflect",
	"input 3x10x11; conv 8 k3 s2 padding=keras-same; conv 8 k2 s1 padding=keras-same; conv 4 k5 s3 padding=keras-same d1",
	"input 3x20; conv 8 k3 padding=causal d2; conv 4 k5 s2 padding=keras-same; bn; maxpool 2; avgpool 2 s1 p1; globalavgpool",
	"input 3x6x7x8; conv 8 k3 s2 padding=keras-same; bn; maxpool 2 s1 psame; avgpool 2 psame; upsample 2 interpolation=trilinear; globalmaxpool flat",
	"input 4x9x9; depthwise 3 m2 s2 psame; depthwise 3 psame nobias; separable 6 k3 psame; separable 6 k3 m3; separable 5 k3x1 nobias",
	"input 4x9x9; convtranspose 6 k3 s2 p1 o1; convtranspose 6 k3 s2 psame; convtranspose 6 k3 s1 psame; convtranspose 6 k2 s3 psame; convtranspose 6 k4 pvalid s2 g2 nobias",
	"input 4x9; convtranspose 6 k4 s1 psame; convtranspose 6 k3 s2 d2",
	"input 4x10x10; maxpool 3 s2 ceil; maxpool 2 s1 p1; maxpool 3 s1 d2 p1; maxpool 1",
	"input 4x10x10; maxpool 3 s2 psame; avgpool 3 s2 psame; avgpool 3 s1 psame; avgpool 2 s1 psame",
	"input 4x11x10; avgpool 3 s2 p1 nopadcount; avgpool 2 divisor=3; avgpool 2 ceil",
	"input 4x12x12; maxpool 3 s2 caffe; avgpool 3 s2 p1 caffe",
	"input 4x12x12; lppool 3 s2; lppool 2 norm_type=1; adaptiveavgpool 2x1; adaptivemaxpool 1x?",
	"input 4x12x12; fractionalmaxpool 2 size=7x7; fractionalmaxpool 2 output_ratio=0.5; adaptivemaxpool 2; globalmaxpool; squeeze",
	"input 4x12x12; mean 3 keepdim; sum 2x3; unsqueeze; unsqueeze 3; amax 1",
	"input 5x7; linear 4 nobias; bilinear 6 { linear 3 | linear 2 }; relu",
	"input 5x7; rnn 4 layers=2 bidirectional; lstm 6 proj=3; gru 5 bidirectional layers=3; lstm 4 bidirectional merge=sum; lstm 4 bidirectional last; linear 2",
	"input 5x7; rnn 4 nonlinearity=relu nobias; gru 3 last",
	"input 7; lstm 5 cell; gru 4 cell; rnn 3 cell",
	"input 2x3x8x9; convlstm 4 k3 psame; convlstm 5 k3 s2 nobias; convlstm 2 k2 last",
	"input 5x8; attention 2; attention 4 nobias biaskv zeroattn; attention 2 causal; a: linear 12; attention 4 { @a | linear 6 }",
	"input 5x8; attention 4 kv2; attention 2 head_dim=3; attention 2 out_bias=off; attention 2 kv1 head_dim=5 causal window=2",
	"input 3x5x8; attention 2; attention 2 { | linear 6 | linear 4 }",
	"input 14x14x8; windowattention 2 w7; windowattention 2 w4 shift=2; windowattention 4 w7 shift=3 version=v2; windowattention 2 w7 nobias",
	"input 14x14x8; windowattention 2 w7 out_bias=off; windowattention 2 w7 nobias out_bias=on version=v2; reshape 4x49x8; windowattention 2 w7 version=maxvit out_bias=off",
	"input 17x8; multiscaleattention 2 grid=1x4x4 kernel_q=3 out_bias=off; side off { relu | linear 3 }; side { linear 8 }; concat { tanh }",
	"input 3x6x9x8; windowattention 2 w8x4x4 shift=4x2x2; windowattention 2 w2x3x3 shift=1x1x1",
	"input 4x49x8; windowattention 2 w7 version=maxvit; windowattention 2 w7 version=maxvit nobias",
	"input 129x8; multiscaleattention 2 grid=2x8x8 kernel_q=3 stride_q=1x2x2 kernel_kv=3 stride_kv=1x4x4 relpos residual width=16; multiscaleattention 4 grid=2x4x4 nobias",
	"input 6; embedding 50x8; linear 3", "input 6; embeddingbag 50x8 mode=sum; linear 3",
	"input 3x8; concat { param 1x8 | }; add { | param 4x8 }; mul { | buffer 4x8 }; layernorm; layerscale 0.1; layerscale bias; scale 0.17; scale -1e-12; rmsnorm; select 0",
	"input 4x6x6; groupnorm 2; groupnorm 2 nobias; instancenorm; instancenorm affine track; layernorm over=channels; layernorm 6x6 noaffine; rmsnorm over=channels; rmsnorm 6x6; layerscale over=channels",
	"input 4x6x6; bn noscale; bn nobias; bn noaffine; bn notrack; layernorm nobias; layernorm noscale; lrn 3 k=2; prelu; prelu 4; prelu each; prelu shared_axes=2x3",
	"input 8; bn; relu; relu6; leakyrelu 0.2; rrelu; elu 0.5; celu; selu; gelu; gelu approximate=tanh; silu; mish; hardswish; sigmoid; hardsigmoid; logsigmoid; tanh; hardtanh low=-2 high=2; tanhshrink; softplus beta=2; exp; softsign; softshrink; hardshrink; threshold; threshold threshold=0.1 value=20; softmax; softmin; logsoftmax; glu; identity",
	"input 4x6x6; dropout; spatialdropout; alphadropout; gaussiandropout; gaussiannoise; stochasticdepth 0.2; softmax dim=-1",
	"input 4x6x6; flatten start=2; unflatten 3x12 dim=2; reshape 12x?; reshape 2x6x12; permute 3x1x2; squeeze; unsqueeze -1; slice from=1; slice dim=2 step=2 to=-1; chunk 1; select 0 dim=-1",
	"input 1x6x1; squeeze 1x-1; repeatvector 3; roll 1x-2 dims=1x2; flatten; chunk 3 part=1",
	"input 4x6x6; pad 1; pad 1+2x0+1; pad 1 mode=reflect; pad 1x2 mode=replicate; pad 2 mode=circular; pad 1x0x0 fill=2; crop 1; crop 1+0x2",
	"input 4x6; pad 1+0; crop 0+1; upsample 2; upsample size=20 interpolation=linear aligncorners; upsample 0.5 interpolation=area",
	"input 8x4x4; upsample 2x1.5; upsample size=6x9 interpolation=bicubic; pixelshuffle 2; pixelunshuffle 3; channelshuffle 3",
	"input 3x8x8; unfold 3 s2 p1; fold 8x8 k3 s2 p1",
	"input 3x6; add { tanh | relu | sigmoid }; sub { linear 6 | }; mul { | add { | relu } }; max { relu | tanh | }; min { | relu }; average { | tanh }; concat dim=-1 { | linear 2 }",
	"input 4x6; matmul { | permute 2x1 }; matmul transpose { | linear 4 }; cosine { | relu } ",
	"input 4x6; s: linear 6; repeat 3 { add { linear 6 | } ; relu }; concat @s; from @s; linear 6 shares @s; side { | linear 3; linear 2 }; linear 5",
	"input 4x8x8; t: conv 4 k3 p1; repeat 2 { u: conv 4 k1; add { conv 4 k3 p1 | @u } }; repeat 3 { conv 4 k1; add @t }; again @t; relu",
	"input 4x8x8; repeat 4 shared { conv 4 k3 p1; relu }; tower: repeat 2 { add { conv 4 k1 frozen | }; relu }; again @tower; repeat 2 shared { again @tower }",
	"a: input 4x6; b: input 4x6; linear 3 frozen; add { | @a linear 3 }; repeat 3 { concat dim=2 { | linear 2 } }; repeat 2 { linear 5 }",
	"input 3x8x8; tower: from { conv 4 k3; in: relu; add { conv 4 k1 | @in } }; x1: globalavgpool; input 3x8x8; again @tower; globalavgpool; sub @x1",
}

// EveryKind returns Kinds, and of each kind that is in none of them a network with
// its plainest form.
func EveryKind() []string {
	all, tried := slices.Clone(Kinds), map[*layer.Kind]bool{}
	for _, source := range Kinds {
		file, _ := text.Parse(source)
		file.Model.Walk(func(n arch.Node) {
			switch n := n.(type) {
			case *arch.Leaf:
				tried[n.Layer.Kind()] = true
			case *arch.Branch:
				tried[n.Join.Kind()] = true
			}
		})
	}
	for _, k := range layer.Kinds {
		if source := plain(k); !tried[k] && source != "" && k != layer.OpaqueKind.Kind() {
			all = append(all, source)
		}
	}
	return all
}

// plain returns a network of an input and a layer of a kind that fits it, "" if none
// of the usual inputs does.
func plain(k *layer.Kind) string {
	statement := k.Name
	for i := range k.Fields {
		if f := &k.Fields[i]; f.Need {
			statement += " " + f.Name + "=" + layer.Example(f)
		}
	}
	if k.Joins() {
		statement += " { | relu }"
	}
	for _, in := range []string{"3x9x11", "6x8", "6", "3x6x7x8", "4x8x8"} {
		source := "input " + in + "; " + statement
		file, problems := text.Parse(source)
		if len(problems) == 0 && !slices.ContainsFunc(count.Of(file.Model).Problems, func(d *diag.Diag) bool { return d.Severity == diag.Error }) {
			return source
		}
	}
	return ""
}
