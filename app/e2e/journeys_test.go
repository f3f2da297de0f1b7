//go:build !js

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// What people come for, done by hand and counted: an action is a click, a tap, a key
// that is a command, or a value typed or pasted with the Enter that ends it. The counts
// are ceilings: a change that makes a way longer is noticed here.

// A hand counts what it does.
type hand struct {
	*page
	actions int
}

func (h *hand) clicks(sel string) { h.t.Helper(); h.actions++; h.click(sel) }
func (h *hand) presses(key string) {
	h.t.Helper()
	h.actions++
	h.press(key)
}

// writes types a value and ends it with Enter.
func (h *hand) writes(value string) { h.t.Helper(); h.actions++; h.typeKeys(value + "\n") }

// atMost fails if a journey took more than its ceiling.
func (h *hand) atMost(n int) {
	h.t.Helper()
	h.t.Logf("%d actions", h.actions)
	if h.actions > n {
		h.t.Errorf("%d actions, at most %d", h.actions, n)
	}
}

// adds opens the palette and writes a layer in it.
func (h *hand) adds(layer string) {
	h.t.Helper()
	rows := h.count("#stack [data-node]")
	h.presses("a")
	h.focused("#palette-search")
	h.writes(layer)
	h.wait("the row of "+layer, fmt.Sprintf(`document.querySelectorAll("#stack [data-node]").length > %d`, rows))
}

// LeNet-5 as it is taught today, exact, from an empty stack: a layer at a time, and all
// at once.
func TestJourneyLeNet(t *testing.T) {
	layers := []string{"conv 6 k5", "tanh", "avgpool 2", "conv 16 k5", "tanh", "avgpool 2", "conv 120 k5", "tanh", "flatten",
		"linear 84", "tanh", "linear 10"}
	t.Run("a layer at a time", func(t *testing.T) {
		h := &hand{page: open(t, "")}
		h.presses("alt+n")
		h.wait("an empty stack", `document.querySelectorAll("#stack [data-node]").length <= 1`)
		h.click("#stack .foot, #stack") // the focus is somewhere on the page
		h.actions++
		h.adds("input 1x32x32")
		for _, l := range layers {
			h.adds(l)
		}
		h.wantTotal("params", "61706")
		h.atMost(30)
	})
	t.Run("at once", func(t *testing.T) {
		h := &hand{page: open(t, "")}
		h.presses("alt+n")
		h.adds("input 1x32x32; " + strings.Join(layers, "; "))
		h.wantTotal("params", "61706")
		h.atMost(4)
	})
}

// The blog post's lesson: the pool it leaves out, put in before the dense layers.
func TestJourneyPool(t *testing.T) {
	h := &hand{page: open(t, "")}
	h.actions++
	h.preset("alexnet-post")
	h.wantTotal("params", "200415264")
	h.clicks(h.row("conv5") + " .kind")
	h.adds("maxpool 3 s2")
	h.wantTotal("params", "60954656")
	h.wait("the lesson", `document.body.innerText.includes("177,209,344 → 37,748,736")`)
	h.atMost(4)
}

const kerasTable = `Model: "sequential"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 conv2d (Conv2D)             (None, 26, 26, 32)        320
 max_pooling2d (MaxPooling2D (None, 13, 13, 32)        0
 )
 flatten (Flatten)           (None, 5408)              0
 dense (Dense)               (None, 10)                54090
=================================================================
Total params: 54410 (212.54 KB)
`

// A table of Keras pasted anywhere on the page.
func TestJourneyKerasTable(t *testing.T) {
	h := &hand{page: open(t, "")}
	h.actions++
	eval[any](h.page, `(() => {
		const data = new DataTransfer();
		data.setData("text/plain", `+quote(kerasTable)+`);
		document.body.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data}));
	})()`)
	h.wantTotal("params", "54410")
	h.atMost(1)
}

// A teacher switches the biases off and sends the link: the student sees the same number.
func TestJourneyTeacher(t *testing.T) {
	h := &hand{page: open(t, "")}
	h.actions++
	h.preset("lenet-5")
	h.clicks(`[data-pref="biases"]`)
	total := h.total("params")
	h.clicks("#share")
	h.wait("the link", `location.hash.startsWith("#1b")`)
	h.atMost(3)
	hash := eval[string](h.page, "location.hash")
	student := open(t, hash)
	student.wantTotal("params", total)
}
