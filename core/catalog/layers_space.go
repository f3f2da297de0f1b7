package catalog

// What can be wrong with a layer that looks at space.
const (
	NeedsDims          Key = "needs-dims"
	NeedsColumns       Key = "needs-columns"
	NotBetween         Key = "not-between"
	EitherOr           Key = "either-or"
	EmptyExtent        Key = "empty-extent"
	ExtentTooLarge     Key = "extent-too-large"
	NotDivisible       Key = "not-divisible"
	CausalNeeds1D      Key = "causal-needs-1d"
	OutputPadding      Key = "output-padding"
	PadBeyondKernel    Key = "pad-beyond-kernel"
	OnlyConstant       Key = "only-constant"
	NothingToAlign     Key = "nothing-to-align"
	WindowsBeyondInput Key = "windows-beyond-input"
	FoldMismatch       Key = "fold-mismatch"
	OffsetChannels     Key = "offset-channels"
	OffsetSize         Key = "offset-size"

	WantSides Key = "want.sides"
	WantReals Key = "want.reals"

	AxisChannels Key = "axis.channels"

	FactorMultiplier Key = "factor.multiplier"
	FactorEntry      Key = "factor.entry"
)

// Names and explanations of the kinds that look at space.
var layersSpace = map[Key]Text{
	NeedsDims:          {"{0} needs channels and {1} spatial dimensions; it receives {2}.", "{0}에는 채널과 공간 차원 {1}개가 필요한데, 받은 것은 {2}입니다."},
	NeedsColumns:       {"Fold needs columns × positions, as unfold gives them; it receives {0}.", "fold에는 unfold가 내놓는 열 × 위치가 필요한데, 받은 것은 {0}입니다."},
	NotBetween:         {"{0} must be above {1} and below {2}.", "{0}은(는) {1}보다 크고 {2}보다 작아야 합니다."},
	EitherOr:           {"Give either {0} or {1}, not both.", "{0}와(과) {1} 가운데 하나만 쓰세요."},
	EmptyExtent:        {"{1} cells would come out along the {0}: there must be at least 1.", "{0} 방향으로 {1}칸이 나옵니다. 1칸 이상이어야 합니다."},
	ExtentTooLarge:     {"{1} cells would come out along the {0}: more than paramstack can count (2⁵⁰).", "{0} 방향으로 {1}칸이 나옵니다. paramstack이 셀 수 있는 한도(2⁵⁰)를 넘습니다."},
	NotDivisible:       {"{1} along the {0} is not a multiple of {2}.", "{0} 방향의 {1}은(는) {2}의 배수가 아닙니다."},
	CausalNeeds1D:      {"Causal padding is for one spatial dimension, which has a before and an after; here there are {0}.", "인과(causal) 패딩은 앞뒤가 있는 1차원에서만 됩니다. 여기서는 {0}차원입니다."},
	OutputPadding:      {"Output padding {0} must be smaller than {1}: the stride, or in PyTorch the dilation where that is larger.", "출력 패딩 {0}은(는) {1}보다 작아야 합니다: 스트라이드, 또는 PyTorch에서는 팽창이 더 크면 팽창."},
	PadBeyondKernel:    {"Padding {0} leaves no cell for the kernel {1} at the edge: at most {2}.", "패딩 {0}이(가) 너무 커서 가장자리의 커널 {1}에 칸이 없습니다. {2} 이하여야 합니다."},
	OnlyConstant:       {"Padding by ‘{0}’ works on the map only; channels are added with a constant.", "‘{0}’ 방식은 맵에만 됩니다. 채널은 상수로만 덧댑니다."},
	NothingToAlign:     {"‘{0}’ does not interpolate, so there are no corners to align.", "‘{0}’은(는) 보간하지 않으므로 맞출 모서리가 없습니다."},
	WindowsBeyondInput: {"{0} windows of {1} need {2} cells, but the input has only {3}.", "{1}칸짜리 창 {0}개에는 {2}칸이 필요한데 입력은 {3}칸뿐입니다."},
	FoldMismatch:       {"A map of {0} has {1} windows, but {2} columns come in.", "{0} 맵의 창은 {1}개인데 들어오는 열은 {2}개입니다."},
	OffsetChannels:     {"Path {0} has {1} channels. They must be a multiple of {2} (2 offsets, or in a mask 1 weight, for each cell of the kernel), by the same number in all paths, and that number must divide the channels of {3}.", "{0}번 갈래의 채널은 {1}개입니다. {2}의 배수여야 하고(커널의 칸마다 어긋남 2개, 마스크는 1개), 그 배수는 모든 갈래에서 같으며 {3}의 채널을 나누어야 합니다."},
	OffsetSize:         {"Path {0} is {1}, but the output is {2}: every output position needs its offsets.", "{0}번 갈래는 {1}인데 출력은 {2}입니다. 출력 위치마다 어긋남이 있어야 합니다."},

	WantSides: {"cells such as 1, 1x2 for each dimension, or 1+2x3+4 for each side", "1이나 차원마다 1x2, 변마다 1+2x3+4처럼 칸 수를"},
	WantReals: {"a decimal number such as 2, or one for each dimension such as 2x0.5", "2 같은 수나 2x0.5처럼 차원마다 하나씩"},

	AxisChannels: {"channels", "채널"},

	FactorMultiplier: {"{0}: kernels for each input channel.", "{0}: 입력 채널마다의 커널 수."},
	FactorEntry:      {"{0}: a side of the input. Every input position paints a kernel, so it multiplies the work, not the parameters.", "{0}: 입력의 한 변. 입력 위치마다 커널을 하나씩 찍으므로 연산량에는 곱해지지만 파라미터 수에는 들지 않습니다."},

	"kind.depthwise.doc":         {"Gives every channel kernels of its own, so that a kernel is one deep.", "채널마다 제 커널을 둡니다. 커널의 깊이는 1입니다."},
	"kind.separable.doc":         {"A depthwise convolution, then a 1×1 convolution that mixes the channels.", "깊이별 합성곱 뒤에 채널을 섞는 1×1 합성곱."},
	"kind.convtranspose.doc":     {"Every input position paints a kernel into a larger map: an upsampling that is learned.", "입력 위치마다 더 큰 맵에 커널을 찍습니다: 배우는 업샘플링."},
	"kind.deformconv.doc":        {"A convolution that looks where a second path, the offsets, tells it to.", "둘째 갈래인 어긋남이 가리키는 곳을 보는 합성곱."},
	"kind.globalmaxpool.doc":     {"Keeps the largest value of each channel: C×H×W becomes C×1×1.", "채널마다 가장 큰 값을 남깁니다: C×H×W가 C×1×1이 됩니다."},
	"kind.adaptivemaxpool.doc":   {"Keeps the largest values, down to a given size, whatever the input's size.", "입력 크기와 관계없이 정해진 크기로 가장 큰 값을 남깁니다."},
	"kind.lppool.doc":            {"Takes a norm of each window. Learns nothing.", "창마다 노름을 냅니다. 배우는 것이 없습니다."},
	"kind.fractionalmaxpool.doc": {"Keeps the largest value of windows that lie at random, so that the map shrinks by any factor.", "무작위로 놓인 창마다 가장 큰 값을 남겨, 맵을 아무 비율로나 줄입니다."},
	"kind.upsample.doc":          {"Stretches the map by a factor or to a size. Learns nothing.", "맵을 배율이나 크기에 맞춰 늘입니다. 배우는 것이 없습니다."},
	"kind.pixelshuffle.doc":      {"Lays r² channels out as r × r pixels.", "채널 r²개를 픽셀 r × r개로 펼칩니다."},
	"kind.pixelunshuffle.doc":    {"Lays r × r pixels out as r² channels.", "픽셀 r × r개를 채널 r²개로 펼칩니다."},
	"kind.channelshuffle.doc":    {"Deals the channels of the groups like cards, so that the next groups get some of each.", "그룹들의 채널을 카드처럼 섞어 다음 그룹마다 골고루 나눕니다."},
	"kind.pad.doc":               {"Adds cells around the map.", "맵 둘레에 칸을 덧댑니다."},
	"kind.crop.doc":              {"Cuts cells off the map's edges.", "맵의 가장자리를 잘라 냅니다."},
	"kind.unfold.doc":            {"Lays every window out as a column: C×H×W becomes C·k·k × positions.", "창마다 한 열로 펼칩니다: C×H×W가 C·k·k × 위치가 됩니다."},
	"kind.fold.doc":              {"Lays columns back as windows of a map, adding up where they overlap.", "열들을 맵의 창으로 되돌리고, 겹치는 곳은 더합니다."},

	"field.output_padding":   {"output padding", "출력 패딩"},
	"field.multiplier":       {"depth multiplier", "깊이 배수"},
	"field.caffe":            {"round as Caffe", "Caffe식 올림"},
	"field.norm_type":        {"norm", "노름"},
	"field.output_ratio":     {"ratio", "비율"},
	"field.scale_factor":     {"factor", "배율"},
	"field.interpolation":    {"interpolation", "보간"},
	"field.align_corners":    {"align corners", "모서리 맞춤"},
	"field.upscale_factor":   {"factor", "배율"},
	"field.downscale_factor": {"factor", "배율"},
	"field.sides":            {"cells", "칸"},
	"field.fill":             {"constant", "상수"},

	"field.output_padding.doc":   {"Cells added at the far edge of the output, since a stride lets several sizes in give one size out.", "출력의 끝 쪽에 더하는 칸. 스트라이드가 있으면 여러 크기가 한 크기로 가기 때문입니다."},
	"field.multiplier.doc":       {"How many kernels each channel has, so how many channels come of one.", "채널 하나가 가지는 커널 수이자, 채널 하나에서 나오는 채널 수."},
	"field.caffe.doc":            {"Round up as Caffe does, which drops a last window in the padding only where there is padding.", "Caffe처럼 올림합니다. 패딩이 있을 때만 패딩 속의 마지막 창을 버립니다."},
	"field.norm_type.doc":        {"Which norm: 1 sums, 2 is Euclid's, and a large one comes near the maximum.", "어떤 노름인지: 1은 합, 2는 유클리드, 크면 최댓값에 가깝습니다."},
	"field.output_ratio.doc":     {"The output's size as a share of the input's, between 0 and 1.", "입력에 대한 출력의 크기, 0과 1 사이."},
	"field.scale_factor.doc":     {"How many times larger the map becomes; fractions are rounded down.", "맵이 몇 배로 커지는지. 나머지는 버립니다."},
	"field.interpolation.doc":    {"How values in between are found. Counts do not depend on it.", "사이의 값을 찾는 방법. 셈에는 영향이 없습니다."},
	"field.align_corners.doc":    {"The corners keep their values. Counts do not depend on it.", "모서리의 값을 그대로 둡니다. 셈에는 영향이 없습니다."},
	"field.upscale_factor.doc":   {"r: how many times taller and wider the map becomes.", "r: 맵의 높이와 너비가 몇 배가 되는지."},
	"field.downscale_factor.doc": {"r: how many times smaller height and width become.", "r: 높이와 너비가 몇 분의 1이 되는지."},
	"field.sides.doc":            {"Cells at each side: 1 all around, 1x2 for height and width, 1+2x3+4 for top, bottom, left, right; with one entry more the first is for the channels.", "변마다의 칸 수: 1은 모든 변, 1x2는 높이와 너비, 1+2x3+4는 위·아래·왼쪽·오른쪽. 하나를 더 쓰면 첫째는 채널입니다."},
	"field.fill.doc":             {"What a constant padding is filled with.", "상수 패딩을 채우는 값."},
}
