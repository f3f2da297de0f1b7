package summary

import (
	"regexp"
	"strings"

	"paramstack/core/num"
)

// caffeLayout is what Caffe logs when it makes a network: layers, what feeds them and
// their outputs for a batch. It shows neither types nor parameters.
var caffeLayout = &layout{tool: "Caffe", columns: columnsOf, read: (*table).loggedLine, itself: true,
	header: func(line string) bool { return creatingLayer.MatchString(line) }}

var (
	creatingLayer = regexp.MustCompile(`(?i)net\.cpp:\d+\] creating layer \S`)
	loggedLayer   = regexp.MustCompile(`net\.cpp:\d+\] Creating Layer (\S+)`)
	loggedBottom  = regexp.MustCompile(`net\.cpp:\d+\] (\S+) <- (\S+)`)
	loggedTop     = regexp.MustCompile(`net\.cpp:\d+\] (\S+) -> (\S+)( \(in-place\))?`)
	loggedShape   = regexp.MustCompile(`net\.cpp:\d+\] Top shape: ([\d ]+)`)
	loggedEnd     = regexp.MustCompile(`net\.cpp:\d+\] (?:\S+ (?:needs|does not need) backward|` +
		`This network produces|Network initialization done)`)
)

// loggedClasses are the types that layers of Caffe have by custom, by how their names
// begin; the log does not show them.
var loggedClasses = []struct{ begins, class string }{
	{"conv", "Conv2d"}, {"ip", "Linear"}, {"fc", "Linear"}, {"relu", "ReLU"}, {"pool", "MaxPool2d"}, {"drop", "Dropout"},
	{"data", "InputLayer"}, {"input", "InputLayer"},
}

// weightlessNames are how layers without parameters are called.
var weightlessNames = []string{"norm", "lrn", "loss", "accuracy", "acc", "prob", "softmax", "label", "concat", "split", "slice",
	"flatten", "reshape", "eltwise", "sum", "crop", "mnist", "cifar"}

// loggedLine reads a line of the log.
func (t *table) loggedLine(line string, _ map[string]string) {
	if m := loggedLayer.FindStringSubmatch(line); m != nil {
		name := strings.ToLower(m[1])
		r := &row{name: m[1], class: m[1]}
		for _, c := range loggedClasses {
			if strings.HasPrefix(name, c.begins) {
				r.class = c.class
			}
		}
		for _, w := range weightlessNames {
			r.known = r.known || strings.Contains(name, w)
		}
		t.rows = append(t.rows, r)
		return
	}
	if len(t.rows) == 0 {
		return
	}
	r := t.rows[len(t.rows)-1]
	if m := loggedBottom.FindStringSubmatch(line); m != nil {
		if f := t.tops[m[2]]; f != "" && len(r.from) < mostCells {
			r.from = append(r.from, feeder{name: f})
		}
	} else if m := loggedTop.FindStringSubmatch(line); m != nil {
		t.tops[m[2]] = r.name
		if m[3] != "" && (r.class == "ReLU" || r.class == "Dropout") {
			r.params, r.known = num.Int{}, true
		}
	} else if m := loggedShape.FindStringSubmatch(line); m != nil && r.out == nil {
		if x := extentsOf(strings.Fields(m[1])); len(x) > 1 {
			r.out = x[1:]
		}
	}
}
