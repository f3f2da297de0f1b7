//go:build !js

package site

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// types maps a site's file name extensions to media types. The machine's own tables
// differ, and some lack WebAssembly.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".txt":         "text/plain; charset=utf-8",
	".tsv":         "text/tab-separated-values; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// Serve returns a handler for the files of a built site. It behaves like a host of
// static files: compressed where the browser accepts it, with validators, and it
// notices at once when a file changes.
func Serve(files fs.FS) http.Handler { return &server{files: files, zipped: map[string]zipped{}} }

// ServeUntil serves the files of a built site until the context is done, which is no error.
func ServeUntil(ctx context.Context, listener net.Listener, files fs.FS) error {
	s := &http.Server{Handler: Serve(files)}
	// Requests on their way are cut off: they are from this machine.
	defer context.AfterFunc(ctx, func() { s.Close() })()
	if err := s.Serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}

type server struct {
	files  fs.FS
	mu     sync.Mutex
	zipped map[string]zipped
}

type zipped struct {
	of   [sha256.Size]byte
	data []byte
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "only files are here", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	data, err := fs.ReadFile(s.files, name)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	kind, known := types[path.Ext(name)]
	if !known {
		kind = http.DetectContentType(data)
	}
	sum := sha256.Sum256(data)
	tag := fmt.Sprintf("%x", sum[:8])
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-cache") // revalidate each time; a 304 if nothing changed
	h.Set("Vary", "Accept-Encoding")
	if kind != types[".png"] && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		data = s.zip(name, data, sum)
		tag += "-gz"
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", fmt.Sprint(len(data)))
	}
	h.Set("ETag", `"`+tag+`"`)
	if r.Header.Get("If-None-Match") == h.Get("ETag") {
		h.Del("Content-Length")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// zip compresses a file once for each content it has.
func (s *server) zip(name string, data []byte, sum [sha256.Size]byte) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	if z := s.zipped[name]; z.of == sum && z.data != nil {
		return z.data
	}
	z := zipped{sum, Gzip(data, gzip.DefaultCompression)}
	s.zipped[name] = z
	return z.data
}

// Gzip compresses with a level of compress/gzip.
func Gzip(data []byte, level int) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, level)
	if err != nil {
		panic(err) // the level is a constant of the caller
	}
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// Listen listens at an address, or at a free port of the same host if that one
// is taken.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l, nil
	}
	host, _, splitErr := net.SplitHostPort(addr)
	if splitErr != nil {
		return nil, err
	}
	return net.Listen("tcp", net.JoinHostPort(host, "0"))
}
