package zoo

import (
	"fmt"
	"strings"
)

// mvitFamily are torchvision's multiscale Vision Transformers for films: from
// stage to stage half as many positions each way with twice as many features.
func mvitFamily() []Net {
	return []Net{
		{
			ID: "mvit-v1-b", Name: "MViTv1-B", Family: "MViT", Year: 2021, Task: Video,
			Params: "36610672", GMACs: "70.599", Torch: "mvit_v1_b",
			Source: "Fan et al.: Multiscale Vision Transformers, 2021, MViT-B 16×4; torchvision.models.video.mvit_v1_b",
			Text:   mvit{name: "MViTv1-B", drop: "0.2"}.text(),
		},
		{
			ID: "mvit-v2-s", Name: "MViTv2-S", Family: "MViT", Year: 2021, Task: Video,
			Params: "34537744", GMACs: "64.224", Torch: "mvit_v2_s",
			Source: "Li et al.: MViTv2: Improved Multiscale Vision Transformers for Classification and Detection, 2021, MViTv2-S; torchvision.models.video.mvit_v2_s",
			Text:   mvit{name: "MViTv2-S", drop: "0.2", v2: true}.text(),
		},
	}
}

type mvit struct {
	name string
	drop string // stochastic depth of the last block, to which it grows
	v2   bool
}

// text writes the network: sixteen blocks in four stages, equal ones together.
// Version 1 adds tables of places and of times, and widens at the end of a stage;
// version 2 learns relative positions, widens in a stage's first attention, and
// pools the queries of every block.
func (m mvit) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "name %s\ninput 3x16x224x224\nconv 96 k3x7x7 s2x4x4 p1x3x3\nflatten start=2; permute 2x1\nconcat { param 1x96 | }\n", m.name)
	if !m.v2 {
		b.WriteString("add { | add { param 8x1x96 | param 1x3136x96 }; flatten end=2; concat { param 1x96 | } }\n")
	}
	for stage, depth := range []int{1, 2, 11, 2} {
		blocks := make([]string, depth)
		for i := range blocks {
			blocks[i] = m.block(stage, i == 0 && stage > 0, i == depth-1 && stage < 3)
		}
		for i, n := 0, 0; i < depth; i += n {
			for n = 1; i+n < depth && blocks[i+n] == blocks[i]; n++ {
			}
			b.WriteString(repeatOf(fmt.Sprintf("stage%d.%d", stage+1, i+1), n, blocks[i]))
		}
	}
	b.WriteString("layernorm eps=1e-6; select 0\ndropout; linear 400\n")
	return b.String()
}

// block writes a block of a stage, counted from 0: whether it is the first of one
// that halves its map, and whether the last before one.
func (m mvit) block(stage int, first, last bool) string {
	const norm = "layernorm eps=1e-6\n"
	drop := "stochasticdepth " + m.drop + "\n"
	in, width, side := 96<<stage, 96<<stage, 56>>stage
	out, queries, skip := width, "", ""
	if m.v2 {
		queries = " kernel_q=3"
	} else if last {
		out = 2 * width
	}
	if first {
		side *= 2
		queries = " kernel_q=3 stride_q=1x2x2"
		skip = fmt.Sprintf("concat { slice to=1 | slice from=1; permute 2x1; unflatten 8x%dx%[1]d dim=2; maxpool 1x3x3 s1x2x2 p0x1x1; flatten start=2; permute 2x1 }\n", side)
		if m.v2 {
			in /= 2
		}
	}
	attention := fmt.Sprintf("multiscaleattention %d grid=8x%dx%[2]d%s kernel_kv=3", 1<<stage, side, queries)
	if kv := 8 >> stage; kv > 1 {
		attention += fmt.Sprintf(" stride_kv=1x%dx%[1]d", kv)
	}
	if in != width {
		attention += fmt.Sprintf(" width=%d", width)
	}
	if m.v2 {
		attention += " relpos residual"
	}
	attention += "\n" + drop
	dense := fmt.Sprintf("linear %d; gelu; linear %d\n", 4*width, out) + drop

	var block string
	if in != width {
		block = norm + pathsOf("add", attention, fmt.Sprintf("linear %d\n", width)+skip)
	} else {
		block = pathsOf("add", norm+attention, skip)
	}
	if out != width {
		return block + norm + pathsOf("add", fmt.Sprintf("linear %d\n", out), dense)
	}
	return block + pathsOf("add", norm+dense, "")
}
