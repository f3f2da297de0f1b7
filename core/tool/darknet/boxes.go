package darknet

import (
	"fmt"
	"strconv"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/layer"
	"paramstack/core/num"
	"paramstack/core/tool/graph"
)

// checkFilters notes that the layer before one that reads boxes has another number
// of channels than the boxes are of, as Darknet refuses it: the commonest slip in a
// file that is adapted to classes of one's own. It returns the right number; 0 if it
// fits or is unknown.
func (l *lowering) checkFilters(s *section) int64 {
	n, classes, coords := s.whole("num", 1), s.whole("classes", 20), int64(4)
	if mask := s.word("mask", ""); mask != "" && s.typ != "region" {
		n = int64(strings.Count(strings.TrimSuffix(mask, ","), ",")) + 1
	}
	switch s.typ {
	case "region":
		coords = s.whole("coords", coords)
	case "Gaussian_yolo":
		coords = 8 // a mean and a deviation each
	}
	have := l.extent(0)
	if !graph.KnownSizes(n, classes, coords, have) {
		return 0
	}
	want := num.Of(classes).Add(num.Of(coords + 1)).Times(n)
	if want.Cmp(num.Of(have)) == 0 {
		return 0
	}
	sum := fmt.Sprintf("%d × (%d + %d)", n, classes, coords+1)
	l.Result.AddNote(true, catalog.ImportYoloFilters, layer.Quote("["+s.typ+"] "+strconv.Itoa(len(l.values))),
		want.String(), sum, have)
	right, _ := want.Int64()
	return right
}

// readImplicit is YOLOR's implicit knowledge: learned numbers that nothing enters, one
// for each channel (and atom: make_implicit_layer).
func readImplicit(l *lowering, s *section) error {
	made, err := layer.ParamKind.With(func(v *layer.Param) {
		v.Shape = layer.ExtentsOf(s.whole("filters", 1), s.whole("atoms", 1), 1)
	})
	if err != nil {
		return err
	}
	return l.add(nil, made, "")
}

// readChannels changes the current value's channels by another layer's value, which
// is stretched over the map (ShiftChannel and its kin in YOLOR's layers.py).
func readChannels(l *lowering, s *section) error {
	in, err := l.places(s.word("from", ""))
	if err != nil {
		return err
	}
	x, other := l.now, in[0]
	switch s.typ {
	case "shift_channels":
		return emitJoin(l, layer.AddKind, []string{x, other}, nil)
	case "control_channels":
		return emitJoin(l, layer.MulKind, []string{x, other}, nil)
	case "select_channels":
		l.now = other
		if err := emit(l, layer.SigmoidKind, nil); err != nil {
			return err
		}
		return emitJoin(l, layer.MulKind, []string{x, l.now}, nil)
	}
	// alternate_channels lays both side by side
	u := graph.Unknown{Type: s.typ, Complete: true}
	if shape := l.x(); len(shape) == 3 && graph.KnownSizes(shape[0].N) && shape[0].N < num.MaxExtent/2 {
		u.Out = append(u.Out, shape...)
		u.Out[0].N *= 2
	}
	return l.addOpaque([]string{x, other}, u)
}

// asMap converts a value without height and width to a map of one cell: all of
// Darknet's layers have maps.
func (l *lowering) asMap() error {
	x := l.x()
	if len(x) != 1 {
		return nil
	}
	return emit(l, layer.ReshapeKind, func(v *layer.Reshape) { v.Sizes = layer.ExtentsOf(x[0].N, 1, 1) })
}
