package catalog

// What can be wrong with the kinds of layer for sequences, and what the numbers
// of their formulas are.
const (
	NeedsSequence   Key = "needs-sequence"
	NeedsMap        Key = "needs-map"
	HeadsUneven     Key = "heads-uneven"
	KVUneven        Key = "kv-uneven"
	AttentionPaths  Key = "attention-paths"
	AttentionShapes Key = "attention-shapes"
	WindowPositions Key = "window-positions"
	NeedsFilm       Key = "needs-film"
	GridPositions   Key = "grid-positions"
	CellStep        Key = "cell-step"
	CellAlone       Key = "cell-alone"
	ProjTooLarge    Key = "proj-too-large"

	FactorQKV             Key = "factor.qkv"
	FactorHeads           Key = "factor.heads"
	FactorAllHeads        Key = "factor.all-heads"
	FactorHeadDim         Key = "factor.head-dim"
	FactorAllFeatures     Key = "factor.all-features"
	FactorProducts        Key = "factor.products"
	FactorKeys            Key = "factor.keys"
	FactorWindow          Key = "factor.window"
	FactorFilled          Key = "factor.filled"
	FactorDistances       Key = "factor.distances"
	FactorDimensions      Key = "factor.dimensions"
	FactorHidden          Key = "factor.hidden"
	FactorPooled          Key = "factor.pooled"
	FactorSteps           Key = "factor.steps"
	FactorAllHeadFeatures Key = "factor.all-head-features"
	FactorGates           Key = "factor.gates"
	FactorState           Key = "factor.state"
	FactorBelow           Key = "factor.below"
)

// layersSeq names and explains the kinds of layer for sequences.
var layersSeq = map[Key]Text{
	"group.rnn":  {"recurrent", "순환"},
	"group.attn": {"attention", "어텐션"},

	"kind.attention.doc":           {"Multi-head attention: every position attends to every other. It has four projections, 4·E² weights at any length. Paths are query, key and value.", "멀티헤드 어텐션: 모든 위치가 다른 모든 위치를 참조합니다. 투영이 네 개이며, 가중치는 길이와 관계없이 4·E²개입니다. 경로를 주면 차례로 쿼리, 키, 값입니다."},
	"kind.windowattention.doc":     {"Attention within windows, with a trainable bias for each relative position, as in Swin and MaxViT.", "윈도 어텐션: Swin과 MaxViT처럼 윈도 안에서만 어텐션을 하고, 상대 위치마다 편향을 학습합니다."},
	"kind.rnn.doc":                 {"A recurrent layer: at each step its state depends on the input and on the previous state, with one weight matrix for each.", "순환층(RNN): 단계마다 입력과 이전 상태로 새 상태를 계산합니다. 입력용과 상태용 가중치 행렬이 하나씩 있습니다."},
	"kind.lstm.doc":                {"LSTM: a recurrent layer with four gates, so four times the weights of rnn. PyTorch has two biases, Keras one.", "LSTM: 게이트가 네 개인 순환층으로, 가중치가 rnn의 네 배입니다. 편향은 PyTorch가 두 벌, Keras가 한 벌입니다."},
	"kind.gru.doc":                 {"GRU: a recurrent layer with three gates, so three times the weights of rnn.", "GRU: 게이트가 세 개인 순환층으로, 가중치가 rnn의 세 배입니다."},
	"kind.convlstm.doc":            {"An LSTM for video: its matrix products are replaced by convolutions over the input and the state.", "영상용 LSTM: 행렬 곱 대신 입력과 상태에 합성곱을 적용합니다."},
	"kind.multiscaleattention.doc": {"Attention for video that pools its queries, keys and values first, as in MViT.", "영상용 어텐션: MViT처럼 쿼리, 키, 값을 먼저 풀링합니다."},

	"field.grid":      {"grid", "격자"},
	"field.width":     {"width", "특징 수"},
	"field.kernel_q":  {"query kernel", "쿼리 커널"},
	"field.stride_q":  {"query stride", "쿼리 스트라이드"},
	"field.kernel_kv": {"key and value kernel", "키·값 커널"},
	"field.stride_kv": {"key and value stride", "키·값 스트라이드"},
	"field.rel_pos":   {"relative positions", "상대 위치"},
	"field.residual":  {"add query", "쿼리 더하기"},

	"field.grid.doc":      {"Time × height × width of the positions after the class token.", "클래스 토큰 뒤에 오는 위치의 시간 × 높이 × 너비."},
	"field.width.doc":     {"Total features of all heads; 0 for the number of input features.", "모든 헤드의 특징 수를 더한 값. 0이면 입력 특징 수와 같습니다."},
	"field.kernel_q.doc":  {"The kernel that pools the queries.", "쿼리를 풀링하는 커널."},
	"field.stride_q.doc":  {"The stride of that kernel. A larger stride leaves fewer queries, and so fewer output positions.", "쿼리 커널의 스트라이드. 크면 쿼리가 줄어 출력 위치도 줄어듭니다."},
	"field.kernel_kv.doc": {"The size of the kernels that pool the keys and the values, one kernel for each.", "키와 값을 풀링하는 커널의 크기. 커널은 키와 값에 하나씩 있습니다."},
	"field.stride_kv.doc": {"The stride of those kernels. A larger stride leaves fewer keys for each query.", "키·값 커널의 스트라이드. 크면 쿼리마다 비교할 키가 줄어듭니다."},
	"field.rel_pos.doc":   {"Learns a vector for each relative position in height, width and time.", "높이, 너비, 시간의 상대 위치마다 벡터를 학습합니다."},
	"field.residual.doc":  {"Adds the pooled query to the result. This does not affect the counts.", "결과에 풀링한 쿼리를 더합니다. 계산되는 수는 달라지지 않습니다."},

	"field.hidden":        {"hidden units", "은닉 유닛 수"},
	"field.layers":        {"layers", "층 수"},
	"field.bidirectional": {"bidirectional", "양방향"},
	"field.last":          {"last output only", "마지막 출력만"},
	"field.cell":          {"single step", "한 단계만"},
	"field.merge":         {"merge", "병합 방식"},
	"field.proj":          {"projection", "투영"},
	"field.nonlinearity":  {"nonlinearity", "비선형 함수"},
	"field.reset_after":   {"reset after", "reset 게이트 나중에"},

	"field.heads":         {"heads", "헤드 수"},
	"field.out_bias":      {"output bias", "출력 편향"},
	"field.kv_heads":      {"key and value heads", "키·값 헤드 수"},
	"field.head_dim":      {"head size", "헤드 크기"},
	"field.window":        {"window", "윈도"},
	"field.add_bias_kv":   {"trainable extra key", "학습 가능한 키 추가"},
	"field.add_zero_attn": {"extra zero key", "0인 키 추가"},
	"field.causal":        {"causal", "인과"},
	"field.dropout":       {"dropout", "드롭아웃"},
	"field.shift":         {"shift", "이동"},
	"field.version":       {"version", "버전"},

	"field.heads.doc":         {"How many heads share the features. It does not change the number of projection weights.", "특징을 나누어 맡는 헤드 수. 투영의 가중치 수는 달라지지 않습니다."},
	"field.out_bias.doc":      {"The bias of the output projection: same as the others, on, or off.", "출력 투영의 편향: 다른 투영과 같게(same), on, off."},
	"field.kv_heads.doc":      {"Heads for key and value when several query heads share one; 0 for the number of heads.", "여러 쿼리 헤드가 공유하는 키·값 헤드 수. 0이면 헤드 수와 같습니다."},
	"field.head_dim.doc":      {"Features per head; 0 for features divided by heads.", "헤드 하나의 특징 수. 0이면 특징 수를 헤드 수로 나눈 값입니다."},
	"field.window.doc":        {"The range of attention: the number of positions a query sees (0 for all), or the sides of a window.", "어텐션의 범위: 쿼리가 보는 위치 수(0이면 전체) 또는 윈도의 변 길이."},
	"field.add_bias_kv.doc":   {"Adds one trainable key and value.", "학습 가능한 키와 값을 하나씩 더합니다."},
	"field.add_zero_attn.doc": {"Adds one key and value of zeros.", "0으로 채운 키와 값을 하나씩 더합니다."},
	"field.causal.doc":        {"Each position attends to earlier positions only. The masked products are still computed.", "앞선 위치만 참조합니다. 마스크로 가린 곱도 계산은 합니다."},
	"field.dropout.doc":       {"The probability that a value is dropped during training.", "학습 중에 값을 0으로 만들 확률."},
	"field.shift.doc":         {"How far the windows are shifted. This does not affect the counts.", "윈도를 이동하는 칸 수. 계산되는 수는 달라지지 않습니다."},
	"field.version.doc":       {"v1 or v2 for Swin, or maxvit, whose input is already divided into windows.", "Swin의 v1 또는 v2, 아니면 이미 윈도로 나뉜 입력을 받는 maxvit."},
	"field.hidden.doc":        {"The size of the state. Each gate has weights for every input and every unit of the state.", "상태의 크기. 게이트마다 모든 입력과 모든 상태 유닛에 대한 가중치가 있습니다."},
	"field.layers.doc":        {"The number of stacked layers; each receives the outputs of the one below.", "쌓은 층의 수. 각 층은 아래층의 출력을 입력으로 받습니다."},
	"field.bidirectional.doc": {"A second set of weights processes the sequence backwards.", "시퀀스를 거꾸로 처리하는 가중치가 한 벌 더 있습니다."},
	"field.last.doc":          {"Returns only the last output, as Keras does without return_sequences.", "Keras에서 return_sequences가 없을 때처럼 마지막 출력만 냅니다."},
	"field.cell.doc":          {"Performs a single step: the input has features but no positions (RNNCell, LSTMCell, GRUCell).", "한 단계만 계산합니다. 입력에는 위치 차원 없이 특징만 있습니다(RNNCell, LSTMCell, GRUCell)."},
	"field.merge.doc":         {"How the two directions are merged: concatenated (concat), or element by element (sum, mul, ave).", "두 방향의 출력을 합치는 방식: 이어 붙이기(concat) 또는 원소별 연산(sum, mul, ave)."},
	"field.proj.doc":          {"Projects the state to this size with one more matrix; 0 for no projection.", "행렬을 하나 더 써서 상태를 이 크기로 투영합니다. 0이면 투영하지 않습니다."},
	"field.nonlinearity.doc":  {"The activation of the state: tanh or relu.", "상태에 쓰는 활성화 함수: tanh 또는 relu."},
	"field.reset_after.doc":   {"Applies the reset gate after the matrix product, as PyTorch and current Keras do. This requires a second bias.", "PyTorch나 최신 Keras처럼 reset 게이트를 행렬 곱 뒤에 적용합니다. 편향이 한 벌 더 필요합니다."},

	NeedsSequence:   {"This layer needs a sequence, positions × features, such as 196×768, but received {0}.", "이 층의 입력은 196×768처럼 위치 × 특징인 시퀀스여야 하는데, {0}이(가) 들어왔습니다."},
	NeedsMap:        {"This layer needs one to three dimensions of positions followed by the channels, such as 56×56×96, but received {0}.", "이 층의 입력은 56×56×96처럼 위치 차원 1~3개 뒤에 채널이 와야 하는데, {0}이(가) 들어왔습니다."},
	HeadsUneven:     {"The {1} features cannot be divided evenly among {0} heads.", "특징 {1}개를 헤드 {0}개에 똑같이 나눌 수 없습니다."},
	KVUneven:        {"The {1} heads cannot be divided evenly among {0} key and value heads.", "헤드 {1}개를 키·값 헤드 {0}개에 똑같이 나눌 수 없습니다."},
	AttentionPaths:  {"Attention accepts up to three paths, query, key and value, but there are {0}.", "어텐션은 쿼리, 키, 값의 세 경로까지 받는데 경로가 {0}개입니다."},
	AttentionShapes: {"Key and value must have the same length, and as many dimensions as the query, but query is {0}, key {1} and value {2}.", "키와 값은 길이가 서로 같고 쿼리와 차원 수가 같아야 합니다. 쿼리는 {0}, 키는 {1}, 값은 {2}입니다."},
	WindowPositions: {"A window of {0} has {1} positions, but the windows of the input {3} have {2}.", "{0} 윈도에는 위치가 {1}개 있는데, 입력 {3}의 윈도에는 {2}개 있습니다."},
	NeedsFilm:       {"This layer needs a video, time steps × channels and one to three spatial dimensions, such as 16×3×64×64, but received {0}.", "이 층의 입력은 16×3×64×64처럼 시간 단계 × 채널과 1~3개의 공간 차원으로 된 영상이어야 하는데, {0}이(가) 들어왔습니다."},
	GridPositions:   {"A grid of {0} plus the class token makes {1} positions, but the input has {2}.", "{0} 격자와 클래스 토큰을 더하면 위치가 {1}개인데, 입력에는 {2}개 있습니다."},
	CellStep:        {"A cell performs a single step, so it needs the features of one position, such as 64, but received {0}.", "셀은 한 단계만 계산하므로 입력은 64처럼 한 위치의 특징이어야 하는데, {0}이(가) 들어왔습니다."},
	CellAlone:       {"A cell has only one layer and one direction, and no projection.", "셀은 층과 방향이 하나뿐이고 투영이 없습니다."},
	ProjTooLarge:    {"The projection size {0} must be smaller than the {1} hidden units.", "투영 크기 {0}은(는) 은닉 유닛 수 {1}보다 작아야 합니다."},

	FactorQKV:             {"{0}: query, key and value, one projection each.", "{0}: 쿼리, 키, 값의 투영 하나씩."},
	FactorHeads:           {"{0}: heads.", "{0}: 헤드 수."},
	FactorAllHeads:        {"{0}: total heads of query, key and value.", "{0}: 쿼리, 키, 값의 헤드 수를 모두 더한 값."},
	FactorHeadDim:         {"{0}: features per head.", "{0}: 헤드 하나의 특징 수."},
	FactorAllFeatures:     {"{0}: total features of all heads, equal to the number of input features.", "{0}: 모든 헤드의 특징 수를 더한 값. 입력 특징 수와 같습니다."},
	FactorProducts:        {"{0}: two matrix products, queries with keys and attention weights with values.", "{0}: 행렬 곱 두 번. 쿼리와 키, 어텐션 가중치와 값의 곱입니다."},
	FactorKeys:            {"{0}: keys that each query attends to.", "{0}: 쿼리 하나가 참조하는 키의 수."},
	FactorWindow:          {"{0}: side of the window. Each position sees only its own window.", "{0}: 윈도의 한 변. 각 위치는 자기 윈도만 봅니다."},
	FactorFilled:          {"{0}: positions, padded to whole windows.", "{0}: 윈도 크기에 맞게 패딩한 위치의 수."},
	FactorDistances:       {"{0}: relative positions along one side of a window, in both directions.", "{0}: 윈도의 한 변에서 양방향으로 잰 상대 위치의 수."},
	FactorDimensions:      {"{0}: dimensions of a relative position.", "{0}: 상대 위치의 차원 수."},
	FactorPooled:          {"{0}: positions after pooling, plus the class token.", "{0}: 풀링한 뒤의 위치 수에 클래스 토큰을 더한 값."},
	FactorSteps:           {"{0}: key positions along height, width and time.", "{0}: 높이, 너비, 시간 방향의 키 위치 수."},
	FactorAllHeadFeatures: {"{0}: total features of all heads.", "{0}: 모든 헤드의 특징 수를 더한 값."},
	FactorGates:           {"{0}: gates, each with its own weights.", "{0}: 게이트 수. 게이트마다 가중치가 따로 있습니다."},
	FactorState:           {"{0}: units of the state, fed back at every step.", "{0}: 단계마다 다시 입력되는 상태의 유닛 수."},
	FactorBelow:           {"{0}: outputs of the layer below.", "{0}: 아래층의 출력 수."},
	FactorHidden:          {"{0}: hidden units.", "{0}: 은닉 유닛 수."},
}
