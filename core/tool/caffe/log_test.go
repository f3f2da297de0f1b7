package caffe

import (
	"strings"
	"testing"

	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
)

// TestLog reads the network that Caffe logs when it makes it: its first, whole or not at
// all.
func TestLog(t *testing.T) {
	const head = "I1130 10:11:12.131415  77 net.cpp:58] "
	const net = `name: "n"
state {
  phase: TRAIN
}
layer {
  name: "d"
  type: "Input"
  top: "d"
  input_param { shape { dim: 4 dim: 3 dim: 9 dim: 9 } }
}
layer {
  name: "first"
  type: "Convolution"
  bottom: "d"
  top: "first"
  convolution_param {
    num_output: 6
    kernel_size: 4
  }
}
`
	created := strings.ReplaceAll("#Creating Layer d\n#d -> d\n#Creating Layer d_d_0_split\n#Creating Layer first\n#first <- d\n#Network initialization done.\n", "#", head)
	for name, c := range map[string]struct{ log, want string }{
		"a log":          {head + "Initializing net from parameters: \n" + net + created, "i3x9x9;first:c6k4"},
		"Windows":        {strings.ReplaceAll(head+"Initializing net from parameters: \n"+net+created, "\n", "\r\n"), "i3x9x9;first:c6k4"},
		"its beginning":  {head + "Using GPUs 0\n" + head + "Initializing solver from parameters: \ntest_iter: 9\nnet: \"x\"\n" + head + "Initializing net from parameters: \n" + net, "i3x9x9;first:c6k4"},
		"two nets":       {head + "Initializing net from parameters: \n" + net + created + head + "Initializing net from parameters: \n" + strings.ReplaceAll(net, "6", "7") + created, "i3x9x9;first:c6k4"},
		"cut off amid":   {head + "Initializing net from parameters: \n" + net[:len(net)-20] + "\n" + created, ""},
		"a layer is off": {head + "Initializing net from parameters: \n" + net + strings.ReplaceAll(created, head+"Network", head+"Creating Layer last\n"+head+"Network"), ""},
		"no net":         {created, ""},
	} {
		r, _, d := tooltest.Open(tooltest.File("x.txt", []byte(c.log)), &Reader)
		got := ""
		if d == nil {
			_, got, _ = strings.Cut(text.Compact(r.Model), ";")
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%v)", name, got, c.want, d)
		}
	}
}
