//go:build !js

package e2e

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"paramstack/core/zoo"
)

// cardOf returns a network of the built site's gallery.
func cardOf(t testing.TB, id string) zoo.Card {
	t.Helper()
	file, err := os.ReadFile(filepath.Join(siteDir, "web", "zoo.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range zoo.ReadFile(string(file)) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("the gallery has no %s", id)
	return zoo.Card{}
}

// TestGalleryNetworks opens networks of every wiring by their links: long skips,
// growing repeats, auxiliary heads, windows, squeeze and excitation, shared
// weights, tied embeddings. Folded and unfolded, and in an address of their own
// making, they have the totals of their cards.
func TestGalleryNetworks(t *testing.T) {
	shots := os.Getenv("PARAMSTACK_SHOTS") != ""
	p := newPage(t, host(t, os.DirFS(siteDir))+"repo/")
	p.setViewport(1440, 900, false)
	for _, id := range []string{"u-net", "densenet-201", "googlenet-heads", "swin-t", "mobilenet-v3-large", "siamese-mnist", "gpt-2-small"} {
		card := cardOf(t, id)
		p.visit("#" + card.Link)
		check := func(when string) {
			t.Helper()
			if params, macs := p.attr(`[data-total="params"]`, "data-value"), p.attr(`[data-total="macs"]`, "data-value"); params != card.Params.String() || macs != card.MACs.String() {
				t.Errorf("%s %s: %s parameters and %s MACs, want %s and %s", id, when, params, macs, card.Params, card.MACs)
			}
			if n := p.count(".row.bad"); n > 0 {
				t.Errorf("%s %s: %d rows are marked as wrong", id, when, n)
			}
		}
		check("opened")
		if link := eval[string](p, "paramstack.link()"); !strings.HasSuffix(link, "#"+card.Link) {
			t.Errorf("%s: its link has become %s", id, link)
		}
		rows := p.count("#stack [data-node]")
		if p.count(`[data-cmd="fold-all"]`) > 0 {
			p.click(`[data-cmd="fold-all"]`)
			p.wait("fewer rows", `document.querySelectorAll("#stack [data-node]").length < `+strconv.Itoa(rows))
			check("folded")
			if shots {
				p.screenshot(id + "-folded")
			}
			p.click(`[data-cmd="open-all"]`)
			p.wait("all rows", `document.querySelectorAll("#stack [data-node]").length >= `+strconv.Itoa(rows))
			check("unfolded")
		}
		if shots {
			p.screenshot(id)
		}
	}
}
