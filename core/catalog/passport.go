package catalog

// What other tools print: names of figures, and the rule of each tool.
const (
	PassportParams            Key = "passport.params"
	PassportMACs              Key = "passport.macs"
	PassportTrainable         Key = "passport.trainable"
	PassportFrozen            Key = "passport.frozen"
	PassportStateDict         Key = "passport.state-dict"
	PassportInputSize         Key = "passport.input-size"
	PassportPassSize          Key = "passport.pass-size"
	PassportLayersSize        Key = "passport.layers-size"
	PassportParamsSize        Key = "passport.params-size"
	PassportTotalSize         Key = "passport.total-size"
	PassportTable             Key = "passport.table"
	PassportRulePyTorch       Key = "passport.rule.pytorch"
	PassportRuleTorchinfo     Key = "passport.rule.torchinfo"
	PassportRuleTorchsummary  Key = "passport.rule.torchsummary"
	PassportRuleKeras         Key = "passport.rule.keras"
	PassportRulePtflops       Key = "passport.rule.ptflops"
	PassportRulePtflopsBefore Key = "passport.rule.ptflops-before"
	PassportRuleThop          Key = "passport.rule.thop"
	PassportRuleFvcore        Key = "passport.rule.fvcore"
	PassportRuleNetscope      Key = "passport.rule.netscope"
)

var passports = map[Key]Text{
	PassportParams:            {"parameters", "파라미터"},
	PassportMACs:              {"MACs", "MACs"},
	PassportTrainable:         {"trainable", "훈련 가능"},
	PassportFrozen:            {"non-trainable", "훈련 불가능"},
	PassportStateDict:         {"state_dict, at least", "state_dict, 최소"},
	PassportInputSize:         {"input", "입력"},
	PassportPassSize:          {"forward/backward pass", "순전파/역전파"},
	PassportLayersSize:        {"forward/backward pass, layers alone", "순전파/역전파, 층만"},
	PassportParamsSize:        {"parameters", "파라미터"},
	PassportTotalSize:         {"estimated total", "예상 합계"},
	PassportTable:             {"parameters, in a table", "표에 나오는 파라미터"},
	PassportRulePyTorch:       {"sum(p.numel() for p in model.parameters()): each learnable tensor once. A state_dict has the buffers too, in float32 and its counters in 8 bytes.", "sum(p.numel() for p in model.parameters()): 학습 가능한 텐서를 한 번씩 셉니다. state_dict에는 버퍼도 float32로, 카운터는 8바이트로 들어갑니다."},
	PassportRuleTorchinfo:     {"Mult-adds are the parameters, biases included: of a convolution at each output position, of a recurrent layer at each step, of every other layer once, a linear one in a sequence too; attention is not counted. A tensor that two layers share counts twice. The pass size is twice the outputs of layers with parameters, not the memory that is needed; MB is 10⁶. From Python 3.11 on it prints (Units.GIGABYTES) for (G).", "Mult-adds는 편향까지 포함한 파라미터입니다. 합성곱은 출력 위치마다, 순환 층은 스텝마다, 다른 층은 시퀀스의 선형 층이라도 한 번만 세고, 어텐션은 세지 않습니다. 두 층이 공유하는 텐서는 두 번 셉니다. 순전파/역전파 크기는 파라미터가 있는 층 출력의 두 배이지 필요한 메모리가 아닙니다. MB는 10⁶입니다. Python 3.11부터는 (G) 대신 (Units.GIGABYTES)로 출력합니다."},
	PassportRuleTorchsummary:  {"Only tensors called weight and bias, in every call: shared weights count again, recurrent and attention layers not at all; at an LSTM or an embedding it stops with an error. The pass size is twice the outputs of all modules; blocks around layers, which are not in the stack, come on top. MB is 2²⁰.", "호출할 때마다 weight와 bias라는 텐서만 셉니다. 공유 가중치는 다시 세고 순환 층과 어텐션은 세지 않으며, LSTM과 임베딩에서는 오류로 멈춥니다. 순전파/역전파 크기는 모든 모듈 출력의 두 배인데, 스택에 없는 바깥 블록의 출력이 더해집니다. MB는 2²⁰입니다."},
	PassportRuleKeras:         {"Running means and variances count, as non-trainable; sizes are 4 bytes each in units of 1024. Operations are not counted.", "이동 평균과 분산을 훈련 불가능한 것으로 셉니다. 크기는 4바이트씩 1024 단위입니다. 연산은 세지 않습니다."},
	PassportRulePtflops:       {"MACs with biases, twice the elements of a norm, and the elements of activations and pools, twice since it counts functions besides modules; additions written with + are not counted. Parameters are the trainable ones.", "편향을 포함한 MACs에 정규화 원소의 두 배, 활성화와 풀링의 원소를 더합니다. 모듈과 함수를 함께 세므로 이것도 두 번 셉니다. +로 쓴 덧셈은 세지 않습니다. 파라미터는 훈련 가능한 것입니다."},
	PassportRulePtflopsBefore: {"As above, but functions are not counted, so activations and pools count once; layer norm is not counted, the bias of a fully connected layer once, a transposed convolution at the output’s positions.", "위와 같으나 함수를 세지 않으므로 활성화와 풀링을 한 번만 셉니다. 층 정규화는 세지 않고, 선형 층의 편향은 한 번만, 전치 합성곱은 출력 위치마다 셉니다."},
	PassportRuleThop:          {"MACs without biases, four times the elements of a norm, and average pools; activations are not counted. Parameters are those of classes it has a rule for: embeddings, attention, group norm and tensors outside of layers are missing.", "편향을 뺀 MACs에 정규화 원소의 네 배와 평균 풀링을 더하고, 활성화는 세지 않습니다. 파라미터는 규칙이 있는 클래스의 것뿐이라 임베딩, 어텐션, 그룹 정규화, 층 밖의 텐서가 빠집니다."},
	PassportRuleFvcore:        {"It calls them FLOPs and counts a MAC as one: without biases and activations, twice the elements of batch norm in inference (five times in training), five times those of other norms, and what enters an adaptive average pool of images. Convolutions with padding=\"same\" and recurrent layers are missing. Its tables round.", "FLOPs라고 하지만 MAC을 하나로 셉니다. 편향과 활성화는 빼고, 배치 정규화는 추론에서 원소의 두 배(훈련에서 다섯 배), 다른 정규화는 다섯 배, 이미지의 적응형 평균 풀링은 들어오는 원소를 셉니다. same 패딩을 쓴 합성곱과 순환 층은 빠집니다. 표에서는 반올림합니다."},
	PassportRuleNetscope:      {"No biases in the parameters, 2C of batch norm, 2 for each local response norm; MACs of layers that multiply, the window of a local response norm and the scale after batch norm too. Only for layers that it knows, and pools that round up as Caffe’s do.", "파라미터에 편향이 없고, 배치 정규화는 2C, LRN은 2개씩 셉니다. MACs는 곱하는 층에 LRN의 창과 배치 정규화 뒤의 스케일을 더합니다. 이 도구가 아는 층만 있고 풀링이 Caffe처럼 올림하는 네트워크에만 해당합니다."},
}
