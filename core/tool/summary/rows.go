package summary

import (
	"regexp"
	"strings"

	"paramstack/core/tensor"
)

var (
	// torchsummary: "Conv2d-1  [-1, 64, 224, 224]  1,792", to the right.
	summaryRow = regexp.MustCompile(`^\s*(\S+)-(\d+)\s+(\[.*\])\s+([\d,]+)$`)
	// torchinfo: "│    └─Conv2d (conv1): 2-1"; the idx and the name may be missing.
	infoName = regexp.MustCompile(`^([^\s:(]+)(?: \(([^)]*)\))?(?:: ([\d\-]+))?$`)
	// Keras: "conv2d_1 (Conv2D)", cut off where it is too long.
	kerasName = regexp.MustCompile(`^(\S+) ?\(([^)]*)\)?$`)
	// Keras: "input_1[0][0]".
	kerasFrom = regexp.MustCompile(`^(.+?)(?:\[\d+\])+$`)
)

// row reads a line that is no ruler.
func (t *printedTable) row(line string, columns []tableColumn) {
	if t.tool == "Keras" || t.tool == "torchsummary" {
		if m := summaryRow.FindStringSubmatch(line); m != nil && (t.tool == "torchsummary" || len(t.rows) == 0) {
			t.tool = "torchsummary"
			r := &tableRow{class: m[1], out: shapeOf(m[3])}
			r.countOf(m[4])
			t.rows = append(t.rows, r)
			return
		}
	}
	c := cells(line, columns)
	if shape := c["output shape"]; t.tool == "Keras" && len(t.rows) == 0 && strings.HasPrefix(shape, "[") && !strings.HasPrefix(shape, "[(") {
		t.tool = "torchinfo" // without depths
	}
	switch t.tool {
	case "torchinfo":
		t.infoRow(line, c)
	case "Keras":
		t.kerasRow(c)
	case "torch-scan":
		r := &tableRow{name: c["layer"], class: c["type"], out: shapeOf(c["output shape"]), frozen: c["trainable"] == "False"}
		r.countOf(c["param #"])
		t.rows = append(t.rows, r)
	case "torchstat":
		name := strings.Fields(c["module name"])
		if len(name) < 2 { // the row number stands before it; "total" has none
			return
		}
		r := &tableRow{name: name[1], in: extentsOf(strings.Fields(c["input shape"])), out: extentsOf(strings.Fields(c["output shape"]))}
		r.countOf(c["params"])
		t.rows = append(t.rows, r)
	}
}

// infoRow reads a row of torchinfo: a tree to the left, and below a layer its
// tensors, where they were asked for.
func (t *printedTable) infoRow(line string, c map[string]string) {
	var first string
	for name, cell := range c {
		if strings.HasPrefix(name, "layer") {
			first = cell
		}
	}
	name := strings.TrimLeft(first, "│├└─|+ ")
	depth := len([]rune(line)) - len([]rune(strings.TrimLeft(line, "│├└─|+ ")))
	count := c["param #"]
	if part := strings.TrimLeft(count, "│├└─|+ "); part != count && len(t.rows) > 0 {
		// A tensor of the row above, with its shape or its count.
		last := t.rows[len(t.rows)-1]
		shape := extentsOf(strings.Split(strings.Trim(c["kernel shape"], "[]"), ","))
		var of tableRow
		of.countOf(part)
		if n, ok := shape.Elements(); len(shape) == 0 || !ok || !n.Equal(of.params) {
			n, _ := of.params.Int64()
			shape = tensor.Of(n)
		}
		last.parts = append(last.parts, shape)
		return
	}
	r := &tableRow{depth: depth, class: name}
	if m := infoName.FindStringSubmatch(name); m != nil {
		r.class, r.name = m[1], m[2]
	}
	r.in, r.out = shapeOf(c["input shape"]), shapeOf(c["output shape"])
	r.countOf(count)
	if c["trainable"] == "False" {
		r.frozen = true
	}
	if k := c["kernel shape"]; k != "--" {
		r.kernel = strings.ReplaceAll(strings.Trim(k, "[]"), ", ", "x")
	}
	if g := c["groups"]; g != "--" {
		r.groups = g
	}
	t.rows = append(t.rows, r)
}

// kerasRow reads a row of Keras, or the rest of the row above: a name that was too
// long, a second layer that feeds it.
func (t *printedTable) kerasRow(c map[string]string) {
	first, from := c["layer (type)"], strings.Trim(c["connected to"], "[], ")
	if c["output shape"] == "" && c["param #"] == "" {
		if len(t.rows) == 0 {
			return
		}
		last := t.rows[len(t.rows)-1]
		last.class = strings.TrimSuffix(strings.TrimPrefix(last.class+first, "("), ")")
		last.connect(from)
		return
	}
	r := &tableRow{name: first, out: shapeOf(c["output shape"])}
	if m := kerasName.FindStringSubmatch(first); m != nil {
		r.name, r.class = m[1], m[2]
	}
	r.countOf(c["param #"])
	r.connect(c["connected to"])
	t.rows = append(t.rows, r)
}

// connect takes the layers that feed a row: input_1[0][0], 'dense[0][0]'.
func (r *tableRow) connect(cell string) {
	for _, part := range strings.Split(cell, ",") {
		part = strings.Trim(part, "[' ")
		if strings.HasSuffix(part, "]") || strings.Contains(part, "[") {
			part = strings.TrimSuffix(part, "'")
		}
		part = strings.Trim(part, "'")
		if !strings.HasSuffix(part, "]") && strings.Contains(part, "[") {
			part += "]"
		}
		if m := kerasFrom.FindStringSubmatch(part); m != nil {
			r.from = append(r.from, m[1])
		}
	}
}

// closed is told of the ruler below a row.
func (r *tableRow) closed(string) {
	r.class = strings.TrimSuffix(r.class, ")")
}
