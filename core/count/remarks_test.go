package count_test

import (
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/diag"
	"paramstack/core/num"
)

// notesOf lists what is worth knowing of each layer: its name, the key and the
// arguments that are no names of sides.
func notesOf(r *count.Report) string {
	var all []string
	r.Layers(func(row *count.Row, _ num.Int) {
		for _, list := range [][]*diag.Diag{row.Problems, row.Remarks} {
			for _, d := range list {
				if d.Severity != diag.Note {
					continue
				}
				s := row.Name + " " + string(d.Say.Key)
				for _, a := range d.Say.Args {
					if _, ok := a.(catalog.Key); !ok {
						s += fmt.Sprint(" ", a)
					}
				}
				all = append(all, s)
			}
		}
	})
	return strings.Join(all, "; ")
}

// TestRemarks has, for each remark, networks that deserve it and ones like them that do
// not.
func TestRemarks(t *testing.T) {
	for source, want := range map[string]string{
		// Cells that a floor drops.
		"input 3x228x228; conv 96 k11 s4":                "conv1 unused-cells 1 228; conv1 unused-cells 1 228",
		"input 3x227x227; conv 96 k11 s4":                "",
		"input 3x224x224; conv 64 k7 s2 p3":              "", // what is left is padding
		"input 3x13x12; conv 4 k3 s3 p1":                 "conv1 unused-cells 1 12",
		"input 3x13; conv 4 k4 s4 p1":                    "conv1 unused-cells 2 13",
		"input 3x55x54; maxpool 3 s2":                    "maxpool1 unused-cells 1 54",
		"input 3x54x54; maxpool 3 s2 ceil":               "",
		"input 3x54x54; maxpool 2; avgpool 2":            "avgpool1 unused-cells 1 27; avgpool1 unused-cells 1 27",
		"input 3x54x54; conv 4 k3 s2 padding=keras-same": "",

		// Positions that a stride jumps over.
		"input 3x56x56; conv 8 k1 s2":          "conv1 never-read 3 4",
		"input 3x56x56; conv 8 k1":             "",
		"input 3x57x57; conv 8 k2 s3":          "conv1 never-read 5 9",
		"input 3x56x56; conv 8 k2 s2":          "",
		"input 3x56x56; conv 8 k3x1 s2":        "conv1 unused-cells 1 56; conv1 never-read 2 4",
		"input 3x56x56; conv 8 k2 s2 d2":       "conv1 never-read 3 4", // both cells on even positions
		"input 3x56x56; conv 8 k2 s3 d2":       "conv1 never-read 5 9",
		"input 3x56x56; conv 8 k4 s3 d2 p1":    "",
		"input 3x2x2; conv 8 k1 s4":            "conv1 unused-cells 1 2; conv1 unused-cells 1 2", // a single position
		"input 3x56x56; maxpool 1 s2":          "maxpool1 never-read 3 4",
		"input 3x?x56; conv 8 k1 s2":           "conv1 never-read 3 4",
		"input 8x14x14; convtranspose 4 k2 s3": "",

		// A bias that a batch norm removes.
		"input 3x8x8; conv 16 k3; bn":                                    "conv1 remark.cancelled bn1 16",
		"input 3x8x8; conv 16 k3 nobias; bn":                             "",
		"input 3x8x8; conv 16 k3; relu; bn":                              "",
		"input 3x8x8; conv 16 k3; layernorm":                             "",
		"input 3x8x8; depthwise k3; bn":                                  "depthwise1 remark.cancelled bn1 3",
		"input 3x8; conv 16 k3; bn":                                      "conv1 remark.cancelled bn1 16",
		"input 30; linear 16; bn":                                        "linear1 remark.cancelled bn1 16",
		"input 5x30; linear 16; bn":                                      "", // its channels are the 5
		"input 3x8x8; a: conv 16 k3; bn; add @a":                         "", // the bias lives on at a
		"input 3x8x8; repeat 2 { conv 3 k3 p1; bn }":                     "conv1 remark.cancelled bn1 3",
		"input 3x8x8; a: conv 3 k3 p1; relu; conv 3 k3 p1 shares @a; bn": "a remark.reused 84 168",

		// A dense layer that has most of a network with convolutions.
		"input 3x32x32; conv 8 k3; flatten; linear 100":           "linear1 remark.most >99.9 % 78.7 %",
		"input 784; linear 100; linear 10":                        "",
		"input 3x32x32; conv 8 k3; globalavgpool flat; linear 10": "",

		// Weights that are used again.
		"input 12; e: embedding 100x8; linear 100 nobias shares @e": "e remark.reused 800 1,600",
		"input 12; embedding 100x8; linear 100 nobias":              "",
		"input 4x8x8; repeat 4 shared { conv 4 k3 p1 }":             "conv1 remark.reused 148 592",
		"input 4x8x8; repeat 4 { conv 4 k3 p1 }":                    "",
		"input 4x8x8; t: repeat 2 { conv 4 k1; relu }; again @t":    "conv1 remark.reused 40 80",
		"input 4x8x8; bn": "",
	} {
		r := count.Of(parse(t, strings.ReplaceAll(source, "; ", "\n")))
		if got := notesOf(r); got != want {
			t.Errorf("%s\n\thas %q, want %q", source, got, want)
		}
		for _, d := range r.Problems {
			if d.Severity == diag.Error {
				t.Errorf("%s: %v", source, d)
			}
		}
	}
}

// TestRemarkFix has the network without the bias that a remark offers to turn off.
func TestRemarkFix(t *testing.T) {
	r := count.Of(parse(t, "input 3x8x8\nconv 16 k3\nbn\n"))
	d := r.Rows[1].Remarks[0]
	if d.Field != "bias" || d.Node != r.Rows[1].ID || len(d.Fixes) != 1 ||
		d.Fixes[0].Op != diag.SetField || d.Fixes[0].Value != "off" {
		t.Errorf("the fix is %+v", d)
	}
	notes, _ := r.Record("", count.PyTorch)["rows"].([]any)[1].(map[string]any)["notes"].([]any)
	if len(notes) != 1 || !strings.Contains(notes[0].(string), "serve no purpose") {
		t.Errorf("the record has the notes %v", notes)
	}
}
