package keras

import (
	"maps"
	"strings"
	"sync"

	"paramstack/core/layer"
	"paramstack/core/tool/vocab"
)

// inputLayer is the class of what enters.
const inputLayer = "InputLayer"

// operation is what the class of an operation of keras.ops begins with.
const operation = "ops."

// A class is a class of keras.layers: what it is called, how many dimensions its
// name states, and how it is read; nil: it is unknown.
type class struct {
	name string
	dims int // spatial dimensions that the name states, 0 for none
	*reading
}

// A reading is how a class is read.
type reading struct {
	read    func(*call) (value, error) // nil: by the vocabulary's row alone
	prefers func(l *layerConfig, rank, lead int) order
	slides  bool // over as many dimensions as its name states
	dims    int  // those, of a class that the vocabulary has not
	rank    int  // extents of its input without the batch, where that is certain
	alike   bool // any order of extents, which the output has too
	kernel  bool // its first weight's last extent but one is the input's channels
	acts    bool // may have an activation as an option
	first   bool // only its first tensor is an input, the others are states
	source  bool // it has no inputs
}

// rank is how many extents the input has, 0 if that is not certain.
func (c class) rank() int {
	switch {
	case c.reading == nil:
		return 0
	case c.slides && c.reading.first: // a film has its steps in time too
		return c.dims + 2
	case c.slides:
		return c.dims + 1
	default:
		return c.reading.rank
	}
}

// isSource reports whether a layer has no inputs.
func (c class) isSource() bool { return c.reading != nil && c.source }

// classNamed finds a class by any of its names.
func classNamed(name string) class {
	row, dims := vocab.Keras().Class(name)
	key := name
	if row != nil {
		key = row.Classes[0]
	}
	r := readings()[key]
	if r == nil && strings.HasPrefix(name, operation) {
		r = readings()["TFOpLambda"]
	}
	if row == nil && r != nil {
		dims = r.dims
	}
	return class{name, max(dims, 0), r}
}

// read reads a call of a layer, with the activation after it.
func (c *call) read() (value, error) {
	class := c.config.class
	if row := c.options().row; row != nil && row.Kind == layer.IdentityKind.Kind() {
		c.added.note = class.name
	}
	read := class.read
	if read == nil {
		read = readPlain
	}
	out, err := read(c)
	if err != nil || !class.acts {
		return out, err
	}
	return c.activated(out)
}

// readPlain adds the layer of the vocabulary on a value as it is.
func readPlain(c *call) (value, error) {
	in, err := c.one()
	if err != nil {
		return in, err
	}
	return c.byRow([]value{in}, in.order)
}

// prefersMap is the order of a map: channels first.
func prefersMap(l *layerConfig, rank, lead int) order {
	switch {
	case rank < 2:
		return nil
	case !l.options.channelsFirst():
		return channelsLast(rank)
	case lead > 0:
		return ahead(rank, lead, 0)
	default:
		return asIs(rank)
	}
}

// prefersFilm is the order of a film: channels after the steps in time.
func prefersFilm(l *layerConfig, rank, lead int) order {
	if l.options.channelsFirst() {
		return asIs(rank)
	}
	return film(rank)
}

// prefersRows is Keras' own order: the features last.
func prefersRows(_ *layerConfig, rank, _ int) order { return asIs(rank) }

// channelsFirst reports whether a layer of a map has its channels first in Keras.
func (o *options) channelsFirst() bool {
	v, _ := o.get("data_format", "dim_ordering").(string)
	return v == "channels_first" || v == "th"
}

// readings is how the classes are read, by the first name that the vocabulary has
// for them; classes that are no kind are here only.
func readings() map[string]*reading {
	readingTable.once.Do(func() { readingTable.all = newReadings() })
	return readingTable.all
}

// readingTable is filled on first use: classes that wrap others look them up in it,
// so that it refers to itself.
var readingTable struct {
	once sync.Once
	all  map[string]*reading
}

func newReadings() map[string]*reading {
	conv := func(read func(*call) (value, error)) *reading {
		return &reading{read: read, prefers: prefersMap, slides: true, kernel: true, acts: true}
	}
	window := func(read func(*call) (value, error)) *reading {
		return &reading{read: read, prefers: prefersMap, slides: true}
	}
	alike := func(read func(*call) (value, error)) *reading { return &reading{read: read, alike: true} }
	rows := func(read func(*call) (value, error)) *reading { return &reading{read: read, prefers: prefersRows} }
	recurrent := &reading{read: readRecurrent, prefers: prefersRows, rank: 2, kernel: true, first: true}
	transposed := conv(readConvTranspose)
	transposed.kernel = false // its kernel has the outputs before the inputs
	all := map[string]*reading{
		inputLayer:              {read: readInput},
		"Dense":                 {read: readDense, prefers: prefersRows, rank: 1, kernel: true, acts: true},
		"Activation":            alike(readActivation),
		"Embedding":             rows(readEmbedding),
		"Flatten":               {read: readFlatten},
		"Reshape":               {read: readReshape},
		"Permute":               {read: readPermute},
		"RepeatVector":          {read: readRepeatVector},
		"BatchNormalization":    alike(readBatchNorm),
		"LayerNormalization":    alike(readLayerNorm),
		"RMSNormalization":      alike(readLayerNorm),
		"GroupNormalization":    alike(readGroupNorm),
		"InstanceNormalization": alike(readGroupNorm),
		"Normalization":         alike(readNormalization),
		"Rescaling":             alike(readRescaling),
		"ReLU":                  alike(readReLU),
		"Softmax":               alike(readSoftmax),
		"PReLU":                 alike(readPReLU),
		"TimeDistributed":       {read: readTimeDistributed, prefers: prefersWrapped},
		"Bidirectional":         {read: readBidirectional, prefers: prefersRows, first: true},
		"RNN":                   {read: readCells, prefers: prefersRows, first: true},
		"Merge":                 {read: readMerge},
		"Dot":                   {read: readDot},
		"Attention":             rows(readDotAttention),
		"AdditiveAttention":     rows(readDotAttention),
		"MultiHeadAttention":    rows(readMultiHead),
		"LocallyConnected1D": {read: readLocallyConnected, prefers: prefersMap, slides: true, dims: 1,
			kernel: true, acts: true},
		"LocallyConnected2D": {read: readLocallyConnected, prefers: prefersMap, slides: true, dims: 2, kernel: true, acts: true},
		"Resizing":           {read: readResizing, prefers: prefersMap},
		"TFOpLambda":         {read: readOperation},
		"Conv#D":             conv(readConv),
		"Conv#DTranspose":    transposed,
		"DepthwiseConv#D":    conv(readDepthwise),
		"SeparableConv#D":    conv(readSeparable),
		"MaxPooling#D":       window(readMaxPool),
		"AveragePooling#D":   window(readAvgPool),
		"UpSampling#D":       window(readUpSampling),
		"ZeroPadding#D":      window(readZeroPadding),
		"Cropping#D":         window(readCropping),
		"GlobalMaxPooling#D": window(readGlobalPool),
		"ConvLSTM#D":         {read: readConvLSTM, prefers: prefersFilm, slides: true, first: true},
		"SimpleRNN":          recurrent, "LSTM": recurrent, "GRU": recurrent, "CuDNNLSTM": recurrent, "CuDNNGRU": recurrent,
		"Concatenate": alike(func(c *call) (value, error) { return c.concat(c.in.all(), "axis") }),
	}
	maps.Copy(all, sourceReadings())
	all["GlobalAveragePooling#D"] = all["GlobalMaxPooling#D"]
	for _, plain := range []string{"LeakyReLU", "ELU", "ThresholdedReLU", "Dropout", "SpatialDropout#D",
		"GaussianDropout", "AlphaDropout", "GaussianNoise", "Identity"} {
		all[plain] = alike(nil)
	}
	for _, join := range []string{"Add", "Subtract", "Multiply", "Maximum", "Minimum", "Average"} {
		all[join] = alike(func(c *call) (value, error) { return c.join(c.options().row.Kind, c.in.all()) })
	}
	return all
}

// weightless reports whether a layer without a kind here is known to have no
// weights: operations, and preparations of data.
func (l *layerConfig) weightless() bool {
	if strings.HasPrefix(l.class.name, operation) {
		return true
	}
	if l.custom {
		return false
	}
	switch l.class.name {
	case inputLayer, "TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer", "ClassMethod", "InstanceMethod",
		"InstanceProperty", "Lambda", "Dot",
		"UnitNormalization", "CategoryEncoding", "Hashing", "HashedCrossing", "Discretization", "StringLookup",
		"IntegerLookup", "TextVectorization",
		"CenterCrop", "RandomCrop", "Resizing", "MelSpectrogram", "STFTSpectrogram", "MaxNumBoundingBoxes", "MixUp",
		"CutMix", "Pipeline":
		return true
	}
	return false
}
