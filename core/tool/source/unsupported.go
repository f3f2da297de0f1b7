package source

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
	"paramstack/core/num"
)

// An unsupported is a kind of file that no reader reads, and the sentence that
// replaces what a parser would stumble over.
type unsupported struct {
	is  func(head []byte, f *File) bool
	say func(head []byte, f *File) *diag.Diag
}

// sentence returns a sentence without arguments.
func sentence(key catalog.Key) func([]byte, *File) *diag.Diag {
	return func([]byte, *File) *diag.Diag { return diag.New(key) }
}

var (
	lfsPointer   = regexp.MustCompile(`^version https://git-lfs\.github\.com/spec/\S+\s+(?s:.*?)\bsize (\d{1,18})`)
	pythonSource = regexp.MustCompile(`(?m)^\s*(?:import [a-z_]\w*(?:\.\w+)*(?: as \w+)?\s*$|from [\w.]+ import ` +
		`|(?:async )?def \w+\(|class \w+(?:\([\w., =]*\))?:|\w+\.add\(|self\.\w+ ?= ?` +
		`|\w+ ?= ?(?:\w+\.)*(?:Sequential|Model|Input|Dense|Conv\dD|Conv\dd|Linear)\()`)
	moduleCall  = regexp.MustCompile(`^\s*(?:nn|layers|keras|tf|torch)\.[\w.]+\(`)
	solverField = regexp.MustCompile(`(?m)^\s*(?:base_lr|max_iter|lr_policy|solver_mode|test_interval|snapshot_prefix)\s*:`)
	solverNet   = regexp.MustCompile(`(?m)^\s*(?:train_net|net)\s*:\s*"([^"]+)"`)
	caffeLog    = regexp.MustCompile(`(?m)^[IWEF]\d{4} [\d:.]+ +\d+ [\w.]+:\d+\]`)
	jsonModel   = regexp.MustCompile(`"model_type"\s*:\s*"([^"]+)"`)
)

// weightFiles are files of weights alone, by how they begin or are called.
var weightFiles = []struct{ magic, ext, label string }{
	{"GGUF", "", "GGUF"}, {"\x93NUMPY", "", "NumPy"}, {"", ".npz", "NumPy"}, {"", ".weights", "Darknet"},
	{"", ".index", "TensorFlow checkpoint"}, {"", ".data-00000-of-00001", "TensorFlow checkpoint"}, {"", ".msgpack", "Flax"},
}

func weightsOf(head []byte, f *File) string {
	name := strings.ToLower(f.Name)
	for _, w := range weightFiles {
		if w.magic != "" && bytes.HasPrefix(head, []byte(w.magic)) || w.ext != "" && strings.HasSuffix(name, w.ext) &&
			!isText(head, f) {
			return w.label
		}
	}
	return ""
}

// pointers are found before any reader runs: their names are those of the files
// that they replace.
var pointers = unsupported{
	is: func(head []byte, _ *File) bool { return lfsPointer.Match(head) },
	say: func(head []byte, f *File) *diag.Diag {
		size, _ := strconv.ParseInt(string(lfsPointer.FindSubmatch(head)[1]), 10, 64)
		return diag.New(catalog.UnsupportedPointer, num.Of(f.Size).Grouped(), num.Of(size).Grouped())
	},
}

// unsupportedFiles are the others, in the order in which a file is compared with them.
var unsupportedFiles = []unsupported{
	{func(head []byte, _ *File) bool {
		head = bytes.ToLower(bytes.TrimSpace(head))
		return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) ||
			bytes.HasPrefix(head, []byte("<head"))
	}, sentence(catalog.UnsupportedPage)},
	{func(head []byte, _ *File) bool {
		return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) && bytes.Contains(head, []byte(`"cell_type"`)) ||
			bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) && bytes.Contains(head, []byte(`"nbformat"`))
	}, sentence(catalog.UnsupportedNotebook)},
	{func(head []byte, _ *File) bool {
		return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) &&
			(jsonModel.Match(head) || bytes.Contains(head, []byte(`"architectures"`)))
	}, func(head []byte, _ *File) *diag.Diag {
		name := "?"
		if m := jsonModel.FindSubmatch(head); m != nil {
			name = string(m[1])
		}
		return diag.New(catalog.UnsupportedConfig, layer.Quote(name))
	}},
	{func(head []byte, _ *File) bool {
		return bytes.HasPrefix(bytes.TrimSpace(head), []byte("{")) && bytes.Contains(head, []byte(`"weight_map"`))
	}, sentence(catalog.UnsupportedIndex)},
	{func(head []byte, f *File) bool { return isText(head, f) && solverField.Match(head) },
		func(head []byte, _ *File) *diag.Diag {
			if m := solverNet.FindSubmatch(head); m != nil {
				return diag.New(catalog.UnsupportedSolver, layer.Quote(string(m[1])))
			}
			return diag.New(catalog.UnsupportedSolver, ".prototxt")
		}},
	{func(head []byte, f *File) bool { return isText(head, f) && caffeLog.Match(head) }, sentence(catalog.UnsupportedLog)},
	{func(head []byte, f *File) bool {
		return isText(head, f) && (strings.HasSuffix(strings.ToLower(f.Name), ".py") || pythonSource.Match(head) ||
			moduleCall.Match(head))
	}, sentence(catalog.UnsupportedPython)},
	{func(head []byte, f *File) bool {
		return len(head) > 8 && string(head[4:8]) == "TFL3" || !isText(head, f) &&
			strings.HasSuffix(strings.ToLower(f.Name), ".tflite")
	}, sentence(catalog.UnsupportedLite)},
	{func(head []byte, f *File) bool {
		return strings.HasSuffix(strings.ToLower(f.Name), ".pb") && !isText(head, f)
	}, sentence(catalog.UnsupportedGraph)},
	{func(head []byte, f *File) bool { return weightsOf(head, f) != "" },
		func(head []byte, f *File) *diag.Diag { return diag.New(catalog.UnsupportedWeights, weightsOf(head, f)) }},
}

// explain returns the sentence about a file that no reader knows, nil if it is unknown
// here too.
func explain(head []byte, f *File) *diag.Diag {
	for _, list := range [][]unsupported{unsupportedFiles, otherFiles} {
		for _, u := range list {
			if u.is(head, f) {
				return u.say(head, f)
			}
		}
	}
	return nil
}

// isText reports whether a file is text, as far as its head shows.
func isText(head []byte, f *File) bool {
	for cut := 0; cut < utf8.UTFMax && cut <= len(head); cut++ {
		if utf8.Valid(head[:len(head)-cut]) {
			return !bytes.ContainsRune(head, 0)
		}
		if int64(len(head)) == f.Size {
			break // nothing was cut
		}
	}
	return false
}

// plainExts end the names of texts of any kind.
var plainExts = []string{"", ".txt", ".text", ".log", ".out", ".md"}

// isPlain reports whether only the content of a file can decide what it is.
func isPlain(head []byte, f *File) bool {
	return isText(head, f) && slices.Contains(plainExts, strings.ToLower(path.Ext(f.Name)))
}
