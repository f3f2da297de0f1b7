//go:build !js

package e2e

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
)

const prototxt = `name: "Half known"
layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 32 dim: 32 } } }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 8 kernel_size: 5 } }
layer { name: "odd" type: "Oddity" bottom: "conv1" top: "odd" }
layer { name: "fc" type: "InnerProduct" bottom: "conv1" top: "fc" inner_product_param { num_output: 10 } }
`

const printed = `Net(
  (features): Sequential(
    (0): Conv2d(3, 6, kernel_size=(5, 5), stride=(1, 1))
    (1): ReLU()
  )
  (classifier): Linear(in_features=120, out_features=84, bias=True)
)
`

// TestOtherTools opens what other programs wrote: chosen, dropped and pasted.
func TestOtherTools(t *testing.T) {
	p := open(t, "")
	p.upload("half.prototxt", prototxt)
	p.noticed("half.prototxt")
	p.noticed("Oddity") // opaque, and reported as such
	p.wait("the convolution", `document.querySelector('[data-kind="conv"]').dataset.params === "608"`)
	if p.count(`[data-kind="opaque"]`) != 1 {
		t.Error("the unknown layer is not there")
	}
	// Undo goes back, and the file stays in the list.
	p.press("ctrl+z")
	p.wantTotal("params", "60965224")
	p.reopen(0)
	p.wait("the network from the file", `document.querySelectorAll('[data-kind="opaque"]').length === 1`)

	// Several at once: the last is shown, all are listed.
	eval[any](p, `(() => {
		const files = new DataTransfer();
		files.items.add(new File([`+quote(prototxt)+`], "one.prototxt"));
		files.items.add(new File([`+quote(printed)+`], "two.txt"));
		for (const name of ["dragover", "drop"])
			document.body.dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: files}));
	})()`)
	p.noticed("two.txt")
	p.wantTotal("params", strconv.Itoa(456+120*84+84))
	if n := p.count(`#preset option[value^="opened"]`); n != 3 {
		t.Errorf("%d files are listed, want 3", n)
	}

	// Pasted into the text pane.
	p.preset("toy")
	p.pasteEvent(printed)
	p.noticed("pasted")
	p.wantTotal("params", strconv.Itoa(456+120*84+84))
	p.pasteEvent("> c1.weight torch.Size([6, 1, 5, 5])\n> c1.bias torch.Size([6])\n")
	p.wantTotal("params", "156")
	p.pasteEvent("  | Name  | Type   | Params\n----\n0 | model | Net | 258 \n----\n258   Total params\n")
	p.noticed("PyTorch Lightning")
	p.wantTotal("params", "258")
	p.pasteEvent("> c1.weight torch.Size([6, 1, 5, 5])\n> c1.bias torch.Size([6])\n")
	p.wantTotal("params", "156")

	// What no reader reads is named, and the network stays.
	for src, says := range map[string]string{
		"def forward(self, x):\n    return self.a(x)\n":                       "state what to make",
		"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 77\n": "77 bytes",
	} {
		p.pasteEvent(src)
		p.noticed(says)
		p.wantTotal("params", "156")
	}
}

// pasteEvent pastes into the text pane as the clipboard does.
func (p *page) pasteEvent(text string) {
	eval[any](p, `(() => {
		const data = new DataTransfer();
		data.setData("text/plain", `+quote(text)+`);
		const area = document.querySelector("#text");
		area.focus();
		area.dispatchEvent(new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: data}));
	})()`)
}

// trainval is a file that trains another network than it answers with.
const trainval = `name: "Two phases"
layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 3 dim: 32 dim: 32 } } }
layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 8 kernel_size: 5 } }
layer { name: "aux" type: "InnerProduct" bottom: "conv1" top: "aux" inner_product_param { num_output: 5 } include { phase: TRAIN } }
layer { name: "fc" type: "InnerProduct" bottom: "conv1" top: "fc" inner_product_param { num_output: 10 } }
`

// TestPhases shows the network that answers, and lists the one that is trained.
func TestPhases(t *testing.T) {
	p := open(t, "")
	p.upload("tv.prototxt", trainval)
	p.noticed("phase TEST")
	p.wantTotal("params", strconv.Itoa(608+28*28*8*10+10))
	p.reopen(1)
	p.wantTotal("params", strconv.Itoa(608+28*28*8*10+10+28*28*8*5+5))
}

// reopen returns to the nth network that came from a file.
func (p *page) reopen(n int) {
	p.t.Helper()
	option := "opened " + strconv.Itoa(n)
	p.wait("the network in the list", `document.querySelector('#preset option[value="`+option+`"]')`)
	eval[any](p, `(() => { const list = document.querySelector("#preset"); list.value = `+quote(option)+`;
		list.dispatchEvent(new Event("change", {bubbles: true})); })()`)
}

// TestUnreadable checks that files that cannot be read leave the network as it is.
func TestUnreadable(t *testing.T) {
	p := open(t, "")
	bomb := append([]byte{255, 255, 255, 255, 255, 255, 255, 127}, `{"a":{}}`...)
	for name, content := range map[string]string{
		"noise.bin":           "\x00\x01\x02\xff" + strings.Repeat("\x80", 5000),
		"cut.prototxt":        prototxt[:300],
		"lying.safetensors":   string(bomb),
		"<img src=x>.onnx":    "\x08\x07\x3a\xff\xff\xff\xff\x7f",
		"broken.json":         `{"class_name":"Sequential","config":7}`,
		"deep.json":           `{"class_name": ` + strings.Repeat(`{"a":`, 20_000),
		"empty-archive.keras": "PK\x05\x06" + strings.Repeat("\x00", 18),
	} {
		p.upload(name, content)
		p.noticed(name)
		p.wantTotal("params", "60965224")
		p.press("escape")
	}
	if p.count("#notice img") > 0 {
		t.Error("a file's name is taken for markup")
	}
	p.upload("half.prototxt", prototxt)
	p.noticed("Opened half.prototxt")
}

// TestExport writes the network shown in every format.
func TestExport(t *testing.T) {
	p := open(t, "")
	p.preset("lenet-5")
	p.press("escape")
	p.click("#export")
	p.wait("the first format", `document.querySelector("#written")?.textContent.length > 40`)
	names := eval[[]string](p, `[...document.querySelectorAll("[data-format]")].map((b) => b.dataset.format)`)
	if len(names) < 6 {
		t.Errorf("only the formats %q", names)
	}
	for _, name := range names {
		before := p.text("#written")
		p.click(`[data-format="` + name + `"]`)
		p.wait(name, `document.querySelector('[data-format="`+name+`"]').ariaPressed === "true" && document.querySelector("#written").textContent.length > 40`)
		if name != names[0] && p.text("#written") == before {
			t.Errorf("%s is what was there before", name)
		}
		if p.count(".sheet.export .p-error") > 0 {
			t.Errorf("%s: %s", name, p.text(".sheet.export .p-error"))
		}
	}
	p.press("escape")
	p.wait("the sheet to go", `!document.querySelector(".sheet")`)
}

// sparse makes a file of a size with some bytes at its start and nothing else on
// the disk.
func sparse(t testing.TB, name string, start []byte, size int64) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, start, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, size); err != nil {
		t.Fatal(err)
	}
	return file
}

// chooseFile opens a file of the disk in the page.
func (p *page) chooseFile(file string) {
	p.t.Helper()
	r := call(p, runtime.Evaluate, runtime.EvaluateParams{Expression: p.find("#import-file")})
	call(p, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: []string{file}, ObjectID: r.Result.ObjectID})
}

// largeSafetensors is 2 GiB of one tensor.
func largeSafetensors(t testing.TB) string {
	header := `{"layer.weight":{"dtype":"F32","shape":[32768,16384],"data_offsets":[0,2147483648]}}`
	start := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return sparse(t, "large.safetensors", append(start, header...), int64(8+len(header))+2<<30)
}

// largeONNX is a matrix product with 512 MiB of weights.
func largeONNX(t testing.TB) string {
	const rows, columns = 8192, 16384
	bytesField := func(n int, b []byte) []byte {
		return append(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(n)<<3|2), uint64(len(b))), b...)
	}
	number := func(n int, v uint64) []byte { return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(n)<<3), v) }
	value := func(name string, dims ...uint64) []byte {
		var shape []byte
		for _, d := range dims {
			shape = append(shape, bytesField(1, number(1, d))...)
		}
		tensor := append(number(1, 1), bytesField(2, shape)...)
		return append(bytesField(1, []byte(name)), bytesField(2, bytesField(1, tensor))...)
	}
	const data = rows * columns * 4
	weight := bytes.Join([][]byte{number(1, rows), number(1, columns), number(2, 1), bytesField(8, []byte("w"))}, nil)
	weightHead := append(weight, binary.AppendUvarint(binary.AppendUvarint(nil, 9<<3|2), data)...)
	node := bytes.Join([][]byte{bytesField(1, []byte("x")), bytesField(1, []byte("w")), bytesField(2, []byte("y")), bytesField(3, []byte("m")), bytesField(4, []byte("MatMul"))}, nil)
	// The initialiser comes last, so that its bytes are the hole of the file.
	graph := bytes.Join([][]byte{bytesField(1, node), bytesField(2, []byte("large")), bytesField(11, value("x", 1, rows)), bytesField(12, value("y", 1, columns))}, nil)
	initialiser := append(binary.AppendUvarint(binary.AppendUvarint(nil, 5<<3|2), uint64(len(weightHead)+data)), weightHead...)
	graphSize := uint64(len(graph) + len(initialiser) + data)
	start := bytes.Join([][]byte{number(1, 8), bytesField(8, number(2, 13)),
		binary.AppendUvarint(binary.AppendUvarint(nil, 7<<3|2), graphSize), graph, initialiser}, nil)
	return sparse(t, "large.onnx", start, int64(len(start))+data)
}

// TestLargeFiles opens files whose weights must not be read.
func TestLargeFiles(t *testing.T) {
	p := open(t, "")
	for _, c := range []struct{ file, params string }{
		{largeSafetensors(t), strconv.Itoa(32768 * 16384)},
		{largeONNX(t), strconv.Itoa(8192 * 16384)},
	} {
		p.chooseFile(c.file)
		p.noticed(filepath.Base(c.file))
		p.wantTotal("params", c.params)
	}
}

// BenchmarkLargeFiles is from choosing a large file to its network on the page,
// with the worker loaded already, and what the browser's memory grows by.
func BenchmarkLargeFiles(b *testing.B) {
	p := open(b, "")
	for _, c := range []struct {
		name, file, params string
	}{
		{"2GiB-safetensors", largeSafetensors(b), strconv.Itoa(32768 * 16384)},
		{"512MiB-onnx", largeONNX(b), strconv.Itoa(8192 * 16384)},
	} {
		b.Run(c.name, func(b *testing.B) {
			p.upload("warm.prototxt", prototxt)
			p.noticed("warm.prototxt")
			var ms []float64
			before := resident()
			for b.Loop() {
				start := eval[float64](p, "performance.now()")
				p.chooseFile(c.file)
				p.wantTotal("params", c.params)
				ms = append(ms, eval[float64](p, "performance.now()")-start)
			}
			report(b, "open", ms)
			b.ReportMetric(float64(resident()-before)/1e6, "MB-more")
		})
	}
}

// resident is how many bytes all processes of the browser hold in memory.
func resident() int64 {
	var sum int64
	pids, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, pid := range pids {
		if cmd, _ := os.ReadFile(pid); !bytes.Contains(cmd, []byte("chrom")) {
			continue
		}
		statm, _ := os.ReadFile(filepath.Join(filepath.Dir(pid), "statm"))
		if f := strings.Fields(string(statm)); len(f) > 1 {
			pages, _ := strconv.ParseInt(f[1], 10, 64)
			sum += pages * int64(os.Getpagesize())
		}
	}
	return sum
}

// TestWorkerDies ends the program of the worker while it is asked for something: that
// is stated as what it is, no job goes on for ever, and the next one is done by a new
// program.
func TestWorkerDies(t *testing.T) {
	p := open(t, "")
	p.allow("exit code: 2", "panic", "goroutine", "ValueError", "runtime", "syscall/js", "main.", "created by", "Go program has already exited")
	kill := func() { // the program's next message is none it knows, which is a fault of its own
		eval[any](p, `(() => {
			const post = window.post ??= Worker.prototype.postMessage;
			Worker.prototype.postMessage = function (m, ...rest) {
				Worker.prototype.postMessage = post;
				return post.call(this, { ...m, id: "none" }, ...rest);
			};
		})()`)
	}
	kill()
	p.upload("half.prototxt", prototxt)
	p.noticed("stopped before it was done")
	if text := p.text("#notice"); strings.Contains(text, "connection") {
		t.Errorf("a program that dies is no matter of the connection: %q", text)
	}
	p.wait("the job to end", `!document.querySelector("#job")`)
	p.upload("half.prototxt", prototxt)
	p.wait("the file read by a new program", `document.querySelectorAll('[data-kind="opaque"]').length === 1`)

	p.click("#export")
	p.wait("what can be written", `document.querySelector("#written")?.textContent.includes("import torch")`)
	kill()
	p.click(`.format[data-format="markdown"]`)
	p.wait("the reason", `document.querySelector(".sheet.export .p-error")?.innerText.includes("stopped before it was done")`)
	p.click(`.format[data-format="csv"]`)
	p.wait("the table from a new program", `document.querySelector("#written").textContent.includes("conv1")`)
}
