#!/bin/sh
# Writes the static site into a directory, ./dist unless told otherwise:
#   ./build.sh [OUT]
# SITE_URL=https://… puts the site's address into previews of links to it.
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

# Inlining makes wasm larger (0.11 MB of the download), and only the runtime is
# slower without: make size and make bench-page say what it costs and brings.
GOOS=js GOARCH=wasm CGO_ENABLED=0 go build -gcflags=all=-l -gcflags=runtime= -gcflags=internal/runtime/...= \
	-trimpath -buildvcs=false -ldflags="-s -w" -o "$tmp/app.wasm" ./app
go run ./app site -out "$out" -wasm "$tmp/app.wasm" \
	-exec "$(go env GOROOT)/lib/wasm/wasm_exec.js" -web web -url "${SITE_URL:-}"
