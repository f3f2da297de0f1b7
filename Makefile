# Everything that is done with paramstack is a target here. A fresh Debian or
# Ubuntu with Go is enough: what else is needed is installed when first asked for.

SHELL := /bin/sh
DIST  ?= dist
ADDR  ?= 127.0.0.1:8000
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)

.PHONY: run build test check imports unit browser chromium interop interop-tools fixtures bench size fuzz shots preview clean help

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

# At a terminal the server gets a process group of its own: Ctrl-C then ends the server,
# and neither make nor go run, which would call that an error.
run: build ## build the page, serve it and print its address
	@go build -o '$(TOOLS)/paramstack' ./app
	@[ ! -t 0 ] || set -m; '$(TOOLS)/paramstack' serve -dir $(DIST) -addr $(ADDR); exit $$?

build: ## write the static site to $(DIST)
	./build.sh $(DIST)

test: check imports chromium ## everything, with a real browser
	go test -shuffle=on -timeout 30m ./...

# staticcheck is a tool of the tests, not a part of the program: its version is
# here and not in go.mod. It is built for this machine and reads both targets.
STATICCHECK := v0.8.2
TOOLS       ?= $(CACHE)/paramstack-tools

check: # formatting, vet and staticcheck for both targets, and the scripts where node can parse them
	@bad=$$(gofmt -l app core); [ -z "$$bad" ] || { echo "not gofmt-ed: $$bad"; exit 1; }
	go vet -tags interop ./...
	GOOS=js GOARCH=wasm go vet ./...
	GOOS=js GOARCH=wasm go build -tags page -o /dev/null ./app
	@GOBIN='$(TOOLS)' go install honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK)
	'$(TOOLS)/staticcheck' -tags interop ./...
	GOOS=js GOARCH=wasm '$(TOOLS)/staticcheck' ./app/...
	@if command -v node >/dev/null 2>&1; then \
		for f in web/*.js; do echo "node --check $$f"; node --check $$f || exit 1; done; \
	else echo "no node here: the scripts of web/ are not parsed, only run by the browser's tests"; fi

# core/internal/imports/arrows.txt states every arrow that is allowed.
imports: # the import rule
	@go test -count=1 ./core/internal/imports >/dev/null && echo "imports: every arrow is allowed" || go test ./core/internal/imports

unit: ## the tests that need no browser
	go test -shuffle=on $$(go list ./... | grep -v /e2e)

browser: chromium ## the tests in a browser
	go test -count=1 -shuffle=on ./app/e2e

chromium: # a browser for the tests
	@for b in chromium chromium-browser google-chrome google-chrome-stable; do \
		command -v $$b >/dev/null 2>&1 && exit 0; \
	done; \
	command -v apt-get >/dev/null 2>&1 || { echo "no Chromium here: install one, then try again"; exit 1; }; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	echo "installing Chromium for the browser tests"; \
	export DEBIAN_FRONTEND=noninteractive; \
	$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null

# Real tools that take what is exported: PyTorch and OpenCV of the distribution with
# its own Python, TensorFlow.js of npm, and Python for a substitute for Keras. They are
# kept outside the tree.
# Random networks are tried with fixed seeds and, unless FRESH is empty, with fresh
# ones: what those find is a fault, but no reason to refuse an unrelated change.
#
# The tools that count PyTorch's modules are of pip, each without what it depends on: torch
# and numpy are the distribution's. Where pip has them not, PARAMSTACK_TOOLS may name a
# folder with a checkout of each (and of ptflops 0.6.9 in a folder called before); a tool
# that is in neither is named by the test, and skipped.
COUNTERS := torchinfo==1.8.0 torchsummary==1.5.1 thop==0.1.1.post2209072238 ptflops==0.7.5 \
	fvcore==0.1.5.post20221221 iopath==0.1.10 yacs==0.1.8 termcolor==2.3.0 tabulate==0.9.0 \
	tqdm==4.66.1 portalocker==2.8.2
FRESH   ?= 1
INTEROP ?= $(CACHE)/paramstack-interop
TFJS    := 4.22.0
AXE     := 4.14.1
interop-tools: # installs what is missing of them
	@missing=; \
	/usr/bin/python3 -c 'import torch' 2>/dev/null || missing="$$missing python3-torch"; \
	/usr/bin/python3 -c 'import cv2' 2>/dev/null || missing="$$missing python3-opencv"; \
	for module in $(MODULES); do \
		/usr/bin/python3 -c "import $$module" 2>/dev/null || missing="$$missing python3-$$module"; \
	done; \
	command -v npm >/dev/null 2>&1 || missing="$$missing nodejs npm"; \
	command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$$missing firefox-esr"; \
	command -v rsvg-convert >/dev/null 2>&1 || missing="$$missing librsvg2-bin"; \
	command -v chromium >/dev/null 2>&1 || missing="$$missing chromium"; \
	command -v pdflatex >/dev/null 2>&1 || missing="$$missing texlive-latex-base texlive-pictures texlive-latex-extra"; \
	[ -z "$$missing" ] || { \
		command -v apt-get >/dev/null 2>&1 || { echo "these are missing:$$missing"; exit 1; }; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		echo "installing$$missing"; \
		export DEBIAN_FRONTEND=noninteractive; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null || exit 1; \
	}; \
	mkdir -p '$(INTEROP)' && cd '$(INTEROP)' && \
	{ grep -qs '"version": "$(TFJS)"' node_modules/@tensorflow/tfjs/package.json || { \
		echo "installing TensorFlow.js $(TFJS)"; \
		[ -f package.json ] || echo '{"private": true}' >package.json; \
		npm install --silent --no-audit --no-fund --ignore-scripts @tensorflow/tfjs@$(TFJS) >/dev/null; }; } && \
	{ grep -qs '"version": "$(AXE)"' node_modules/axe-core/package.json || { \
		echo "installing axe-core $(AXE)"; \
		npm install --silent --no-audit --no-fund --ignore-scripts axe-core@$(AXE) >/dev/null; }; } && \
	{ [ -d node_modules/coffee-script ] && [ -d node_modules/lodash ] || \
		npm install --silent --no-audit --no-fund --ignore-scripts coffee-script@1.12.7 lodash@4.17.21 >/dev/null || \
		echo "npm cannot install what Netscope needs"; }
	@wanted=; \
	/usr/bin/python3 -c 'import torchvision' 2>/dev/null || wanted="$$wanted python3-torchvision"; \
	/usr/bin/python3 -m pip --version >/dev/null 2>&1 || wanted="$$wanted python3-pip"; \
	[ -z "$$wanted" ] || { \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		echo "installing$$wanted"; \
		export DEBIAN_FRONTEND=noninteractive; \
		$$sudo apt-get install -y -qq --no-install-recommends $$wanted >/dev/null || echo "not installed:$$wanted; what needs it is skipped"; \
	}
	@for p in $(COUNTERS) before/ptflops==0.6.9; do \
		dir='$(INTEROP)/python'; name=$${p#before/}; [ "$$name" = "$$p" ] || dir="$$dir/before"; \
		[ -e "$$dir/.$$name" ] || { \
			/usr/bin/python3 -m pip install -q --disable-pip-version-check --no-deps --target "$$dir" "$$name" >/dev/null 2>&1 && \
			touch "$$dir/.$$name"; } || echo "pip cannot install $$name here (see PARAMSTACK_TOOLS)"; \
	done

interop: interop-tools chromium ## run what is exported in PyTorch, TensorFlow.js and OpenCV, count it with other tools, draw it, try Firefox
	PARAMSTACK_FRESH='$(FRESH)' PARAMSTACK_INTEROP='$(INTEROP)' go test -tags interop -count=1 -timeout 30m -v -run 'TestTorch$$|TestTorchKinds|TestTorchRandom|TestTFJSRandom|TestOpenCVRandom|TestTFJS|TestOpenCV|TestKeras$$' ./core/tool/...
	PARAMSTACK_FRESH='$(FRESH)' PARAMSTACK_INTEROP='$(INTEROP)' go test -tags interop -count=1 -timeout 30m -v -run 'TestTools|TestTorchvision|TestNetscope' ./core/passport
	PARAMSTACK_INTEROP='$(INTEROP)' go test -tags interop -count=1 -timeout 30m -v -run 'TestFirefox|TestAxe' ./app/e2e
	go test -tags interop -count=1 -timeout 30m -v -run 'TestRenderers|TestPDFLaTeX' ./core/picture

# The fixtures are rewritten by the tools of make interop, with h5py, onnx and
# torchvision of the distribution besides. Read what differs before you commit it.
FIXTURES := $(CURDIR)/core/tool/testdata/fixtures
MAKERS   := $(CURDIR)/core/tool/testdata/make
fixtures: MODULES := h5py onnx
fixtures: interop-tools ## make the small files of other tools that the tests read
	rm -rf '$(FIXTURES)' && mkdir -p '$(FIXTURES)'
	cd '$(INTEROP)' && node '$(MAKERS)/tfjs_fixtures.mjs' '$(FIXTURES)'
	for tool in h5 caffe torch; do /usr/bin/python3 "$(MAKERS)/$${tool}_fixtures.py" '$(FIXTURES)' || exit 1; done

bench: chromium ## figures: the core, and the page in a browser
	go test -run '^$$' -bench . -benchmem ./core/internal/bench
	go test ./app/e2e -run '^$$' -bench . -benchtime 1x

size: build ## what a first visit downloads
	@go run ./app size -dir $(DIST)

# What is interesting is made small a few times only: go test would spend a minute on each,
# and count nothing meanwhile.
FUZZTIME ?= 30s
fuzz: ## random networks anew, then every fuzz target, $(FUZZTIME) each
	PARAMSTACK_FRESH=1 go test -count=1 -run Random ./core/tool/...
	@grep -rlE '^func Fuzz' --include=*_test.go core app | sort | while read -r f; do \
		for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\).*/\1/p' $$f); do \
			echo "== $$f $$name"; \
			go test ./$$(dirname $$f) -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 20x || exit 1; \
		done; \
	done

shots: chromium ## make the pictures of docs/ from the built site
	PARAMSTACK_SHOTS=$(CURDIR)/docs go test -count=1 -run TestPictures -v ./app/e2e

# What is shown beside links to the page. It is committed: a build needs no browser.
preview: chromium ## make web/preview.png anew
	@for b in chromium chromium-browser google-chrome google-chrome-stable; do command -v $$b >/dev/null 2>&1 && break; done; \
	dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && go run ./app preview >"$$dir/preview.svg" && \
	$$b --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1200,630 \
		--screenshot='$(CURDIR)/web/preview.png' "file://$$dir/preview.svg" 2>/dev/null

clean: ## take away what was built
	rm -rf $(DIST)
