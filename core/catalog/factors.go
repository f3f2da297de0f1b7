package catalog

// What a number in a formula is, and where it comes from. {0} is the number, and what it
// comes to if it is written as a product.
const (
	FactorKernel      Key = "factor.kernel"
	FactorDepth       Key = "factor.depth"
	FactorLaneDepth   Key = "factor.lane-depth"
	FactorInputs      Key = "factor.inputs"
	FactorDeclared    Key = "factor.declared"
	FactorFilters     Key = "factor.filters"
	FactorLaneFilters Key = "factor.lane-filters"
	FactorFeatures    Key = "factor.features"
	FactorLanes       Key = "factor.lanes"
	FactorMapSide     Key = "factor.map-side"
	FactorMapChannels Key = "factor.map-channels"
	FactorPosition    Key = "factor.position"
	FactorRows        Key = "factor.rows"
	FactorBias        Key = "factor.bias"
	FactorFilterBias  Key = "factor.filter-bias"
	FactorChannels    Key = "factor.channels"
	FactorSlopes      Key = "factor.slopes"
	FactorConst       Key = "factor.const"
	FactorProduct     Key = "factor.product"
	FactorLanesOf     Key = "factor.lanes-of"
	FactorLanesEach   Key = "factor.lanes-each"
	FactorOfLast      Key = "factor.of-last"
)

var factors = map[Key]Text{
	FactorKernel:      {"{0}: kernel {1}.", "{0}: 커널의 {1}."},
	FactorDepth:       {"{0}: kernel depth. {1} outputs {2} channels, and a kernel is always as deep as its input.", "{0}: 커널의 깊이. {1}의 출력 채널이 {2}개이고, 커널의 깊이는 항상 입력 채널 수와 같습니다."},
	FactorLaneDepth:   {"{0}: kernel depth. {1} outputs {2} channels, and with {3} groups each kernel sees {2} / {3} of them.", "{0}: 커널의 깊이. {1}의 출력 채널이 {2}개이고, 그룹이 {3}개이므로 커널 하나는 {2} / {3}개만 봅니다."},
	FactorDeclared:    {"{0}: inputs of each output, as the layer declares.", "{0}: 출력 하나에 연결된 입력 수(층에 적힌 값)."},
	FactorInputs:      {"{0}: inputs of each output, from {1}.", "{0}: 출력 하나에 연결된 입력 수({1}의 출력)."},
	FactorFilters:     {"{0}: filters of this layer, which is also the number of output channels.", "{0}: 이 층의 필터 수. 출력 채널 수이기도 합니다."},
	FactorLaneFilters: {"{0}: filters per group, {1} / {2} groups.", "{0}: 그룹마다 있는 필터 수({1} / 그룹 {2}개)."},
	FactorFeatures:    {"{0}: outputs of this layer, each with a weight for every input.", "{0}: 이 층의 출력 수. 출력마다 모든 입력에 대한 가중치가 있습니다."},
	FactorLanes:       {"{0}: groups. A kernel sees only the channels of its own group.", "{0}: 그룹 수. 커널은 자기 그룹의 채널만 봅니다."},
	FactorMapSide:     {"{0}: side of the feature map from {1}. A fully connected layer has a weight for every position, so here the size of the map does matter.", "{0}: {1}에서 나온 특징 맵의 한 변. 완전 연결층은 위치마다 가중치가 있으므로 여기서는 맵의 크기가 파라미터 수를 바꿉니다."},
	FactorMapChannels: {"{0}: channels of the feature map from {1}.", "{0}: {1}에서 나온 특징 맵의 채널 수."},
	FactorPosition:    {"{0}: output {1}. It affects the amount of computation, not the number of parameters.", "{0}: 출력의 {1}. 연산량에는 곱해지지만 파라미터 수에는 영향이 없습니다."},
	FactorRows:        {"{0}: positions to which the layer is applied.", "{0}: 이 층이 적용되는 위치의 수."},
	FactorBias:        {"{0}: one bias per output.", "{0}: 출력마다 하나씩 있는 편향."},
	FactorFilterBias:  {"{0}: one bias per filter, added at every position of its output channel.", "{0}: 필터마다 하나씩 있는 편향. 그 출력 채널의 모든 위치에 더합니다."},
	FactorChannels:    {"{0}: one for each channel from {1}.", "{0}: {1}의 출력 채널마다 하나씩."},
	FactorLanesEach:   {"{0}: groups, one for each channel from {1}.", "{0}: 그룹 수. {1}의 출력 채널마다 하나씩입니다."},
	FactorOfLast:      {"{0}: one for each entry of the last dimension, from {1}.", "{0}: {1}의 출력의 마지막 차원 값마다 하나씩."},
	FactorSlopes:      {"{0}: trainable slopes.", "{0}: 학습 가능한 기울기의 수."},
	FactorProduct:     {"{0} = {1}", "{0} = {1}"},
	FactorLanesOf:     {"{0} = {1} ({2} lanes of {3})", "{0} = {1}({3}개씩 {2}묶음)"},
	FactorConst:       {"{0}: a single number.", "{0}: 수 하나."},
}
