//go:build !js

package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"slices"
	"strings"
	"text/tabwriter"
)

// Budget is what a first visit may download, compressed by gzip -9, in bytes. An
// empty page of the whole go-app takes 1.92 MB of it. It was 2.4 MB before the page
// understood how people write layers and explained error messages.
const Budget = 2_500_000

// A Size is that of one file, as it is and compressed. Brotli is 0 where nothing
// was there to compress with.
type Size struct {
	Path              string
	Raw, Gzip, Brotli int
}

// Sizes measures everything a first visit downloads (and, apart from the total,
// what is loaded on demand): the page, and what its
// worker keeps for offline use, which is every file.
func Sizes(site fs.FS, brotli bool) (list []Size, total Size, err error) {
	err = fs.WalkDir(site, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(p, ".n") {
			return err
		}
		data, err := fs.ReadFile(site, p)
		if err != nil {
			return err
		}
		s := Size{Path: p, Raw: len(data), Gzip: len(data)}
		if !strings.HasSuffix(p, ".png") { // hosts leave pictures as they are
			s.Gzip = len(Gzip(data, gzip.BestCompression))
		}
		if brotli {
			cmd := exec.Command("brotli", "--stdout", "--best", "-")
			cmd.Stdin = bytes.NewReader(data)
			out, err := cmd.Output()
			if err != nil {
				return fmt.Errorf("brotli: %w", err)
			}
			s.Brotli = len(out)
		}
		list = append(list, s)
		if slices.Contains(onDemand, p) || slices.Contains(elsewhere, p) {
			return nil
		}
		total.Raw, total.Gzip, total.Brotli = total.Raw+s.Raw, total.Gzip+s.Gzip, total.Brotli+s.Brotli
		return nil
	})
	return list, total, err
}

// PrintSizes writes a table of Sizes.
func PrintSizes(w io.Writer, site fs.FS) error {
	_, missing := exec.LookPath("brotli")
	list, total, err := Sizes(site, missing == nil)
	if err != nil {
		return err
	}
	total.Path = "total"
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "raw\tgzip -9\tbrotli\t  file")
	for _, s := range append(list, total) {
		compressed := "–"
		if s.Brotli > 0 {
			compressed = fmt.Sprint(s.Brotli)
		}
		fmt.Fprintf(t, "%d\t%d\t%s\t  %s\n", s.Raw, s.Gzip, compressed, s.Path)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nNot in the total, since a first visit does not wait for them: %s.\n"+
		"They are loaded when they are first used, or kept for use offline once the page has nothing else to do.",
		strings.Join(onDemand, ", "))
	fmt.Fprintf(w, "\nA first visit: %.2f MB by gzip -9, of %.1f MB at most.\n", float64(total.Gzip)/1e6, Budget/1e6)
	if missing != nil {
		fmt.Fprintln(w, "No brotli on this machine, so its column is empty.")
	}
	return nil
}
