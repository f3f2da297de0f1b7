package torch

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

func TestDumpSource(t *testing.T) {
	name := os.Getenv("SRC")
	if name == "" {
		return
	}
	data, _ := os.ReadFile(name)
	f := &source.File{Name: name, Size: int64(len(data)), At: bytes.NewReader(data)}
	f.Options.Expression, f.Options.Input = os.Getenv("EXPR"), os.Getenv("INPUT")
	head, _ := f.Read(0, min(f.Size, source.HeadSize))
	fmt.Println("detect", SourceReader.Detect(head, f))
	start := time.Now()
	r, err := readSource(f)
	fmt.Println(time.Since(start))
	if err != nil {
		fmt.Println("ERROR", err)
		return
	}
	rep := count.Of(r.Model)
	fmt.Println(text.Format(r.Model))
	fmt.Println("PARAMS", rep.Totals.Params(true), "STATS", rep.Totals.Stats, "MACS", rep.Totals.MACs)
	for _, n := range r.Notes {
		fmt.Println("note", n.Doubt, n.Say.In(catalog.English))
	}
	for _, m := range r.More {
		fmt.Println("MORE", m.State)
	}
}
