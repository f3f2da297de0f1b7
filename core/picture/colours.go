package picture

import "paramstack/core/layer"

// toneNames are what style sheets call the tones.
var toneNames = [tones]string{"none", "ink", "mute", "faint", "own", "kernel", "paper", "bad"}

// The colours of an exported picture, which is always light: those of the page's rows
// in its light theme, each with a contrast of at least 3:1 to white.
var (
	toneColours   = [tones]string{"none", "#1b1c20", "#5f626a", "#cfcbc1", "", "#a14605", "#ffffff", "#b3261e"}
	familyColours = [layer.Groups]string{
		layer.GroupInput: "#7b7f88", layer.GroupConv: "#2467d6", layer.GroupPool: "#7b7f88", layer.GroupDense: "#cb3d31",
		layer.GroupRecurrent: "#5c7a12", layer.GroupAttention: "#8a3fc4", layer.GroupTable: "#b3477f",
		layer.GroupNorm: "#0d837a", layer.GroupActivation: "#7b7f88", layer.GroupShape: "#7b7f88",
		layer.GroupJoin: "#9a6a07", layer.GroupOther: "#7b7f88",
	}
)

// styles is the style sheet of an exported picture.
func styles() string {
	s := shapeRules
	for tone, colour := range toneColours {
		if name := "." + toneNames[tone]; colour != "" && tone != int(NoTone) {
			s += ".picture text" + name + ",.head" + name + "{fill:" + colour + "}.line" + name + "{stroke:" + colour + "}.poly" + name +
				",.fill" + name + ",.hollow" + name + "{fill:" + colour + ";stroke:" + colour + "}"
		}
	}
	for g, colour := range familyColours {
		s += ".g-" + layer.Group(g).Name() + "{fill:" + colour + ";stroke:" + colour + "}"
	}
	return s + ".px{fill:" + toneColours[Bad] + ";stroke:" + toneColours[Bad] + "}.hollow,.line{fill:none}"
}

// shapeRules are the part of the style sheet without colours: a group has its
// family's, which the parts of a block inherit. web/paramstack.css has the same for
// the page, whose colours are those of its theme.
const shapeRules = ".picture text{stroke:none;text-anchor:middle}.picture .s{text-anchor:start}.picture .e{text-anchor:end}.picture .b{font-weight:bold}" +
	".picture{stroke-width:.9;stroke-linejoin:round}.pf{fill-opacity:.2}.pt{fill-opacity:.1}.ps{fill-opacity:.34}" +
	".pb{fill:#fff;stroke:none}.po,.px{stroke-dasharray:3 3;fill-opacity:.06}" +
	".pc{stroke:none;fill-opacity:.42}.pl{fill-opacity:.14}" +
	".ph{fill:url(#p-hatch);stroke:none}.pr{fill:none;stroke-width:.6;stroke-opacity:.75}" +
	".area{fill-opacity:.86}.dashed{stroke-dasharray:3 2}" +
	".line{stroke-width:1.1}.thin{stroke-width:.7;stroke-opacity:.7}.head,.bare{stroke:none}"
