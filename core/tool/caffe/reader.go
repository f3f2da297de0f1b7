// Package caffe reads and writes Caffe's networks as text: prototxt files.
//
// Reading is a chain of passes over values: prototext.Parse makes messages of the
// text, definitions makes one form of the three generations of layers, included is
// which of them take part, sourcesOf finds what enters, lower makes nodes of a
// graph, and prune takes off what only a loss needs.
package caffe

import (
	"bytes"
	"strings"

	"paramstack/core/tool/caffe/prototext"
	"paramstack/core/tool/source"
)

// Reader is Caffe's network as text: NetParameter of caffe.proto, with its three
// generations of layers, and those of its forks.
var Reader = source.Reader{
	ID: "caffe", Label: "Caffe prototxt", Exts: []string{".prototxt"},
	Detect: func(head []byte, f *source.File) bool {
		if bytes.Contains(head, []byte(logBegins)) {
			data, err := f.All()
			return err == nil && logged(string(data)) != ""
		}
		return startsNet(head)
	},
	Read: func(f *source.File) (*source.Result, error) {
		doc, err := parse(f)
		if err != nil {
			return nil, err
		}
		l, err := doc.lower(answering, f.Progress)
		if err != nil {
			return nil, err
		}
		r, err := l.Stack()
		if err != nil {
			return nil, err
		}
		return r, doc.others(f, r)
	},
}

// parse reads a file as messages.
func parse(f *source.File) (*document, error) {
	data, err := f.All()
	if err != nil {
		return nil, err
	}
	src := string(data)
	if net := logged(src); net != "" {
		src = net
	}
	// Numbers of weights that were written as text are not kept.
	net, err := prototext.Parse(src, f.Progress, func(in, name string) bool {
		return in == "blobs" && (strings.HasSuffix(name, "data") || strings.HasSuffix(name, "diff"))
	})
	if err != nil {
		return nil, err
	}
	own := net.Sub("state")
	return &document{src: src, net: net, level: own.Whole("level", 0), stages: own.Strs("stage")}, nil
}

// startsNet reports whether a text begins with a field of a NetParameter that
// shows what the file is: a layer, or an input or a name before one.
func startsNet(head []byte) bool {
	layers := false
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		n := 0
		for n < len(line) && prototext.IsWord(line[n]) {
			n++
		}
		word, rest := string(line[:n]), bytes.TrimLeft(line[n:], " \t")
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		field := len(rest) > 0 && (rest[0] == ':' || rest[0] == '{')
		switch word {
		case "layer", "layers":
			return field || len(rest) == 0
		case "name", "input", "input_dim", "input_shape", "state", "force_backward", "debug_info":
			if !layers && !field {
				return false
			}
			layers = true
			// All on one line, as hand-written ones are.
			if i := bytes.Index(rest, []byte("layer")); i > 0 && bytes.ContainsAny(rest[i:], "{") {
				return true
			}
		default:
			if !layers {
				return false
			}
		}
	}
	return false
}
