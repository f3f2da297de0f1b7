//go:build !js

package site

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/fstest"
	"time"
)

// Ctrl-C ends the server without an error, also while a browser keeps a connection open.
func TestServeUntil(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- ServeUntil(ctx, listener, fstest.MapFS{"index.html": {Data: []byte("hello")}})
	}()
	answer, err := http.Get("http://" + listener.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if string(body) != "hello" {
		t.Errorf("the page is %q", body)
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it goes on serving")
	}
	if err := ServeUntil(t.Context(), listener, fstest.MapFS{}); err == nil {
		t.Error("no error from a listener that is closed")
	}
}
