package zoo_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/text"
	"paramstack/core/zoo"
)

// What a tip states of a number: the number itself, what it comes to, its lanes, and
// the channels of another layer.
var (
	tipNumber  = regexp.MustCompile(`^([\d·]+)(?: = (\d+)(?: \((\d+) lanes of (\d+)\))?)?: `)
	tipOutputs = regexp.MustCompile(`(\S+) outputs (\d+) channels`)
	tipGroups  = regexp.MustCompile(`outputs (\d+) channels, and with (\d+) groups each kernel sees (\d+) / (\d+) of them`)
	tipFrom    = regexp.MustCompile(`(?:inputs of each output, from|one for each channel from|feature map from) ([^\s.]+)`)
	tipShare   = regexp.MustCompile(`filters per group, (\d+) / (\d+) groups`)
)

// inNoNetwork are widths and joins that no published network has.
var inNoNetwork = map[string]string{
	"product flattened to one": "input 3x8x8; conv 48*2 k8; flatten; linear 16*4*2; linear 10",
	"product through a pool":   "input 3x8x8; conv 6*4*2 k3 p1; bn; maxpool 2; conv 8*3 k3 g3; convtranspose 5*2 k2 s2; flatten; linear 7*7",
	"product in groups":        "input 12x8x8; conv 8*4 k3 p1 g4; add { conv 16*2 k1 | }; concat { conv 2*8 k1 | }; repeat 2 { concat { conv 4*2 k1 | } }; globalavgpool flat; linear 3*2 nobias",
}

// Every tip of every network is true: the value that it names is the extent of the
// layer that it names, or of its own layer, and a product is explained as one number.
func TestTips(t *testing.T) {
	tips := 0
	check := func(t *testing.T, src string) {
		file, problems := text.Parse(src)
		if len(problems) > 0 {
			t.Fatal(problems[0].Say.In(catalog.English))
		}
		r := count.Of(file.Model)
		rows := map[string][]*count.Row{}
		collect(r.Rows, rows)
		r.Layers(func(row *count.Row, _ num.Int) {
			for _, tokens := range [][]count.Token{count.Formula(row.Weights, count.PyTorch), count.Compute(row.MACs, count.PyTorch)} {
				for _, token := range tokens {
					if token.Factor != nil && token.Text != "?" {
						tips++
						checkTip(t, r, rows, row, token)
					}
				}
			}
		})
	}
	for _, n := range zoo.All() {
		t.Run(n.ID, func(t *testing.T) { check(t, n.Text) })
	}
	for name, src := range inNoNetwork {
		t.Run(name, func(t *testing.T) { check(t, src) })
	}
	t.Logf("%d tips", tips)
	if tips < 10_000 {
		t.Error("these are too few: some rows were left out")
	}
}

func collect(list []*count.Row, rows map[string][]*count.Row) {
	for _, row := range list {
		if row.Form != count.FormTurn && row.Form != count.FormPath {
			rows[row.Name] = append(rows[row.Name], row)
		}
		collect(row.Children, rows)
	}
}

// product works out what a number of a formula is: 48·2 is 96.
func product(t *testing.T, s string) int64 {
	t.Helper()
	p := int64(1)
	for _, f := range strings.Split(s, "·") {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		p *= n
	}
	return p
}

func checkTip(t *testing.T, r *count.Report, rows map[string][]*count.Row, row *count.Row, token count.Token) {
	t.Helper()
	tip := r.Explain(row, token).In(catalog.English)
	bad := func(why string) { t.Errorf("%s: the tip of %s is false, %s: %s", row.Name, token.Text, why, tip) }
	m := tipNumber.FindStringSubmatch(tip)
	if m == nil || m[1] != token.Text {
		bad("it does not begin with the number")
		return
	}
	value := product(t, m[1])
	whole := token.Factor.N
	if token.Part != nil {
		whole = token.Part.N
	}
	if value != whole {
		bad("the number is a part of " + strconv.FormatInt(whole, 10))
	}
	if m[2] != "" && product(t, m[2]) != value || (m[2] == "") != !strings.Contains(m[1], "·") {
		bad("the product is not worked out")
	}
	if m[3] != "" && product(t, m[3])*product(t, m[4]) != value {
		bad("the lanes are others")
	}
	if m := tipOutputs.FindStringSubmatch(tip); m != nil && !has(rows[m[1]], product(t, m[2]), true) {
		bad("that layer has no such channels")
	}
	if m := tipGroups.FindStringSubmatch(tip); m != nil && (m[1] != m[3] || m[2] != m[4] || product(t, m[3])/product(t, m[4]) != value) {
		bad("the division is wrong")
	}
	if m := tipShare.FindStringSubmatch(tip); m != nil && product(t, m[1])/product(t, m[2]) != value {
		bad("the division is wrong")
	}
	if m := tipFrom.FindStringSubmatch(tip); m != nil && !has(rows[m[1]], value, false) {
		bad("no extent of that layer's output is that")
	}
	if strings.Contains(tip, "filters of this layer") && row.Kind().Name == "conv" && (len(row.Out) == 0 || row.Out[0].N != value) {
		bad("the layer has other filters")
	}
}

// has reports whether a layer outputs an extent, or as many channels, in one of the
// repetitions it is in. A dense layer has its channels last.
func has(rows []*count.Row, n int64, channels bool) bool {
	for _, row := range rows {
		for i, d := range row.Out {
			dense := row.Kind() != nil && row.Kind().Group == layer.GroupDense
			if d.N == n && (!channels || i == 0 || dense && i == len(row.Out)-1 || row.Out.Timed()) {
				return true
			}
		}
	}
	return false
}
