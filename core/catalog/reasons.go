package catalog

// Why a block has the number of parameters that it has: what core/derive writes, for
// the derivation and for the page.
const (
	CmdExplain Key = "cmd.explain"
	ReasonsOf  Key = "reasons.of"

	DeriveAnd        Key = "derive.and" // joins the last two of a list
	DeriveComma      Key = "derive.comma"
	DeriveShared     Key = "derive.shared"
	DeriveSharedPart Key = "derive.shared-part"
	DeriveFrozen     Key = "derive.frozen"

	DeriveRepeat       Key = "derive.repeat"
	DeriveRepeatShared Key = "derive.repeat-shared"
	DeriveRepeatDiffer Key = "derive.repeat-differ"

	ReasonConcat      Key = "reason.concat"
	ReasonKernel1     Key = "reason.kernel-1"
	ReasonDilation    Key = "reason.dilation"
	ReasonGroups      Key = "reason.groups"
	ReasonDepthwise   Key = "reason.depthwise"
	ReasonSeparable   Key = "reason.separable"
	ReasonStride      Key = "reason.stride"
	ReasonPositions   Key = "reason.positions"
	ReasonEntries     Key = "reason.entries"
	ReasonOnePosition Key = "reason.one-position"
	ReasonNoBias      Key = "reason.no-bias"
	ReasonNoBiasNorm  Key = "reason.no-bias-norm"
	ReasonNoBiases    Key = "reason.no-biases"
	ReasonMap         Key = "reason.map"
	ReasonPooled      Key = "reason.pooled"
	ReasonRows        Key = "reason.rows"
	ReasonShare       Key = "reason.share"

	ReasonLayers     Key = "reason.layers"
	ReasonDirections Key = "reason.directions"
	ReasonSteps      Key = "reason.steps"
	ReasonTwoBiases  Key = "reason.two-biases"
	ReasonResetAfter Key = "reason.reset-after"
	ReasonFour       Key = "reason.four"
	ReasonHeads      Key = "reason.heads"
	ReasonKeyHeads   Key = "reason.key-heads"
	ReasonLength     Key = "reason.length"

	ReasonScaleShift Key = "reason.scale-shift"
	ReasonSamePlaces Key = "reason.same-places"
	ReasonKept       Key = "reason.kept"
	ReasonNotKept    Key = "reason.not-kept"
	ReasonTable      Key = "reason.table"

	TensorEach       Key = "tensor.each"
	ReasonSum        Key = "reason.sum"
	ReasonPaths      Key = "reason.paths"
	ReasonFrozenPart Key = "reason.frozen-part"
)

// Reason returns the key of what is to be said of a kind of layer alone.
func Reason(kind string) Key { return Key("reason.of." + kind) }

// ReasonNone returns the key of why layers of a group have no parameters.
func ReasonNone(group string) Key { return Key("reason.none." + group) }

// TensorRole returns the key of what a tensor is for, which layers of a group declare.
func TensorRole(group, name string) Key { return Key("tensor." + group + "." + name) }

// random is said of all layers that change values by chance.
var random = Text{"No parameters: values are changed at random during training, by a probability that is set, not learned.", "파라미터가 없습니다. 학습 중에 값을 무작위로 바꾸며, 그 확률은 학습하지 않고 정해 둡니다."}

var reasons = map[Key]Text{
	CmdExplain: {"Why this number?", "왜 이 숫자인가요?"},
	ReasonsOf:  {"Why {0} has its number", "{0}의 수는 이렇게 나옵니다"},

	DeriveAnd:        {"{0} and {1}", "{0}과(와) {1}"},
	DeriveComma:      {"{0}, {1}", "{0}, {1}"},
	DeriveShared:     {"Parameters: none of its own. It uses the weights of {0}, which are counted there.", "파라미터: 따로 없습니다. {0}의 가중치를 공유하며, 거기서 셉니다."},
	DeriveSharedPart: {"Some of its weights are those of {0}, which are counted there. The others:", "가중치 일부는 {0}의 것을 공유하며, 거기서 셉니다. 나머지:"},
	DeriveFrozen:     {"Frozen: these parameters are counted, but training does not change them.", "동결된 층: 파라미터 수에 들어가지만 학습해도 값이 바뀌지 않습니다."},

	DeriveRepeat:       {"The contents are repeated {0} times. Each repetition has its own weights and receives the output of the one before. They are described once and counted {0} times.", "같은 부분을 {0}번 반복합니다. 반복마다 가중치가 따로 있고, 바로 앞 반복의 출력을 입력으로 받습니다. 풀이는 한 번만 적고 {0}번 셉니다."},
	DeriveRepeatShared: {"The contents are repeated {0} times with the same weights, which are counted once.", "같은 부분을 같은 가중치로 {0}번 반복합니다. 가중치는 한 번만 셉니다."},
	DeriveRepeatDiffer: {"{0} repetitions, each of which receives the output of the one before. Identical repetitions are described once.", "{0}번 반복하며, 각 반복은 바로 앞 반복의 출력을 입력으로 받습니다. 동일한 반복은 한 번만 풀이합니다."},

	// Convolutions.
	ReasonConcat:      {"{0} concatenates its paths, so it outputs the sum of their channels: {1}.", "{0}은(는) 경로들을 이어 붙이므로 출력 채널 수는 경로들의 채널 수를 더한 값입니다: {1}."},
	ReasonKernel1:     {"A {0} kernel sees one position at a time. It only combines the {1} channels of that position into {2} new ones, like a fully connected layer applied everywhere.", "{0} 커널은 한 번에 한 위치만 봅니다. 그 위치의 채널 {1}개를 섞어 새 채널 {2}개를 만들 뿐이며, 모든 위치에 같은 완전 연결층을 적용하는 것과 같습니다."},
	ReasonDilation:    {"Dilation spreads the kernel, {0}, over {1} cells. The cells between are skipped and have no weights, so the number of parameters stays the same.", "팽창이 있으면 크기가 {0}인 커널이 {1}칸에 걸쳐 놓입니다. 사이의 칸은 건너뛰고 가중치도 없으므로 파라미터 수는 그대로입니다."},
	ReasonGroups:      {"With {0} groups, a filter sees only {1} of the {2} channels. If it saw all of them, there would be {0} times as many weights: {3}.", "그룹이 {0}개이므로 필터 하나는 채널 {2}개 중 {1}개만 봅니다. 모든 채널을 본다면 가중치는 {0}배인 {3}개가 됩니다."},
	ReasonDepthwise:   {"Each filter sees a single channel, so the {0} channels are a factor only once. If each filter saw all of them, there would be {0} times as many weights: {1}.", "필터 하나가 채널 하나만 보므로 채널 수 {0}이(가) 한 번만 곱해집니다. 필터마다 모든 채널을 본다면 가중치는 {0}배인 {1}개가 됩니다."},
	ReasonSeparable:   {"The convolution is split into two steps: {0} weights filter each channel by itself, then {1} combine the channels. A full convolution would need {2}.", "합성곱을 두 단계로 나눕니다. 먼저 가중치 {0}개로 채널을 하나씩 거르고, 다음에 {1}개로 채널을 섞습니다. 일반 합성곱이라면 {2}개가 필요합니다."},
	ReasonStride:      {"Stride {0} makes the output smaller and saves computation, but the number of weights stays the same.", "스트라이드 {0}은(는) 출력을 작게 하여 연산량을 줄일 뿐, 가중치 수는 바꾸지 않습니다."},
	ReasonPositions:   {"All {0} positions of the output share the same {1} weights. That is why the size of the output is not in the formula. It counts in the computation: {2} MACs.", "출력의 {0}개 위치가 모두 같은 가중치 {1}개를 함께 씁니다. 그래서 출력의 크기는 파라미터 식에 없습니다. 연산량에는 곱해집니다: MAC {2}회."},
	ReasonEntries:     {"The kernel is applied at each of the {0} positions of the input, with the same {1} weights. That is why the size of the map is not in the formula. It counts in the computation: {2} MACs.", "입력의 {0}개 위치마다 같은 가중치 {1}개로 커널을 적용합니다. 그래서 맵의 크기는 파라미터 식에 없습니다. 연산량에는 곱해집니다: MAC {2}회."},
	ReasonOnePosition: {"The output has only one position, so each of the {0} weights is used exactly once: as many MACs as weights.", "출력의 위치가 하나뿐이므로 가중치 {0}개를 한 번씩만 씁니다. MAC 수가 가중치 수와 같습니다."},
	ReasonNoBias:      {"There is no bias. With one there would be {0} more parameters, one per output.", "편향이 없습니다. 있다면 출력마다 하나씩 파라미터가 {0}개 늘어납니다."},
	ReasonNoBiasNorm:  {"There is no bias, and none is needed: {0} after it subtracts the mean of each channel, which would remove any bias, and adds its own shift β.", "편향이 없고, 필요하지도 않습니다. 뒤에 오는 {0}이(가) 채널마다 평균을 빼면 편향도 사라지고, 그 대신 자신의 시프트 β를 더하기 때문입니다."},
	ReasonNoBiases:    {"There are no biases, only matrices.", "편향은 없고 행렬뿐입니다."},

	// Fully connected layers.
	ReasonMap:    {"Each of the {0} outputs has a weight for every value of the {1} map, {2} in all. So here, unlike in a convolution, the size of the map matters: a map of {3} would need {4} weights.", "출력 {0}개마다 {1} 맵의 모든 값, 즉 {2}개에 대한 가중치가 있습니다. 그래서 합성곱과 달리 여기서는 맵의 크기가 중요합니다. 맵이 {3} 크기라면 가중치는 {4}개입니다."},
	ReasonPooled: {"{0} leaves one value per channel, so there are only {1} inputs. Flattening the {2} map instead would take {3} weights.", "{0}이(가) 채널마다 값 하나만 남기므로 입력은 {1}개뿐입니다. {2} 맵을 그대로 평탄화했다면 가중치가 {3}개 필요합니다."},
	ReasonRows:   {"The layer is applied at {0} positions with the same {1} weights. Their number does not depend on how many positions there are; the computation does: {2} MACs.", "{0}개 위치에 같은 가중치 {1}개로 적용합니다. 위치가 많아져도 파라미터 수는 그대로이고 연산량만 늘어납니다: MAC {2}회."},
	ReasonShare:  {"This is {0} of the parameters of the whole network, and {1} of its MACs.", "네트워크 전체에서 파라미터의 {0}, MAC의 {1}을(를) 차지합니다."},

	// Sequences.
	ReasonLayers:     {"{0} layers are stacked, each with weights of its own. From the second on, the input is the {1} outputs of the layer below.", "층 {0}개를 쌓았고 층마다 가중치가 따로 있습니다. 둘째 층부터는 아래층의 출력 {1}개가 입력입니다."},
	ReasonDirections: {"It is bidirectional: the sequence is also read backwards, with a second set of weights, so everything counts twice.", "양방향이므로 시퀀스를 거꾸로도 읽습니다. 그쪽 가중치가 한 벌 더 있어 모두 두 번 셉니다."},
	ReasonSteps:      {"The same weights are used at each of the {0} steps, so the length of the sequence is not in the formula. Only the computation grows with it.", "{0}개 단계마다 같은 가중치를 씁니다. 그래서 시퀀스의 길이는 식에 없고 연산량만 길이에 따라 늘어납니다."},
	ReasonTwoBiases:  {"PyTorch keeps two biases, b_ih and b_hh, although only their sum matters. Keras has one, {0} parameters fewer.", "PyTorch에는 편향이 b_ih와 b_hh 두 벌 있지만 계산에는 둘의 합만 쓰입니다. Keras는 한 벌만 두므로 파라미터가 {0}개 적습니다."},
	ReasonResetAfter: {"Both biases are needed here: the reset gate is applied after b_hh is added (reset_after), so the two cannot be merged. Keras has both, too.", "여기서는 편향 두 벌이 모두 필요합니다. b_hh를 더한 뒤에 reset 게이트를 적용하므로(reset_after) 둘을 합칠 수 없습니다. Keras에도 두 벌 있습니다."},
	ReasonFour:       {"W_q, W_k, W_v and W_o are square matrices of {0}·{0} = {1} weights each, together 4·{1} = {2}.", "W_q, W_k, W_v, W_o는 각각 가중치가 {0}·{0} = {1}개인 정사각 행렬이며, 합하면 4·{1} = {2}개입니다."},
	ReasonHeads:      {"The number of heads does not change these matrices: {0} heads of {1} features divide the same {2} columns among them. With more heads, each would be narrower.", "헤드 수는 이 행렬들의 크기와 관계없습니다. 특징이 {1}개인 헤드 {0}개가 같은 {2}개 열을 나누어 가질 뿐이며, 헤드가 늘어나면 그만큼 좁아집니다."},
	ReasonKeyHeads:   {"Keys and values have only {0} heads, which the {1} heads of the query share. So their projections are smaller than that of the query.", "키와 값의 헤드는 {0}개뿐이며 쿼리의 헤드 {1}개가 함께 씁니다. 그래서 키와 값의 투영은 쿼리의 투영보다 작습니다."},
	ReasonLength:     {"All positions use the same matrices, so the length is not in the formula. In the computation it counts twice, since each query is compared with {1} keys: {0} MACs for these products alone.", "모든 위치가 같은 행렬을 쓰므로 길이는 식에 없습니다. 연산량에는 두 번 곱해집니다. 쿼리마다 키 {1}개와 비교하기 때문이며, 이 곱만 MAC {0}회입니다."},
	"reason.of.rnn":  {"At each step the new state is computed from the input by W_ih and from the previous state by W_hh: one matrix for each.", "단계마다 입력에는 W_ih를, 이전 상태에는 W_hh를 곱해 새 상태를 계산합니다. 행렬이 하나씩 있습니다."},
	"reason.of.lstm": {"An LSTM has four gates: input i, forget f, cell g and output o. Each has weights of its own, so everything is four times that of a plain rnn.", "LSTM에는 입력 i, 망각 f, 셀 g, 출력 o의 네 게이트가 있습니다. 게이트마다 가중치가 따로 있으므로 모두 rnn의 네 배입니다."},
	"reason.of.gru":  {"A GRU has three gates: reset r, update z and new state n. Each has weights of its own, so everything is three times that of a plain rnn.", "GRU에는 리셋 r, 업데이트 z, 새 상태 n의 세 게이트가 있습니다. 게이트마다 가중치가 따로 있으므로 모두 rnn의 세 배입니다."},

	"reason.of.convlstm": {"The four gates of an LSTM have convolutions instead of matrices: one kernel slides over each image, the other over the state, and all positions share them.", "LSTM의 네 게이트에 행렬 대신 합성곱을 씁니다. 커널 하나는 이미지를, 다른 하나는 상태를 훑으며 모든 위치가 같은 커널을 씁니다."},

	// Normalization and tables.
	ReasonScaleShift: {"A scale γ and a shift β are learned, {0} numbers each: 2·{0} = {1}.", "학습하는 값은 스케일 γ와 시프트 β이며 각각 {0}개입니다: 2·{0} = {1}."},
	ReasonSamePlaces: {"All {0} positions share these numbers, so the size of the map does not matter.", "{0}개 위치가 모두 같은 값을 쓰므로 맵의 크기는 관계없습니다."},
	ReasonKept:       {"Not learned, but kept: a running mean and a running variance, {0} numbers. PyTorch stores them as buffers beside the parameters, with a counter. Keras counts them as non-trainable parameters: {1} instead of {2}.", "학습하지 않고 저장만 하는 값이 있습니다. 이동 평균과 이동 분산, 모두 {0}개입니다. PyTorch는 카운터와 함께 버퍼로 따로 저장하고, Keras는 학습하지 않는 파라미터로 셉니다: {2} 대신 {1}."},
	ReasonNotKept:    {"The statistics are computed anew from each input, so nothing is kept: there are no buffers.", "통계를 입력마다 새로 계산하므로 저장하는 값, 즉 버퍼가 없습니다."},
	ReasonTable:      {"Each of the {0} indices has a row of {1} numbers. A row is looked up, not multiplied, so there are no MACs.", "번호 {0}개에 수 {1}개로 된 행이 하나씩 있습니다. 곱하지 않고 행을 찾아 쓰므로 MAC이 없습니다."},

	"reason.of.layerscale": {"One number is learned for each feature, which is multiplied by it. All positions share these numbers.", "특징마다 곱할 수를 하나씩 학습하며, 모든 위치가 같은 수를 씁니다."},
	"reason.of.prelu":      {"Only the slope for negative values is learned; the rest of the function is fixed.", "음수일 때의 기울기만 학습하고 함수의 나머지는 정해져 있습니다."},
	"reason.of.bilinear":   {"In each output, every pair of a value of one path and a value of the other has its own weight.", "출력마다 한 경로의 값과 다른 경로의 값으로 만든 모든 쌍에 가중치가 하나씩 있습니다."},
	"reason.of.param":      {"A free tensor, such as a class token or a table of positions. It depends on no input: the product of its sides is its number of parameters.", "클래스 토큰이나 위치 표처럼 입력과 관계없는 텐서입니다. 파라미터 수는 텐서의 각 변을 곱한 값입니다."},
	"reason.of.buffer":     {"A constant tensor that is stored with the network, but not learned: no parameters.", "네트워크와 함께 저장하지만 학습하지 않는 상수 텐서라서 파라미터가 아닙니다."},
	"reason.of.opaque":     {"paramstack does not know this layer. It counts the tensors that the source declares; what is not declared is unknown, so the totals are minimums.", "paramstack이 모르는 층입니다. 원본에 적힌 텐서만 세며, 적혀 있지 않은 것은 알 수 없으므로 합계는 최솟값입니다."},

	// Layers without parameters.
	"reason.none.input":  {"The input is data, not a layer: nothing is learned here.", "입력은 층이 아니라 데이터이므로 학습하는 것이 없습니다."},
	"reason.none.pool":   {"No parameters: each window is reduced to one value by a fixed rule, and there is nothing to learn.", "파라미터가 없습니다. 정해진 방식으로 값 여럿을 하나로 줄일 뿐 학습할 것이 없습니다."},
	"reason.none.act":    {"No parameters: a fixed function is applied to the values, and there is nothing to learn.", "파라미터가 없습니다. 정해진 함수를 값에 적용할 뿐 학습할 것이 없습니다."},
	"reason.none.norm":   {"No parameters: the values are scaled by what is computed from them or by fixed constants, not by learned ones.", "파라미터가 없습니다. 입력에서 계산한 값이나 정해진 상수로 조절할 뿐 학습하는 값이 없습니다."},
	"reason.none.shape":  {"No parameters: values are moved, copied, cut off or interpolated, but not weighted.", "파라미터가 없습니다. 값을 옮기거나 복사하거나 자르거나 보간할 뿐 가중치를 곱하지 않습니다."},
	"reason.none.join":   {"No parameters of its own: the paths are combined by a fixed rule.", "따로 가진 파라미터는 없습니다. 정해진 방식으로 경로들을 합칩니다."},
	"reason.none.other":  {"No parameters: there is nothing to learn.", "파라미터가 없습니다. 학습할 것이 없습니다."},
	"reason.of.matmul":   {"No parameters: both factors are computed by the network, none of them is learned.", "파라미터가 없습니다. 곱하는 두 값이 모두 네트워크에서 계산된 값이며, 학습한 값이 아닙니다."},
	"reason.of.identity": {"No parameters: the input passes through unchanged.", "파라미터가 없습니다. 입력을 그대로 내보냅니다."},
	"reason.of.from":     {"No parameters: it only continues from an earlier value.", "파라미터가 없습니다. 앞에서 나온 값을 다시 가져올 뿐입니다."},
	"reason.of.side":     {"The first path continues; the others are heads beside the network. Their parameters count if the heads are part of the model.", "첫 경로가 계속 이어지고 나머지는 네트워크 옆의 헤드입니다. 헤드가 모델에 포함되면 그 파라미터도 셉니다."},

	"reason.of.dropout": random, "reason.of.spatialdropout": random, "reason.of.alphadropout": random,
	"reason.of.gaussiandropout": random, "reason.of.gaussiannoise": random, "reason.of.stochasticdepth": random,

	// Blocks.
	ReasonSum:        {"Parameters in all: {0}.", "파라미터 합계: {0}."},
	ReasonPaths:      {"The parameters of the paths add up: {0}.", "경로들의 파라미터를 더합니다: {0}."},
	ReasonFrozenPart: {"Of these, {0} are frozen and {1} are trained, {2} of the block.", "이 중 {0}개는 동결되어 있고 {1}개만 학습합니다. 블록의 {2}입니다."},

	// What tensors are for.
	TensorEach:             {"each", "각각"},
	"tensor.rnn.weight_ih": {"W_ih, multiplies the input", "W_ih, 입력에 곱하는 행렬"},
	"tensor.rnn.weight_hh": {"W_hh, multiplies the previous state", "W_hh, 이전 상태에 곱하는 행렬"},
	"tensor.rnn.bias_ih":   {"b_ih, bias of W_ih", "b_ih, W_ih의 편향"},
	"tensor.rnn.bias_hh":   {"b_hh, bias of W_hh", "b_hh, W_hh의 편향"},
	"tensor.rnn.weight_hr": {"W_hr, projects the state to a smaller size", "W_hr, 상태를 더 작게 투영하는 행렬"},

	"tensor.attn.in_proj_weight":  {"W_q, W_k and W_v in one matrix", "W_q, W_k, W_v를 합친 행렬"},
	"tensor.attn.in_proj_bias":    {"biases of query, key and value", "쿼리, 키, 값의 편향"},
	"tensor.attn.q_proj_weight":   {"W_q, for the query", "W_q, 쿼리의 투영"},
	"tensor.attn.k_proj_weight":   {"W_k, for the key", "W_k, 키의 투영"},
	"tensor.attn.v_proj_weight":   {"W_v, for the value", "W_v, 값의 투영"},
	"tensor.attn.out_proj.weight": {"W_o, combines what the heads output", "W_o, 헤드들의 출력을 섞는 행렬"},
	"tensor.attn.qkv.weight":      {"W_q, W_k and W_v in one matrix", "W_q, W_k, W_v를 합친 행렬"},
	"tensor.attn.to_qkv.weight":   {"W_q, W_k and W_v in one matrix", "W_q, W_k, W_v를 합친 행렬"},
	"tensor.attn.proj.weight":     {"W_o, combines what the heads output", "W_o, 헤드들의 출력을 섞는 행렬"},
	"tensor.attn.merge.weight":    {"W_o, combines what the heads output", "W_o, 헤드들의 출력을 섞는 행렬"},

	"tensor.attn.project.0.weight":             {"W_o, combines what the heads output", "W_o, 헤드들의 출력을 섞는 행렬"},
	"tensor.attn.relative_position_bias_table": {"a bias for each relative position and head", "상대 위치와 헤드마다 하나씩 있는 편향"},
	"tensor.attn.logit_scale":                  {"a scale for each head", "헤드마다 하나씩 있는 스케일"},

	"tensor.norm.weight":       {"γ, the scale", "스케일 γ"},
	"tensor.norm.bias":         {"β, the shift", "시프트 β"},
	"tensor.norm.running_mean": {"mean over the batches seen in training", "학습 중에 본 배치들의 평균"},
	"tensor.norm.running_var":  {"variance over the batches seen in training", "학습 중에 본 배치들의 분산"},

	"tensor.norm.num_batches_tracked": {"a counter of batches", "배치를 센 수"},

	"tensor.conv.depthwise.weight": {"filters each channel by itself", "채널을 하나씩 거르는 커널"},
	"tensor.conv.pointwise.weight": {"combines the channels", "채널을 섞는 커널"},
}
