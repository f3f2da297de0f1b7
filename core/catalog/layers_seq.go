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

	"kind.attention.doc":           {"Every position asks every other and takes up what answers: four projections, 4·E² weights whatever the length. Paths give query, key and value.", "모든 위치가 서로에게 물어 답을 모읍니다. 길이와 관계없이 사영 넷, 가중치 4·E²개입니다. 갈래를 주면 차례로 쿼리, 키, 값입니다."},
	"kind.windowattention.doc":     {"Attention inside windows with a learned bias for each distance, as in Swin and MaxViT.", "창 안에서만 하는 어텐션. 거리마다 편향을 배웁니다(Swin, MaxViT)."},
	"kind.rnn.doc":                 {"Goes along a sequence and feeds its state back: a matrix for the input and one for the state.", "수열을 따라가며 상태를 되먹입니다. 입력에 행렬 하나, 상태에 행렬 하나입니다."},
	"kind.lstm.doc":                {"A recurrent layer with four gates, so four times the weights of rnn. PyTorch adds two biases, Keras one.", "게이트가 넷인 순환층. 가중치도 rnn의 네 배입니다. 편향은 PyTorch가 둘, Keras가 하나씩 둡니다."},
	"kind.gru.doc":                 {"A recurrent layer with three gates, so three times the weights of rnn.", "게이트가 셋인 순환층. 가중치도 rnn의 세 배입니다."},
	"kind.convlstm.doc":            {"An LSTM on a film: its matrices are convolutions over the picture and over its own state.", "영상에 쓰는 LSTM. 행렬 대신 그림과 제 상태에 합성곱을 씁니다."},
	"kind.multiscaleattention.doc": {"Attention on a film whose queries, keys and values are pooled first, as in MViT.", "쿼리, 키, 값을 먼저 풀링하는 영상 어텐션(MViT)."},

	"field.grid":      {"grid", "격자"},
	"field.width":     {"width", "특징 수"},
	"field.kernel_q":  {"query kernel", "쿼리 커널"},
	"field.stride_q":  {"query stride", "쿼리 스트라이드"},
	"field.kernel_kv": {"key and value kernel", "키·값 커널"},
	"field.stride_kv": {"key and value stride", "키·값 스트라이드"},
	"field.rel_pos":   {"relative positions", "상대 위치"},
	"field.residual":  {"add the query", "쿼리 더하기"},

	"field.grid.doc":      {"Steps × height × width of the positions behind the class token.", "분류 토큰 뒤에 오는 위치의 시간 × 높이 × 너비."},
	"field.width.doc":     {"Features of all heads together; 0 for as many as come in.", "모든 헤드의 특징을 더한 수. 0이면 들어온 만큼."},
	"field.kernel_q.doc":  {"The kernel that pools the queries.", "쿼리를 풀링하는 커널."},
	"field.stride_q.doc":  {"How far it moves: fewer queries, so fewer positions come out.", "커널이 움직이는 칸. 쿼리가 줄어 나오는 위치도 줄어듭니다."},
	"field.kernel_kv.doc": {"The kernel that pools the keys, and another the values.", "키를 풀링하는 커널. 값의 커널은 따로 있습니다."},
	"field.stride_kv.doc": {"How far they move: fewer keys for each query.", "커널이 움직이는 칸. 쿼리마다 견줄 키가 줄어듭니다."},
	"field.rel_pos.doc":   {"Learn a vector for each distance in height, width and time.", "높이, 너비, 시간의 거리마다 벡터를 배웁니다."},
	"field.residual.doc":  {"Add the pooled query to the result. It changes no number.", "결과에 풀링한 쿼리를 더합니다. 수는 바뀌지 않습니다."},

	"field.hidden":        {"hidden units", "은닉 단위"},
	"field.layers":        {"layers", "층 수"},
	"field.bidirectional": {"both directions", "양방향"},
	"field.last":          {"last output only", "마지막 출력만"},
	"field.cell":          {"one step", "한 단계"},
	"field.merge":         {"merge", "합치는 방법"},
	"field.proj":          {"projection", "사영"},
	"field.nonlinearity":  {"nonlinearity", "비선형 함수"},
	"field.reset_after":   {"reset after", "reset 게이트 나중에"},

	"field.heads":         {"heads", "헤드 수"},
	"field.out_bias":      {"output bias", "출력 편향"},
	"field.kv_heads":      {"key and value heads", "키·값 헤드 수"},
	"field.head_dim":      {"head size", "헤드 크기"},
	"field.window":        {"window", "창"},
	"field.add_bias_kv":   {"learned extra key", "배우는 키 추가"},
	"field.add_zero_attn": {"extra zero key", "0인 키 추가"},
	"field.causal":        {"causal", "인과"},
	"field.dropout":       {"dropout", "드롭아웃"},
	"field.shift":         {"shift", "이동"},
	"field.version":       {"version", "판"},

	"field.heads.doc":         {"How many heads share the features. It does not change the number of projection weights.", "특징을 나누어 맡는 헤드의 수. 사영의 가중치 수는 그대로입니다."},
	"field.out_bias.doc":      {"The bias of the last projection: the same as the others, on, or off.", "마지막 사영의 편향: 나머지와 같게(same), on, off."},
	"field.kv_heads.doc":      {"Heads of key and value when several query heads share one; 0 for as many as heads.", "쿼리 헤드 여럿이 나누어 쓰는 키·값 헤드의 수. 0이면 헤드 수와 같습니다."},
	"field.head_dim.doc":      {"Features of one head; 0 for features divided by heads.", "헤드 하나의 특징 수. 0이면 특징 수를 헤드 수로 나눕니다."},
	"field.window.doc":        {"How far attention looks: positions a query sees (0 for all), or the sides of a window.", "어텐션이 보는 범위: 쿼리가 보는 위치의 수(0이면 모두) 또는 창의 변."},
	"field.add_bias_kv.doc":   {"Add one learned key and value.", "배우는 키와 값을 하나씩 더합니다."},
	"field.add_zero_attn.doc": {"Add one key and value of zeros.", "0으로 된 키와 값을 하나씩 더합니다."},
	"field.causal.doc":        {"Look at earlier positions only. The masked products are computed all the same.", "앞쪽 위치만 봅니다. 가려진 곱도 계산은 합니다."},
	"field.dropout.doc":       {"How likely a value is dropped in training.", "학습 중 값을 버릴 확률."},
	"field.shift.doc":         {"How far the windows are moved. It changes no number.", "창을 옮기는 칸. 수는 바뀌지 않습니다."},
	"field.version.doc":       {"v1 or v2 of Swin, or maxvit, whose input is divided into windows already.", "Swin의 v1이나 v2, 또는 이미 창으로 나뉜 입력을 받는 maxvit."},
	"field.hidden.doc":        {"The size of the state. Each gate has weights for every input and every unit of the state.", "상태의 크기. 게이트마다 모든 입력과 모든 상태 단위에 가중치를 가집니다."},
	"field.layers.doc":        {"How many layers stand on top of another; each reads the outputs of the one below.", "쌓은 층의 수. 각 층은 아래층의 출력을 읽습니다."},
	"field.bidirectional.doc": {"A second set of weights reads the sequence backwards.", "수열을 거꾸로 읽는 가중치가 한 벌 더 있습니다."},
	"field.last.doc":          {"Give the last output instead of all, as Keras does without return_sequences.", "모든 출력 대신 마지막 출력만 냅니다(Keras에서 return_sequences가 없을 때)."},
	"field.cell.doc":          {"Do one step only: features come in, without positions (RNNCell, LSTMCell, GRUCell).", "한 단계만 합니다. 위치 없이 특징만 들어옵니다(RNNCell, LSTMCell, GRUCell)."},
	"field.merge.doc":         {"How both directions are joined: side by side (concat), or value by value (sum, mul, ave).", "두 방향을 합치는 방법: 나란히(concat), 또는 값끼리(sum, mul, ave)."},
	"field.proj.doc":          {"Makes the state this small by one more matrix; 0 for none.", "행렬을 하나 더 써서 상태를 이만큼 줄입니다. 0이면 줄이지 않습니다."},
	"field.nonlinearity.doc":  {"The function of the state: tanh or relu.", "상태에 쓰는 함수: tanh나 relu."},
	"field.reset_after.doc":   {"Apply the reset gate after the matrix, as PyTorch and today's Keras do; it needs a second bias.", "reset 게이트를 행렬 곱 뒤에 적용합니다(PyTorch와 지금의 Keras). 편향이 하나 더 필요합니다."},

	NeedsSequence:   {"This layer needs a sequence, positions × features, such as 196×768; it receives {0}.", "이 층에는 196×768처럼 위치 × 특징인 수열이 필요한데, 받은 것은 {0}입니다."},
	NeedsMap:        {"This layer needs one to three dimensions of positions and then the channels, such as 56×56×96; it receives {0}.", "이 층에는 56×56×96처럼 1~3개의 위치 차원과 그 뒤의 채널이 필요한데, 받은 것은 {0}입니다."},
	HeadsUneven:     {"{0} heads do not divide the {1} features: each head needs its equal share.", "헤드 {0}개로는 특징 {1}개를 똑같이 나눌 수 없습니다."},
	KVUneven:        {"{0} key and value heads do not divide the {1} heads: each serves equally many.", "키·값 헤드 {0}개로는 헤드 {1}개를 똑같이 나눌 수 없습니다."},
	AttentionPaths:  {"Attention takes up to three paths, query, key and value; there are {0}.", "어텐션은 쿼리, 키, 값의 세 갈래까지 받는데 {0}개가 있습니다."},
	AttentionShapes: {"Key and value must be equally long, and have as many dimensions as the query: query {0}, key {1}, value {2}.", "키와 값은 길이가 같고 쿼리와 차원 수가 같아야 합니다. 쿼리 {0}, 키 {1}, 값 {2}."},
	WindowPositions: {"A window of {0} has {1} positions, but those of the input {3} have {2}.", "{0} 창의 위치는 {1}개인데, 입력 {3}의 창에는 {2}개가 있습니다."},
	NeedsFilm:       {"This layer needs a film, steps × channels and one to three spatial dimensions, such as 16×3×64×64; it receives {0}.", "이 층에는 16×3×64×64처럼 단계 × 채널과 1~3개의 공간 차원이 필요한데, 받은 것은 {0}입니다."},
	GridPositions:   {"A grid of {0} and the class token are {1} positions, but {2} come in.", "{0} 격자와 분류 토큰은 위치 {1}개인데, 들어온 것은 {2}개입니다."},
	CellStep:        {"A cell does one step: it takes the features of one position, such as 64; it receives {0}.", "셀은 한 단계만 합니다. 64처럼 한 위치의 특징을 받아야 하는데, 받은 것은 {0}입니다."},
	CellAlone:       {"A cell is one layer in one direction, without projection.", "셀은 사영이 없는 한 방향, 한 층입니다."},
	ProjTooLarge:    {"The projection {0} must be smaller than the {1} hidden units.", "사영 {0}은(는) 은닉 단위 {1}개보다 작아야 합니다."},

	FactorQKV:             {"{0}: query, key and value, a projection each.", "{0}: 쿼리, 키, 값. 저마다 사영이 하나씩입니다."},
	FactorHeads:           {"{0}: heads.", "{0}: 헤드의 수."},
	FactorAllHeads:        {"{0}: heads of query, key and value together.", "{0}: 쿼리, 키, 값의 헤드를 모두 더한 수."},
	FactorHeadDim:         {"{0}: features of one head.", "{0}: 헤드 하나의 특징 수."},
	FactorAllFeatures:     {"{0}: features of all heads together, as many as come in.", "{0}: 모든 헤드의 특징을 더한 수. 들어온 특징의 수와 같습니다."},
	FactorProducts:        {"{0}: two products, of queries with keys and of their weights with the values.", "{0}: 곱이 둘입니다. 쿼리와 키, 그 비중과 값."},
	FactorKeys:            {"{0}: keys that each query is compared with.", "{0}: 쿼리 하나가 견주는 키의 수."},
	FactorWindow:          {"{0}: a side of the window. Each position sees only its own window.", "{0}: 창의 한 변. 각 위치는 제 창만 봅니다."},
	FactorFilled:          {"{0}: positions, filled up to whole windows.", "{0}: 창이 꼭 맞도록 채운 위치의 수."},
	FactorDistances:       {"{0}: distances along one side of a window, to both directions.", "{0}: 창의 한 변을 따라 양쪽으로 잰 거리의 수."},
	FactorDimensions:      {"{0}: dimensions of a distance.", "{0}: 거리의 차원 수."},
	FactorPooled:          {"{0}: positions behind the pool, and the class token.", "{0}: 풀링한 뒤의 위치와 분류 토큰을 더한 수."},
	FactorSteps:           {"{0}: steps along the height, width and time of the keys.", "{0}: 키의 높이, 너비, 시간을 따라 센 칸의 수."},
	FactorAllHeadFeatures: {"{0}: features of all heads together.", "{0}: 모든 헤드의 특징을 더한 수."},
	FactorGates:           {"{0}: gates, each with weights of its own.", "{0}: 게이트의 수. 게이트마다 가중치를 따로 가집니다."},
	FactorState:           {"{0}: units of the state, fed back at every step.", "{0}: 단계마다 되먹이는 상태의 크기."},
	FactorBelow:           {"{0}: outputs of the layer below.", "{0}: 아래층의 출력 수."},
	FactorHidden:          {"{0}: hidden units.", "{0}: 은닉 단위의 수."},
}
