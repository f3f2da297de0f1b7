package picture

// Widths of DejaVu Sans, which of the plain faces is the widest, in thousandths of
// the size, from the space on: what fits in it fits in Helvetica and Arial too.
var (
	plainWidths = [95]uint16{318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
		636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
		295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500,
		613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818,
		592, 592, 525, 636, 337, 636, 838}
	boldWidths = [95]uint16{348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696,
		696, 696, 696, 696, 696, 696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372,
		372, 775, 637, 995, 837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500,
		675, 716, 593, 716, 678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924,
		645, 652, 582, 712, 365, 712, 838}
)

// Widths of what else labels contain. Korean syllables and all other wide letters
// are as wide as they are high.
const (
	crossWidth = 838 // × ≥ →
	dotWidth   = 380 // ·
	dashWidth  = 500 // –
	wideWidth  = 1000
)

// Measure returns how wide a text is at most, set at a size.
func Measure(s string, size float64, bold bool) float64 {
	table, n := &plainWidths, 0
	if bold {
		table = &boldWidths
	}
	for _, r := range s {
		switch {
		case r >= ' ' && r <= '~':
			n += int(table[r-' '])
		case r == '·':
			n += dotWidth
		case r == '–':
			n += dashWidth
		case r == '×' || r == '≥' || r == '→':
			n += crossWidth
		default:
			n += wideWidth
		}
	}
	return float64(n) * size / 1000
}

// shorten cuts a text to a width, with an ellipsis for what is left out.
func shorten(s string, size, width float64) string {
	if Measure(s, size, false) <= width {
		return s
	}
	end := 0
	for i := range s {
		if Measure(s[:i]+"…", size, false) > width {
			break
		}
		end = i
	}
	return s[:end] + "…"
}
