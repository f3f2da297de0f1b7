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
}
