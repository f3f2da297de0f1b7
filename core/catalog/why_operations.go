package catalog

// The ways of counting operations that no tool of the passport has.
const (
	WhyOpsBiases       Key = "why.ops-biases"
	WhyOpsBiases2      Key = "why.ops-biases-2"
	WhyOpsActivations  Key = "why.ops-activations"
	WhyOpsActivations2 Key = "why.ops-activations-2"
	WhyOpsNorms        Key = "why.ops-norms"
	WhyOpsThopBefore   Key = "why.ops-thop-before"
	WhyOpsThopFirst    Key = "why.ops-thop-first"
	WhyOpsDeepSpeed    Key = "why.ops-deepspeed"
	WhyOpsTensorFlow   Key = "why.ops-tensorflow"
	WhyOpsTraining     Key = "why.ops-training"
	WhyInFrame         Key = "why.in-frame"
	WhyOutputs         Key = "why.outputs"
	WhyOutLayers       Key = "why.out-layers"
	WhyOutLayersInput  Key = "why.out-layers-input"
	WhyOutNorms        Key = "why.out-norms"
	WhyOutNormsInput   Key = "why.out-norms-input"
	WhyOutConvs        Key = "why.out-convs"
	WhyOutConvDense    Key = "why.out-conv-dense"
	WhyOutMemory       Key = "why.out-memory"
	WhyOutAll          Key = "why.out-all"
	WhyOutAllInput     Key = "why.out-all-input"
	WhyOutBlocks       Key = "why.out-blocks"
	WhyPeak            Key = "why.peak"
	WhyTrainingMemory  Key = "why.training-memory"
	WhyBothPasses      Key = "why.both-passes"
	WhyBytesEach       Key = "why.bytes-each"
)

var whyOperations = map[Key]Text{
	WhyOpsBiases:       {"Adding a bias is counted too: one operation for each output of a layer that has biases.", "편향을 더하는 것도 셉니다. 편향이 있는 층의 출력마다 연산 하나입니다."},
	WhyOpsBiases2:      {"FLOPs: a multiply and an add for each MAC, and one more for each bias that is added.", "FLOPs로, MAC마다 곱셈과 덧셈을 하나씩, 편향을 더할 때마다 하나씩 더 셉니다."},
	WhyOpsActivations:  {"Adding a bias and each value of an activation are counted too, one operation each.", "편향을 더하는 것과 활성화 함수의 값도 연산 하나씩으로 셉니다."},
	WhyOpsActivations2: {"FLOPs: two for each MAC, and one for each bias that is added and for each value of an activation.", "FLOPs로, MAC마다 둘, 편향을 더할 때마다 하나, 활성화 함수의 값마다 하나를 셉니다."},
	WhyOpsNorms:        {"Batch norm is counted too, two operations for each value; so are the biases of convolutions.", "배치 정규화도 값마다 연산 둘로 세고, 합성곱의 편향도 셉니다."},
	WhyOpsThopBefore:   {"Counted as {0} did: batch norm two operations for each value, average pools and biases of convolutions too.", "{0}의 방식입니다. 배치 정규화는 값마다 연산 둘로, 평균 풀링과 합성곱의 편향도 셉니다."},
	WhyOpsThopFirst:    {"Counted as {0} did: batch norm four operations for each value, average pools and biases of convolutions too, and fully connected layers twice.", "{0}의 방식입니다. 배치 정규화는 값마다 연산 넷으로, 평균 풀링과 합성곱의 편향도 세고, 완전 연결층은 두 배로 셉니다."},
	WhyOpsDeepSpeed:    {"Counted as {0} counts FLOPs: two for each MAC, then biases of convolutions, norms, activations and pools.", "{0}의 FLOPs입니다. MAC마다 둘에 합성곱의 편향, 정규화, 활성화 함수, 풀링을 더합니다."},
	WhyOpsTensorFlow:   {"Counted as TensorFlow’s profiler counts FLOPs: two for each MAC, one for each bias that is added, and the windows of pools.", "텐서플로 프로파일러의 FLOPs입니다. MAC마다 둘, 편향을 더할 때마다 하나, 풀링 창의 원소마다 하나를 셉니다."},
	WhyOpsTraining:     {"One training step: the backward pass does about twice as much as the forward pass.", "훈련 한 단계입니다. 역방향은 순방향의 두 배쯤 계산합니다."},
	WhyInFrame:         {"The input is {0} high and {1} wide, not {2}×{2}.", "입력이 {2}×{2}이(가) 아니라 높이 {0}, 너비 {1}입니다."},
	WhyOutputs:         {"Not parameters, but activations: elements of the outputs of {0}, for one sample.", "파라미터가 아니라 활성화 값입니다. 표본 하나에 대해 {0}의 출력 원소를 셉니다."},
	WhyOutLayers:       {"all layers but norms and activations, which work in place", "제자리에서 계산하는 정규화와 활성화 함수를 뺀 모든 층"},
	WhyOutLayersInput:  {"all layers but norms and activations, which work in place, with the input", "입력, 그리고 제자리에서 계산하는 정규화와 활성화 함수를 뺀 모든 층"},
	WhyOutNorms:        {"all layers but activations, which work in place", "제자리에서 계산하는 활성화 함수를 뺀 모든 층"},
	WhyOutNormsInput:   {"all layers but activations, which work in place, with the input", "입력, 그리고 제자리에서 계산하는 활성화 함수를 뺀 모든 층"},
	WhyOutConvs:        {"convolutions alone", "합성곱만"},
	WhyOutConvDense:    {"convolutions and fully connected layers", "합성곱과 완전 연결층"},
	WhyOutMemory:       {"what needs memory of its own: all but views and layers in place", "뷰와 제자리 층을 뺀, 메모리가 따로 필요한 모든 층"},
	WhyOutAll:          {"all layers, activations too", "활성화 함수까지 모든 층"},
	WhyOutAllInput:     {"all layers, activations and the input too", "활성화 함수와 입력까지 모든 층"},
	WhyOutBlocks:       {"all layers, and once more of the blocks around them, as torchsummary counts them", "모든 층과, torchsummary처럼 한 번 더 세는 블록"},
	WhyPeak:            {"Not parameters: the peak memory of the activations in inference, for one sample.", "파라미터가 아니라 추론할 때 활성화 값의 최대 메모리입니다. 표본 하나에 대한 값입니다."},
	WhyTrainingMemory:  {"Training, for one sample: parameters, gradients, states of the optimizer ({0} for each parameter), and the outputs that the backward pass needs.", "표본 하나를 훈련할 때의 메모리입니다. 파라미터, 기울기, 옵티마이저 상태(파라미터마다 {0}개), 역방향에 필요한 출력을 더합니다."},
	WhyBothPasses:      {"Forward and backward: a gradient for each.", "순방향과 역방향으로, 값마다 기울기가 하나씩 더 있습니다."},
	WhyBytesEach:       {"Bytes each: {0}.", "값마다 {0}바이트."},
}
