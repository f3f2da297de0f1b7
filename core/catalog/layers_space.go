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
	NeedsDims:          {"{0} requires channels and {1} spatial dimensions, but received {2}.", "{0}의 입력은 채널과 공간 차원 {1}개로 되어 있어야 하는데, {2}이(가) 들어왔습니다."},
	NeedsColumns:       {"Fold requires columns × positions, the output format of unfold, but received {0}.", "fold의 입력은 unfold의 출력처럼 열 × 위치여야 하는데, {0}이(가) 들어왔습니다."},
	NotBetween:         {"{0} must be greater than {1} and less than {2}.", "{0}은(는) {1}보다 크고 {2}보다 작아야 합니다."},
	EitherOr:           {"Set either {0} or {1}, not both.", "{0}과(와) {1} 중 하나만 지정하세요."},
	EmptyExtent:        {"The output would have {1} cells along the {0}, but at least 1 is required.", "출력의 {0}이(가) {1}칸이 됩니다. 1칸 이상이어야 합니다."},
	ExtentTooLarge:     {"The output would have {1} cells along the {0}, more than paramstack can count (2⁵⁰).", "출력의 {0}이(가) {1}칸이 되어 paramstack이 셀 수 있는 한도(2⁵⁰)를 넘습니다."},
	NotDivisible:       {"The size along the {0}, {1}, is not a multiple of {2}.", "{0} 방향의 크기 {1}은(는) {2}의 배수가 아닙니다."},
	CausalNeeds1D:      {"Causal padding works only with one spatial dimension, but there are {0}.", "인과(causal) 패딩은 공간 차원이 하나일 때만 쓸 수 있는데 {0}개 있습니다."},
	OutputPadding:      {"Output padding {0} must be smaller than {1}, the stride (or in PyTorch the dilation, if that is larger).", "출력 패딩 {0}은(는) {1}보다 작아야 합니다. 스트라이드의 값이며, PyTorch에서는 팽창이 더 크면 팽창의 값입니다."},
	PadBeyondKernel:    {"Padding {0} is too large for kernel size {1}: windows at the edge would cover padding only. The maximum is {2}.", "패딩 {0}은(는) 커널 크기 {1}에 비해 너무 커서 가장자리의 윈도가 패딩만 덮게 됩니다. 최댓값은 {2}입니다."},
	OnlyConstant:       {"‘{0}’ padding applies to spatial dimensions only. Channels can be padded only with a constant.", "‘{0}’ 패딩은 공간 차원에만 쓸 수 있습니다. 채널은 상수로만 패딩할 수 있습니다."},
	NothingToAlign:     {"‘{0}’ does not interpolate, so align corners has no meaning. Turn it off.", "‘{0}’은(는) 보간하지 않으므로 모서리 맞춤을 쓸 수 없습니다. 모서리 맞춤을 끄세요."},
	WindowsBeyondInput: {"{0} windows of size {1} need {2} cells, but the input has only {3}.", "크기 {1}인 윈도 {0}개에는 {2}칸이 필요한데 입력은 {3}칸뿐입니다."},
	FoldMismatch:       {"A feature map of {0} has {1} windows, but the input has {2} columns.", "{0} 특징 맵에는 윈도가 {1}개 있는데 입력의 열은 {2}개입니다."},
	OffsetChannels:     {"Path {0} has {1} channels. It must have a multiple of {2} (2 offsets per kernel cell, or 1 weight in a mask), the same multiple in all paths, and that multiple must divide the channels of {3}.", "경로 {0}의 채널은 {1}개입니다. {2}의 배수여야 하고(커널의 칸마다 오프셋 2개, 마스크는 가중치 1개), 배수가 모든 경로에서 같아야 하며 {3}의 채널 수를 나누어떨어지게 해야 합니다."},
	OffsetSize:         {"Path {0} is {1}, but the output is {2}. Every output position needs its own offsets.", "경로 {0}은(는) {1}인데 출력은 {2}입니다. 출력 위치마다 오프셋이 있어야 합니다."},

	WantSides: {"a number of cells such as 1, one per dimension such as 1x2, or one per side such as 1+2x3+4", "1이나 차원마다 하나씩 1x2, 변마다 하나씩 1+2x3+4처럼 칸 수를"},
	WantReals: {"a decimal number such as 2, or one per dimension such as 2x0.5", "2 같은 수나 2x0.5처럼 차원마다 하나씩"},

	AxisChannels: {"channels", "채널"},

	FactorMultiplier: {"{0}: kernels per input channel.", "{0}: 입력 채널마다 있는 커널 수."},
	FactorEntry:      {"{0}: side of the input. The kernel is applied at every input position, so this affects the amount of computation, not the number of parameters.", "{0}: 입력의 한 변. 입력 위치마다 커널을 적용하므로 연산량에는 곱해지지만 파라미터 수에는 영향이 없습니다."},

	"kind.depthwise.doc":         {"Depthwise convolution: each channel has its own kernels, which are one channel deep.", "깊이별 합성곱(depthwise): 채널마다 자기 커널이 있으며, 커널의 깊이는 1입니다."},
	"kind.separable.doc":         {"Depthwise separable convolution: a depthwise convolution followed by a 1×1 convolution that mixes the channels.", "깊이별 분리 합성곱: 깊이별 합성곱 뒤에 채널을 섞는 1×1 합성곱이 옵니다."},
	"kind.convtranspose.doc":     {"Transposed convolution: trainable upsampling. Each input position adds a scaled kernel to a larger output.", "전치 합성곱: 학습 가능한 업샘플링. 입력 위치마다 커널을 곱해 더 큰 출력에 더합니다."},
	"kind.deformconv.doc":        {"Deformable convolution: samples the input at positions moved by offsets, which are its second path.", "변형 가능한 합성곱: 두 번째 경로인 오프셋만큼 옮긴 위치에서 입력을 읽습니다."},
	"kind.globalmaxpool.doc":     {"Global max pooling: keeps the largest value of each channel, so C×H×W becomes C×1×1.", "전역 최대 풀링: 채널마다 가장 큰 값을 남깁니다. C×H×W가 C×1×1이 됩니다."},
	"kind.adaptivemaxpool.doc":   {"Adaptive max pooling: keeps the largest values at a fixed output size, whatever the input size.", "적응형 최대 풀링: 입력 크기와 관계없이 정해진 출력 크기로 가장 큰 값을 남깁니다."},
	"kind.lppool.doc":            {"Lp pooling: takes the p-norm of each window. No parameters.", "Lp 풀링: 윈도마다 p-노름을 구합니다. 파라미터가 없습니다."},
	"kind.fractionalmaxpool.doc": {"Fractional max pooling: uses randomly placed windows, so the feature map can shrink by any ratio.", "분수 최대 풀링: 무작위로 놓은 윈도를 써서 특징 맵을 임의의 비율로 줄입니다."},
	"kind.upsample.doc":          {"Upsampling: enlarges the feature map by a factor or to a given size. No parameters.", "업샘플링: 특징 맵을 배율이나 지정한 크기에 맞춰 키웁니다. 파라미터가 없습니다."},
	"kind.pixelshuffle.doc":      {"Rearranges r² channels into r × r pixels.", "채널 r²개를 r × r 픽셀로 재배열합니다."},
	"kind.pixelunshuffle.doc":    {"Rearranges r × r pixels into r² channels.", "r × r 픽셀을 채널 r²개로 재배열합니다."},
	"kind.channelshuffle.doc":    {"Mixes the channels of the groups, so that each following group receives some of every group.", "그룹들의 채널을 섞어 다음 층의 그룹마다 모든 그룹의 채널이 골고루 들어가게 합니다."},
	"kind.pad.doc":               {"Padding: adds cells around the feature map.", "패딩: 특징 맵 둘레에 칸을 덧댑니다."},
	"kind.crop.doc":              {"Cropping: removes cells at the edges of the feature map.", "크롭: 특징 맵의 가장자리를 잘라 냅니다."},
	"kind.unfold.doc":            {"Turns every window into a column (im2col): C×H×W becomes C·k·k × positions.", "윈도마다 한 열로 펼칩니다(im2col). C×H×W가 C·k·k × 위치가 됩니다."},
	"kind.fold.doc":              {"Turns columns back into windows of a feature map (col2im), adding up where they overlap.", "열을 특징 맵의 윈도로 되돌립니다(col2im). 겹치는 곳은 더합니다."},

	"field.output_padding":   {"output padding", "출력 패딩"},
	"field.multiplier":       {"depth multiplier", "채널 배수"},
	"field.caffe":            {"Caffe rounding", "Caffe식 올림"},
	"field.norm_type":        {"norm", "노름"},
	"field.output_ratio":     {"ratio", "비율"},
	"field.scale_factor":     {"factor", "배율"},
	"field.interpolation":    {"interpolation", "보간"},
	"field.align_corners":    {"align corners", "모서리 맞춤"},
	"field.upscale_factor":   {"factor", "배율"},
	"field.downscale_factor": {"factor", "배율"},
	"field.sides":            {"cells", "칸 수"},
	"field.fill":             {"constant", "상수"},

	"field.output_padding.doc":   {"Cells added at the far edge of the output. With a stride, several input sizes have the same output size, and this selects one of them.", "출력 끝에 덧대는 칸 수. 스트라이드가 있으면 여러 입력 크기가 같은 출력 크기에 대응하므로 그중 하나를 정합니다."},
	"field.multiplier.doc":       {"Kernels per channel, so the number of output channels per input channel.", "채널마다 있는 커널 수이자, 입력 채널 하나에서 나오는 출력 채널 수입니다."},
	"field.caffe.doc":            {"Rounds up as Caffe does, which drops a last window that starts in the padding only if there is padding.", "Caffe처럼 올림합니다. 패딩이 있을 때만 패딩에서 시작하는 마지막 윈도를 버립니다."},
	"field.norm_type.doc":        {"The order p of the norm: 1 is the sum, 2 the Euclidean norm, and a large p approaches the maximum.", "노름의 차수 p. 1은 합, 2는 유클리드 노름이고 클수록 최댓값에 가까워집니다."},
	"field.output_ratio.doc":     {"The output size as a fraction of the input size, between 0 and 1.", "입력 크기에 대한 출력 크기의 비율. 0과 1 사이입니다."},
	"field.scale_factor.doc":     {"How many times larger the feature map becomes. The result is rounded down.", "특징 맵이 커지는 배율. 결과는 내림합니다."},
	"field.interpolation.doc":    {"The interpolation method. It does not affect the counts.", "보간 방법. 계산되는 수는 달라지지 않습니다."},
	"field.align_corners.doc":    {"Keeps the values at the corners. It does not affect the counts.", "모서리의 값을 그대로 둡니다. 계산되는 수는 달라지지 않습니다."},
	"field.upscale_factor.doc":   {"r: how many times height and width grow.", "r: 높이와 너비가 커지는 배율."},
	"field.downscale_factor.doc": {"r: how many times height and width shrink.", "r: 높이와 너비가 줄어드는 배율."},
	"field.sides.doc":            {"Cells on each side: 1 on all sides, 1x2 for height and width, 1+2x3+4 for top, bottom, left and right. With one more entry, the first is for the channels.", "변마다 덧대거나 잘라 낼 칸 수: 1은 모든 변, 1x2는 높이와 너비, 1+2x3+4는 위, 아래, 왼쪽, 오른쪽. 하나를 더 쓰면 첫 값은 채널입니다."},
	"field.fill.doc":             {"The value used for constant padding.", "상수 패딩에 쓰는 값."},
}
