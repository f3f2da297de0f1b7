#!/bin/sh
# Writes the static site into a directory, ./dist by default:
#   ./build.sh [OUT]
# SITE_URL=https://… puts the site's address into previews of links to it.
# LINES=1 keeps functions and lines of source in stack traces, for 360 KB: see app/site/trim.go.
# Without it a trace has instructions: pc=0x12ab0017 is in the function that functions.txt of
# the site has at 0x12ab0000.
set -eu

case "${1:-}" in
	"") out=dist ;;
	/*) out=$1 ;;
	*) out=$PWD/$1 ;;
esac
cd "$(dirname "$0")"
case "$out" in /*) ;; *) out=$PWD/$out ;; esac

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The program is built with a copy of go-app that cannot serve: see app/site/slim.go.
go run ./app slim -out "$tmp"
# What is inlined, and why: see app/site/flags.go. The tag page leaves out the sentences
# that only the worker says: see core/catalog.
flags=$(go run ./app flags)
GOOS=js GOARCH=wasm CGO_ENABLED=0 go build -tags page -modfile="$tmp/go.mod" $flags \
	-trimpath -buildvcs=false -ldflags="-s -w" -o "$tmp/app.wasm" ./app
# The worker is loaded by who opens or exports a file, and need not hurry either.
GOOS=js GOARCH=wasm CGO_ENABLED=0 go build -modfile="$tmp/go.mod" \
	-gcflags=paramstack/...=-l -trimpath -buildvcs=false -ldflags="-s -w" -o "$tmp/transfer.wasm" ./app/transfer/worker
go run ./app site -out "$out" -wasm "$tmp/app.wasm" -transfer "$tmp/transfer.wasm" \
	-exec "$(go env GOROOT)/lib/wasm/wasm_exec.js" -modfile "$tmp/go.mod" -web web -url "${SITE_URL:-}" ${LINES:+-lines}
