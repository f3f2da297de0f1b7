package onnx

import (
	"bytes"
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"
)

// A message is a protobuf message in the making.
type message []byte

func (m *message) bytes(n protowire.Number, b []byte) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, n, protowire.BytesType), b)
}

func (m *message) text(n protowire.Number, s string) { m.bytes(n, []byte(s)) }

func (m *message) int(n protowire.Number, v int64) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, n, protowire.VarintType), uint64(v))
}

func words(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ",")
}

func dimsOf(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == 'x' }) }

// tensorOf writes "float 4x3" or "int64 2 = 1,-1": raw data for a few numbers, and
// a gap in the file where they were for many.
func tensorOf(name, src string) message {
	head, values, _ := strings.Cut(src, "=")
	f := strings.Fields(head)
	var t message
	if len(f) > 1 {
		for _, d := range dimsOf(f[1]) {
			n, _ := strconv.ParseInt(d, 10, 64)
			t.int(1, n)
		}
	}
	typ := map[string]int64{"float": onnxpb.Float, "int64": onnxpb.Int64, "uint8": onnxpb.Uint8, "int8": onnxpb.Int8, "int32": onnxpb.Int32}[f[0]]
	t.int(2, typ)
	t.text(8, name)
	var raw []byte
	for _, v := range words(strings.TrimSpace(values)) {
		x, _ := strconv.ParseFloat(v, 64)
		if typ == onnxpb.Float {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(x)))
		} else {
			raw = binary.LittleEndian.AppendUint64(raw, uint64(int64(x)))
		}
	}
	if raw != nil {
		t.bytes(9, raw)
	}
	return t
}

func infoOf(name, dims string) message {
	var shape message
	for _, d := range dimsOf(dims) {
		var dim message
		if n, err := strconv.ParseInt(d, 10, 64); err == nil {
			dim.int(1, n)
		} else {
			dim.text(2, d)
		}
		shape.bytes(1, dim)
	}
	var tensor, typ, info message
	tensor.int(1, onnxpb.Float)
	tensor.bytes(2, shape)
	typ.bytes(1, tensor)
	info.text(1, name)
	info.bytes(2, typ)
	return info
}

// nodeOf writes "Op a,b -> c | name=1"; {g} is one of the graphs.
func nodeOf(src string, graphs map[string]*message) message {
	head, attrs, _ := strings.Cut(src, "|")
	f := strings.Fields(head)
	var n message
	op, domain := f[0], ""
	if d, o, ok := strings.Cut(op, "/"); ok {
		op, domain = o, d
	}
	arrow := 1
	for f[arrow] != "->" {
		arrow++
	}
	if arrow > 1 {
		for _, in := range words(f[1]) {
			n.text(1, strings.TrimPrefix(in, "-"))
		}
	}
	for _, out := range words(f[arrow+1]) {
		n.text(2, strings.TrimPrefix(out, "-"))
	}
	n.text(4, op)
	for _, a := range strings.Fields(attrs) {
		name, v, _ := strings.Cut(a, "=")
		var at message
		at.text(1, name)
		switch {
		case v[0] == '[':
			for _, i := range words(strings.Trim(v, "[]")) {
				k, _ := strconv.ParseInt(i, 10, 64)
				at.int(8, k)
			}
		case v[0] == '@': // of the function's caller
			at.text(21, v[1:])
		case v[0] == '{':
			at.bytes(6, *graphs[strings.Trim(v, "{}")])
		case v[0] == '(':
			for _, f := range words(strings.Trim(v, "()")) {
				x, _ := strconv.ParseFloat(f, 32)
				at = protowire.AppendFixed32(protowire.AppendTag(at, 7, protowire.Fixed32Type), math.Float32bits(float32(x)))
			}
		case v[0] == '<':
			at.bytes(5, tensorOf("", strings.ReplaceAll(strings.Trim(v, "<>"), ":", " ")))
		case strings.Contains(v, "."):
			x, _ := strconv.ParseFloat(v, 32)
			at = protowire.AppendFixed32(protowire.AppendTag(at, 2, protowire.Fixed32Type), math.Float32bits(float32(x)))
		default:
			if k, err := strconv.ParseInt(v, 10, 64); err == nil {
				at.int(3, k)
			} else {
				at.text(4, v)
			}
		}
		n.bytes(5, at)
	}
	if domain != "" {
		n.text(7, domain)
	}
	return n
}

// modelFile writes a model from lines: opset 13; in x 1x3x8x8; out y 1x4; init w
// float 4x3x3x3; node Op a,b -> c | attr=[1,1]; func d/Op a,b -> c, and fnode lines
// for what the function does; graph g, lines of it, and end for what a node holds.
func modelFile(lines string) []byte {
	main := &message{}
	g := main // where lines go
	var m, opset message
	var funcs []*message
	graphs := map[string]*message{}
	version := int64(17)
	for line := range strings.Lines(lines) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, more, _ := strings.Cut(rest, " ")
		switch word {
		case "opset":
			version, _ = strconv.ParseInt(rest, 10, 64)
		case "in":
			g.bytes(11, infoOf(name, more))
		case "out":
			g.bytes(12, infoOf(name, more))
		case "init":
			g.bytes(5, tensorOf(name, more))
		case "node":
			g.bytes(1, nodeOf(rest, graphs))
		case "graph":
			g = &message{}
			graphs[rest] = g
		case "end":
			g = main
		case "func":
			funcs = append(funcs, functionOf(rest))
		case "fnode":
			funcs[len(funcs)-1].bytes(7, nodeOf(rest, graphs))
		}
	}
	m.int(1, 8)
	m.text(2, "by hand")
	m.bytes(7, *main)
	opset.text(1, "")
	opset.int(2, version)
	m.bytes(8, opset)
	for _, f := range funcs {
		m.bytes(25, *f)
	}
	return m
}

// functionOf writes the head of "d/Op a,b -> c".
func functionOf(src string) *message {
	f := strings.Fields(src)
	domain, name, _ := strings.Cut(f[0], "/")
	var m message
	m.text(1, name)
	for _, in := range words(f[1]) {
		m.text(4, in)
	}
	for _, out := range words(f[3]) {
		m.text(5, out)
	}
	m.text(10, domain)
	return &m
}

func sourceOf(b []byte) *source.File {
	return &source.File{Name: "x.onnx", Size: int64(len(b)), At: bytes.NewReader(b)}
}

// layerCases are small models, and the stacks they are.
var layerCases = []struct{ name, file, want string }{
	{"a bias behind a convolution", "in x 1x3x8x8\ninit w float 4x3x3x3\ninit b float 4x1x1\nnode Conv x,w -> a\nnode Add a,b -> y\nout y 1x4x6x6",
		"i3x8x8;Conv_a:c4k3"},
	{"same padding, two strides", "in x Nx3x9x8\ninit w float 4x3x3x3\nnode Conv x,w -> y | auto_pad=SAME_UPPER strides=[2,2]\nout y Nx4x5x4",
		"i3x9x8;pad 1x0+1;Conv_y:c4k3s2 nobias"},
	{"pads behind a pool", "in x 1x3x6x6\nnode MaxPool x -> y | kernel_shape=[3,3] strides=[2,2] pads=[0,0,1,1]\nout y 1x3x3x3", "i3x6x6;m3s2 ceil"},
	{"shape arithmetic", "in x Nx3x8x8\ninit zero int64 1 = 0\ninit axis int64 1 = 0\ninit rest int64 1 = -1\n" +
		"node Shape x -> s\nnode Gather s,zero -> n\nnode Concat n,rest -> to | axis=0\nnode Reshape x,to -> y\nout y Nx192", "i3x8x8;f"},
	{"a matrix stored in four extents", "in x 1x4x2x2\ninit w float 4x2x2x10\ninit to int64 2 = 16,10\ninit row int64 2 = 1,16\ninit b float 1x10\n" +
		"node Reshape w,to -> v\nnode Reshape x,row -> r\nnode MatMul r,v -> m\nnode Add m,b -> y\nout y 1x10", "i4x2x2;f;MatMul_m:l10"},
	{"layer norm by hand", "in x 1x5x8\ninit two float = 2\ninit eps float = 0.00001\ninit g float 8\ninit b float 8\n" +
		"node ReduceMean x -> m | axes=[-1]\nnode Sub x,m -> d\nnode Pow d,two -> p\nnode ReduceMean p -> v | axes=[-1]\n" +
		"node Add v,eps -> e\nnode Sqrt e -> s\nnode Div d,s -> n\nnode Mul n,g -> k\nnode Add k,b -> y\nout y 1x5x8", "i5x8;LayerNormalization_y:ln"},
	{"GELU by hand", "in x 1x8\ninit r float = 1.41421354\ninit one float = 1\ninit half float = 0.5\n" +
		"node Div x,r -> d\nnode Erf d -> e\nnode Add e,one -> a\nnode Mul x,a -> m\nnode Mul m,half -> y\nout y 1x8", "i8;gelu"},
	{"SiLU by hand", "in x 1x8x4x4\nnode Sigmoid x -> s\nnode Mul x,s -> y\nout y 1x8x4x4", "i8x4x4;silu"},
	{"hard swish by hand", "in x 1x8\ninit three float = 3\ninit six float = 6\ninit zero float = 0\nnode Add x,three -> a\nnode Clip a,zero,six -> c\n" +
		"node Mul x,c -> m\nnode Div m,six -> y\nout y 1x8", "i8;hardswish"},
	{"LSTM of two directions", "opset 13\nin x 1x7x10\ninit w float 2x80x10\ninit r float 2x80x20\ninit b float 2x160\n" +
		"init to int64 3 = 0,0,-1\nnode Transpose x -> t | perm=[1,0,2]\nnode LSTM t,w,r,b -> q,h,c | hidden_size=20 direction=bidirectional\n" +
		"node Transpose q -> p | perm=[0,2,1,3]\nnode Reshape p,to -> o\nnode Transpose o -> y | perm=[1,0,2]\nout y 1x7x40", "i7x10;LSTM_q:lstm20 bidirectional"},
	{"the last state of a GRU", "opset 13\nin x 7x1x10\ninit w float 1x60x10\ninit r float 1x60x20\ninit b float 1x120\ninit v float 20x3\n" +
		"init axis int64 1 = 0\nnode GRU x,w,r,b -> -,h | hidden_size=20 linear_before_reset=1\nnode Squeeze h,axis -> s\nnode MatMul s,v -> y\nout y 1x3",
		"i7x10;GRU:gru20 last;MatMul_y:l3nobias"},
	{"quantised", "in x 1x3x8x8\ninit w int8 4x3x3x3\ninit s float 4\ninit z int8 4\ninit xs float\ninit xz uint8\ninit b float 4\n" +
		"node DequantizeLinear w,s,z -> wf\nnode QuantizeLinear x,xs,xz -> q\nnode DequantizeLinear q,xs,xz -> xf\nnode Conv xf,wf,b -> y\nout y 1x4x6x6", "i3x8x8;Conv_y:c4k3"},
	{"QLinearConv", "in x 1x3x8x8\ninit xs float\ninit xz uint8\ninit w int8 4x3x3x3\ninit ws float\ninit wz int8\ninit ys float\ninit yz uint8\ninit b int32 4\n" +
		"node QLinearConv x,xs,xz,w,ws,wz,ys,yz,b -> y\nout y 1x4x6x6", "i3x8x8;QLinearConv_y:c4k3"},
	{"one table, looked up and multiplied with", "in i 1x6\ninit t float 50x8\nnode Gather t,i -> e\nnode Transpose t -> u | perm=[1,0]\nnode MatMul e,u -> y\nout y 1x6x50",
		"i6;Gather_e:emb50x8;MatMul_y:l50nobias shares@Gather_e"},
	{"weights among the inputs", "in x 1x3x8x8\nin conv.weight 4x3x1x1\nin scale 1x4x1x1\nnode Conv x,conv.weight -> a\nnode Mul a,scale -> y\nout y 1x4x8x8",
		"i3x8x8;conv:c4k1nobias;Mul_y:layerscale over=channels"},
	{"an unknown operator", "in x 1x3x8x8\ninit w float 4x3\ninit v float 2\nnode my.ops/Strange x,w,v -> a\nnode Relu a -> y\nout a 1x4x8x8\nout y 1x4x8x8",
		"i3x8x8;Strange_a:opaque type=Strange weights=4x3,2 buffers=none out=4x8x8;r"},
	{"a squeeze and excitation", "in x 1x8x4x4\ninit w float 8x8x1x1\nnode GlobalAveragePool x -> p\nnode Conv p,w -> c\nnode Sigmoid c -> s\nnode Mul x,s -> y\nout y 1x8x4x4",
		"i8x4x4;mul{|g;Conv_c:c8k1nobias;sigmoid}"},
	{"a constant table is added", "in x 1x4x6\ninit p float 4x6\nnode Add x,p -> y\nout y 1x4x6", "i4x6;add{|p:param4x6}"},
	{"unknown height and width", "in x Nx3xHxW\ninit w float 8x3x3x3\nnode Conv x,w -> c | pads=[1,1,1,1]\nnode GlobalAveragePool c -> g\nnode Flatten g -> f\ninit v float 8x2\nnode MatMul f,v -> y\nout y Nx2",
		"i3x?x?;Conv_c:c8k3p1nobias;g;f;MatMul_y:l2nobias"},
	{"a matrix that knows its rows", "in x Nx3xHxW\ninit w float 48x2\nnode Flatten x -> f\nnode MatMul f,w -> y\nout y Nx2", "i3x?x?;f;reshape48;MatMul_y:l2nobias"},
	{"a convolution of unknown channels", "in x NxCx8x8\ninit w float 4x3x3x3\nnode Conv x,w -> y\nout y Nx4x6x6",
		"i?x8x8;Conv_y:opaque type=Conv weights=4x3x3x3 buffers=none out=4x6x6"},
	{"positions as many as there are words", "in i NxL\ninit w float 50x8\ninit p float 16x8\ninit one int64 1 = 1\ninit zero int64 1 = 0\ninit ids int64 1x16\n" +
		"node Gather w,i -> e\nnode Shape i -> s\nnode Gather s,one -> l\nnode Slice ids,zero,l,one -> k\nnode Gather p,k -> q\nnode Add e,q -> y\nout y NxLx8",
		"i?;Gather_e:emb50x8;Add_y:opaque type=Add weights=16x8 buffers=none out=?x8"},
	{"a batch of eight", "in x 8x3x4x4\ninit to int64 2 = 8,-1\nnode Reshape x,to -> y\nout y 8x48", "i3x4x4;f"},
	{"a batch mixed with heads", "in x 1x5x8\ninit a int64 3 = 5,2,4\ninit b int64 3 = 5,1,8\nnode Transpose x -> t | perm=[1,0,2]\nnode Reshape t,a -> h\n" +
		"node Transpose h -> p | perm=[1,0,2]\nnode Softmax p -> s\nnode Transpose s -> q | perm=[1,0,2]\nnode Reshape q,b -> r\nnode Transpose r -> y | perm=[1,0,2]\nout y 1x5x8",
		"i5x8;reshape5x2x4;permute2x1x3;s dim=3;permute2x1x3;f start=2"},
	{"upsampling by a ratio of 32 bits", "opset 10\nin x 1x1x6x18\ninit s float 4 = 1,1,1.16666663,0.277777791\ninit w float 4x1x1x1\n" +
		"node Resize x,s -> r | mode=linear\nnode Conv r,w -> y\nout y 1x4x7x5", "i1x6x18;u size=7x5 interpolation=bilinear;Conv_y:c4k1nobias"},
	{"a third, three times", "opset 10\nin x 1x1x9x9\ninit s float 4 = 1,1,0.333333343,0.333333343\nnode Resize x,s -> y\nout y 1x1x3x3",
		"i1x9x9;u0.33333334"},
	{"upsampling to a size that the ratio misses", "opset 10\nin x 1x1x7x7\ninit s float 4 = 1,1,1.42857146,1.42857146\nnode Resize x,s -> y\nout y 1x1x10x10",
		"i1x7x7;u1.4285715"},
	{"upsampling", "opset 11\nin x 1x2x4x4\ninit roi float 0\ninit s float 4 = 1,1,2,2\nnode Resize x,roi,s -> y | mode=linear\nout y 1x2x8x8", "i2x4x4;u2interpolation=bilinear"},
}

func TestOnnxCases(t *testing.T) {
	for _, c := range layerCases {
		t.Run(c.name, func(t *testing.T) {
			f := sourceOf(modelFile(c.file))
			r, format, d := tooltest.Open(f, readers...)
			if d != nil || format.ID != "onnx" {
				t.Fatal(format, d)
			}
			got := strings.TrimPrefix(text.Compact(r.Model), "name x;")
			if strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(c.want, " ", "") {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if report := count.Of(r.Model); len(report.Problems) > 0 {
				t.Errorf("%v", report.Problems[0])
			}
			for _, n := range r.Notes {
				if n.Say.Key == catalog.ImportOnnxDiffers {
					t.Errorf("%s", n.Say.In(catalog.English))
				}
			}
		})
	}
}

// appendLength writes the tag and the length of a field whose bytes follow.
func appendLength(b message, n protowire.Number, size int64) message {
	return protowire.AppendVarint(protowire.AppendTag(b, n, protowire.BytesType), uint64(size))
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}
