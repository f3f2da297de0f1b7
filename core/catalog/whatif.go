package catalog

// What an edit would do, what gets worse by it, and how the numbers follow: core/whatif.
const (
	WhatHead       Key = "whatif.head"
	WhatHeadDense  Key = "whatif.head-dense"
	WhatSplit      Key = "whatif.split"
	WhatSeparable  Key = "whatif.separable"
	WhatBottleneck Key = "whatif.bottleneck"
	WhatGrouped    Key = "whatif.grouped"
	WhatAsymmetric Key = "whatif.asymmetric"
	WhatBiasOff    Key = "whatif.bias-off"
	WhatBiasOffAll Key = "whatif.bias-off-all"
	WhatFold       Key = "whatif.fold"
	WhatFoldAll    Key = "whatif.fold-all"
	WhatFreeze     Key = "whatif.freeze"
	WhatFreezeAll  Key = "whatif.freeze-all"
	WhatLoRA       Key = "whatif.lora"
	WhatLoRAAll    Key = "whatif.lora-all"
	WhatInsertPool Key = "whatif.insert-pool"
	WhatDropPool   Key = "whatif.drop-pool"
	WhatDepth      Key = "whatif.depth"
	WhatWidth      Key = "whatif.width"
	WhatInput      Key = "whatif.input"
	WhatInputOf    Key = "whatif.input-of"
	WhatBoth       Key = "whatif.both"

	WorseHead       Key = "worse.head"
	WorseHeadDense  Key = "worse.head-dense"
	WorseSplit      Key = "worse.split"
	WorseSeparable  Key = "worse.separable"
	WorseBottleneck Key = "worse.bottleneck"
	WorseGrouped    Key = "worse.grouped"
	WorseAsymmetric Key = "worse.asymmetric"
	WorseBiasOff    Key = "worse.bias-off"
	WorseFold       Key = "worse.fold"
	WorseFreeze     Key = "worse.freeze"
	WorseFreezeAll  Key = "worse.freeze-all"
	WorseLoRA       Key = "worse.lora"
	WorseInsertPool Key = "worse.insert-pool"
	WorseDropPool   Key = "worse.drop-pool"
	WorseDeep       Key = "worse.deep"
	WorseShallow    Key = "worse.shallow"
	WorseNarrow     Key = "worse.narrow"
	WorseWide       Key = "worse.wide"
	WorseSmallInput Key = "worse.small-input"
	WorseLargeInput Key = "worse.large-input"
	WorseBoth       Key = "worse.both"
	WorseBesides    Key = "worse.besides"

	LawWidth       Key = "law.width"
	LawInput       Key = "law.input"
	LawDepth       Key = "law.depth"
	LawDepthGrows  Key = "law.depth-grows"
	LawDepthVaries Key = "law.depth-varies"

	ChoiceRank     Key = "choice.rank"
	ChoiceGroups   Key = "choice.groups"
	ChoiceChannels Key = "choice.channels"
	ChoiceDepth    Key = "choice.depth"
	ChoiceWidth    Key = "choice.width"
	ChoiceInput    Key = "choice.input"
	ChoiceWithin   Key = "choice.within"
	ChoiceDivides  Key = "choice.divides"
	ChoiceNoRatio  Key = "choice.no-ratio"
	ChoiceNoInput  Key = "choice.no-input"
	ChoiceBreaks   Key = "choice.breaks"
	ChoiceOutput   Key = "choice.output"
	ChoiceNothing  Key = "choice.nothing"
	ChoiceSame     Key = "choice.same"

	SectionAsk Key = "section.ask"
	CmdWhatIf  Key = "cmd.whatif"

	UIWhatIfBlock  Key = "ui.whatif-block"
	UIWhatIfWhole  Key = "ui.whatif-whole"
	UIWhatIfRank   Key = "ui.whatif-rank"
	UIWhatIfNone   Key = "ui.whatif-none"
	UIWhatIfSome   Key = "ui.whatif-some"
	UIWhatIfMore   Key = "ui.whatif-more"
	UIWhatIfBusy   Key = "ui.whatif-busy"
	UIWhatIfTake   Key = "ui.whatif-take"
	UIWhatIfTaken  Key = "ui.whatif-taken"
	UIWhatIfAt     Key = "ui.whatif-at"
	UIWhatIfKept   Key = "ui.whatif-kept"
	UIWhatIfWorse  Key = "ui.whatif-worse"
	UIPeakMemory   Key = "ui.peak-memory"
	UIPeakIn       Key = "ui.peak-in"
	UIPeakTitle    Key = "ui.peak-title"
	UIPeakMore     Key = "ui.peak-more"
	UIPeakCurve    Key = "ui.peak-curve"
	UIPeakHint     Key = "ui.peak-hint"
	UIPeakAt       Key = "ui.peak-at"
	UIPeakTools    Key = "ui.peak-tools"
	UIPeakHow      Key = "ui.peak-how"
	UITraining     Key = "ui.training"
	UITrainingHint Key = "ui.training-hint"
	UITrainingKept Key = "ui.training-kept"
	UIFit          Key = "ui.fit"
	UIFitHint      Key = "ui.fit-hint"
	UIFitGo        Key = "ui.fit-go"
	UIFitUnread    Key = "ui.fit-unread"
	UIFitParams    Key = "ui.fit-params"
	UIFitBytes     Key = "ui.fit-bytes"
	UIFitPeak      Key = "ui.fit-peak"
	UIFitPeakBytes Key = "ui.fit-peak-bytes"

	FitNotScalable Key = "fit.not-scalable"
	FitNoWidths    Key = "fit.no-widths"
	FitTooWide     Key = "fit.too-wide"
	FitBreaks      Key = "fit.breaks"
	FitUncounted   Key = "fit.uncounted"
	FitKept        Key = "fit.kept"
	FitTooSmall    Key = "fit.too-small"
	FitSmallInput  Key = "fit.small-input"
	FitSmallBoth   Key = "fit.small-both"
	FitNoLimit     Key = "fit.no-limit"
	FitOneLimit    Key = "fit.one-limit"
	FitNoOption    Key = "fit.no-option"
	FitNoNumber    Key = "fit.no-number"
	FitNoType      Key = "fit.no-type"
)

var whatifs = map[Key]Text{
	WhatHead: {"Global average pooling instead of flattening {0} positions",
		"{0} 위치를 펼치는 대신 전역 평균 풀링"},
	WhatHeadDense: {"Global average pooling and one fully connected layer instead of {0}",
		"완전 연결층 {0}개 대신 전역 평균 풀링과 완전 연결층 1개"},
	WhatSplit:      {"{1} convolutions {2} instead of one {0}", "{0} 합성곱 하나 대신 {2} 합성곱 {1}개"},
	WhatSeparable:  {"Depthwise separable: {0} for each channel, then {1}", "깊이별 분리 합성곱: 채널마다 {0}, 그다음 {1}"},
	WhatBottleneck: {"Bottleneck: 1×1 from {0} channels to {1}, {3} there, 1×1 to {2}", "병목: 1×1로 {0}채널을 {1}채널로 줄이고, {3}, 다시 1×1로 {2}채널"},
	WhatGrouped:    {"Grouped: {0} groups of channels", "그룹 합성곱: 채널을 그룹 {0}개로 나누기"},
	WhatAsymmetric: {"{1} and {2} instead of {0}", "{0} 대신 {1} 다음에 {2}"},
	WhatBiasOff:    {"No bias before the batch normalization", "배치 정규화 앞의 편향 없애기"},
	WhatBiasOffAll: {"No biases before batch normalization ({0} layers)", "배치 정규화 앞의 편향 모두 없애기(층 {0}개)"},
	WhatFold:       {"Fold the batch normalization into the layer before it", "배치 정규화를 앞 층에 합치기"},
	WhatFoldAll:    {"Fold every batch normalization into the layer before it ({0} layers)", "배치 정규화를 모두 앞 층에 합치기(층 {0}개)"},
	WhatFreeze:     {"Freeze: not trained", "동결: 학습하지 않음"},
	WhatFreezeAll:  {"Freeze all but the last layer", "마지막 층만 남기고 모두 동결"},
	WhatLoRA:       {"LoRA of rank {0}: a narrow path beside the frozen layer", "랭크 {0} LoRA: 동결한 층 옆에 좁은 경로 추가"},
	WhatLoRAAll:    {"LoRA of rank {1} at {0} layers, all else frozen", "층 {0}개에 랭크 {1} LoRA, 나머지는 모두 동결"},
	WhatInsertPool: {"One more max pooling {0} before the flatten", "flatten 앞에 {0} 최대 풀링 추가"},
	WhatDropPool:   {"Without the pooling before the fully connected layers", "완전 연결층 앞의 풀링 빼기"},
	WhatDepth:      {"Repetitions: {0} instead of {1}", "반복 횟수: {1}번 대신 {0}번"},
	WhatWidth:      {"Width × {0}, in multiples of 8", "너비 × {0}, 8의 배수로"},
	WhatInput:      {"Input × {0}: {2} instead of {1}", "입력 × {0}: {1} 대신 {2}"},

	WhatInputOf: {"Input {0} instead of {1}", "입력 {1} 대신 {0}"},
	WhatBoth:    {"Width × {0}, in multiples of 8, and input {1} instead of {2}", "너비 × {0}(8의 배수로), 입력은 {2} 대신 {1}"},

	WorseHead: {"An average over {0} positions no longer knows where a feature was.",
		"{0}개 위치를 평균하므로 특징이 어디에 있었는지 더는 알 수 없습니다."},
	WorseHeadDense: {"An average over {0} positions no longer knows where a feature was, and hidden fully connected layers are gone: {1}. It has to be trained anew.",
		"{0}개 위치를 평균하므로 특징이 어디에 있었는지 더는 알 수 없고, 중간 완전 연결층 {1}개가 없어집니다. 다시 학습해야 합니다."},
	WorseSplit: {"{0} layers in sequence instead of one: more steps, and in training the outputs of {0} layers to keep instead of one.",
		"한 층이 {0}개 층으로 이어집니다. 단계가 늘고, 학습할 때 출력을 한 층이 아니라 {0}개 층만큼 보관해야 합니다."},
	WorseSeparable: {"Each kernel sees one channel only, so it usually costs some accuracy; memory traffic, not MACs, then often limits the speed.",
		"커널이 채널 하나만 보므로 정확도가 조금 떨어지기 쉽습니다. 또 속도는 MAC보다 메모리 접근에 좌우될 때가 많습니다."},
	WorseBottleneck: {"All information passes through a width of {0}, and three layers follow each other instead of one.",
		"모든 정보가 채널 {0}개를 지나야 하고, 한 층이 세 층으로 늘어납니다."},
	WorseGrouped: {"Each of the {0} groups sees only its share of the channels; without a shuffle or a 1×1 after it they stay apart.",
		"그룹 {0}개가 각각 채널의 일부만 봅니다. 뒤에 셔플이나 1×1이 없으면 그룹끼리 섞이지 않습니다."},
	WorseAsymmetric: {"It can only learn kernels that a column and a row can make, and two layers follow each other instead of one.",
		"세로와 가로로 나눌 수 있는 커널만 학습할 수 있고, 한 층이 두 층으로 늘어납니다."},
	WorseBiasOff: {"Nothing: the normalization subtracts the mean, and any bias with it.",
		"나빠지는 것이 없습니다. 정규화가 평균을 빼면서 편향도 함께 없앱니다."},
	WorseFold: {"For inference only: the statistics are fixed, and further training would behave differently.",
		"추론에만 씁니다. 통계값이 고정되므로 이어서 학습하면 결과가 달라집니다."},
	WorseFreeze:    {"The layer no longer adapts to new data.", "이 층은 새 데이터에 더는 맞추어지지 않습니다."},
	WorseFreezeAll: {"Only the last layer adapts to new data; the features stay those of the old data.", "마지막 층만 새 데이터에 맞추어지고, 특징은 예전 데이터의 것 그대로입니다."},
	WorseLoRA: {"What it learns is limited to rank {0}; unless it is merged afterwards, inference computes both paths.",
		"학습할 수 있는 변화가 랭크 {0}까지로 제한됩니다. 나중에 합치지 않으면 추론할 때 두 경로를 모두 계산합니다."},
	WorseInsertPool: {"Positions of the map that the fully connected layers see: {0} instead of {1}.", "완전 연결층이 보는 맵의 위치가 {1}개에서 {0}개로 줄어듭니다."},
	WorseDropPool:   {"More positions reach the fully connected layer: a network with one layer less, and more parameters.", "완전 연결층에 들어가는 위치가 늘어납니다. 층은 하나 줄지만 파라미터는 많아집니다."},
	WorseDeep:       {"A longer way for signal and gradient; repetitions to wait for: {0} more.", "신호와 기울기가 지날 길이 길어지고, 기다려야 할 반복이 {0}번 늘어납니다."},
	WorseShallow:    {"Levels of abstraction: {0} fewer, and a smaller receptive field if the kernels are larger than 1×1.", "추상화 단계가 {0}개 줄고, 커널이 1×1보다 크면 수용 영역도 작아집니다."},
	WorseNarrow:     {"Fewer features in every layer; it has to be trained anew.", "모든 층의 특징이 줄어듭니다. 다시 학습해야 합니다."},
	WorseWide:       {"More to compute and to store, and more data is needed to train it.", "계산과 저장이 늘고, 학습에 데이터도 더 필요합니다."},
	WorseSmallInput: {"Small details are no longer in the input.", "작은 세부가 입력에서 사라집니다."},
	WorseLargeInput: {"The receptive field covers a smaller part of the input, and activations need more memory.", "수용 영역이 입력의 더 작은 부분만 덮고, 활성값 메모리가 더 필요합니다."},
	WorseBoth:       {"Fewer features in every layer, and small details are no longer in the input; it has to be trained anew.", "모든 층의 특징이 줄고 작은 세부가 입력에서 사라집니다. 다시 학습해야 합니다."},
	WorseBesides:    {"Here it saves neither parameters nor MACs. {0}", "여기서는 파라미터도 MAC도 줄지 않습니다. {0}"},

	LawWidth: {"Quadratic between two layers that both change, linear at the first and the last. Here: parameters × {0}, MACs × {1}.",
		"앞뒤 층이 함께 바뀌는 곳은 제곱으로, 처음과 마지막 층은 비례해서 변합니다. 여기서는 파라미터 × {0}, MAC × {1}."},
	LawInput: {"MACs and activations follow the number of positions, weights of convolutions do not. Here: parameters × {0}, MACs × {1}, peak memory × {2}.",
		"MAC과 활성값은 위치 수에 비례하고, 합성곱의 가중치는 변하지 않습니다. 여기서는 파라미터 × {0}, MAC × {1}, 최대 메모리 × {2}."},
	LawDepth: {"Linear: each of these repetitions has {0} parameters and {1} MACs.",
		"반복 수에 비례합니다. 이런 반복 하나에 파라미터 {0}개, MAC {1}번입니다."},
	LawDepthGrows: {"Quadratic: channels grow from one repetition to the next, so each is larger than the one before. The last has {0} parameters and {1} MACs.",
		"제곱으로 변합니다. 반복할 때마다 채널이 늘어서 뒤의 반복일수록 커집니다. 마지막 반복은 파라미터 {0}개, MAC {1}번입니다."},
	LawDepthVaries: {"Not linear: a repetition changes the shape that the layers after it receive. The last has {0} parameters and {1} MACs.",
		"반복 수에 비례하지 않습니다. 반복이 뒤의 층에 들어가는 모양을 바꾸기 때문입니다. 마지막 반복은 파라미터 {0}개, MAC {1}번입니다."},

	ChoiceRank:     {"Rank", "랭크"},
	ChoiceGroups:   {"Groups", "그룹 수"},
	ChoiceChannels: {"Channels", "채널 수"},
	ChoiceDepth:    {"Repetitions", "반복 횟수"},
	ChoiceWidth:    {"Width ×", "너비 ×"},
	ChoiceInput:    {"Input size", "입력 크기"},
	ChoiceWithin:   {"A whole number from 1 to {0} fits here.", "1부터 {0}까지의 정수를 쓸 수 있습니다."},
	ChoiceDivides:  {"The number of groups has to divide the {0} channels of the input and the {1} of the output.", "그룹 수는 입력 채널 {0}개와 출력 채널 {1}개를 모두 나누어떨어지게 하는 수여야 합니다."},
	ChoiceNoRatio:  {"Type a multiplier, at most {0}: 0.5, 3/4, 150 %.", "{0} 이하의 배율을 적으세요. 예: 0.5, 3/4, 150 %"},
	ChoiceNoInput:  {"Type a size: 160, or each side: 160x120.", "크기를 적으세요. 예: 160, 또는 변마다 160x120"},
	ChoiceBreaks:   {"With {0} the network breaks.", "{0}(으)로는 네트워크가 깨집니다."},
	ChoiceOutput:   {"With {0} the network answers in another shape.", "{0}(으)로는 네트워크의 출력 모양이 달라집니다."},
	ChoiceNothing:  {"With {0} no number changes.", "{0}(으)로는 달라지는 수가 없습니다."},
	ChoiceSame:     {"This is what the network has now.", "지금 네트워크와 같습니다."},

	SectionAsk: {"Questions", "질문"},
	CmdWhatIf:  {"What if…", "만약에…"},

	UIWhatIfBlock:  {"Block {0}", "블록 {0}"},
	UIWhatIfWhole:  {"Whole network", "네트워크 전체"},
	UIWhatIfRank:   {"Most saved first", "많이 줄어드는 순서"},
	UIWhatIfNone:   {"No edit of this kind fits here without breaking the network.", "네트워크를 깨뜨리지 않고 적용할 수 있는 변경이 없습니다."},
	UIWhatIfSome:   {"The network is large: only the blocks with most parameters or MACs were tried. Select any other block and open this again.", "네트워크가 커서 파라미터나 MAC이 많은 블록만 살펴보았습니다. 다른 블록은 선택한 뒤 다시 열어 보세요."},
	UIWhatIfMore:   {"{0} more", "{0}개 더 보기"},
	UIWhatIfBusy:   {"Trying more edits…", "다른 변경을 더 살펴보는 중…"},
	UIWhatIfTake:   {"Apply", "적용"},
	UIWhatIfTaken:  {"Applied: {0}", "적용했습니다: {0}"},
	UIWhatIfAt:     {"{0}: {1}", "{0}: {1}"},
	UIWhatIfKept:   {"unchanged", "그대로"},
	UIWhatIfWorse:  {"What gets worse", "나빠지는 점"},
	UIPeakIn:       {"peak memory, {0}", "최대 메모리, {0}"},
	UIPeakTitle:    {"Peak memory of activations, inference", "활성값의 최대 메모리, 추론"},
	UIPeakMemory:   {"peak memory", "최대 메모리"},
	UIPeakMore:     {"{0} more", "외 {0}개"},
	UIPeakCurve:    {"Activations alive along the stack, fp32: {0} at {1}, at most {2} at {3}, {4} at {5}", "층을 따라 필요한 활성값 메모리(fp32): {1}에서 {0}, {3}에서 최대 {2}, {5}에서 {4}"},
	UIPeakHint:     {"Peak: the most activations that are needed at one time in inference, one image. Layers run in sequence; each output is kept until its last use, together with the output that is being computed. Activations such as ReLU, batch normalization and reshaping work in place.", "최대 메모리: 추론에서 동시에 필요한 활성값의 최대치(이미지 한 장). 층을 차례로 계산하면서 출력마다 마지막으로 쓰일 때까지, 계산 중인 출력과 함께 보관합니다. ReLU 같은 활성화 함수, 배치 정규화, 모양 바꾸기는 제자리에서 계산합니다."},
	UIPeakAt:       {"reached at", "최대가 되는 층"},
	UIPeakHow:      {"How this is counted", "계산 방법"},
	UIPeakTools:    {"Other tools print other sums: the “forward/backward pass size” of torchinfo and torchsummary is a sum of outputs, twice, and an “arena” is this peak with the workspace and gaps of one runtime.", "다른 도구가 보여 주는 값과 다릅니다. torchinfo와 torchsummary의 ‘forward/backward pass size’는 출력을 모두 더한 값의 두 배이고, ‘arena’는 이 최대치에 특정 실행 환경의 작업 공간과 빈틈을 더한 것입니다."},
	UITraining:     {"Training, estimated", "학습 메모리(추정)"},
	UITrainingHint: {"Training: parameters, a gradient for each that is trained, the states of the optimizer (SGD with momentum: one each, Adam: two) and all outputs kept for one image, in fp32.", "학습: 파라미터, 학습하는 파라미터마다 기울기 하나, 옵티마이저 상태(모멘텀 SGD는 하나씩, Adam은 둘씩), 이미지 한 장에 대한 모든 출력을 fp32로 더한 값입니다."},
	UITrainingKept: {"of that, outputs", "그중 출력"},
	UIFit:          {"Fit into", "한도에 맞추기"},
	UIFitHint:      {"1M · 4 MB int8 · 512 KB peak", "100만 · 4 MB int8 · 0.5 MB 메모리"},
	UIFitGo:        {"Find the widest", "가장 넓은 것 찾기"},
	UIFitUnread:    {"Type a number with its unit: 1M parameters, 4 MB int8, 512 KB peak.", "단위와 함께 적으세요: 파라미터 100만 개는 100만, 크기는 4 MB int8, 활성값 메모리는 0.5 MB 메모리."},
	UIFitParams:    {"Parameters: at most {0}", "파라미터 최대 {0}개"},
	UIFitBytes:     {"Parameters of at most {0} in {1}", "파라미터 최대 {0}({1})"},
	UIFitPeak:      {"Activation values at one time: at most {0}", "동시에 필요한 활성값 최대 {0}개"},
	UIFitPeakBytes: {"Activations of at most {0} at one time in {1}", "동시에 필요한 활성값({1}) 최대 {0}"},

	FitNotScalable: {"The widths of this network cannot be scaled alone: attention, tables, buffers and unknown layers fix them.",
		"이 네트워크의 너비는 따로 바꿀 수 없습니다. 어텐션, 임베딩 표, 버퍼, 알 수 없는 층이 너비를 정해 놓았습니다."},
	FitNoWidths: {"No width of this network can be scaled: the last layer's is that of the answer.",
		"이 네트워크에는 바꿀 수 있는 너비가 없습니다. 마지막 층의 너비는 출력의 너비입니다."},
	FitTooWide: {"A width of this network is too large to be scaled.", "너비가 너무 커서 바꿀 수 없는 층이 있습니다."},
	FitBreaks: {"No width fits: the narrowest forms break the network, as groups or sums no longer agree.",
		"맞는 너비가 없습니다. 너비를 가장 좁게 줄이면 그룹이나 덧셈이 맞지 않아 네트워크가 깨집니다."},
	FitUncounted: {"No limit can be promised: the network has an error, or a size in it is unknown.",
		"네트워크에 오류가 있거나 알 수 없는 크기가 있어서 한도에 맞는지 알 수 없습니다."},
	FitKept: {"{0}. The network fits as it is, and no wider form of it was found.", "{0}: 지금 그대로 한도에 맞으며, 더 넓은 형태는 찾지 못했습니다."},
	FitTooSmall: {"No width fits: even with 8 channels in every layer but the last it has {0}, and the limit is {1}.",
		"맞는 너비가 없습니다. 마지막 층만 두고 모든 층을 8채널로 줄여도 {0}이어서 한도 {1}보다 많습니다."},
	FitSmallInput: {"Nothing fits: even with an input of {2} it has {0}, and the limit is {1}.",
		"한도에 맞출 수 없습니다. 입력을 {2}까지 줄여도 {0}이어서 한도 {1}보다 많습니다."},
	FitSmallBoth: {"Nothing fits: even with 8 channels in every layer but the last and an input of {2} it has {0}, and the limit is {1}.",
		"한도에 맞출 수 없습니다. 마지막 층만 두고 모든 층을 8채널로, 입력을 {2}까지 줄여도 {0}이어서 한도 {1}보다 많습니다."},
	FitNoLimit:  {"A limit is a positive whole number of parameters, bytes or peak elements.", "한도는 파라미터, 바이트 또는 최대 활성값의 수를 나타내는 양의 정수입니다."},
	FitNoOption: {"{0} is no limit: state one of {1}.", "{0}은(는) 한도가 아닙니다. {1} 가운데 하나를 정하세요."},
	FitNoNumber: {"{0}: {1} is not a positive whole number.", "{0}: {1}은(는) 양의 정수가 아닙니다."},
	FitNoType:   {"Unknown element type {0}: state one of {1}.", "{0}은(는) 알 수 없는 자료형입니다. {1} 가운데 하나를 쓰세요."},
	FitOneLimit: {"State one limit: params, bytes or peak.", "한도는 파라미터, 바이트, 최대 활성값 가운데 하나만 정하세요."},
}
