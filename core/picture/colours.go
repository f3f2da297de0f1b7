package picture

import (
	"strings"

	"paramstack/core/layer"
)

// toneNames are what style sheets call the tones.
var toneNames = [tones]string{"none", "ink", "mute", "faint", "own", "kernel", "paper", "bad"}

// The colours of an exported picture, which is always light: those of the page in its
// light theme, each with a contrast of at least 3:1 to white where it draws an edge.
var (
	toneColours   = [tones]string{"none", "#1b1c20", "#5f626a", "#cfcbc1", "", "#a14605", "#ffffff", "#b3261e"}
	familyColours = [layer.Groups]string{
		layer.GroupInput: "#5f626a", layer.GroupConv: "#2467d6", layer.GroupPool: "#5f626a", layer.GroupDense: "#cb3d31",
		layer.GroupRecurrent: "#5c7a12", layer.GroupAttention: "#8a3fc4", layer.GroupTable: "#b3477f",
		layer.GroupNorm: "#0d837a", layer.GroupActivation: "#5f626a", layer.GroupShape: "#5f626a",
		layer.GroupJoin: "#9a6a07", layer.GroupOther: "#5f626a",
	}
)

// familyMarks are the patterns by which families differ in print without colour: lines in
// a square of 8 units, and what TikZ calls the same. Convolutions, of which there
// are most, are plain.
var familyMarks = [layer.Groups]struct{ path, tikz string }{
	layer.GroupDense:     {"M-2 10L10 -2M6 10L10 6M-2 2L2 -2", "north east lines"},
	layer.GroupRecurrent: {"M4 0V8", "vertical lines"},
	layer.GroupAttention: {"M0 0L8 8M0 8L8 0", "crosshatch"},
	layer.GroupTable:     {"M4 0V8M0 4H8", "grid"},
	layer.GroupNorm:      {"M0 4H8", "horizontal lines"},
	layer.GroupJoin:      {"M3.3 3.3h1.4v1.4h-1.4z", "dots"},
}

// defs are the patterns of groups and of print without colour.
var defs = func() string {
	s := `<defs><pattern id="p-hatch" width="4" height="4" patternUnits="userSpaceOnUse">` +
		`<path d="M0 4L4 0" stroke="#777" stroke-width=".8"/></pattern>`
	for g, mark := range familyMarks {
		if mark.path != "" {
			name := layer.Group(g).Name()
			s += `<pattern id="p-` + name + `" width="8" height="8" patternUnits="userSpaceOnUse">` +
				`<rect class="g-` + name + ` pg" width="8" height="8"/><path class="pm" d="` + mark.path + `"/></pattern>`
		}
	}
	return s + "</defs>"
}()

// styles is the style sheet of an exported picture.
func styles(marks bool) string {
	var b strings.Builder
	add := func(parts ...string) {
		for _, p := range parts {
			b.WriteString(p)
		}
	}
	add(Rules)
	for tone, colour := range toneColours {
		if name := "." + toneNames[tone]; colour != "" && tone != int(NoTone) {
			add(".picture text", name, ",.head", name, "{fill:", colour, "}.line", name, "{stroke:", colour, "}.poly", name,
				",.fill", name, ",.hollow", name, "{fill:", colour, ";stroke:", colour, "}")
		}
	}
	for g, colour := range familyColours {
		add(".g-", layer.Group(g).Name(), "{fill:", colour, ";stroke:", colour, "}")
	}
	bad := toneColours[Bad]
	add(".px{fill:", bad, ";stroke:", bad, "}.pb{fill:", toneColours[Paper], "}.hollow,.line{fill:none}")
	if marks {
		add(MarkRules())
	}
	return b.String()
}

// Rules are the part of a picture's style sheet without colours: a group has its family's,
// which the parts of a block inherit. They are those of an exported picture, and the build
// puts them before web/picture.css, which adds the colours of the page's theme. What is
// drawn twice is a <use>, in which only rules without a place match.
const Rules = ".picture{stroke-width:.9;stroke-linejoin:round}" +
	".picture text{stroke:none;text-anchor:middle}.picture .s{text-anchor:start}.picture .e{text-anchor:end}" +
	".picture .b{font-weight:bold}" +
	".pf{fill-opacity:.2}.pt{fill-opacity:.1}.ps{fill-opacity:.34}" +
	".pb{stroke:none}.po,.px{stroke-dasharray:3 3;fill-opacity:.06}" +
	".pc{stroke:none;fill-opacity:.42}.pl{fill-opacity:.14}" +
	".ph{fill:url(#p-hatch);stroke:none}.pr{fill:none;stroke-width:.6;stroke-opacity:.75}" +
	".pm{fill:none;stroke:#fff;stroke-width:1.5}" +
	".picture .area{fill-opacity:.86}.picture .dashed{stroke-dasharray:3 2}" +
	".picture .line{stroke-width:1.1}.picture .thin{stroke-width:.7;stroke-opacity:.7}" +
	".picture .head,.picture .bare{stroke:none}"

// MarkRules are the rules by which families differ in patterns too: for a picture that is
// exported so, and for the page on paper.
func MarkRules() string {
	var b strings.Builder
	for g, mark := range familyMarks {
		if mark.path != "" {
			name := layer.Group(g).Name()
			b.WriteString(".picture g.g-" + name + ",.picture .g-" + name + ".fill{fill:url(#p-" + name + ")}")
		}
	}
	return b.String() + ".pf{fill-opacity:.35}"
}
