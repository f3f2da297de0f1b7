package keras

import (
	"archive/zip"
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"paramstack/core/catalog"
	"paramstack/core/count"
	"paramstack/core/internal/tooltest"
	"paramstack/core/text"
	"paramstack/core/tool/source"
)

// kl writes a layer: its class, its name, its options, and in functional models
// the layers it is called on, one list a call.
func kl(class, name, options string, calls ...string) string {
	if options != "" {
		options = "," + options
	}
	s := fmt.Sprintf(`{"class_name":%q,"name":%[2]q,"config":{"name":%[2]q%[3]s}`, class, name, options)
	var inbound []string
	for _, call := range calls {
		var refs []string
		for _, of := range strings.Fields(call) {
			of, at, _ := strings.Cut(of, ":")
			if at == "" {
				at = "0,0"
			}
			refs = append(refs, fmt.Sprintf(`[%q,%s,{}]`, of, at))
		}
		inbound = append(inbound, "["+strings.Join(refs, ",")+"]")
	}
	return s + `,"inbound_nodes":[` + strings.Join(inbound, ",") + `]}`
}

func kseq(layers ...string) string {
	return `{"class_name":"Sequential","config":{"name":"s","layers":[` + strings.Join(layers, ",") + `]}}`
}

// kfn writes a functional model from one layer to another.
func kfn(in, out string, layers ...string) string {
	return `{"class_name":"Functional","config":{"name":"f","layers":[` + strings.Join(layers, ",") + `],"input_layers":` + krefs(in) + `,"output_layers":` + krefs(out) + `}}`
}

func krefs(names string) string {
	var refs []string
	for _, n := range strings.Fields(names) {
		of, call, _ := strings.Cut(n, ":")
		refs = append(refs, fmt.Sprintf(`[%q,%s,0]`, of, cmp.Or(call, "0")))
	}
	return "[" + strings.Join(refs, ",") + "]"
}

// knested writes a model as a layer.
func knested(model, name string, calls ...string) string {
	inner := strings.TrimSuffix(strings.Replace(model, `"config":{"name":"f"`, fmt.Sprintf(`"name":%q,"config":{"name":%[1]q`, name), 1), "}")
	at := strings.LastIndex(kl("x", "x", "", calls...), `,"inbound_nodes"`)
	return inner + kl("x", "x", "", calls...)[at:]
}

func kin(name, shape string) string {
	return kl("InputLayer", name, `"batch_input_shape":[null,`+shape+`]`)
}

// k3 writes a tensor of Keras 3.
func k3(layer, shape string) string {
	return fmt.Sprintf(`{"class_name":"__keras_tensor__","config":{"shape":[null,%s],"dtype":"float32","keras_history":[%q,0,0]}}`, shape, layer)
}

// kmanifest writes a file of TensorFlow.js of a model, with weights in the form
// name:1x2x3.
func kmanifest(model, weights string) string {
	var all []string
	for _, w := range strings.Fields(weights) {
		name, shape, _ := strings.Cut(w, ":")
		all = append(all, fmt.Sprintf(`{"name":%q,"shape":[%s],"dtype":"float32"}`, name, strings.ReplaceAll(shape, "x", ",")))
	}
	return `{"modelTopology":{"keras_version":"2.2.4","model_config":` + model + `},"weightsManifest":[{"paths":["a"],"weights":[` + strings.Join(all, ",") + `]}]}`
}

type testCase struct {
	name, json, want string
	params           int64 // as Keras counts; −1: at least
}

// cases are models written by hand; their counts were worked out by the
// formulas in Keras' documentation.
var cases = []testCase{
	{"keras 1", `{"class_name":"Sequential","keras_version":"1.2.2","config":[` +
		`{"class_name":"Convolution2D","config":{"name":"c","batch_input_shape":[null,3,8,8],"nb_filter":4,"nb_row":3,"nb_col":5,"border_mode":"same","subsample":[2,2],"dim_ordering":"th","bias":true,"activation":"relu"}},` +
		`{"class_name":"MaxPooling2D","config":{"name":"m","pool_size":[2,2],"strides":[2,2],"border_mode":"valid","dim_ordering":"th"}},` +
		`{"class_name":"Flatten","config":{"name":"f"}},{"class_name":"Dense","config":{"name":"d","output_dim":10,"bias":false,"activation":"softmax"}}]}`,
		"i3x8x8;c:c4k3x5s2pkeras-same;r;m2;f;d:l10 nobias;s", 4*(45) + 4 + 160},
	{"stale shapes", kseq(kl("Dense", "a", `"units":4,"batch_input_shape":[null,3]`), kl("Dense", "b", `"units":2,"batch_input_shape":[null,99]`)), "i3;a:l4;b:l2", 16 + 10},
	{"channels first", kseq(kin("i", "3,8,8"), kl("Conv2D", "c", `"filters":4,"kernel_size":[3,3],"data_format":"channels_first"`),
		kl("BatchNormalization", "b", `"axis":1`), kl("GlobalAveragePooling2D", "g", `"data_format":"channels_first"`)),
		"i3x8x8;c:c4k3;b:b;g flat", 112 + 16},
	{"shared layer", kfn("x y", "j", kin("x", "5"), kin("y", "5"), kl("Dense", "d", `"units":3,"activation":"tanh"`, "x", "y"),
		kl("Concatenate", "j", `"axis":-1`, "d:0,0 d:1,0")), "", 18},
	{"shared model", kfn("x y", "j", kin("x", "5"), kin("y", "5"),
		knested(kfn("i", "o", kin("i", "5"), kl("Dense", "h", `"units":4`, "i"), kl("Dense", "o", `"units":2`, "h")), "m", "x", "y"),
		kl("Subtract", "j", "", "m:1,0 m:2,0")), "", 24 + 10},
	{"time distributed model", kfn("v", "d", kin("v", "6,8,8,3"),
		`{"class_name":"TimeDistributed","name":"t","config":{"name":"t","layer":`+kfn("i", "f", kin("i", "8,8,3"), kl("Conv2D", "c", `"filters":4,"kernel_size":[3,3],"padding":"same","strides":[2,2]`, "i"),
			kl("BatchNormalization", "b", `"axis":-1`, "c"), kl("Flatten", "f", "", "b"))+`},"inbound_nodes":[[["v",0,0,{}]]]}`,
		kl("LSTM", "l", `"units":5,"return_sequences":false`, "t"), kl("Dense", "d", `"units":2`, "l")),
		"", 112 + 16 + 4*(64*5+25+5) + 12},
	{"time distributed dense", kseq(kin("i", "7,5"), kl("TimeDistributed", "t", `"layer":{"class_name":"Dense","config":{"name":"d","units":3,"activation":"relu"}}`)), "i7x5;t:l3;r", 18},
	{"time distributed pooling", kseq(kin("i", "6,8,8,3"), kl("TimeDistributed", "t", `"layer":{"class_name":"MaxPooling2D","config":{"pool_size":2}}`),
		kl("TimeDistributed", "g", `"layer":{"class_name":"GlobalAveragePooling2D","config":{}}`), kl("GRU", "r", `"units":2`)), "", 3 * (6 + 4 + 2)},
	{"time distributed lstm", kseq(kin("i", "4,7,5"), kl("TimeDistributed", "t", `"layer":{"class_name":"LSTM","config":{"units":3}}`)),
		"i4x7x5;t:opaque type=LSTM weights=12x5,12x3,12 out=4x3", 4 * (15 + 9 + 3)},
	{"bidirectional", kseq(kin("i", "7"), kl("Embedding", "e", `"input_dim":100,"output_dim":8`),
		kl("Bidirectional", "b", `"merge_mode":"sum","layer":{"class_name":"GRU","config":{"units":3,"return_sequences":true,"reset_after":true}}`),
		kl("Bidirectional", "c", `"merge_mode":"concat","layer":{"class_name":"GRU","config":{"units":3,"return_sequences":false}}`)),
		"i7;e:emb100x8;b:gru3 merge=sum bidirectional;c:gru3 bidirectional last resetbefore", 800 + 2*3*(24+9+6) + 2*3*(9+9+3)},
	{"stacked cells", kseq(kin("i", "7,5"), kl("RNN", "r", `"return_sequences":true,"cell":{"class_name":"StackedRNNCells","config":{"cells":[{"class_name":"LSTMCell","config":{"units":4}},{"class_name":"GRUCell","config":{"units":3,"reset_after":true}}]}}`)),
		"i7x5;r:lstm4;gru3", 4*(20+16+4) + 3*(12+9+6)},
	{"convolution on a sequence", kseq(kin("i", "10"), kl("Embedding", "e", `"input_dim":50,"output_dim":8`), kl("Conv1D", "c", `"filters":4,"kernel_size":[3],"padding":"causal","dilation_rate":2,"activation":"relu"`),
		kl("GlobalMaxPooling1D", "g", ""), kl("Dense", "d", `"units":1,"activation":"sigmoid"`)), "i10;e:emb50x8;permute2x1;c:c4k3pcausald2;r;gm flat;d:l1;sigmoid", 400 + 100 + 5},
	{"dense on a map", kseq(kin("i", "8,8,3"), kl("Conv2D", "c", `"filters":4,"kernel_size":1`), kl("Dense", "d", `"units":5`), kl("MaxPooling2D", "m", `"pool_size":[2,2]`)),
		"i3x8x8;c:c4k1;permute2x3x1;d:l5;permute3x1x2;m2", 16 + 25},
	{"attention", kfn("x y", "c", kin("x", "9,16"), kin("y", "7,16"), kl("MultiHeadAttention", "a", `"num_heads":4,"key_dim":4`, "x x"),
		kl("LayerNormalization", "n", `"axis":[2],"epsilon":1e-6`, "a"), kl("MultiHeadAttention", "c", `"num_heads":2,"key_dim":8`, "n y")), "", 2*(4*256+64) + 32},
	{"attention with values of another size", kfn("x", "a", kin("x", "9,16"), kl("MultiHeadAttention", "a", `"num_heads":4,"key_dim":4,"value_dim":8`, "x x")), "", 2*256 + 2*512 + 2*16 + 32 + 16},
	{"efficientnet's entrance", kseq(kin("i", "8,8,3"), kl("Rescaling", "r", `"scale":0.1`), kl("Normalization", "n", `"axis":[-1],"mean":null,"variance":null`),
		kl("ZeroPadding2D", "p", `"padding":[[0,1],[0,1]]`), kl("DepthwiseConv2D", "w", `"kernel_size":[3,3],"strides":[2,2],"padding":"valid","depth_multiplier":2,"use_bias":false,"activation":"swish"`)),
		"", 7 + 54},
	{"rescaling", kseq(kin("i", "8,8,3"), kl("Rescaling", "r", `"scale":0.1`), kl("Rescaling", "z", `"scale":-2,"offset":0.0`), kl("Rescaling", "o", `"scale":0.5,"offset":-1`),
		kl("Rescaling", "c", `"scale":[1,2,3]`), kl("Conv2D", "k", `"filters":2,"kernel_size":1`)),
		"i3x8x8;scale0.1;scale-2;o:opaque type=Rescaling weights=none out=3x8x8 macs=0;c:opaque type=Rescaling weights=none out=3x8x8 macs=0;k:c2k1", 8},
	{"normalization by options", kseq(kin("i", "8,8,3"), kl("Normalization", "n", `"axis":[-1],"mean":[1,2,3],"variance":[1,1,1]`), kl("Conv2D", "k", `"filters":2,"kernel_size":1`)),
		"i3x8x8;n:opaque type=Normalization weights=none out=3x8x8 macs=0;k:c2k1", 8},
	{"normalization over all", kseq(kin("i", "8,8,3"), kl("Normalization", "n", `"axis":null`), kl("Conv2D", "k", `"filters":2,"kernel_size":1`)), "", 3 + 8},
	{"prelu", kseq(kin("i", "8,6,3"), kl("PReLU", "p", `"shared_axes":[1,2]`), kl("PReLU", "q", ``), kl("Conv2D", "c", `"filters":2,"kernel_size":3,"activation":{"class_name":"PReLU","config":{"shared_axes":[1,2]}}`)),
		"", 3 + 144 + 56 + 2},
	{"norms", kseq(kin("i", "8,6,4"), kl("GroupNormalization", "g", `"groups":2`), kl("GroupNormalization", "h", `"groups":-1`), kl("LayerNormalization", "l", `"axis":[1,2,3]`),
		kl("LayerNormalization", "m", `"axis":-1,"center":false`), kl("BatchNormalization", "b", `"scale":false`), kl("BatchNormalization", "r", `"renorm":true`)), "", -1},
	{"squeeze and excite without a reshape", kfn("x", "m", kin("x", "8,8,4"), kl("GlobalAveragePooling2D", "g", "", "x"), kl("Dense", "d", `"units":4`, "g"), kl("Multiply", "m", "", "x d")), "", 20},
	{"transposed", kseq(kin("i", "4,4,3"), kl("Conv2DTranspose", "c", `"filters":2,"kernel_size":3,"strides":2,"padding":"valid"`), kl("UpSampling2D", "u", `"size":[2,3],"interpolation":"bilinear"`),
		kl("Cropping2D", "k", `"cropping":[[1,0],[2,2]]`), kl("SeparableConv2D", "s", `"filters":5,"kernel_size":3,"depth_multiplier":2`)), "", 56 + 36 + 20 + 5},
	{"a film of unknown size", kseq(kl("ConvLSTM2D", "c", `"filters":4,"kernel_size":[3,3]`)), "i?x?x?x?;c:convlstm4k3 last", -1},
	{"film", kseq(kin("i", "5,9,9,2"), kl("ConvLSTM2D", "c", `"filters":4,"kernel_size":[3,3],"padding":"same","return_sequences":true`), kl("Conv3D", "d", `"filters":1,"kernel_size":3,"padding":"same"`)), "", 880 + 109},
	{"residual of keras 3", kfn("x", "j", kl("InputLayer", "x", `"batch_shape":[null,8,8,3]`),
		`{"module":"keras.layers","class_name":"Conv2D","registered_name":null,"name":"c","config":{"name":"c","filters":3,"kernel_size":[3,3],"padding":"same"},"inbound_nodes":[{"args":[`+k3("x", "8,8,3")+`],"kwargs":{}}]}`,
		`{"module":"keras.layers","class_name":"Add","registered_name":null,"name":"j","config":{"name":"j"},"inbound_nodes":[{"args":[[`+k3("c", "8,8,3")+`,`+k3("x", "8,8,3")+`]],"kwargs":{}}]}`),
		"i3x8x8;add{c:c3k3psame|}", 84},
	{"operations of keras 3", kfn("x", "d", kl("InputLayer", "x", `"batch_shape":[null,8,3]`),
		`{"module":"keras.src.ops.numpy","class_name":"Mean","registered_name":"Mean","name":"m","config":{"name":"m"},"inbound_nodes":[{"args":[`+k3("x", "8,3")+`],"kwargs":{"axis":1}}]}`,
		`{"module":"keras.layers","class_name":"Dense","registered_name":null,"name":"d","config":{"name":"d","units":2},"inbound_nodes":[{"args":[`+k3("m", "3")+`],"kwargs":{}}]}`),
		"i8x3;m:opaque type=Mean weights=none out=3 macs=0;d:l2", 8},
	{"custom layer of keras 3", kfn("x", "d", kl("InputLayer", "x", `"batch_shape":[null,8,8,3]`),
		`{"module":null,"class_name":"Mine","registered_name":"Custom>Mine","name":"m","config":{"name":"m"},"inbound_nodes":[{"args":[`+k3("x", "8,8,3")+`],"kwargs":{}}]}`,
		`{"module":"keras.layers","class_name":"Conv2D","registered_name":null,"name":"d","config":{"name":"d","filters":2,"kernel_size":1},"inbound_nodes":[{"args":[`+k3("m", "4,4,7")+`],"kwargs":{}}]}`),
		"i3x8x8;m:opaque type=Mine out=7x4x4;d:c2k1", -1},
	{"custom layer with weights", kmanifest(kseq(kin("i", "5"), kl("Mine", "m", ""), kl("Dense", "d", `"units":2`)), "m/kernel:5x6 m/moving_mean:6 d/kernel:6x2 d/bias:2"),
		"i5;m:opaque type=Mine weights=5x6 buffers=6 out=6;d:l2", 30 + 6 + 14},
	{"weights other than the options make", kmanifest(kseq(kin("i", "5"), kl("Dense", "d", `"units":2`)), "d/kernel:5x2 d/bias:2 d/more:7"), "i5;d:opaque type=Dense weights=5x2,2,7", 19},
	{"frozen model in a model", kfn("x", "o", kin("x", "5"), strings.Replace(knested(kfn("i", "h", kin("i", "5"), kl("Dense", "h", `"units":4`, "i")), "m", "x"), `"config":{`, `"config":{"trainable":false,`, 1),
		kl("Dense", "o", `"units":1`, "m:1,0")), "i5;m_h:l4 frozen;o:l1", 29},
	{"states", kfn("x y", "d", kin("x", "5,3"), kin("y", "6,3"), kl("LSTM", "e", `"units":4,"return_state":true`, "x"), kl("LSTM", "l", `"units":4,"return_sequences":true`, "y e:0,1 e:0,2"), kl("Dense", "d", `"units":2`, "l")),
		"", 2*4*(12+16+4) + 10},
	{"embedding twice, tied by use", kfn("x y", "d", kin("x", "5"), kin("y", "5"), kl("Embedding", "e", `"input_dim":10,"output_dim":4`, "x", "y"), kl("Dot", "d", `"axes":[2,2]`, "e:0,0 e:1,0")), "", 40},
	{"merge of keras 1", kseq(kl("Merge", "m", `"mode":"concat","concat_axis":-1,"layers":[`+kseq(kl("Dense", "a", `"output_dim":3,"input_dim":2`))+`,`+kseq(kl("Dense", "b", `"output_dim":4,"input_dim":2`))+`]`), kl("Dense", "c", `"output_dim":1`)), "", 9 + 12 + 8},
	{"locally connected", kseq(kin("i", "8,6,3"), kl("LocallyConnected2D", "l", `"filters":4,"kernel_size":[3,3],"strides":[1,1],"padding":"valid","activation":"relu"`), kl("Flatten", "f", "")),
		"i3x8x6;l:opaque type=LocallyConnected2D weights=24x27x4,6x4x4 out=4x6x4;r;f", 24*27*4 + 96},
	{"attention without projections", kfn("x y", "a", kin("x", "9,16"), kin("y", "7,16"), kl("AdditiveAttention", "a", "", "x y")), "", 16},
	{"tensorflow 1", kseq(kin("i", "5,4"), kl("BatchNormalizationV1", "b", `"axis":[2]`)), "i5x4;permute2x1;b:b", 16},
	{"an empty model in a model", kseq(kin("i", "5"), kseq(), kl("Dense", "d", `"units":2`)), "i5;d:l2", 12},
	{"a layer alone", kl("LSTM", "l", `"units":2,"batch_input_shape":[null,null,3]`), "i?x3;l:lstm2 last", 4 * (6 + 4 + 2)},
	{"out of order", kfn("x", "b", kl("Dense", "b", `"units":2`, "a"), kl("Dense", "a", `"units":3`, "x"), kin("x", "4")), "i4;a:l3;b:l2", 15 + 8},
	{"written twice, with NaN", fmt.Sprintf("%q", strings.Replace(kseq(kin("i", "4"), kl("Dense", "d", `"units":3,"x":NaN,"y":-Infinity,"z":"NaN"`)), "\n", "", -1)), "i4;d:l3", 15},
	{"a graph model", `{"format":"graph-model","modelTopology":{"node":[{"name":"a","op":"Const"}]},"weightsManifest":[{"paths":["a"],"weights":[{"name":"a/w","shape":[2,3],"dtype":"float32"}]}]}`,
		"i?;a:opaque weights=2x3", 6},
	{"numbers of 32 bits", kseq(kin("i", "4"), kl("LeakyReLU", "l", `"alpha":0.10000000149011612`)), "i4;leakyrelu0.1", 0},
	{"a manifest alone", `[{"weights":[{"name":"conv0/filters","shape":[3,3,3,16],"dtype":"float32"},{"name":"conv0/bias","shape":[16],"dtype":"float32"},{"name":"step","shape":[],"dtype":"int32"}]}]`,
		"i?;conv0:opaque weights=3x3x3x16,16;step:opaque weights=none buffers=[]", 449},
	{"a shape too large", kseq(kin("i", "1000000000,1000000000,1000000000"), kl("Flatten", "f", ""), kl("Dense", "d", `"units":1000000000`)), "", -1},
	{"an option that cannot be", kseq(kin("i", "8,8,3"), kl("Conv2D", "c", `"filters":-4,"kernel_size":"big"`), kl("Dense", "d", `"units":{}`)), "", -1},
}

func TestKerasCases(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			res, format, problem := tooltest.Open(tooltest.File("model.json", []byte(c.json)), readers...)
			if problem != nil || format.ID != "keras" {
				t.Fatalf("%v\n%s", problem, c.json)
			}
			got := compactOf(res)
			r := count.Of(res.Model)
			params := r.Totals.Shown(style)
			if c.want != "" && got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if atLeast := r.Totals.ParamsAtLeast; atLeast != (c.params < 0) || !atLeast && params.String() != fmt.Sprint(c.params) {
				t.Errorf("%v parameters (at least: %v), want %d\n%s", params, atLeast, c.params, got)
			}
			for _, p := range r.Problems {
				if p.Severity == 0 && c.params >= 0 {
					t.Errorf("%s: %s", p.Say.In(catalog.English), got)
				}
			}
			t.Log(got)
			for _, n := range res.Notes {
				t.Log(n.Doubt, n.Say.In(catalog.English))
			}
		})
	}
}

// compactOf writes a model without its name and Keras' usual constants.
func compactOf(r *source.Result) string {
	s := text.Compact(r.Model)
	return strings.NewReplacer("; ", ";", " @", "@", " eps=0.001", "", " momentum=0.01", "").Replace(s[strings.Index(s, ";")+1:])
}

// seeds are the models written by hand, each form of HDF5 and archives of it.
func seeds() map[string][]byte {
	seeds := map[string][]byte{
		"older.h5": smallH5(false), "newer.h5": smallH5(true), "weights.h5": weightsH5(), "stored.keras": smallArchive(zip.Store),
	}
	for _, c := range cases {
		seeds[c.name+".json"] = []byte(c.json)
	}
	return seeds
}

// readable checks that reading a file never panics, and that the result can be
// counted, written and read again.
func readable(t *testing.T, name string, data []byte) {
	var r *source.Result
	var err error
	tooltest.Bounded(t, name, func() { r, err = Reader.Read(tooltest.File(name, data)) })
	if err != nil {
		if d := source.AsDiag(err); d.Say.In(catalog.English) == "" {
			t.Error("an error without a word")
		}
		return
	}
	count.Of(r.Model)
	for _, n := range r.Notes {
		n.Say.In(catalog.Korean)
	}
	src := text.Compact(r.Model)
	if file, problems := text.Parse(src); len(problems) > 0 && len(r.Model.Body) > 0 {
		t.Errorf("%v\n%s", problems[0], src)
	} else if again := text.Compact(file.Model); again != src {
		t.Errorf("%s\nis read again as\n%s", src, again)
	}
}

// TestKerasMangled: every seed cut off, and with bytes that are others; what
// FuzzKeras does for longer.
func TestKerasMangled(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, seed := range seeds() {
		for range 40 {
			data := slices.Clone(seed)
			for range 1 + random.IntN(4) {
				data[random.IntN(len(data))] = "0129[]{},:\"\x00\xff\x01"[random.IntN(14)]
			}
			if random.IntN(4) == 0 {
				data = data[:random.IntN(len(data))]
			}
			readable(t, name, data)
		}
	}
}

func FuzzKeras(f *testing.F) {
	for name, seed := range seeds() {
		f.Add(name, seed)
	}
	f.Fuzz(readable)
}

// readers are what the tests of this package read with.
var readers = []*source.Reader{&Reader}
