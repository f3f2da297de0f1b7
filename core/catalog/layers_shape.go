package catalog

// What can be wrong with a layer that reshapes, normalises or joins.
const (
	WrongPaths       Key = "wrong-paths"
	NormMismatch     Key = "norm-mismatch"
	TwoOpenSizes     Key = "two-open-sizes"
	ReshapeMismatch  Key = "reshape-mismatch"
	NotAnOrder       Key = "not-an-order"
	SqueezeUnknown   Key = "squeeze-unknown"
	NoSuchPlace      Key = "no-such-place"
	NothingLeft      Key = "nothing-left"
	NoSuchPart       Key = "no-such-part"
	NoSuchIndex      Key = "no-such-index"
	RollMismatch     Key = "roll-mismatch"
	NotEven          Key = "not-even"
	NeedsVector      Key = "needs-vector"
	TableMismatch    Key = "table-mismatch"
	MatmulMismatch   Key = "matmul-mismatch"
	BilinearMismatch Key = "bilinear-mismatch"
	OpaqueOutput     Key = "opaque-output"

	WantWholes  Key = "want.wholes"
	WantWord    Key = "want.word"
	WantTensors Key = "want.tensors"

	FactorSide  Key = "factor.side"
	FactorInner Key = "factor.inner"
)

// Names and explanations of the kinds that reshape, normalise and join.
var layersShape = map[Key]Text{
	WrongPaths:   {"{0} needs {1} path(s), not {2}.", "{0}에는 갈래가 {1}개 필요한데 {2}개입니다."},
	NormMismatch: {"It normalises over {0}, but what it receives there is {1}.", "{0} 위에서 정규화하는데, 그 자리에서 받은 것은 {1}입니다."}, TwoOpenSizes: {"Only one size can be left open; {0} leaves more.", "열어 둘 수 있는 크기는 하나뿐인데 {0}에는 더 있습니다."},
	ReshapeMismatch:  {"{0} cannot be laid out as {1}: both must hold the same number of elements.", "{0}을(를) {1}(으)로 놓을 수 없습니다. 원소의 수가 같아야 합니다."},
	NotAnOrder:       {"{0} is not an order of the dimensions 1 to {1} of {2}: each must stand in it once (0 is the batch and stays first).", "{0}은(는) {2}의 차원 1에서 {1}까지의 순서가 아닙니다. 저마다 한 번씩 쓰세요(0은 배치이고 맨 앞에 남습니다)."},
	SqueezeUnknown:   {"The size of dimension {0} of {1} is not known, so it cannot be told whether it is dropped.", "{1}의 차원 {0}의 크기를 몰라서 없어지는지 알 수 없습니다."},
	NoSuchPlace:      {"A dimension cannot be put in at {0}: {2} leaves the places 1 to {1} (0 is the batch).", "{0} 자리에는 차원을 끼울 수 없습니다. {2}의 자리는 1에서 {1}까지입니다(0은 배치)."},
	NothingLeft:      {"Nothing is left: dimension {0} of {1} has no entry from {2} to before {3}.", "남는 것이 없습니다. {1}의 차원 {0}에는 {2}부터 {3} 앞까지 원소가 없습니다."},
	NoSuchPart:       {"There is no part {0}: {2} makes {1} part(s), counted from 0.", "{0}번째 몫이 없습니다. {2}은(는) {1}개로 나뉘고 0부터 셉니다."},
	NoSuchIndex:      {"There is no entry {0}: dimension {1} of {2} has entries counted from 0, or back from -1.", "{0}번째 원소가 없습니다. {2}의 차원 {1}은(는) 0부터, 뒤에서는 -1부터 셉니다."},
	RollMismatch:     {"Roll needs a shift for each dimension: {0} shift(s) for {1} dimension(s).", "차원마다 옮길 칸이 하나씩 필요한데 옮김 {0}개에 차원이 {1}개입니다."},
	NotEven:          {"Dimension {0} of {1} cannot be halved.", "{1}의 차원 {0}을(를) 반으로 나눌 수 없습니다."},
	NeedsVector:      {"This layer needs a sample of one dimension; it receives {0}.", "이 층에는 1차원 표본이 필요한데 받은 것은 {0}입니다."},
	TableMismatch:    {"An embedding needs its table as rows × width, such as 50257x768; {0} has {1} size(s).", "임베딩에는 50257x768처럼 행 × 너비의 표가 필요한데 {0}에는 크기가 {1}개입니다."},
	MatmulMismatch:   {"{0} and {1} cannot be multiplied as matrices: the inner sizes must be equal, and those before the last two as well.", "{0}과(와) {1}은(는) 행렬로 곱할 수 없습니다. 안쪽 크기가 같아야 하고, 마지막 둘 앞의 크기도 같아야 합니다."},
	BilinearMismatch: {"All sizes but the last must be equal: path 1 gives {0}, path 2 gives {1}.", "마지막을 뺀 크기가 모두 같아야 합니다. 1번 갈래는 {0}, 2번 갈래는 {1}입니다."},
	OpaqueOutput:     {"What this layer gives is not known, so what follows cannot be counted: say it with out=, such as out=64x56x56.", "이 층의 출력 모양을 몰라 뒤를 셀 수 없습니다. out=64x56x56처럼 적어 주세요."},

	WantWholes:  {"whole numbers such as 2x3x1", "2x3x1처럼 정수를"},
	WantWord:    {"a name of letters, digits and _ - . /, such as ai.onnx.NonMaxSuppression", "ai.onnx.NonMaxSuppression처럼 문자, 숫자, _ - . / 로 된 이름을"},
	WantTensors: {"the shapes of tensors such as 64x3x7x7,64, or none", "64x3x7x7,64처럼 텐서들의 모양을, 없으면 none을"},

	FactorInner: {"{0}: the inner size: each output is a sum over so many products.", "{0}: 안쪽 크기. 출력마다 이만큼의 곱을 더합니다."},
	FactorSide:  {"{0}: a side of the tensor that this layer itself holds.", "{0}: 이 층이 스스로 지닌 텐서의 한 변."},

	"group.table": {"embeddings and free tensors", "임베딩과 텐서"},
	"group.other": {"unknown", "모르는 층"},

	"kind.param.doc":           {"A free tensor that is learned: a class token, a table of positions.", "배우는 텐서 그 자체: 클래스 토큰, 위치 표."},
	"kind.buffer.doc":          {"A free tensor that is stored but not learned.", "저장만 하고 배우지 않는 텐서."},
	"kind.layernorm.doc":       {"Normalises each sample over its last dimension, then scales and shifts every entry.", "표본마다 마지막 차원 위에서 정규화한 뒤 자리마다 늘이고 옮깁니다."},
	"kind.groupnorm.doc":       {"Normalises groups of channels by themselves, then scales and shifts each channel.", "채널을 무리로 나누어 따로 정규화한 뒤 채널마다 늘이고 옮깁니다."},
	"kind.rmsnorm.doc":         {"Divides by the root mean square, then scales every entry.", "제곱평균제곱근으로 나눈 뒤 자리마다 늘입니다."},
	"kind.layerscale.doc":      {"Multiplies every feature by one learned number.", "특징마다 배운 수 하나를 곱합니다."},
	"kind.scale.doc":           {"Multiplies everything by one constant. Learns nothing.", "모든 값에 상수 하나를 곱합니다. 배우는 것이 없습니다."},
	"kind.spatialdropout.doc":  {"Drops whole channels at random while training.", "학습 중 채널을 통째로 무작위로 버립니다."},
	"kind.alphadropout.doc":    {"A dropout that keeps mean and variance, for SELU.", "평균과 분산을 지키는 드롭아웃, SELU용."},
	"kind.gaussiandropout.doc": {"Multiplies by random noise while training.", "학습 중 무작위 잡음을 곱합니다."},
	"kind.gaussiannoise.doc":   {"Adds random noise while training.", "학습 중 무작위 잡음을 더합니다."},
	"kind.stochasticdepth.doc": {"Skips the whole residual path at random while training.", "학습 중 잔차 갈래를 통째로 무작위로 건너뜁니다."},
	"kind.instancenorm.doc":    {"Normalises each channel of each sample by itself.", "표본마다 채널마다 따로 정규화합니다."},
	"kind.softmin.doc":         {"Turns scores into shares that sum to one, the smallest first.", "점수를 합이 1인 비율로 바꾸되 작을수록 크게 합니다."},
	"kind.exp.doc":             {"The exponential function.", "지수 함수."},
	"kind.glu.doc":             {"Halves a dimension: one half, gated by the sigmoid of the other.", "한 차원을 반으로 나누어, 한쪽에 다른 쪽의 sigmoid를 곱합니다."},
	"kind.embedding.doc":       {"Looks up a row of its table for each index: rows × width learned numbers.", "번호마다 표에서 한 행을 찾습니다: 행 × 너비 개의 수를 배웁니다."},
	"kind.embeddingbag.doc":    {"Looks up a row for each index and gathers all into one.", "번호마다 행을 찾아 하나로 모읍니다."},
	"kind.reshape.doc":         {"Lays the elements of the sample out in other sizes.", "표본의 원소를 다른 크기로 놓습니다."},
	"kind.unflatten.doc":       {"Divides one dimension into several.", "한 차원을 여럿으로 나눕니다."},
	"kind.permute.doc":         {"Puts the dimensions in another order: 2x3x1 brings the channels last.", "차원의 순서를 바꿉니다: 2x3x1은 채널을 맨 뒤로 보냅니다."},
	"kind.squeeze.doc":         {"Drops dimensions of size 1.", "크기가 1인 차원을 없앱니다."},
	"kind.unsqueeze.doc":       {"Puts in a dimension of size 1.", "크기가 1인 차원을 끼웁니다."},
	"kind.slice.doc":           {"Takes a part of a dimension: from … to before ….", "한 차원의 일부를 가져옵니다: …부터 … 앞까지."},
	"kind.chunk.doc":           {"Divides a dimension into equal parts and takes one of them.", "한 차원을 같은 몫으로 나누어 그중 하나를 가져옵니다."},
	"kind.select.doc":          {"Takes one entry of a dimension, which goes away: the class token.", "한 차원에서 원소 하나만 가져오고 그 차원을 없앱니다: 클래스 토큰."},
	"kind.roll.doc":            {"Shifts the entries along dimensions; what falls off comes in at the other end.", "차원을 따라 원소를 옮깁니다. 밀려난 것은 반대쪽으로 들어옵니다."},
	"kind.mean.doc":            {"Averages over dimensions.", "차원들 위에서 평균을 냅니다."},
	"kind.sum.doc":             {"Sums over dimensions.", "차원들 위에서 더합니다."},
	"kind.amax.doc":            {"Keeps the largest value over dimensions.", "차원들 위에서 가장 큰 값을 남깁니다."},
	"kind.repeatvector.doc":    {"Lays several copies of a vector below one another.", "벡터 하나를 여러 벌 쌓습니다."},
	"kind.matmul.doc":          {"Multiplies its two paths as matrices.", "두 갈래를 행렬로 곱합니다."},
	"kind.bilinear.doc":        {"Every output weighs every pair of inputs, one of each path.", "출력마다 두 갈래에서 하나씩 고른 모든 입력 쌍에 가중치를 둡니다."},
	"kind.cosine.doc":          {"The cosine of the angle between its two paths.", "두 갈래 사이 각도의 코사인."},
	"kind.opaque.doc":          {"A layer paramstack does not know, with what is told of it.", "paramstack이 모르는 층. 알려진 것만 적습니다."},
	"kind.mul.doc":             {"Multiplies its paths, value by value: squeeze-and-excitation, gates.", "갈래들을 값끼리 곱합니다: squeeze-and-excitation, 게이트."},
	"kind.sub.doc":             {"Subtracts its second path from the first.", "첫 갈래에서 둘째 갈래를 뺍니다."},
	"kind.max.doc":             {"Keeps the larger of its paths, value by value.", "갈래들에서 값마다 큰 쪽을 남깁니다."},
	"kind.min.doc":             {"Keeps the smaller of its paths, value by value.", "갈래들에서 값마다 작은 쪽을 남깁니다."},
	"kind.average.doc":         {"Averages its paths, value by value.", "갈래들을 값끼리 평균합니다."},
	"kind.side.doc":            {"Goes on with its first path; the others are outputs of their own, such as auxiliary classifiers.", "첫 갈래로 이어 갑니다. 나머지는 보조 분류기 같은 따로의 출력입니다."},
	"kind.from.doc":            {"Goes on from a label: from @conv1.", "이름 붙인 곳에서 이어 갑니다: from @conv1."},

	"field.normalized":  {"normalised shape", "정규화 모양"},
	"field.over":        {"over", "대상"},
	"field.region":      {"region", "범위"},
	"field.scale":       {"scale", "늘임"},
	"field.factor":      {"factor", "곱하는 수"},
	"field.counted":     {"counted", "세기"},
	"field.sizes":       {"sizes", "크기"},
	"field.dims":        {"dimensions", "차원들"},
	"field.from":        {"from", "부터"},
	"field.to":          {"to", "까지"},
	"field.step":        {"step", "간격"},
	"field.chunks":      {"parts", "나눌 수"},
	"field.part":        {"part", "몫"},
	"field.index":       {"index", "번호"},
	"field.shifts":      {"shifts", "옮김"},
	"field.keepdim":     {"keep dimensions", "차원 남기기"},
	"field.copies":      {"copies", "벌 수"},
	"field.table":       {"table", "표"},
	"field.transpose":   {"transpose second", "둘째 뒤집기"},
	"field.each":        {"for each position", "위치마다"},
	"field.shared_axes": {"shared dimensions", "함께 쓰는 차원"},
	"field.type":        {"type", "종류"},
	"field.weights":     {"weights", "가중치"},
	"field.buffers":     {"buffers", "버퍼"},
	"field.out":         {"output", "출력"},
	"field.macs":        {"MACs", "MAC 수"},
	"field.stddev":      {"standard deviation", "표준편차"},

	"field.normalized.doc":  {"The last sizes of the sample, over which it normalises; left out: the last one.", "정규화할 마지막 크기들. 쓰지 않으면 마지막 하나."},
	"field.over.doc":        {"last: the last dimension. channels: the channels of a map, which stand first.", "last는 마지막 차원, channels는 앞에 놓인 맵의 채널."},
	"field.region.doc":      {"across: neighbouring channels. within: neighbouring positions of the same channel, as Caffe can.", "across는 이웃 채널들, within은 같은 채널의 이웃 자리들(Caffe)."},
	"field.scale.doc":       {"Learn a scale γ.", "늘임 γ를 배웁니다."},
	"field.factor.doc":      {"The constant that every value is multiplied by.", "모든 값에 곱하는 상수."},
	"field.counted.doc":     {"Whether the paths behind the first are counted.", "첫 갈래 뒤의 갈래들을 세는지."},
	"field.sizes.doc":       {"The sizes that come out; ? for the one that follows from the others.", "나오는 크기들. 나머지에서 정해지는 것은 ?로."},
	"field.dims.doc":        {"Dimensions in PyTorch's numbering, such as 2x3: 0 is the batch, 1 the channels, -1 the last.", "PyTorch식 차원 번호, 예: 2x3. 0은 배치, 1은 채널, -1은 마지막."},
	"field.from.doc":        {"The first entry, counted from 0; -1 is the last.", "첫 원소. 0부터 세고 -1은 마지막."},
	"field.to.doc":          {"Before which entry it ends; 0 is behind the last.", "이 원소 앞에서 끝납니다. 0이면 끝까지."},
	"field.step.doc":        {"Take every so-manieth entry.", "몇 개마다 하나씩 가져올지."},
	"field.chunks.doc":      {"Into how many parts it is divided.", "몇 몫으로 나눌지."},
	"field.part.doc":        {"Which part, counted from 0.", "몇 번째 몫인지. 0부터 셉니다."},
	"field.index.doc":       {"Which entry, counted from 0; -1 is the last.", "몇 번째 원소인지. 0부터 세고 -1은 마지막."},
	"field.shifts.doc":      {"By how many entries, one number for each dimension.", "몇 칸 옮길지, 차원마다 하나."},
	"field.keepdim.doc":     {"Leave a size of 1 where a dimension was.", "없어진 차원 자리에 1을 남깁니다."},
	"field.copies.doc":      {"How many copies.", "몇 벌인지."},
	"field.table.doc":       {"Rows × width: how many indices there are, and how many features each has.", "행 × 너비: 번호의 수와 번호마다의 특징 수."},
	"field.transpose.doc":   {"Swap the last two dimensions of the second path first, as in Q·Kᵀ.", "Q·Kᵀ처럼 둘째 갈래의 마지막 두 차원을 먼저 바꿉니다."},
	"field.each.doc":        {"A slope for each position of each channel, as in Keras.", "Keras처럼 채널의 위치마다 기울기를 둡니다."},
	"field.shared_axes.doc": {"As for each position, but with one slope along these dimensions: 2x3 for a map.", "위치마다 두되 이 차원들에서는 하나를 함께 씁니다: 맵이라면 2x3."},
	"field.type.doc":        {"What the layer is called where it comes from.", "온 곳에서 부르는 이름."},
	"field.weights.doc":     {"The shapes of its learned tensors, such as 64x3x7x7,64; none if it has none.", "배우는 텐서들의 모양, 예: 64x3x7x7,64. 없으면 none."},
	"field.buffers.doc":     {"The shapes of tensors it stores without learning them.", "배우지 않고 저장만 하는 텐서들의 모양."},
	"field.out.doc":         {"The shape that comes out.", "나오는 모양."},
	"field.macs.doc":        {"Multiply-accumulates for one sample; -1 if they cannot be told.", "표본 하나의 곱셈-누산 수. 알 수 없으면 -1."},
	"field.stddev.doc":      {"How strong the noise is.", "잡음의 세기."},
}
