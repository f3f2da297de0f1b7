package source

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"paramstack/core/catalog"
	"paramstack/core/diag"
	"paramstack/core/layer"
)

// Open reads a file and names its networks. A file without layers is an error. With an
// error, a result has the choices of a program and nothing else.
func (r *Reader) Open(f *File) (*Result, *diag.Diag) {
	res, err := r.Read(f)
	switch {
	case err != nil && res != nil && res.Program != nil:
		return &Result{Program: res.Program}, AsDiag(err)
	case err != nil:
		return nil, AsDiag(err)
	case res == nil || len(res.Model.Body) == 0:
		return nil, diag.New(catalog.ImportNoLayers, r.Label)
	}
	if res.Model.Name == "" {
		res.Model.Name = strings.TrimSuffix(path.Base(strings.ReplaceAll(f.Name, `\`, "/")), path.Ext(f.Name))
	}
	for i := range res.More {
		res.More[i].Model.Name = res.Model.Name + " (" + res.More[i].State + ")"
	}
	return res, nil
}

// Find returns the first reader that recognises a file: by its content, else by its
// name.
func Find(f *File, readers []*Reader) (*Reader, *diag.Diag) {
	head, err := f.Read(0, min(f.Size, HeadSize))
	if err != nil {
		return nil, AsDiag(err)
	}
	if len(bytes.TrimSpace(head)) == 0 && f.Size <= HeadSize {
		return nil, diag.New(catalog.ImportEmpty)
	}
	if pointers.is(head, f) {
		return nil, pointers.say(head, f)
	}
	for _, r := range readers {
		if r.Detect(head, f) {
			return r, nil
		}
	}
	if d := explain(head, f); d != nil {
		return nil, d
	}
	if isPlain(head, f) {
		return nil, diag.New(catalog.UnsupportedText)
	}
	ext := strings.ToLower(path.Ext(f.Name))
	var labels []string
	for _, r := range readers {
		if ext != "" && slices.Contains(r.Exts, ext) {
			return r, nil
		}
		labels = append(labels, r.Label)
	}
	return nil, diag.New(catalog.ImportUnknown, layer.Quote(f.Name), strings.Join(labels, ", "))
}
