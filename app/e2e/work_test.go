//go:build !js

package e2e

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"paramstack/app/site"
	"paramstack/core/zoo"
)

// edit types another number of filters into the first convolution.
func (p *page) edit(filters string) {
	p.t.Helper()
	p.click(`[data-kind="conv"] .chip.out`)
	p.wait("the field", `document.activeElement.matches("input.field")`)
	p.typeKeys(filters + "\n")
	p.wait("the edit", `document.querySelector('[data-kind="conv"] .chip.out')?.innerText.includes(`+quote(filters)+`)`)
}

// What was only looked at is not kept in the place of one's own work: a link, a
// published network, one of the gallery.
func TestLookingKeepsWork(t *testing.T) {
	p := open(t, "")
	p.edit("97")
	mine := p.total("params")
	p.setHash(smallLink) // at once: the work has not been written yet
	p.wantTotal("params", "104")
	p.preset("toy")
	p.wantTotal("params", "1300")
	p.press("g")
	p.click(`.card-link[data-card="lenet-5"]`)
	p.wantTotal("params", "61706")
	p.wantHash(eval[string](p, "new URL(paramstack.link()).hash"))
	p.visit(smallLink)
	p.wantTotal("params", "104")

	p.visit("")
	p.noticed("Continue with your last network")
	p.click("#notice .primary")
	p.wantTotal("params", mine)
}

// eventually waits until something outside the page is true.
func (p *page) eventually(what string, ok func() bool) {
	p.t.Helper()
	deadline := time.Now().Add(patience)
	for tick := time.NewTicker(15 * time.Millisecond); !ok(); <-tick.C {
		if time.Now().After(deadline) {
			p.t.Fatalf("waited %v for %s", patience, what)
		}
	}
}

// A network is saved as a file; dropped on the page, the file opens again. What
// a file and a network are called is never markup.
func TestFileRoundTrip(t *testing.T) {
	p := open(t, "")
	dir := t.TempDir()
	call(p, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: cdpbrowser.SetDownloadBehaviorBehaviorAllow,
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID, DownloadPath: dir})
	p.stack("name Mine & <b>yours</b>\n" + small)
	text := eval[string](p, "paramstack.text()")
	p.press("ctrl+s")
	saved := filepath.Join(dir, "mine-b-yours-b.stack")
	p.eventually("the download", func() bool { data, _ := os.ReadFile(saved); return string(data) == text })

	p.preset("toy")
	p.drop(saved)
	p.noticed("Opened mine-b-yours-b.stack")
	p.wantTotal("params", "104")
	if name := p.text("h1"); name != "Mine & <b>yours</b>" {
		t.Errorf("opened again it is called %q", name)
	}
	bad := filepath.Join(dir, "<b>bad.stack")
	if err := os.WriteFile(bad, []byte("input 3x8x8\nconv 8 k3\n  cnv 4\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.drop(bad)
	p.noticed("<b>bad.stack, line 3, column 3:")
	p.wantTotal("params", "104")
	p.canEdit()
	p.click("#undo")
	p.wantTotal("params", "1300")
}

// drop drags a file from outside onto the page, which shows that it may be dropped.
func (p *page) drop(file string) {
	p.t.Helper()
	drag := func(kind input.DispatchDragEventType) {
		call(p, input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: 400, Y: 400,
			Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1}})
	}
	drag(input.DispatchDragEventTypeDragEnter)
	drag(input.DispatchDragEventTypeDragOver)
	p.wait("the page to take files", `document.querySelector("#page.files")`)
	drag(input.DispatchDragEventTypeDrop)
	p.wait("the veil to go", `!document.querySelector("#page.files")`)
}

// The gallery lists all published networks, sorts and searches them, and opens
// one with the numbers on its card, also without a connection.
func TestGallery(t *testing.T) {
	server := httptest.NewServer(http.StripPrefix("/repo", site.Serve(os.DirFS(siteDir))))
	defer server.Close()
	p := newPage(t, server.URL+"/repo/")
	p.visit("")
	p.worker()
	data, err := os.ReadFile(filepath.Join(siteDir, "web", "zoo.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	cards := zoo.ReadFile(string(data))
	p.press("g")
	p.wantCards(cards)
	p.focused("#gallery-search")

	slices.SortStableFunc(cards, func(a, b zoo.Card) int { return a.Params.Cmp(b.Params) })
	p.click(`[data-act="sort"][data-index="2"]`)
	p.wantCards(cards)
	p.fill("#gallery-search", "ResNet torch")
	var found []zoo.Card
	for _, c := range cards {
		text := strings.ToLower(c.Name + c.ID + c.Family + c.Source)
		if strings.Contains(text, "resnet") && strings.Contains(text, "torch") {
			found = append(found, c)
		}
	}
	if len(found) == 0 || len(found) == len(cards) {
		t.Fatalf("%d of %d networks are found", len(found), len(cards))
	}
	p.wantCards(found)
	p.fill("#gallery-search", "no such network")
	p.wantCards(nil)
	p.press("escape")

	// Without a connection, in a page that has not fetched the list yet.
	server.CloseClientConnections()
	server.Close()
	p.visit("")
	eval[any](p, `(() => { const el = document.querySelector("#preset"); el.value = "*"; el.dispatchEvent(new Event("change", {bubbles: true})); })()`)
	slices.SortFunc(cards, func(a, b zoo.Card) int { return cmp.Compare(a.ID, b.ID) })
	for i := 0; i < len(cards); i += len(cards) / 2 {
		c := cards[i]
		p.fill("#gallery-search", c.ID)
		p.click(`.card-link[data-card="` + c.ID + `"]`)
		p.wantTotal("params", c.Params.String())
		p.wantTotal("macs", c.MACs.String())
		p.press("g")
	}
	p.click(`.plotbox [data-card="toy"] circle`)
	p.wantTotal("params", "1300")
	p.canEdit()
}

// wantCards waits for the gallery to list certain networks, in order.
func (p *page) wantCards(want []zoo.Card) {
	p.t.Helper()
	ids := make([]string, len(want))
	for i, c := range want {
		ids[i] = c.ID
	}
	const js = `[...document.querySelectorAll(".card-link")].map((c) => c.dataset.card).join(" ")`
	if all := strings.Join(ids, " "); !p.until(js + " === " + quote(all)) {
		p.t.Fatalf("the gallery lists\n%s, want\n%s", eval[string](p, js), all)
	}
}

// If the list of networks cannot be loaded, the gallery explains that, and loads it
// when it is opened again.
func TestGalleryFails(t *testing.T) {
	files := siteFiles(t)
	list := files["web/zoo.tsv"]
	var found atomic.Bool
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !found.Load() && strings.HasSuffix(r.URL.Path, "zoo.tsv") {
			http.NotFound(w, r)
			return
		}
		http.StripPrefix("/repo", site.Serve(files)).ServeHTTP(w, r)
	}))
	t.Cleanup(func() { s.CloseClientConnections(); s.Close() }) // after the page is gone, which may still ask for its icon
	p := newPage(t, s.URL+"/repo/")
	p.allow("404", "service worker", "addAll")
	p.visit("")
	p.press("g")
	p.wait("the reason", `document.querySelector(".orders [role=status]").innerText.includes("could not be loaded")`)
	found.Store(true)
	p.press("escape")
	p.canEdit()
	p.press("g")
	p.wait("the networks", `document.querySelectorAll(".card-link").length === `+strconv.Itoa(strings.Count(string(list.Data), "\n")))
}
