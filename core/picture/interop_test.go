//go:build interop

package picture

import (
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
)

// drawnTwice are networks of every form a picture has: towers, paths, a U, tokens,
// films, growing blocks.
var drawnTwice = []string{"alexnet-2012", "vgg-16", "resnet-50", "googlenet", "u-net", "densenet-121", "vit-b-16", "r2plus1d-18"}

// TestRenderers draws exported pictures with Chromium and with librsvg, in both
// languages: of the pixels at most one in a hundred may differ visibly.
func TestRenderers(t *testing.T) {
	for _, id := range drawnTwice {
		for _, lang := range []catalog.Lang{catalog.English, catalog.Korean} {
			dir := t.TempDir()
			s := Of(reports()[id], Options{Name: id, Lang: lang, Style: count.PyTorch, Width: 1600})
			file := filepath.Join(dir, "picture.svg")
			if err := os.WriteFile(file, []byte(SVG(s, Output{Colours: true, White: true, Titles: true})), 0o644); err != nil {
				t.Fatal(err)
			}
			a := shot(t, filepath.Join(dir, "rsvg.png"), exec.Command("rsvg-convert", file, "-o", filepath.Join(dir, "rsvg.png")))
			page := filepath.Join(dir, "page.html")
			html := "<!doctype html><body style='margin:0'><img style='display:block' src='picture.svg'>"
			if err := os.WriteFile(page, []byte(html), 0o644); err != nil {
				t.Fatal(err)
			}
			size := strconv.Itoa(int(s.Width)) + "," + strconv.Itoa(int(s.Height))
			b := shot(t, filepath.Join(dir, "chromium.png"), exec.Command("chromium", "--headless", "--no-sandbox", "--disable-gpu",
				"--hide-scrollbars", "--window-size="+size, "--screenshot="+filepath.Join(dir, "chromium.png"), "file://"+page))
			differ, all := 0, int(s.Width)*int(s.Height)
			for y := range int(s.Height) {
				for x := range int(s.Width) {
					if far(a, b, x, y) {
						differ++
					}
				}
			}
			t.Logf("%s %s: %d of %d pixels differ", id, lang.Tag(), differ, all)
			if differ*100 > all {
				t.Errorf("%s: %.2f %% of the pixels differ", id, 100*float64(differ)/float64(all))
			}
		}
	}
}

// far reports whether two pictures differ by more than a quarter of the range at a
// place: edges are smoothed in either's own way.
func far(a, b image.Image, x, y int) bool {
	r0, g0, b0, _ := a.At(x, y).RGBA()
	r1, g1, b1, _ := b.At(x, y).RGBA()
	apart := func(p, q uint32) bool { return max(p, q)-min(p, q) > 0x4000 }
	return apart(r0, r1) || apart(g0, g1) || apart(b0, b1)
}

func shot(t *testing.T, file string, c *exec.Cmd) image.Image {
	t.Helper()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", c.Args, err, out)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestPDFLaTeX compiles exported TikZ, with and without patterns.
func TestPDFLaTeX(t *testing.T) {
	for i, id := range drawnTwice {
		marks := i%2 == 0
		dir := t.TempDir()
		s := Of(reports()[id], Options{Name: id + " 50% #1 {x} _ ü 한", Style: count.PyTorch, Columns: ExportColumns})
		if err := os.WriteFile(filepath.Join(dir, "picture.tex"), []byte(TikZ(s, marks)), 0o644); err != nil {
			t.Fatal(err)
		}
		c := exec.Command("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "picture.tex")
		c.Dir = dir
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", id, err, out[max(0, len(out)-2000):])
		}
	}
}
