//go:build !js

// The page's tools: they write the static site, serve it, and measure it.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"paramstack/app/site"
	"paramstack/app/ui"
	"paramstack/core/catalog"
	"paramstack/core/zoo"
)

const usage = `usage:
  app slim -out DIR                        go-app without what serves, and a go.mod for it: go build -modfile
  app flags                                go build's flags for the program
  app site -out DIR -wasm FILE -transfer FILE -exec FILE -modfile FILE [-web DIR] [-url https://…] [-lines]
                                           write the static site
  app serve [-dir DIR] [-addr HOST:PORT]   serve it
  app size [-dir DIR]                      measure it
  app preview                              what web/preview.png is made of, as SVG
`

func main() {
	commands := map[string]func([]string) error{"slim": slim, "flags": flags, "site": write, "serve": serve, "size": size,
		"preview": preview}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "paramstack:", err)
		os.Exit(1)
	}
}

func write(args []string) error {
	flags := flag.NewFlagSet("site", flag.ExitOnError)
	out := flags.String("out", "dist", "directory to write to")
	wasm := flags.String("wasm", "", "the program, built for GOOS=js GOARCH=wasm")
	transfer := flags.String("transfer", "", "the worker's program, likewise")
	exec := flags.String("exec", "", "$(go env GOROOT)/lib/wasm/wasm_exec.js")
	modfile := flags.String("modfile", "go.mod", "the go.mod that both were built with: their licences are looked up")
	web := flags.String("web", "web", "directory of static files")
	lines := flags.Bool("lines", false, "keep the lines of source that stack traces name")
	url := flags.String("url", "", "where the site will be, for previews of links to it")
	flags.Parse(args)

	o := site.Options{
		Web:   os.DirFS(*web),
		Zoo:   zoo.File(),
		Name:  "paramstack",
		Title: "paramstack – every parameter of a network, counted",
		Description: "See each layer of a convolutional network with its parameter formula: " +
			"AlexNet, VGG, ResNet or your own, edited in place and shared as a link.",
		URL:  *url,
		Page: func() app.Composer { return ui.New() },
		In:   func(lang catalog.Lang) app.Composer { return ui.In(lang) },
	}
	program, err := os.ReadFile(*wasm)
	if err != nil {
		return err
	}
	if o.Functions, err = site.Functions(program); err != nil {
		return err
	}
	if o.Wasm, err = site.Trim(program, *lines); err != nil {
		return err
	}
	if program, err = os.ReadFile(*transfer); err != nil {
		return err
	}
	if o.Transfer, err = site.Trim(program, *lines); err != nil {
		return err
	}
	if o.WasmExec, err = os.ReadFile(*exec); err != nil {
		return err
	}
	if o.Licences, err = site.Licences(*modfile, "./app", "./app/transfer/worker"); err != nil {
		return err
	}
	files, err := site.Build(o)
	if err != nil {
		return err
	}
	return site.Write(filepath.Clean(*out), files)
}

func slim(args []string) error {
	flags := flag.NewFlagSet("slim", flag.ExitOnError)
	out := flags.String("out", "", "directory to write to")
	flags.Parse(args)
	return site.Slim(*out)
}

func flags([]string) error {
	list, err := site.Flags("./app")
	fmt.Println(strings.Join(list, " "))
	return err
}

func serve(args []string) error {
	flags := flag.NewFlagSet("serve", flag.ExitOnError)
	dir := flags.String("dir", "dist", "a built site")
	addr := flags.String("addr", "127.0.0.1:8000", "address to listen at; a free port if it is taken")
	flags.Parse(args)

	if _, err := os.Stat(filepath.Join(*dir, "index.html")); err != nil {
		return fmt.Errorf("%s is no built site: %w", *dir, err)
	}
	listener, err := site.Listen(*addr)
	if err != nil {
		return err
	}
	fmt.Printf("paramstack is at http://%s/  (Ctrl-C ends it)\n", listener.Addr())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return site.ServeUntil(ctx, listener, os.DirFS(*dir))
}

func size(args []string) error {
	flags := flag.NewFlagSet("size", flag.ExitOnError)
	dir := flags.String("dir", "dist", "a built site")
	flags.Parse(args)
	return site.PrintSizes(io.Writer(os.Stdout), os.DirFS(*dir))
}

func preview([]string) error {
	svg, err := site.Preview()
	fmt.Print(svg)
	return err
}
