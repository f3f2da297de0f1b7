package catalog

// Why a number differs: what was typed, and the reasons.
const (
	WhyEmpty            Key = "why.empty"
	WhyNoNumber         Key = "why.no-number"
	WhyNotPositive      Key = "why.not-positive"
	WhyNotWhole         Key = "why.not-whole"
	WhyUnit             Key = "why.unit"
	WhyTooLarge         Key = "why.too-large"
	WhySame             Key = "why.same"
	WhySameTwoBiases    Key = "why.same-two-biases"
	WhyBinary           Key = "why.binary"
	WhyBinaryBytes      Key = "why.binary-bytes"
	WhyCut              Key = "why.cut"
	WhyFLOPs            Key = "why.flops"
	WhyMACs             Key = "why.macs"
	WhyMACsAsFLOPs      Key = "why.macs-as-flops"
	WhyBatch            Key = "why.batch"
	WhyBytes4           Key = "why.bytes-4"
	WhyBytes2           Key = "why.bytes-2"
	WhyBytes1           Key = "why.bytes-1"
	WhyBytes8           Key = "why.bytes-8"
	WhyBytes12          Key = "why.bytes-12"
	WhyBytes16          Key = "why.bytes-16"
	WhyBiasOff          Key = "why.bias-off"
	WhyBiasAllOff       Key = "why.bias-all-off"
	WhyBiasConvOff      Key = "why.bias-conv-off"
	WhyBiasDenseOff     Key = "why.bias-dense-off"
	WhyBiasOn           Key = "why.bias-on"
	WhyBiasTwice        Key = "why.bias-twice"
	WhyBiasOnce         Key = "why.bias-once"
	WhyBiasPerInput     Key = "why.bias-per-input"
	WhyBiasOnceDense    Key = "why.bias-once-dense"
	WhyBiasOnceConv     Key = "why.bias-once-conv"
	WhyStatsOn          Key = "why.stats-on"
	WhyStatsOff         Key = "why.stats-off"
	WhyBuffersOn        Key = "why.buffers-on"
	WhyTwoBiases        Key = "why.two-biases"
	WhyOneBias          Key = "why.one-bias"
	WhyNormOff          Key = "why.norm-off"
	WhyNormHalf         Key = "why.norm-half"
	WhyNormFold         Key = "why.norm-fold"
	WhyNormAdd          Key = "why.norm-add"
	WhyNormAddNoBias    Key = "why.norm-add-nobias"
	WhyConvDenseOnly    Key = "why.conv-dense-only"
	WhyConvOnly         Key = "why.conv-only"
	WhyDenseOnly        Key = "why.dense-only"
	WhyNoConv           Key = "why.no-conv"
	WhyNoScores         Key = "why.no-scores"
	WhyNoTables         Key = "why.no-tables"
	WhyNoTablesFree     Key = "why.no-tables-free"
	WhyNoFree           Key = "why.no-free"
	WhyTiedTwice        Key = "why.tied-twice"
	WhyTiedThrice       Key = "why.tied-thrice"
	WhyTrainableOnly    Key = "why.trainable-only"
	WhyDepthForgotten   Key = "why.depth-forgotten"
	WhyKernelForgotten  Key = "why.kernel-forgotten"
	WhyAreaCounted      Key = "why.area-counted"
	WhyUnshared         Key = "why.unshared"
	WhyAdam             Key = "why.adam"
	WhyMomentum         Key = "why.momentum"
	WhyLoRAAll          Key = "why.lora-all"
	WhyLoRAQV           Key = "why.lora-qv"
	WhyLoRAQV16         Key = "why.lora-qv-16"
	WhyLoRAAllOnly      Key = "why.lora-all-only"
	WhyLoRAQVOnly       Key = "why.lora-qv-only"
	WhyLoRAQVHead       Key = "why.lora-qv-head"
	WhyLoRAAllHead      Key = "why.lora-all-head"
	WhyLoRAQV16Only     Key = "why.lora-qv-16-only"
	WhyPacked           Key = "why.packed"
	WhyPackedMLX        Key = "why.packed-mlx"
	WhyGroupsOff        Key = "why.groups-off"
	WhyDepthwiseFull    Key = "why.depthwise-full"
	WhyConvBiasOn       Key = "why.conv-bias-on"
	WhyAttnBiasOff      Key = "why.attn-bias-off"
	WhyQKVBiasOff       Key = "why.qkv-bias-off"
	WhyBidirectional    Key = "why.bidirectional"
	WhyOneDirection     Key = "why.one-direction"
	WhyRNNLayers        Key = "why.rnn-layers"
	WhyRNNState         Key = "why.rnn-state"
	WhyWidth            Key = "why.width"
	WhyKernel           Key = "why.kernel"
	WhyExpand3          Key = "why.expand-3x3"
	WhyStrideFirst      Key = "why.stride-first"
	WhyTransitionHalf   Key = "why.transition-half"
	WhyTransitionFull   Key = "why.transition-full"
	WhyClasses          Key = "why.classes"
	WhyVocabulary       Key = "why.vocabulary"
	WhyPositions        Key = "why.positions"
	WhyHeadOff          Key = "why.head-off"
	WhyDenseOff         Key = "why.dense-off"
	WhyHead             Key = "why.head"
	WhyHeadTrained      Key = "why.head-trained"
	WhyUntie            Key = "why.untie"
	WhyTie              Key = "why.tie"
	WhySideOff          Key = "why.side-off"
	WhySideOn           Key = "why.side-on"
	WhyInChannels       Key = "why.in-channels"
	WhyInSize           Key = "why.in-size"
	WhyStem3            Key = "why.stem-3x3"
	WhySeparable        Key = "why.separable"
	WhyDepthwise        Key = "why.depthwise"
	WhyFirstFilters     Key = "why.first-filters"
	WhyRepetitions      Key = "why.repetitions"
	WhyPoolOff          Key = "why.pool-off"
	WhyPaddingSame      Key = "why.padding-same"
	WhyPaddingOff       Key = "why.padding-off"
	WhyPoolAdd          Key = "why.pool-add"
	WhyPoolCeil         Key = "why.pool-ceil"
	WhyFlattenOff       Key = "why.flatten-off"
	WhyExpandOne        Key = "why.expand-one"
	WhyShortcutA        Key = "why.shortcut-padding"
	WhyShortcutB        Key = "why.shortcut-projection"
	WhyRowOnly          Key = "why.row-only"
	WhyRepetitionsOnly  Key = "why.repetitions-only"
	WhyRowOff           Key = "why.row-off"
	WhyRowTwice         Key = "why.row-twice"
	WhyNetwork          Key = "why.network"
	WhyLeNet1998        Key = "why.lenet-1998"
	WhyCoarse           Key = "why.coarse"
	WhyTool             Key = "why.tool"
	WhyPrinted          Key = "why.printed"
	WhyErratumGPT2      Key = "why.erratum-gpt2"
	WhyErratumMobileNet Key = "why.erratum-mobilenet"
)

var whys = map[Key]Text{
	WhyEmpty:            {"Type a number, such as 25.6M, 25,636,712, 233 MiB or 8.2 GFLOPs.", "25.6M, 25,636,712, 2,358만, 233 MiB, 8.2 GFLOPs처럼 숫자를 입력하세요."},
	WhyNoNumber:         {"{0} cannot be read as a number. Examples: 25.6M, 25,636,712, 233 MiB, 8.2 GFLOPs.", "{0}을(를) 숫자로 읽을 수 없습니다. 예: 25.6M, 25,636,712, 2,358만, 233 MiB, 8.2 GFLOPs."},
	WhyNotPositive:      {"{0} is not above 0. A number of parameters, bytes or operations must be above 0.", "{0}은(는) 0보다 크지 않습니다. 파라미터, 바이트, 연산의 수는 0보다 커야 합니다."},
	WhyNotWhole:         {"{0} is not a whole number. Add its unit: 25.6M, 25.6 MB, 25.6 GFLOPs.", "{0}은(는) 정수가 아닙니다. 25.6M, 25.6 MB, 25.6 GFLOPs처럼 단위를 붙이세요."},
	WhyUnit:             {"The unit of {0} is unknown. Known are K, M, G, B, MB, MiB, parameters, MACs, FLOPs.", "{0}의 단위를 알 수 없습니다. K, M, G, B, 만, 억, MB, MiB, 파라미터, MACs, FLOPs를 쓸 수 있습니다."},
	WhyTooLarge:         {"{0} is larger than any network.", "{0}은(는) 어떤 네트워크보다도 큽니다."},
	WhySame:             {"This is the number that the page shows.", "이 페이지에 표시된 수와 같습니다."},
	WhySameTwoBiases:    {"PyTorch, and Keras with reset_after=True, keep two bias vectors per gate: {0} of the biases are the second ones. With one bias vector it is {1}.", "PyTorch, 그리고 reset_after=True인 Keras는 게이트마다 편향 벡터를 둘 둡니다. 둘째 편향이 {0}개이고, 하나만 두면 {1}입니다."},
	WhyBinary:           {"The prefix is a power of 2: K is 2¹⁰, M 2²⁰, G 2³⁰, not 10³, 10⁶, 10⁹.", "접두어가 2의 거듭제곱입니다. 10³, 10⁶, 10⁹이 아니라 K는 2¹⁰, M은 2²⁰, G는 2³⁰입니다."},
	WhyBinaryBytes:      {"KB, MB and GB are 2¹⁰, 2²⁰ and 2³⁰ bytes here (KiB, MiB, GiB), not 10³, 10⁶ and 10⁹.", "여기서 KB, MB, GB는 10³, 10⁶, 10⁹이 아니라 2¹⁰, 2²⁰, 2³⁰바이트(KiB, MiB, GiB)입니다."},
	WhyCut:              {"The digits of {0} are cut off, not rounded.", "{0}은(는) 반올림하지 않고 잘라 낸 값입니다."},
	WhyFLOPs:            {"FLOPs: a multiply and an add for each MAC.", "FLOPs로, MAC마다 곱셈과 덧셈을 하나씩 셉니다."},
	WhyMACs:             {"The number is MACs, not parameters.", "파라미터가 아니라 MACs입니다."},
	WhyMACsAsFLOPs:      {"It is called FLOPs, but counts multiply and add as one: these are MACs.", "FLOPs라고 하지만 곱셈과 덧셈을 하나로 센 MACs입니다."},
	WhyBatch:            {"A batch of {0} samples is counted, not one.", "표본 하나가 아니라 {0}개의 배치를 셉니다."},
	WhyBytes4:           {"4 bytes for each parameter: float32.", "파라미터마다 4바이트: float32."},
	WhyBytes2:           {"2 bytes for each parameter: float16 or bfloat16.", "파라미터마다 2바이트: float16 또는 bfloat16."},
	WhyBytes1:           {"1 byte for each parameter: int8.", "파라미터마다 1바이트: int8."},
	WhyBytes8:           {"8 bytes for each parameter: float64, or float32 with its gradient.", "파라미터마다 8바이트: float64, 또는 float32와 그 기울기."},
	WhyBytes12:          {"12 bytes for each parameter: float32 and the two moments of Adam, as in a checkpoint.", "파라미터마다 12바이트: 체크포인트처럼 float32와 Adam의 두 모멘트."},
	WhyBytes16:          {"16 bytes for each parameter: float32 with its gradient and the two moments of Adam.", "파라미터마다 16바이트: float32, 기울기, Adam의 두 모멘트."},
	WhyBiasOff:          {"Biases of convolution and fully connected layers are not counted.", "합성곱 층과 완전 연결층의 편향을 세지 않습니다."},
	WhyBiasAllOff:       {"No biases are counted, nor the β of normalization.", "정규화의 β까지 모든 편향을 세지 않습니다."},
	WhyBiasConvOff:      {"The convolutions have no biases.", "합성곱에 편향이 없습니다."},
	WhyBiasDenseOff:     {"The fully connected layers have no biases.", "완전 연결층에 편향이 없습니다."},
	WhyBiasOn:           {"Biases are counted.", "편향을 셉니다."},
	WhyBiasTwice:        {"Biases are counted twice.", "편향을 두 번 셉니다."},
	WhyBiasOnce:         {"One bias for each layer, not one for each output.", "출력마다가 아니라 층마다 편향을 하나만 셉니다."},
	WhyBiasPerInput:     {"One bias for each input, not one for each neuron.", "뉴런마다가 아니라 입력마다 편향을 하나씩 셉니다."},
	WhyBiasOnceDense:    {"One bias for each fully connected layer, not one for each neuron.", "뉴런마다가 아니라 완전 연결층마다 편향을 하나만 셉니다."},
	WhyBiasOnceConv:     {"One bias for each convolution, not one for each filter.", "필터마다가 아니라 합성곱마다 편향을 하나만 셉니다."},
	WhyStatsOn:          {"Running means and variances (buffers) are counted, as in Keras: batch norm has 4C.", "Keras처럼 이동 평균과 분산(버퍼)을 셉니다. 배치 정규화는 4C입니다."},
	WhyStatsOff:         {"Only trainable parameters are counted, as in PyTorch, without running means and variances: batch norm has 2C.", "PyTorch처럼 훈련 가능한 파라미터만 세고 이동 평균과 분산은 뺍니다. 배치 정규화는 2C입니다."},
	WhyBuffersOn:        {"All buffers are counted, batch norm's counters too: the elements of a state_dict.", "배치 정규화의 카운터까지 모든 버퍼를 셉니다. state_dict의 원소 수입니다."},
	WhyTwoBiases:        {"Recurrent layers have two bias vectors per gate, as in PyTorch.", "순환 층은 PyTorch처럼 게이트마다 편향 벡터가 둘입니다."},
	WhyOneBias:          {"Recurrent layers have one bias vector per gate, as in Keras without reset_after.", "순환 층은 reset_after가 없는 Keras처럼 게이트마다 편향 벡터가 하나입니다."},
	WhyNormOff:          {"Normalization layers are not counted.", "정규화 층을 세지 않습니다."},
	WhyNormHalf:         {"Normalization has one learnable number per channel, not two.", "정규화의 학습 가능한 수가 채널마다 둘이 아니라 하나입니다."},
	WhyNormFold:         {"Batch norm is folded into the convolutions, which have biases then, as in exported networks.", "배치 정규화를 합성곱에 합쳐 합성곱에 편향이 생깁니다. 내보낸 네트워크가 그렇습니다."},
	WhyNormAdd:          {"A batch norm follows each convolution.", "합성곱마다 배치 정규화가 이어집니다."},
	WhyNormAddNoBias:    {"A batch norm follows each convolution, which has no bias then.", "합성곱마다 편향 없이 배치 정규화가 이어집니다."},
	WhyConvDenseOnly:    {"Only convolutions and fully connected layers are counted.", "합성곱과 완전 연결층만 셉니다."},
	WhyConvOnly:         {"Only convolutions are counted.", "합성곱만 셉니다."},
	WhyDenseOnly:        {"Only fully connected layers are counted.", "완전 연결층만 셉니다."},
	WhyNoConv:           {"Convolutions are not counted: the counter does not know their class.", "합성곱을 세지 않습니다. 세는 도구가 그 클래스를 모릅니다."},
	WhyNoScores:         {"The products of queries, keys and values are not counted, only their weights.", "쿼리, 키, 값끼리의 곱을 빼고 가중치의 연산만 셉니다."},
	WhyNoTables:         {"Embeddings are not counted.", "임베딩을 세지 않습니다."},
	WhyNoTablesFree:     {"Embeddings of words and positions are not counted.", "단어와 위치의 임베딩을 세지 않습니다."},
	WhyNoFree:           {"Tensors outside of layers (positions, class tokens) are not counted.", "층에 속하지 않은 텐서(위치, 클래스 토큰)를 세지 않습니다."},
	WhyTiedTwice:        {"Shared weights are counted in each layer that uses them.", "공유하는 가중치를 쓰는 층마다 셉니다."},
	WhyTiedThrice:       {"Shared weights are counted twice more.", "공유하는 가중치를 두 번 더 셉니다."},
	WhyTrainableOnly:    {"Only trainable parameters are counted; frozen ones are not.", "동결된 것을 뺀 훈련 가능한 파라미터만 셉니다."},
	WhyDepthForgotten:   {"The depth of the kernels is forgotten: height × width × filters, without the input channels.", "커널의 깊이를 빠뜨렸습니다. 입력 채널 없이 높이 × 너비 × 필터 수만 셉니다."},
	WhyKernelForgotten:  {"The height and width of the kernels are forgotten: input channels × filters alone.", "커널의 높이와 너비를 빠뜨렸습니다. 입력 채널 × 필터 수만 셉니다."},
	WhyAreaCounted:      {"The height and width of the output are counted in; a convolution uses the same weights at each position.", "출력의 높이와 너비를 곱했습니다. 합성곱은 모든 위치에서 같은 가중치를 씁니다."},
	WhyUnshared:         {"Weights are not shared: each position has its own, with its own bias.", "가중치를 공유하지 않고 위치마다 가중치와 편향을 따로 셉니다."},
	WhyAdam:             {"The states of Adam are counted: two moments for each trainable parameter; scalars beside them: {0}.", "Adam의 상태를 셉니다. 훈련 가능한 파라미터마다 모멘트 둘과 스칼라 {0}개입니다."},
	WhyMomentum:         {"The states of SGD with momentum are counted: one for each trainable parameter; scalars beside them: {0}.", "모멘텀 SGD의 상태를 셉니다. 훈련 가능한 파라미터마다 하나와 스칼라 {0}개입니다."},
	WhyLoRAAll:          {"LoRA of rank {0} on all linear layers but the head is counted too.", "헤드를 뺀 모든 선형 층에 붙은 랭크 {0}의 LoRA도 셉니다."},
	WhyLoRAQV:           {"LoRA of rank {0} on query and value is counted too.", "쿼리와 값에 붙은 랭크 {0}의 LoRA도 셉니다."},
	WhyLoRAQV16:         {"LoRA of rank {0} on query and value of 16 layers is counted too.", "16개 층의 쿼리와 값에 붙은 랭크 {0}의 LoRA도 셉니다."},
	WhyLoRAAllOnly:      {"Only what is trained: LoRA of rank {0} on all linear layers but the head.", "훈련하는 것만 셉니다. 헤드를 뺀 모든 선형 층의 랭크 {0} LoRA입니다."},
	WhyLoRAQVHead:       {"Only what is trained: LoRA of rank {0} on query and value, and a new head with outputs: {1}.", "훈련하는 것만 셉니다. 쿼리와 값의 랭크 {0} LoRA와 출력이 {1}개인 새 헤드입니다."},
	WhyLoRAAllHead:      {"Only what is trained: LoRA of rank {0} on all linear layers, and a new head with outputs: {1}.", "훈련하는 것만 셉니다. 모든 선형 층의 랭크 {0} LoRA와 출력이 {1}개인 새 헤드입니다."},
	WhyLoRAQVOnly:       {"Only what is trained: LoRA of rank {0} on query and value.", "훈련하는 것만 셉니다. 쿼리와 값의 랭크 {0} LoRA입니다."},
	WhyLoRAQV16Only:     {"Only what is trained: LoRA of rank {0} on query and value of 16 layers.", "훈련하는 것만 셉니다. 16개 층의 쿼리와 값의 랭크 {0} LoRA입니다."},
	WhyPacked:           {"Packed in 4 bit: two weights of the linear layers but the head are in one byte and counted as one.", "4비트로 묶여, 헤드를 뺀 선형 층의 가중치 둘이 한 바이트에 들어가 하나로 셉니다."},
	WhyPackedMLX:        {"Packed in 4 bit: eight weights of linear layers in one integer, with a scale and a bias for each 64 (MLX).", "4비트로 묶여, 선형 층의 가중치 여덟이 정수 하나에 들어가고 64개마다 스케일과 편향이 있습니다(MLX)."},
	WhyGroupsOff:        {"The convolutions have no groups: each filter sees all input channels.", "합성곱에 그룹이 없어 필터마다 모든 입력 채널을 봅니다."},
	WhyDepthwiseFull:    {"The depthwise convolutions are ordinary ones.", "깊이별 합성곱이 보통 합성곱입니다."},
	WhyConvBiasOn:       {"The convolutions have biases, as in Keras.", "Keras처럼 합성곱에 편향이 있습니다."},
	WhyAttnBiasOff:      {"The attention layers have no biases.", "어텐션 층에 편향이 없습니다."},
	WhyQKVBiasOff:       {"Query, key and value have no biases.", "쿼리, 키, 값에 편향이 없습니다."},
	WhyBidirectional:    {"The recurrent layers run in both directions.", "순환 층이 양방향입니다."},
	WhyOneDirection:     {"The recurrent layers run in one direction.", "순환 층이 한 방향입니다."},
	WhyRNNLayers:        {"Recurrent layers on top of each other: {0}, not {1}.", "쌓은 순환 층이 {1}개가 아니라 {0}개입니다."},
	WhyRNNState:         {"The initial states of the recurrent layers are learned too.", "순환 층의 초기 상태도 학습합니다."},
	WhyWidth:            {"Width of {0}: {1}, not {2}.", "{0}의 너비가 {2}이(가) 아니라 {1}입니다."},
	WhyKernel:           {"Kernel of {0}: {1}×{1}, not {2}×{2}.", "{0}의 커널이 {2}×{2}이(가) 아니라 {1}×{1}입니다."},
	WhyExpand3:          {"The convolutions that expand the channels are 3×3, not 1×1.", "채널을 늘리는 합성곱이 1×1이 아니라 3×3입니다."},
	WhyStrideFirst:      {"The stride is at the first 1×1 of a bottleneck (v1, the paper), not at its 3×3 (v1.5).", "스트라이드가 병목의 3×3(v1.5)이 아니라 첫 1×1에 있습니다(v1, 논문)."},
	WhyTransitionHalf:   {"The transitions halve the channels.", "전이 층이 채널을 반으로 줄입니다."},
	WhyTransitionFull:   {"The transitions keep all channels.", "전이 층이 채널을 그대로 둡니다."},
	WhyClasses:          {"Number of classes: {0}, not {1}.", "클래스가 {1}개가 아니라 {0}개입니다."},
	WhyVocabulary:       {"Words in the vocabulary: {0}, not {1}.", "어휘의 단어가 {1}개가 아니라 {0}개입니다."},
	WhyPositions:        {"Positions that are learned: {0}, not {1}.", "학습하는 위치가 {1}개가 아니라 {0}개입니다."},
	WhyHeadOff:          {"Without the last layer, the classifier.", "마지막 층인 분류기가 없습니다."},
	WhyDenseOff:         {"Without the fully connected layers at the end (include_top=False).", "끝의 완전 연결층들이 없습니다(include_top=False)."},
	WhyHead:             {"The head is another one: {0}.", "헤드가 다릅니다: {0}."},
	WhyHeadTrained:      {"Only the head is trained; all before it is frozen.", "헤드만 훈련하고 그 앞은 모두 동결합니다."},
	WhyUntie:            {"The weights that layers share here are separate ones.", "여기서 층들이 공유하는 가중치가 따로 있습니다."},
	WhyTie:              {"The output layer uses the weights of the embedding.", "출력층이 임베딩의 가중치를 씁니다."},
	WhySideOff:          {"The auxiliary heads are not counted.", "보조 헤드를 세지 않습니다."},
	WhySideOn:           {"The auxiliary heads are counted.", "보조 헤드를 셉니다."},
	WhyInChannels:       {"Channels of the input: {0}, not {1}.", "입력 채널이 {1}개가 아니라 {0}개입니다."},
	WhyInSize:           {"The input is {0}×{0}, not {1}×{1}.", "입력이 {1}×{1}이(가) 아니라 {0}×{0}입니다."},
	WhyStem3:            {"The first convolution is 3×3 with stride 1, as for CIFAR.", "첫 합성곱이 CIFAR용처럼 3×3, 스트라이드 1입니다."},
	WhySeparable:        {"The convolution is a separable one with depth multiplier {0}.", "합성곱이 깊이 배수 {0}의 분리 합성곱입니다."},
	WhyDepthwise:        {"Each convolution is a depthwise one and a 1×1, with a bias each.", "합성곱마다 깊이별 합성곱과 1×1 합성곱이고, 편향이 각각 있습니다."},
	WhyFirstFilters:     {"Filters of the first convolution: {0}, not {1}.", "첫 합성곱의 필터가 {1}개가 아니라 {0}개입니다."},
	WhyRepetitions:      {"Repetitions of {0}: {1}, not {2}.", "{0}의 반복이 {2}번이 아니라 {1}번입니다."},
	WhyPoolOff:          {"Without the pool {0}: the layer after flatten receives more.", "풀링 {0}이(가) 없어 평탄화 뒤의 층에 더 많이 들어옵니다."},
	WhyPaddingSame:      {"The convolutions are padded, so that maps keep their size.", "합성곱에 패딩이 있어 맵의 크기가 유지됩니다."},
	WhyPaddingOff:       {"The convolutions are not padded.", "합성곱에 패딩이 없습니다."},
	WhyPoolAdd:          {"One more 2×2 pool before flatten.", "평탄화 앞에 2×2 풀링이 하나 더 있습니다."},
	WhyPoolCeil:         {"The pools round the size up, as in Caffe.", "Caffe처럼 풀링이 크기를 올림합니다."},
	WhyFlattenOff:       {"The first fully connected layer receives {0} features, one for each channel: flatten is forgotten, or the mean of the map is taken.", "첫 완전 연결층이 채널마다 하나씩 특징 {0}개를 받습니다. 평탄화를 빠뜨렸거나 맵의 평균을 썼습니다."},
	WhyExpandOne:        {"The first block has a 1×1 convolution for its expansion by 1 too.", "첫 블록에도 확장 배수 1의 1×1 합성곱이 있습니다."},
	WhyShortcutA:        {"Where the shape changes, the shortcuts are padded with zeros and have no weights (option A of the paper).", "모양이 바뀌는 지름길이 0으로 채워져 가중치가 없습니다(논문의 A안)."},
	WhyShortcutB:        {"Where the shape changes, the shortcuts are 1×1 convolutions with batch norm (option B of the paper).", "모양이 바뀌는 지름길이 배치 정규화가 있는 1×1 합성곱입니다(논문의 B안)."},
	WhyRowOnly:          {"{0} alone.", "{0} 하나만 셉니다."},
	WhyRepetitionsOnly:  {"{0} of the {1} repetitions of {2} alone.", "{2}의 반복 {1}번 가운데 {0}번만 셉니다."},
	WhyRowOff:           {"{0} is not counted.", "{0}을(를) 세지 않습니다."},
	WhyRowTwice:         {"{0} is counted twice.", "{0}을(를) 두 번 셉니다."},
	WhyNetwork:          {"It is another network: {0}.", "다른 네트워크입니다: {0}."},
	WhyLeNet1998:        {"LeNet-5 as its paper has it: C3 sees 3, 4 or 6 of the maps (−900), each map has a coefficient and a bias after subsampling (+44), and the output is fixed (−850).", "논문의 LeNet-5입니다. C3는 맵 3, 4, 6개만 보고(−900), 서브샘플링 뒤 맵마다 계수와 편향이 있으며(+44), 출력은 고정되어 있습니다(−850)."},
	WhyCoarse:           {"The zeros at the end of {0} are no digits: it is rounded more coarsely.", "{0} 끝의 0은 유효 숫자가 아니라 더 거칠게 반올림한 것입니다."},
	WhyTool:             {"Counted as {0} does; its rule is in “How other tools count it”.", "{0}의 방식으로 셉니다. 규칙은 ‘다른 도구의 계산’에 있습니다."},
	WhyPrinted:          {"{0} prints this for the network: {1}. {2}", "{0}이(가) 이 네트워크에 대해 출력하는 값입니다: {1}. {2}"},
	WhyErratumGPT2:      {"The published number is wrong: “our original parameter counts were wrong due to an error” (OpenAI).", "발표된 수가 틀렸습니다. OpenAI가 원래 파라미터 수에 오류가 있었다고 밝혔습니다."},
	WhyErratumMobileNet: {"The number in the paper is wrong: width 1.4 has 6.1 M in every implementation.", "논문의 수가 틀렸습니다. 너비 1.4는 모든 구현에서 6.1 M입니다."},
}
