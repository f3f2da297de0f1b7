package torch

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/internal/truth"
	"paramstack/core/text"
)

// safe writes a safetensors file with a header and so many bytes behind it.
func safe(header string, more int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, more)...)
}

// TestSafetensorsRefuses gives headers that lie.
func TestSafetensorsRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want catalog.Key
	}{
		"a length beyond the file":   {append([]byte{255, 255, 255, 255, 255, 0, 0, 0}, '{', '}'), catalog.ImportCutOff},
		"a tensor beyond the file":   {safe(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`, 4), catalog.ImportTensorSize},
		"a shape that does not fit":  {safe(`{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}`, 8), catalog.ImportTensorSize},
		"a shape beyond all numbers": {safe(`{"a":{"dtype":"F32","shape":[9000000000000000000,9000000000000000000],"data_offsets":[0,8]}}`, 8), catalog.ImportTensorSize},
		"below nothing":              {safe(`{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,8]}}`, 8), catalog.ImportTensorBad},
		"twice":                      {safe(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 1), catalog.ImportTensorBad},
		"no tensors":                 {safe(`{"__metadata__":{"format":"pt"}}`, 0), catalog.ImportNoLayers},
	} {
		_, _, d := tooltest.Open(tooltest.File("x.safetensors", c.data), readers...)
		if d == nil || d.Say.Key != c.want {
			t.Errorf("%s: %v, want %s", name, d, c.want)
		}
	}
}

// A tensorSpec is a tensor for the archives that the tests make.
type tensorSpec struct {
	name, storage string
	shape         []int
	key           int
}

// pickleOf writes the pickle of a state dictionary as torch.save does: protocol 2,
// storages by persistent ids.
func pickleOf(tensors []tensorSpec) []byte {
	var b bytes.Buffer
	text := func(s string) {
		b.WriteByte('X')
		b.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(s))))
		b.WriteString(s)
	}
	b.WriteString("\x80\x02ccollections\nOrderedDict\nq\x00)Rq\x01(")
	for _, s := range tensors {
		text(s.name)
		b.WriteString("ctorch._utils\n_rebuild_tensor_v2\n((")
		text("storage")
		b.WriteString("ctorch\n" + s.storage + "\n")
		text(fmt.Sprint(s.key))
		text("cpu")
		b.WriteString("K\x01tQK\x00(")
		for _, n := range s.shape {
			b.WriteByte('J')
			b.Write(binary.LittleEndian.AppendUint32(nil, uint32(n)))
		}
		b.WriteString("t(K\x01t\x89ccollections\nOrderedDict\n)RtR")
	}
	b.WriteString("u.")
	return b.Bytes()
}

// zipOf puts a pickle in the archive that torch.save writes.
func zipOf(pickle []byte) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.CreateHeader(&zip.FileHeader{Name: "archive/data.pkl"})
	w.Write(pickle)
	z.Close()
	return b.Bytes()
}

var lenet = []tensorSpec{
	{"module.conv1.weight", "FloatStorage", []int{6, 1, 5, 5}, 0}, {"module.conv1.bias", "FloatStorage", []int{6}, 1},
	{"module.bn.weight", "FloatStorage", []int{6}, 2}, {"module.bn.bias", "FloatStorage", []int{6}, 3},
	{"module.bn.running_mean", "FloatStorage", []int{6}, 4}, {"module.bn.running_var", "FloatStorage", []int{6}, 5},
	{"module.bn.num_batches_tracked", "LongStorage", nil, 6},
	{"module.depthwise.weight", "HalfStorage", []int{6, 1, 3, 3}, 7},
	{"module.wte.weight", "FloatStorage", []int{100, 8}, 8},
	{"module.rnn.weight_ih_l0", "FloatStorage", []int{64, 8}, 9}, {"module.rnn.weight_hh_l0", "FloatStorage", []int{64, 16}, 10},
	{"module.rnn.bias_ih_l0", "FloatStorage", []int{64}, 11}, {"module.rnn.bias_hh_l0", "FloatStorage", []int{64}, 12},
	{"module.fc.weight", "FloatStorage", []int{10, 16}, 13}, {"module.fc.bias", "FloatStorage", []int{10}, 14},
	{"module.ln.weight", "FloatStorage", []int{10}, 15}, {"module.ln.bias", "FloatStorage", []int{10}, 16},
	{"module.cls_token", "FloatStorage", []int{1, 1, 8}, 17},
	{"module.lm_head.weight", "FloatStorage", []int{100, 8}, 8},
}

// TestTorchFile reads a state dictionary from a zip archive, and from the pickles
// that PyTorch wrote before 1.6.
func TestTorchFile(t *testing.T) {
	pickle := pickleOf(lenet)
	legacy := bytes.Join([][]byte{legacyMagic, []byte("\x80\x02M\xe9\x03."), []byte("\x80\x02}."), pickle, make([]byte, 100)}, nil)
	for name, data := range map[string][]byte{"zip": zipOf(pickle), "legacy": legacy} {
		r, format, d := tooltest.Open(tooltest.File("lenet.pt", data), readers...)
		if d != nil {
			t.Fatalf("%s: %v", name, d)
		}
		want := `name lenet
input 1x?x?
conv1: conv 6 k5
bn: bn
depthwise: conv 6 k3 g6 nobias
input ?
wte: embedding 100x8
rnn: lstm 16
fc: linear 10
ln: layernorm 10
cls_token: opaque type=cls_token weights=1x1x8 buffers=none
lm_head: opaque type=lm_head weights=100x8 buffers=none shares @wte
`
		if got := text.Format(r.Model); got != want {
			t.Errorf("%s is read as\n%s\nwant\n%s", name, got, want)
		}
		k := count.Of(r.Model).Totals
		if format.ID != "torch" || k.Params(true).String() != "2884" || k.Stats.String() != "12" || k.Counters.String() != "1" || k.ParamsAtLeast {
			t.Errorf("%s: %s %s %s %s", name, format.ID, k.Params(true), k.Stats, k.Counters)
		}
	}
}

// TestCheckpointTwo opens the second network of a checkpoint beside the first, and
// says so of neither copies nor figures of the training.
func TestCheckpointTwo(t *testing.T) {
	for name, want := range map[string]string{"trainer.two.pt": "discriminator", "trainer.timm.pt": "", "trainer.fairseq.pt": "", "trainer.ignite.pt": ""} {
		r, _, d := tooltest.Open(tooltest.File(name, truth.Fixture(t, "torch/"+name)), readers...)
		if d != nil {
			t.Fatal(d)
		}
		got := ""
		for _, o := range r.More {
			got += o.State
			if n := count.Of(o.Model).Totals.Params(true).String(); n != "29" {
				t.Errorf("%s: %s has %s parameters", name, o.State, n)
			}
		}
		if got != want {
			t.Errorf("%s: %q beside, want %q", name, got, want)
		}
	}
}

// TestCheckpointOfTraining refuses what has no network in it.
func TestCheckpointOfTraining(t *testing.T) {
	inner := bytes.TrimSuffix(bytes.TrimPrefix(pickleOf(lenet[:2]), []byte("\x80\x02")), []byte("."))
	for name, pickle := range map[string][]byte{
		"optimizer.bin": bytes.Join([][]byte{[]byte("\x80\x02}(X\x05\x00\x00\x00state}K\x00"), inner, []byte("sX\x0c\x00\x00\x00param_groups]u.")}, nil),
		"states.pt":     bytes.Join([][]byte{[]byte("\x80\x02}(X\x09\x00\x00\x00optimizer"), inner, []byte("X\x05\x00\x00\x00epochK\x05u.")}, nil),
	} {
		_, _, d := tooltest.Open(tooltest.File(name, zipOf(pickle)), readers...)
		if d == nil || d.Say.Key != catalog.ImportTrainingOnly {
			t.Errorf("%s: %v", name, d)
		}
	}
}
