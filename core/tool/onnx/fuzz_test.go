package onnx

import (
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/onnx/onnxpb"
	"paramstack/core/tool/source"

	"golang.org/x/tools/txtar"
)

// Files with any content are refused with a reason, or read.
func TestOnnxRefuses(t *testing.T) {
	deep := message{}
	for range 40 {
		var g, n, a message
		a.bytes(6, deep)
		n.text(4, "If")
		n.text(2, "y")
		n.bytes(5, a)
		g.bytes(1, n)
		deep = g
	}
	var nested message
	nested.int(1, 8)
	nested.text(2, "")
	nested.bytes(7, deep)

	var self message // a function that calls itself
	var f, call, g message
	call.text(4, "F")
	call.text(7, "d")
	call.text(2, "y")
	f.text(1, "F")
	f.bytes(7, call)
	f.text(10, "d")
	g.bytes(1, call)
	self.int(1, 8)
	self.bytes(7, g)
	self.bytes(25, f)

	good := modelFile("in x 1x3x8x8\ninit w float 4x3x3x3\nnode Conv x,w -> y\nout y 1x4x6x6")
	for name, c := range map[string]struct {
		file []byte
		want catalog.Key
	}{
		"a circle":           {modelFile("in x 1x3\nnode Add x,b -> a\nnode Relu a -> b\nout b 1x3"), catalog.ImportCycle},
		"itself":             {modelFile("node Relu a -> a\nout a 1x3"), catalog.ImportCycle},
		"nobody's output":    {modelFile("in x 1x3\nnode Add x,b -> a\nout a 1x3"), catalog.ImportNoInput},
		"a negative extent":  {modelFile("in x 1x3\ninit w float -3x4\nnode MatMul x,w -> a\nout a 1x3"), catalog.ImportOnnxShape},
		"an absurd extent":   {modelFile("in x 1x3\ninit w float 9000000000000000000x4\nnode MatMul x,w -> a"), catalog.ImportOnnxShape},
		"cut off":            {good[:len(good)-40], catalog.ImportCutOff},
		"graphs in graphs":   {nested, catalog.ImportBroken},
		"a function of none": {self, catalog.ImportOnnxInline},
		"nothing":            {modelFile("opset 13"), catalog.ImportNoLayers},
	} {
		r, _, d := tooltest.Open(sourceOf(c.file), readers...)
		if d == nil || d.Say.Key != c.want {
			t.Errorf("%s: %v %v, want %s", name, r, d, c.want)
		}
	}
}

// Names of a file are no markup, and no text of ours.
func TestOnnxNames(t *testing.T) {
	r, _, d := tooltest.Open(sourceOf(modelFile("in <b>x</b>;{ 1x3x8x8\ninit #{;}@.weight float 4x3x3x3\n"+
		"node Conv <b>x</b>;{,#{;}@.weight -> @;}\nnode a;}#b/O;{p @;} -> @\nout @ 1x4x6x6")), readers...)
	if d != nil {
		t.Fatal(d)
	}
	if _, problems := text.Parse(text.Format(r.Model)); len(problems) > 0 {
		t.Error(problems[0])
	}
}

// A gap takes the place of gigabytes of weights: reading one of its bytes fails.
type gap struct {
	head, tail []byte
	size       int64
	read       int64
}

func (g *gap) ReadAt(b []byte, at int64) (int, error) {
	for i := range b {
		switch p := at + int64(i); {
		case p < int64(len(g.head)):
			b[i] = g.head[p]
		case p >= g.size:
			return i, io.EOF
		case p >= g.size-int64(len(g.tail)):
			b[i] = g.tail[p-(g.size-int64(len(g.tail)))]
		default:
			b[i] = 0xff // weights look like anything
		}
	}
	g.read += int64(len(b))
	return len(b), nil
}

// Reading a file with two gigabytes of weights costs only what is before and after
// them.
func TestOnnxLarge(t *testing.T) {
	const weights = 32768 * 16384 * 4 // 2 GiB
	var tensor, tail, opset message
	tensor.int(1, 32768)
	tensor.int(1, 16384)
	tensor.int(2, onnxpb.Float)
	tensor.text(8, "fc.weight")
	rawHead := appendLength(nil, 9, weights)
	var rest message
	rest.bytes(1, nodeOf("MatMul x,fc.weight -> y", nil))
	rest.bytes(11, infoOf("x", "1x32768"))
	rest.bytes(12, infoOf("y", "1x16384"))
	opset.int(2, 17)
	tail.bytes(8, opset)
	inner := int64(len(tensor)) + int64(len(rawHead)) + weights
	graph := int64(len(appendLength(nil, 5, inner))) + inner + int64(len(rest))
	var head message
	head.int(1, 8)
	head.text(2, "by hand")
	head = append(head, appendLength(nil, 7, graph)...)
	head = append(head, appendLength(nil, 5, inner)...)
	head = append(append(head, tensor...), rawHead...)
	g := &gap{head: head, tail: append(rest, tail...)}
	g.size = int64(len(head)) + weights + int64(len(g.tail))
	start := time.Now()
	r, format, d := tooltest.Open(&source.File{Name: "large.onnx", Size: g.size, At: g}, readers...)
	if d != nil {
		t.Fatal(d)
	}
	if got := count.Of(r.Model).Totals.Params(true).String(); format.ID != "onnx" || got != "536870912" {
		t.Errorf("%s parameters", got)
	}
	if g.read > 64<<10 {
		t.Errorf("%d bytes were read", g.read)
	}
	t.Logf("%d bytes, %d read, %v", g.size, g.read, time.Since(start))
}

func TestOnnxCancel(t *testing.T) {
	lines := "in x 1x3x8x8\n"
	for i := range 3000 {
		lines += "node Relu " + map[bool]string{true: "x", false: "r" + strconv.Itoa(i-1)}[i == 0] + " -> r" + strconv.Itoa(i) + "\n"
	}
	f := sourceOf(modelFile(lines + "out r2999 1x3x8x8"))
	f.Step = func(float64) bool { return false }
	if _, _, d := tooltest.Open(f, readers...); d == nil || d.Say.Key != catalog.ImportCancelled {
		t.Error(d)
	}
}

func FuzzOnnx(f *testing.F) {
	for _, c := range layerCases {
		f.Add(modelFile(c.file))
	}
	roles, err := txtar.ParseFile("testdata/roles.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, c := range roles.Files {
		_, file, _ := strings.Cut(string(c.Data), "\n")
		f.Add(modelFile(file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tooltest.Check(t, sourceOf(data), readers...)
	})
}
