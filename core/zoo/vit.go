package zoo

import (
	"fmt"
	"strings"
)

// A vit is one Vision Transformer of torchvision: a picture cut into patches, a
// class token before them, a table of positions added, and encoder blocks.
type vit struct {
	size                string // as the paper names it: B, L, H
	patch, picture      int
	width, depth, heads int
	params, gmacs       string
}

// vits are torchvision's weights by their published counts. Those that see a
// picture of another size (SWAG, end to end) have longer tables of positions.
var vits = []vit{
	{"B", 16, 224, 768, 12, 12, "86567656", "17.564"},
	{"B", 32, 224, 768, 12, 12, "88224232", "4.409"},
	{"L", 16, 224, 1024, 24, 16, "304326632", "61.555"},
	{"L", 32, 224, 1024, 24, 16, "306535400", "15.378"},
	{"H", 14, 224, 1280, 32, 16, "632045800", "167.295"},
	{"B", 16, 384, 768, 12, 12, "86859496", "55.484"},
	{"L", 16, 512, 1024, 24, 16, "305174504", "361.986"},
	{"H", 14, 518, 1280, 32, 16, "633470440", "1016.717"},
}

func vitFamily() []Net {
	var nets []Net
	for _, v := range vits {
		name := fmt.Sprintf("ViT-%s/%d", v.size, v.patch)
		torch := fmt.Sprintf("vit_%s_%d", strings.ToLower(v.size), v.patch)
		source := "Dosovitskiy et al.: An Image is Worth 16x16 Words, 2020, table 1; torchvision.models." + torch
		if v.picture != 224 {
			name += fmt.Sprintf(" at %d", v.picture)
			source += ", IMAGENET1K_SWAG_E2E_V1"
		}
		nets = append(nets, Net{
			ID: strings.NewReplacer("/", "-", " ", "-").Replace(strings.ToLower(name)), Name: name, Family: "ViT", Year: 2020,
			Params: v.params, GMACs: v.gmacs, Torch: torch, Source: source,
			Text: v.text(name),
		})
	}
	return nets
}

func (v vit) text(name string) string {
	side := v.picture / v.patch
	return fmt.Sprintf(`name %s
input 3x%dx%d
conv %d k%d s%d
flatten start=2; permute 2x1
concat { param 1x%[4]d | }  # the class token
add { | param %[7]dx%[4]d }  # where each patch is
`, name, v.picture, v.picture, v.width, v.patch, v.patch, side*side+1) +
		repeatOf("encoder", v.depth, encoderOf(fmt.Sprintf("attention %d", v.heads),
			fmt.Sprintf("linear %d; gelu; linear %d", 4*v.width, v.width), " eps=1e-6")) +
		"layernorm eps=1e-6\nselect 0\nlinear 1000\n"
}

// encoderOf writes a block of attention and one of dense layers, each after its
// norm and added to its input, as Vision Transformers and GPT-2 order them.
func encoderOf(attention, dense, norm string) string {
	return fmt.Sprintf("add { layernorm%[3]s; %[1]s | }\nadd { layernorm%[3]s; %[2]s | }\n", attention, dense, norm)
}
