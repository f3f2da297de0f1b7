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
	FactorIndex Key = "factor.index"
	FactorRowOf Key = "factor.row"
	FactorInner Key = "factor.inner"
)

// Names and explanations of the kinds that reshape, normalise and join.
var layersShape = map[Key]Text{
	WrongPaths:   {"{0} requires {1} path(s) but has {2}.", "{0}에는 경로가 {1}개 있어야 하는데 {2}개 있습니다."},
	NormMismatch: {"The normalized shape is {0}, but the input has {1} there.", "정규화할 모양은 {0}인데 입력의 그 부분은 {1}입니다."}, TwoOpenSizes: {"Only one size may be ?, but {0} has more.", "?는 한 번만 쓸 수 있는데 {0}에는 여러 번 있습니다."},
	ReshapeMismatch:  {"{0} cannot be reshaped to {1}: the number of elements must be the same.", "{0}을(를) {1}(으)로 바꿀 수 없습니다. 원소 수가 같아야 합니다."},
	NotAnOrder:       {"{0} is not a permutation of dimensions 1 to {1} of {2}. Each must appear exactly once (0 is the batch and stays first).", "{0}은(는) {2}의 차원 1부터 {1}까지를 다시 배열한 순서가 아닙니다. 각 차원을 한 번씩만 쓰세요(0은 배치이며 맨 앞에 남습니다)."},
	SqueezeUnknown:   {"Dimension {0} of {1} has an unknown size, so squeeze may or may not drop it.", "{1}의 차원 {0}은(는) 크기를 알 수 없어서 squeeze로 없어지는지 알 수 없습니다."},
	NoSuchPlace:      {"A dimension cannot be inserted at {0}. For {2} the positions are 1 to {1} (0 is the batch).", "{0}번 자리에는 차원을 넣을 수 없습니다. {2}에는 1번부터 {1}번 자리까지 넣을 수 있습니다(0은 배치)."},
	NothingLeft:      {"The slice is empty: dimension {0} of {1} has no elements from {2} up to {3}.", "잘라 낸 결과가 비어 있습니다. {1}의 차원 {0}에는 {2}부터 {3} 앞까지 원소가 없습니다."},
	NoSuchPart:       {"There is no part {0}. {2} is divided into {1} part(s), counted from 0.", "조각 {0}은(는) 없습니다. {2}은(는) 조각 {1}개로 나뉘고 번호는 0부터 셉니다."},
	NoSuchIndex:      {"There is no index {0} in dimension {1} of {2}. Indices count from 0, or from -1 backwards.", "{2}의 차원 {1}에는 인덱스 {0}이(가) 없습니다. 앞에서는 0부터, 뒤에서는 -1부터 셉니다."},
	RollMismatch:     {"Roll requires one shift per dimension, but there are {0} shift(s) for {1} dimension(s).", "roll에는 차원마다 이동 칸 수가 하나씩 있어야 하는데, 차원은 {1}개이고 이동 칸 수는 {0}개입니다."},
	NotEven:          {"Dimension {0} of {1} has an odd size and cannot be halved.", "{1}의 차원 {0}은(는) 크기가 홀수여서 반으로 나눌 수 없습니다."},
	NeedsVector:      {"This layer needs a one-dimensional input, but received {0}.", "이 층의 입력은 1차원이어야 하는데, {0}이(가) 들어왔습니다."},
	TableMismatch:    {"An embedding table has two sizes, rows × width, such as 50257x768, but {0} has {1}.", "임베딩 테이블의 크기는 50257x768처럼 행 × 너비의 두 값인데, {0}에는 {1}개 있습니다."},
	MatmulMismatch:   {"{0} and {1} cannot be multiplied as matrices. The inner sizes must be equal, and so must the sizes before the last two.", "{0}과(와) {1}은(는) 행렬로 곱할 수 없습니다. 안쪽 크기가 같아야 하고, 마지막 두 차원을 뺀 앞쪽 크기도 같아야 합니다."},
	BilinearMismatch: {"All sizes except the last must be equal, but path 1 is {0} and path 2 is {1}.", "마지막을 뺀 모든 크기가 같아야 합니다. 경로 1은 {0}, 경로 2는 {1}입니다."},
	OpaqueOutput:     {"The output shape of this layer is unknown, so the layers after it cannot be counted. Set it with out=, such as out=64x56x56.", "이 층의 출력 모양을 알 수 없어 뒤의 층을 셀 수 없습니다. out=64x56x56처럼 지정하세요."},

	WantWholes:  {"whole numbers such as 2x3x1", "2x3x1처럼 정수를"},
	WantWord:    {"a name of letters, digits and _ - . /, such as ai.onnx.NonMaxSuppression", "ai.onnx.NonMaxSuppression처럼 글자, 숫자, _ - . / 로 된 이름을"},
	WantTensors: {"tensor shapes such as 64x3x7x7,64, or none", "64x3x7x7,64 같은 텐서 모양을(없으면 none)"},

	FactorInner: {"{0}: inner size. Each output is the sum of this many products.", "{0}: 안쪽 크기. 출력마다 이만큼의 곱을 더합니다."},
	FactorIndex: {"{0}: rows, one for each index.", "{0}: 행의 수. 번호마다 하나씩입니다."},
	FactorRowOf: {"{0}: numbers in each row.", "{0}: 행 하나에 있는 수의 개수."},
	FactorSide:  {"{0}: side of a tensor that belongs to this layer.", "{0}: 이 층에 속한 텐서의 한 변."},

	"group.table": {"embeddings, tensors", "임베딩과 텐서"},
	"group.other": {"unknown", "알 수 없는 층"},

	"kind.param.doc":           {"A trainable tensor, such as a class token or position embeddings.", "학습 가능한 텐서: 클래스 토큰, 위치 임베딩 등."},
	"kind.buffer.doc":          {"A tensor that is stored but not trained.", "저장되지만 학습하지 않는 텐서."},
	"kind.layernorm.doc":       {"Layer normalization: normalizes each sample over its last dimensions, then scales and shifts each element.", "층 정규화: 표본마다 마지막 차원에 대해 정규화한 뒤 원소별로 스케일하고 이동합니다."},
	"kind.groupnorm.doc":       {"Group normalization: normalizes groups of channels separately, then scales and shifts each channel.", "그룹 정규화: 채널을 그룹으로 나누어 따로 정규화한 뒤 채널마다 스케일하고 이동합니다."},
	"kind.rmsnorm.doc":         {"RMS normalization: divides by the root mean square, then scales each element.", "RMS 정규화: 제곱평균제곱근으로 나눈 뒤 원소별로 스케일합니다."},
	"kind.layerscale.doc":      {"Multiplies each feature by a trainable number.", "특징마다 학습 가능한 수를 하나씩 곱합니다."},
	"kind.scale.doc":           {"Multiplies all values by one constant. No parameters.", "모든 값에 같은 상수를 곱합니다. 파라미터가 없습니다."},
	"kind.spatialdropout.doc":  {"Dropout of whole channels during training.", "학습 중에 채널을 통째로 0으로 만드는 드롭아웃."},
	"kind.alphadropout.doc":    {"Dropout that preserves mean and variance, for use with SELU.", "평균과 분산을 유지하는 드롭아웃. SELU와 함께 씁니다."},
	"kind.gaussiandropout.doc": {"Multiplies by random noise during training.", "학습 중에 무작위 잡음을 곱하는 드롭아웃."},
	"kind.gaussiannoise.doc":   {"Adds random noise during training.", "학습 중에 무작위 잡음을 더합니다."},
	"kind.stochasticdepth.doc": {"Randomly skips the whole residual path during training.", "학습 중에 잔차 경로를 무작위로 통째로 건너뜁니다."},
	"kind.instancenorm.doc":    {"Instance normalization: normalizes each channel of each sample separately.", "인스턴스 정규화: 표본마다, 채널마다 따로 정규화합니다."},
	"kind.softmin.doc":         {"Softmin: turns scores into probabilities that sum to 1, the smallest score first.", "소프트민: 점수를 합이 1인 확률로 바꾸되, 점수가 작을수록 확률이 큽니다."},
	"kind.exp.doc":             {"The exponential function.", "지수 함수."},
	"kind.glu.doc":             {"Gated linear unit: splits a dimension in half and multiplies one half by the sigmoid of the other.", "GLU: 한 차원을 반으로 나누어 한쪽에 다른 쪽의 시그모이드를 곱합니다."},
	"kind.embedding.doc":       {"Embedding: looks up a row of its table for each index, rows × width trainable parameters.", "임베딩: 인덱스마다 테이블에서 한 행을 찾습니다. 학습 가능한 파라미터는 행 × 너비 개입니다."},
	"kind.embeddingbag.doc":    {"Looks up a row for each index and combines all rows into one.", "인덱스마다 찾은 행들을 하나로 합치는 임베딩."},
	"kind.reshape.doc":         {"Rearranges the elements of a sample into another shape.", "표본의 원소를 다른 모양으로 다시 배열합니다."},
	"kind.unflatten.doc":       {"Splits one dimension into several.", "한 차원을 여러 차원으로 나눕니다."},
	"kind.permute.doc":         {"Reorders the dimensions: 2x3x1 moves the channels last.", "차원의 순서를 바꿉니다. 2x3x1은 채널을 맨 뒤로 보냅니다."},
	"kind.squeeze.doc":         {"Drops dimensions of size 1.", "크기가 1인 차원을 없앱니다."},
	"kind.unsqueeze.doc":       {"Inserts a dimension of size 1.", "크기가 1인 차원을 추가합니다."},
	"kind.slice.doc":           {"Selects a range of a dimension.", "한 차원에서 일부 범위를 가져옵니다."},
	"kind.chunk.doc":           {"Divides a dimension into equal parts and selects one of them.", "한 차원을 같은 크기로 나눈 조각 중 하나를 가져옵니다."},
	"kind.select.doc":          {"Selects one index of a dimension, which is then dropped, such as the class token.", "한 차원에서 인덱스 하나만 가져오고 그 차원을 없앱니다. 클래스 토큰을 고를 때 씁니다."},
	"kind.roll.doc":            {"Shifts the elements along dimensions; those shifted out re-enter at the other end.", "차원을 따라 원소를 이동합니다. 밀려난 원소는 반대쪽 끝으로 들어옵니다."},
	"kind.mean.doc":            {"Averages over dimensions.", "지정한 차원에 대해 평균을 냅니다."},
	"kind.sum.doc":             {"Sums over dimensions.", "지정한 차원에 대해 합을 구합니다."},
	"kind.amax.doc":            {"Takes the maximum over dimensions.", "지정한 차원에 대해 최댓값을 구합니다."},
	"kind.repeatvector.doc":    {"Repeats a vector several times along a new dimension.", "벡터 하나를 여러 번 복사해 쌓습니다."},
	"kind.matmul.doc":          {"Multiplies its two paths as matrices.", "두 경로를 행렬로 곱합니다."},
	"kind.bilinear.doc":        {"Bilinear layer: every output has a weight for every pair of inputs, one from each path.", "쌍선형층: 두 경로에서 하나씩 고른 모든 입력 쌍에 대해 출력마다 가중치가 있습니다."},
	"kind.cosine.doc":          {"The cosine similarity of its two paths.", "두 경로의 코사인 유사도."},
	"kind.opaque.doc":          {"A layer that paramstack does not know, with what is known about it.", "paramstack이 모르는 층. 알려진 정보만 적습니다."},
	"kind.mul.doc":             {"Multiplies its paths element by element, as in squeeze-and-excitation and gates.", "경로들을 원소별로 곱합니다. squeeze-and-excitation이나 게이트에 씁니다."},
	"kind.sub.doc":             {"Subtracts the second path from the first.", "첫 번째 경로에서 두 번째 경로를 뺍니다."},
	"kind.max.doc":             {"Keeps the largest of its paths, element by element.", "경로들 중 큰 값을 원소별로 남깁니다."},
	"kind.min.doc":             {"Keeps the smallest of its paths, element by element.", "경로들 중 작은 값을 원소별로 남깁니다."},
	"kind.average.doc":         {"Averages its paths element by element.", "경로들을 원소별로 평균 냅니다."},
	"kind.side.doc":            {"Continues with the first path; the others are separate outputs, such as auxiliary classifiers.", "첫 번째 경로가 다음 층으로 이어집니다. 나머지는 보조 분류기 같은 별도의 출력입니다."},
	"kind.from.doc":            {"Continues from a labelled layer, such as from @conv1.", "이름을 붙인 층에서 이어 갑니다. 예: from @conv1."},

	"field.normalized":  {"normalized shape", "정규화 모양"},
	"field.over":        {"over", "정규화 대상"},
	"field.region":      {"region", "범위"},
	"field.scale":       {"scale", "스케일"},
	"field.factor":      {"factor", "곱할 상수"},
	"field.counted":     {"counted", "포함 여부"},
	"field.sizes":       {"sizes", "크기"},
	"field.dims":        {"dimensions", "차원"},
	"field.from":        {"from", "시작"},
	"field.to":          {"to", "끝"},
	"field.step":        {"step", "간격"},
	"field.chunks":      {"parts", "조각 수"},
	"field.part":        {"part", "조각"},
	"field.index":       {"index", "인덱스"},
	"field.shifts":      {"shifts", "이동 칸 수"},
	"field.keepdim":     {"keep dimensions", "차원 남기기"},
	"field.copies":      {"copies", "복사 횟수"},
	"field.table":       {"table", "테이블"},
	"field.transpose":   {"transpose second", "두 번째 전치"},
	"field.each":        {"per position", "위치마다"},
	"field.shared_axes": {"shared dimensions", "공유하는 차원"},
	"field.type":        {"type", "종류"},
	"field.weights":     {"weights", "가중치"},
	"field.buffers":     {"buffers", "버퍼"},
	"field.out":         {"output", "출력"},
	"field.macs":        {"MACs", "MAC"},
	"field.keeps":       {"keeps the shape", "모양 유지"},
	"field.stddev":      {"standard deviation", "표준편차"},

	"field.normalized.doc":  {"The sizes of the last dimensions to normalize over; the last dimension by default.", "정규화할 마지막 차원들의 크기. 쓰지 않으면 마지막 차원 하나입니다."},
	"field.over.doc":        {"last: the last dimension. channels: the channels of a feature map, which come first.", "last는 마지막 차원, channels는 맨 앞에 있는 특징 맵의 채널."},
	"field.region.doc":      {"across: neighbouring channels. within: neighbouring positions of the same channel, available in Caffe.", "across는 이웃 채널, within은 같은 채널의 이웃 위치(Caffe에서 지원)."},
	"field.scale.doc":       {"Learns a scale γ.", "스케일 γ를 학습합니다."},
	"field.factor.doc":      {"The constant by which all values are multiplied.", "모든 값에 곱하는 상수."},
	"field.counted.doc":     {"Whether the paths after the first are counted.", "두 번째 이후의 경로를 세는지 여부."},
	"field.sizes.doc":       {"The output sizes; ? for the one that follows from the others.", "출력 크기. 나머지로부터 정해지는 크기는 ?로 씁니다."},
	"field.dims.doc":        {"Dimensions in PyTorch’s numbering, such as 2x3: 0 is the batch, 1 the channels, -1 the last.", "PyTorch 방식의 차원 번호. 예: 2x3. 0은 배치, 1은 채널, -1은 마지막 차원입니다."},
	"field.from.doc":        {"The first index, counted from 0; -1 is the last.", "첫 인덱스. 0부터 세고 -1은 마지막입니다."},
	"field.to.doc":          {"The index before which the range ends; 0 means up to the end.", "범위가 끝나는 인덱스(포함하지 않음). 0이면 끝까지입니다."},
	"field.step.doc":        {"Takes every n-th element.", "n번째 원소마다 하나씩 가져옵니다."},
	"field.chunks.doc":      {"The number of parts.", "나눌 조각의 수."},
	"field.part.doc":        {"The part to select, counted from 0.", "가져올 조각의 번호. 0부터 셉니다."},
	"field.index.doc":       {"The index to select, counted from 0; -1 is the last.", "가져올 인덱스. 0부터 세고 -1은 마지막입니다."},
	"field.shifts.doc":      {"How far to shift, one number per dimension.", "이동할 칸 수. 차원마다 하나씩 씁니다."},
	"field.keepdim.doc":     {"Keeps each reduced dimension with size 1.", "줄어든 차원을 크기 1로 남깁니다."},
	"field.copies.doc":      {"The number of copies.", "복사 횟수."},
	"field.table.doc":       {"Rows × width: the number of indices, and the features of each.", "행 × 너비: 인덱스의 수와 인덱스마다 있는 특징 수."},
	"field.transpose.doc":   {"Transposes the last two dimensions of the second path first, as in Q·Kᵀ.", "Q·Kᵀ처럼 두 번째 경로의 마지막 두 차원을 먼저 전치합니다."},
	"field.each.doc":        {"Learns a slope for each position of each channel, as in Keras.", "Keras처럼 채널의 위치마다 기울기를 학습합니다."},
	"field.shared_axes.doc": {"Like per position, but slopes are shared along these dimensions: 2x3 for a feature map.", "위치마다 기울기를 두되 이 차원에서는 공유합니다. 특징 맵이면 2x3입니다."},
	"field.type.doc":        {"The name of the layer in the tool it comes from.", "원래 도구에서 쓰는 층의 이름."},
	"field.weights.doc":     {"The shapes of its trainable tensors, such as 64x3x7x7,64; none if it has none.", "학습 가능한 텐서의 모양. 예: 64x3x7x7,64. 없으면 none."},
	"field.buffers.doc":     {"The shapes of tensors that are stored but not trained.", "저장되지만 학습하지 않는 텐서의 모양."},
	"field.out.doc":         {"The output shape.", "출력 모양."},
	"field.keeps.doc":       {"The output has the shape of the first input, whatever that is.", "출력 모양이 첫 번째 입력의 모양과 같습니다."},
	"field.macs.doc":        {"Multiply-accumulates for one sample; -1 if unknown.", "표본 하나의 곱셈-누산(MAC) 수. 알 수 없으면 -1."},
	"field.stddev.doc":      {"The strength of the noise.", "잡음의 세기."},
}
