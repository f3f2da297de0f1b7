package torch

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/internal/tooltest"
)

// word is a text in a pickle, and tensorIn a tensor of one storage and size.
func word(s string) string {
	return "X" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(s)))) + s
}

func tensorIn(storage, size string) string {
	return "ctorch._utils\n_rebuild_tensor_v2\n((" + word("storage") + "ctorch\nFloatStorage\n" + storage + word("cpu") +
		"K\x40tQK\x00" + size + "K\x08K\x01\x86\x89}tR"
}

// dictOf is a dictionary of n entries, each made by entry.
func dictOf(n int, entry func(i int) string) string {
	var b strings.Builder
	b.WriteString("}(")
	for i := range n {
		b.WriteString(entry(i))
	}
	return b.String() + "u"
}

// TestHostileFiles: no small file takes much memory, whatever it names again and
// again, or unpacks to.
func TestHostileFiles(t *testing.T) {
	const small, kept, drop = "K\x08K\x08\x86", "q\x00", "0"
	get := "h\x00"
	long := strings.Repeat("n", 4000)
	nested := func(depth int, name string) string { // the same two names at every level: 2^depth paths
		s := "}q\x01" + word("w") + tensorIn(word("0"), small) + "s"
		for i := range depth {
			key, in := "r"+string(binary.LittleEndian.AppendUint32(nil, uint32(i+2))), "j"+string(binary.LittleEndian.AppendUint32(nil, uint32(i+1)))
			s += "0}" + key + "(" + word("a"+name) + in + word("b"+name) + in + "u"
		}
		return s
	}
	chain := func(levels int, name string) string { // names that grow, with a tensor at each level
		s := strings.Repeat("}("+word(name+".weight")+tensorIn(word("0"), small)+word(name), levels)
		return s + "N" + strings.Repeat("u", levels)
	}
	for name, pickle := range map[string]string{
		"names":          chain(190, long[:20]),
		"long names":     chain(190, long),
		"forks":          nested(190, ""),
		"forks, long":    nested(100, long[:200]),
		"one dictionary": tensorIn(word("0"), small) + kept + drop + dictOf(2000, func(i int) string { return word(fmt.Sprint("t", i, ".weight")) + get }) + "q\x01" + drop + dictOf(2000, func(i int) string { return word(fmt.Sprint("k", i)) + "h\x01" }),
		"one long name": tensorIn(word("0"), small) + kept + drop + dictOf(20_000, func(i int) string {
			return word(fmt.Sprint(long[:min(4000, 4000-i)*(1-min(i, 1))], "t", i, ".weight")) + get
		}),
		"storage's name":  "(" + strings.Repeat(word("x"), 3000) + "t" + kept + drop + dictOf(3000, func(i int) string { return word(fmt.Sprint("t", i, ".weight")) + tensorIn(get, small) }),
		"dimensions":      "(" + strings.Repeat("K\x01", 64) + "t" + kept + drop + dictOf(15_000, func(i int) string { return word(fmt.Sprint("t", i, ".weight")) + tensorIn(word("0"), get) }),
		"dictionaries":    strings.Repeat("}", 1_000_000),
		"marks":           strings.Repeat("(", 1_000_000),
		"lists in a list": "]" + kept + "(" + strings.Repeat(get, 100_000) + "e",
		"copies": dictOf(4000, func(i int) string {
			return word(fmt.Sprint("ema", i)) + "}" + word("w.weight") + tensorIn(word("0"), small) + "s"
		}),
		"left out": dictOf(30_000, func(i int) string {
			return word(fmt.Sprint("loss", i)) + "N" + word(fmt.Sprint("w", i)) + get0(i, small)
		}),
		"deep": strings.Repeat("}"+word("a"), 50_000) + "N" + strings.Repeat("s", 50_000),
	} {
		whole := []byte("\x80\x02" + pickle + ".")
		tooltest.Hostile(t, name+".pt", zipOf(whole), readers...)
		legacy := bytes.Join([][]byte{legacyMagic, []byte("\x80\x02M\xe9\x03."), []byte("\x80\x02}."), whole}, nil)
		tooltest.Hostile(t, name+", legacy.pt", legacy, readers...)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("a/data.pkl")
	w.Write([]byte("\x80\x02" + word(strings.Repeat("a", 60_000_000)) + "."))
	z.Close()
	if d := tooltest.Hostile(t, "bomb.pt", b.Bytes(), readers...); d == nil || d.Say.Key != catalog.ImportTooMuch {
		t.Errorf("what unpacks to 60 MB from %d bytes: %v", b.Len(), d)
	}
	b.Reset()
	z = zip.NewWriter(&b)
	for i := range 60_000 {
		z.Create(fmt.Sprint("a/data/", i))
	}
	z.Close()
	tooltest.Hostile(t, "entries.pt", b.Bytes(), readers...)
}

// get0 is a tensor at the first call, and that tensor again later.
func get0(i int, size string) string {
	if i == 0 {
		return tensorIn(word("0"), size) + "q\x00"
	}
	return "h\x00"
}

// TestHostileHeaders does the same with headers of safetensors.
func TestHostileHeaders(t *testing.T) {
	entries := func(n int, entry func(i int) string) []byte {
		all := make([]string, n)
		for i := range all {
			all[i] = entry(i)
		}
		return safe("{"+strings.Join(all, ",")+"}", 64)
	}
	ones := strings.TrimSuffix(strings.Repeat("1,", 64), ",")
	for name, data := range map[string][]byte{
		"empty tensors": entries(100_000, func(i int) string {
			return fmt.Sprintf(`"t%d.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}`, i)
		}),
		"dimensions": entries(10_000, func(i int) string {
			return fmt.Sprintf(`"t%d.weight":{"dtype":"F4","shape":[%s],"data_offsets":[0,0]}`, i, ones)
		}),
		"extents": entries(2000, func(i int) string {
			return fmt.Sprintf(`"t%d.weight":{"dtype":"F4","shape":[%s],"data_offsets":[0,0]}`, i, strings.ReplaceAll(ones, "1", "4611686018427387904"))
		}),
		"names": entries(50, func(i int) string {
			return fmt.Sprintf(`"%s%d.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}`, strings.Repeat("a.", 10_000), i)
		}),
		"metadata": safe(`{"__metadata__":{"a":`+strings.Repeat("[", 100_000)+`}}`, 0),
	} {
		tooltest.Hostile(t, name+".safetensors", data, readers...)
	}
}

// TestHostilePrints does the same with what print(model) and lists of tensors show.
func TestHostilePrints(t *testing.T) {
	in := func(depth int) string { return strings.Repeat("  ", depth) }
	lines := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i) + "\n")
		}
		return b.String()
	}
	linear := "Linear(in_features=8, out_features=8, bias=True)"
	for name, text := range map[string]string{
		"repeats": "Net(\n" + lines(60, func(i int) string { return in(i+1) + "(0-99999999): 100000000 x Seq(" }) + in(62) + "(c): " + linear + "\n",
		"deep":    lines(3000, func(i int) string { return in(i) + fmt.Sprintf("(m%d): Block(", i) }),
		"wide":    "Net(\n" + lines(19_000, func(i int) string { return fmt.Sprintf("  (l%d): %s", i, linear) }) + ")",
		"names": "Net(\n" + lines(150, func(i int) string { return in(i+1) + fmt.Sprintf("(%s%d): Block(", strings.Repeat("n", 300), i) }) +
			lines(5000, func(i int) string { return in(151) + fmt.Sprintf("(l%d): %s", i, linear) }),
		"arguments": "Net(\n  (c): Conv2d(" + strings.Repeat("1, ", 50_000) + "1)\n)",
		"brackets":  "Net(" + strings.Repeat("(", 60_000),
		"listing": lines(1000, func(i int) string {
			return fmt.Sprintf("%s%d.weight torch.Size([64, 64])", strings.Repeat("a.", 400), i)
		}),
	} {
		tooltest.Hostile(t, name+".txt", []byte(text), &PrintReader, &ListingReader)
	}
}
